package cache_test

import (
	"bytes"
	"errors"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"syscall"
	"testing"

	"loaphuong/player/cache"
)

const mebibyte = 1 << 20

// small is a cache on a disk of 4 MiB.
type small struct {
	*cache.Cache
	real  bool // the played one refuses only where files are opened and written
	dir   string
	full  func()        // leaves about 1 MiB
	roomy func()        // ends that
	lock  func(on bool) // makes it read-only
}

// realSmall is a file system of 4 MiB, if this process may mount one.
func realSmall(t *testing.T) (small, error) {
	dir := t.TempDir()
	if err := syscall.Mount("tmpfs", dir, "tmpfs", 0, "size=4m"); err != nil {
		return small{}, err
	}
	t.Cleanup(func() { syscall.Unmount(dir, syscall.MNT_DETACH) })
	audio, ballast := filepath.Join(dir, "audio"), filepath.Join(dir, "ballast")
	c, err := cache.Open(audio)
	if err != nil {
		t.Fatal(err)
	}
	return small{c, true, audio,
		func() { write(t, dir, "ballast", make([]byte, 3*mebibyte)) },
		func() { os.Remove(ballast) },
		func(on bool) {
			flags := uintptr(syscall.MS_REMOUNT)
			if on {
				flags |= syscall.MS_RDONLY
			}
			if err := syscall.Mount("tmpfs", dir, "tmpfs", flags, "size=4m"); err != nil {
				t.Fatal(err)
			}
		}}, nil
}

// playedSmall acts as such a disk would.
func playedSmall(t *testing.T) small {
	c, dir := fresh(t)
	var full, locked bool
	c.WrapFiles(func(_ string, real cache.File) (cache.File, error) {
		switch {
		case locked:
			return nil, errors.Join(trouble(syscall.EROFS), real.Close())
		case full:
			return &broken{File: real, room: mebibyte - 100, full: trouble(syscall.ENOSPC)}, nil
		}
		return real, nil
	})
	c.SetFree(func(string) (int64, bool) {
		list, err := c.List()
		free := int64(4 * mebibyte)
		for _, e := range list {
			free -= e.Size
		}
		return free, err == nil
	})
	return small{c, false, dir, func() { full = true }, func() { full = false }, func(on bool) { locked = on }}
}

// onSmallDisks runs a test on a disk that acts the part, and on a real one
// where the system lets us make one.
func onSmallDisks(t *testing.T, test func(t *testing.T, s small)) {
	t.Run("played", func(t *testing.T) { test(t, playedSmall(t)) })
	t.Run("real", func(t *testing.T) {
		s, err := realSmall(t)
		if err != nil {
			t.Logf("no file system may be mounted here (%v): the played one has to do", err)
			return
		}
		test(t, s)
	})
}

func TestAFullDiskBreaksNothing(t *testing.T) {
	onSmallDisks(t, func(t *testing.T, s small) {
		f, ranges := blob('f', 2*mebibyte), []string{}
		d, size := cache.Of(f), int64(2*mebibyte)
		centre, _ := site("centre", func(w http.ResponseWriter, r *http.Request) {
			ranges = append(ranges, r.Header.Get("Range"))
			serveBytes(w, r, f)
		})
		s.full()
		for range 2 {
			if _, err := s.FetchFrom(t.Context(), []cache.Source{centre}, d, size); !errors.Is(err, syscall.ENOSPC) || !errors.Is(err, cache.ErrDisk) {
				t.Fatalf("%v, want a full disk", err)
			}
			if _, err := s.Read(d, size); !errors.Is(err, cache.ErrAbsent) || s.Has(d) {
				t.Errorf("on the full disk: %v", err)
			}
		}
		info, err := os.Stat(filepath.Join(s.dir, string(d)+".part"))
		if err != nil || info.Size() < mebibyte/2 || info.Size() > mebibyte {
			t.Errorf("kept %v, %v", info, err)
		}
		s.roomy()
		if _, err := s.FetchFrom(t.Context(), []cache.Source{centre}, d, size); err != nil {
			t.Error(err)
		}
		if got, err := s.Read(d, size); err != nil || !bytes.Equal(got, f) {
			t.Errorf("read %d bytes, %v", len(got), err)
		}
		if want := fmt.Sprintf("bytes=%d-", info.Size()); ranges[len(ranges)-1] != want {
			t.Errorf("asked for %q, want %q", ranges, want)
		}
	})
}

