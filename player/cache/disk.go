package cache

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
)

// ErrDisk is for the station's own disk that refuses: asking another source
// does not help. The system's error is wrapped too: syscall.ENOSPC of a full
// disk, EROFS, EIO, EACCES.
var ErrDisk = errors.New("the disk refuses")

// refused marks an error of the disk; nil stays nil.
func refused(err error) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("%w: %w", ErrDisk, err)
}

// file is what the cache asks of an open file.
type file interface {
	io.ReaderAt
	io.WriterAt
	io.Closer
	Stat() (fs.FileInfo, error)
	Truncate(size int64) error
	Sync() error
}

// disk is what the cache asks of the system where tests need it to fail.
type disk struct {
	open func(path string, flag int) (file, error)
	// free is how many bytes more the disk of dir takes; false if nobody knows.
	free func(dir string) (int64, bool)
}

// systemDisk is the disk of the machine.
func systemDisk() disk {
	return disk{
		open: func(path string, flag int) (file, error) { return os.OpenFile(path, flag, 0o644) },
		free: freeSpace,
	}
}

// Free is how many bytes more the disk takes, and whether the system says so.
func (c *Cache) Free() (int64, bool) { return c.disk.free(c.dir) }
