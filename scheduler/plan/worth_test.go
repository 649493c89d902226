package plan_test

import (
	"slices"
	"time"

	"loaphuong/scheduler"
	"loaphuong/scheduler/plan"
)

// worth is what the airings of a station are worth by the words of the package:
// for each obligation, every airing that is owed, each day with one as much
// again, and each week with one as much as three, all by its class; and how many
// airings count, by class too. Airings kept are counted with them.
func worth(in plan.Input, s scheduler.Station, airings []scheduler.Airing) (value, met int) {
	zone := in.From.Location()
	first, last := scheduler.DateOf(in.From).Monday(), scheduler.DateOf(in.Until.Add(-1))
	for _, o := range in.Obligations {
		if !in.Areas.Within(s.Area, o.Area) {
			continue
		}
		for monday := first; !last.Before(monday); monday = monday.AddDays(7) {
			n, days := weekOf(in, o, monday, zone, airings)
			value += o.Class.Weight() * (n + days + 3*min(days, 1))
			met += o.Class.Weight() * n
		}
	}
	return value, met
}

// weekOf counts the airings of a week that an obligation counts, and the days
// that have any.
func weekOf(in plan.Input, o scheduler.Obligation, monday scheduler.Date, zone *time.Location, airings []scheduler.Airing) (met, days int) {
	daily, weekly := o.PerDay, 1<<30
	if daily == 0 {
		n := len(o.Weekdays)
		if n == 0 {
			n = 7
		}
		daily, weekly = (o.PerWeek+n-1)/n, o.PerWeek
	}
	for i := range 7 {
		day := monday.AddDays(i)
		if day.Before(o.From) || o.Until.Before(day) || len(o.Weekdays) > 0 && !slices.Contains(o.Weekdays, day.Weekday()) {
			continue
		}
		n := 0
		for _, a := range airings {
			if serves(in, o, a) && windowDay(in, a, zone) == day {
				n++
			}
		}
		met += min(n, daily)
		days += min(n, daily, 1)
	}
	return min(met, weekly), min(days, weekly)
}

// serves reports whether an airing is one that an obligation counts.
func serves(in plan.Input, o scheduler.Obligation, a scheduler.Airing) bool {
	if a.Piece != "" || a.MakesGood != "" || a.Directive != o.Directive || a.Topic != o.Topic {
		return false
	}
	return o.Language == "" || slices.ContainsFunc(in.Recordings, func(r scheduler.Recording) bool {
		return r.ID == a.Recording && r.Language == o.Language
	})
}

// windowDay is the day of the window that an airing is in.
func windowDay(in plan.Input, a scheduler.Airing, zone *time.Location) scheduler.Date {
	for _, p := range in.Programmes {
		if p.ID == a.Programme {
			for _, at := range p.Timing.Within(a.Start.Add(1-p.Length), a.Start.Add(1), zone) {
				return scheduler.DateOf(at.In(zone))
			}
		}
	}
	return scheduler.DateOf(a.Start.In(zone))
}
