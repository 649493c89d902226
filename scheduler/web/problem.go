package web

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"loaphuong/scheduler"
)

// kinds is the one table of what a kind of error is over HTTP. Both ends read
// it: the server from left to right, the client from right to left.
var kinds = [...]struct {
	kind   error
	status int
}{
	{scheduler.ErrNotFound, http.StatusNotFound},
	{scheduler.ErrInvalid, http.StatusUnprocessableEntity},
	{scheduler.ErrConflict, http.StatusConflict},
}

// statusOf is the status of an error, and false where it is none that the caller
// can do something about.
func statusOf(err error) (int, bool) {
	var own huma.StatusError
	if errors.As(err, &own) {
		return own.GetStatus(), true
	}
	for _, k := range kinds {
		if errors.Is(err, k.kind) {
			return k.status, true
		}
	}
	return http.StatusInternalServerError, false
}

// kindOf is the kind of error that a status stands for, or nil.
func kindOf(status int) error {
	for _, k := range kinds {
		if k.status == status {
			return k.kind
		}
	}
	if status >= 400 && status < 500 && status != http.StatusUnauthorized {
		return scheduler.ErrInvalid
	}
	return nil
}

// tell turns an error into what the caller is told: its own words where they
// help, and otherwise the number under which they were logged.
func (s *server) tell(ctx context.Context, doing string, err error) (status int, words string) {
	status, helps := statusOf(err)
	if helps {
		return status, err.Error()
	}
	if ctx.Err() != nil {
		return http.StatusServiceUnavailable, "the request was given up"
	}
	id := rand.Text()[:8]
	s.opts.Log.Error("request failed", "id", id, "doing", doing, "err", err)
	return status, "the centre could not do this; its log says why under " + id
}

// writeProblem answers with RFC 9457 problem details.
func writeProblem(w http.ResponseWriter, status int, words string) {
	w.Header().Set("Content-Type", "application/problem+json")
	w.WriteHeader(status)
	json.NewEncoder(w).Encode(huma.ErrorModel{Title: http.StatusText(status), Status: status, Detail: words})
}
