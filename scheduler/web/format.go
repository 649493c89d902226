package web

import (
	"cmp"
	"fmt"
	"strconv"
	"strings"
	"time"

	"loaphuong/scheduler"
)

// zoneOr loads a zone, or gives another where there is none of that name.
func zoneOr(name string, other *time.Location) *time.Location {
	if name == "" {
		return other
	}
	if zone, err := time.LoadLocation(name); err == nil {
		return zone
	}
	return other
}

// Clock is the wall time of t in zone, "17:30", with the zone's offset where it
// is not the centre's.
func (v *view) Clock(t time.Time, zone *time.Location) string {
	return t.In(zone).Format("15:04") + v.offset(t, zone)
}

// Moment is the wall time to the nearest second.
func (v *view) Moment(t time.Time, zone *time.Location) string {
	return t.Round(time.Second).In(zone).Format("15:04:05") + v.offset(t, zone)
}

// Start is the wall time at which an airing begins: to the minute where that
// says it all, as of the first of a programme, else to the second.
func (v *view) Start(t time.Time, zone *time.Location) string {
	if t.Round(time.Second).Second() == 0 {
		return v.Clock(t.Round(time.Second), zone)
	}
	return v.Moment(t, zone)
}

func (v *view) offset(t time.Time, zone *time.Location) string {
	_, here := t.In(v.Zone).Zone()
	if _, there := t.In(zone).Zone(); there == here {
		return ""
	}
	return t.In(zone).Format(" (UTC-07:00)")
}

// When is the wall time with its day, which is left out when it is today.
func (v *view) When(t time.Time, zone *time.Location) string {
	if t.IsZero() {
		return ""
	}
	day, today := scheduler.DateOf(t.In(zone)), v.Now.In(zone)
	switch day {
	case scheduler.DateOf(today):
		return v.Clock(t, zone)
	case scheduler.DateOf(today.AddDate(0, 0, 1)):
		return v.T("day.tomorrow", "at", v.Clock(t, zone))
	case scheduler.DateOf(today.AddDate(0, 0, -1)):
		return v.T("day.yesterday", "at", v.Clock(t, zone))
	}
	return v.Clock(t, zone) + " " + v.Date(day)
}

// Date is a day as people write it, with as much of it as is known.
func (v *view) Date(d scheduler.Date) string {
	switch {
	case d.Complete() && v.Lang == english:
		return d.Start(time.UTC).Format("2 Jan 2006")
	case d.Complete():
		return d.Start(time.UTC).Format("02/01/2006")
	case d.Month != 0:
		return fmt.Sprintf("%02d/%04d", d.Month, d.Year)
	}
	return d.String()
}

// LongDate is a day with its weekday.
func (v *view) LongDate(t time.Time) string {
	return v.T(fmt.Sprintf("weekday.%d", t.Weekday())) + ", " + v.Date(scheduler.DateOf(t))
}

// Number has the language's decimal mark.
func (v *view) Number(f float64, decimals int) string {
	s := strconv.FormatFloat(f, 'f', decimals, 64)
	if v.Lang == english {
		return s
	}
	return strings.Replace(s, ".", ",", 1)
}

// Seconds counts a length in seconds, "44.2".
func (v *view) Seconds(d time.Duration) string { return v.Number(d.Seconds(), 1) }

// Span is a length in its two largest units, "1 h 12 min".
func (v *view) Span(d time.Duration) string {
	d = d.Round(time.Second)
	h, m, s := int(d/time.Hour), int(d/time.Minute)%60, int(d/time.Second)%60
	switch {
	case h > 0 && m > 0:
		return v.T("span.hours", "n", h) + " " + v.T("span.minutes", "n", m)
	case h > 0:
		return v.T("span.hours", "n", h)
	case m > 0 && s > 0:
		return v.T("span.minutes", "n", m) + " " + v.T("span.seconds", "n", s)
	case m > 0:
		return v.T("span.minutes", "n", m)
	}
	return v.T("span.seconds", "n", s)
}

// Ago is how long ago t was, in its largest unit.
func (v *view) Ago(t time.Time) string {
	d := v.Now.Sub(t)
	switch {
	case d < time.Minute:
		return v.T("ago.now")
	case d < time.Hour:
		return v.T("ago.minutes", "n", int(d/time.Minute))
	case d < 48*time.Hour:
		return v.T("ago.hours", "n", int(d/time.Hour))
	}
	return v.T("ago.days", "n", int(d/(24*time.Hour)))
}

// Bytes is a size in its largest unit.
func (v *view) Bytes(n int64) string {
	if n < 1<<30 {
		return v.Number(float64(n)/(1<<20), 0) + " MB"
	}
	return v.Number(float64(n)/(1<<30), 1) + " GB"
}

// Owed says how often an obligation is to be aired.
func (v *view) Owed(o scheduler.Obligation) string {
	parts := []string{}
	if o.PerDay > 0 {
		parts = append(parts, v.T("owed.day", "n", o.PerDay))
	}
	if o.PerWeek > 0 {
		parts = append(parts, v.T("owed.week", "n", o.PerWeek))
	}
	if o.MinutesPerDay > 0 {
		parts = append(parts, v.T("owed.minutes", "n", o.MinutesPerDay))
	}
	for _, d := range o.Weekdays {
		parts = append(parts, v.T(fmt.Sprintf("weekday.%d", d)))
	}
	for _, h := range o.Hours {
		parts = append(parts, h.String())
	}
	return strings.Join(parts, ", ")
}

// named is a name, or what stands for it where there is none.
func named[T ~string](name string, id T) string { return cmp.Or(name, string(id)) }
