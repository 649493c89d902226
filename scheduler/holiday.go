package scheduler

import (
	"fmt"
	"time"
)

// Holiday is a day of the year with a name, by the solar or by the Vietnamese
// lunar calendar.
type Holiday struct {
	ID    HolidayID  `json:"id"`
	Name  string     `json:"name"`
	Month time.Month `json:"month"` // 1 to 12; a leap month of the lunar calendar has none
	Day   int        `json:"day"`   // 1 to 31, of a lunar month 1 to 30
	Lunar bool       `json:"lunar,omitempty"`
	// Days is how many days it lasts; Before how many of them come before the
	// day itself, as the last day of the lunar year does before Tết.
	Days   int  `json:"days"`
	Before int  `json:"before,omitempty"`
	Year   int  `json:"year,omitempty"` // only in this year of its calendar; 0: every year
	Off    bool `json:"off,omitempty"`  // kept on the list and not observed
}

// Check refuses a holiday that never comes.
func (h Holiday) Check() error {
	if err := checkSlug("holiday", string(h.ID)); err != nil {
		return err
	}
	last := 31
	if h.Lunar {
		last = 30
	}
	switch {
	case h.Month < 1 || h.Month > 12 || h.Day < 1 || h.Day > last:
		return fmt.Errorf("holiday %s: day %d of month %d: use months 1 to 12 and days 1 to %d", h.ID, h.Day, h.Month, last)
	case h.Days < 1 || h.Days > 31 || h.Before < 0 || h.Before >= h.Days:
		return fmt.Errorf("holiday %s: %d days of which %d come before: use 1 to 31 days, and fewer before than there are", h.ID, h.Days, h.Before)
	case h.Year != 0 && (h.Year < 1900 || h.Year > 2199):
		return fmt.Errorf("holiday %s: year %d: use 1900 to 2199, or 0 for every year", h.ID, h.Year)
	}
	return nil
}

// HolidayUse says on which days something holds.
type HolidayUse string

// The uses.
const (
	AnyDay       HolidayUse = ""     // on holidays as on other days
	OnHolidays   HolidayUse = "only" // only on holidays
	NoOnHolidays HolidayUse = "skip" // not on holidays
)

// Check refuses a use that is none.
func (u HolidayUse) Check() error {
	if u == AnyDay || u == OnHolidays || u == NoOnHolidays {
		return nil
	}
	return fmt.Errorf("holidays %q: use %q, %q or nothing", u, OnHolidays, NoOnHolidays)
}

// Takes reports whether something of this use holds on a day.
func (u HolidayUse) Takes(day Date, c Calendar) bool {
	switch u {
	case OnHolidays:
		return c.On(day) != ""
	case NoOnHolidays:
		return c.On(day) == ""
	}
	return true
}

// Calendar knows which days are holidays.
type Calendar []Holiday
