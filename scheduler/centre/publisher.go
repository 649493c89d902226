package centre

import (
	"context"
	"crypto/ed25519"
	"errors"
	"fmt"
	"log/slog"
	"maps"
	"slices"
	"sync"
	"time"

	"loaphuong/devices"
	"loaphuong/scheduler"
	"loaphuong/scheduler/store"
)

// Lock is how long before its start an airing is no longer changed.
const Lock = 10 * time.Second

// clockSlack is how far a station's clock may be behind the centre's for it to
// still take what the centre says.
const clockSlack = time.Hour

// Publisher makes schedules of what is owed and sends them to the stations.
type Publisher struct {
	Store *store.Store
	Key   ed25519.PrivateKey
	Lease time.Duration
	Link  interface {
		Send(ctx context.Context, m devices.Message) error
	}
	Log *slog.Logger
	// Gains are in decibels, by class or "filler"; what is not there has 0.
	Gains map[scheduler.Class]float64
	// Only names the stations to publish to; empty: all.
	Only []scheduler.StationID

	mu    sync.Mutex // one plan at a time
	again resending
}

// Publish plans every station from now on, keeps what has changed and sends it.
// It returns what the plan promises, what has changed and the stations that were
// given a new revision. What cannot be sent now is sent when the station next
// says what it holds. A station that cannot be given a schedule does not keep
// the others from theirs.
//
// The clock is read when its turn has come, so that one who had to wait does
// not plan from an instant that is past. Whole milliseconds are what the
// database tells apart.
func (p *Publisher) Publish(ctx context.Context, by string, clock func() time.Time) (scheduler.Publication, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	d, err := p.draft(ctx, clock().Truncate(time.Millisecond))
	if err != nil {
		return scheduler.Publication{}, fmt.Errorf("publish: %w", err)
	}
	done := d.publication()
	done.By = by
	var failed []error
	for _, s := range d.in.Stations {
		if ctx.Err() != nil {
			return done, errors.Join(append(failed, fmt.Errorf("publish to station %s: %w", s.ID, ctx.Err()))...)
		}
		revision, err := p.publishOne(ctx, s, d, by)
		if err != nil {
			failed = append(failed, fmt.Errorf("publish to station %s: %w", s.ID, err))
		}
		if revision != 0 {
			done.Stations = append(done.Stations, scheduler.StationRevision{Station: s.ID, Revision: revision})
		}
	}
	return done, errors.Join(failed...)
}

// Draft is what Publish would do now.
func (p *Publisher) Draft(ctx context.Context, now time.Time) (scheduler.Publication, error) {
	d, err := p.draft(ctx, now.Truncate(time.Millisecond))
	if err != nil {
		return scheduler.Publication{}, fmt.Errorf("draft a publication: %w", err)
	}
	done := d.publication()
	done.DryRun = true
	return done, nil
}

// publishOne gives a station its new schedule, and returns its revision, or 0
// when the station holds the same already.
func (p *Publisher) publishOne(ctx context.Context, s scheduler.Station, d *draft, by string) (scheduler.Revision, error) {
	next, err := p.next(s, d)
	if err != nil {
		return 0, err
	}
	held, now := d.held[s.ID], d.now
	zone := d.zones[s.ID]
	if p.holds(held, next, zone, now) {
		return 0, nil
	}
	sealed, err := p.seal(next)
	if err != nil {
		return 0, err
	}
	// A window that begins before the lease ends may last beyond it; the station
	// answers for all of it. What is recalled it will not air, on air or not.
	airings := slices.DeleteFunc(scheduler.Airings(s.ID, zone, next.Playlists, next.Issued, next.Lease.Add(scheduler.MaxLength)),
		func(a scheduler.Airing) bool { return slices.Contains(next.Recalled, a.Digest) })
	err = p.Store.Publish(ctx, store.Publication{Schedule: next, Sealed: sealed, By: by, Airings: airings, Now: now})
	if err != nil {
		return 0, err
	}
	p.send(ctx, s.ID, sealed)
	return next.Revision, nil
}

