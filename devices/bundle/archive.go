package bundle

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"time"
)

// The bounds of an archive.
const (
	maxEntries   = 20_000
	maxDirectory = 8 << 20 // bytes; an entry of ours takes about 140
	// maxArchive is the largest file that FAT32 holds, with which sticks are
	// formatted. It also spares the reader the larger form of zip.
	maxArchive = 4<<30 - 1
)

// ErrForm is wrapped by the errors of files that are not whole or not ours.
var ErrForm = errors.New("not a whole bundle or report: carry it again")

// archive is a zip archive whose entries are found by name.
type archive map[string]*zip.File

// openArchive reads the directory of an archive of ours.
func openArchive(r io.ReaderAt, size int64) (archive, error) {
	if err := checkEnd(r, size); err != nil {
		return nil, err
	}
	z, err := zip.NewReader(r, size)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrForm, err)
	}
	a := make(archive, len(z.File))
	for _, f := range z.File {
		if a[f.Name] != nil {
			return nil, fmt.Errorf("%w: %.80q is in it twice", ErrForm, f.Name)
		}
		a[f.Name] = f
	}
	return a, nil
}

// The end of a zip archive without a comment, and the signatures before it.
const (
	endLength     = 22
	end64Length   = 20
	endSignature  = "PK\x05\x06"
	zip64Locator  = "PK\x06\x07"
	recordsOffset = 10 // in the end: records, then the directory's size and offset
)

// checkEnd bounds what reading the directory costs before a zip reader trusts
// its own figures. It takes only what a writer of ours leaves at the end.
func checkEnd(r io.ReaderAt, size int64) error {
	var tail [end64Length + endLength]byte
	from := size - int64(len(tail))
	if from < 0 || size > maxArchive {
		return fmt.Errorf("%w: %d bytes", ErrForm, size)
	}
	if _, err := r.ReadAt(tail[:], from); err != nil && !errors.Is(err, io.EOF) {
		return err // the stick, not the file
	}
	end := tail[end64Length:]
	records := binary.LittleEndian.Uint16(end[recordsOffset:])
	length := int64(binary.LittleEndian.Uint32(end[recordsOffset+2:]))
	offset := int64(binary.LittleEndian.Uint32(end[recordsOffset+6:]))
	switch {
	case string(end[:4]) != endSignature:
		return fmt.Errorf("%w: it breaks off", ErrForm)
	case bytes.HasPrefix(tail[:], []byte(zip64Locator)) || records > maxEntries || length > maxDirectory || offset+length != size-endLength:
		return fmt.Errorf("%w: a directory of %d entries in %d bytes", ErrForm, records, length)
	}
	return nil
}

// read reads one entry of at most limit bytes.
func (a archive) read(name string, limit int64) ([]byte, error) {
	f := a[name]
	if f == nil {
		return nil, fmt.Errorf("%w: %s is not in it", ErrForm, name)
	}
	if f.UncompressedSize64 > uint64(limit) {
		return nil, fmt.Errorf("%w: %s has %d bytes, the most is %d", ErrForm, name, f.UncompressedSize64, limit)
	}
	r, err := f.Open()
	if err != nil {
		return nil, fmt.Errorf("%w: %s: %w", ErrForm, name, err)
	}
	defer r.Close()
	raw, err := io.ReadAll(io.LimitReader(r, limit+1)) // the size above is only what the archive says
	if err == nil && int64(len(raw)) > limit {
		err = fmt.Errorf("more than %d bytes", limit)
	}
	if err != nil {
		return nil, fmt.Errorf("%w: %s: %w", ErrForm, name, err)
	}
	return raw, nil
}

// add writes one entry.
func add(z *zip.Writer, name string, method uint16, at time.Time, content []byte) error {
	w, err := entry(z, name, method, at)
	if err != nil {
		return err
	}
	_, err = w.Write(content)
	return err
}

func entry(z *zip.Writer, name string, method uint16, at time.Time) (io.Writer, error) {
	return z.CreateHeader(&zip.FileHeader{Name: name, Method: method, Modified: at.UTC()})
}
