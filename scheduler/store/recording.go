package store

import (
	"context"
	"fmt"

	"loaphuong/scheduler"
)

// RecordingFilter chooses recordings; a zero field chooses all.
type RecordingFilter struct {
	Directive scheduler.DirectiveID
	Approved  bool // only those whose present audio is approved
}

// PutRecording adds a recording or changes it. Its directive, where it has one,
// must be there: otherwise the error is [scheduler.ErrNotFound].
func (s *Store) PutRecording(ctx context.Context, r scheduler.Recording) error {
	return s.exec(ctx, fmt.Sprintf("put recording %s of directive %q", r.ID, r.Directive),
		`INSERT INTO recordings (id, directive, topic, approved, created, body) VALUES ($1, $2, $3, $4, $5, $6)
		ON CONFLICT (id) DO UPDATE SET directive = excluded.directive, topic = excluded.topic,
			approved = excluded.approved, created = excluded.created, body = excluded.body`,
		r.ID, orNull(r.Directive), r.Topic, r.Approved(), millis(r.Created), toBody(r))
}

// Recording finds one recording.
func (s *Store) Recording(ctx context.Context, id scheduler.RecordingID) (scheduler.Recording, error) {
	return one(ctx, s.reader, fmt.Sprintf("recording %s", id), body[scheduler.Recording],
		`SELECT body FROM recordings WHERE id = $1`, id)
}

// Recordings lists recordings, the newest first.
func (s *Store) Recordings(ctx context.Context, f RecordingFilter) ([]scheduler.Recording, error) {
	var w where
	if f.Directive != "" {
		w.is("directive =", f.Directive)
	}
	if f.Approved {
		w.is("approved =", true)
	}
	return listing(ctx, s, "list recordings", body[scheduler.Recording],
		`SELECT body FROM recordings`+w.String()+` ORDER BY created DESC, id`, w.args...)
}
