package centre

import (
	"context"
	"crypto/rand"
	"fmt"
	"slices"
	"strings"
	"time"

	"loaphuong/devices"
	"loaphuong/scheduler"
)

// Recall takes a recording, a topic or a letter off the air at every station:
// new schedules go out at once, and what is on air of it is cut.
func (d *Desk) Recall(ctx context.Context, r scheduler.Recall) (scheduler.RecallStatus, error) {
	if err := r.Check(); err != nil {
		return scheduler.RecallStatus{}, scheduler.Invalid(err)
	}
	if err := d.wantRecalled(ctx, r); err != nil {
		return scheduler.RecallStatus{}, err
	}
	r.ID, r.At = scheduler.RecallID(strings.ToLower(rand.Text()[:12])), time.Now().UTC().Truncate(time.Millisecond)
	r.LiftedBy, r.LiftedAt, r.Stations = "", time.Time{}, nil
	defer d.News.Tell()
	holders, err := d.holders(ctx, r)
	if err != nil {
		return scheduler.RecallStatus{}, err
	}
	if err := d.Store.PutRecall(ctx, r); err != nil {
		return scheduler.RecallStatus{}, err
	}
	// Whatever became of publishing, the recall stands and says who holds what.
	_, failed := d.Publish(ctx, r.By)
	latest, err := d.Store.LatestRevisions(ctx)
	if err != nil {
		return scheduler.RecallStatus{}, err
	}
	for _, s := range holders {
		without := latest[s.Station]
		if without == s.Revision {
			without++ // not yet published: only the next can be without it
		}
		r.Stations = append(r.Stations, scheduler.StationRevision{Station: s.Station, Revision: without})
	}
	if err := d.Store.PutRecall(ctx, r); err != nil {
		return scheduler.RecallStatus{}, err
	}
	status, err := d.recallStatus(ctx, r)
	if failed != nil {
		return status, fmt.Errorf("it is recalled, and not every station could be told: %w", failed)
	}
	return status, err
}

// wantRecalled refuses to recall what is not there.
func (d *Desk) wantRecalled(ctx context.Context, r scheduler.Recall) error {
	if r.Recording != "" {
		_, err := d.Store.Recording(ctx, r.Recording)
		return err
	}
	letter, err := d.Store.Directive(ctx, r.Directive)
	if err != nil {
		return err
	}
	if r.Topic > len(letter.Topics) {
		return fmt.Errorf("recall topic %d of letter %s: %w: it has %d topics", r.Topic, letter.Number, scheduler.ErrNotFound, len(letter.Topics))
	}
	return nil
}

// holders are the stations whose schedules have what is recalled, with the
// revisions of these.
func (d *Desk) holders(ctx context.Context, r scheduler.Recall) (list []scheduler.StationRevision, err error) {
	held, err := d.Store.HeldSchedules(ctx)
	if err != nil {
		return nil, err
	}
	for id, s := range held {
		if holdsAny(s, r) {
			list = append(list, scheduler.StationRevision{Station: id, Revision: s.Revision})
		}
	}
	slices.SortFunc(list, func(a, b scheduler.StationRevision) int { return strings.Compare(string(a.Station), string(b.Station)) })
	return list, nil
}

// holdsAny reports whether what is recalled may sound by a schedule, as itself or
// in the place of something else.
func holdsAny(s devices.Schedule, r scheduler.Recall) bool {
	takes := func(e scheduler.Entry) bool { return r.Takes(e.Recording, e.Directive, e.Topic) }
	return slices.ContainsFunc(s.Evergreen, takes) || slices.ContainsFunc(s.Playlists, func(l scheduler.Playlist) bool {
		return slices.ContainsFunc(l.Entries, takes)
	})
}

// recallStatus adds who has not yet said that they hold a schedule without it.
func (d *Desk) recallStatus(ctx context.Context, r scheduler.Recall) (scheduler.RecallStatus, error) {
	states, err := d.Store.States(ctx)
	if err != nil {
		return scheduler.RecallStatus{}, err
	}
	return outstanding(r, states), nil
}

func outstanding(r scheduler.Recall, states []devices.State) scheduler.RecallStatus {
	status := scheduler.RecallStatus{Recall: r, Outstanding: []scheduler.StationID{}}
	for _, s := range r.Stations {
		told := slices.ContainsFunc(states, func(at devices.State) bool { return at.Station == s.Station && at.Revision >= s.Revision })
		if !told && !r.Lifted() {
			status.Outstanding = append(status.Outstanding, s.Station)
		}
	}
	return status
}

// Recalls lists the recalls, the newest first, with who has not acknowledged them.
func (d *Desk) Recalls(ctx context.Context) ([]scheduler.RecallStatus, error) {
	all, err := d.Store.Recalls(ctx)
	if err != nil {
		return nil, err
	}
	states, err := d.Store.States(ctx)
	if err != nil {
		return nil, err
	}
	list := make([]scheduler.RecallStatus, 0, len(all))
	for _, r := range all {
		list = append(list, outstanding(r, states))
	}
	slices.SortStableFunc(list, func(a, b scheduler.RecallStatus) int { return b.At.Compare(a.At) })
	return list, nil
}

// LiftRecall lets what was recalled be planned again, from the next publication on.
func (d *Desk) LiftRecall(ctx context.Context, id scheduler.RecallID, by string) error {
	if by == "" {
		return scheduler.Invalid(fmt.Errorf("lift recall %s: %w", id, errNoName))
	}
	r, err := d.Store.Recall(ctx, id)
	if err != nil {
		return err
	}
	if r.Lifted() {
		return fmt.Errorf("lift recall %s: %w: %s has lifted it", id, scheduler.ErrConflict, r.LiftedBy)
	}
	r.LiftedBy, r.LiftedAt = by, time.Now().UTC().Truncate(time.Millisecond)
	defer d.News.Tell()
	return d.Store.PutRecall(ctx, r)
}
