package plan

import (
	"slices"
	"time"

	"loaphuong/scheduler"
)

// lintSelection looks at a person's playlist by itself. One whose time is past
// is left alone.
func (l *linter) lintSelection(s scheduler.Selection) {
	if l.isOver(s) {
		return
	}
	f := scheduler.Finding{Selection: s.ID}
	counts := map[scheduler.RecordingID]int{}
	for _, id := range s.Recordings {
		if counts[id]++; counts[id] == 2 {
			f.Level, f.Code, f.Recording, f.Count = scheduler.Mention, scheduler.SameItemTwice, id, lintTimes(s.Recordings, id)
			l.add(f)
		}
		l.lintAudio(scheduler.Finding{Level: scheduler.Wrong, Selection: s.ID}, id)
	}
	if s.Programme == "" {
		l.lintTiming(scheduler.Finding{Selection: s.ID}, s.Own(), l.zoneFor(s.Area, s.Station))
		return
	}
	l.lintTaken(s)
}

func lintTimes(ids []scheduler.RecordingID, id scheduler.RecordingID) (n int) {
	for _, x := range ids {
		if x == id {
			n++
		}
	}
	return n
}

// lintOrder looks at the audio of a running order. Where other music is left,
// one piece less does no harm.
func (l *linter) lintOrder(p scheduler.Programme) {
	for _, x := range p.Order {
		level := scheduler.Wrong
		if x.Kind == scheduler.Music && len(x.Recordings) > 1 {
			level = scheduler.Doubt
		}
		for _, id := range x.Recordings {
			l.lintAudio(scheduler.Finding{Level: level, Programme: p.ID}, id)
		}
	}
}

// lintAudio finds a recording that is named and cannot be aired.
func (l *linter) lintAudio(f scheduler.Finding, id scheduler.RecordingID) {
	f.Recording = id
	r, ok := l.recordings[id]
	switch {
	case !ok:
		f.Code = scheduler.AudioMissing
	case l.recalled[id]:
		f.Code = scheduler.AudioRecalled
	case !r.Approved():
		f.Code = scheduler.AudioNotApproved
	default:
		return
	}
	l.add(f)
}

// lintTaken looks for the windows that a playlist is for.
func (l *linter) lintTaken(s scheduler.Selection) {
	i := slices.IndexFunc(l.in.Programmes, func(p scheduler.Programme) bool { return p.ID == s.Programme })
	if i < 0 {
		l.add(scheduler.Finding{Level: scheduler.Wrong, Code: scheduler.NoProgrammeOfIt, Selection: s.ID, Programme: s.Programme})
		return
	}
	p := l.in.Programmes[i]
	reached := slices.ContainsFunc(l.places, func(x *lintPlace) bool { return x.plays(s) })
	if !reached || slices.ContainsFunc(l.places, func(x *lintPlace) bool { return x.plays(s) && x.chain[p.Area] && l.takes(s, p, x.zone) }) {
		return
	}
	f := scheduler.Finding{Level: scheduler.Wrong, Code: scheduler.NoWindowTaken, Selection: s.ID, Programme: p.ID}
	if runs := l.year(s.Timing, l.zoneFor(s.Area, s.Station)); len(runs) > 0 {
		f.At, f.Runs = runs[0], runs[:min(len(runs), 5)]
	}
	l.add(f)
}

// year are the occurrences of a timing a year ahead.
func (l *linter) year(t scheduler.Timing, zone *time.Location) []time.Time {
	return t.Within(l.in.From, l.in.From.Add(lintYear), zone)
}

// takes reports whether a playlist is for any window of a programme within a
// year. A programme without windows is told of by itself.
func (l *linter) takes(s scheduler.Selection, p scheduler.Programme, zone *time.Location) bool {
	return s.Timing.IsZero() || slices.ContainsFunc(l.year(s.Timing, zone), func(at time.Time) bool {
		return p.Timing.Next(at, zone).Equal(at) && p.Holidays.Takes(scheduler.DateOf(at.In(zone)), l.holidays)
	})
}

// isOver reports whether the time of a playlist is past.
func (l *linter) isOver(s scheduler.Selection) bool {
	zone := l.zoneFor(s.Area, s.Station)
	return l.hasRun(s.Timing, zone) && s.Timing.Next(l.in.From, zone).IsZero()
}
