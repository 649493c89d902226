package web

import (
	"fmt"
	"net/http"
	"slices"

	"loaphuong/scheduler"
)

// stationPage is one station: how it is, what it did today and what is next.
type stationPage struct {
	*view
	Card   stationCard
	Facts  []fact // of the station, less those of the card
	Done   []airingRow
	Coming []airingRow
	Hour   string // the wall time there
}

func (s *server) station(r *http.Request, v *view) (any, error) {
	ctx, id := r.Context(), scheduler.StationID(r.PathValue("id"))
	states, err := s.desk.StationStates(ctx)
	if err != nil {
		return nil, err
	}
	i := slices.IndexFunc(states, func(at StationState) bool { return at.Station.ID == id })
	if i < 0 {
		return nil, fmt.Errorf("station %s: %w", id, scheduler.ErrNotFound)
	}
	areas, err := s.desk.Areas(ctx)
	if err != nil {
		return nil, err
	}
	v.Zone = zoneOr(states[i].Station.Zone, v.Zone) // its day, not the centre's
	v.Now = v.Now.In(v.Zone)
	airings, err := s.around(ctx, v, id)
	page := stationPage{view: v, Facts: v.moreFacts(states[i]), Hour: v.Clock(v.Now, v.Zone)}
	page.split(airings, v.places(states))
	page.Card = v.card(states[i], areaPath(areas, states[i].Station.Area), titles(airings), "")
	return page, err
}

// split sets apart what is over or under way today from what is to come.
func (p *stationPage) split(airings []scheduler.JudgedAiring, where places) {
	for _, a := range airings {
		switch {
		case a.Start.Before(p.midnight(p.Now, 0)):
		case a.Start.After(p.Now) && lookOf(a.State) != dropped:
			row := p.row(a, where)
			row.At = p.When(a.Start, p.Zone)
			p.Coming = append(p.Coming, row)
		default:
			p.Done = append(p.Done, p.row(a, where))
		}
	}
}

// moreFacts are those that only the station's own page has room for.
func (v *view) moreFacts(s StationState) []fact {
	all := []fact{{Label: v.T("fact.name"), Text: string(s.Station.ID)}}
	add := func(key, text string) {
		if text != "" {
			all = append(all, fact{Label: v.T(key), Text: text})
		}
	}
	add("fact.phone", s.Station.Phone)
	for _, q := range s.Station.Quiet {
		add("fact.quiet", fmt.Sprintf("%02d:%02d–%02d:%02d", q.From/60, q.From%60, q.Until/60, q.Until%60))
	}
	if s.State == nil {
		return all
	}
	add("fact.volume", fmt.Sprintf("%d %%", s.State.Volume))
	add("fact.device", s.State.Card)
	add("fact.files", v.T("fact.files.of", "n", s.State.Files, "missing", len(s.State.Missing)))
	if s.State.DiskFree > 0 {
		add("fact.disk", v.Bytes(s.State.DiskFree))
	}
	add("fact.offset", v.timeFact(*s.State))
	if s.State.Stalls > 0 {
		add("fact.stalls", v.T("fact.stalls.n", "n", int(s.State.Stalls)))
	}
	if s.State.Lost > 0 {
		add("fact.lost", v.T("fact.lost.n", "n", int(s.State.Lost)))
	}
	add("fact.agent", s.State.Agent)
	add("fact.log", s.State.Log)
	add("fact.said", v.When(s.State.At, v.Zone))
	return all
}

// areaPath names an area within those above it, the outermost last.
func areaPath(areas []scheduler.Area, id scheduler.AreaID) string {
	tree := map[scheduler.AreaID]scheduler.Area{}
	for _, a := range areas {
		tree[a.ID] = a
	}
	text := named(tree[id].Name, id)
	for range areas { // bounds a tree that is not one
		id = tree[id].Parent
		if id == "" {
			break
		}
		text += ", " + named(tree[id].Name, id)
	}
	return text
}
