package centre

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"loaphuong/scheduler"
	"loaphuong/scheduler/plan"
)

// explained is how far around the instant asked about an explanation looks: a
// week of counts to each side, so that weekly numbers are whole.
const explained = 8 * 24 * time.Hour

// Explain says what a station should play at an instant, why this and not
// something else, and what did happen.
func (d *Desk) Explain(ctx context.Context, id scheduler.StationID, at time.Time) (scheduler.Explanation, error) {
	station, err := d.Store.Station(ctx, id)
	if err != nil {
		return scheduler.Explanation{}, fmt.Errorf("explain: %w", err)
	}
	e := scheduler.Explanation{Station: id, At: at.UTC(), Zone: station.Zone, Windows: []scheduler.ExplainedWindow{}}
	in, err := d.Publisher.input(ctx)
	if err != nil {
		return e, fmt.Errorf("explain: %w", err)
	}
	in.From, in.Until = at.Add(-explained), at.Add(explained)
	in.Stations = []scheduler.Station{station}
	switch held, err := d.Store.ScheduleAt(ctx, id, at); {
	case err == nil:
		e.Revision, e.By, e.Issued = held.Revision, held.By, held.Issued
		in.Held[id] = held.Playlists
		in.Issued = map[scheduler.StationID]time.Time{id: held.Issued}
	case !errors.Is(err, scheduler.ErrNotFound):
		return e, fmt.Errorf("explain: %w", err)
	}
	judged, err := d.Ledger.Airings(ctx, scheduler.AirtimeQuery{Station: id, From: in.From, Until: in.Until}, time.Now())
	if err != nil {
		return e, fmt.Errorf("explain: %w", err)
	}
	for _, j := range judged {
		if !j.Withdrawn {
			in.Kept = append(in.Kept, j.Airing)
		}
	}
	if e.Windows, err = plan.Explain(in, id, at); err != nil {
		return e, fmt.Errorf("explain: %w", err)
	}
	for _, w := range e.Windows {
		for i := range w.Entries {
			tellAiring(&w.Entries[i].Airing, judged)
		}
	}
	return e, nil
}

// tellAiring fills in what became of an airing.
func tellAiring(j *scheduler.JudgedAiring, judged []scheduler.JudgedAiring) {
	i := slices.IndexFunc(judged, func(k scheduler.JudgedAiring) bool { return k.ID == j.ID })
	if i >= 0 {
		*j = judged[i]
	}
}
