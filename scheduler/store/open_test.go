package store_test

import (
	"context"
	"database/sql"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"loaphuong/scheduler"
	"loaphuong/scheduler/store"
)

func TestOpenAgainFindsEverything(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a ? b#c%20.db") // nothing of a path may be taken for an option
	first := withStations(t, openAt(t, path), "tan-hung")
	must(t, first.Close())
	second := openAt(t, path)
	if got := get[scheduler.Station](t)(second.Station(t.Context(), "tan-hung")); got.Name != "Đài tan-hung" {
		t.Errorf("after reopening the station is %+v", got)
	}
	info, err := os.Stat(path)
	must(t, err)
	if info.Mode().Perm() != 0o600 {
		t.Errorf("the file has mode %v, want it readable by its owner alone", info.Mode())
	}
}

func TestOpenRefuses(t *testing.T) {
	newer := filepath.Join(t.TempDir(), "newer.db")
	must(t, openAt(t, newer).Close())
	db, err := sql.Open("sqlite", newer)
	must(t, err)
	_, err = db.Exec(`INSERT INTO goose_db_version (version_id, is_applied) VALUES (9000, TRUE)`)
	must(t, err)
	must(t, db.Close())
	cases := []struct{ path, want string }{
		{"", "name a file"},
		{":memory:", "name a file"},
		{filepath.Join(t.TempDir(), "no", "such", "folder.db"), "no such file"},
		{newer, "use the newer program"},
	}
	for _, c := range cases {
		if _, err := store.Open(t.Context(), c.path); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("open %q: %v, want %q", c.path, err, c.want)
		}
	}
}

func TestCancelledChangesNothing(t *testing.T) {
	s := open(t)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := s.PutArea(ctx, scheduler.Area{ID: "tinh"}); !errors.Is(err, context.Canceled) {
		t.Errorf("put area with a cancelled context: %v", err)
	}
	if areas := get[[]scheduler.Area](t)(s.Areas(t.Context())); len(areas) != 0 {
		t.Errorf("it left %v", areas)
	}
}
