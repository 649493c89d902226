package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"

	"loaphuong/scheduler"
)

// ConfirmDirective writes a person's word under an edition of a letter and adds
// the obligations that follow, all or nothing. An obligation that is held
// already stays as it is. On a letter that is confirmed already, of whatever
// edition, it only adds obligations, and the first person's word stays.
//
// Where an unconfirmed letter is held in another edition the error is
// [scheduler.ErrConflict]; a letter or an area that is not there is
// [scheduler.ErrNotFound].
func (s *Store) ConfirmDirective(ctx context.Context, id scheduler.DirectiveID, edition int, c scheduler.Confirmation, owed []scheduler.Obligation) error {
	what := fmt.Sprintf("confirm directive %s", id)
	if err := checkConfirmation(id, c, owed); err != nil {
		return scheduler.Invalid(fmt.Errorf("%s: %w", what, err))
	}
	return s.write(ctx, what, func(tx *sql.Tx) error {
		held, err := takeReading(ctx, tx, id)
		if err == nil && !held.confirmed {
			if err = held.openAs(edition); err == nil {
				c.At = c.At.UTC()
				err = setConfirmed(ctx, tx, id, c)
			}
		}
		if err != nil {
			return err
		}
		return putObligations(ctx, tx, owed, `ON CONFLICT (id) DO NOTHING`)
	})
}

func checkConfirmation(id scheduler.DirectiveID, c scheduler.Confirmation, owed []scheduler.Obligation) error {
	if c.By == "" {
		return errors.New("name the person who confirms it")
	}
	for _, o := range owed {
		if o.Directive != id {
			return fmt.Errorf("obligation %s is of directive %s: confirm each letter by itself", o.ID, o.Directive)
		}
	}
	return nil
}

// setConfirmed writes a confirmation, or the zero one, into a reading.
func setConfirmed(ctx context.Context, tx *sql.Tx, id scheduler.DirectiveID, c scheduler.Confirmation) error {
	d, err := one(ctx, tx, "its reading", body[scheduler.Directive], `SELECT body FROM directives WHERE id = $1`, id)
	if err != nil {
		return err
	}
	d.Confirmed = c
	_, err = tx.ExecContext(ctx, `UPDATE directives SET confirmed = $2, body = $3 WHERE id = $1`, id, d.IsConfirmed(), toBody(d))
	return err
}

// ReopenDirective takes a letter's confirmation and its obligations away, so
// that its reading can be corrected. On a letter that is not confirmed it
// changes nothing. Once recordings are made for it, it stays confirmed and the
// error is [scheduler.ErrConflict] and names them.
func (s *Store) ReopenDirective(ctx context.Context, id scheduler.DirectiveID) error {
	return s.write(ctx, fmt.Sprintf("reopen directive %s", id), func(tx *sql.Tx) error {
		held, err := takeReading(ctx, tx, id)
		if err != nil || !held.confirmed {
			return err
		}
		if err := wantNoRecordings(ctx, tx, id); err != nil {
			return err
		}
		if _, err := tx.ExecContext(ctx, `DELETE FROM obligations WHERE directive = $1`, id); err != nil {
			return err
		}
		return setConfirmed(ctx, tx, id, scheduler.Confirmation{})
	})
}

func wantNoRecordings(ctx context.Context, tx *sql.Tx, id scheduler.DirectiveID) error {
	const named = 5
	made, err := list(ctx, tx, body[scheduler.Recording],
		`SELECT body FROM recordings WHERE directive = $1 ORDER BY created, id`, id)
	if err != nil || len(made) == 0 {
		return err
	}
	var titles []string
	for _, r := range made[:min(named, len(made))] {
		titles = append(titles, fmt.Sprintf("%s %q", r.ID, r.Title))
	}
	if more := len(made) - named; more > 0 {
		titles = append(titles, fmt.Sprintf("and %d more", more))
	}
	return fmt.Errorf("%w: recordings are made for it: %s", scheduler.ErrConflict, strings.Join(titles, ", "))
}
