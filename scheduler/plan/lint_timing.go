package plan

import (
	"slices"
	"time"

	"loaphuong/scheduler"
)

// What of a timing surprises.
const (
	lintOften   = 12                           // more on a day
	lintSeldom  = 7*24*time.Hour + 2*time.Hour // longer between two; a clock may be changed in between
	lintSample  = 8 * 24 * time.Hour           // shows what runs often
	lintNight   = 22 * 60                      // minutes after midnight from which an hour is odd
	lintMorning = 4*60 + 30                    // and until which, this minute included
)

// lintTiming finds timings that never occur, or perhaps not as meant. The
// finding f says what they are of.
func (l *linter) lintTiming(f scheduler.Finding, p scheduler.Programme, zone *time.Location) {
	runs := p.Timing.Within(l.in.From, l.in.From.Add(lintSample), zone)
	most, at := lintMost(runs, zone)
	often := most > lintOften
	if !often {
		runs = p.Timing.Within(l.in.From, l.in.From.Add(lintYear), zone)
	}
	over := len(runs) == 0 && l.hasRun(p.Timing, zone)
	seldom := p.Timing.Spec() != "" && lintIsSeldom(runs)
	runs = slices.DeleteFunc(runs, func(at time.Time) bool {
		return !p.Holidays.Takes(scheduler.DateOf(at.In(zone)), l.holidays)
	})
	odd := slices.DeleteFunc(slices.Clone(runs), func(at time.Time) bool { return !lintIsOdd(at.In(zone)) })
	say := func(level scheduler.Level, code scheduler.FindingCode, at time.Time, count int) {
		f.Level, f.Code, f.At, f.Count, f.Runs = level, code, at, count, runs[:min(len(runs), 5)]
		l.add(f)
	}
	switch {
	case over:
		say(scheduler.Mention, scheduler.NeverRuns, time.Time{}, 0)
	case len(runs) == 0:
		say(scheduler.Wrong, scheduler.NeverRuns, time.Time{}, 0)
	case seldom:
		say(scheduler.Mention, scheduler.SeldomRuns, runs[0], len(runs))
	}
	if often && len(runs) > 0 {
		say(scheduler.Doubt, scheduler.OftenRuns, at, most)
	}
	if len(odd) > 0 && p.Class != scheduler.Emergency {
		say(scheduler.Doubt, scheduler.OddHour, odd[0], len(odd))
	}
}

// hasRun reports whether a timing occurred in the year before.
func (l *linter) hasRun(t scheduler.Timing, zone *time.Location) bool {
	next := t.Next(l.in.From.Add(-lintYear), zone)
	return !next.IsZero() && next.Before(l.in.From)
}

// lintMost is the most occurrences on a day, and the first of these.
func lintMost(runs []time.Time, zone *time.Location) (most int, first time.Time) {
	days, firsts := map[scheduler.Date]int{}, map[scheduler.Date]time.Time{}
	for _, at := range runs {
		day := scheduler.DateOf(at.In(zone))
		if days[day]++; days[day] == 1 {
			firsts[day] = at
		}
		if days[day] > most {
			most, first = days[day], firsts[day]
		}
	}
	return most, first
}

// lintIsSeldom reports whether more than a week lies between two occurrences, or
// there is but one.
func lintIsSeldom(runs []time.Time) bool {
	for i := 1; i < len(runs); i++ {
		if runs[i].Sub(runs[i-1]) > lintSeldom {
			return true
		}
	}
	return len(runs) == 1
}

// lintIsOdd reports whether people sleep at a wall time.
func lintIsOdd(wall time.Time) bool {
	m := wall.Hour()*60 + wall.Minute()
	return m >= lintNight || m <= lintMorning
}
