package heard

import (
	"math"
	"runtime"
)

const (
	// audible is the level in dBFS from which a slot is not silent.
	audible = -50
	// reach is how far below a band's loudest slot its levels are looked at, in
	// steps: what is softer drowns in the noise of any street.
	reach = 30 * steps
	// lively is the mean variance of levels, in steps squared, from which a
	// window can be told from another: a steady tone cannot.
	lively = 4 * steps * steps
	// present is how many slots of a window must be known.
	present = windowSlots * 9 / 10
)

// shape is how the levels of the bands move in a window, about their means.
type shape struct {
	moves [bands][windowSlots]float32
	power float32 // the sum of their squares
}

// window is a piece of what was sent.
type window struct {
	first int // slot
	shape shape
}

// sounding cuts slots from…to of what was sent into windows and leaves out those
// that are silent, steady or not known.
func sounding(sent *tape, from, to int) (all []window) {
	for first := from; first+windowSlots <= to; first += windowSlots {
		strip, known := sent.strip(first, windowSlots)
		w := window{first: first}
		w.shape.set(strip)
		if known >= present && loud(strip) >= windowSlots/3 && w.shape.power >= lively*bands*float32(windowSlots) {
			all = append(all, w)
		}
	}
	return all
}

// strip is a run of levels; one that is not known is like the one before it.
func (t *tape) strip(first, n int) (strip []levels, known int) {
	strip = make([]levels, n)
	var last levels
	for i := range strip {
		if l, ok := t.at(first + i); ok {
			last = l
			known++
		}
		strip[i] = last
	}
	return strip, known
}

// loud counts the levels that are not silence.
func loud(strip []levels) (n int) {
	for _, l := range strip {
		var sum float64
		for _, x := range l {
			sum += math.Pow(10, (float64(x)/steps+floor)/10)
		}
		if 10*math.Log10(sum) >= audible {
			n++
		}
	}
	return n
}

// set makes the shape that of the levels of a window.
func (s *shape) set(strip []levels) {
	s.power = 0
	for b := range bands {
		var top uint8
		for _, l := range strip {
			top = max(top, l[b])
		}
		lowest, sum := float32(top)-reach, float32(0)
		for i, l := range strip {
			s.moves[b][i] = max(float32(l[b]), lowest)
			sum += s.moves[b][i]
		}
		for i := range s.moves[b] {
			s.moves[b][i] -= sum / float32(windowSlots)
			s.power += s.moves[b][i] * s.moves[b][i]
		}
	}
}

// like is the correlation of two shapes, from -1 to 1; 0 with one that is flat.
func (s *shape) like(other *shape) float64 {
	if s.power == 0 || other.power == 0 {
		return 0
	}
	var sum float32
	for b := range s.moves {
		for i, x := range s.moves[b] {
			sum += x * other.moves[b][i]
		}
	}
	return float64(sum) / math.Sqrt(float64(s.power)*float64(other.power))
}

// lags is how many delays are tried.
const lags = lagMost - lagLeast + 1

// likeness is how alike a window and what was captured are, at every delay.
type likeness [lags]float64

// compare finds the likeness of a window; known tells whether enough of the
// time was captured.
func (w *window) compare(captured *tape) (at likeness, known bool) {
	if _, n := captured.strip(w.first, windowSlots); n < present {
		return at, false
	}
	strip, _ := captured.strip(w.first+lagLeast, windowSlots+lags-1)
	var heard shape
	for lag := range at {
		heard.set(strip[lag : lag+windowSlots])
		at[lag] = w.shape.like(&heard)
		runtime.Gosched() // the sound goes first: a station runs on one processor
	}
	return at, true
}

// near is the best of the delays that are at most stray from one.
func (l *likeness) near(lag int) float64 {
	best := -1.0
	for _, x := range l[max(lag-stray, 0):min(lag+stray+1, lags)] {
		best = max(best, x)
	}
	return best
}

// common is the delay at which the windows together are most alike, and whether
// there is any.
func common(all []likeness) (lag int, found bool) {
	best := 0.0
	for i := range lags {
		var sum float64
		for _, l := range all {
			sum += l[i]
		}
		if sum > best {
			best, lag, found = sum, i, true
		}
	}
	return lag, found
}
