package plan

import (
	"time"

	"loaphuong/scheduler"
)

// sitting is a window that began before the span.
type sitting struct {
	programme *programme // nil where it is no more
	first     *scheduler.Airing
	last      *scheduler.Airing
	at        time.Time // when the window began, as far as that is known
	end       time.Time
}

// credit counts what was placed before the span.
func (d *desk) credit(kept []*scheduler.Airing) {
	var all []*sitting
	var s *sitting
	for _, a := range kept {
		if s == nil || a.Playlist != s.first.Playlist || a.Entry <= s.last.Entry || a.Start.Sub(s.first.Start) > scheduler.MaxLength {
			s = d.sat(a)
			all = append(all, s)
		}
		s.last = a
		if end := a.Start.Add(a.Duration); end.After(s.end) {
			s.end = end
		}
		d.creditOne(a, d.dayOf(s.at))
	}
	for _, s := range all {
		d.creditDay(s)
	}
	d.creditRelays(all)
}

// sat is the window that begins with an airing.
func (d *desk) sat(a *scheduler.Airing) *sitting {
	s := &sitting{first: a, at: a.Start}
	for _, p := range d.local.programmes {
		if p.ID != a.Programme {
			continue
		}
		s.programme = p
		for _, at := range p.Timing.Within(a.Start.Add(1-p.Length), a.Start.Add(1), d.zone) {
			s.at = at
		}
	}
	return s
}

// creditOne counts an airing towards what is owed on the day of its window.
func (d *desk) creditOne(a *scheduler.Airing, day int) {
	if end := a.Start.Add(a.Duration + Gap); end.After(d.in.From) {
		d.onAir = append(d.onAir, span{a.Start.Add(-Gap), end})
	}
	if a.Piece != "" {
		return
	}
	t := d.topics[d.topicFor(themeOf(a.Directive, a.Topic, a.Recording))]
	t.kept = append(t.kept, a.Start)
	if day < 0 || day >= len(d.days) || a.MakesGood != "" {
		return
	}
	language := ""
	if r := d.shelf.all[a.Recording]; r != nil {
		language = r.Language
	}
	for _, n := range t.debts {
		if o := d.debts[n].obligation; o.Language == "" || o.Language == language {
			d.debts[n].hear(day)
		}
	}
}

// creditDay counts a window towards the caps of its day.
func (d *desk) creditDay(s *sitting) {
	day := d.dayOf(s.at)
	if day < 0 || day >= len(d.days) || s.first.Class == scheduler.Emergency {
		return
	}
	used := s.end.Sub(s.first.Start)
	if p := s.programme; p != nil && p.relay {
		if s.first.Piece == "" {
			used = s.end.Sub(s.at)
		}
		if last := p.pieces[len(p.pieces)-1]; last.after && last.Kind == scheduler.RelayTime {
			used += last.length()
		}
	}
	d.days[day].sessions++
	d.days[day].used += used
}

// creditRelays counts the windows of the first day that have begun and in which
// there was a relay alone.
func (d *desk) creditRelays(all []*sitting) {
	seen := map[slot]bool{}
	for _, s := range all {
		seen[slot{s.first.Programme, s.at.UnixNano()}] = true
	}
	today := &d.days[d.today]
	for _, p := range d.local.programmes {
		if !p.relay || p.Class == scheduler.Emergency || today.bounds.Silent || !p.Holidays.Takes(today.date, d.in.Holidays) {
			continue
		}
		for _, at := range p.Timing.Within(today.date.Start(d.zone), d.in.From, d.zone) {
			if !seen[slot{p.ID, at.UnixNano()}] {
				today.sessions++
				today.used += p.lead + p.tail - Gap
			}
		}
	}
}

// slot names a window.
type slot struct {
	programme scheduler.ProgrammeID
	at        int64 // in nanoseconds
}
