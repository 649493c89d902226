package clock_test

import (
	"testing"
	"time"

	"loaphuong/player/clock"
)

// cut reports whether the link is down so long after the start: for two hours
// three times a day.
func cut(after time.Duration) bool {
	hour := after.Hours()
	return hour >= 3 && hour < 5 || hour >= 11 && hour < 13 || hour >= 20 && hour < 22
}

// day is what came out of a day.
type day struct {
	fresh   []time.Duration // errors just after a burst
	minute  []time.Duration // errors while one sample a minute comes
	outage  time.Duration   // the largest error at the end of an outage
	most    time.Duration   // the largest uncertainty
	drift   float64         // as known in the end
	broken  int             // estimates that were off by more than they said
	looked  int
	samples int
}

// live lives a day, looking every ten seconds.
func live(w *following, m *machine, p *peer, upSince time.Duration) (d day) {
	began := time.Now()
	for down := false; time.Since(began) < 24*time.Hour; {
		after := time.Since(began)
		if now := cut(after); now != down {
			down = now
			p.set(func(p *peer) { p.down = down })
			if upSince = after; !down {
				wrong, _ := w.off(m)
				d.outage = max(d.outage, wrong)
				w.nudge <- struct{}{}
			}
		}
		time.Sleep(10 * time.Second)
		wrong, uncertainty := w.off(m)
		d.looked++
		if wrong > uncertainty {
			d.broken++
		}
		d.most = max(d.most, uncertainty)
		up := time.Since(began) - upSince
		switch {
		case down:
		case up <= 20*time.Second:
			d.fresh = append(d.fresh, wrong)
		case up >= 10*time.Minute:
			d.minute = append(d.minute, wrong)
		}
	}
	e, n := w.last()
	d.drift, d.samples = e.Drift, n
	return d
}

// TestADay lives days on a machine whose quartz gains 80 ppm, 8 more at noon,
// on a mobile link that fails for two hours three times. Ten samples in ten minutes
// can all have been slow the same way, so no day is without a moment at which
// the time is off by more than 30 ms; it is never off by more than it says.
func TestADay(t *testing.T) {
	for seed := range uint64(8) {
		var m *machine
		var p *peer
		inFollow(t, func() []clock.Source {
			m = boots(80, 8)
			p = newPeer("centre", m, seed)
			p.way = mobile
			return []clock.Source{p}
		}, func(w *following) {
			time.Sleep(10 * time.Second)
			d := live(w, m, p, 0)
			fresh, most := quantile(d.fresh, 1), quantile(d.minute, 0.95)
			t.Logf("day %d: fresh %v; by the minute p50 %v p95 %v p99 %v worst %v; after an outage %v; uncertainty at most %v; drift %.1f", seed, fresh,
				quantile(d.minute, 0.5), most, quantile(d.minute, 0.99), quantile(d.minute, 1), d.outage, d.most, d.drift)
			if d.broken > 0 {
				t.Errorf("%d of %d estimates were off by more than they said", d.broken, d.looked)
			}
			if fresh > 30*time.Millisecond || most > 30*time.Millisecond {
				t.Errorf("the time was off by %v when fresh, by more than %v a twentieth of the day", fresh, most)
			}
			if d.drift < 80-25 || d.drift > 80+25+8 {
				t.Errorf("the drift is %.1f ppm", d.drift)
			}
		})
	}
}
