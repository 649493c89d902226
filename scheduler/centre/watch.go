package centre

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"maps"
	"slices"
	"time"

	"loaphuong/scheduler"
	"loaphuong/scheduler/store"
)

// Checkpoints at which a red list is announced, before a window begins.
const (
	firstCheck = time.Hour
	lastCheck  = 10 * time.Minute
)

const (
	// lookEvery is how often the watch looks: how late a notice may be.
	lookEvery = 30 * time.Second
	// tardy is from when on a notice says that it is late.
	tardy = 5 * time.Minute
)

// Watch announces which stations will not air what they owe, in time to call
// them, and each thing once, whatever restarts in between.
type Watch struct {
	Store    *store.Store
	Channels []scheduler.ChannelID // that are to take what is announced
	Changed  func()                // called after every look: with time alone, readiness changes
	Log      *slog.Logger
}

// Run watches until ctx ends. At first it waits for as long as the word of a
// station holds: until then a centre that was down has heard from nobody.
func (w *Watch) Run(ctx context.Context) error {
	wait := time.NewTimer(scheduler.StatePatience)
	defer wait.Stop()
	for {
		select {
		case <-ctx.Done():
			return nil
		case <-wait.C:
		}
		if err := w.look(ctx, time.Now()); err != nil && ctx.Err() == nil {
			w.Log.Error("look who is ready", "err", err)
		}
		w.Changed()
		wait.Reset(lookEvery)
	}
}

// look announces what is due at an instant.
func (w *Watch) look(ctx context.Context, now time.Time) error {
	s, err := look(ctx, w.Store, now, firstCheck)
	if err != nil {
		return err
	}
	names, err := w.names(ctx)
	if err != nil {
		return err
	}
	ahead := map[window][]scheduler.Readiness{}
	for _, at := range s.windows {
		if at.Start.After(now) {
			key := window{at.Programme, at.Start}
			ahead[key] = append(ahead[key], at.Judge(s.reports[at.Station], now))
		}
	}
	var errs []error
	for _, key := range slices.SortedFunc(maps.Keys(ahead), func(a, b window) int { return a.at.Compare(b.at) }) {
		errs = append(errs, w.check(ctx, key, names[key.programme], ahead[key], now))
	}
	return errors.Join(append(errs, w.gone(ctx, s, now))...)
}

func (w *Watch) names(ctx context.Context) (map[scheduler.ProgrammeID]string, error) {
	programmes, err := w.Store.Programmes(ctx)
	names := make(map[scheduler.ProgrammeID]string, len(programmes))
	for _, p := range programmes {
		names[p.ID] = p.Name
	}
	return names, err
}

// check announces the checkpoint of a window that has come. One that was slept
// through is made up for, unless the next has come too: that says as much.
func (w *Watch) check(ctx context.Context, at window, name string, all []scheduler.Readiness, now time.Time) error {
	due := firstCheck
	if at.at.Sub(now) <= lastCheck {
		due = lastCheck
	}
	key := func(what string) string { return fmt.Sprintf("%s/%s/%d", what, at.programme, at.at.UnixMilli()) }
	checked, wasRed := key("ahead/"+due.String()), key("red")
	red := scheduler.RedList(all)
	keys := []string{checked, wasRed}
	for _, r := range red {
		if r.Gone() {
			keys = append(keys, goneKey(r.Station, r.Start))
		}
	}
	held, err := w.Store.Announced(ctx, keys)
	if err != nil || held[checked] {
		return err
	}
	n := &scheduler.Notice{Kind: scheduler.NoticeRed, At: now, Programme: at.programme, Name: name, Start: at.at,
		Ahead: due, Late: now.Sub(at.at.Add(-due)) >= tardy, Owing: len(all), Red: red}
	switch {
	case len(red) > 0:
		keys = slices.DeleteFunc(keys, func(k string) bool { return held[k] })
	case due == lastCheck && held[wasRed]:
		n.Kind, keys = scheduler.NoticeWell, []string{checked}
	default:
		n, keys = nil, []string{checked}
	}
	return w.Store.Announce(ctx, keys, n, w.Channels, now)
}

func goneKey(station scheduler.StationID, start time.Time) string {
	return fmt.Sprintf("gone/%s/%d", station, start.UnixMilli())
}

// gone announces together the stations that are gone while on air or due within
// the hour, each once for a window, and not those that a red list has named.
func (w *Watch) gone(ctx context.Context, s sight, now time.Time) error {
	lost := map[string]scheduler.Readiness{}
	for _, at := range s.windows {
		if r := at.Judge(s.reports[at.Station], now); r.Gone() {
			lost[goneKey(at.Station, at.Start)] = r
		}
	}
	held, err := w.Store.Announced(ctx, slices.Collect(maps.Keys(lost)))
	if err != nil {
		return err
	}
	maps.DeleteFunc(lost, func(key string, _ scheduler.Readiness) bool { return held[key] })
	if len(lost) == 0 {
		return nil
	}
	n := scheduler.Notice{Kind: scheduler.NoticeGone, At: now}
	keys := slices.Sorted(maps.Keys(lost))
	for _, key := range keys {
		n.Red = append(n.Red, lost[key])
	}
	return w.Store.Announce(ctx, keys, &n, w.Channels, now)
}
