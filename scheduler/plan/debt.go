package plan

import (
	"math"
	"slices"
	"time"

	"loaphuong/scheduler"
)

// debt is an obligation of a station on its way to being met.
type debt struct {
	obligation scheduler.Obligation // with its minutes a day as airings
	topic      int
	weight     int
	daily      int    // how many airings count on a day
	weekly     int    // and in a week
	binds      []bool // by day
	heard      []int  // by day: the airings that serve it
	weeks      []week
	owed, kept int
}

// week is how a debt stands in a week of the span: the airings that count on
// their days, and the days that have any.
type week struct{ met, days int }

// What an obligation is worth, in airings of an ordinary one: each day on which
// it is heard at all as much as an airing more, and each week as much as three.
const (
	dayWorth  = 1
	weekWorth = 3
)

// newDebt opens an account for an obligation whose recording lasts so long, or
// 0 where there is none.
func newDebt(o scheduler.Obligation, length time.Duration, days []day) *debt {
	o = often(o, length)
	b := &debt{
		obligation: o,
		weight:     o.Class.Weight(),
		daily:      o.PerDay,
		weekly:     math.MaxInt,
		binds:      make([]bool, len(days)),
		heard:      make([]int, len(days)),
		weeks:      make([]week, (len(days)+6)/7),
	}
	if o.PerDay <= 0 {
		n := len(o.Weekdays)
		if n == 0 {
			n = 7
		}
		b.daily, b.weekly = (o.PerWeek+n-1)/n, o.PerWeek
	}
	for i, x := range days {
		b.binds[i] = b.daily > 0 && binds(o, x.date)
	}
	return b
}

// often is the obligation with its minutes a day as airings of its recording.
// Until there is a recording, nobody knows how many these are.
func often(o scheduler.Obligation, length time.Duration) scheduler.Obligation {
	if o.MinutesPerDay == 0 || length <= 0 {
		return o
	}
	wanted := time.Duration(o.MinutesPerDay) * time.Minute
	if airings := int((wanted + length - 1) / length); airings > o.PerDay && airings*7 > o.PerWeek {
		o.PerDay, o.PerWeek = airings, 0
	}
	return o
}

// binds reports whether the obligation is in force on a day.
func binds(o scheduler.Obligation, day scheduler.Date) bool {
	if day.Before(o.From) || o.Until.Before(day) {
		return false
	}
	return len(o.Weekdays) == 0 || slices.Contains(o.Weekdays, day.Weekday())
}

// gain is what one more airing on a day is worth.
func (b *debt) gain(day int) (n int) {
	if !b.binds[day] {
		return 0
	}
	w := &b.weeks[day/7]
	if b.heard[day] < b.daily && w.met < b.weekly {
		n++
	}
	if b.heard[day] == 0 && w.days < b.weekly {
		n += dayWorth
	}
	if w.days == 0 {
		n += weekWorth
	}
	return n * b.weight
}

// hear counts an airing on a day and returns what it was worth.
func (b *debt) hear(day int) int {
	if !b.binds[day] {
		return 0
	}
	worth := b.gain(day)
	if b.heard[day] < b.daily {
		b.weeks[day/7].met++
	}
	if b.heard[day]++; b.heard[day] == 1 {
		b.weeks[day/7].days++
	}
	return worth
}

// unhear takes an airing on a day back and returns what it was worth.
func (b *debt) unhear(day int) int {
	if !b.binds[day] {
		return 0
	}
	if b.heard[day]--; b.heard[day] == 0 {
		b.weeks[day/7].days--
	}
	if b.heard[day] < b.daily {
		b.weeks[day/7].met--
	}
	return b.gain(day)
}

// behind is how many airings are missing on a day, or in its week where the
// obligation counts in weeks.
func (b *debt) behind(day int) int {
	if b.weekly == math.MaxInt {
		return b.daily - b.heard[day]
	}
	return b.weekly - b.weeks[day/7].met
}

// met is how many airings count in all.
func (b *debt) met() (n int) {
	for _, w := range b.weeks {
		n += min(w.met, b.weekly)
	}
	return n
}

// open fixes what is still owed from a day on: what was heard until now is
// credited.
func (b *debt) open(today int) {
	b.kept, b.owed = b.met(), 0
	for i := range b.weeks {
		most := 0
		for day := max(today, i*7); day < min(i*7+7, len(b.binds)); day++ {
			if b.binds[day] {
				most += max(b.daily-b.heard[day], 0)
			}
		}
		b.owed += min(most, max(b.weekly-b.weeks[i].met, 0))
	}
}
