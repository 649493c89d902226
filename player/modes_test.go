package player_test

import (
	"io"
	"math"
	"testing"
	"time"

	"loaphuong/player"
)

var errEOF = io.EOF

func TestStartModes(t *testing.T) {
	cases := []struct {
		name   string
		cuts   int // of the second item, which starts at 5000; 0 waits its turn
		begins int
	}{
		{"next waits its turn", 0, 11000},
		{"hard cuts at its start", 5000, 5000},
		{"wait cuts after a while", 8000, 8000},
		{"wait needs not cut what ends before", 12000, 11000},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			within(t, func(t *testing.T, d *desk) {
				second := tone("second", d.at(5000), 3000, player.RankOrdinary, 0.5)
				if c.cuts > 0 {
					second.Cuts = d.at(c.cuts)
				}
				d.place(tone("first", d.at(1000), 10000, player.RankOrdinary, 0.25), second)
				d.turn(20000)
				if first := d.first(0.5); first != c.begins {
					t.Errorf("the second began at %d, want %d", first, c.begins)
				}
				if end := d.last("first"); (end.Reason == player.Preempted) != (c.begins < 11000) {
					t.Errorf("first: %+v", end)
				}
			})
		})
	}
}

func TestTwoHardItemsOfOneInstantTakeTurns(t *testing.T) {
	within(t, func(t *testing.T, d *desk) {
		for i, key := range []string{"second", "first"} {
			item := tone(key, d.at(2000), 3000, player.RankPriority, 0.5-0.25*float32(i))
			item.Cuts, item.Turn = item.Start, 2-i
			d.place(item)
		}
		d.turn(10000)
		if a, b := d.first(0.25), d.first(0.5); a != 2000 || b != 5000 || d.count(0.25) != 3000 {
			t.Errorf("they began at %d and %d, want 2000 and 5000, the first whole", a, b)
		}
	})
}

func TestWhatWasInterruptedGoesBeforeWhatWaits(t *testing.T) {
	within(t, func(t *testing.T, d *desk) {
		cutShort(d, func(i *player.Item) { i.Recovery = player.Resumes })
		next := tone("next", d.at(11000), 1000, player.RankOrdinary, 0.75)
		next.Turn = -1
		hard := tone("hard", d.at(12000), 1000, player.RankOrdinary, 0.625)
		hard.Cuts = hard.Start
		d.place(next, hard)
		d.turn(60000)
		if h, n := d.first(0.625), d.first(0.75); h != 15000 || n != 15000+1000+11000 {
			t.Errorf("hard at %d, next at %d: want 15000 and, after the rest of what was interrupted, 27000", h, n)
		}
	})
}

func TestOwnFades(t *testing.T) {
	within(t, func(t *testing.T, d *desk) {
		item := tone("a", d.at(1000), 10000, player.RankOrdinary, 0.5)
		item.FadeIn, item.FadeOut = player.Duration(2000), player.Duration(4000)
		d.place(item)
		d.turn(20000)
		for at, want := range map[int]float64{1000: 0, 2000: 0.25, 3000: 0.5, 6999: 0.5, 9000: 0.25, 10999: 0} {
			if got := float64(d.frames[at]); math.Abs(got-want) > 0.001 {
				t.Errorf("frame %d is %v, want %v", at, got, want)
			}
		}
		d.expect(player.Event{Kind: player.Ended, Key: "a", At: d.at(11000), Heard: player.Duration(10000)})
	})
}

func TestABedGoesUnder(t *testing.T) {
	within(t, func(t *testing.T, d *desk) {
		bed := tone("bed", d.at(0), 96000, player.RankFiller, 0.5)
		bed.Under = 0.25
		d.place(bed, tone("talk", d.at(10000), 20000, player.RankOrdinary, 0.25))
		d.turn(20480)
		if key := d.Playing(); key != "talk" {
			t.Errorf("playing %q, want talk", key)
		}
		d.turn(30000)
		if key := d.Playing(); key != "bed" {
			t.Errorf("playing %q, want bed", key)
		}
		d.turn(60000)
		for at, want := range map[int]float32{9999: 0.5, 10000: 0.75, 18000: 0.375, 29999: 0.375, 38000: 0.5} {
			if got := d.frames[at]; got != want {
				t.Errorf("frame %d is %v, want %v", at, got, want)
			}
		}
		d.expect(player.Event{Kind: player.Ended, Key: "bed", At: d.at(96000), Heard: player.Duration(96000)})
		d.expect(player.Event{Kind: player.Ended, Key: "talk", At: d.at(30000), Heard: player.Duration(20000)})
	})
}

