package store

import (
	"context"
	"fmt"

	"loaphuong/scheduler"
)

// PutRecall adds a recall or changes it, as when it is lifted.
func (s *Store) PutRecall(ctx context.Context, r scheduler.Recall) error {
	return s.exec(ctx, fmt.Sprintf("put recall %s", r.ID), `INSERT INTO recalls (id, at, body) VALUES ($1, $2, $3)
		ON CONFLICT (id) DO UPDATE SET at = excluded.at, body = excluded.body`, r.ID, millis(r.At), toBody(r))
}

// Recall finds one recall.
func (s *Store) Recall(ctx context.Context, id scheduler.RecallID) (scheduler.Recall, error) {
	return one(ctx, s.reader, fmt.Sprintf("recall %s", id), body[scheduler.Recall],
		`SELECT body FROM recalls WHERE id = $1`, id)
}

// Recalls lists the recalls, the newest first, those that were lifted too.
func (s *Store) Recalls(ctx context.Context) ([]scheduler.Recall, error) {
	return listing(ctx, s, "list recalls", body[scheduler.Recall], `SELECT body FROM recalls ORDER BY at DESC, id`)
}
