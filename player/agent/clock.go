package agent

import (
	"crypto/rand"
	"encoding/hex"
	"os"
	"strings"
	"time"

	"loaphuong/devices"
	"loaphuong/player/clock"
	"loaphuong/scheduler"
)

// timepiece is the station's sense of time. What it has learnt from the centre
// or another source in this boot counts, by the machine's steady clock, whatever
// its own clock is set to. Until then that one is taken as right from the moment
// it has passed the instant at which the centre signed the schedule held: a
// board without a battery boots in 1970 and stays silent until then.
//
// A clock of its own that was right and is set ahead by more than [leap] is
// doubted for [doubt]: all that lies between would be closed as missed, and what
// is closed stays so. If it comes back, nothing has happened. Set back, it is
// believed, since the ledger keeps what was done from being done twice.
type timepiece struct {
	boot   string
	steady func() time.Duration // time since boot by a clock that nobody sets
	floor  time.Time
	unsure string         // why the machine's clock is not believed until the time is learnt; "" where it is
	known  clock.Estimate // what was learnt last; the zero value where nothing was
	kept   time.Duration  // when that was last written down, in steady time

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

// thisMachine is the computer that the process runs on. Its steady clock stands
// still while the computer sleeps, which is enough for a process that need not
// know what the one before it had learnt.
func thisMachine() Machine {
	boot, err := os.ReadFile("/proc/sys/kernel/random/boot_id")
	if err != nil {
		boot = []byte(newID())
	}
	began := time.Now()
	return Machine{Boot: strings.TrimSpace(string(boot)), Steady: func() time.Duration { return time.Since(began) }}
}

// now is the true time at the machine's instant, which is the present one.
func (c *timepiece) now(machine time.Time) time.Time {
	if !c.learnt() {
		return machine
	}
	at, _ := c.known.Time(c.steady())
	return at
}

// machine is the machine's instant at a true time near the present.
func (c *timepiece) machine(t time.Time) time.Time {
	present := time.Now()
	return present.Add(t.Sub(c.now(present)))
}

// learnt reports whether the time was learnt.
func (c *timepiece) learnt() bool { return c.known.Source != "" }

// look notes that the clock says now, and returns how far it was set since the
// last look.
func (c *timepiece) look(now time.Time) (set time.Duration) {
	now, at := now.Round(0), c.steady()
	if !c.seen.IsZero() {
		set = now.Sub(c.seen) - (at - c.at)
	}
	c.seen, c.at = now, at
	switch {
	case c.learnt():
		c.ahead = 0
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
func (c *timepiece) valid(now time.Time) bool {
	if c.learnt() {
		return true
	}
	return c.unsure == "" && c.ahead == 0 && !now.Before(c.floor.Add(-clockTolerance))
}

// why says in words why now cannot be the time.
func (c *timepiece) why(now time.Time) string {
	switch {
	case c.valid(now):
		return ""
	case c.unsure != "":
		return c.unsure
	case c.ahead != 0:
		return "it has just been set ahead by " + c.ahead.Round(time.Minute).String()
	}
	return "it says " + now.UTC().Format(time.DateTime) + " UTC, and the schedule was made after that"
}

// stamp is what a line says about the clock.
func (c *timepiece) stamp() scheduler.Clock {
	steady := c.steady()
	s := scheduler.Clock{Boot: c.boot, Monotonic: steady}
	if c.learnt() {
		at, uncertainty := c.known.Time(steady)
		s.Offset, s.Uncertainty, s.Source = time.Until(at).Round(time.Microsecond), max(uncertainty, 1), c.known.Source
	}
	return s
}

// state is what the centre is told about the clock.
func (c *timepiece) state(now time.Time) devices.ClockState {
	if !c.learnt() {
		return devices.ClockState{}
	}
	s := c.stamp()
	return devices.ClockState{Source: s.Source, Offset: s.Offset, Uncertainty: s.Uncertainty, Synced: now.Add(c.known.Steady - c.steady()).UTC()}
}

// newID is 16 random hex digits.
func newID() string {
	var b [8]byte
	rand.Read(b[:])
	return hex.EncodeToString(b[:])
}
