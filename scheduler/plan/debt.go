package plan

import (
	"time"

	"loaphuong/scheduler"
)

// debt is an obligation of this station on its way to being met.
type debt struct {
	scheduler.Promise
	obligation scheduler.Obligation
	recording  scheduler.Recording
	today      scheduler.Date // the day that placed counts
	placed     int            // on that day
	week       scheduler.Date // the Monday that weekly counts from
	weekly     int
	last       time.Time // the occasion on which it was last placed
	before     time.Time // and the one before that
}

func (b *debt) theme() theme { return theme{b.obligation.Directive, b.obligation.Topic} }

// turn begins a new count when the day or the week is new.
func (b *debt) turn(day scheduler.Date) {
	if b.today != day {
		b.today, b.placed = day, 0
	}
	if m := monday(day); b.week != m {
		b.week, b.weekly = m, 0
	}
}

// behind is how many airings are missing today, or this week where the
// obligation counts in weeks.
func (b *debt) behind() int {
	if b.obligation.PerDay > 0 {
		return b.obligation.PerDay - b.placed
	}
	return b.obligation.PerWeek - b.weekly
}

// needed reports whether the obligation asks for another airing on the day that
// is counted. A weekly minimum is spread over the days it may be aired on.
func (b *debt) needed(day scheduler.Date) bool {
	if !binds(b.obligation, day) || b.behind() <= 0 {
		return false
	}
	days := len(b.obligation.Weekdays)
	if days == 0 {
		days = 7
	}
	share := (b.obligation.PerWeek + days - 1) / days
	return b.obligation.PerDay > 0 || b.placed < share
}

// place counts an airing.
func (b *debt) place(at time.Time) {
	b.placed++
	b.weekly++
	b.before, b.last = b.last, at
}

// settled is the promise, with no shortfall where there is none.
func (b *debt) settled() scheduler.Promise {
	if b.Promised >= b.Owed {
		b.Shortfall = ""
	}
	return b.Promise
}
