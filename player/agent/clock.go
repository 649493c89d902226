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
type clock struct {
	boot    string
	booted  time.Time // monotonic reference for lines
	elapsed time.Duration
	floor   time.Time
}

// clockTolerance is how far the station's clock may be behind the centre's.
const clockTolerance = 2 * time.Minute

func newClock() *clock {
	boot, err := os.ReadFile("/proc/sys/kernel/random/boot_id")
	if err != nil {
		boot = []byte(newID())
	}
	return &clock{boot: strings.TrimSpace(string(boot)), booted: time.Now(), elapsed: uptime()}
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

// valid reports whether now can be the time.
func (c *clock) valid(now time.Time) bool {
	return !now.Before(c.floor.Add(-clockTolerance))
}

// stamp is what a line says about the clock.
func (c *clock) stamp(now time.Time) scheduler.Clock {
	return scheduler.Clock{Boot: c.boot, Monotonic: c.elapsed + now.Sub(c.booted)}
}

// newID is 16 random hex digits.
func newID() string {
	var b [8]byte
	rand.Read(b[:])
	return hex.EncodeToString(b[:])
}
