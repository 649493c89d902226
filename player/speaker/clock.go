package speaker

import (
	"time"

	"loaphuong/player"
)

const (
	// ringPeriods are in oto's pipeline behind its player: the ALSA ring of two
	// and the one whose write is waiting for room in it.
	ringPeriods = 3
	// rise is how far the estimate follows an observation that is later, and
	// riseMost by how much at once, in parts of the period that has passed:
	// enough for a card 190 ppm slow, whatever the period. Being late is mostly
	// our own lateness in looking.
	rise     = 1.0 / 64
	riseMost = 190e-6
	// fall is how far it follows one that is earlier: nobody can look too
	// early, so only noise in the estimate or a fast card make that. One step
	// stays within what a card promises of sounds.
	fall     = 1.0 / 4
	fallMost = 900 * time.Microsecond
	// jump is how much later all of the last observations must be for the card
	// to have stood still, after which the estimate is theirs.
	jump = 2 * time.Millisecond
	// jumpAfter are those observations: one late one is a busy machine.
	jumpAfter = 4
	// slackPeriods is how late an observation can be while everything still
	// flows: until the ring and oto's player are empty. What is beyond them is
	// a standstill for certain.
	slackPeriods = 2 + playerPeriods
	// warmUp is how many observations it takes to know the time at first.
	warmUp = 8
)

// clock knows when a frame will sound. It observes, at each read, how many of
// the player's frames oto has pulled. A pull follows at once on a write that
// waited for room in the ring; at that moment the first frame not in the ring's
// two periods or in the one just pulled is due: frame pulled−3 periods. So the
// instant of frame 0 is no later than now less those frames, and equal to it
// when we looked without delay. The estimate therefore keeps to the lower edge
// of what is observed.
type clock struct {
	zero    time.Time     // estimated instant of frame 0
	seen    int           // observations so far
	late    int           // of the last ones, in a row, that were later by a jump
	nearest time.Duration // how much the earliest of those was
}

// observe takes in that at now oto had pulled so many frames, in periods of the
// given length.
func (c *clock) observe(now time.Time, pulled, period int64) {
	zero := now.Add(-player.Duration(pulled - ringPeriods*period))
	slip := zero.Sub(c.zero)
	c.seen++
	switch {
	case c.seen == 1 || c.seen <= warmUp && slip < 0:
		c.zero, c.late = zero, 0
	case slip > jump:
		c.leap(slip, player.Duration(slackPeriods*period))
	case slip > 0:
		c.late = 0
		most := riseMost * float64(player.Duration(period))
		c.zero = c.zero.Add(time.Duration(min(float64(slip)*rise, most)))
	default:
		c.late = 0
		c.zero = c.zero.Add(max(time.Duration(float64(slip)*fall), -fallMost))
	}
}

// leap moves the estimate by what is certain at once, and by the rest when
// enough observations agree that it must.
func (c *clock) leap(slip, slack time.Duration) {
	if sure := slip - slack; sure > 0 {
		c.zero, c.late, slip = c.zero.Add(sure), 0, slack
	}
	if c.late == 0 || slip < c.nearest {
		c.nearest = slip
	}
	c.late++
	if c.late >= jumpAfter {
		c.zero, c.late = c.zero.Add(c.nearest), 0
	}
}

// ready reports whether the estimate can be relied on to begin with.
func (c *clock) ready() bool { return c.seen >= warmUp && c.late == 0 }

// sounds is the instant of frame n, on the machine's clock as it is set at now.
func (c *clock) sounds(n int64, now time.Time) time.Time {
	return now.Add(c.zero.Add(player.Duration(n)).Sub(now))
}
