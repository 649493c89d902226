package scheduler

import (
	"cmp"
	"slices"
)

// On is the name of the holiday that a day is, its ID where it has no name, and
// "" where the day is none. Of several, the first of the calendar counts.
func (c Calendar) On(day Date) string { return c.Between(day, day)[day] }

// Between names the holidays from one day to another, both included. Asking
// once for a span is much cheaper than asking [Calendar.On] for each of its
// days. Lunar holidays come in the years that [Date.Lunar] reckons.
func (c Calendar) Between(from, until Date) map[Date]string {
	names := map[Date]string{}
	var months []lunarMonth
	if slices.ContainsFunc(c, func(h Holiday) bool { return h.Lunar && !h.Off }) {
		months = slices.Collect(lunarMonths(max(from.Year-1, 1899), min(until.Year, 2199)))
	}
	for _, h := range c {
		for _, day := range h.comes(from.Year-1, until.Year+1, months) {
			for d := range h.Days {
				on := day.AddDays(d - h.Before)
				if names[on] == "" && !on.Before(from) && !until.Before(on) {
					names[on] = cmp.Or(h.Name, string(h.ID))
				}
			}
		}
	}
	return names
}

// comes lists the days themselves of a holiday, without those before and after:
// a solar one's of the years, a lunar one's in the months.
func (h Holiday) comes(from, until int, months []lunarMonth) (days []Date) {
	if h.Off {
		return nil
	}
	for year := from; year <= until && !h.Lunar; year++ {
		if d := (Date{year, h.Month, h.Day}); d.Complete() && (h.Year == 0 || h.Year == year) {
			days = append(days, d)
		}
	}
	for _, m := range months {
		if h.Lunar && !m.leap && m.month == int(h.Month) && h.Day <= m.days && (h.Year == 0 || h.Year == m.year) {
			days = append(days, m.on(h.Day))
		}
	}
	return days
}
