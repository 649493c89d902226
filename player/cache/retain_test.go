package cache_test

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"loaphuong/player/cache"
)

// monday is the first day of these tests.
var monday = time.Date(2025, 9, 1, 5, 0, 0, 0, time.UTC)

// day is the same hour n days later.
func day(n int) time.Time { return monday.AddDate(0, 0, n) }

// shelf is a cache that holds the files a to f, of 10 bytes each, and knows
// their digests by letter. It has marked them as scheduled on monday.
type shelf struct {
	*cache.Cache
	t   *testing.T
	dir string
}

func newShelf(t *testing.T) shelf {
	c, dir := fresh(t)
	c.Budget = 1 << 20
	s := shelf{c, t, dir}
	for _, letter := range "abcdef" {
		write(t, dir, string(digest(letter)), []byte(strings.Repeat(string(letter), 10)))
	}
	s.keep("abcdef", monday)
	return s
}

// digest is that of the file of a letter.
func digest(letter rune) cache.Digest { return cache.Of([]byte(strings.Repeat(string(letter), 10))) }

// keep wants the files of the letters, and returns the letters that were removed.
func (s shelf) keep(letters string, now time.Time) (removed string, short int64) {
	s.t.Helper()
	done, err := s.Keep(func(d cache.Digest) bool {
		return strings.ContainsFunc(letters, func(r rune) bool { return digest(r) == d })
	}, now)
	if err != nil {
		s.t.Error(err)
	}
	return spell(done), done.Short
}

// spell names what was removed by its letters.
func spell(done cache.Cleared) string {
	var text strings.Builder
	for _, d := range done.Removed {
		for _, letter := range "abcdefp" {
			if digest(letter) == d {
				text.WriteRune(letter)
			}
		}
	}
	return text.String()
}

// reopened is the shelf after a restart.
func (s shelf) reopened() shelf {
	c, err := cache.Open(s.dir)
	if err != nil {
		s.t.Fatal(err)
	}
	return shelf{c, s.t, s.dir}
}

func TestUnscheduledFilesGoLongestUnscheduledFirst(t *testing.T) {
	cases := []struct {
		name    string
		budget  int64
		free    int64
		removed string
		short   int64
	}{
		{"there is room", 60, 1000, "", 0},
		{"a byte over the budget", 59, 1000, "d", 0},
		{"three files over the budget", 30, 1000, "dbc", 0},
		{"nothing unwanted may stay", 0, 1000, "dbce", 0}, // a and f are scheduled
		{"the disk lacks a byte", 60, 99, "d", 0},
		{"the disk lacks more than all that may go", 60, 10, "dbce", 50},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			s := newShelf(t)
			s.keep("abcef", day(1)) // d is out
			s.keep("aef", day(2))   // b and c
			s.keep("af", day(3))    // e
			s = s.reopened()
			s.Budget, s.Reserve = c.budget, 100
			s.SetFree(func(string) (int64, bool) { return c.free, true })
			removed, short := s.keep("af", day(4))
			if norm(removed) != c.removed || short != c.short {
				t.Errorf("removed %q and %d short, want %q and %d", removed, short, c.removed, c.short)
			}
		})
	}
}

// norm puts b before c, which became unscheduled at once.
func norm(removed string) string { return strings.Replace(removed, "cb", "bc", 1) }

func TestWhatIsScheduledAgainStartsAnew(t *testing.T) {
	s := newShelf(t)
	s.keep("bcdef", day(1))
	s.keep("acdef", day(2)) // a is back, b is out
	s.keep("cdef", day(3))  // a is out again, after b
	s.Budget = 50
	if removed, _ := s.keep("cdef", day(4)); removed != "b" {
		t.Errorf("removed %q, want b", removed)
	}
}

func TestPartialFilesGoFirstAndWantedOnesStay(t *testing.T) {
	s := newShelf(t)
	s.keep("bcdef", day(1))
	write(t, s.dir, string(digest('p'))+".part", []byte("ppp"))
	wanted := string(digest('q')) + ".part"
	write(t, s.dir, wanted, []byte("qqq"))
	s.Budget = 63
	if removed, _ := s.keep("bcdefq", day(2)); removed != "p" {
		t.Errorf("removed %q, want p", removed)
	}
	s.Budget = 0
	if removed, _ := s.keep("bcdefq", day(2)); removed != "a" {
		t.Errorf("removed %q, want a", removed)
	}
	if _, err := os.Stat(filepath.Join(s.dir, wanted)); err != nil {
		t.Error(err)
	}
}

