package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"loaphuong/scheduler"
)

// CodeResult is what came of taking an enrolment code.
type CodeResult struct {
	Station scheduler.StationID
	Taken   bool      // the code was good, and is used up now
	Used    time.Time // where not taken: when it was taken before; zero if it never was
	Expires time.Time
}

// PutCode keeps the hash of an enrolment code for a station. The same hash
// again is [scheduler.ErrConflict].
func (s *Store) PutCode(ctx context.Context, hash string, station scheduler.StationID, expires time.Time) error {
	return s.write(ctx, fmt.Sprintf("put enrolment code for %s", station), func(tx *sql.Tx) error {
		done, err := tx.ExecContext(ctx, `INSERT INTO codes (hash, station, expires) VALUES ($1, $2, $3)
			ON CONFLICT DO NOTHING`, hash, station, millis(expires))
		return changedOr(scheduler.ErrConflict, done, err)
	})
}

// TakeCode uses an enrolment code up. Of any number that try at once, one gets
// it. A code that is used or expired is not an error but a result that is not
// Taken; a code that never was is [scheduler.ErrNotFound].
func (s *Store) TakeCode(ctx context.Context, hash string, now time.Time) (CodeResult, error) {
	var taken CodeResult
	err := s.write(ctx, "take enrolment code", func(tx *sql.Tx) (err error) {
		taken, err = one(ctx, tx, "good code", readCode, `UPDATE codes SET used = $2
			WHERE hash = $1 AND used = 0 AND expires > $2 RETURNING station, 0, expires`, hash, millis(now))
		taken.Taken = err == nil
		if errors.Is(err, scheduler.ErrNotFound) {
			taken, err = one(ctx, tx, "code", readCode, `SELECT station, used, expires FROM codes WHERE hash = $1`, hash)
		}
		return err
	})
	if err != nil {
		return CodeResult{}, err
	}
	return taken, nil
}

func readCode(row scanner) (c CodeResult, err error) {
	var used, expires int64
	err = row.Scan(&c.Station, &used, &expires)
	c.Used, c.Expires = instant(used), instant(expires)
	return c, err
}

// changedOr is the error of a statement, or otherwise where it changed nothing.
func changedOr(otherwise error, done sql.Result, err error) error {
	if err != nil {
		return err
	}
	if n, err := done.RowsAffected(); err != nil || n > 0 {
		return err
	}
	return otherwise
}
