package player_test

import (
	"errors"
	"testing"
	"time"

	"loaphuong/player"
)

func TestItemBeginsOnItsSample(t *testing.T) {
	within(t, func(t *testing.T, d *desk) {
		d.place(tone("a", d.at(5003), 7001, player.RankOrdinary, 0.5))
		d.turn(20000)
		if first, n := d.first(0.5), d.count(0.5); first != 5003 || n != 7001 {
			t.Errorf("it began at frame %d and had %d, want 5003 and 7001", first, n)
		}
		d.expect(player.Event{Kind: player.Ended, Key: "a", At: d.at(12004), Heard: player.Duration(7001)})
		if started := d.of("a")[0]; started.Kind != player.Started || started.At.Sub(d.at(5003)).Abs() > time.Microsecond {
			t.Errorf("first event %+v, want started at %v", started, d.at(5003))
		}
	})
}

func TestStartsAreBoundLate(t *testing.T) {
	within(t, func(t *testing.T, d *desk) {
		d.place(tone("a", d.at(10000), 100, player.RankOrdinary, 0.5))
		d.turn(4096)
		d.epoch = d.epoch.Add(player.Duration(96)) // the card's clock is corrected by 2 ms
		d.turn(10000)
		if first := d.first(0.5); first != 10000-96 {
			t.Errorf("it began at frame %d, want 9904: the frame that sounds at its start", first)
		}
	})
}

func TestNoEventBeforeItIsHeard(t *testing.T) {
	within(t, func(t *testing.T, d *desk) {
		for i, key := range []string{"a", "b", "c"} {
			d.place(tone(key, d.at(3000*i), 2500+300*i, player.RankOrdinary, 0.5))
		}
		d.place(tone("long", d.at(9000), 12*player.Rate, player.RankOrdinary, 0.5))
		d.turn(13 * player.Rate)
		if progress := d.of("long")[1:3]; progress[0].Kind != player.Progress || progress[1].Heard.Round(100*time.Millisecond) != 10*time.Second {
			t.Errorf("progress %+v, want every 5 s", progress)
		}
		for i, e := range d.events {
			if early := e.At.Sub(d.heard[i]); early > 0 || early < -time.Millisecond {
				t.Errorf("%v of %s delivered %v before it was heard", e.Kind, e.Key, early)
			}
		}
	})
}

func TestItemsBackToBack(t *testing.T) {
	within(t, func(t *testing.T, d *desk) {
		d.place(tone("a", d.at(1500), 3000, player.RankOrdinary, 0.25), tone("b", d.at(4500), 3000, player.RankOrdinary, 0.5))
		d.turn(10000)
		if a, b := d.first(0.25), d.first(0.5); a != 1500 || b != 4500 || d.count(0.25) != 3000 || d.count(0.5) != 3000 {
			t.Errorf("a at %d, b at %d, want 1500 and 4500 and both whole", a, b)
		}
	})
}

func TestEqualRanksTakeTurns(t *testing.T) {
	within(t, func(t *testing.T, d *desk) {
		d.place(
			tone("third", d.at(3000), 1000, player.RankOrdinary, 0.75),
			tone("first", d.at(1000), 5000, player.RankOrdinary, 0.25),
			tone("second", d.at(2000), 1000, player.RankOrdinary, 0.5),
		)
		d.turn(10000)
		if b, c := d.first(0.5), d.first(0.75); b != 6000 || c != 7000 {
			t.Errorf("the second began at %d and the third at %d, want 6000 and 7000", b, c)
		}
		d.expect(player.Event{Kind: player.Ended, Key: "first", At: d.at(6000), Heard: player.Duration(5000)})
	})
}

func TestHigherRankGoesFirstWhenTheCardIsFree(t *testing.T) {
	within(t, func(t *testing.T, d *desk) {
		d.place(tone("low", d.at(1000), 1000, player.RankFiller, 0.25), tone("high", d.at(1000), 1000, player.RankLive, 0.5))
		d.turn(4000)
		if high, low := d.first(0.5), d.first(0.25); high != 1000 || low != 2000 {
			t.Errorf("high at %d, low at %d, want 1000 and 2000", high, low)
		}
	})
}

func TestHigherRankCutsOnItsStart(t *testing.T) {
	within(t, func(t *testing.T, d *desk) {
		d.place(tone("low", d.at(1000), 48000, player.RankOrdinary, 0.25), tone("high", d.at(10000), 1000, player.RankEmergency, 0.5))
		d.turn(14000)
		if high := d.first(0.5); high != 10000 {
			t.Errorf("high began at %d, want 10000", high)
		}
		if d.frames[9519] != 0.25 || d.frames[9760] > 0.13 || d.frames[9999] > 0.001 {
			t.Errorf("fade %v %v %v, want one of 480 frames over at 10000", d.frames[9519], d.frames[9760], d.frames[9999])
		}
		d.expect(player.Event{Kind: player.Ended, Key: "low", At: d.at(10000), Heard: player.Duration(9000), Reason: player.Preempted, By: "high"})
		d.expect(player.Event{Kind: player.Ended, Key: "high", At: d.at(11000), Heard: player.Duration(1000)})
	})
}

