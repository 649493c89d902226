package store

import (
	"context"
	"database/sql"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"runtime"

	"github.com/pressly/goose/v3"
	"modernc.org/sqlite"
)

//go:embed migrations/sqlite/*.sql
var migrations embed.FS

// Store is an open database. Its methods may be called from any goroutine.
type Store struct {
	path   string
	writer *sql.DB // one connection: writers queue here, not on the file's lock
	reader *sql.DB
}

// busy is how long, in milliseconds, a connection waits for another process
// that has the file locked, such as a backup.
const busy = "busy_timeout(10000)"

// Open opens the database in the file at path, creating it, readable by its
// owner alone, where it does not exist, and brings it to this program's form.
// A file that a newer program has brought further is refused.
func Open(ctx context.Context, path string) (*Store, error) {
	return open(ctx, path, "synchronous(FULL)")
}

// OpenScratch is Open for a copy that is thrown away, such as that of a
// rehearsal: it does not wait for the disk, and nothing survives a power cut.
func OpenScratch(ctx context.Context, path string) (*Store, error) {
	return open(ctx, path, "synchronous(OFF)")
}

func open(ctx context.Context, path, durability string) (*Store, error) {
	if err := create(path); err != nil {
		return nil, fmt.Errorf("open store %s: %w", path, err)
	}
	s := &Store{path: path}
	err := errors.Join(
		s.connect(&s.writer, path, 1, busy, "journal_mode(WAL)", durability, "foreign_keys(1)"),
		s.connect(&s.reader, path, max(4, runtime.NumCPU()), busy, "query_only(1)"),
	)
	if err == nil {
		err = migrate(ctx, s.writer)
	}
	if err == nil {
		err = s.foldAnew(ctx)
	}
	if err != nil {
		return nil, fmt.Errorf("open store %s: %w", path, errors.Join(err, s.Close()))
	}
	return s, nil
}

// Close waits for what is under way and closes the database.
func (s *Store) Close() error {
	var errs []error
	for _, db := range []*sql.DB{s.reader, s.writer} { // the writer last: it folds the log into the file
		if db != nil {
			errs = append(errs, db.Close())
		}
	}
	return errors.Join(errs...)
}

func create(path string) error {
	if path == "" || path == ":memory:" {
		return errors.New("name a file: what is kept only in memory is not kept")
	}
	f, err := os.OpenFile(path, os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return err
	}
	return f.Close()
}

func (s *Store) connect(db **sql.DB, path string, size int, pragmas ...string) error {
	abs, err := filepath.Abs(path)
	if err != nil {
		return err
	}
	options := url.Values{"_pragma": pragmas, "_txlock": {"immediate"}}
	u := url.URL{Scheme: "file", Path: filepath.ToSlash(abs), RawQuery: options.Encode()}
	if *db, err = sql.Open("sqlite", u.String()); err != nil {
		return err
	}
	(*db).SetMaxOpenConns(size)
	(*db).SetMaxIdleConns(size)
	return nil
}

// migrate applies the numbered migrations that the database lacks, each in a
// transaction of its own.
func migrate(ctx context.Context, db *sql.DB) error {
	files, err := fs.Sub(migrations, "migrations/sqlite")
	if err != nil {
		return err
	}
	p, err := goose.NewProvider(goose.DialectSQLite3, db, files, goose.WithDisableGlobalRegistry(true))
	if err != nil {
		return err
	}
	held, known, err := p.GetVersions(ctx)
	if err != nil {
		return fmt.Errorf("read its version: %w", err)
	}
	if held > known {
		return fmt.Errorf("it is of version %d and this program knows only %d: use the newer program", held, known)
	}
	_, err = p.Up(ctx)
	return err
}

// namesUnknown reports whether err is the database's complaint that a row
// refers to one that is not there.
func namesUnknown(err error) bool {
	const foreignKey = 787 // SQLITE_CONSTRAINT_FOREIGNKEY
	var e *sqlite.Error
	return errors.As(err, &e) && e.Code() == foreignKey
}
