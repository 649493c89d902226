package centre

import (
	"context"
	"crypto/ed25519"
	"fmt"
	"log/slog"
	"path/filepath"
	"runtime"
	"slices"
	"time"

	"golang.org/x/sync/errgroup"

	"loaphuong/devices"
	"loaphuong/player/rehearsal"
	"loaphuong/scheduler"
	"loaphuong/scheduler/ledger"
	"loaphuong/scheduler/store"
)

// Rehearsal is a span of days to live through before they come: the plan of
// these days, on the code that runs at the stations, with outages where they
// are wanted. It works on a copy, and nobody is sent anything.
type Rehearsal struct {
	Database string                // of the centre, running or not
	Scratch  string                // a directory for what is thrown away
	Lease    time.Duration         // of the schedules
	From     time.Time             // when the first day begins; not before now
	Days     int                   // 1 to MaxRehearsal
	Stations []scheduler.StationID // empty: all
	Most     int                   // of the stations take part, the first by name; 0: all
	Outages  rehearsal.Script
	Seed     uint64 // of what happens by chance
}

// MaxRehearsal is the most days that are rehearsed at once.
const MaxRehearsal = 62

// headStart is how long before the first day the stations are given their
// schedules: as long as the audio may take to come.
const headStart = 24 * time.Hour

// hindsight is how long after the last day stations may still tell of it.
const hindsight = time.Hour

// Database is where a centre with a data directory keeps its database.
func Database(data string) string { return filepath.Join(data, "centre.db") }

// Until is when the last day ends.
func (r Rehearsal) Until() time.Time { return r.From.AddDate(0, 0, r.Days) }

// Run lives through the days and returns the report that would come, an hour
// after the last of them.
func (r Rehearsal) Run(ctx context.Context, now time.Time) (scheduler.AirtimeReport, error) {
	if r.Days < 1 || r.Days > MaxRehearsal {
		return scheduler.AirtimeReport{}, scheduler.Invalid(fmt.Errorf("rehearse %d days: use 1 to %d", r.Days, MaxRehearsal))
	}
	if r.From.Before(now) {
		return scheduler.AirtimeReport{}, scheduler.Invalid(fmt.Errorf("rehearse from %s: that is past; choose a day to come", r.From.Format(time.RFC3339)))
	}
	s, err := r.copy(ctx)
	if err != nil {
		return scheduler.AirtimeReport{}, fmt.Errorf("rehearse: %w", err)
	}
	defer s.Close()
	t, err := r.build(ctx, s, latest(now, r.From.Add(-headStart)))
	if err != nil {
		return scheduler.AirtimeReport{}, fmt.Errorf("rehearse: %w", err)
	}
	defer t.close()
	if err := t.live(ctx, r); err != nil {
		return scheduler.AirtimeReport{}, fmt.Errorf("rehearse: %w", err)
	}
	q := scheduler.AirtimeQuery{From: r.From, Until: r.Until(), Stations: t.publisher.Only}
	return ledger.New(s).Airtime(ctx, q, r.Until().Add(hindsight))
}

func latest(a, b time.Time) time.Time {
	if b.After(a) {
		return b
	}
	return a
}

// copy opens a copy of the centre's database.
func (r Rehearsal) copy(ctx context.Context) (*store.Store, error) {
	live, err := store.Open(ctx, r.Database)
	if err != nil {
		return nil, err
	}
	defer live.Close()
	path := filepath.Join(r.Scratch, "rehearsal.db")
	if err := live.Snapshot(ctx, path); err != nil {
		return nil, err
	}
	return store.OpenScratch(ctx, path)
}

// theatre is a centre and its stations in a rehearsal.
type theatre struct {
	publisher *Publisher
	seats     map[scheduler.StationID]*seat
	begins    time.Time
}

// seat is a station's place in a rehearsal, and the centre's line to it.
type seat struct {
	show   *rehearsal.Show
	now    time.Time // at which the centre speaks
	intake *Intake
}

// Send hands a message of the centre to the station.
func (s *seat) Send(_ context.Context, m devices.Message) error {
	s.show.Give(m, s.now)
	return nil
}

// Run is for a link that listens, which this is not.
func (s *seat) Run(context.Context, devices.Session) error { return nil }

// Send finds the seat of the station that a message is for.
func (t *theatre) Send(ctx context.Context, m devices.Message) error {
	id, _, err := devices.ParseTopic(m.Topic)
	if err != nil {
		return err
	}
	return t.seats[id].Send(ctx, m)
}

