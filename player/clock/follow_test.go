package clock_test

import (
	"context"
	"log/slog"
	"testing"
	"time"

	"loaphuong/player/clock"
)

// alone follows one centre over a good link.
func alone(t *testing.T, f func(w *following, m *machine, p *peer)) {
	var m *machine
	var p *peer
	inFollow(t, func() []clock.Source {
		m = boots(20, 0)
		p = newPeer("centre", m, 7)
		return []clock.Source{p}
	}, func(w *following) { f(w, m, p) })
}

// gaps are what lies between instants.
func gaps(all []time.Time) (d []time.Duration) {
	for i := 1; i < len(all); i++ {
		d = append(d, all[i].Sub(all[i-1]))
	}
	return d
}

func near(d, want time.Duration) bool { return d >= want && d < want+10*time.Millisecond }

func TestABurstThenOneAMinute(t *testing.T) {
	alone(t, func(w *following, m *machine, p *peer) {
		time.Sleep(5 * time.Second)
		asked := p.times()
		if len(asked) != 8 {
			t.Errorf("asked %d times at the start", len(asked))
		}
		for i, d := range gaps(asked) {
			if !near(d, 250*time.Millisecond) {
				t.Errorf("gap %d is %v", i, d)
			}
		}
		if _, n := w.last(); n != 1 {
			t.Errorf("told %d times of the burst", n)
		}
		time.Sleep(5 * time.Minute)
		asked = p.times()
		if _, n := w.last(); n != 6 || len(asked) != 5 || !near(gaps(asked)[0], time.Minute) {
			t.Errorf("told %d times, asked at %v", n, asked)
		}
		if wrong, within := w.off(m); wrong > within || within > 7*time.Millisecond {
			t.Errorf("off by %v within %v", wrong, within)
		}
	})
}

func TestANudgeMakesABurst(t *testing.T) {
	alone(t, func(w *following, _ *machine, p *peer) {
		time.Sleep(30 * time.Second)
		p.times()
		w.nudge <- struct{}{}
		time.Sleep(3 * time.Second)
		if n := len(p.times()); n != 8 {
			t.Errorf("asked %d times after the nudge", n)
		}
		close(w.nudge) // a last wish, and no busy loop
		time.Sleep(63 * time.Second)
		if n := len(p.times()); n != 9 {
			t.Errorf("asked %d times after the last nudge", n)
		}
	})
}

func TestASourceThatFailsIsLeftAloneLongerEachTime(t *testing.T) {
	alone(t, func(w *following, _ *machine, p *peer) {
		time.Sleep(30 * time.Second)
		p.set(func(p *peer) { p.down = true })
		p.times()
		time.Sleep(20 * time.Minute)
		want := time.Second
		rests := gaps(p.times())
		if len(rests) < 12 {
			t.Fatalf("%d rests", len(rests))
		}
		for i, d := range rests {
			if d < want || d > want*5/4 {
				t.Errorf("rest %d is %v, want %v and up to a quarter", i, d, want)
			}
			want = min(2*want, 2*time.Minute)
		}
		p.set(func(p *peer) { p.down = false })
		time.Sleep(153 * time.Second)
		if n := len(p.times()); n < 8 {
			t.Errorf("asked %d times when it was back", n)
		}
		if down, up := w.log.count("does not answer"), w.log.count("answers again"); down != 1 || up != 1 {
			t.Errorf("logged %d and %d times", down, up)
		}
	})
}

func TestASourceThatIsInNoYearFails(t *testing.T) {
	alone(t, func(w *following, _ *machine, p *peer) {
		time.Sleep(10 * time.Second)
		_, before := w.last()
		p.set(func(p *peer) { p.ahead = -era })
		w.nudge <- struct{}{}
		time.Sleep(time.Hour)
		if _, n := w.last(); n != before {
			t.Errorf("%d estimates were made of it", n-before)
		}
		if n := len(p.times()); n > 50 {
			t.Errorf("it was asked %d times in an hour", n)
		}
	})
}

func TestAFailingSourceHoldsNobodyUp(t *testing.T) {
	var m *machine
	var good, bad *peer
	inFollow(t, func() []clock.Source {
		m = boots(0, 0)
		good, bad = newPeer("ntp a", m, 1), newPeer("centre", m, 2)
		bad.down = true
		return []clock.Source{bad, good}
	}, func(w *following) {
		time.Sleep(3 * time.Second)
		if e, n := w.last(); n != 1 || e.Source != "ntp a" {
			t.Errorf("told %d times, of %q", n, e.Source)
		}
		good.set(func(p *peer) { p.ahead = time.Minute })
		bad.set(func(p *peer) { p.down = false })
		time.Sleep(2 * time.Minute) // the NTP server has jumped by then
		if e, _ := w.last(); e.Source != "centre" || w.log.count("the centre is believed") != 1 {
			t.Errorf("%q is believed", e.Source)
		}
	})
}

// TestAMachineThatSlept has lost or gained steady time: one sample shows it, and
// the burst that follows at once settles it.
func TestAMachineThatSlept(t *testing.T) {
	for _, by := range []time.Duration{-3 * time.Second, time.Hour} {
		alone(t, func(w *following, m *machine, p *peer) {
			time.Sleep(10*time.Minute + 30*time.Second)
			m.jumped.Store(int64(by))
			time.Sleep(65 * time.Second)
			if wrong, within := w.off(m); wrong > within {
				t.Errorf("%v: off by %v within %v", by, wrong, within)
			}
		})
	}
}

func TestFollowingNobody(t *testing.T) {
	err := clock.Follow(context.Background(), slog.New(slog.DiscardHandler), nil, nil, nil)
	if err == nil {
		t.Error("following nobody is no error")
	}
}
