package localpage

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

// Clock is the wall time of t at the station, "05:30".
func (p page) Clock(t time.Time) string { return t.In(p.Zone).Format("15:04") }

// Moment is the wall time to the second.
func (p page) Moment(t time.Time) string { return t.In(p.Zone).Format("15:04:05") }

// Start is when an item begins: to the minute where that says it all, as of the
// first of a programme, else to the second.
func (p page) Start(t time.Time) string {
	if t = t.Round(time.Second); t.Second() == 0 {
		return p.Clock(t)
	}
	return p.Moment(t)
}

// SinceMidnight is the wall time in seconds, for the clock that goes on by itself.
func (p page) SinceMidnight(t time.Time) int {
	h, m, s := t.In(p.Zone).Clock()
	return h*3600 + m*60 + s
}

// When is the wall time with its day, which is left out when it is today.
func (p page) When(t time.Time) string {
	if day := p.Day(t); day != "" {
		return p.Clock(t) + " " + day
	}
	return p.Clock(t)
}

// Day is the day of t in a word, "" for today.
func (p page) Day(t time.Time) string {
	switch p.days(t) {
	case 0:
		return ""
	case 1:
		return p.T("day.tomorrow")
	case -1:
		return p.T("day.yesterday")
	}
	return p.Date(t)
}

// days is how many midnights lie between now and t.
func (p page) days(t time.Time) int {
	return int(midnight(t, time.UTC, p.Zone).Sub(midnight(p.View.Now, time.UTC, p.Zone)) / (24 * time.Hour))
}

// midnight begins the day that t falls on in zone, as the midnight of in.
func midnight(t time.Time, in, zone *time.Location) time.Time {
	y, m, d := t.In(zone).Date()
	return time.Date(y, m, d, 0, 0, 0, 0, in)
}

// Date is a day as people write it.
func (p page) Date(t time.Time) string {
	if p.Lang == english {
		return t.In(p.Zone).Format("2 Jan 2006")
	}
	return t.In(p.Zone).Format("02/01/2006")
}

// LongDate is a day with its weekday.
func (p page) LongDate(t time.Time) string {
	return p.T(fmt.Sprintf("weekday.%d", t.In(p.Zone).Weekday())) + ", " + p.Date(t)
}

// Length is a length as a player shows it, "2:05" or "1:02:05".
func (p page) Length(d time.Duration) string {
	s := int(max(d, 0).Round(time.Second) / time.Second)
	if s >= 3600 {
		return fmt.Sprintf("%d:%02d:%02d", s/3600, s/60%60, s%60)
	}
	return fmt.Sprintf("%d:%02d", s/60, s%60)
}

// Seconds is a length in whole seconds.
func (p page) Seconds(d time.Duration) int { return int(d.Round(time.Second) / time.Second) }

// Span is a length in its two largest units, "1 h 12 min".
func (p page) Span(d time.Duration) string {
	units := []struct {
		key  string
		size time.Duration
	}{{"span.days", 24 * time.Hour}, {"span.hours", time.Hour}, {"span.minutes", time.Minute}, {"span.seconds", time.Second}}
	d = max(d, 0).Round(time.Second)
	for i, u := range units {
		if d < u.size && i < len(units)-1 {
			continue
		}
		said := p.T(u.key, "n", int(d/u.size))
		if i+1 < len(units) && d%u.size >= units[i+1].size {
			said += " " + p.T(units[i+1].key, "n", int(d%u.size/units[i+1].size))
		}
		return said
	}
	return ""
}

// Ago is how long ago t was. Below a minute is just now, and so is what a better
// clock has since put in the future.
func (p page) Ago(t time.Time) string {
	if d := p.View.Now.Sub(t); d >= time.Minute {
		return p.T("ago", "span", p.Span(d.Truncate(time.Minute)))
	}
	return p.T("ago.now")
}

// In is how long it is until t.
func (p page) In(t time.Time) string {
	d := t.Sub(p.View.Now)
	switch {
	case d < time.Second:
		return p.T("in.now")
	case d >= time.Minute:
		d = d.Round(time.Minute)
	}
	return p.T("in", "span", p.Span(d))
}

// Number has the language's decimal mark, and a minus that stays with its digits.
func (p page) Number(f float64, decimals int) string {
	s := strings.Replace(strconv.FormatFloat(f, 'f', decimals, 64), "-", "−", 1)
	if p.Lang == vietnamese {
		s = strings.Replace(s, ".", ",", 1)
	}
	return s
}

// Bytes is a size in its largest unit.
func (p page) Bytes(n int64) string {
	if n < 1<<30 {
		return p.Number(float64(n)/(1<<20), 0) + " MB"
	}
	return p.Number(float64(n)/(1<<30), 1) + " GB"
}

// Small is a short length, in milliseconds below one second.
func (p page) Small(d time.Duration) string {
	if d = d.Abs(); d < time.Second {
		return p.Number(float64(d)/float64(time.Millisecond), 0) + " ms"
	}
	return p.Span(d)
}
