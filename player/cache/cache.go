package cache

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"time"

	"golang.org/x/time/rate"
)

// Digest is the SHA-256 of a file as 64 lower-case hexadecimal digits.
type Digest string

// The errors, for errors.Is.
var (
	// ErrAbsent is for a file that is not in the cache.
	ErrAbsent = errors.New("not in the cache")
	// ErrDamaged is for a file that was removed because it no longer had its
	// digest.
	ErrDamaged = errors.New("was damaged on the disk and has been removed: fetch it again")
	// ErrTooLarge is for a file that is larger than the reader allows.
	ErrTooLarge = errors.New("larger than allowed")
)

// Valid reports whether d looks like a digest. What does not is never made
// part of a path.
func (d Digest) Valid() bool {
	raw, err := hex.DecodeString(string(d))
	return err == nil && len(raw) == sha256.Size && strings.ToLower(string(d)) == string(d)
}

// Of is the digest of data.
func Of(data []byte) Digest {
	sum := sha256.Sum256(data)
	return Digest(hex.EncodeToString(sum[:]))
}

// partial ends the name of a file that has not all arrived.
const partial = ".part"

// Cache is a directory of files by digest. Its fields are set before it is used.
type Cache struct {
	// Budget is how many bytes the directory may hold before Keep removes what
	// is not wanted; with 0 nothing unwanted stays.
	Budget int64
	// Reserve is how many bytes of the disk Keep tries to keep free, for the
	// logbook and for what is yet to come.
	Reserve int64

	dir      string
	disk     disk
	limiter  *rate.Limiter // of what metered sources bring
	mu       sync.Mutex
	fetching map[Digest]chan struct{} // closed when that fetch is over
	rests    map[lie]time.Time        // until when
}

// Open returns the cache in dir, which it creates if need be.
func Open(dir string) (*Cache, error) {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return nil, fmt.Errorf("open the cache: %w", err)
	}
	return &Cache{
		dir:      dir,
		disk:     systemDisk(),
		limiter:  rate.NewLimiter(rate.Inf, burst),
		fetching: make(map[Digest]chan struct{}),
		rests:    make(map[lie]time.Time),
	}, nil
}

// path is the place of a whole file.
func (c *Cache) path(d Digest) string { return filepath.Join(c.dir, string(d)) }

// Has reports whether the file is here and was whole when it came. It reads
// none of it: only Read finds what happened to it since.
func (c *Cache) Has(d Digest) bool {
	if !d.Valid() {
		return false
	}
	info, err := os.Lstat(c.path(d))
	return err == nil && info.Mode().IsRegular()
}

// Read returns the file if it has at most limit bytes and still has its digest.
// One that has not, or lies on sectors that cannot be read, is removed, and the
// error is ErrDamaged.
func (c *Cache) Read(d Digest, limit int64) ([]byte, error) {
	if !c.Has(d) {
		return nil, fmt.Errorf("read %q: %w", d, ErrAbsent)
	}
	data, err := c.readUpTo(c.path(d), limit)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, fmt.Errorf("read %s: %w", d, ErrAbsent)
	case errors.Is(err, syscall.EIO):
		return nil, errors.Join(fmt.Errorf("%s %w: %w", d, ErrDamaged, err), c.Remove(d))
	case err != nil:
		return nil, fmt.Errorf("read %s: %w", d, err)
	case Of(data) != d:
		return nil, errors.Join(fmt.Errorf("%s %w", d, ErrDamaged), c.Remove(d))
	}
	return data, nil
}

// readUpTo reads a file that is not larger than limit. One that becomes shorter
// meanwhile gives what there is.
func (c *Cache) readUpTo(path string, limit int64) ([]byte, error) {
	file, err := c.disk.open(path, os.O_RDONLY)
	if err != nil {
		return nil, refused(err)
	}
	defer file.Close()
	info, err := file.Stat()
	if err != nil {
		return nil, refused(err)
	}
	if info.Size() > limit {
		return nil, fmt.Errorf("%w: %d bytes, at most %d", ErrTooLarge, info.Size(), limit)
	}
	data := make([]byte, info.Size())
	n, err := file.ReadAt(data, 0)
	if errors.Is(err, io.EOF) {
		err = nil
	}
	return data[:n], refused(err)
}

// Entry is a whole file in the cache.
type Entry struct {
	Digest Digest
	Size   int64 // in bytes
}

// List returns the whole files in the order of their digests.
func (c *Cache) List() ([]Entry, error) {
	var list []Entry
	err := c.each(func(d Digest, part bool, info fs.FileInfo) error {
		if !part {
			list = append(list, Entry{Digest: d, Size: info.Size()})
		}
		return nil
	})
	return list, err
}

// Remove removes a file, whole or in part; one that is absent is no error.
func (c *Cache) Remove(d Digest) error {
	if !d.Valid() {
		return nil
	}
	for _, path := range []string{c.path(d), c.path(d) + partial} {
		if err := os.Remove(path); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return fmt.Errorf("remove %s: %w", d, err)
		}
	}
	return nil
}

// each calls f for every file of the cache's own.
func (c *Cache) each(f func(d Digest, part bool, info fs.FileInfo) error) error {
	entries, err := os.ReadDir(c.dir)
	if err != nil {
		return fmt.Errorf("list the cache: %w", err)
	}
	for _, entry := range entries {
		name, part := strings.CutSuffix(entry.Name(), partial)
		info, err := entry.Info()
		if err != nil || !info.Mode().IsRegular() || !Digest(name).Valid() {
			continue // gone meanwhile, or not ours
		}
		if err := f(Digest(name), part, info); err != nil {
			return err
		}
	}
	return nil
}
