package player_test

import (
	"errors"
	"io"
	"testing"
	"time"

	"loaphuong/player"
)

func TestTooLate(t *testing.T) {
	within(t, func(t *testing.T, d *desk) {
		waits := tone("waits", d.at(2000), 1000, player.RankOrdinary, 0.5)
		waits.Latest = d.at(4000)
		d.place(tone("long", d.at(1000), 9000, player.RankOrdinary, 0.25), waits)
		d.turn(8000)
		past := tone("past", d.at(2000), 1000, player.RankOrdinary, 0.5)
		past.Latest = d.at(3000)
		d.place(past)
		d.turn(8000)
		if busy := d.last("waits"); busy.Kind != player.TooLate || busy.Reason != player.Busy || busy.By != "long" {
			t.Errorf("waits: %+v, want too late, busy with long", busy)
		}
		if late := d.last("past"); late.Kind != player.TooLate || late.Reason != player.PlacedLate {
			t.Errorf("past: %+v, want too late, placed late", late)
		}
		if d.count(0.5) != 0 {
			t.Error("an item that was too late sounded")
		}
	})
}

func TestAStartInThePastBeginsAtOnce(t *testing.T) {
	within(t, func(t *testing.T, d *desk) {
		d.turn(4096)
		late := tone("late", d.at(1000), 1000, player.RankOrdinary, 0.5)
		late.Latest = d.at(5000)
		d.place(late)
		d.turn(4096)
		if first := d.first(0.5); first != 4096 {
			t.Errorf("it began at %d, want 4096", first)
		}
	})
}

func TestLatestMayBeStart(t *testing.T) {
	within(t, func(t *testing.T, d *desk) {
		hard := tone("hard", d.at(5001), 1000, player.RankOrdinary, 0.5)
		hard.Latest = hard.Start
		d.place(hard)
		d.turn(8192)
		if first := d.first(0.5); first != 5001 {
			t.Errorf("it began at %d, want 5001", first)
		}
	})
}

func TestStop(t *testing.T) {
	within(t, func(t *testing.T, d *desk) {
		d.place(tone("sounds", d.at(1024), 48000, player.RankOrdinary, 0.25), tone("waits", d.at(2000), 48000, player.RankOrdinary, 0.5))
		d.turn(4096)
		if key := d.Playing(); key != "sounds" {
			t.Errorf("playing %q, want sounds", key)
		}
		d.Stop("waits")
		d.Stop("unknown")
		d.turn(4096)
		d.expect(player.Event{Kind: player.Ended, Key: "waits", At: d.at(4096), Reason: player.Stopped})
		d.place(tone("waits", d.at(2000), 48000, player.RankOrdinary, 0.5)) // its key is free again
		d.StopAll()
		d.turn(8192)
		d.expect(player.Event{Kind: player.Ended, Key: "sounds", At: d.at(8192 + 480), Heard: player.Duration(8192 + 480 - 1024), Reason: player.Stopped})
		d.expect(player.Event{Kind: player.Ended, Key: "waits", At: d.at(8192), Reason: player.Stopped})
		if key := d.Playing(); key != "" {
			t.Errorf("playing %q, want nothing", key)
		}
	})
}

func TestLostCountsOnlyWhatWasHeard(t *testing.T) {
	within(t, func(t *testing.T, d *desk) {
		d.place(tone("a", d.at(1024), 48000, player.RankOrdinary, 0.25), tone("b", d.at(2000), 1000, player.RankOrdinary, 0.5))
		d.turn(10240) // of which the last 1024 are not heard yet
		d.Lost()
		d.turn(0)
		d.expect(player.Event{Kind: player.Ended, Key: "a", At: time.Now(), Heard: player.Duration(10240 - 1024 - 1024), Reason: player.DeviceLost})
		d.epoch = d.epoch.Add(time.Minute)
		d.turn(4096)
		if n := d.count(0.5); n != 1000 {
			t.Errorf("%d frames of what waited sounded when the card was back, want 1000", n)
		}
	})
}