func TestAnEmergencyCutsAtOnce(t *testing.T) {
	within(t, func(t *testing.T, d *desk) {
		d.place(tone("low", d.at(0), 48000, player.RankOrdinary, 0.25))
		d.turn(4096)
		d.place(tone("high", d.at(0), 1000, player.RankEmergency, 0.5))
		d.turn(4096)
		if high := d.first(0.5); high != 4096+96 {
			t.Errorf("it began at %d, want 4192: after the shortest fade", high)
		}
	})
}

func TestNothingIsCutForWhatCannotSound(t *testing.T) {
	within(t, func(t *testing.T, d *desk) {
		broken := tone("broken", d.at(3000), 1000, player.RankEmergency, 0.5)
		broken.Stream = &tape{err: errors.New("bad packet")}
		d.place(tone("low", d.at(1000), 5000, player.RankOrdinary, 0.25), broken)
		d.turn(10000)
		if n := d.count(0.25); n != 5000 {
			t.Errorf("%d frames of the low item sounded, want all 5000", n)
		}
		if got := d.last("broken"); got.Reason != player.Undecoded || got.Heard != 0 {
			t.Errorf("broken: %+v, want undecodable", got)
		}
	})
}

func TestPlaceRefuses(t *testing.T) {
	within(t, func(t *testing.T, d *desk) {
		good := tone("a", d.at(0), 1000, player.RankOrdinary, 0.25)
		d.place(good)
		if err := d.Place(good); !errors.Is(err, player.ErrDuplicate) {
			t.Errorf("duplicate: %v", err)
		}
		zero := float32(0)
		for name, spoil := range map[string]func(*player.Item){
			"no key":              func(i *player.Item) { i.Key = "" },
			"no stream":           func(i *player.Item) { i.Stream = nil },
			"no start":            func(i *player.Item) { i.Start = time.Time{} },
			"latest before start": func(i *player.Item) { i.Latest = i.Start.Add(-1) },
			"a gain of NaN":       func(i *player.Item) { i.Gain = zero / zero },
		} {
			item := good
			item.Key = "b"
			spoil(&item)
			if err := d.Place(item); !errors.Is(err, player.ErrInvalid) {
				t.Errorf("%s: %v, want it refused", name, err)
			}
		}
	})
}

func TestVolumeGainAndClipping(t *testing.T) {
	within(t, func(t *testing.T, d *desk) {
		loud := tone("loud", d.at(0), 2000, player.RankOrdinary, 0.5)
		loud.Gain = 4
		nan := float32(0)
		broken := tone("nan", d.at(2000), 500, player.RankOrdinary, nan/nan)
		d.place(loud, broken, tone("a", d.at(2500), 20000, player.RankOrdinary, 0.5))
		d.turn(4096)
		d.SetVolume(50)
		d.turn(4096)
		if d.frames[0] != 1 || d.frames[2200] != 0 || d.frames[4000] != 0.5 || d.frames[5000] != 0.25 {
			t.Errorf("clipped %v, NaN %v, full %v, half %v", d.frames[0], d.frames[2200], d.frames[4000], d.frames[5000])
		}
		for i := 4096; i < 5000; i++ {
			if step := d.frames[i-1] - d.frames[i]; step > 0.002 || step < 0 {
				t.Fatalf("the volume steps by %v at frame %d", step, i)
			}
		}
	})
}

func TestEndOfRunStopsWhatSounds(t *testing.T) {
	within(t, func(t *testing.T, d *desk) {
		d.place(tone("a", d.at(0), 48000, player.RankOrdinary, 0.25), tone("b", d.at(0), 1000, player.RankOrdinary, 0.5))
		d.turn(4096)
		d.cancel()
		d.turn(0)
		d.expect(player.Event{Kind: player.Ended, Key: "a", At: time.Now(), Heard: player.Duration(4096 - 1024), Reason: player.Stopped})
		if b := d.of("b"); len(b) != 0 {
			t.Errorf("b, which waited, has events %v", b)
		}
	})
}

func TestFillAllocatesNothing(t *testing.T) {
	m := player.NewMixer(func(player.Event) {})
	start := time.Now()
	if err := m.Place(tone("a", start, 1<<40, player.RankOrdinary, 0.25)); err != nil {
		t.Fatal(err)
	}
	buf, n := make([]float32, period), int64(0)
	allocated := testing.AllocsPerRun(200, func() {
		m.Fill(buf, start.Add(player.Duration(n)))
		n += period
	})
	if allocated != 0 {
		t.Errorf("Fill allocates %v times, want 0", allocated)
	}
}

func TestFramesAndDurationOfManyDays(t *testing.T) {
	for _, d := range []time.Duration{0, time.Second, -time.Second, 300 * 24 * time.Hour, -300 * 24 * time.Hour} {
		if n := player.Frames(d); n != int64(d/time.Second)*player.Rate || player.Duration(n) != d {
			t.Errorf("%v is %d frames, which are %v", d, n, player.Duration(n))
		}
	}
}
