package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"time"

	"loaphuong/scheduler"
)

// Announced tells which of the keys have been announced.
func (s *Store) Announced(ctx context.Context, keys []string) (map[string]bool, error) {
	all := make(map[string]bool, len(keys))
	if len(keys) == 0 {
		return all, nil
	}
	var w where
	among(&w, "key", keys)
	held, err := listing(ctx, s, "list what was announced", value[string], `SELECT key FROM announced`+w.String(), w.args...)
	for _, key := range held {
		all[key] = true
	}
	return all, err
}

// Announce notes keys as announced at an instant, and keeps the notice, unless
// it is nil, until each of the channels has taken it: all of it or nothing. Where
// one of the keys has been announced before, the error is [scheduler.ErrConflict].
func (s *Store) Announce(ctx context.Context, keys []string, n *scheduler.Notice, channels []scheduler.ChannelID, now time.Time) error {
	return s.write(ctx, "announce", func(tx *sql.Tx) error {
		for _, key := range keys {
			done, err := tx.ExecContext(ctx, `INSERT INTO announced (key, at) VALUES ($1, $2) ON CONFLICT DO NOTHING`, key, millis(now))
			if err := changedOr(scheduler.ErrConflict, done, err); err != nil {
				return fmt.Errorf("%s: %w", key, err)
			}
		}
		if n == nil {
			return nil
		}
		return putNotice(ctx, tx, *n, channels, now)
	})
}

func putNotice(ctx context.Context, tx *sql.Tx, n scheduler.Notice, channels []scheduler.ChannelID, now time.Time) error {
	id, err := one(ctx, tx, "next notice", value[scheduler.NoticeID], `SELECT COALESCE(MAX(id), 0) + 1 FROM notices`)
	if err != nil {
		return err
	}
	if _, err := tx.ExecContext(ctx, `INSERT INTO notices (id, kind, at, body) VALUES ($1, $2, $3, $4)`, id, n.Kind, millis(now), toBody(n)); err != nil {
		return err
	}
	rows := make([][]any, len(channels))
	for i, c := range channels {
		rows[i] = []any{id, c, millis(now)}
	}
	return insert(ctx, tx, "deliveries", "notice, channel, due", "", rows)
}

// Notices lists the notices written since an instant, the oldest first.
func (s *Store) Notices(ctx context.Context, since time.Time) ([]scheduler.Notice, error) {
	return listing(ctx, s, "list notices", body[scheduler.Notice], `SELECT body FROM notices WHERE at >= $1 ORDER BY id`, millis(since))
}

// DueDeliveries lists what is to be delivered now, the oldest notice first, at
// most a hundred at a time.
func (s *Store) DueDeliveries(ctx context.Context, now time.Time) ([]scheduler.Delivery, error) {
	return listing(ctx, s, "list notices to deliver", readDelivery, `SELECT d.notice, d.channel, d.tries, n.body
		FROM deliveries d JOIN notices n ON n.id = d.notice WHERE d.done = 0 AND d.due <= $1 ORDER BY d.notice, d.channel LIMIT 100`, millis(now))
}

func readDelivery(row scanner) (d scheduler.Delivery, err error) {
	var body string
	if err = row.Scan(&d.Notice, &d.Channel, &d.Tries, &body); err == nil {
		err = json.Unmarshal([]byte(body), &d.Body)
	}
	return d, err
}

// Delivered notes that a channel has taken a notice.
func (s *Store) Delivered(ctx context.Context, d scheduler.Delivery, now time.Time) error {
	return s.note(ctx, d, `SET done = $3, tries = tries + 1, trouble = ''`, millis(now))
}

// Undelivered notes why a channel has not taken a notice, to be tried again at
// an instant; the zero instant gives it up.
func (s *Store) Undelivered(ctx context.Context, d scheduler.Delivery, trouble string, again, now time.Time) error {
	if again.IsZero() {
		return s.note(ctx, d, `SET done = $3, tries = tries + 1, given_up = TRUE, trouble = $4`, millis(now), trouble)
	}
	return s.note(ctx, d, `SET due = $3, tries = tries + 1, trouble = $4`, millis(again), trouble)
}

// note changes the row of a delivery that is still open.
func (s *Store) note(ctx context.Context, d scheduler.Delivery, set string, args ...any) error {
	what := fmt.Sprintf("note delivery of notice %d by %s", d.Notice, d.Channel)
	return s.write(ctx, what, func(tx *sql.Tx) error {
		done, err := tx.ExecContext(ctx, `UPDATE deliveries `+set+` WHERE notice = $1 AND channel = $2 AND done = 0`, append([]any{d.Notice, d.Channel}, args...)...)
		return changedOr(scheduler.ErrNotFound, done, err)
	})
}
