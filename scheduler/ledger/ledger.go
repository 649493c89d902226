package ledger

import (
	"context"
	"fmt"
	"slices"
	"time"

	"loaphuong/devices"
	"loaphuong/scheduler"
)

// facts is what stations owe and say.
type facts interface {
	Watermarks(ctx context.Context) ([]scheduler.Watermark, error)
	States(ctx context.Context) ([]devices.State, error)
	Airings(ctx context.Context, f scheduler.AiringFilter) ([]scheduler.AiringFacts, error)
	Recalls(ctx context.Context) ([]scheduler.Recall, error)
}

// places is where the stations stand.
type places interface {
	Areas(ctx context.Context) ([]scheduler.Area, error)
	Stations(ctx context.Context, areas ...scheduler.AreaID) ([]scheduler.Station, error)
}

// letters is what the airings are owed to.
type letters interface {
	Directives(ctx context.Context) ([]scheduler.Directive, error)
}

// source is all of it: a store.
type source interface {
	facts
	places
	letters
}

// Ledger answers questions about airings. It keeps nothing between two
// questions and may be asked from any goroutine.
type Ledger struct{ source source }

// New makes a ledger over what it reads from.
func New(s source) *Ledger { return &Ledger{s} }

// Airings judges the airings that the query chooses, by start, without those that
// were planned otherwise before anything of them was heard. An area or a
// station that is not there is [scheduler.ErrNotFound], a period that ends
// before it begins [scheduler.ErrInvalid].
func (l *Ledger) Airings(ctx context.Context, q scheduler.AirtimeQuery, now time.Time) ([]scheduler.JudgedAiring, error) {
	where, err := l.survey(ctx)
	if err != nil {
		return nil, fmt.Errorf("list airings: %w", err)
	}
	judged, err := l.judge(ctx, q, where, now)
	if err != nil {
		return nil, fmt.Errorf("list airings: %w", err)
	}
	return judged, nil
}

// judge reads the watermarks before the airings: one that was read afterwards
// could vouch for an airing whose word came in between, and make it missed.
func (l *Ledger) judge(ctx context.Context, q scheduler.AirtimeQuery, where survey, now time.Time) ([]scheduler.JudgedAiring, error) {
	filter, err := where.filter(q)
	if err != nil {
		return nil, err
	}
	recalls, err := l.source.Recalls(ctx)
	if err != nil {
		return nil, err
	}
	marks, err := l.marks(ctx)
	if err != nil {
		return nil, err
	}
	states, err := l.states(ctx)
	if err != nil {
		return nil, err
	}
	airings, err := l.source.Airings(ctx, filter)
	if err != nil {
		return nil, err
	}
	judged := make([]scheduler.JudgedAiring, 0, len(airings))
	for _, f := range airings {
		state, why := Judge(f, marks[f.Station], states[f.Station], now)
		if state != scheduler.Recalled || recalled(f, recalls) {
			judged = append(judged, scheduler.JudgedAiring{AiringFacts: f, State: state, Why: why})
		}
	}
	return judged, nil
}

// recalled reports whether a person has recalled an airing that was withdrawn.
// One that a later publication has merely planned otherwise was never owed, and
// what stands in its place is.
func recalled(f scheduler.AiringFacts, recalls []scheduler.Recall) bool {
	return slices.ContainsFunc(recalls, func(r scheduler.Recall) bool { return r.Took(f.Airing) })
}

func (l *Ledger) marks(ctx context.Context) (map[scheduler.StationID][]scheduler.Watermark, error) {
	all, err := l.source.Watermarks(ctx)
	marks := map[scheduler.StationID][]scheduler.Watermark{}
	for _, m := range all {
		marks[m.Station] = append(marks[m.Station], m)
	}
	return marks, err
}

func (l *Ledger) states(ctx context.Context) (map[scheduler.StationID]*devices.State, error) {
	all, err := l.source.States(ctx)
	states := make(map[scheduler.StationID]*devices.State, len(all))
	for i := range all {
		states[all[i].Station] = &all[i]
	}
	return states, err
}
