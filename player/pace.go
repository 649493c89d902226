package player

import "time"

const (
	// settle is how many frames it takes to believe most of what a comparison
	// says: a second, in which the jitter of a card's clock, up to a
	// millisecond, averages out and a card 80 ppm wrong drifts by 80 µs.
	settle = Rate
	// bandFirst is how far an item may be off true time, in frames, before
	// anything is done: 0.35 ms, so that a card that keeps true time and says so
	// to within 0.3 ms, also when the item begins, plays every bit of it.
	bandFirst = 0.35e-3 * Rate
	// bandThen is as much once something had to be done, since a card that has
	// drifted drifts on: 0.1 ms.
	bandThen = 0.1e-3 * Rate
	// stride is the fewest frames between two that are dropped or doubled: 5 ms,
	// which is 0.4 % of the speed.
	stride = Rate / 200
	// adrift is how far off an item is given up: it would take a minute to put
	// right. It goes on from where it is.
	adrift = 250 * time.Millisecond
)

// pace tells a voice when to drop a frame or to double one, so that it keeps to
// true time on a card that does not. What is compared jitters; so it is
// averaged, and left alone within a band.
type pace struct {
	behind float64 // how far the voice is behind, in frames, on average
	drifts bool    // it had to be put right once
	busy   bool    // it is being put right
	since  int64   // frames since one was dropped or doubled
}

// observe takes in how far the voice is behind when n frames are about to be
// played.
func (p *pace) observe(behind time.Duration, n int) {
	frames := behind.Seconds() * Rate
	p.behind += (frames - p.behind) * float64(n) / float64(n+settle)
	band := bandFirst
	if p.drifts {
		band = bandThen
	}
	if p.behind > band || p.behind < -band {
		p.drifts, p.busy = true, true
	}
}

// owed is 1 where a frame is to be dropped now, -1 where one is to be doubled,
// and 0 where neither is.
func (p *pace) owed() int {
	p.busy = p.busy && (p.behind > 0.5 || p.behind < -0.5)
	switch {
	case !p.busy || p.since < stride:
		return 0
	case p.behind > 0:
		return 1
	}
	return -1
}

// reach is how many of n frames may pass before one may be owed.
func (p *pace) reach(n int) int {
	if p.busy && p.since < stride {
		return min(n, int(stride-p.since))
	}
	return n
}

// corrected notes that a frame was dropped (1) or doubled (-1).
func (p *pace) corrected(by int) {
	p.behind -= float64(by)
	p.since = 0
}

// drop removes the frame of buf that is missed least; the last one is then
// left over.
func drop(buf []float32) {
	i := calmest(buf)
	copy(buf[i+1:], buf[i+2:])
}

// double repeats the frame of buf[:len(buf)-1] that is noticed least.
func double(buf []float32) {
	i := calmest(buf[:len(buf)-1])
	copy(buf[i+1:], buf[i:len(buf)-1])
}

// calmest is the frame that differs least from the one after it; buf has two
// frames at least.
func calmest(buf []float32) (best int) {
	least := float32(8) // beyond any difference
	for i, x := range buf[:len(buf)-1] {
		if d := max(x-buf[i+1], buf[i+1]-x); d < least {
			best, least = i, d
		}
	}
	return best
}
