package web

import (
	"context"
	"net/http"

	"loaphuong/scheduler"
)

// PersonForm says who does something.
type PersonForm struct {
	By string `json:"by"`
}

// RecallForm says what is recalled, why and by whom: a recording, or a letter
// with or without one of its topics.
type RecallForm struct {
	Recording scheduler.RecordingID `json:"recording,omitempty"`
	Directive scheduler.DirectiveID `json:"directive,omitempty"`
	Topic     int                   `json:"topic,omitempty" minimum:"0" doc:"the ordinal; the whole letter when 0"`
	Why       string                `json:"why"`
	By        string                `json:"by"`
}

type makeGoodInput struct {
	Airing scheduler.AiringID `path:"airing"`
	Body   PersonForm
}

type recallInput struct {
	Body RecallForm
}

type liftingInput struct {
	ID   scheduler.RecallID `path:"id"`
	Body PersonForm
}

type explanationInput struct {
	ID scheduler.StationID `path:"id"`
	At string              `query:"at" doc:"an instant (RFC 3339), or a day in the centre's zone; now when empty" example:"2026-03-01T05:00:00+07:00"`
}

// decisions are the operations by which a person looks into the plan and
// decides beside it.
func (a *api) decisions() {
	add(a, op(http.MethodGet, "/v1/findings", "lint", "What a person should know before publishing, the worst first"),
		func(ctx context.Context, _ *nothing) (*reply[[]scheduler.Finding], error) {
			return list(a.desk.Lint(ctx))
		})
	add(a, op(http.MethodGet, "/v1/stations/{id}/explanation", "explain", "What a station should play at an instant, why, and what happened"), a.explain)
	add(a, op(http.MethodGet, "/v1/make-goods", "list-make-goods", "List the airings that can still be made good, or are being so"),
		func(ctx context.Context, _ *nothing) (*reply[[]scheduler.MakeGood], error) {
			return list(a.desk.MakeGoods(ctx))
		})
	add(a, op(http.MethodPost, "/v1/make-goods/{airing}", "make-good", "Take the proposal for a missed airing up, and publish it"),
		func(ctx context.Context, in *makeGoodInput) (*reply[scheduler.Selection], error) {
			return answer(a.desk.MakeGood(ctx, in.Airing, in.Body.By))
		})
	add(a, op(http.MethodGet, "/v1/recalls", "list-recalls", "List the recalls, with the stations that have not yet followed"),
		func(ctx context.Context, _ *nothing) (*reply[[]scheduler.RecallStatus], error) {
			return list(a.desk.Recalls(ctx))
		})
	add(a, op(http.MethodPost, "/v1/recalls", "recall", "Take a recording or letter off the air at every station, at once"),
		func(ctx context.Context, in *recallInput) (*reply[scheduler.RecallStatus], error) {
			f := in.Body
			return answer(a.desk.Recall(ctx, scheduler.Recall{Recording: f.Recording, Directive: f.Directive, Topic: f.Topic, Why: f.Why, By: f.By}))
		})
	add(a, op(http.MethodPost, "/v1/recalls/{id}/lifting", "lift-recall", "Let what was recalled be planned again"),
		func(ctx context.Context, in *liftingInput) (*nothing, error) {
			return nil, a.desk.LiftRecall(ctx, in.ID, in.Body.By)
		})
}

func (a *api) explain(ctx context.Context, in *explanationInput) (*reply[scheduler.Explanation], error) {
	at, err := parseInstant("at", in.At, a.opts.Zone)
	if err != nil {
		return nil, err
	}
	if at.IsZero() {
		at = a.opts.Now()
	}
	return answer(a.desk.Explain(ctx, in.ID, at))
}
