package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"loaphuong/scheduler"
)

// Snapshot copies the database, as it is at one instant, into a new file at
// path that its owner alone can read and that [Open] opens. Reading and writing
// go on meanwhile. A file that is there already is [scheduler.ErrConflict].
//
// A file at path is whole and on disk: until it is, it has a name that ends in
// ".part", which only a killed process leaves behind.
func (s *Store) Snapshot(ctx context.Context, path string) error {
	if err := s.snapshot(ctx, path); err != nil {
		return fmt.Errorf("snapshot of the store into %s: %w", path, err)
	}
	return nil
}

func (s *Store) snapshot(ctx context.Context, path string) error {
	path, err := filepath.Abs(path) // SQLite takes some relative names for addresses
	if err != nil {
		return err
	}
	switch _, err := os.Lstat(path); {
	case err == nil:
		return fmt.Errorf("%w: there is such a file already: name a new one", scheduler.ErrConflict)
	case !errors.Is(err, fs.ErrNotExist):
		return err
	}
	part, err := os.CreateTemp(filepath.Dir(path), filepath.Base(path)+".*.part")
	if err != nil {
		return err
	}
	defer os.Remove(part.Name()) // does nothing once it is renamed
	if err = s.copyInto(ctx, part.Name()); err == nil {
		err = part.Sync()
	}
	if err = errors.Join(err, part.Close()); err != nil {
		return err
	}
	if err := os.Rename(part.Name(), path); err != nil {
		return err
	}
	return syncDir(filepath.Dir(path))
}

// syncDir forces the names in a folder to the disk.
func syncDir(path string) error {
	dir, err := os.Open(path)
	if err != nil {
		return err
	}
	return errors.Join(dir.Sync(), dir.Close())
}

// copyInto writes the database into an empty file. It has a connection of its
// own: a reader may not write, and the writer would
// hold up the changes of others.
func (s *Store) copyInto(ctx context.Context, path string) error {
	var db *sql.DB
	if err := s.connect(&db, s.path, 1, busy); err != nil {
		return err
	}
	_, err := db.ExecContext(ctx, `VACUUM INTO $1`, path)
	return errors.Join(err, db.Close())
}