// next is the schedule that a station would be given.
func (p *Publisher) next(s scheduler.Station, d *draft) (devices.Schedule, error) {
	held, now := d.held[s.ID], d.now
	on, err := running(held, now)
	if err != nil {
		return devices.Schedule{}, err
	}
	next := devices.Schedule{
		Station:   s.ID,
		Revision:  held.Revision + 1,
		Issued:    now.UTC(),
		Lease:     now.Add(p.Lease).UTC(),
		Zone:      d.zones[s.ID].String(),
		Volume:    s.Volume,
		Quiet:     s.Quiet,
		Playlists: append(on, d.made.Of(s.ID).Playlists...),
		Recalled:  d.recalled,
		Evergreen: d.evergreen,
		Gains:     p.gains(),
	}
	next.Files = files(next, d.zones[s.ID], d.sizes, held)
	return next, nil
}

// running lists the playlists that are on air now, or are within the lock time,
// each bounded to that one occurrence. What is on air is so by the zone that the
// schedule was published with: in a new one that reads its timing as another
// instant, the occurrence does not come again.
func running(held devices.Schedule, now time.Time) ([]scheduler.Playlist, error) {
	zone, err := time.LoadLocation(held.Zone)
	if err != nil {
		return nil, fmt.Errorf("schedule %d of %s: %w", held.Revision, held.Station, err)
	}
	var on []scheduler.Playlist
	for _, l := range held.Playlists {
		for _, at := range l.Timing.Within(now.Add(-scheduler.MaxLength), now.Add(Lock), zone) {
			if at.Add(l.Length()).After(now) {
				once := l
				once.Timing = l.Timing.Bounded(at, at.Add(time.Minute))
				on = append(on, once)
			}
		}
	}
	return on, nil
}

// files lists the audio that the playlists need, in the order of their first
// airing, and behind it what stands in for it.
func files(s devices.Schedule, zone *time.Location, sizes map[scheduler.Digest]int64, held devices.Schedule) []devices.File {
	for _, f := range held.Files {
		if sizes[f.Digest] == 0 {
			sizes[f.Digest] = f.Size
		}
	}
	var list []devices.File
	add := func(d scheduler.Digest) {
		f := devices.File{Digest: d, Size: sizes[d]}
		if !slices.Contains(list, f) {
			list = append(list, f)
		}
	}
	for _, a := range scheduler.Airings(s.Station, zone, s.Playlists, s.Issued, s.Issued.Add(48*time.Hour)) {
		add(a.Digest)
	}
	for _, l := range s.Playlists {
		for _, e := range l.Entries {
			add(e.Digest)
		}
	}
	for _, e := range s.Evergreen {
		add(e.Digest)
	}
	return list
}

// holds reports whether the schedule published last says the same as next, for
// long enough.
func (p *Publisher) holds(held, next devices.Schedule, zone *time.Location, now time.Time) bool {
	if held.Revision == 0 || held.Lease.Sub(now) < p.Lease/2 ||
		held.Volume != next.Volume || held.Zone != next.Zone || !slices.Equal(held.Quiet, next.Quiet) || !holdsRecalls(held, next) ||
		!slices.Equal(held.Evergreen, next.Evergreen) || !maps.Equal(held.Gains, next.Gains) {
		return false
	}
	same := func(a, b scheduler.Airing) bool { return a.ID == b.ID }
	return slices.EqualFunc(
		scheduler.Airings(held.Station, zone, held.Playlists, now, held.Lease),
		scheduler.Airings(next.Station, zone, next.Playlists, now, held.Lease), same)
}

// holdsRecalls reports whether a station knows already of every recall that
// concerns what it holds.
func holdsRecalls(held, next devices.Schedule) bool {
	for _, d := range next.Recalled {
		needs := slices.ContainsFunc(held.Files, func(f devices.File) bool { return f.Digest == d })
		if needs && !slices.Contains(held.Recalled, d) {
			return false
		}
	}
	return true
}

// Renew publishes when half of the lease of any station's schedule is over.
func (p *Publisher) Renew(ctx context.Context, clock func() time.Time) error {
	stations, err := p.Store.Stations(ctx)
	if err != nil {
		return err
	}
	for _, s := range stations {
		held, err := p.Store.LatestSchedule(ctx, s.ID)
		if errors.Is(err, scheduler.ErrNotFound) {
			continue // nobody has published to it
		}
		if err != nil {
			return err
		}
		if held.Lease.Sub(clock()) < p.Lease/2 {
			_, err := p.Publish(ctx, "renewal", clock)
			return err
		}
	}
	return nil
}
