package player_test

import (
	"errors"
	"slices"
	"testing"
	"time"

	"loaphuong/player"
)

// reel is a tape that can be rewound.
type reel struct {
	tape
	whole int
	stuck bool
}

func (r *reel) Rewind() error {
	if r.stuck {
		return errors.New("stuck")
	}
	r.left = r.whole
	return nil
}

// cutShort places an item of 20000 frames at frame 1000 and one that cuts it at
// 10000 for 5000 frames, after with has been asked about the first.
func cutShort(d *desk, with func(*player.Item)) {
	low := tone("low", d.at(1000), 20000, player.RankOrdinary, 0.25)
	with(&low)
	d.place(low, tone("high", d.at(10000), 5000, player.RankEmergency, 0.5))
}

// kinds are the kinds of an item's events.
func (d *desk) kinds(key string) (list []player.EventKind) {
	for _, e := range d.of(key) {
		list = append(list, e.Kind)
	}
	return list
}

func TestAnInterruptedItemGoesOn(t *testing.T) {
	within(t, func(t *testing.T, d *desk) {
		cutShort(d, func(i *player.Item) { i.Recovery = player.Resumes })
		d.turn(40000)
		if want := []player.EventKind{player.Started, player.Interrupted, player.Resumed, player.Ended}; !slices.Equal(d.kinds("low"), want) {
			t.Fatalf("events %v, want %v", d.of("low"), want)
		}
		events := d.of("low")
		if cut := events[1]; cut.By != "high" || cut.Interruptions != 1 || player.Frames(cut.Heard) != 9000 || player.Frames(cut.At.Sub(d.at(0))) != 10000 {
			t.Errorf("interrupted: %+v", cut)
		}
		if again := events[2]; player.Frames(again.At.Sub(d.at(0))) != 15000 || player.Frames(again.Away) != 5000 {
			t.Errorf("resumed: %+v", again)
		}
		d.expect(player.Event{Kind: player.Ended, Key: "low", At: d.at(26000), Heard: player.Duration(20000), Interruptions: 1, Away: events[3].Away})
	})
}

func TestARestartedItemBeginsAgain(t *testing.T) {
	within(t, func(t *testing.T, d *desk) {
		cutShort(d, func(i *player.Item) {
			i.Recovery, i.Stream = player.Restarts, &reel{tape{20000, 0.25, errEOF}, 20000, false}
		})
		d.turn(50000)
		end := d.last("low")
		d.expect(player.Event{Kind: player.Ended, Key: "low", At: d.at(35000), Heard: player.Duration(20000), Interruptions: 1, Away: end.Away})
		if d.frames[15000] != 0.25 || d.frames[34999] != 0.25 {
			t.Error("it was not heard whole after what cut it")
		}
	})
}

func TestWhatCannotBeginAgainEnds(t *testing.T) {
	cases := map[string]player.Stream{
		"no rewinder":  &tape{20000, 0.25, errEOF},
		"rewind fails": &reel{tape{20000, 0.25, errEOF}, 20000, true},
	}
	for name, stream := range cases {
		t.Run(name, func(t *testing.T) {
			within(t, func(t *testing.T, d *desk) {
				cutShort(d, func(i *player.Item) { i.Recovery, i.Stream = player.Restarts, stream })
				d.turn(40000)
				d.expect(player.Event{Kind: player.Ended, Key: "low", At: d.at(10000), Heard: player.Duration(9000), Reason: player.Preempted, By: "high"})
			})
		})
	}
}

func TestAnInterruptedItemGivesUp(t *testing.T) {
	within(t, func(t *testing.T, d *desk) {
		cutShort(d, func(i *player.Item) { i.Recovery, i.ResumeBy = player.Resumes, d.at(12000) })
		d.turn(40000)
		end := d.last("low")
		if end.Reason != player.Preempted || end.By != "high" || player.Frames(end.Heard) != 9000 || end.At.Sub(d.at(12000)) > 10*time.Millisecond || player.Frames(end.Away) < 2000 {
			t.Errorf("low: %+v, want it to give up at 12000", end)
		}
	})
}

func TestAnInterruptedItemIsStopped(t *testing.T) {
	within(t, func(t *testing.T, d *desk) {
		cutShort(d, func(i *player.Item) { i.Recovery = player.Resumes })
		d.turn(12288)
		if key := d.Playing(); key != "high" {
			t.Errorf("playing %q, want high", key)
		}
		d.Stop("low")
		d.turn(20000)
		if end := d.last("low"); end.Reason != player.Stopped || player.Frames(end.Heard) != 9000 {
			t.Errorf("low: %+v, want it stopped", end)
		}
	})
}

