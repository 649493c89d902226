package plan

import (
	"slices"
	"time"

	"loaphuong/scheduler"
)

// makeGoodReach is how far ahead a window is looked for, where the topic is owed
// for longer.
const makeGoodReach = 28 * 24 * time.Hour

// MakeGoods says how airings that were missed or cut short can be made good, in
// their order: in the next window after [Input.From] in which the recording now
// in force for the topic may stand beside what the station holds. Several
// misses take each other no room.
//
// Left out are airings of no letter, those that themselves make good, and those
// whose topic the station no longer owes. Where a selection makes one good
// already, it is named with the window it is for.
func MakeGoods(in Input, missed []scheduler.JudgedAiring) []scheduler.MakeGood {
	b := newBook(in)
	menders := map[scheduler.StationID]*mender{}
	all := []scheduler.MakeGood{}
	for _, j := range missed {
		if j.Directive == "" || j.MakesGood != "" || j.Piece != "" {
			continue
		}
		m, ok := menders[j.Station]
		if !ok {
			m = b.mender(j.Station, missed)
			menders[j.Station] = m
		}
		if m == nil {
			continue
		}
		if g, due := m.propose(j); due {
			all = append(all, g)
		}
	}
	return all
}

// mender finds windows for what was missed at a station.
type mender struct {
	*desk
	selections []*scheduler.Selection
}

// mender opens the desk of a station, with what it holds; nil where there is no
// such station.
func (b *book) mender(id scheduler.StationID, missed []scheduler.JudgedAiring) *mender {
	i := slices.IndexFunc(b.in.Stations, func(s scheduler.Station) bool { return s.ID == id })
	if i < 0 {
		return nil
	}
	s := b.in.Stations[i]
	zone, err := b.zone(s)
	if err != nil {
		return nil
	}
	ahead := *b
	ahead.in.Until = b.in.From
	local := b.local(s.Area)
	for _, j := range missed {
		if o := owing(local, j, scheduler.DateOf(b.in.From.In(zone))); o != nil && j.Station == id {
			if end := o.Until.AddDays(1).Start(zone); end.After(ahead.in.Until) {
				ahead.in.Until = end
			}
		}
	}
	if last := b.in.From.Add(makeGoodReach); ahead.in.Until.After(last) {
		ahead.in.Until = last
	}
	m := &mender{desk: ahead.desk(s, zone), selections: b.selections(s, local)}
	m.load(nil, func(*window) bool { return true })
	m.placeMakeGoods() // what was taken up and is not published yet
	return m
}

// owing is the obligation that an airing was for, the one that is owed longest
// where there are several; nil where none is owed any more.
func owing(l *locality, j scheduler.JudgedAiring, today scheduler.Date) (found *scheduler.Obligation) {
	for i := range l.obligations {
		o := &l.obligations[i]
		if o.Directive == j.Directive && o.Topic == j.Topic && !o.Until.Before(today) && (found == nil || found.Until.Before(o.Until)) {
			found = o
		}
	}
	return found
}

// propose says how an airing can be made good, unless it need not be any more.
func (m *mender) propose(j scheduler.JudgedAiring) (g scheduler.MakeGood, due bool) {
	o := owing(m.local, j, scheduler.DateOf(m.in.From.In(m.zone)))
	if o == nil {
		return g, false
	}
	g = scheduler.MakeGood{Missed: j, Deadline: o.Until}
	for _, s := range m.selections {
		if s.MakesGood == j.ID {
			m.taken(&g, s)
			return g, true
		}
	}
	if m.station.Retired {
		g.Why = scheduler.OffDuty
		return g, true
	}
	if w, r := m.find(o); w != nil {
		g.Programme, g.At, g.Recording = w.programme.ID, w.at, r.ID
	} else {
		g.Why = m.why(o)
	}
	return g, true
}

// taken tells of the selection that makes an airing good, and of its window.
func (m *mender) taken(g *scheduler.MakeGood, s *scheduler.Selection) {
	g.Selection, g.By, g.Programme, g.At, g.Recording = s.ID, s.By, s.Programme, s.Timing.At(), s.Recordings[0]
	if s.Programme == "" {
		g.Programme = s.Own().ID
	}
	for _, w := range m.windows {
		if slices.Contains(w.wanted, s) {
			g.At = w.at
			return
		}
	}
}

// find takes the first window that an airing of an obligation may stand in
// before its end, and says with which recording.
func (m *mender) find(o *scheduler.Obligation) (*window, *scheduler.Recording) {
	k := themeOf(o.Directive, o.Topic, "")
	topic := m.topicFor(k)
	for _, w := range m.windows {
		if o.Until.Before(m.days[w.day].date) {
			break
		}
		r := m.shelf.voice(k, languagesFor(*o, m.station, w.programme.Language))
		if r == nil || w.shut != "" || w.alone || w.programme.own {
			continue
		}
		if m.squeeze(w, item{topic: topic, voice: m.mute(r), by: &scheduler.Selection{}}) {
			return w, r
		}
	}
	return nil, nil
}

// why is what most often keeps an airing of an obligation out of the windows
// before its end.
func (m *mender) why(o *scheduler.Obligation) scheduler.Shortfall {
	for _, b := range m.debts {
		if b.obligation.ID != o.ID {
			continue
		}
		if lack := m.lack(b); lack != "" {
			return lack
		}
		return m.mostOften(func(w *window) scheduler.Shortfall {
			if o.Until.Before(m.days[w.day].date) || w.shut == scheduler.BecauseHoliday {
				return ""
			}
			if w.has(b.topic) {
				return scheduler.TooClose // it stands there already
			}
			why, _ := m.obstacle(w, b)
			return why
		})
	}
	return scheduler.NoProgramme
}
