package cache

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"runtime"
)

// part is a partial file that is being completed. Whatever goes wrong, it holds
// nothing but a beginning that may be kept, or nothing.
type part struct {
	file file
	size int64 // of the whole file
}

// kept is how many bytes are here from before. More than there can be are none.
func (p part) kept() (int64, error) {
	info, err := p.file.Stat()
	if err != nil {
		return 0, refused(err)
	}
	if info.Size() > p.size {
		return 0, p.cut(0)
	}
	return info.Size(), nil
}

// fill writes what is missing behind the bytes kept, and not a byte more.
func (p part) fill(kept int64, body io.Reader) error {
	missing := p.size - kept
	n, err := io.Copy(io.NewOffsetWriter(p, kept), io.LimitReader(body, missing))
	if errors.Is(err, ErrDisk) {
		return errors.Join(err, p.sync())
	}
	if err != nil || n < missing {
		return errors.Join(brokenOff(kept+n, p.size, err), p.sync())
	}
	if more, _ := io.ReadFull(body, make([]byte, 1)); more > 0 {
		return errors.Join(fmt.Errorf("%w: more than %d bytes", ErrWrongFile, p.size), p.cut(kept))
	}
	return nil
}

// WriteAt writes to the file and tells the disk's errors from the body's.
func (p part) WriteAt(data []byte, at int64) (int, error) {
	n, err := p.file.WriteAt(data, at)
	return n, refused(err)
}

// sum makes the file safe from a power cut and digests it. A file that cannot
// be read is begun anew: it may come to lie on better sectors.
func (p part) sum() (Digest, error) {
	if err := p.sync(); err != nil {
		return "", err
	}
	sum := sha256.New()
	if _, err := io.Copy(polite{sum}, io.NewSectionReader(p.file, 0, p.size)); err != nil {
		return "", errors.Join(refused(err), p.cut(0))
	}
	return Digest(hex.EncodeToString(sum.Sum(nil))), nil
}

// polite lets others go first after every write: a station runs on one
// processor, and its sound cannot wait until a large file is digested.
type polite struct{ io.Writer }

func (w polite) Write(data []byte) (int, error) {
	n, err := w.Writer.Write(data)
	runtime.Gosched()
	return n, err
}

// sync brings the file to the disk. One that did not get there is emptied: the
// system tells so only once, and from then on shows bytes that the next power
// cut takes away.
func (p part) sync() error {
	if err := p.file.Sync(); err != nil {
		return errors.Join(refused(err), p.cut(0))
	}
	return nil
}

// cut shortens the file.
func (p part) cut(size int64) error { return refused(p.file.Truncate(size)) }

// brokenOff is the error of a body that ended early, with no error if it just
// ended.
func brokenOff(here, size int64, err error) error {
	if err == nil {
		err = io.ErrUnexpectedEOF
	}
	return fmt.Errorf("%w with %d of %d bytes here: %w", ErrInterrupted, here, size, err)
}