func TestAReadOnlyDisk(t *testing.T) {
	onSmallDisks(t, func(t *testing.T, s small) {
		centre, _ := site("centre", whole)
		from, d, size := []cache.Source{centre}, cache.Of(sound), int64(len(sound))
		s.lock(true)
		if _, err := s.FetchFrom(t.Context(), from, d, size); !errors.Is(err, syscall.EROFS) {
			t.Errorf("%v, want a read-only disk", err)
		}
		s.lock(false)
		if _, err := s.FetchFrom(t.Context(), from, d, size); err != nil {
			t.Error(err)
		}
		s.lock(true)
		if data, err := s.Read(d, size); !s.Has(d) || s.real && (err != nil || !bytes.Equal(data, sound)) {
			t.Errorf("it is not to be had: %d bytes, %v", len(data), err)
		}
		if done, err := s.Keep(none, day(1)); s.real && (!errors.Is(err, syscall.EROFS) || done.Freed != 0) {
			t.Errorf("%+v, %v; want that nothing goes", done, err)
		}
		s.lock(false)
		if done, err := s.Keep(none, day(1)); err != nil || s.Has(d) {
			t.Errorf("%+v, %v; want that it goes", done, err)
		}
	})
}

// none wants nothing.
func none(cache.Digest) bool { return false }

func TestKeepMakesRoomOnASmallDisk(t *testing.T) {
	onSmallDisks(t, func(t *testing.T, s small) {
		s.Budget = 1 << 30
		var list []cache.Digest
		for i := range 3 {
			f := blob(byte(i), mebibyte-8192) // the directory needs a little too
			list = append(list, cache.Of(f))
			write(t, s.dir, string(list[i]), f)
		}
		fromOn := func(n int) func(cache.Digest) bool {
			return func(d cache.Digest) bool { return slices.Contains(list[n:], d) }
		}
		for n := range 3 { // one after the other becomes unscheduled, but for the last
			if done, err := s.Keep(fromOn(n), day(n)); err != nil || len(done.Removed) != 0 {
				t.Fatalf("%+v, %v", done, err)
			}
		}
		s.Reserve = 5 * mebibyte / 2
		done, err := s.Keep(fromOn(2), day(2))
		if err != nil || fmt.Sprint(done.Removed) != fmt.Sprint(list[:2]) || done.Short != 0 {
			t.Errorf("%+v, %v; want the first two to go", done, err)
		}
		s.Reserve = 1 << 30
		if done, err = s.Keep(fromOn(2), day(3)); err != nil || len(done.Removed) != 0 || done.Short < 1<<29 {
			t.Errorf("%+v, %v; want nothing to go and space to be short", done, err)
		}
		if done, err = s.Shed(list, mebibyte/2); err != nil || len(done.Removed) != 1 || s.Has(list[2]) {
			t.Errorf("%+v, %v; want the scheduled one to go", done, err)
		}
	})
}

func TestAPipeOnAStickIsNoFile(t *testing.T) {
	stick, d := t.TempDir(), cache.Of(sound)
	if err := syscall.Mkfifo(filepath.Join(stick, string(d)), 0o644); err != nil {
		t.Fatal(err)
	}
	if _, _, err := cache.Folder(stick).Open(t.Context(), d, 0, 0); !errors.Is(err, cache.ErrWrongFile) {
		t.Errorf("%v", err)
	}
}
