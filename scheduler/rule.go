package scheduler

import (
	"fmt"
	"slices"
	"time"
)

// Rule is what an office orders about the airtime of the stations of an area:
// caps, floors and quiet hours, by weekday and date. Rules bind together, the
// narrowest cap and the highest floor; one that is an exception stands on its
// days in place of all that are none, as a campaign's "five sessions a day and
// Sundays" does.
type Rule struct {
	ID        RuleID         `json:"id"`
	Name      string         `json:"name"`
	Area      AreaID         `json:"area"`
	Weekdays  []time.Weekday `json:"weekdays,omitempty"` // on which it binds; empty: every day
	From      Date           `json:"from,omitzero"`      // its first day, in the station's zone; zero: always has been
	Until     Date           `json:"until,omitzero"`     // its last day; zero: for good
	Holidays  HolidayUse     `json:"holidays,omitempty"`
	Exception bool           `json:"exception,omitempty"`
	// Basis is what orders it: a directive that is held here, or any document by
	// its name. An exception has one of the two.
	Directive DirectiveID `json:"directive,omitempty"`
	Basis     string      `json:"basis,omitempty"`
	Bounds
}

// Bounds are what rules allow on one day at one station. Zero fields bound
// nothing. They hold for all but emergencies.
type Bounds struct {
	Silent        bool          `json:"silent,omitempty"`        // nothing is aired at all
	Sessions      int           `json:"sessions,omitempty"`      // at most so many windows with anything in them
	SessionLength time.Duration `json:"sessionLength,omitempty"` // what is played of one window, relay included, at most
	DayLength     time.Duration `json:"dayLength,omitempty"`     // all windows of the day together, at most
	DayFloor      time.Duration `json:"dayFloor,omitempty"`      // and at least
	Spacing       time.Duration `json:"spacing,omitempty"`       // from the beginning of an item to when it may come again, at least
	Quiet         []QuietHours  `json:"quiet,omitempty"`         // beside the station's own
}

// Check refuses a rule that bounds nothing or contradicts itself.
func (r Rule) Check() error {
	b := r.Bounds
	if err := checkSlug("rule", string(r.ID)); err != nil {
		return err
	}
	if err := r.Holidays.Check(); err != nil {
		return fmt.Errorf("rule %s: %w", r.ID, err)
	}
	switch {
	case !b.Silent && b.Sessions == 0 && b.SessionLength == 0 && b.DayLength == 0 && b.DayFloor == 0 && b.Spacing == 0 && len(b.Quiet) == 0 && !r.Exception:
		return fmt.Errorf("rule %s: it bounds nothing: give a number of sessions, a length, a floor, a spacing or quiet hours", r.ID)
	case b.Sessions < 0 || min(b.SessionLength, b.DayLength, b.DayFloor, b.Spacing) < 0 || max(b.SessionLength, b.DayLength, b.DayFloor, b.Spacing) > 24*time.Hour:
		return fmt.Errorf("rule %s: lengths go from 0 to 24h, and sessions from 0 up", r.ID)
	case b.DayLength > 0 && b.DayFloor > b.DayLength:
		return fmt.Errorf("rule %s: at least %s a day and at most %s cannot both be", r.ID, short(b.DayFloor), short(b.DayLength))
	case !r.From.IsZero() && !r.Until.IsZero() && r.Until.Before(r.From):
		return fmt.Errorf("rule %s: until %s is before from %s", r.ID, r.Until, r.From)
	case r.Exception && r.Directive == "" && r.Basis == "":
		return fmt.Errorf("rule %s: an exception names the letter that orders it", r.ID)
	}
	return CheckQuiet(r.Bounds.Quiet)
}

// BindsOn reports whether the rule is in force on a day.
func (r Rule) BindsOn(day Date, holidays Calendar) bool {
	if !r.From.IsZero() && day.Before(r.From) || !r.Until.IsZero() && r.Until.Before(day) || !r.Holidays.Takes(day, holidays) {
		return false
	}
	return len(r.Weekdays) == 0 || slices.Contains(r.Weekdays, day.Weekday())
}

// BoundsOn is what the rules together allow a station of an area on a day. The
// rules must be those of the area and of the areas above it.
func BoundsOn(rules []Rule, day Date, holidays Calendar) (b Bounds) {
	excepted := slices.ContainsFunc(rules, func(r Rule) bool { return r.Exception && r.BindsOn(day, holidays) })
	for _, r := range rules {
		if r.Exception == excepted && r.BindsOn(day, holidays) {
			b = b.and(r.Bounds)
		}
	}
	return b
}

// and is what both allow.
func (b Bounds) and(c Bounds) Bounds {
	return Bounds{
		Silent:        b.Silent || c.Silent,
		Sessions:      tighter(b.Sessions, c.Sessions),
		SessionLength: tighter(b.SessionLength, c.SessionLength),
		DayLength:     tighter(b.DayLength, c.DayLength),
		DayFloor:      max(b.DayFloor, c.DayFloor),
		Spacing:       max(b.Spacing, c.Spacing),
		Quiet:         slices.Concat(b.Quiet, c.Quiet),
	}
}

// tighter is the smaller of two caps, of which 0 is none.
func tighter[T int | time.Duration](a, b T) T {
	if a == 0 || b == 0 {
		return max(a, b)
	}
	return min(a, b)
}
