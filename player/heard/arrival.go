package heard

import "time"

// arrivalBlock is how many reads, of a tenth of a second each, make a block.
const arrivalBlock = 16

// arrival knows when the first sample of a capture was at the converter. A read
// tells that it was no later than now less what has come; how much earlier is
// how late we were in looking. So the earliest that the last two blocks of
// reads tell is right, follows a clock that drifts, and after a hole in the
// capture is right again within seconds.
type arrival struct {
	reads         int
	before, block time.Time // the earliest of the block before and of this one
}

// observe takes in that at now so many samples had come, and returns the
// estimated instant of the first.
func (a *arrival) observe(now time.Time, samples int64) time.Time {
	zero := now.Add(-length(samples))
	if a.reads%arrivalBlock == 0 {
		a.before, a.block = a.block, zero
	}
	a.reads++
	if zero.Before(a.block) {
		a.block = zero
	}
	if !a.before.IsZero() && a.before.Before(a.block) {
		return a.before
	}
	return a.block
}

// length is how long so many samples take.
func length(samples int64) time.Duration {
	return time.Duration(samples/rate)*time.Second + time.Duration(samples%rate)*time.Second/rate
}
