//go:build !linux

package clock

import "time"

// Steady is the time since the Machine was made, by a clock that nobody sets.
// It may stand still while the machine sleeps.
func (m Machine) Steady() time.Duration { return time.Since(m.began) }

// Disciplined is false: this system does not say.
func (Machine) Disciplined() bool { return false }
