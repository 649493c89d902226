package store

import (
	"context"
	"database/sql"
	"fmt"

	"loaphuong/scheduler"
)

const selectAreas = `SELECT id, name, COALESCE(parent, '') FROM areas ORDER BY id`

// PutArea adds an area or changes it. An area whose parent is missing, or that
// would become its own ancestor, is refused as [scheduler.ErrInvalid].
func (s *Store) PutArea(ctx context.Context, a scheduler.Area) error {
	if _, err := scheduler.ParseAreaID(string(a.ID)); err != nil {
		return scheduler.Invalid(fmt.Errorf("put area: %w", err))
	}
	return s.write(ctx, fmt.Sprintf("put area %s", a.ID), func(tx *sql.Tx) error {
		held, err := list(ctx, tx, readArea, selectAreas)
		if err != nil {
			return err
		}
		if _, err := scheduler.NewTree(withArea(held, a)); err != nil {
			return scheduler.Invalid(err)
		}
		_, err = tx.ExecContext(ctx, `INSERT INTO areas (id, name, parent) VALUES ($1, $2, $3)
			ON CONFLICT (id) DO UPDATE SET name = excluded.name, parent = excluded.parent`,
			a.ID, a.Name, orNull(a.Parent))
		return err
	})
}

// Areas lists every area, by ID.
func (s *Store) Areas(ctx context.Context) ([]scheduler.Area, error) {
	return listing(ctx, s, "list areas", readArea, selectAreas)
}

func readArea(row scanner) (a scheduler.Area, err error) {
	err = row.Scan(&a.ID, &a.Name, &a.Parent)
	return a, err
}

// withArea is areas with a in the place of the one of its name, or added.
func withArea(areas []scheduler.Area, a scheduler.Area) []scheduler.Area {
	for i := range areas {
		if areas[i].ID == a.ID {
			areas[i] = a
			return areas
		}
	}
	return append(areas, a)
}
