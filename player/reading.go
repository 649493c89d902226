package player

import "time"

// Reading is one comparison of the machine's clock with true time: at the
// machine's instant Machine it was True. The zero Reading says that the
// machine's own clock is right.
//
// Machine should be of time.Now, so that what is derived from it stays right
// when the machine's clock is set.
type Reading struct{ Machine, True time.Time }

// At is the true time of the machine's instant t. It carries no monotonic
// reading, since true time is not what the machine's clock shows, except that
// the zero Reading returns t as it is.
func (r Reading) At(t time.Time) time.Time {
	if r == (Reading{}) {
		return t
	}
	return r.True.Round(0).Add(t.Sub(r.Machine))
}

// machine is the machine's instant at the true time t.
func (r Reading) machine(t time.Time) time.Time {
	if r == (Reading{}) {
		return t
	}
	return r.Machine.Add(t.Sub(r.True.Round(0)))
}
