package studio

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"loaphuong/scheduler"
)

// takePrefix begins the name of a directory in which a recording is made.
const takePrefix = ".taking-"

// Open opens the stored file for reading and says how many bytes it has. An
// error for a digest that is not stored matches [io/fs.ErrNotExist].
func (s *Studio) Open(d scheduler.Digest) (*os.File, int64, error) {
	path, err := s.path(d)
	if err != nil {
		return nil, 0, err
	}
	f, err := os.Open(path)
	if err != nil {
		return nil, 0, fmt.Errorf("open audio: %w", err)
	}
	info, err := f.Stat()
	if err != nil {
		f.Close()
		return nil, 0, fmt.Errorf("open audio: %w", err)
	}
	return f, info.Size(), nil
}

// Remove forgets a stored file. Whoever has it open can read on.
func (s *Studio) Remove(d scheduler.Digest) error {
	path, err := s.path(d)
	if err != nil {
		return err
	}
	if err := os.Remove(path); err != nil {
		return fmt.Errorf("remove audio: %w", err)
	}
	return syncDir(s.set.Dir)
}

// Verify reads the stored file and compares it with its name: [ErrAltered] if
// they differ.
func (s *Studio) Verify(d scheduler.Digest) error {
	f, _, err := s.Open(d)
	if err != nil {
		return err
	}
	defer f.Close()
	got, _, err := scheduler.DigestReader(f)
	if err != nil {
		return fmt.Errorf("verify audio: %w", err)
	}
	if got != d {
		return fmt.Errorf("verify audio %s: %w: its bytes are now %s: restore it from a backup or take the recording in again", d, ErrAltered, got)
	}
	return nil
}

// Sweep removes what a crash left unfinished and counts it: directories of
// recordings in the making not touched since before. Choose an instant further
// back than twice [Settings.Timeout], since another program may be at work.
func (s *Studio) Sweep(before time.Time) (int, error) {
	entries, err := os.ReadDir(s.set.Dir)
	if err != nil {
		return 0, fmt.Errorf("sweep the studio: %w", err)
	}
	n := 0
	for _, e := range entries {
		info, err := e.Info()
		if err != nil || !e.IsDir() || !strings.HasPrefix(e.Name(), takePrefix) || !info.ModTime().Before(before) {
			continue
		}
		if err := os.RemoveAll(filepath.Join(s.set.Dir, e.Name())); err != nil {
			return n, fmt.Errorf("sweep the studio: %w", err)
		}
		n++
	}
	return n, nil
}

// path is where the file with this digest is kept. A digest of another form is
// refused, so none can name a file elsewhere.
func (s *Studio) path(d scheduler.Digest) (string, error) {
	if _, err := scheduler.ParseDigest(string(d)); err != nil {
		return "", err
	}
	return filepath.Join(s.set.Dir, string(d)+".opus"), nil
}

// store moves a finished file to its place: first the bytes reach the disk,
// then the name appears, then the name reaches the disk. A file already there
// is replaced, since it may have been damaged meanwhile.
func (s *Studio) store(onAir string) (scheduler.Digest, int64, error) {
	d, size, err := sealed(onAir)
	if err != nil {
		return "", 0, fmt.Errorf("store audio: %w", err)
	}
	path, err := s.path(d)
	if err != nil {
		return "", 0, err
	}
	if err := os.Rename(onAir, path); err != nil {
		return "", 0, fmt.Errorf("store audio: %w", err)
	}
	return d, size, syncDir(s.set.Dir)
}

// sealed forces the file to the disk and gives its digest and size.
func sealed(path string) (scheduler.Digest, int64, error) {
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		return "", 0, err
	}
	defer f.Close()
	if err := f.Sync(); err != nil {
		return "", 0, err
	}
	return scheduler.DigestReader(f)
}

// syncDir forces the names in dir to the disk.
func syncDir(dir string) error {
	f, err := os.Open(dir)
	if err != nil {
		return err
	}
	defer f.Close()
	return f.Sync()
}
