package rehearsal

import (
	"fmt"
	"testing"
	"time"
)

// TestNothingIsSleptThrough lives a life as a rehearsal does, from one instant
// to the next, and again with a look at every tick. Looking more often must not
// find anything more to do, whatever fails.
func TestNothingIsSleptThrough(t *testing.T) {
	for seed := range uint64(5) {
		t.Run(fmt.Sprint("seed ", seed), func(t *testing.T) {
			t.Parallel()
			const span = 2 * time.Hour
			sparse, dense := newWorld(t, seed, span, kinds()...), newWorld(t, seed, span, kinds()...)
			sparse.run(sparse.show(), span+30*time.Minute)
			show := dense.show()
			for d := time.Duration(0); d <= span+30*time.Minute; d += 250 * time.Millisecond {
				dense.run(show, d)
				if show.steps != nil {
					show.steps.Look(show.clock())
					show.settle()
				}
			}
			sameLines(t, sparse.centre, dense.centre)
		})
	}
}
