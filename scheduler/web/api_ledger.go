package web

import (
	"context"
	"fmt"
	"net/http"
	"time"

	"loaphuong/scheduler"
)

type airtimeInput struct {
	From      string                `query:"from" doc:"an instant (RFC 3339), or a day in the centre's zone" example:"2026-03-01"`
	Until     string                `query:"until" doc:"exclusive, as from"`
	Area      scheduler.AreaID      `query:"area" doc:"and the areas below it"`
	Directive scheduler.DirectiveID `query:"directive"`
	Station   scheduler.StationID   `query:"station"`
}

func (a *api) ledger() {
	add(a, op(http.MethodGet, "/v1/airtime", "airtime", "The ledger summed up by letter, topic and station"),
		func(ctx context.Context, in *airtimeInput) (*reply[scheduler.AirtimeReport], error) {
			q, err := in.query(a.opts.Zone)
			if err != nil {
				return nil, err
			}
			report, err := a.desk.Airtime(ctx, q)
			if report.Rows == nil {
				report.Rows = []scheduler.AirtimeRow{}
			}
			return answer(report, err)
		})
	add(a, op(http.MethodGet, "/v1/airings", "list-airings", "List airings and where each stands"),
		func(ctx context.Context, in *airtimeInput) (*reply[[]scheduler.JudgedAiring], error) {
			q, err := in.query(a.opts.Zone)
			if err != nil {
				return nil, err
			}
			return list(a.desk.Airings(ctx, q))
		})
	add(a, op(http.MethodGet, "/v1/logs", "verify-logs", "Look at every line held once more: gaps, broken chains, lines altered since they were taken in"),
		func(ctx context.Context, in *logsInput) (*reply[[]scheduler.LogVerdict], error) {
			return list(a.desk.VerifyLogs(ctx, in.Station))
		})
	a.events()
}

type logsInput struct {
	Station scheduler.StationID `query:"station" doc:"all when empty"`
}

func (in *airtimeInput) query(zone *time.Location) (scheduler.AirtimeQuery, error) {
	q := scheduler.AirtimeQuery{Area: in.Area, Directive: in.Directive, Station: in.Station}
	var err error
	if q.From, err = parseInstant("from", in.From, zone); err != nil {
		return q, err
	}
	q.Until, err = parseInstant("until", in.Until, zone)
	return q, err
}

// parseInstant reads an instant, or a day as its first instant; "" is no bound.
func parseInstant(name, s string, zone *time.Location) (time.Time, error) {
	if s == "" {
		return time.Time{}, nil
	}
	if t, err := time.Parse(time.RFC3339Nano, s); err == nil {
		return t, nil
	}
	d, err := scheduler.ParseDate(s)
	if err != nil || !d.Complete() {
		return time.Time{}, scheduler.Invalid(fmt.Errorf("%s %q: give a day such as 2026-03-01 or an instant such as 2026-03-01T05:00:00Z", name, s))
	}
	return d.Start(zone), nil
}
