package ledger

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"time"

	"loaphuong/scheduler"
)

// survey is where the stations stand, at the time of one question.
type survey struct {
	areas    scheduler.Tree
	stations map[scheduler.StationID]scheduler.Station
}

func (l *Ledger) survey(ctx context.Context) (survey, error) {
	areas, err := l.source.Areas(ctx)
	if err != nil {
		return survey{}, err
	}
	tree, err := scheduler.NewTree(areas)
	if err != nil {
		return survey{}, err
	}
	stations, err := l.source.Stations(ctx)
	if err != nil {
		return survey{}, err
	}
	s := survey{tree, make(map[scheduler.StationID]scheduler.Station, len(stations))}
	for _, st := range stations {
		s.stations[st.ID] = st
	}
	return s, nil
}

// filter turns a query into what the source of airings understands. It refuses
// an area or a station that is not there, and a period that ends before it
// begins: an empty answer would look like nothing owed.
func (s survey) filter(q scheduler.AirtimeQuery) (scheduler.AiringFilter, error) {
	f := scheduler.AiringFilter{From: q.From, Until: q.Until, Directive: q.Directive}
	if !q.From.IsZero() && !q.Until.IsZero() && !q.From.Before(q.Until) {
		return f, scheduler.Invalid(fmt.Errorf("from %s is not before until %s", q.From.Format(time.RFC3339), q.Until.Format(time.RFC3339)))
	}
	if q.Station != "" {
		if _, ok := s.stations[q.Station]; !ok {
			return f, fmt.Errorf("station %s: %w", q.Station, scheduler.ErrNotFound)
		}
		f.Stations = []scheduler.StationID{q.Station}
	}
	for _, id := range q.Stations {
		if _, ok := s.stations[id]; !ok {
			return f, fmt.Errorf("station %s: %w", id, scheduler.ErrNotFound)
		}
		f.Stations = append(f.Stations, id)
	}
	if q.Area != "" {
		if _, ok := s.areas[q.Area]; !ok {
			return f, fmt.Errorf("area %s: %w", q.Area, scheduler.ErrNotFound)
		}
		f.Areas = s.below(q.Area)
	}
	return f, nil
}

// below lists an area and all areas below it.
func (s survey) below(top scheduler.AreaID) []scheduler.AreaID {
	var all []scheduler.AreaID
	for id := range s.areas {
		if s.areas.Within(id, top) {
			all = append(all, id)
		}
	}
	slices.Sort(all)
	return all
}

// name names the station of a row and its area.
func (s survey) name(r *scheduler.AirtimeRow) {
	st := s.stations[r.Station]
	r.StationName, r.Zone, r.Area, r.AreaName = cmp.Or(st.Name, string(r.Station)), st.Zone, st.Area, s.areas[st.Area].Name
}
