package cache_test

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"testing"
	"time"

	"loaphuong/player/cache"
)

// sound is the file that is fetched in these tests.
var sound = bytes.Repeat([]byte("a loudspeaker in every hamlet. "), 1000)

// fresh is an empty cache and its directory.
func fresh(t *testing.T) (*cache.Cache, string) {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "audio")
	c, err := cache.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	return c, dir
}

// write puts a file into the directory behind the cache's back.
func write(t *testing.T, dir, name string, data []byte) {
	t.Helper()
	if err := os.WriteFile(filepath.Join(dir, name), data, 0o600); err != nil {
		t.Fatal(err)
	}
}

func TestReadReturnsWhatHasItsDigest(t *testing.T) {
	c, dir := fresh(t)
	d := cache.Of(sound)
	write(t, dir, string(d), sound)
	data, err := c.Read(d, int64(len(sound)))
	if err != nil || !bytes.Equal(data, sound) || !c.Has(d) {
		t.Errorf("%d bytes, %v", len(data), err)
	}
	if _, err := c.Read(d, int64(len(sound))-1); !errors.Is(err, cache.ErrTooLarge) {
		t.Errorf("over the limit: %v", err)
	}
}

func TestReadNeverReturnsDamage(t *testing.T) {
	d := cache.Of(sound)
	flipped := bytes.Clone(sound)
	flipped[17] ^= 1
	for name, data := range map[string][]byte{"truncated": sound[:100], "flipped": flipped, "empty": {}} {
		c, dir := fresh(t)
		write(t, dir, string(d), data)
		if got, err := c.Read(d, 1<<20); !errors.Is(err, cache.ErrDamaged) || got != nil {
			t.Errorf("%s: %v", name, err)
		}
		if c.Has(d) {
			t.Errorf("%s: the file is still there", name)
		}
	}
}

func TestReadOfWhatIsAbsent(t *testing.T) {
	c, dir := fresh(t)
	write(t, filepath.Dir(dir), "secret", []byte("x"))
	write(t, dir, string(cache.Of(sound))+".part", sound)
	for _, d := range []cache.Digest{cache.Of(sound), "", "../secret", cache.Digest(bytes.ToUpper([]byte(cache.Of(sound)))), cache.Of(sound) + ".part"} {
		if _, err := c.Read(d, 1<<20); !errors.Is(err, cache.ErrAbsent) || c.Has(d) {
			t.Errorf("%q: %v, want absent", d, err)
		}
	}
}

func TestListKeepAndRemove(t *testing.T) {
	c, dir := fresh(t)
	a, b, half := cache.Of([]byte("a")), cache.Of([]byte("bb")), cache.Of([]byte("ccc"))
	write(t, dir, string(a), []byte("a"))
	write(t, dir, string(b), []byte("bb"))
	write(t, dir, string(half)+".part", []byte("c"))
	write(t, dir, "README", []byte("not ours"))
	list, err := c.List()
	if err != nil || len(list) != 2 {
		t.Fatalf("list %v, %v, want the two whole files", list, err)
	}
	done, err := c.Keep(func(d cache.Digest) bool { return d == b }, time.Now())
	if err != nil || done.Freed != 2 || c.Has(a) || !c.Has(b) {
		t.Errorf("keep did %+v, %v", done, err)
	}
	if err := errors.Join(c.Remove(b), c.Remove(b), c.Remove("../audio/README")); err != nil || c.Has(b) {
		t.Errorf("remove: %v", err)
	}
	left, err := os.ReadDir(dir)
	if err != nil || len(left) != 1 || left[0].Name() != "README" {
		t.Errorf("left %v, %v, want only what is not ours", left, err)
	}
}

func TestOpenWhereNoDirectoryCanBe(t *testing.T) {
	write(t, t.TempDir(), "file", nil)
	dir := t.TempDir()
	write(t, dir, "file", nil)
	if _, err := cache.Open(filepath.Join(dir, "file", "audio")); err == nil {
		t.Error("opened below a file")
	}
}
