package web

import (
	"loaphuong/devices"
	"loaphuong/scheduler"
)

// lowDisk is how little room is worth a word, in bytes: two of the largest files.
const lowDisk = 2 * devices.MaxFile

// stationCard is a station at a glance.
type stationCard struct {
	words    // of the labels
	ID       scheduler.StationID
	Name     string
	Area     string
	Presence badge
	Online   bool
	Heard    string // when the centre last heard of it
	OnAir    string // what is on air now
	Next     string // what comes next
	Facts    []fact // as it last said
	Problems []problem
}

// fact is one thing a station says of itself.
type fact struct {
	Label, Text string
	OK          bool
}

// problem is what is wrong, and what to type about it where something can be.
type problem struct {
	Words   string
	Command string
}

// card sets a station out. The airings tell what the one on air is called.
func (v *view) card(s StationState, area string, onAir map[scheduler.AiringID]string, next string) stationCard {
	c := stationCard{
		words:    v.words,
		ID:       s.Station.ID,
		Name:     named(s.Station.Name, s.Station.ID),
		Area:     area,
		Presence: v.presence(s),
		Next:     next,
		Problems: v.problems(s),
	}
	if !s.Heard.IsZero() {
		c.Heard = v.T("station.heard", "ago", v.Ago(s.Heard), "at", v.When(s.Heard, zoneOr(s.Station.Zone, v.Zone)))
	}
	if s.State == nil {
		return c
	}
	c.Facts, c.Online = v.facts(s), s.Presence(v.Now) == scheduler.Online
	if c.Online && s.State.OnAir != "" {
		c.OnAir = named(onAir[s.State.OnAir], s.State.OnAir)
	}
	return c
}

func (v *view) presence(s StationState) badge {
	switch s.Presence(v.Now) {
	case scheduler.NeverHeard:
		return badge{dropped, v.T("presence.never")}
	case scheduler.Online:
		return badge{good, v.T("presence.online")}
	case scheduler.Offline:
		return badge{bad, v.T("presence.offline")}
	}
	return badge{unsure, v.T("presence.unknown")}
}

// facts are what a station last said of itself, fine or not.
func (v *view) facts(s StationState) []fact {
	st := s.State
	card := "fact.card.fails"
	if st.CardOK {
		card = "fact.card.ok"
	}
	return []fact{
		{v.T("fact.schedule"), v.T("fact.schedule.of", "held", st.Revision, "published", s.Published), st.Revision >= s.Published && s.Published > 0},
		{v.T("fact.card"), v.T(card), st.CardOK},
		{v.T("fact.clock"), v.clock(*st), st.ClockOK},
		{v.T("fact.outbox"), v.T("fact.outbox.n", "n", st.Outbox), st.Outbox == 0 || s.Presence(v.Now) == scheduler.Online},
	}
}

// problems are what a person should know of, the gravest first.
func (v *view) problems(s StationState) []problem {
	name := string(s.Station.ID)
	if s.State == nil {
		return []problem{{v.T("problem.never"), "loaphuong station code " + name}}
	}
	st, found := s.State, []problem(nil)
	note := func(wrong bool, command, key string, args ...any) {
		if wrong {
			found = append(found, problem{v.T(key, args...), command})
		}
	}
	note(!st.Online, "", "problem.offline")
	note(s.Presence(v.Now) == scheduler.Silent, "", "problem.silent")
	note(!st.ClockOK, "", "problem.clock")
	note(!st.CardOK && st.CardErr == "", "", "problem.card")
	note(!st.CardOK && st.CardErr != "", "", "problem.card.why", "why", st.CardErr)
	note(st.Volume == 0, "", "problem.mute")
	note(s.Published == 0, "loaphuong publish --by NAME", "problem.unpublished")
	note(st.Revision < s.Published, "", "problem.behind", "held", st.Revision, "published", s.Published)
	note(len(st.Missing) > 0, "", "problem.missing", "n", len(st.Missing))
	note(st.DiskLow, "", "problem.disk.low")
	note(!st.DiskLow && st.DiskFree > 0 && st.DiskFree < lowDisk, "", "problem.disk", "free", v.Bytes(st.DiskFree))
	note(st.Error != "", "", "problem.error", "why", st.Error)
	return found
}
