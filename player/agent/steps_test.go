package agent

import (
	"errors"
	"log/slog"
	"testing"
	"time"

	"loaphuong/devices"
	"loaphuong/player"
	"loaphuong/scheduler"
)

// tray is a mixer that only keeps what it is asked.
type tray struct{ placed, stopped []string }

func (m *tray) Place(item player.Item) error { m.placed = append(m.placed, item.Key); return nil }
func (m *tray) Stop(key string)              { m.stopped = append(m.stopped, key) }
func (m *tray) SetVolume(int)                {}

// stepped is an agent in steps beside a centre, with a clock of its own.
type stepped struct {
	*bench
	*Steps
	mixer tray
	now   time.Time
}

// inSteps runs f with a stepped agent that is quiet for an hour.
func inSteps(t *testing.T, f func(s *stepped)) {
	inBench(t, func(b *bench) {
		b.end()
		s := &stepped{bench: b, now: time.Now().Round(0)}
		began := s.now
		var err error
		if b.book, err = OpenScratch(b.path, s.now, func() error {
			if b.full.Load() {
				return errors.New("no space left on device")
			}
			return nil
		}); err != nil {
			t.Fatal(err)
		}
		s.Steps, err = NewSteps(Parts{
			Station: station, Keys: devices.NewKeyring(b.public()), Card: b.card, Files: b.files, Decode: decodeFake,
			Book: b.book, Version: "test", Log: slog.New(slog.DiscardHandler),
		}, Machine{Boot: "one", Steady: func() time.Duration { return s.now.Sub(began) }}, &s.mixer, time.Hour, s.now)
		if err != nil {
			t.Fatal(err)
		}
		f(s)
		b.stop = func() { b.book.Close() }
	})
}

// give hands over a schedule whose files are there.
func (s *stepped) give(d devices.Schedule) {
	for _, l := range d.Playlists {
		for _, e := range l.Entries {
			s.files.have[e.Digest] = []byte(e.Title)
		}
	}
	raw := s.send(devices.ScheduleChannel, uint64(d.Revision), 1000*time.Hour, d)
	s.Receive(devices.Message{Topic: devices.Topic(station, devices.ScheduleChannel), Payload: raw}, s.now)
}

// skip goes from one instant to the next until d after the start of the test.
func (s *stepped) skip(d time.Duration) (looks int) {
	for {
		at := s.Next(s.now)
		if !at.Before(start().Add(d)) {
			s.now = start().Add(d)
			return looks
		}
		s.now = at
		s.Look(s.now)
		s.Sent()
		looks++
	}
}

func TestStepsGoFromOneInstantToTheNext(t *testing.T) {
	for _, c := range []struct {
		name   string
		change func(s *stepped)
		next   time.Duration // after now
	}{
		{"a station that holds nothing", func(*stepped) {}, saveCursor},
		{"an item that is to come", func(s *stepped) { s.give(s.schedule(1, 5*time.Minute, "a")) }, 4*time.Minute + 57*time.Second - time.Second},
		{"a file that is not there", func(s *stepped) {
			s.give(s.schedule(1, time.Second, "a"))
			delete(s.files.have, scheduler.DigestOf([]byte("a")))
		}, tick},
		{"a link that is up", func(s *stepped) { s.Linked(true, s.now); s.Sent() }, heartbeat * 20},
		{"news", func(s *stepped) { s.Linked(true, s.now); s.Card(nil, s.now) }, stateLeast},
		{"a clock that is behind", func(s *stepped) {
			d := s.schedule(1, 20*time.Minute, "a")
			d.Issued = s.now.Add(7 * time.Minute)
			s.give(d)
		}, 5 * time.Minute},
	} {
		t.Run(c.name, func(t *testing.T) {
			inSteps(t, func(s *stepped) {
				s.Look(s.now)
				c.change(s)
				s.Look(s.now)
				if next := s.Next(s.now).Sub(s.now).Round(time.Millisecond); next != min(c.next, saveCursor) {
					t.Errorf("the next instant is %s away, want %s", next, min(c.next, saveCursor))
				}
			})
		})
	}
}

func TestStepsAirAnItem(t *testing.T) {
	inSteps(t, func(s *stepped) {
		s.Card(nil, s.now)
		s.give(s.schedule(1, 60*time.Second, "a"))
		if looks := s.skip(time.Minute); looks > 20 || len(s.mixer.placed) != 1 {
			t.Fatalf("%d looks, with the mixer: %v", looks, s.mixer.placed)
		}
		s.Heard(player.Event{Kind: player.Started, Key: s.mixer.placed[0], At: s.now}, s.now)
		s.skip(65 * time.Second)
		s.Heard(player.Event{Kind: player.Ended, Key: s.mixer.placed[0], At: s.now, Heard: 5 * time.Second}, s.now)
		if s.Waiting() != 3 {
			t.Errorf("%d lines wait", s.Waiting())
		}
		s.skip(2 * time.Minute)
		s.Linked(true, s.now)
		sent := s.Sent()
		if len(sent) != 2 || !sent[0].Retained || sent[1].Topic != devices.Topic(station, devices.AsRunChannel) {
			t.Errorf("sent %v", sent)
		}
		if will := s.Will(); will.Topic != sent[0].Topic {
			t.Errorf("the will is for %s", will.Topic)
		}
	})
}

func TestAnIdleStationSpeaksHourly(t *testing.T) {
	inSteps(t, func(s *stepped) {
		s.Linked(true, s.now)
		sent := len(s.Sent())
		for s.now.Before(start().Add(6*time.Hour + time.Minute)) {
			s.now = s.Next(s.now)
			s.Look(s.now)
			sent += len(s.Sent())
		}
		if sent < 2*6 || sent > 2*8 { // each time a state and a watermark
			t.Errorf("%d messages in six hours", sent)
		}
	})
}

func TestStepsWriteAgainWhatADiskRefused(t *testing.T) {
	inSteps(t, func(s *stepped) {
		s.give(s.schedule(1, 60*time.Second, "a"))
		s.full.Store(true)
		s.Card(errors.New("gone"), s.now)
		s.skip(3 * time.Minute)
		if s.Waiting() != 0 {
			t.Errorf("%d lines on a full disk", s.Waiting())
		}
		s.full.Store(false)
		s.skip(3*time.Minute + diskRetry + tick)
		if s.Waiting() != 1 {
			t.Errorf("%d lines wait", s.Waiting())
		}
	})
}

func TestStepsWishForFiles(t *testing.T) {
	inSteps(t, func(s *stepped) {
		s.Card(nil, s.now)
		s.give(s.schedule(1, time.Minute, "a"))
		if files, changed := s.Wish(); !changed || len(files) != 0 {
			t.Errorf("wishes for %v", files)
		}
		clear(s.files.have)
		s.skip(time.Minute)
		files, changed := s.Wish()
		if !changed || len(files) != 1 {
			t.Fatalf("wishes for %v", files)
		}
		s.Fetched(files[0], errors.New("no link"), s.now)
		if _, changed := s.Wish(); changed {
			t.Error("wishes for something else")
		}
	})
}
