package store

import (
	"context"
	"database/sql"

	"loaphuong/scheduler"
)

// ObligationFilter chooses obligations; a zero field chooses all.
type ObligationFilter struct {
	Directive scheduler.DirectiveID
	Areas     []scheduler.AreaID
}

// PutObligations adds obligations or changes them, all or none. Their
// directives and areas must be there: otherwise the error is [scheduler.ErrNotFound].
func (s *Store) PutObligations(ctx context.Context, all []scheduler.Obligation) error {
	return s.write(ctx, "put obligations", func(tx *sql.Tx) error {
		return putObligations(ctx, tx, all, `ON CONFLICT (id) DO UPDATE SET directive = excluded.directive, topic = excluded.topic,
			area = excluded.area, body = excluded.body`)
	})
}

// putObligations adds obligations; held says what becomes of those that are held.
func putObligations(ctx context.Context, tx *sql.Tx, all []scheduler.Obligation, held string) error {
	rows := make([][]any, len(all))
	for i, o := range all {
		rows[i] = []any{o.ID, o.Directive, o.Topic, o.Area, toBody(o)}
	}
	return insert(ctx, tx, "obligations", "id, directive, topic, area, body", held, rows)
}

// Obligations lists obligations by directive, topic and area.
func (s *Store) Obligations(ctx context.Context, f ObligationFilter) ([]scheduler.Obligation, error) {
	var w where
	if f.Directive != "" {
		w.is("directive =", f.Directive)
	}
	if len(f.Areas) > 0 {
		among(&w, "area", f.Areas)
	}
	return listing(ctx, s, "list obligations", body[scheduler.Obligation],
		`SELECT body FROM obligations`+w.String()+` ORDER BY directive, topic, area`, w.args...)
}
