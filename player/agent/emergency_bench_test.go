package agent

import (
	"context"
	"crypto/ed25519"
	"fmt"
	"io"
	"log/slog"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"loaphuong/devices"
	"loaphuong/devices/memory"
	"loaphuong/player"
	"loaphuong/player/speaker"
	"loaphuong/player/speaker/testcard"
	"loaphuong/scheduler"
)

// plain is a sound of one level, so that a frame tells what sounds.
type plain struct {
	level float32
	left  int64
}

// Read implements [player.Stream].
func (p *plain) Read(buf []float32) (n int, err error) {
	n = int(min(int64(len(buf)), p.left))
	for i := range buf[:n] {
		buf[i] = p.level
	}
	if p.left -= int64(n); p.left == 0 {
		err = io.EOF
	}
	return n, err
}

// decodePlain makes what is called an alarm loud, and all else faint.
func decodePlain(data []byte) (player.Stream, error) {
	p := &plain{level: 0.1, left: player.Frames(lengthOf(data))}
	if strings.HasPrefix(string(data), "alarm") {
		p.level = 0.8
	}
	return p, nil
}

// BenchmarkEmergency measures how long after its schedule has come to the
// station an emergency is at the converter while something ordinary sounds: 100
// times at odd moments, through the signature, the logbook on disk, oto and
// ALSA. The file is held.
func BenchmarkEmergency(b *testing.B) {
	const times = 100
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1)) // as the program does
	for b.Loop() {
		s := newSiren(b)
		var sent []time.Time
		for range times {
			sent = append(sent, s.alarm())
			<-time.After(700*time.Millisecond + rand.N(100*time.Millisecond))
		}
		s.stop()
		s.report(sent)
	}
}

// siren is a station on a clocked card that airs something long.
type siren struct {
	*testing.B
	key    ed25519.PrivateKey
	centre devices.Link
	card   *testcard.Card
	held   devices.Schedule
	began  time.Time
	stop   func()
}

func newSiren(b *testing.B) *siren {
	place := "/dev/shm" // a card whose capture waits for a busy disk has underruns
	if _, err := os.Stat(place); err != nil {
		place = ""
	}
	dir, err := os.MkdirTemp(place, "siren")
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { os.RemoveAll(dir) })
	s := &siren{B: b, began: time.Now()}
	if s.card, err = testcard.Build(dir, 0); err != nil {
		b.Fatal(err)
	}
	b.Setenv("ALSA_CONFIG_PATH", s.card.Config)
	book, err := OpenLogbook(filepath.Join(b.TempDir(), "logbook.db"), s.began)
	if err != nil {
		b.Fatal(err)
	}
	var public ed25519.PublicKey
	public, s.key, _ = ed25519.GenerateKey(nil)
	broker := memory.NewBroker()
	s.centre = broker.Link(devices.CentreName)
	files := &fakeFiles{have: map[scheduler.Digest][]byte{}}
	for _, item := range []string{"hum@200s", "alarm@200ms"} {
		files.have[scheduler.DigestOf([]byte(item))] = []byte(item)
	}
	a, err := New(Parts{
		Station: station, Keys: devices.NewKeyring(public), Link: broker.Link(string(station)), Card: speaker.New("", 0),
		Files: files, Decode: decodePlain, Book: book, Log: slog.New(slog.DiscardHandler),
	})
	if err != nil {
		b.Fatal(err)
	}
	ctx, cancel := context.WithCancel(b.Context())
	ended := make(chan error, 2)
	go func() { ended <- a.Run(ctx) }()
	go func() { ended <- s.centre.Run(ctx, devices.Session{Client: devices.CentreName}) }()
	s.stop = func() {
		cancel()
		<-ended
		<-ended
		book.Close()
	}
	s.held = fiftyPlaylists(b)
	for d, data := range files.have {
		s.held.Files = append(s.held.Files, devices.File{Digest: d, Size: int64(len(data))})
	}
	<-time.After(2 * time.Second)
	s.held.Lease = time.Now().Add(24 * time.Hour)
	s.send(scheduler.Ordinary, "hum@200s")
	<-time.After(time.Second)
	return s
}

// alarm sends an emergency that is due at once, and returns when that was.
func (s *siren) alarm() time.Time { return s.send(scheduler.Emergency, "alarm@200ms") }

// send sends a schedule with one more playlist.
func (s *siren) send(class scheduler.Class, item string) time.Time {
	now := time.Now().Round(0)
	s.held.Revision++
	s.held.Issued = now.UTC()
	list := scheduler.Playlist{
		Programme: scheduler.ProgrammeID(fmt.Sprint("p", s.held.Revision)), Class: class, Timing: scheduler.Once(now), Grace: time.Minute,
		Entries: []scheduler.Entry{{Recording: "r", Title: item, Digest: scheduler.DigestOf([]byte(item)), Duration: lengthOf([]byte(item)), Approver: "Lan"}},
	}
	s.held.Playlists = append(s.held.Playlists, list.Seal())
	raw, err := devices.Seal(s.key, devices.Envelope{
		To: string(station), Kind: devices.ScheduleChannel, Sequence: uint64(s.held.Revision), NotBefore: now.Add(-time.Minute), Expires: s.held.Lease,
	}, s.held)
	if err != nil {
		s.Fatal(err)
	}
	sent := time.Now()
	if err := s.centre.Send(s.Context(), devices.Message{Topic: devices.Topic(station, devices.ScheduleChannel), Payload: raw, Retained: true}); err != nil {
		s.Fatal(err)
	}
	return sent
}

// report compares when it became loud with when that was sent.
func (s *siren) report(sent []time.Time) {
	var loud []time.Time
	stretches, err := s.card.Heard()
	if err != nil {
		s.Fatal(err)
	}
	for _, x := range stretches {
		was := false
		for i, f := range x.Frames {
			if is := f > 0.3; is != was {
				if was = is; is {
					loud = append(loud, x.At(i))
				}
			}
		}
	}
	var delays []float64
	for _, at := range sent {
		for _, l := range loud {
			if d := l.Sub(at); d >= 0 && d < 600*time.Millisecond {
				delays = append(delays, float64(d)/float64(time.Millisecond))
				break
			}
		}
	}
	s.ReportMetric(float64(len(sent)-len(delays)), "unheard")
	s.ReportMetric(float64(len(stretches)-1), "underruns")
	if slices.Sort(delays); len(delays) > 0 {
		s.ReportMetric(delays[len(delays)/2], "ms-p50")
		s.ReportMetric(delays[(len(delays)*99-1)/100], "ms-p99")
		s.ReportMetric(delays[len(delays)-1], "ms-max")
	}
}
