package clock

import (
	"slices"
	"time"
)

const (
	// stale is the age at which a sample is dropped: it says little by then, and
	// one that was wrong does no harm for longer.
	stale = 10 * time.Minute
	// jumpAfter is how many samples must agree with each other against the
	// earlier ones for the steady clock, or the source's, to have jumped, as some
	// machines' do when they sleep.
	jumpAfter = 4
	// driftError is how far off, in ppm, a drift may be to be of use.
	driftError = knownRate / 2
	// driftMost is what no quartz gains: what seems to was slewed.
	driftMost = 300
	// driftRenewed is for how long a drift is measured before it begins anew,
	// so that it follows seasons and ageing.
	driftRenewed = 24 * time.Hour
)

// verdict is what a track makes of a sample.
type verdict int

const (
	agreed verdict = iota // with those before it
	odd                   // contradicts those before it
	jumped                // contradicts them too, and has the majority behind it
)

// track is what one source has said.
type track struct {
	agreed []span  // the young ones, which have something in common
	odd    []span  // young ones that contradict those, but not each other
	drift  float64 // what the steady clock gains, in ppm; 0 while unknown
	since  span    // an early estimate, from which the drift is measured
	said   span    // the estimate after the last sample
}

// add takes in what a sample says.
func (t *track) add(s span) verdict {
	isStale := func(o span) bool { return s.at-o.at > stale }
	t.agreed = slices.DeleteFunc(t.agreed, isStale)
	t.odd = slices.DeleteFunc(t.odd, isStale)
	if all := append(t.agreed, s); t.common(all, s.at).possible() {
		t.agreed = all
		t.settle(s.at)
		return agreed
	}
	if all := append(t.odd, s); t.common(all, s.at).possible() {
		t.odd = all
	} else {
		t.odd = []span{s}
	}
	if len(t.odd) < jumpAfter {
		return odd
	}
	*t = track{agreed: t.odd}
	t.settle(s.at)
	return jumped
}

// common is what all spans say together about the offset at a time.
func (t *track) common(all []span, at time.Duration) span {
	c := all[0].moved(at, t.drift)
	for _, s := range all[1:] {
		c = c.and(s.moved(at, t.drift))
	}
	return c
}

// settle makes the estimate and learns from it what the steady clock gains.
func (t *track) settle(at time.Duration) {
	t.said = t.common(t.agreed, at)
	since := t.since
	if since == (span{}) || t.drift == 0 && 2*t.said.half() < since.half() {
		t.since = t.said
		return
	}
	over := at - since.at
	if t.said.half()+since.half() > share(over, driftError) {
		return
	}
	t.drift = ppm(since.middle()-t.said.middle(), over)
	if over >= driftRenewed {
		t.since = t.said
	}
}

// ppm is a part in millionths of the whole, 0 for what no quartz does. A steady
// clock that is exactly right gains a trifle, since 0 stands for unknown.
func ppm(part, whole time.Duration) float64 {
	gains := float64(part) / float64(whole) * 1e6
	switch {
	case gains == 0:
		return 1e-9
	case gains > driftMost || gains < -driftMost:
		return 0
	}
	return gains
}

// estimate is what the source says about a steady time not before its last sample.
func (t *track) estimate(source string, steady time.Duration) Estimate {
	now := t.said.moved(steady, t.drift)
	return Estimate{
		Steady:      steady,
		At:          time.Unix(0, int64(now.middle()+steady)).UTC(),
		Uncertainty: now.half(),
		Source:      source,
		Drift:       t.drift,
	}
}
