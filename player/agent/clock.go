package agent

import (
	"crypto/rand"
	"encoding/hex"
	"os"
	"strconv"
	"strings"
	"time"

	"loaphuong/scheduler"
)

// clock is the station's sense of time. The system clock is taken as right from
// the moment it has passed the instant at which the centre signed the schedule
// held: a board without a battery boots in 1970 and stays silent until then.
//
// A clock that was right and is set ahead by more than [leap] is doubted for
// [doubt]: all that lies between would be closed as missed, and what is closed
// stays so. If it comes back, nothing has happened. Set back, it is believed,
// since the ledger keeps what was done from being done twice.
type clock struct {
	boot    string
	booted  time.Time // monotonic reference for lines
	elapsed time.Duration
	floor   time.Time
	steady  func() time.Duration // time since booted by a clock that nobody sets

	seen  time.Time     // what it said at the last look,
	at    time.Duration // and when that was in steady time
	was   bool          // it was right then
	ahead time.Duration // how far it has been set since it was last believed, while in doubt
	since time.Duration // when the doubt began
}

const (
	// clockTolerance is how far the station's clock may be behind the centre's.
	clockTolerance = 2 * time.Minute
	// leap is how far a clock may be set ahead without being doubted: boards that
	// keep the time in a file come up as much behind as they were off.
	leap = 24 * time.Hour
	// doubt is how long a clock that was set further ahead is not believed.
	doubt = 5 * time.Minute
)

func newClock() *clock {
	boot, err := os.ReadFile("/proc/sys/kernel/random/boot_id")
	if err != nil {
		boot = []byte(newID())
	}
	c := &clock{boot: strings.TrimSpace(string(boot)), booted: time.Now(), elapsed: uptime()}
	c.steady = func() time.Duration { return time.Since(c.booted) }
	return c
}

// uptime is the time since the machine's boot, 0 where the system does not say.
func uptime() time.Duration {
	raw, err := os.ReadFile("/proc/uptime")
	if err != nil {
		return 0
	}
	first, _, _ := strings.Cut(string(raw), " ")
	seconds, err := strconv.ParseFloat(first, 64)
	if err != nil {
		return 0
	}
	return time.Duration(seconds * float64(time.Second))
}

// look notes that the clock says now, and returns how far it was set since the
// last look.
func (c *clock) look(now time.Time) (set time.Duration) {
	now, at := now.Round(0), c.steady()
	if !c.seen.IsZero() {
		set = now.Sub(c.seen) - (at - c.at)
	}
	c.seen, c.at = now, at
	switch {
	case c.ahead != 0:
		c.ahead += set
		if c.ahead < leap || at-c.since >= doubt {
			c.ahead = 0
		}
	case c.was && set > leap:
		c.ahead, c.since = set, at
	}
	c.was = c.valid(now)
	return set
}

// valid reports whether now can be the time.
func (c *clock) valid(now time.Time) bool {
	return c.ahead == 0 && !now.Before(c.floor.Add(-clockTolerance))
}

// stamp is what a line says about the clock.
func (c *clock) stamp() scheduler.Clock {
	return scheduler.Clock{Boot: c.boot, Monotonic: c.elapsed + c.steady()}
}

// newID is 16 random hex digits.
func newID() string {
	var b [8]byte
	rand.Read(b[:])
	return hex.EncodeToString(b[:])
}
