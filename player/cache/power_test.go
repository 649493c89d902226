package cache_test

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"testing"

	"loaphuong/player/cache"
)

// cuts are copies of a cache's directory as a power cut would leave it.
type cuts struct {
	t    *testing.T
	dir  string
	left map[string]string // step → directory
}

// take copies the directory at a step; spoil changes the copy into something
// else that a power cut there may leave.
func (c *cuts) take(step string, spoil func(dir string) error) {
	c.t.Helper()
	to := c.t.TempDir()
	err := os.CopyFS(to, os.DirFS(c.dir))
	if spoil != nil {
		err = errors.Join(err, spoil(to))
	}
	if err != nil {
		c.t.Error(err)
	}
	c.left[step] = to
}

// zeroed replaces the second half of a file by zeros, which is what is found
// where a file's length reached the disk and its content did not.
func zeroed(name string) func(string) error {
	return func(dir string) error {
		data := bytes.Clone(sound)
		clear(data[len(data)/2:])
		return os.WriteFile(filepath.Join(dir, name), data, 0o644)
	}
}

// stepping takes a copy before and after each sync of a file.
func (c *cuts) stepping(name string, real cache.File) *broken {
	return &broken{File: real, sync: func() error {
		c.take("before sync", nil)
		c.take("before sync, nothing written", func(dir string) error { return os.Truncate(filepath.Join(dir, name), 0) })
		c.take("before sync, half written", func(dir string) error { return os.Truncate(filepath.Join(dir, name), int64(len(sound)/2)) })
		c.take("before sync, length without content", zeroed(name))
		err := real.Sync()
		c.take("after sync, before rename", nil)
		return err
	}}
}

// TestAPowerCutAtAnyStep opens what each cut leaves: a file under its digest is
// right or is not returned, and fetching ends well.
func TestAPowerCutAtAnyStep(t *testing.T) {
	store, dir := fresh(t)
	d, size := cache.Of(sound), int64(len(sound))
	c := &cuts{t: t, dir: dir, left: map[string]string{}}
	store.WrapFiles(func(path string, real cache.File) (cache.File, error) {
		return c.stepping(filepath.Base(path), real), nil
	})
	centre, _ := site("centre", whole)
	if _, err := store.FetchFrom(t.Context(), []cache.Source{centre}, d, size); err != nil {
		t.Fatal(err)
	}
	c.take("after rename", nil)
	c.take("after rename, on a disk that lied about sync", zeroed(string(d)))
	if len(c.left) != 7 {
		t.Fatalf("%d steps were seen, want 7", len(c.left))
	}
	for step, dir := range c.left {
		t.Run(step, func(t *testing.T) { wakes(t, dir, d, size) })
	}
}

// wakes opens a directory after a power cut.
func wakes(t *testing.T, dir string, d cache.Digest, size int64) {
	store, err := cache.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	data, err := store.Read(d, size)
	switch {
	case err == nil && !bytes.Equal(data, sound):
		t.Fatal("a wrong file was returned")
	case err != nil && !errors.Is(err, cache.ErrAbsent) && !errors.Is(err, cache.ErrDamaged):
		t.Errorf("%v, want absent or damaged", err)
	}
	centre, _ := site("centre", whole)
	if _, err := store.FetchFrom(t.Context(), []cache.Source{centre}, d, size); err != nil {
		t.Errorf("fetching goes on: %v", err)
	}
	if data, err := store.Read(d, size); err != nil || !bytes.Equal(data, sound) {
		t.Errorf("read %d bytes, %v", len(data), err)
	}
}
