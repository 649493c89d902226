package web

import (
	"context"
	"io"
	"net/http"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"
)

// changeEvent is what followers are sent: that something changed, never what.
// Whoever hears of it looks again, so an event that was lost costs nothing once
// the next one comes, and the stream needs no guarding.
const changeEvent = "event: change\ndata: {}\n\n"

func (a *api) events() {
	o := open(op(http.MethodGet, "/v1/events", "follow", "Server-sent events: change, soon after anything has changed"))
	o.Responses = map[string]*huma.Response{"200": {
		Description: "A stream that ends when the caller goes",
		Content:     map[string]*huma.MediaType{"text/event-stream": {Schema: &huma.Schema{Type: "string"}}},
	}}
	add(a, o, func(ctx context.Context, _ *nothing) (*huma.StreamResponse, error) {
		return &huma.StreamResponse{Body: a.follow}, nil
	})
}

// follow subscribes before it answers, so that a caller who has the headers
// misses nothing from then on.
func (a *api) follow(hc huma.Context) {
	r, w := humago.Unwrap(hc)
	ctx, cancel := context.WithCancel(r.Context())
	defer cancel()
	changes := a.desk.Changes(ctx)
	liftDeadlines(w)
	w.Header().Set("Content-Type", "text/event-stream")
	w.Header().Set("Cache-Control", "no-store")
	alive := time.NewTicker(a.keepAlive)
	defer alive.Stop()
	for words, ok := ": following\n\n", true; ok; words, ok = next(changes, alive.C) {
		if _, err := io.WriteString(w, words); err != nil {
			return
		}
		if err := http.NewResponseController(w).Flush(); err != nil {
			return
		}
	}
}

// next waits for what to send, which is a comment when nothing has changed for a
// while: only by writing is a follower that is gone noticed.
func next(changes <-chan struct{}, alive <-chan time.Time) (words string, ok bool) {
	select {
	case _, ok = <-changes:
		return changeEvent, ok
	case <-alive:
		return ": still here\n\n", true
	}
}