func TestLostBeforeTheFirstSampleIsHeard(t *testing.T) {
	within(t, func(t *testing.T, d *desk) {
		d.place(tone("short", d.at(500), 200, player.RankOrdinary, 0.25), tone("a", d.at(900), 48000, player.RankOrdinary, 0.25))
		buf := make([]float32, period)
		d.Fill(buf, d.epoch)
		d.Lost()
		d.turn(0)
		for _, key := range []string{"short", "a"} {
			if events := d.of(key); len(events) != 1 || events[0].Heard != 0 || events[0].Reason != player.DeviceLost {
				t.Errorf("%s: %+v, want only lost, nothing heard", key, events)
			}
		}
	})
}

func TestAnAbsentCardMakesTooLate(t *testing.T) {
	within(t, func(t *testing.T, d *desk) {
		item := tone("a", d.at(1000), 1000, player.RankOrdinary, 0.25)
		item.Latest = d.at(48000)
		d.place(item, tone("b", d.at(1000), 1000, player.RankOrdinary, 0.25))
		d.Stop("b")
		time.Sleep(5 * time.Second)
		d.turn(0)
		if a := d.last("a"); a.Kind != player.TooLate || a.Reason != player.DeviceLost {
			t.Errorf("a: %+v, want too late with device-lost", a)
		}
		if b := d.last("b"); b.Kind != player.Ended || b.Reason != player.Stopped {
			t.Errorf("b: %+v, want stopped", b)
		}
	})
}

func TestShortAndFailingStreams(t *testing.T) {
	cases := []struct {
		name   string
		frames int
		err    error
		want   player.Reason
	}{
		{"49 ms short is whole", 48000 - 49*48, io.EOF, ""},
		{"51 ms short is not", 48000 - 51*48, io.EOF, player.Undecoded},
		{"a failure in the middle", 24000, errors.New("bad packet"), player.Undecoded},
		{"a failure after the last frame", 48000, errors.New("bad packet"), player.Undecoded},
		{"longer than said is whole", 50000, io.EOF, ""},
		{"nothing at all", 0, io.EOF, player.Undecoded},
	}
	for _, c := range cases {
		within(t, func(t *testing.T, d *desk) {
			item := tone("a", d.at(1000), 48000, player.RankOrdinary, 0.25)
			item.Stream = &tape{left: c.frames, value: 0.25, err: c.err}
			d.place(item)
			d.turn(60000)
			d.expect(player.Event{Kind: player.Ended, Key: "a", At: d.at(1000 + c.frames), Heard: player.Duration(int64(c.frames)), Reason: c.want})
		})
	}
}

// pausing gives half a second, then nothing for a while, then the rest.
type pausing struct {
	tape
	pause int
}

func (p *pausing) Read(buf []float32) (int, error) {
	if p.left > 24000 || p.pause == 0 {
		return p.tape.Read(buf)
	}
	p.pause--
	return 0, nil
}

func TestAStreamThatPauses(t *testing.T) {
	for pause, want := range map[int]player.Reason{10: "", 100: player.Undecoded} {
		within(t, func(t *testing.T, d *desk) {
			item := tone("a", d.at(0), 48000, player.RankOrdinary, 0.25)
			item.Stream = &pausing{tape: tape{left: 48000, value: 0.25, err: io.EOF}, pause: pause}
			d.place(item)
			d.turn(5 * player.Rate)
			if got := d.last("a"); got.Reason != want || got.Heard > time.Second {
				t.Errorf("after a pause of %d reads %+v, want reason %q", pause, got, want)
			}
		})
	}
}

func TestUnderrun(t *testing.T) {
	within(t, func(t *testing.T, d *desk) {
		d.place(tone("a", d.at(1000), 24000, player.RankOrdinary, 0.25), tone("b", d.at(40000), 1000, player.RankOrdinary, 0.5))
		d.turn(8192)
		d.epoch = d.epoch.Add(50 * time.Millisecond)
		time.Sleep(50 * time.Millisecond)
		d.turn(60000)
		if a := d.last("a"); a.Reason != player.Underrun || a.Heard != player.Duration(24000) || d.Underruns() != 1 {
			t.Errorf("a: %+v with %d underruns, want all frames and a stall", a, d.Underruns())
		}
		if b := d.last("b"); b.Reason != "" {
			t.Errorf("b: %+v, want whole", b)
		}
	})
}
