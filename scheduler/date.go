package scheduler

import (
	"cmp"
	"fmt"
	"time"
)

// Date is a calendar day as a letter writes it. A zero Day means that the
// letter left the day blank, a zero Month likewise; the zero Date is unknown.
type Date struct {
	Year  int
	Month time.Month
	Day   int
}

// DateOf returns the day of t in t's location.
func DateOf(t time.Time) Date {
	y, m, d := t.Date()
	return Date{y, m, d}
}

// ParseDate reads what [Date.String] writes: "2021-08-27", "2021-08", "2021" or "".
func ParseDate(s string) (Date, error) {
	for _, layout := range []string{"2006-01-02", "2006-01", "2006"} {
		if len(s) != len(layout) {
			continue
		}
		t, err := time.Parse(layout, s)
		if err != nil || t.Year() == 0 {
			break
		}
		d := Date{Year: t.Year()}
		if len(layout) >= 7 {
			d.Month = t.Month()
		}
		if len(layout) == 10 {
			d.Day = t.Day()
		}
		return d, nil
	}
	if s == "" {
		return Date{}, nil
	}
	return Date{}, fmt.Errorf("date %q: want YYYY-MM-DD, for example 2021-08-27", s)
}

// IsZero reports whether nothing of the date is known.
func (d Date) IsZero() bool { return d == Date{} }

// Complete reports whether year, month and day are known and name a real day.
func (d Date) Complete() bool {
	if d.Year == 0 || d.Month == 0 || d.Day == 0 {
		return false
	}
	return DateOf(time.Date(d.Year, d.Month, d.Day, 0, 0, 0, 0, time.UTC)) == d
}

// String writes the date in ISO 8601, with reduced precision ("2021-10") where
// the letter left the day blank, and "" where nothing is known.
func (d Date) String() string {
	switch {
	case d.Year == 0:
		return ""
	case d.Month == 0:
		return fmt.Sprintf("%04d", d.Year)
	case d.Day == 0:
		return fmt.Sprintf("%04d-%02d", d.Year, d.Month)
	}
	return fmt.Sprintf("%04d-%02d-%02d", d.Year, d.Month, d.Day)
}

// Before reports whether d is an earlier day than e. What is blank is before
// everything.
func (d Date) Before(e Date) bool {
	return cmp.Or(cmp.Compare(d.Year, e.Year), cmp.Compare(d.Month, e.Month), cmp.Compare(d.Day, e.Day)) < 0
}

// AddDays is the day n days later, or earlier where n is below 0. d must be complete.
func (d Date) AddDays(n int) Date {
	return DateOf(time.Date(d.Year, d.Month, d.Day+n, 0, 0, 0, 0, time.UTC))
}

// DaysUntil is how many days e comes after d; below 0 where it comes before.
// Both must be complete.
func (d Date) DaysUntil(e Date) int {
	return int(e.Start(time.UTC).Sub(d.Start(time.UTC)) / (24 * time.Hour))
}

// Weekday is the day of the week of a complete date.
func (d Date) Weekday() time.Weekday { return d.Start(time.UTC).Weekday() }

// Monday is the first day of the week that the date is in.
func (d Date) Monday() Date { return d.AddDays(-(int(d.Weekday()) + 6) % 7) }

// Start is the first instant of the day in zone.
func (d Date) Start(zone *time.Location) time.Time {
	return instantOf(time.Date(d.Year, d.Month, d.Day, 0, 0, 0, 0, time.UTC), zone).In(zone)
}

// MarshalText writes [Date.String].
func (d Date) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// UnmarshalText reads what [ParseDate] reads.
func (d *Date) UnmarshalText(b []byte) (err error) {
	*d, err = ParseDate(string(b))
	return err
}

// wallOf is what a clock in t's location reads at t, written as UTC.
func wallOf(t time.Time) time.Time {
	_, offset := t.Zone()
	return t.UTC().Add(time.Duration(offset) * time.Second)
}

// instantOf is the first instant at which a clock in zone reads wall, or, where
// a clock change skips that, the instant of the change. [time.Date] leaves open
// which of two instants it gives.
func instantOf(wall time.Time, zone *time.Location) time.Time {
	at := wall.Add(-15 * time.Hour).In(zone) // no zone is 15 hours ahead of UTC
	for {
		begin, end := at.ZoneBounds()
		_, offset := at.Zone()
		t := wall.Add(-time.Duration(offset) * time.Second)
		switch {
		case !end.IsZero() && !t.Before(end):
			at = end
		case t.Before(begin):
			return begin.UTC()
		default:
			return t
		}
	}
}
