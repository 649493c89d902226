package plan

import (
	"cmp"
	"slices"
	"time"

	"loaphuong/scheduler"
)

// lintDays holds the days that lie in the span as a whole against the rules and
// against what is owed.
func (l *linter) lintDays(p *lintPlace) {
	for i, d := range p.days {
		windows := p.windowsOn(i)
		if !d.whole || d.bounds.Silent {
			continue
		}
		l.lintCaps(p, d, windows)
		l.lintFloor(p, d, windows)
		l.lintFull(p, d, windows)
	}
}

// windowsOn are the windows of a day that rules bind.
func (p *lintPlace) windowsOn(day int) (windows []*lintWindow) {
	for i := range p.windows {
		if w := &p.windows[i]; w.day == day && w.Class != scheduler.Emergency {
			windows = append(windows, w)
		}
	}
	return windows
}

// lintCaps finds days with more or longer windows than a rule allows.
func (l *linter) lintCaps(p *lintPlace, d lintDay, windows []*lintWindow) {
	if most := d.bounds.Sessions; most > 0 && len(windows) > most {
		f := windows[most].finding(scheduler.Doubt, scheduler.WindowOverCap)
		f.Rule = d.ruleThat(func(b scheduler.Bounds) bool { return b.Sessions == most })
		l.at(p, f)
	}
	if most, sum := d.bounds.DayLength, lintLength(windows); most > 0 && sum > most {
		f := scheduler.Finding{Level: scheduler.Doubt, Code: scheduler.WindowOverCap, At: windows[0].at, Have: most, Want: sum}
		f.Rule = d.ruleThat(func(b scheduler.Bounds) bool { return b.DayLength == most })
		l.at(p, f)
	}
}

// lintLength is how long windows are together, as far as rules leave them.
func lintLength(windows []*lintWindow) (sum time.Duration) {
	for _, w := range windows {
		sum += w.room
	}
	return sum
}

// lintFloor finds days whose windows are shorter than a rule demands.
func (l *linter) lintFloor(p *lintPlace, d lintDay, windows []*lintWindow) {
	least, sum := d.bounds.DayFloor, lintLength(windows)
	if sum >= least {
		return
	}
	rule := d.ruleThat(func(b scheduler.Bounds) bool { return b.DayFloor == least })
	l.on(d.Date, scheduler.Finding{Level: scheduler.Doubt, Code: scheduler.DayUnderFloor, Rule: rule, Area: p.area, At: d.from, Have: sum, Want: least})
}

// lintFull finds days on which more is owed than the windows hold.
func (l *linter) lintFull(p *lintPlace, d lintDay, windows []*lintWindow) {
	want, have := p.owed(d.Date), l.room(p, d, windows)
	if len(windows) == 0 || want <= have {
		return
	}
	l.on(d.Date, scheduler.Finding{Level: scheduler.Wrong, Code: scheduler.DayOverFull, Area: p.area, At: d.from, Have: have, Want: want})
}

// owed is how long the airings are that a day asks for, each with its gap. Two
// obligations of one topic are met by the same airings.
func (p *lintPlace) owed(day scheduler.Date) (sum time.Duration) {
	topics := make(map[lintTopic]time.Duration, len(p.debts))
	for _, o := range p.debts {
		if o.voice != nil && o.on(day) {
			topics[o.topic] = max(topics[o.topic], o.perDay)
		}
	}
	for _, length := range topics {
		sum += length
	}
	return sum
}

// room is how much the windows of a day hold of what is owed: what is not quiet
// and within the rules, without fixed pieces and what a person put there.
func (l *linter) room(p *lintPlace, d lintDay, windows []*lintWindow) (sum time.Duration) {
	left := d.bounds.DayLength
	if left == 0 {
		left = 24 * time.Hour
	}
	type opening struct{ free, taken time.Duration } // what is left, and what fixed pieces and persons have
	var open []opening
	for _, w := range windows {
		free := l.free(p, d, w)
		open = append(open, opening{free, min(w.room, w.audible) - free})
	}
	slices.SortStableFunc(open, func(a, b opening) int { return -cmp.Compare(a.free, b.free) })
	if most := d.bounds.Sessions; most > 0 && len(open) > most {
		open = open[:most]
	}
	for _, o := range open {
		free := max(min(o.free, left-o.taken), 0)
		left -= o.taken + free
		sum += free
	}
	return sum
}

// free is how much of a window is left to what is owed. What a person put there
// takes nothing from it where it is owed itself.
func (l *linter) free(p *lintPlace, d lintDay, w *lintWindow) time.Duration {
	free := min(w.room, w.audible) + Gap // the last gap may lie outside
	if !w.isAlone() {
		free -= l.fixed(w.Order)
	}
	var owed time.Duration
	for _, s := range w.picked {
		for _, id := range s.Recordings {
			length := l.length([]scheduler.RecordingID{id})
			if r := l.recordings[id]; p.owes(r, d.Date) {
				owed += length
			} else {
				free -= length
			}
		}
	}
	if w.isAlone() {
		free = min(free, owed)
	}
	return max(free, 0)
}

// owes reports whether a recording is of a topic that is owed on a day.
func (p *lintPlace) owes(r scheduler.Recording, day scheduler.Date) bool {
	return r.Directive != "" && slices.ContainsFunc(p.debts, func(o lintDebt) bool {
		return o.topic == lintTopic{r.Directive, r.Topic} && o.on(day)
	})
}
