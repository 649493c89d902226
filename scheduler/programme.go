package scheduler

import (
	"errors"
	"fmt"
	"time"
)

// Class says how an item is treated (Circular 39/2020/TT-BTTTT).
type Class string

// The classes.
const (
	Ordinary  Class = "ordinary"  // the commune chooses whether and when
	Priority  Class = "priority"  // aired with priority inside the programme
	Emergency Class = "emergency" // aired at once, over everything, quiet hours included
)

// Check refuses a class that is none.
func (c Class) Check() error {
	switch c {
	case Ordinary, Priority, Emergency:
		return nil
	}
	return fmt.Errorf("class %q: use %s, %s or %s", c, Ordinary, Priority, Emergency)
}

// Weight is how much an airing of the class counts when not all can be had.
// Emergencies are not planned.
func (c Class) Weight() int {
	if c == Priority {
		return 4
	}
	return 1
}

// Programme is a recurring window of the stations of an area.
type Programme struct {
	ID     ProgrammeID   `json:"id"`
	Name   string        `json:"name"`
	Area   AreaID        `json:"area"`
	Timing Timing        `json:"timing"`
	Length time.Duration `json:"length"` // the window, in nanoseconds
	Class  Class         `json:"class"`
	// Grace is how late an item may still begin, in nanoseconds.
	Grace time.Duration `json:"grace"`
	// Start is what its first item does when something else is still on air; Wait,
	// in nanoseconds, goes with StartWait.
	Start StartMode     `json:"start,omitempty"`
	Wait  time.Duration `json:"wait,omitempty"`
	// Order is the running order; empty, the window holds items alone. It has
	// one place for items.
	Order []Piece `json:"order,omitempty"`
	// Language keeps out items in any other, BCP 47; "" takes all.
	Language string     `json:"language,omitempty"`
	Holidays HolidayUse `json:"holidays,omitempty"`
}

// DefaultGrace is how late an item may begin where a programme does not say.
const DefaultGrace = 30 * time.Second

// MaxLength bounds a programme's window.
const MaxLength = 12 * time.Hour

// Check refuses a programme that could not be aired.
func (p Programme) Check() error {
	if _, err := ParseProgrammeID(string(p.ID)); err != nil {
		return err
	}
	switch {
	case p.Timing.IsZero():
		return fmt.Errorf("programme %s: it has no timing: give a cron spec such as 30 5 * * *", p.ID)
	case p.Length < time.Second || p.Length > MaxLength:
		return fmt.Errorf("programme %s: length %s: use 1s to %s", p.ID, p.Length, short(MaxLength))
	case p.Grace < 0 || p.Grace > time.Hour:
		return fmt.Errorf("programme %s: grace %s: use 0s to 1h", p.ID, p.Grace)
	}
	if err := errors.Join(p.Class.Check(), CheckStart(p.Start, p.Wait, p.Grace), p.Holidays.Check(), checkOrder(p.Order)); err != nil {
		return fmt.Errorf("programme %s: %w", p.ID, err)
	}
	return nil
}
