package clock

import (
	"context"
	"errors"
	"fmt"
	"time"
)

// Source is somebody who knows the time.
type Source interface {
	// Name names the source in logs and in [Estimate.Source].
	Name() string
	// Measure asks once. It returns when ctx ends, and after ten seconds at most.
	Measure(ctx context.Context) (Sample, error)
}

// Sample is one question and its answer.
type Sample struct {
	// Asked is the machine's steady time when the question left, or somewhat
	// earlier, and Answered when the answer came, or somewhat later.
	Asked, Answered time.Duration
	// Received is the source's time when it got the question, and Sent when it
	// answered.
	Received, Sent time.Time
	// Doubt is how far the source's own time may be off, as it says itself.
	Doubt time.Duration
}

// ErrImpossible is for a sample that cannot be true.
var ErrImpossible = errors.New("impossible time")

const (
	// firstYear and lastYear are the years in which a source can be right: one
	// that has no time itself is mostly in 1970 or in 2036.
	firstYear, lastYear = 2024, 2100
	// patience is how long a source may take to answer.
	patience = 10 * time.Second
)

// Validate reports why the sample cannot be true.
func (s Sample) Validate() error {
	for _, t := range []time.Time{s.Received, s.Sent} {
		if year := t.UTC().Year(); year < firstYear || year > lastYear {
			return fmt.Errorf("%w: the year %d", ErrImpossible, year)
		}
	}
	held := s.Sent.Sub(s.Received)
	switch delay := s.Answered - s.Asked - held; {
	case s.Answered < s.Asked:
		return fmt.Errorf("%w: answered %v before it was asked", ErrImpossible, s.Asked-s.Answered)
	case held < 0:
		return fmt.Errorf("%w: sent %v before it was received", ErrImpossible, -held)
	case delay < 0:
		return fmt.Errorf("%w: on the way for %v", ErrImpossible, delay)
	case s.Doubt < 0:
		return fmt.Errorf("%w: off by %v", ErrImpossible, s.Doubt)
	}
	return nil
}

// span is what a sample says about the offset, the true time since 1970 less
// the steady time: at the steady time at it was between low and high.
type span struct{ at, low, high time.Duration }

// span holds when the answer came. The steady clock may have been off while
// the question was on its way, which counts for slow answers.
func (s Sample) span() span {
	slack := s.Doubt + share(s.Answered-s.Asked, unknownRate)
	return span{
		at:   s.Answered,
		low:  time.Duration(s.Sent.UnixNano()) - s.Answered - slack,
		high: time.Duration(s.Received.UnixNano()) - s.Asked + slack,
	}
}

// moved is what s says about the offset at another time, with a steady clock
// that gains drift ppm.
func (s span) moved(at time.Duration, drift float64) span {
	age := at - s.at
	gained, wider := share(age, drift), share(age.Abs(), rateError(drift))
	return span{at: at, low: s.low - gained - wider, high: s.high - gained + wider}
}

// and is what both s and another span of the same time say; it is not
// [span.possible] where they contradict each other.
func (s span) and(o span) span {
	return span{at: s.at, low: max(s.low, o.low), high: min(s.high, o.high)}
}

// possible reports whether any offset is in the span.
func (s span) possible() bool { return s.low <= s.high }

// middle is the offset that is least wrong, and half is by how much at most.
func (s span) middle() time.Duration { return s.low + (s.high-s.low)/2 }
func (s span) half() time.Duration   { return (s.high - s.low + 1) / 2 }
