package clock

import (
	"time"

	"golang.org/x/sys/unix"
)

// Steady is the time since the machine was started, sleep included, by a clock
// that nobody sets. Daemons that slew the machine's clock slew this one too.
func (m Machine) Steady() time.Duration {
	var t unix.Timespec
	if unix.ClockGettime(unix.CLOCK_BOOTTIME, &t) != nil {
		return time.Since(m.began) // every Linux since 2.6.39 has it
	}
	return time.Duration(t.Nano())
}

// Disciplined reports whether a daemon keeps the machine's own clock right, as
// the kernel knows it.
func (Machine) Disciplined() bool {
	var state unix.Timex // no modes: nothing is set
	found, err := unix.Adjtimex(&state)
	return err == nil && disciplined(found, int(state.Status))
}

// disciplined reads the kernel's answer.
func disciplined(state, status int) bool {
	return state != unix.TIME_ERROR && status&unix.STA_UNSYNC == 0
}