// build gives every station its place, and a schedule.
func (r Rehearsal) build(ctx context.Context, s *store.Store, begins time.Time) (*theatre, error) {
	public, key, err := ed25519.GenerateKey(nil)
	if err != nil {
		return nil, err
	}
	log := slog.New(slog.DiscardHandler)
	t := &theatre{seats: map[scheduler.StationID]*seat{}, begins: begins}
	t.publisher = &Publisher{Store: s, Key: key, Lease: r.Lease, Link: t, Log: log}
	stations, err := r.cast(ctx, s)
	if err != nil {
		return nil, err
	}
	for _, id := range stations {
		show, err := rehearsal.Open(rehearsal.Station{
			ID: id, Keys: devices.NewKeyring(public), From: begins, Dir: r.Scratch,
			Outages: r.Outages.For(id, begins, r.Until().Add(hindsight), r.Seed),
		})
		if err != nil {
			return nil, err
		}
		at := &seat{show: show, now: begins}
		at.intake = &Intake{Store: s, Publisher: t.publisher, Key: key, Link: at, Changed: func() {}, Log: log}
		t.seats[id] = at
		t.publisher.Only = append(t.publisher.Only, id)
	}
	return t, t.publish(ctx)
}

// cast is which stations take part.
func (r Rehearsal) cast(ctx context.Context, s *store.Store) (ids []scheduler.StationID, err error) {
	all, err := s.Stations(ctx)
	if err != nil {
		return nil, err
	}
	for _, id := range r.Stations {
		if !slices.ContainsFunc(all, func(s scheduler.Station) bool { return s.ID == id }) {
			return nil, fmt.Errorf("station %s: %w", id, scheduler.ErrNotFound)
		}
	}
	for _, s := range all {
		if !s.Retired && (len(r.Stations) == 0 || slices.Contains(r.Stations, s.ID)) {
			ids = append(ids, s.ID)
		}
	}
	if r.Most > 0 && len(ids) > r.Most {
		ids = ids[:r.Most]
	}
	if len(ids) == 0 {
		return nil, fmt.Errorf("station: %w: there is none to rehearse with", scheduler.ErrNotFound)
	}
	return ids, nil
}

// publish publishes as staff would. A station that would be given nothing new is
// given what it holds, under the rehearsal's own key.
func (t *theatre) publish(ctx context.Context) error {
	done, err := t.publisher.Publish(ctx, "rehearsal", func() time.Time { return t.begins })
	if err != nil {
		return err
	}
	held, err := t.publisher.Store.HeldSchedules(ctx)
	if err != nil {
		return err
	}
	for id, s := range held {
		given := slices.ContainsFunc(done.Stations, func(r scheduler.StationRevision) bool { return r.Station == id })
		if t.seats[id] == nil || given {
			continue
		}
		sealed, err := t.publisher.seal(s)
		if err != nil {
			return err
		}
		if err := t.Send(ctx, scheduleMessage(id, sealed)); err != nil {
			return err
		}
	}
	return nil
}

// live goes from day to day: the stations live through each, then the centre
// renews what runs out.
func (t *theatre) live(ctx context.Context, r Rehearsal) error {
	end := r.Until().Add(hindsight)
	for now := t.begins; now.Before(end); {
		if now = now.Add(24 * time.Hour); now.After(end) {
			now = end
		}
		g, running := errgroup.WithContext(ctx)
		g.SetLimit(runtime.NumCPU())
		for _, s := range t.seats {
			g.Go(func() error { return s.liveUntil(running, now) })
		}
		if err := g.Wait(); err != nil {
			return err
		}
		if err := t.publisher.Renew(ctx, func() time.Time { return now }); err != nil {
			return err
		}
	}
	return nil
}

// liveUntil runs the station's show; what it says goes where a real station's
// words go.
func (s *seat) liveUntil(ctx context.Context, until time.Time) error {
	var failed error
	err := s.show.Run(ctx, until, func(m devices.Message, at time.Time) []devices.Message {
		s.now = at
		if err := s.intake.take(ctx, m, at); err != nil && failed == nil {
			failed = err
		}
		return nil
	})
	s.now = until
	if err == nil {
		err = failed
	}
	return err
}

// close lets go of the stations' logbooks.
func (t *theatre) close() {
	for _, s := range t.seats {
		s.show.Close()
	}
}