func TestABedEndsAndIsStoppedUnderOthers(t *testing.T) {
	within(t, func(t *testing.T, d *desk) {
		for i, key := range []string{"ends", "stopped"} {
			bed := tone(key, d.at(1000*i), 9000+40000*i, player.Rank(i), 0.125)
			bed.Under = 0.5
			d.place(bed)
		}
		d.place(tone("talk", d.at(3000), 40000, player.RankLive, 0.25))
		d.turn(20480)
		d.Stop("stopped")
		d.turn(40000)
		d.expect(player.Event{Kind: player.Ended, Key: "ends", At: d.at(9000), Heard: player.Duration(9000)})
		d.expect(player.Event{Kind: player.Ended, Key: "stopped", At: d.at(20960), Heard: player.Duration(19960), Reason: player.Stopped})
	})
}

func TestGaplessAlthoughTheFirstIsLate(t *testing.T) {
	within(t, func(t *testing.T, d *desk) {
		d.turn(4096)
		d.place(tone("a", d.at(1000), 3000, player.RankOrdinary, 0.25), tone("b", d.at(4000), 3000, player.RankOrdinary, 0.5))
		d.turn(10240)
		if a, b := d.first(0.25), d.first(0.5); a != 4096 || b != 7096 || d.count(0.25) != 3000 || d.count(0.5) != 3000 {
			t.Errorf("a at %d, b at %d, want 4096 and 7096 and both whole", a, b)
		}
	})
}

func TestGaplessOnAJitteringCard(t *testing.T) {
	within(t, func(t *testing.T, d *desk) {
		d.place(tone("a", d.at(1500), 30000, player.RankOrdinary, 0.25), tone("b", d.at(31500), 30000, player.RankOrdinary, 0.5))
		true0 := d.epoch
		for i := range 70 {
			d.epoch = true0.Add(time.Duration(i%7-3) * 80 * time.Microsecond)
			d.turn(period)
		}
		first := d.first(0.25)
		if b := d.first(0.5); b != first+30000 || d.count(0.25) != 30000 || d.count(0.5) != 30000 {
			t.Errorf("a at %d for %d, b at %d for %d: want no frame between or missing", first, d.count(0.25), b, d.count(0.5))
		}
	})
}

func TestQuietIsMeasured(t *testing.T) {
	within(t, func(t *testing.T, d *desk) {
		d.place(tone("a", d.at(0), 5*player.Rate, player.RankOrdinary, 0.25))
		d.turn(player.Rate)
		d.SetVolume(0)
		d.turn(2 * player.Rate)
		d.SetVolume(100)
		d.turn(player.Rate)
		d.SetVolume(0)
		d.turn(player.Rate / 2) // too short to count
		d.SetVolume(100)
		d.turn(player.Rate)
		end := d.last("a")
		if off := end.Quiet - 2*time.Second; off.Abs() > 60*time.Millisecond || end.Heard != 5*time.Second {
			t.Errorf("%+v, want 2 s quiet", end)
		}
	})
}

func TestTheLevelIsThatOfTheLastSecond(t *testing.T) {
	within(t, func(t *testing.T, d *desk) {
		is := func(want float64) {
			t.Helper()
			if got := d.Level(); !(math.Abs(got-want) < 0.1 || got == want) {
				t.Errorf("%.2f dBFS, want %.2f", got, want)
			}
		}
		is(math.Inf(-1))
		d.place(tone("a", d.at(0), 3*player.Rate, player.RankOrdinary, 0.5))
		d.turn(2*player.Rate + player.Rate/2)
		is(-6.02)
		d.SetVolume(50)
		d.turn(4 * player.Rate)
		is(math.Inf(-1))
		d.place(tone("b", d.at(8*player.Rate), 3*player.Rate, player.RankOrdinary, 0.5))
		d.turn(4 * player.Rate)
		is(-12.04)
		d.Lost()
		is(math.Inf(-1))
	})
}

func TestPlaceRefusesWhatCannotBeDone(t *testing.T) {
	within(t, func(t *testing.T, d *desk) {
		for name, spoil := range map[string]func(*player.Item){
			"a louder bed":        func(i *player.Item) { i.Under = 2 },
			"a bed of less":       func(i *player.Item) { i.Under = -1 },
			"a fade of less":      func(i *player.Item) { i.FadeIn = -1 },
			"an unknown recovery": func(i *player.Item) { i.Recovery = 3 },
		} {
			item := tone("a", d.at(0), 100, player.RankOrdinary, 0.5)
			spoil(&item)
			if d.Place(item) == nil {
				t.Errorf("%s was placed", name)
			}
		}
	})
}
