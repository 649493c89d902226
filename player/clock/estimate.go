package clock

import (
	"math"
	"time"
)

// Estimate says that at the steady time Steady it was At, within Uncertainty.
type Estimate struct {
	Steady      time.Duration // of the machine, in the boot in which it was made
	At          time.Time     // true time, in UTC
	Uncertainty time.Duration // At is wrong by at most this
	Source      string        // who said so
	Drift       float64       // what the steady clock gains, in ppm; 0 while that is unknown
}

const (
	// unknownRate is how far, in ppm, a steady clock can be off that has not
	// been measured. Quartzes of computers are sold as good to 20 or 50, and
	// cold, heat and age may double that.
	unknownRate = 100
	// knownRate is how far it can be off once it has been measured: half of it
	// is what the measurement may miss ([driftError]), half is what a day's
	// warmth does to a quartz in a cupboard.
	knownRate = 50
)

// Time is the time at a steady time of the same boot, and how far that can be
// off: the more, the longer ago the estimate was made.
func (e Estimate) Time(steady time.Duration) (at time.Time, uncertainty time.Duration) {
	age := steady - e.Steady
	return e.At.Add(age - share(age, e.Drift)), e.Uncertainty + share(age.Abs(), rateError(e.Drift))
}

// rateError is how far, in ppm, the steady clock can be from the drift.
func rateError(drift float64) float64 {
	if drift == 0 {
		return unknownRate
	}
	return knownRate
}

// share is so many millionths of d, rounded away from zero so that no
// uncertainty is made smaller.
func share(d time.Duration, ppm float64) time.Duration {
	part := float64(d) * ppm / 1e6
	return time.Duration(math.Copysign(math.Ceil(math.Abs(part)), part))
}
