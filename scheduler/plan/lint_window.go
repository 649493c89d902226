package plan

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"loaphuong/scheduler"
)

// lintPlace looks at the days and windows of a place.
func (l *linter) lintPlace(p *lintPlace) {
	p.openDays(l.in, l.holidays)
	p.openWindows(l.in, l.holidays)
	l.lintOverlaps(p, l.lintTwins(p))
	for i := range p.windows {
		w := &p.windows[i]
		if w.Class == scheduler.Emergency {
			continue
		}
		if d := p.days[w.day]; d.bounds.Silent {
			f := w.finding(scheduler.Doubt, scheduler.WindowSilent)
			f.Rule = d.ruleThat(func(b scheduler.Bounds) bool { return b.Silent })
			l.at(p, f)
			continue
		}
		l.lintQuiet(p, w)
		l.lintLength(p, w)
		l.lintRoom(p, w)
	}
	l.lintDays(p)
	l.lintTopics(p)
}

// lintPair names two programmes or playlists in order.
type lintPair struct{ a, b scheduler.ProgrammeID }

func lintPairOf(a, b *lintWindow) (lintPair, *lintWindow, *lintWindow) {
	if b.ID < a.ID {
		a, b = b, a
	}
	return lintPair{a.ID, b.ID}, a, b
}

// named is the name under which a finding knows what a window is of.
func (w *lintWindow) named() string {
	if w.selection != "" {
		return string(w.selection)
	}
	return string(w.ID)
}

// lintTwins finds programmes that have all windows in common.
func (l *linter) lintTwins(p *lintPlace) map[lintPair]bool {
	all, first := map[scheduler.ProgrammeID]*strings.Builder{}, map[scheduler.ProgrammeID]*lintWindow{}
	for i := range p.windows {
		w := &p.windows[i]
		if all[w.ID] == nil {
			all[w.ID], first[w.ID] = &strings.Builder{}, w
		}
		fmt.Fprint(all[w.ID], w.at.Unix(), " ", w.Length, ";")
	}
	twins, same := map[lintPair]bool{}, map[string]scheduler.ProgrammeID{}
	for _, id := range slices.Sorted(maps.Keys(all)) {
		windows := all[id].String()
		elder, ok := same[windows]
		if !ok {
			same[windows] = id
			continue
		}
		pair, a, b := lintPairOf(first[elder], first[id])
		twins[pair] = true
		f := a.finding(scheduler.Doubt, scheduler.Twin)
		f.Other = b.named()
		l.at(p, f)
	}
	return twins
}

// lintOverlaps finds windows that run at one time. A person's playlist has its
// time before a programme, so that with it this is but worth a mention.
func (l *linter) lintOverlaps(p *lintPlace, twins map[lintPair]bool) {
	for i := range p.windows {
		w := &p.windows[i]
		for j := i + 1; j < len(p.windows) && p.windows[j].at.Before(w.end()); j++ {
			next := &p.windows[j]
			pair, a, b := lintPairOf(w, next)
			if twins[pair] || w.Class == scheduler.Emergency || next.Class == scheduler.Emergency {
				continue
			}
			f := a.finding(scheduler.Doubt, scheduler.WindowsOverlap)
			if (a.selection == "") != (b.selection == "") {
				f.Level = scheduler.Mention
			}
			f.At, f.Other, f.Have, f.Want = next.at, b.named(), next.at.Sub(w.at), w.Length
			l.at(p, f)
		}
	}
}

// lintQuiet finds windows in quiet hours, those of the station and of rules.
func (l *linter) lintQuiet(p *lintPlace, w *lintWindow) {
	if w.audible == w.Length {
		return
	}
	f := w.finding(scheduler.Doubt, scheduler.WindowQuiet)
	if w.audible == 0 {
		f.Level = scheduler.Wrong
	}
	if !w.touches(p, p.quiet) {
		f.Rule = p.days[w.day].ruleThat(func(b scheduler.Bounds) bool { return w.touches(p, b.Quiet) })
	}
	f.Have, f.Want = w.audible, w.Length
	l.at(p, f)
}

