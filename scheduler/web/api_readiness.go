package web

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"time"

	"loaphuong/scheduler"
)

// maxWithin is how far ahead readiness is told: what a station holds by then, it
// need not hold yet.
const maxWithin = 24 * time.Hour

type readinessInput struct {
	Within string `query:"within" doc:"how far ahead, at most 24h" default:"60m" example:"90m"`
}

func (a *api) readiness() {
	add(a, op(http.MethodGet, "/v1/readiness", "readiness", "Say which stations will air the programmes to come, and of the others why not"),
		func(ctx context.Context, in *readinessInput) (*reply[[]scheduler.Readiness], error) {
			within, err := time.ParseDuration(in.Within)
			if err != nil || within <= 0 || within > maxWithin {
				return nil, scheduler.Invalid(errors.New("within " + in.Within + ": use a time such as 60m, at most 24h"))
			}
			return list(a.desk.Readiness(ctx, within))
		})
}

// Readiness says who will air the programmes to come.
func (c *Client) Readiness(ctx context.Context, within time.Duration) ([]scheduler.Readiness, error) {
	r := get("/v1/readiness")
	r.query = url.Values{"within": {within.String()}}
	return do[[]scheduler.Readiness](ctx, c, r)
}
