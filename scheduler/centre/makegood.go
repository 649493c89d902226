package centre

import (
	"context"
	"fmt"
	"slices"
	"time"

	"loaphuong/scheduler"
	"loaphuong/scheduler/plan"
)

// makeGoodReach is how far back a miss may lie and still be proposed to be made
// good.
const makeGoodReach = 31 * 24 * time.Hour

// ByPolicy is the name under which misses are made good that nobody has to ask for.
const ByPolicy = "policy"

// MakeGoods lists the airings missed or cut short that can still be made good.
func (d *Desk) MakeGoods(ctx context.Context) ([]scheduler.MakeGood, error) {
	all, err := d.makeGoods(ctx, time.Now())
	if err != nil {
		return nil, fmt.Errorf("list what can be made good: %w", err)
	}
	return all, nil
}

func (d *Desk) makeGoods(ctx context.Context, now time.Time) ([]scheduler.MakeGood, error) {
	judged, err := d.Ledger.Airings(ctx, scheduler.AirtimeQuery{From: now.Add(-makeGoodReach), Until: now}, now)
	if err != nil {
		return nil, err
	}
	missed := slices.DeleteFunc(judged, func(j scheduler.JudgedAiring) bool {
		return j.Directive == "" || j.MakesGood != "" || j.State != scheduler.Missed && j.State != scheduler.Partial
	})
	if len(missed) == 0 {
		return []scheduler.MakeGood{}, nil
	}
	in, err := d.Publisher.lookahead(ctx, now)
	if err != nil {
		return nil, err
	}
	held, err := d.Store.HeldSchedules(ctx)
	if err != nil {
		return nil, err
	}
	for id, s := range held {
		in.Held[id] = s.Playlists
	}
	return plan.MakeGoods(in, missed), nil
}

// MakeGood takes the proposal for an airing up and publishes it.
func (d *Desk) MakeGood(ctx context.Context, missed scheduler.AiringID, by string) (scheduler.Selection, error) {
	if by == "" {
		return scheduler.Selection{}, scheduler.Invalid(fmt.Errorf("make good: %w", errNoName))
	}
	all, err := d.MakeGoods(ctx)
	if err != nil {
		return scheduler.Selection{}, err
	}
	i := slices.IndexFunc(all, func(m scheduler.MakeGood) bool { return m.Missed.ID == missed })
	if i < 0 {
		return scheduler.Selection{}, fmt.Errorf("make airing %s good: %w: it was not missed, or its topic is no longer owed", missed, scheduler.ErrNotFound)
	}
	s, err := d.takeUp(ctx, all[i], by)
	if err != nil {
		return s, err
	}
	_, err = d.Publish(ctx, by)
	return s, err
}

// takeUp keeps a proposal as a playlist of its station.
func (d *Desk) takeUp(ctx context.Context, m scheduler.MakeGood, by string) (scheduler.Selection, error) {
	switch {
	case m.Selection != "":
		return scheduler.Selection{}, fmt.Errorf("make airing %s good: %w: %s is doing so already", m.Missed.ID, scheduler.ErrConflict, m.By)
	case m.Programme == "":
		return scheduler.Selection{}, fmt.Errorf("make airing %s good: %w: no window has room for it until %s (%s)", m.Missed.ID, scheduler.ErrConflict, m.Deadline, m.Why)
	}
	done, err := d.PutSelection(ctx, scheduler.Selection{
		Title:      m.Missed.Title,
		Station:    m.Missed.Station,
		Programme:  m.Programme,
		Timing:     scheduler.Once(m.At),
		Recordings: []scheduler.RecordingID{m.Recording},
		MakesGood:  m.Missed.ID,
		By:         by,
	})
	return done.Selection, err
}

// MakeAllGood takes up every proposal there is, and publishes if there was any.
func (d *Desk) MakeAllGood(ctx context.Context) error {
	all, err := d.MakeGoods(ctx)
	if err != nil {
		return err
	}
	taken := 0
	for _, m := range all {
		if m.Selection != "" || m.Programme == "" {
			continue
		}
		what := scheduler.AuditEntry{Action: "make-good", Object: string(m.Missed.ID)}
		err := d.auditOwn(ctx, what, func() error {
			_, err := d.takeUp(ctx, m, ByPolicy)
			return err
		})
		if err != nil {
			return err
		}
		taken++
	}
	if taken == 0 {
		return nil
	}
	return d.auditOwn(ctx, scheduler.AuditEntry{Action: "publish"}, func() error {
		_, err := d.Publish(ctx, ByPolicy)
		return err
	})
}

// makeGoodEvery is how often misses are looked for that are made good by policy.
const makeGoodEvery = 5 * time.Minute

// makeGood takes up every proposal to make a missed airing good.
func (m *Centre) makeGood(ctx context.Context) error {
	ticker := time.NewTicker(makeGoodEvery)
	defer ticker.Stop()
	for {
		if err := m.desk.MakeAllGood(ctx); err != nil && ctx.Err() == nil {
			m.log.Error("make missed airings good", "err", err)
		}
		select {
		case <-ctx.Done():
			return nil
		case <-ticker.C:
		}
	}
}