// touches reports whether any of the window is quiet.
func (w *lintWindow) touches(p *lintPlace, quiet []scheduler.QuietHours) bool {
	return slices.ContainsFunc(quiet, func(q scheduler.QuietHours) bool { return q.Touches(w.at.In(p.zone), w.Length) })
}

// audible is how much of a window is not quiet. Quiet hours are whole minutes.
func (p *lintPlace) audible(w *lintWindow) (sum time.Duration) {
	quiet := slices.Concat(p.quiet, p.days[w.day].bounds.Quiet)
	if w.Class == scheduler.Emergency || !w.touches(p, quiet) {
		return w.Length
	}
	for at := w.at.In(p.zone); at.Before(w.end()); {
		next := at.Truncate(time.Minute).Add(time.Minute)
		if next.After(w.end()) {
			next = w.end()
		}
		if !slices.ContainsFunc(quiet, func(q scheduler.QuietHours) bool { return q.Covers(at) }) {
			sum += next.Sub(at)
		}
		at = next.In(p.zone)
	}
	return sum
}

// lintLength finds windows longer than a rule allows.
func (l *linter) lintLength(p *lintPlace, w *lintWindow) {
	if w.room == w.Length {
		return
	}
	f := w.finding(scheduler.Doubt, scheduler.WindowOverCap)
	f.Rule = p.days[w.day].ruleThat(func(b scheduler.Bounds) bool { return b.SessionLength == w.room })
	f.Have, f.Want = w.room, w.Length
	l.at(p, f)
}

// lintRoom finds windows that do not hold what is meant to stand in them.
func (l *linter) lintRoom(p *lintPlace, w *lintWindow) {
	fixed := time.Duration(0)
	if !w.isAlone() {
		fixed = l.fixed(w.Order)
	}
	room := w.room - fixed
	if fixed > w.room+Gap {
		f := w.finding(scheduler.Wrong, scheduler.WindowTooShort)
		f.Have, f.Want = w.room, fixed-Gap
		l.at(p, f)
		return
	}
	for _, s := range w.picked {
		if want := l.length(s.Recordings); want > room+Gap {
			f := scheduler.Finding{Level: scheduler.Wrong, Code: scheduler.WindowOverFull, Programme: s.Programme, Selection: s.ID, At: w.at}
			f.Have, f.Want = max(room, 0), want-Gap
			l.at(p, f)
		} else {
			room -= want
		}
	}
	if shortest := p.shortest(w); len(w.picked) == 0 && room > 0 && shortest > room { // a relay may fill it all
		f := w.finding(scheduler.Doubt, scheduler.WindowTooShort)
		f.Have, f.Want = room, shortest
		l.at(p, f)
	}
}

// fixed is how long the fixed pieces of a running order are, each with its gap.
func (l *linter) fixed(order []scheduler.Piece) (sum time.Duration) {
	for _, x := range order {
		switch x.Kind {
		case scheduler.RelayTime:
			sum += x.Length + Gap
		case scheduler.Tune, scheduler.Introduction, scheduler.Closing:
			sum += l.length(x.Recordings)
		}
	}
	return sum
}

// length is how long recordings are that are there and not recalled, each with
// its gap. Those that wait for approval count: they are meant to stand there.
func (l *linter) length(ids []scheduler.RecordingID) (sum time.Duration) {
	for _, id := range ids {
		if r, ok := l.recordings[id]; ok && !l.recalled[id] {
			sum += r.Duration + Gap
		}
	}
	return sum
}

// shortest is the length of the shortest recording that is owed on the day of a
// window, 0 where there is none.
func (p *lintPlace) shortest(w *lintWindow) (least time.Duration) {
	for _, o := range p.debts {
		if r := o.voice; r != nil && o.on(p.days[w.day].Date) && (least == 0 || r.Duration < least) && (w.Language == "" || w.Language == r.Language) {
			least = r.Duration
		}
	}
	return least
}
