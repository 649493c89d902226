package store

import (
	"context"
	"fmt"

	"loaphuong/scheduler"
)

// PutProgramme adds a programme or changes it. Its area must be there:
// otherwise the error is [scheduler.ErrNotFound].
func (s *Store) PutProgramme(ctx context.Context, p scheduler.Programme) error {
	return s.exec(ctx, fmt.Sprintf("put programme %s of area %q", p.ID, p.Area),
		`INSERT INTO programmes (id, area, body) VALUES ($1, $2, $3)
		ON CONFLICT (id) DO UPDATE SET area = excluded.area, body = excluded.body`, p.ID, p.Area, toBody(p))
}

// Programme finds one programme.
func (s *Store) Programme(ctx context.Context, id scheduler.ProgrammeID) (scheduler.Programme, error) {
	return one(ctx, s.reader, fmt.Sprintf("programme %s", id), body[scheduler.Programme],
		`SELECT body FROM programmes WHERE id = $1`, id)
}

// Programmes lists the programmes by ID.
func (s *Store) Programmes(ctx context.Context) ([]scheduler.Programme, error) {
	return listing(ctx, s, "list programmes", body[scheduler.Programme], `SELECT body FROM programmes ORDER BY id`)
}

// DeleteProgramme removes a programme. What was published from it stays.
func (s *Store) DeleteProgramme(ctx context.Context, id scheduler.ProgrammeID) error {
	return s.remove(ctx, fmt.Sprintf("delete programme %s", id), `DELETE FROM programmes WHERE id = $1`, id)
}
