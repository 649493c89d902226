package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"loaphuong/scheduler"
)

// PutDirective keeps a letter and the text it was read from, and reports
// whether it is new. A letter that is held already is left as it is.
func (s *Store) PutDirective(ctx context.Context, d scheduler.Directive, text string) (bool, error) {
	fresh := true
	err := s.write(ctx, fmt.Sprintf("put directive %s", d.ID), func(tx *sql.Tx) error {
		done, err := tx.ExecContext(ctx, `INSERT INTO directives (id, dated, body, letter) VALUES ($1, $2, $3, $4)
			ON CONFLICT (id) DO NOTHING`, d.ID, d.Date.String(), toBody(d), text)
		err = changedOr(scheduler.ErrConflict, done, err)
		if errors.Is(err, scheduler.ErrConflict) {
			fresh, err = false, nil
		}
		return err
	})
	return fresh && err == nil, err
}

// Directive finds one letter.
func (s *Store) Directive(ctx context.Context, id scheduler.DirectiveID) (scheduler.Directive, error) {
	return one(ctx, s.reader, fmt.Sprintf("directive %s", id), body[scheduler.Directive],
		`SELECT body FROM directives WHERE id = $1`, id)
}

// DirectiveText is the text that a letter was read from.
func (s *Store) DirectiveText(ctx context.Context, id scheduler.DirectiveID) (string, error) {
	return one(ctx, s.reader, fmt.Sprintf("text of directive %s", id), value[string],
		`SELECT letter FROM directives WHERE id = $1`, id)
}

// Directives lists the letters by their dates, the newest first, and of one
// date the last to arrive first. Those without a date come last.
func (s *Store) Directives(ctx context.Context) ([]scheduler.Directive, error) {
	return listing(ctx, s, "list directives", body[scheduler.Directive],
		`SELECT body FROM directives ORDER BY dated DESC, seq DESC`)
}