func TestAnUnknownDiskIsNotShort(t *testing.T) {
	s := newShelf(t)
	s.Reserve = 1 << 40
	s.SetFree(func(string) (int64, bool) { return 0, false })
	if removed, short := s.keep("", day(1)); removed != "" || short != 0 {
		t.Errorf("removed %q and %d short", removed, short)
	}
}

// TestAClockThatIsNotSetMarksNothing: a board that booted in 1970 does not make
// a file the longest unscheduled for ever.
func TestAClockThatIsNotSetMarksNothing(t *testing.T) {
	s := newShelf(t)
	s.keep("bcdef", day(1))
	s.keep("cdef", time.Unix(60, 0))
	s.keep("cdef", day(2)) // the time is known, and b is marked
	s.Budget = 50
	if removed, _ := s.keep("cdef", day(3)); removed != "a" {
		t.Errorf("removed %q, want a", removed)
	}
}

func TestShedTakesWhatIsAiredLast(t *testing.T) {
	order := []cache.Digest{digest('c'), digest('a'), "../x", digest('b'), digest('p'), digest('d')}
	cases := []struct {
		need    int64
		removed string
		short   int64
	}{
		{0, "", 0},
		{1, "d", 0},
		{10, "d", 0},
		{11, "dp", 0}, // p is a partial file of 3 bytes
		{23, "dpb", 0},
		{1000, "dpbac", 957},
	}
	for _, c := range cases {
		t.Run(fmt.Sprint(c.need), func(t *testing.T) {
			s := newShelf(t)
			write(t, s.dir, string(digest('p'))+".part", []byte("ppp"))
			done, err := s.Shed(order, c.need)
			if err != nil || spell(done) != c.removed || done.Short != c.short {
				t.Errorf("removed %q and %d short, want %q and %d; %v", spell(done), done.Short, c.removed, c.short, err)
			}
			for _, d := range done.Removed {
				if s.Has(d) {
					t.Errorf("%s is still there", d)
				}
			}
		})
	}
}

// TestWhatIsBeingFetchedStays: a removal must not take the file from under the
// fetch that writes it.
func TestWhatIsBeingFetchedStays(t *testing.T) {
	store, _ := fresh(t)
	d := cache.Of(sound)
	store.WrapFiles(func(_ string, real cache.File) (cache.File, error) {
		return &broken{File: real, sync: func() error {
			cleared, err := store.Keep(func(cache.Digest) bool { return false }, monday)
			shed, failed := store.Shed([]cache.Digest{d}, 1)
			if n := len(slices.Concat(cleared.Removed, shed.Removed)); n > 0 || shed.Short != 1 {
				t.Errorf("%d removed under a fetch, %d short", n, shed.Short)
			}
			return errors.Join(err, failed, real.Sync())
		}}, nil
	})
	centre, _ := site("centre", whole)
	if _, err := store.FetchFrom(t.Context(), []cache.Source{centre}, d, int64(len(sound))); err != nil || !store.Has(d) {
		t.Error(err)
	}
}

// TestAFetchedFileIsTakenAsScheduled: what was fetched long ago and is
// unscheduled now became so now.
func TestAFetchedFileIsTakenAsScheduled(t *testing.T) {
	s := newShelf(t)
	centre, _ := site("centre", whole)
	if _, err := s.FetchFrom(t.Context(), []cache.Source{centre}, cache.Of(sound), int64(len(sound))); err != nil {
		t.Fatal(err)
	}
	later := time.Now().AddDate(1, 0, 0)
	s.keep("bcdef", later) // a and the fetched one are out at once
	info, err := os.Stat(filepath.Join(s.dir, string(cache.Of(sound))))
	if err != nil || info.ModTime().Sub(later).Abs() > 2*time.Second {
		t.Errorf("marked %v, %v", info, err)
	}
}

// TestWhatVanishesMeanwhileIsNoError: a file may be removed by Read, which found
// it damaged, while Keep looks at it.
func TestWhatVanishesMeanwhileIsNoError(t *testing.T) {
	s := newShelf(t)
	s.Budget = 0
	gone := filepath.Join(s.dir, string(digest('a')))
	_, err := s.Keep(func(d cache.Digest) bool {
		if err := os.Remove(gone); err != nil && !errors.Is(err, syscall.ENOENT) {
			t.Error(err)
		}
		return false
	}, day(1))
	if list, failed := s.List(); err != nil || failed != nil || len(list) != 0 {
		t.Errorf("%d files left, %v, %v", len(list), err, failed)
	}
}
