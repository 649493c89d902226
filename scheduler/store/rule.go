package store

import (
	"context"
	"fmt"

	"loaphuong/scheduler"
)

// PutRule adds a rule or changes it. Its area must be there: otherwise the
// error is [scheduler.ErrNotFound].
func (s *Store) PutRule(ctx context.Context, r scheduler.Rule) error {
	return s.exec(ctx, fmt.Sprintf("put rule %s of area %q", r.ID, r.Area),
		`INSERT INTO rules (id, area, body) VALUES ($1, $2, $3)
		ON CONFLICT (id) DO UPDATE SET area = excluded.area, body = excluded.body`, r.ID, r.Area, toBody(r))
}

// Rules lists the rules of every area by ID, those that are over too.
func (s *Store) Rules(ctx context.Context) ([]scheduler.Rule, error) {
	return listing(ctx, s, "list rules", body[scheduler.Rule], `SELECT body FROM rules ORDER BY id`)
}

// DeleteRule removes a rule. What was published under it stays.
func (s *Store) DeleteRule(ctx context.Context, id scheduler.RuleID) error {
	return s.remove(ctx, fmt.Sprintf("delete rule %s", id), `DELETE FROM rules WHERE id = $1`, id)
}
