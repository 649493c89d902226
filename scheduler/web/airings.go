package web

import (
	"time"

	"loaphuong/scheduler"
)

// airingRow is an airing as a line of a table.
type airingRow struct {
	ID        scheduler.AiringID
	At        string
	Station   scheduler.StationID
	Name      string // of the station
	Title     string
	Directive scheduler.DirectiveID
	Class     string // in words, where it is not ordinary
	Badge     badge
	Why       string // the reason, in words
	Detail    string // the station's own words
	Notes     []note // what else it said that a person should know
	Sounded   string // seconds
	Planned   string // seconds
	Begun     string // wall time to the second, and by how much it was off
	Evidence  string
	Explain   string // the address of the page that says why
}

// places are the stations by name, with their zones loaded once.
type places struct {
	stations map[scheduler.StationID]scheduler.Station
	zones    map[scheduler.StationID]*time.Location
}

func (v *view) places(states []StationState) places {
	p := places{map[scheduler.StationID]scheduler.Station{}, map[scheduler.StationID]*time.Location{}}
	loaded := map[string]*time.Location{}
	for _, s := range states {
		if loaded[s.Station.Zone] == nil {
			loaded[s.Station.Zone] = zoneOr(s.Station.Zone, v.Zone)
		}
		p.stations[s.Station.ID] = s.Station
		p.zones[s.Station.ID] = loaded[s.Station.Zone]
	}
	return p
}

// zone is the zone of a station, or the centre's where the station is gone.
func (p places) zone(v *view, id scheduler.StationID) *time.Location {
	if z := p.zones[id]; z != nil {
		return z
	}
	return v.Zone
}

// row sets an airing out.
func (v *view) row(a scheduler.JudgedAiring, p places) airingRow {
	zone := p.zone(v, a.Station)
	r := airingRow{
		ID:        a.ID,
		At:        v.Start(a.Start, zone),
		Station:   a.Station,
		Name:      named(p.stations[a.Station].Name, a.Station),
		Title:     named(a.Title, a.Recording),
		Directive: a.Directive,
		Badge:     v.badgeOf(a.State),
		Why:       v.Reason(a.Why),
		Detail:    a.Detail,
		Notes:     v.besides(a.AiringFacts, zone),
		Planned:   v.Seconds(a.Duration),
		Begun:     v.begun(a, zone),
		Explain:   why(a.Station, a.Start),
	}
	if a.Class != scheduler.Ordinary && a.Class != "" {
		r.Class = v.T("class." + string(a.Class))
	}
	r.Sounded = v.sounded(a)
	if a.Evidence > scheduler.EvidencePlanned {
		r.Evidence = v.T("evidence." + a.Evidence.String())
	}
	return r
}

// sounded is how many seconds were heard: none to speak of before an airing is
// due, and a question mark while the station has not said.
func (v *view) sounded(a scheduler.JudgedAiring) string {
	switch l := lookOf(a.State); {
	case l == soon:
		return ""
	case l == unsure && a.Sounded == 0:
		return "?"
	}
	return v.Seconds(a.Sounded)
}

// begun is when the first sample was heard, by the station's word, and how far
// that was from the plan.
func (v *view) begun(a scheduler.JudgedAiring, zone *time.Location) string {
	if a.StartedAt.IsZero() {
		return ""
	}
	off := a.StartedAt.Sub(a.Start).Round(100 * time.Millisecond) // what is shown
	sign := ""
	if off >= 0 {
		sign = "+"
	}
	return v.T("airing.begun", "at", v.Moment(a.StartedAt, zone), "off", sign+v.Seconds(off))
}

// later returns the first airing still to come at each station.
func later(airings []scheduler.JudgedAiring, now time.Time) map[scheduler.StationID]scheduler.JudgedAiring {
	first := map[scheduler.StationID]scheduler.JudgedAiring{}
	for _, a := range airings {
		known, has := first[a.Station]
		if lookOf(a.State) != soon || a.Start.Before(now) || (has && !a.Start.Before(known.Start)) {
			continue
		}
		first[a.Station] = a
	}
	return first
}
