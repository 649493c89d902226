package store_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"testing"
	"time"

	"loaphuong/scheduler"
	"loaphuong/scheduler/store"
)

func TestSnapshotIsTheSame(t *testing.T) {
	s, all := oneStation(t, 8)
	get[bool](t)(s.PutDirective(t.Context(), vaccine(), store.Letter{Text: "toàn văn", File: []byte("%PDF")}))
	ingest(t, s, "tan-hung", "log", logOf("log", all)...)
	path := filepath.Join(t.TempDir(), "a ? b#c%20.db")
	must(t, s.Snapshot(t.Context(), path))
	info := get[os.FileInfo](t)(os.Stat(path))
	if info.Mode().Perm() != 0o600 {
		t.Errorf("the file has mode %v, want it readable by its owner alone", info.Mode())
	}
	copied := openAt(t, path)
	if got, want := snapshot(t, copied), snapshot(t, s); !reflect.DeepEqual(got, want) {
		t.Errorf("the copy holds\n%+v\nwant\n%+v", got, want)
	}
	hits := get[[]store.Hit](t)
	if got, want := hits(copied.Search(t.Context(), "hoa giai", 10)), hits(s.Search(t.Context(), "hoa giai", 10)); len(want) == 0 || !reflect.DeepEqual(got, want) {
		t.Errorf("in the copy is found %+v, want %+v", got, want)
	}
	must(t, copied.PutArea(t.Context(), scheduler.Area{ID: "moi"}))
	if areas := get[[]scheduler.Area](t)(s.Areas(t.Context())); len(areas) != 2 {
		t.Errorf("what was written to the copy is in the original: %v", areas)
	}
	checkIntegrity(t, path)
}

// A snapshot is of one instant between two changes, and holds nobody up.
func TestSnapshotWhileWritesGoOn(t *testing.T) {
	s := withStations(t, open(t), "tan-hung")
	ctx, stop := context.WithCancel(t.Context())
	written, done := make(chan int), make(chan error)
	go func() { done <- publishUntil(ctx, s, written) }()
	for i := range 4 {
		at := <-written // and more while the snapshot is made
		path := filepath.Join(t.TempDir(), fmt.Sprintf("%d.db", i))
		must(t, s.Snapshot(t.Context(), path))
		checkWhole(t, openAt(t, path), at)
		checkIntegrity(t, path)
	}
	stop()
	must(t, <-done)
}

// publishUntil publishes ten airings at a time until the context ends, and says
// how often it has.
func publishUntil(ctx context.Context, s *store.Store, written chan<- int) error {
	for n := 1; ; n++ {
		at := noon.Add(time.Duration(n) * time.Hour)
		if err := s.Publish(context.WithoutCancel(ctx), publication("tan-hung", scheduler.Revision(n), at, airings("tan-hung", at, 10))); err != nil {
			return err
		}
		select {
		case written <- n:
		case <-ctx.Done():
			return nil
		default:
		}
	}
}

// checkWhole wants what was written before, and of everything all or nothing.
func checkWhole(t *testing.T, s *store.Store, before int) {
	t.Helper()
	revision := get[map[scheduler.StationID]scheduler.Revision](t)(s.LatestRevisions(t.Context()))["tan-hung"]
	if n := len(facts(t, s, scheduler.AiringFilter{})); int(revision) < before || n != 10*int(revision) {
		t.Errorf("%d were published before, and the copy has %d airings of %d", before, n, revision)
	}
}

func TestSnapshotRefuses(t *testing.T) {
	s := open(t)
	dir := t.TempDir()
	taken := filepath.Join(dir, "taken.db")
	must(t, os.WriteFile(taken, nil, 0o600))
	cancelled, cancel := context.WithCancel(t.Context())
	cancel()
	cases := []struct {
		ctx  context.Context
		path string
		want error
	}{
		{t.Context(), taken, scheduler.ErrConflict}, // even an empty file
		{t.Context(), dir, scheduler.ErrConflict},
		{t.Context(), filepath.Join(dir, "no", "such.db"), os.ErrNotExist},
		{cancelled, filepath.Join(dir, "new.db"), context.Canceled},
	}
	for _, c := range cases {
		if err := s.Snapshot(c.ctx, c.path); !errors.Is(err, c.want) {
			t.Errorf("snapshot into %s: %v, want %v", c.path, err, c.want)
		}
	}
	if left := get[[]os.DirEntry](t)(os.ReadDir(dir)); len(left) != 1 {
		t.Errorf("they left %v", left)
	}
}
