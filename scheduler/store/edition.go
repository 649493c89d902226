package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"time"

	"loaphuong/scheduler"
)

// Edition is one reading of a letter and who made it.
type Edition struct {
	Directive scheduler.Directive `json:"directive"`
	By        string              `json:"by,omitempty"` // "" for the first, which the program read
	At        time.Time           `json:"at,omitzero"`  // when it was made; zero for the first
}

// ReviseDirective keeps d as the next edition of its letter, made by a person,
// who may be "", at an instant; the edition before it stays in [Store.Editions].
// Where the edition held is not the one before d, or is confirmed, nothing is
// changed and the error is [scheduler.ErrConflict] and says which; a letter that
// is not held is [scheduler.ErrNotFound]. A d that is confirmed already is
// [scheduler.ErrInvalid].
func (s *Store) ReviseDirective(ctx context.Context, d scheduler.Directive, by string, at time.Time) error {
	return s.write(ctx, fmt.Sprintf("revise directive %s to edition %d", d.ID, d.Edition), func(tx *sql.Tx) error {
		held, err := takeReading(ctx, tx, d.ID)
		if err == nil {
			err = held.openAs(d.Edition - 1)
		}
		if err == nil && d.IsConfirmed() {
			err = fmt.Errorf("%w: it comes confirmed: confirm it afterwards", scheduler.ErrInvalid)
		}
		if err != nil {
			return err
		}
		if _, err := tx.ExecContext(ctx, `INSERT INTO editions (directive, edition, body, by, at)
			SELECT id, edition, body, revised_by, revised_at FROM directives WHERE id = $1`, d.ID); err != nil {
			return err
		}
		if _, err := tx.ExecContext(ctx, `UPDATE directives SET number = $2, dated = $3, subject = $4, edition = $5, body = $6,
			revised_by = $7, revised_at = $8 WHERE id = $1`,
			d.ID, d.Number, d.Date.String(), d.Subject, d.Edition, toBody(d), by, millis(at)); err != nil {
			return err
		}
		return replacePlaces(ctx, tx, d)
	})
}

// reading is how far a letter has come.
type reading struct {
	edition   int
	confirmed bool
}

// openAs refuses a reading that is confirmed or of another edition.
func (r reading) openAs(edition int) error {
	switch {
	case r.confirmed:
		return fmt.Errorf("%w: it is confirmed: reopen it first", scheduler.ErrConflict)
	case r.edition != edition:
		return fmt.Errorf("%w: somebody else corrected it, and edition %d is held: look again", scheduler.ErrConflict, r.edition)
	}
	return nil
}

// takeReading reads how far a letter has come and, by writing it, keeps others
// from changing it before the transaction ends.
func takeReading(ctx context.Context, tx *sql.Tx, id scheduler.DirectiveID) (reading, error) {
	return one(ctx, tx, "its reading", func(row scanner) (r reading, err error) {
		err = row.Scan(&r.edition, &r.confirmed)
		return r, err
	}, `UPDATE directives SET edition = edition WHERE id = $1 RETURNING edition, confirmed`, id)
}

// Editions lists every edition of a letter, the first first; the last is the one
// that [Store.Directive] finds. A letter that is not held has none.
func (s *Store) Editions(ctx context.Context, id scheduler.DirectiveID) ([]Edition, error) {
	return listing(ctx, s, fmt.Sprintf("list editions of directive %s", id), readEdition,
		`SELECT body, by, at, edition FROM editions WHERE directive = $1
		UNION ALL SELECT body, revised_by, revised_at, edition FROM directives WHERE id = $1 ORDER BY 4`, id)
}

func readEdition(row scanner) (e Edition, err error) {
	var b string
	var at int64
	var number int
	if err = row.Scan(&b, &e.By, &at, &number); err != nil {
		return e, err
	}
	e.At = instant(at)
	return e, json.Unmarshal([]byte(b), &e.Directive)
}
