package rehearsal

import (
	"fmt"
	"testing"
	"time"

	"loaphuong/scheduler"
)

// TestEveryAiringHasOneLastWord lives through days in which everything fails.
func TestEveryAiringHasOneLastWord(t *testing.T) {
	for seed := range uint64(10) {
		t.Run(fmt.Sprint("seed ", seed), func(t *testing.T) {
			t.Parallel()
			w := newWorld(t, seed, 8*time.Hour, kinds()...)
			show := w.show()
			w.run(show, 11*time.Hour+55*time.Minute) // every outage is over for a while, and nothing on air
			if n := show.Waiting(); n != 0 {
				t.Errorf("%d lines wait", n)
			}
			w.judge()
		})
	}
}

// judge checks what must be true of any life.
func (w *world) judge() {
	w.t.Helper()
	w.judgeChain()
	ends := w.lastWords()
	for n, s := range w.published {
		for _, air := range w.owed(n, after(11*time.Hour)) {
			if _, ok := ends[air.ID]; !ok {
				w.t.Errorf("%s, due at %s by schedule %d, has no last word", air.Title, air.Start.Sub(monday()), s.Revision)
			}
		}
	}
	w.judgeClaims(ends)
}

// taken is when the station first said that it holds the n-th schedule; false
// where it never did.
func (w *world) taken(n int) (time.Time, bool) {
	for _, s := range w.heard {
		if s.Revision == w.published[n].Revision {
			return s.came, true
		}
	}
	return time.Time{}, false
}

// owed are the airings before an instant that the n-th schedule rules, if the
// station has taken it.
func (w *world) owed(n int, until time.Time) []scheduler.Airing {
	s := w.published[n]
	if _, ok := w.taken(n); !ok {
		return nil
	}
	for later := n + 1; later < len(w.published); later++ {
		if _, ok := w.taken(later); ok && w.published[later].Issued.Before(until) {
			until = w.published[later].Issued
			break
		}
	}
	zone, err := time.LoadLocation(s.Zone)
	if err != nil {
		w.t.Fatal(err)
	}
	return scheduler.Airings(station, zone, s.Playlists, s.Issued, until)
}

// judgeClaims checks that no watermark went past what was not closed, and that
// the last one has come far.
func (w *world) judgeClaims(ends map[scheduler.AiringID]scheduler.AsRun) {
	for n := range w.published {
		since, ok := w.taken(n)
		owed := w.owed(n, after(12*time.Hour))
		for _, c := range w.claims {
			if !ok || c.came.Before(since) {
				continue
			}
			for _, air := range owed {
				if !air.Start.Before(c.Through) {
					break
				}
				if end, ok := ends[air.ID]; !ok || end.Number > c.Number {
					w.t.Errorf("at %s line %d claimed all through %s, but the end of %s, due at %s, is line %d",
						c.came.Sub(monday()), c.Number, c.Through.Sub(monday()), air.Title, air.Start.Sub(monday()), end.Number)
				}
			}
		}
	}
	if last := w.claims[len(w.claims)-1]; last.Through.Before(after(10*time.Hour + 50*time.Minute)) {
		w.t.Errorf("the watermark stands at %s", last.Through.Sub(monday()))
	}
}

// lastWords are the end lines. No airing has two, or two beginnings.
func (c *centre) lastWords() map[scheduler.AiringID]scheduler.AsRun {
	ends, starts := map[scheduler.AiringID]scheduler.AsRun{}, map[scheduler.AiringID]bool{}
	for _, line := range c.inOrder() {
		_, over := ends[line.Airing]
		switch {
		case over:
			c.t.Errorf("line %d (%s) speaks of %s, which has ended", line.Number, line.Kind, line.Airing)
		case line.Kind == scheduler.AsRunEnd:
			ends[line.Airing] = line
		case line.Kind == scheduler.AsRunStart && starts[line.Airing]:
			c.t.Errorf("line %d: %s begins a second time", line.Number, line.Airing)
		case line.Kind == scheduler.AsRunStart:
			starts[line.Airing] = true
		}
	}
	return ends
}

// inOrder lists the lines by number.
func (c *centre) inOrder() (all []scheduler.AsRun) {
	for n := uint64(1); n <= uint64(len(c.lines)); n++ {
		all = append(all, c.lines[n])
	}
	return all
}

// judgeChain checks that the lines have no gap and each holds the hash of the
// one before.
func (c *centre) judgeChain() {
	c.t.Helper()
	all := c.inOrder()
	for i, line := range all {
		if line.Number != uint64(i+1) {
			c.t.Fatalf("line %d of %d is not there", i+1, len(all))
		}
		if i > 0 && line.Previous != all[i-1].Hash() {
			c.t.Errorf("line %d does not follow line %d", i+1, i)
		}
	}
}