func TestALostCardLeavesTheInterruptedItem(t *testing.T) {
	within(t, func(t *testing.T, d *desk) {
		cutShort(d, func(i *player.Item) { i.Recovery = player.Resumes })
		d.turn(12288)
		d.Lost()
		d.turn(40000)
		if high := d.last("high"); high.Reason != player.DeviceLost {
			t.Errorf("high: %+v, want device-lost", high)
		}
		if low := d.last("low"); low.Reason != "" || player.Frames(low.Heard) != 20000 {
			t.Errorf("low: %+v, want it to go on when the card is back", low)
		}
	})
}

func TestAnInterruptionThatWasNotHeard(t *testing.T) {
	within(t, func(t *testing.T, d *desk) {
		cutShort(d, func(i *player.Item) { i.Recovery = player.Resumes })
		d.turn(9216)
		d.Fill(make([]float32, period), d.at(9216)) // the cut is in it, and nothing of it sounds
		d.Lost()
		d.turn(0)
		low := d.last("low")
		if low.Reason != player.DeviceLost || low.Interruptions != 0 || low.Away != 0 || player.Frames(low.Heard) != 9216-1000-period {
			t.Errorf("low: %+v, want it lost where it sounded", low)
		}
		if got := d.kinds("low"); !slices.Equal(got, []player.EventKind{player.Started, player.Ended}) {
			t.Errorf("events %v", got)
		}
	})
}

func TestTheEndOfRunEndsWhatIsInterrupted(t *testing.T) {
	within(t, func(t *testing.T, d *desk) {
		cutShort(d, func(i *player.Item) { i.Recovery = player.Resumes })
		d.turn(12288)
		d.cancel()
		d.turn(0)
		if low := d.last("low"); low.Reason != player.Stopped || player.Frames(low.Heard) != 9000 {
			t.Errorf("low: %+v, want it stopped", low)
		}
	})
}

func TestAnItemHeardToItsEndIsNotCut(t *testing.T) {
	within(t, func(t *testing.T, d *desk) {
		d.place(tone("low", d.at(1000), 9000, player.RankOrdinary, 0.25), tone("high", d.at(10000), 5000, player.RankPriority, 0.5))
		d.turn(20000)
		if d.count(0.25) != 9000 || d.first(0.5) != 10000 {
			t.Errorf("%d frames of the first, the second at %d: want 9000 and 10000", d.count(0.25), d.first(0.5))
		}
		d.expect(player.Event{Kind: player.Ended, Key: "low", At: d.at(10000), Heard: player.Duration(9000)})
	})
}

func TestACutIsTakenBackWithItsCause(t *testing.T) {
	within(t, func(t *testing.T, d *desk) {
		cutShort(d, func(i *player.Item) { i.FadeOut = 100 * time.Millisecond })
		d.turn(8192) // it fades from 5200 on
		d.Stop("high")
		d.turn(20000)
		if low := d.last("low"); low.Reason != "" || d.frames[8191] > 0.15 || d.frames[9000] != 0.25 {
			t.Errorf("low: %+v with %v and %v, want it back at its level", low, d.frames[8191], d.frames[9000])
		}
	})
}

func TestAnEmergencyShortensALongFade(t *testing.T) {
	within(t, func(t *testing.T, d *desk) {
		low := tone("low", d.at(0), 200000, player.RankOrdinary, 0.25)
		low.FadeOut = 2 * time.Second
		d.place(low, tone("live", d.at(100000), 5000, player.RankLive, 0.5))
		d.turn(20480)
		d.place(tone("alarm", d.at(20480), 5000, player.RankEmergency, 0.75))
		d.turn(8192)
		if first := d.first(0.75); first != 20480+96 {
			t.Errorf("it began at %d, want %d", first, 20480+96)
		}
		if end := d.last("low"); end.By != "alarm" {
			t.Errorf("low: %+v, want it cut by the alarm", end)
		}
	})
}

func TestWhatComesBackOnlyToBeCutIsStillHeard(t *testing.T) {
	within(t, func(t *testing.T, d *desk) {
		cutShort(d, func(i *player.Item) { i.Recovery, i.FadeOut = player.Resumes, 200*time.Millisecond })
		d.place(tone("next", d.at(20000), 1000, player.RankLive, 0.75)) // the fade for it has begun when the first is back at 15000
		d.turn(60000)
		if back := d.frames[15600]; back < 0.2 {
			t.Errorf("its level was %v when it was back", back)
		}
		if low := d.last("low"); low.Interruptions != 2 || low.Reason != "" {
			t.Errorf("low: %+v, want it heard whole", low)
		}
	})
}
