package centre

import (
	"context"
	"fmt"
	"slices"
	"time"

	"loaphuong/devices"
	"loaphuong/scheduler"
	"loaphuong/scheduler/store"
)

// Readiness says of every window that begins within a span from now, at every
// station that owes it, whether it will be aired.
func (d *Desk) Readiness(ctx context.Context, within time.Duration) ([]scheduler.Readiness, error) {
	now := time.Now()
	s, err := look(ctx, d.Store, now, within)
	if err != nil {
		return nil, fmt.Errorf("readiness: %w", err)
	}
	all := []scheduler.Readiness{}
	for _, w := range s.windows {
		if w.Start.After(now) {
			all = append(all, w.Judge(s.reports[w.Station], now))
		}
	}
	return all, nil
}

// sight is who owes what at one instant, and what is known of them.
type sight struct {
	windows []scheduler.Window // not over yet, by start
	reports map[scheduler.StationID]scheduler.StationReport
}

// look sees the windows that are not over and begin within a span from now, at
// the stations that are not retired.
func look(ctx context.Context, s *store.Store, now time.Time, within time.Duration) (sight, error) {
	reports, err := stationReports(ctx, s)
	if err != nil {
		return sight{}, err
	}
	// A window that has begun may reach as far back as the longest there is, and
	// one that begins just before the span ends has its first airing in it.
	airings, err := s.Airings(ctx, scheduler.AiringFilter{From: now.Add(-scheduler.MaxLength), Until: now.Add(within + time.Millisecond)})
	if err != nil {
		return sight{}, err
	}
	windows := slices.DeleteFunc(scheduler.Windows(airings), func(w scheduler.Window) bool {
		_, there := reports[w.Station]
		return !there || !w.End.After(now)
	})
	return sight{windows, reports}, nil
}

// stationReports are what is known of the stations that are not retired.
func stationReports(ctx context.Context, s *store.Store) (map[scheduler.StationID]scheduler.StationReport, error) {
	stations, err := s.Stations(ctx)
	if err != nil {
		return nil, err
	}
	states, err := s.States(ctx)
	if err != nil {
		return nil, err
	}
	heard, err := s.Heard(ctx)
	if err != nil {
		return nil, err
	}
	published, err := s.LatestRevisions(ctx)
	if err != nil {
		return nil, err
	}
	said := make(map[scheduler.StationID]devices.State, len(states))
	for _, at := range states {
		said[at.Station] = at
	}
	all := make(map[scheduler.StationID]scheduler.StationReport, len(stations))
	for _, at := range stations {
		if !at.Retired {
			all[at.ID] = stationReport(at, said[at.ID], heard[at.ID], published[at.ID])
		}
	}
	return all, nil
}

func stationReport(s scheduler.Station, said devices.State, heard time.Time, published scheduler.Revision) scheduler.StationReport {
	return scheduler.StationReport{
		Station: s.ID, Name: s.Name, Phone: s.Phone,
		Heard: heard, Online: said.Online,
		Held: said.Revision, Published: published, Missing: len(said.Missing),
		CardOK: said.CardOK, CardErr: said.CardErr, ClockOK: said.ClockOK,
		DiskLow: said.DiskLow, Volume: said.Volume, Lost: said.Lost,
	}
}
