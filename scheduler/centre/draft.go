package centre

import (
	"context"
	"fmt"
	"slices"
	"time"

	"loaphuong/devices"
	"loaphuong/scheduler"
	"loaphuong/scheduler/plan"
	"loaphuong/scheduler/store"
)

// recallReach is how long after a recall its audio is named to the stations:
// longer than anything on air when it was recalled can still run.
const recallReach = 2 * scheduler.MaxLength

// draft is a plan of every station with all that it was made from.
type draft struct {
	now       time.Time
	in        plan.Input
	made      plan.Plan
	held      map[scheduler.StationID]devices.Schedule // as published last
	zones     map[scheduler.StationID]*time.Location
	sizes     map[scheduler.Digest]int64
	recalled  []scheduler.Digest
	evergreen []scheduler.Entry
}

// draft plans every station from now on.
func (p *Publisher) draft(ctx context.Context, now time.Time) (*draft, error) {
	d := &draft{now: now, zones: map[scheduler.StationID]*time.Location{}, sizes: map[scheduler.Digest]int64{}}
	var err error
	if d.in, err = p.input(ctx); err != nil {
		return nil, err
	}
	d.in.From, d.in.Until = p.span(now)
	if d.held, err = p.Store.HeldSchedules(ctx); err != nil {
		return nil, err
	}
	for _, s := range d.in.Stations {
		if d.zones[s.ID], err = s.Location(); err != nil {
			return nil, err
		}
	}
	for id, s := range d.held {
		d.in.Held[id] = s.Playlists
	}
	if d.in.Kept, err = p.kept(ctx, d, now); err != nil {
		return nil, err
	}
	for _, r := range d.in.Recordings {
		d.sizes[r.Digest] = r.Size
		if slices.ContainsFunc(d.in.Recalls, func(c scheduler.Recall) bool {
			return now.Sub(c.At) < recallReach && c.Takes(r.ID, r.Directive, r.Topic)
		}) {
			d.recalled = append(d.recalled, r.Digest)
		}
	}
	d.evergreen = evergreen(d.in.Recordings, d.in.Recalls)
	d.made, err = plan.Make(d.in)
	return d, err
}

// span is what is planned at an instant: from the end of the lock time to the
// end of the last whole day of the lease, since of a day that it holds in part
// nobody can promise what is owed. A lease without a whole day is planned to its end.
func (p *Publisher) span(now time.Time) (from, until time.Time) {
	from, until = now.Add(Lock), now.Add(p.Lease)
	zone, err := scheduler.Station{}.Location()
	if err != nil {
		return from, until
	}
	if whole := scheduler.DateOf(until.In(zone)).Start(zone); whole.Sub(from) > 24*time.Hour {
		until = whole
	}
	return from, until
}

// publication says what the draft would promise and change.
func (d *draft) publication() scheduler.Publication {
	return scheduler.Publication{
		At: d.now.UTC(), Promises: d.made.Promises(), Changes: d.changes(),
		Findings: plan.Lint(d.in), Stations: []scheduler.StationRevision{},
	}
}

// input reads what people have decided: everything a plan depends on but the
// instant and what has happened so far.
func (p *Publisher) input(ctx context.Context) (in plan.Input, err error) {
	in.Held = map[scheduler.StationID][]scheduler.Playlist{}
	areas, err := p.Store.Areas(ctx)
	if err != nil {
		return in, err
	}
	if in.Areas, err = scheduler.NewTree(areas); err != nil {
		return in, err
	}
	for _, read := range []func() error{
		func() (err error) { in.Stations, err = p.Store.Stations(ctx); return },
		func() (err error) { in.Programmes, err = p.Store.Programmes(ctx); return },
		func() (err error) { in.Rules, err = p.Store.Rules(ctx); return },
		func() (err error) { in.Holidays, err = p.Store.Holidays(ctx); return },
		func() (err error) { in.Obligations, err = p.Store.Obligations(ctx, store.ObligationFilter{}); return },
		func() (err error) { in.Recordings, err = p.Store.Recordings(ctx, store.RecordingFilter{}); return },
		func() (err error) { in.Selections, err = p.Store.Selections(ctx, store.SelectionFilter{}); return },
		func() (err error) { in.Recalls, err = p.Store.Recalls(ctx); return },
	} {
		if err := read(); err != nil {
			return in, err
		}
	}
	if len(p.Only) > 0 {
		in.Stations = slices.DeleteFunc(in.Stations, func(s scheduler.Station) bool { return !slices.Contains(p.Only, s.ID) })
	}
	return in, nil
}

// kept lists the airings that count towards what is owed: those of the week
// before now, and those still to come of what is on air. One that was missed
// counts too: it is made good by an airing that says so, or not at all.
func (p *Publisher) kept(ctx context.Context, d *draft, now time.Time) ([]scheduler.Airing, error) {
	facts, err := p.Store.Airings(ctx, scheduler.AiringFilter{From: now.Add(-8 * 24 * time.Hour), Until: now})
	if err != nil {
		return nil, err
	}
	var kept []scheduler.Airing
	for _, f := range facts {
		if !f.Withdrawn {
			kept = append(kept, f.Airing)
		}
	}
	for _, s := range d.in.Stations {
		on, err := running(d.held[s.ID], now)
		if err != nil {
			return nil, fmt.Errorf("station %s: %w", s.ID, err)
		}
		kept = append(kept, scheduler.Airings(s.ID, d.zones[s.ID], on, now, now.Add(Lock+scheduler.MaxLength))...)
	}
	return kept, nil
}
