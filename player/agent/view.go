package agent

import (
	"cmp"
	"slices"
	"time"

	"loaphuong/player/localpage"
	"loaphuong/scheduler"
)

// View is how the station stands, for the page in front of it. A duty that does
// not answer leaves it with little but that.
func (a Operator) View() localpage.View {
	v := localpage.View{Station: string(a.Station), Now: time.Now()}
	err := a.ask(func(now time.Time) error {
		v = a.view(now)
		return nil
	})
	if err != nil {
		v.Problems = append(v.Problems, localpage.Problem{Kind: "disk", Detail: err.Error()})
	}
	return v
}

// Changed is closed at the next change.
func (a Operator) Changed() <-chan struct{} { return a.news.changed() }

func (a *Agent) view(now time.Time) localpage.View {
	v := localpage.View{
		Station: string(a.Station), Zone: a.held.Zone, Now: now,
		Volume: a.loudness(), CentreVolume: a.held.Volume,
		Linked: a.talk.up, LastHeard: a.heardAt, Revision: uint64(a.held.Revision), Lease: a.held.Lease,
		Clock:  a.viewClock(now),
		Card:   localpage.Card{Name: a.Card.Name(), OK: a.cardNews.ok, Err: a.cardNews.err},
		Outbox: a.talk.outbox, Files: len(a.held.Files), Missing: len(a.missing(a.held.Files)),
	}
	room := a.Files.Room()
	v.Disk = localpage.Disk{Free: room.Free, Audio: room.Audio, Low: room.Low}
	if a.sound != nil {
		v.Card.Stalls, v.Card.Level = a.sound.Underruns(), a.sound.Level()
	}
	if p := a.pending[a.onAir()]; p != nil {
		slot := a.slot(p.Airing)
		slot.Heard = min(max(0, now.Sub(p.begun)), p.Duration)
		v.OnAir = &slot
	}
	coming := a.coming(now)
	for _, air := range coming[:min(len(coming), mostNext)] {
		v.Next = append(v.Next, a.slot(air))
	}
	v.Collisions = a.collisions(coming)
	v.Problems = a.problems(now)
	return v
}

func (a *Agent) viewClock(now time.Time) localpage.Clock {
	s := a.clock.state(now)
	return localpage.Clock{OK: a.clock.valid(now), Source: s.Source, Offset: s.Offset, Uncertainty: s.Uncertainty, Synced: s.Synced}
}

const (
	mostNext  = 20             // airings shown
	nextReach = 36 * time.Hour // how far ahead they are looked for
)

// coming is what has not begun yet, by start.
func (a *Agent) coming(now time.Time) []scheduler.Airing {
	if a.held.Revision == 0 {
		return nil
	}
	var list []scheduler.Airing
	for _, p := range a.inOrder() {
		if p.begun.IsZero() && p.last == nil {
			list = append(list, p.Airing)
		}
	}
	for _, air := range scheduler.Airings(a.Station, a.held.zone, a.held.Playlists, now, now.Add(nextReach)) {
		if a.pending[air.ID] == nil && a.ledger[air.ID].Phase != closed && air.Start.Before(a.held.Lease) {
			list = append(list, air)
		}
	}
	return list
}

func (a *Agent) slot(air scheduler.Airing) localpage.Slot {
	s := localpage.Slot{
		ID: string(air.ID), Playlist: string(air.Playlist), Title: air.Title, Class: string(air.Class),
		Start: air.Start, Length: air.Duration, Ready: a.Files.Has(air.Digest),
	}
	p := a.pending[air.ID]
	reason, _ := a.forbidden(&pending{Airing: air}, a.now())
	switch {
	case reason != "":
		s.Ready, s.Why = false, string(reason)
	case p != nil && p.reason != "":
		s.Ready, s.Why = false, string(p.reason)
	case !s.Ready:
		s.Why = string(scheduler.FileAbsent)
	}
	return s
}

// collisions are the priority airings of different playlists that come due
// while another has not ended, in the order in which they will go.
func (a *Agent) collisions(coming []scheduler.Airing) []localpage.Collision {
	var all []localpage.Collision
	var group []scheduler.Airing
	var end time.Time
	flush := func() {
		if len(group) > 1 && group[0].Playlist != group[len(group)-1].Playlist {
			all = append(all, a.collision(group))
		}
		group = nil
	}
	for _, air := range coming {
		if air.Class != scheduler.Priority {
			continue
		}
		if !air.Start.Before(end) {
			flush()
		}
		group = append(group, air)
		end = later(end, air.Start.Add(air.Duration))
	}
	flush()
	return all
}

func (a *Agent) collision(group []scheduler.Airing) localpage.Collision {
	slices.SortStableFunc(group, func(x, y scheduler.Airing) int {
		return cmp.Or(cmp.Compare(a.turnOf(x.Playlist), a.turnOf(y.Playlist)), x.Start.Compare(y.Start))
	})
	c := localpage.Collision{At: group[0].Start}
	for _, air := range group {
		if air.Start.Before(c.At) {
			c.At = air.Start
		}
		c.Slots = append(c.Slots, a.slot(air))
	}
	return c
}

// problems are what keeps, or will keep, something from being heard.
func (a *Agent) problems(now time.Time) []localpage.Problem {
	var list []localpage.Problem
	add := func(is bool, kind, detail string) {
		if is {
			list = append(list, localpage.Problem{Kind: kind, Detail: detail})
		}
	}
	add(!a.clock.valid(now), "clock", a.clock.why(now))
	add(!a.cardNews.ok, "card", a.cardNews.err)
	add(a.hush.refuses() != "", "card", a.hush.refuses())
	add(a.Files.Room().Low || a.diskRests(), "disk", a.fetchErr)
	add(len(a.missing(a.held.Files)) > 0, "files", a.fetchErr)
	add(!a.talk.up, "link", "")
	add(a.held.Revision != 0 && !now.Before(a.held.Lease), "lease", a.held.Lease.UTC().Format(time.RFC3339))
	add(a.Book.Damaged != "", "disk", "the logbook could not be read and a new one was begun: "+a.Book.Damaged)
	return list
}

// Log is what the logbook says of a day: the airings that were due, and how far
// they came. A day is given by its midnight in the station's zone.
func (a Operator) Log(day time.Time) ([]localpage.Line, error) {
	var lines []localpage.Line
	err := a.ask(func(now time.Time) error {
		if a.held.Revision == 0 {
			return nil
		}
		titles := map[scheduler.AiringID]scheduler.Airing{}
		for _, air := range scheduler.Airings(a.Station, a.held.zone, a.held.Playlists, day, day.AddDate(0, 0, 1)) {
			titles[air.ID] = air
		}
		for id, e := range a.ledger {
			if !e.Planned.Before(day) && e.Planned.Before(day.AddDate(0, 0, 1)) {
				lines = append(lines, e.line(titles[id]))
			}
		}
		return nil
	})
	slices.SortFunc(lines, func(x, y localpage.Line) int { return cmp.Or(x.Start.Compare(y.Start), cmp.Compare(x.Title, y.Title)) })
	return lines, err
}

func (e entry) line(air scheduler.Airing) localpage.Line {
	return localpage.Line{
		Start: e.Planned, Begun: e.Begun, Title: cmp.Or(e.Title, air.Title), Length: air.Duration, Sounded: e.Heard,
		Outcome: string(e.Outcome), Reason: string(e.Reason), Detail: e.Detail, Evidence: e.Evidence.String(),
	}
}
