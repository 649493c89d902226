package plan

import (
	"cmp"
	"time"

	"loaphuong/scheduler"
)

// day is a day at a station: what may be aired on it, and what is.
type day struct {
	date     scheduler.Date
	bounds   scheduler.Bounds
	spacing  time.Duration
	sessions int           // windows with anything in them
	used     time.Duration // of them all
}

// openDays lists the days from the Monday of the week that the span begins in
// to the last of the span, so that the n-th is in week n/7.
func (d *desk) openDays() {
	first := scheduler.DateOf(d.in.From.In(d.zone)).Monday()
	last := scheduler.DateOf(d.in.Until.Add(-1).In(d.zone))
	if today := scheduler.DateOf(d.in.From.In(d.zone)); last.Before(today) {
		last = today
	}
	for date := first; !last.Before(date); date = date.AddDays(1) {
		b := scheduler.BoundsOn(d.local.rules, date, d.in.Holidays)
		d.days = append(d.days, day{date: date, bounds: b, spacing: cmp.Or(b.Spacing, DefaultSpacing)})
	}
	d.today = d.dayOf(d.in.From)
}

// dayOf is the place of an instant's day among the days; it may lie outside.
func (d *desk) dayOf(at time.Time) int {
	return d.days[0].date.DaysUntil(scheduler.DateOf(at.In(d.zone)))
}

// boundsOf is what rules allow in a window. They do not bind emergencies.
func (d *desk) boundsOf(w *window) scheduler.Bounds {
	if w.programme.Class == scheduler.Emergency {
		return scheduler.Bounds{}
	}
	return d.days[w.day].bounds
}

// account adds what a window airs to its day, or takes it off.
func (d *desk) account(w *window, sign int) {
	if w.programme.Class != scheduler.Emergency && w.used() > 0 {
		d.days[w.day].sessions += sign
		d.days[w.day].used += time.Duration(sign) * w.used()
	}
}
