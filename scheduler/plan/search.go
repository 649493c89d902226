package plan

import (
	"math"
	"slices"
	"time"
)

// rounds bounds how often the whole plan is gone through for something better.
const rounds = 8

// effort bounds how much is tried for each window of a day in a round, beyond
// filling it anew: as many topics are looked at, counted each time, and for each
// time so many more.
const (
	effort   = 1000
	overhead = 4
)

// placeFresh fills the windows in which nothing stood before, in order.
func (d *desk) placeFresh() {
	for _, w := range d.windows {
		if len(w.items) == 0 {
			d.fill(w, mode{fresh: true, must: -1})
		}
	}
}

// improve looks for what is worth more until there is nothing, at most for a
// fixed number of rounds, and then takes out what is worth nothing. What it
// tries for a day depends on the week of the day, and is tried again only when
// that has changed.
func (d *desk) improve() {
	days := d.byDay()
	d.changed = make([]int, len(d.days)/7+1)
	tried := make([]int, len(days))
	for range rounds {
		before := d.worth
		for i, windows := range days {
			if week := windows[0].day / 7; tried[i] <= d.changed[week] {
				d.clock++
				tried[i] = d.clock
				d.improveDay(windows)
			}
		}
		if d.worth == before {
			break
		}
	}
	d.prune()
}

// improveDay looks for what is worth more on one day: another filling of a
// window, another order, a topic forced in.
func (d *desk) improveDay(windows []*window) {
	if !slices.ContainsFunc(windows, d.wants) {
		return
	}
	for _, w := range windows {
		d.try([]*window{w}, func() { d.fill(w, mode{must: -1}) })
	}
	d.effort = effort * len(windows)
	d.reorder(windows)
	for _, w := range windows {
		d.force(w, windows)
	}
	for _, w := range windows {
		d.relocate(w)
	}
}

// relocate moves topics that count by the week into a window from those of the
// other days of the week, and fills both anew.
func (d *desk) relocate(w *window) {
	for _, v := range d.weekOf(w) {
		if v.day == w.day || v.shut != "" || v.alone {
			continue
		}
		for _, x := range slices.Clone(v.items) {
			if d.effort <= 0 {
				return
			}
			if w.has(x.topic) || !d.weekly(x.voice) {
				continue
			}
			d.try([]*window{w, v}, func() {
				d.fill(w, mode{must: x.topic})
				d.fill(v, mode{must: -1})
			})
		}
	}
}

// weekOf lists the windows of the week that a window is in.
func (d *desk) weekOf(w *window) []*window {
	first, last := w.index, w.index
	for first > 0 && d.windows[first-1].day/7 == w.day/7 {
		first--
	}
	for last < len(d.windows) && d.windows[last].day/7 == w.day/7 {
		last++
	}
	return d.windows[first:last]
}

// weekly reports whether an obligation that a voice serves counts by the week.
func (d *desk) weekly(v *voice) bool {
	return slices.ContainsFunc(v.debts, func(n int) bool { return d.debts[n].weekly < math.MaxInt })
}

// byDay lists the windows of each day that the plan may fill.
func (d *desk) byDay() (days [][]*window) {
	day := -1
	for _, w := range d.windows {
		if w.shut != "" || w.alone {
			continue
		}
		if w.day != day {
			days, day = append(days, nil), w.day
		}
		days[len(days)-1] = append(days[len(days)-1], w)
	}
	return days
}

// reorder fills the windows of a day anew in other orders: what comes first has
// the choice, and where a rule bounds the day, perhaps all there is.
func (d *desk) reorder(windows []*window) {
	if len(windows) < 2 {
		return
	}
	for _, order := range orders(windows) {
		if d.effort <= 0 {
			return
		}
		d.try(windows, func() {
			for _, w := range order {
				d.fill(w, mode{must: -1})
			}
		})
	}
}

// orders are all the orders of up to four windows, of more those in which one
// after another is first.
func orders(windows []*window) (all [][]*window) {
	if len(windows) > 4 {
		for i := range windows {
			all = append(all, slices.Concat(windows[i:], windows[:i]))
		}
		return all
	}
	if len(windows) == 1 {
		return [][]*window{windows}
	}
	for i, w := range windows {
		for _, rest := range orders(slices.Concat(windows[:i], windows[i+1:])) {
			all = append(all, append([]*window{w}, rest...))
		}
	}
	return all
}

// force puts topics that are still owed, or wished for at the hour, into a window,
// whatever they push out of it, and fills the other windows of the day anew.
func (d *desk) force(w *window, windows []*window) {
	for _, x := range d.menu(w.programme.Language) {
		if d.effort <= 0 {
			return
		}
		if w.has(x.topic) || !d.wanting(w, x) {
			continue
		}
		d.try(windows, func() {
			d.fill(w, mode{must: x.topic})
			for _, v := range windows {
				if v != w {
					d.fill(v, mode{must: -1})
				}
			}
		})
	}
}

// wants reports whether there is anything for a window that does not stand in it.
func (d *desk) wants(w *window) bool {
	return slices.ContainsFunc(d.menu(w.programme.Language), func(x dish) bool { return !w.has(x.topic) && d.wanting(w, x) })
}

// wanting reports whether another airing of a dish is worth anything on the day
// of a window, or its letter wishes for the hour.
func (d *desk) wanting(w *window, x dish) bool {
	return slices.ContainsFunc(x.voices, func(v *voice) bool { return d.gain(v, w.day) > 0 || v.hours && d.wishes(w, v) > 0 })
}

// try empties windows and fills them as it is told, and leaves them as they
// were unless that is worth more.
func (d *desk) try(windows []*window, refill func()) bool {
	type state struct {
		begin time.Duration
		items []item
	}
	worth, before := d.worth, make([]state, len(windows))
	for i, w := range windows {
		before[i] = state{w.begin, w.items}
		d.put(w, w.begin, nil)
	}
	refill()
	if d.worth > worth {
		d.clock++
		d.changed[windows[0].day/7] = d.clock
		return true
	}
	for _, w := range windows {
		d.put(w, w.begin, nil)
	}
	for i, w := range windows {
		d.put(w, before[i].begin, before[i].items)
	}
	return false
}

// prune takes out what is not owed, the last first.
func (d *desk) prune() {
	for _, w := range slices.Backward(d.windows) {
		for i := len(w.items) - 1; i >= 0; i-- {
			x := w.items[i]
			without := slices.Delete(slices.Clone(w.items), i, i+1)
			with := slices.Clone(w.items)
			d.put(w, w.begin, without)
			if d.gain(x.voice, w.day) > 0 || !d.allSpaced(w) {
				d.put(w, w.begin, with)
			}
		}
	}
}
