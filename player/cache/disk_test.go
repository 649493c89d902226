package cache_test

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"
	"testing"

	"loaphuong/player/cache"
)

// broken is a file on a disk in trouble. Each field that is set takes the place
// of what the file does.
type broken struct {
	cache.File
	room int64 // up to which it can be written; 0 for no bound
	full error // what is said beyond
	sync func() error
	read error
}

func (b *broken) WriteAt(p []byte, at int64) (int, error) {
	if b.full == nil || at+int64(len(p)) <= b.room {
		return b.File.WriteAt(p, at)
	}
	n, err := b.File.WriteAt(p[:max(0, b.room-at)], at)
	return n, errors.Join(err, b.full)
}

func (b *broken) Sync() error {
	if b.sync != nil {
		return b.sync()
	}
	return b.File.Sync()
}

func (b *broken) ReadAt(p []byte, at int64) (int, error) {
	if b.read != nil {
		return 0, b.read
	}
	return b.File.ReadAt(p, at)
}

// trouble makes a path error of a system error, as the system does.
func trouble(errno syscall.Errno) error { return &fs.PathError{Op: "write", Path: "x", Err: errno} }

func TestADiskInTroubleIsNamedAndForgotten(t *testing.T) {
	size := int64(len(sound))
	for _, errno := range []syscall.Errno{syscall.ENOSPC, syscall.EROFS, syscall.EIO, syscall.EACCES} {
		cases := []struct {
			name   string
			wrap   func(real cache.File) (cache.File, error)
			leaves int64
		}{
			{"open", func(real cache.File) (cache.File, error) { return nil, errors.Join(trouble(errno), real.Close()) }, 0},
			{"the first write", func(real cache.File) (cache.File, error) { return &broken{File: real, full: trouble(errno)}, nil }, 0},
			{"a later write", func(real cache.File) (cache.File, error) {
				return &broken{File: real, room: 9000, full: trouble(errno)}, nil
			}, 9000},
			{"sync", func(real cache.File) (cache.File, error) {
				return &broken{File: real, sync: func() error { return trouble(errno) }}, nil
			}, 0},
			{"reading back", func(real cache.File) (cache.File, error) { return &broken{File: real, read: trouble(errno)}, nil }, 0},
		}
		for _, c := range cases {
			t.Run(fmt.Sprintf("%v at %s", errno, c.name), func(t *testing.T) {
				store, dir := fresh(t)
				ill, d := true, cache.Of(sound)
				store.WrapFiles(func(_ string, real cache.File) (cache.File, error) {
					if ill {
						return c.wrap(real)
					}
					return real, nil
				})
				first, _ := site("first", whole)
				second, asks := site("second", whole)
				from := []cache.Source{first, second}
				if _, err := store.FetchFrom(t.Context(), from, d, size); !errors.Is(err, errno) || !errors.Is(err, cache.ErrDisk) {
					t.Errorf("%v, want %v", err, errno)
				}
				info, err := os.Stat(filepath.Join(dir, string(d)+".part"))
				if err != nil || info.Size() != c.leaves || store.Has(d) || *asks != 0 {
					t.Errorf("left %v, %v; has it: %v; the second source was asked %d times", info, err, store.Has(d), *asks)
				}
				ill = false
				if _, err := store.FetchFrom(t.Context(), from, d, size); err != nil {
					t.Errorf("after the trouble: %v", err)
				}
				if data, err := store.Read(d, size); err != nil || !bytes.Equal(data, sound) {
					t.Errorf("read %d bytes, %v", len(data), err)
				}
			})
		}
	}
}

func TestAFileThatCannotBeReadIsFetchedAgain(t *testing.T) {
	cases := []struct {
		name string
		err  error
		want error
		has  bool // afterwards
	}{
		{"worn sectors", trouble(syscall.EIO), cache.ErrDamaged, false},
		{"worn sectors by name", trouble(syscall.EIO), syscall.EIO, false},
		{"no permission", trouble(syscall.EACCES), syscall.EACCES, true},
		{"it became shorter meanwhile", io.EOF, cache.ErrDamaged, false},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			store, dir := fresh(t)
			d := cache.Of(sound)
			write(t, dir, string(d), sound)
			store.WrapFiles(func(_ string, real cache.File) (cache.File, error) { return &broken{File: real, read: c.err}, nil })
			if data, err := store.Read(d, 1<<20); !errors.Is(err, c.want) || data != nil || store.Has(d) != c.has {
				t.Errorf("%d bytes, %v, has it: %v", len(data), err, store.Has(d))
			}
		})
	}
}

func TestAnotherThingUnderADigestIsNoFile(t *testing.T) {
	store, dir := fresh(t)
	d := cache.Of(sound)
	if err := os.Mkdir(filepath.Join(dir, string(d)), 0o755); err != nil {
		t.Fatal(err)
	}
	if _, err := store.Read(d, 1<<20); !errors.Is(err, cache.ErrAbsent) || store.Has(d) {
		t.Errorf("%v, has it: %v", err, store.Has(d))
	}
	centre, _ := site("centre", whole)
	if _, err := store.FetchFrom(t.Context(), []cache.Source{centre}, d, int64(len(sound))); !errors.Is(err, cache.ErrDisk) {
		t.Errorf("%v", err)
	}
}
