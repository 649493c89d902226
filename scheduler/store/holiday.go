package store

import (
	"context"
	"fmt"

	"loaphuong/scheduler"
)

// PutHoliday adds a holiday or changes it.
func (s *Store) PutHoliday(ctx context.Context, h scheduler.Holiday) error {
	return s.exec(ctx, fmt.Sprintf("put holiday %s", h.ID),
		`INSERT INTO holidays (id, body) VALUES ($1, $2) ON CONFLICT (id) DO UPDATE SET body = excluded.body`, h.ID, toBody(h))
}

// Holidays lists the holidays by ID, those that are off too. A new database has
// the public holidays of Vietnam.
func (s *Store) Holidays(ctx context.Context) (scheduler.Calendar, error) {
	return listing(ctx, s, "list holidays", body[scheduler.Holiday], `SELECT body FROM holidays ORDER BY id`)
}

// DeleteHoliday removes a holiday. A public one that was deleted does not come back.
func (s *Store) DeleteHoliday(ctx context.Context, id scheduler.HolidayID) error {
	return s.remove(ctx, fmt.Sprintf("delete holiday %s", id), `DELETE FROM holidays WHERE id = $1`, id)
}
