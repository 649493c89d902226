package cache

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"
)

// Source is a place that may have files.
//
//   - Open never vouches for what it brings: the cache digests every byte.
//   - A file that is not there is ErrNotThere, told soon; so is a place that is
//     not there, such as a stick nobody has put in.
//   - A file of another size is ErrWrongFile.
//   - A source may be used from many goroutines.
type Source interface {
	// Name tells the source from the others, and people what it is.
	Name() string
	// Metered reports whether what it brings counts against [Cache.SetLimit].
	Metered() bool
	// Open returns the file of size bytes from the byte at start on. That is the
	// byte at from, or an earlier one where the source cannot begin there. The
	// body ends with ctx, if reading it may take long.
	Open(ctx context.Context, d Digest, size, from int64) (body io.ReadCloser, start int64, err error)
}

// The errors of sources, for errors.Is.
var (
	// ErrNotThere is for a source that does not have the file.
	ErrNotThere = errors.New("the file is not there")
	// ErrInterrupted is for a transfer that broke off; what came is kept and
	// the next source, or the next FetchFrom, goes on from there.
	ErrInterrupted = errors.New("interrupted")
	// ErrWrongFile is for a source that has something else under this name:
	// another size or another digest.
	ErrWrongFile = errors.New("there is another file under this name")
	// ErrRefused is for an answer that is neither the file nor a part of it.
	ErrRefused = errors.New("the server refuses")
)

// folder is a directory with files by digest.
type folder string

// Folder is a directory that holds files under their digests, such as a stick
// or a share. It is only read.
func Folder(path string) Source { return folder(path) }

func (f folder) Name() string { return string(f) }

func (f folder) Metered() bool { return false }

// Open opens a regular file and nothing else: what is on a stick may have been
// put there by anybody, and a pipe or a device would never end.
func (f folder) Open(_ context.Context, d Digest, size, from int64) (io.ReadCloser, int64, error) {
	path := filepath.Join(string(f), string(d))
	info, err := os.Lstat(path)
	if errors.Is(err, fs.ErrNotExist) || errors.Is(err, syscall.ENOTDIR) {
		return nil, 0, ErrNotThere
	}
	if err != nil {
		return nil, 0, err
	}
	if !info.Mode().IsRegular() || info.Size() != size {
		return nil, 0, fmt.Errorf("%w: %s of %d bytes instead of %d", ErrWrongFile, info.Mode(), info.Size(), size)
	}
	file, err := os.Open(path)
	if err != nil {
		return nil, 0, err
	}
	if _, err := file.Seek(from, io.SeekStart); err != nil {
		return nil, 0, errors.Join(err, file.Close())
	}
	return file, from, nil
}
