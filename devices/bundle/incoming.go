package bundle

import (
	"archive/zip"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"time"

	"loaphuong/devices"
	"loaphuong/scheduler"
)

// Incoming is a bundle that has arrived. It reads from the stick until closed.
type Incoming struct {
	manifest manifest
	schedule []byte
	receipts [][]byte
	entries  archive
	audio    map[scheduler.Digest]*zip.File
	close    func() error
}

// Open opens a bundle and reads everything but the audio. It promises that what
// the manifest lists is there in its size, and nothing about who made it: the
// schedule and the receipts are as yet only bytes.
func Open(path string) (*Incoming, error) {
	f, size, err := openFile(path)
	if err != nil {
		return nil, fmt.Errorf("open bundle: %w", err)
	}
	in, err := read(f, size)
	if err != nil {
		f.Close()
		return nil, fmt.Errorf("open bundle %s: %w", path, err)
	}
	in.close = f.Close
	return in, nil
}

// openFile opens a plain file: a pipe has no end to look at.
func openFile(path string) (*os.File, int64, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, 0, err
	}
	info, err := f.Stat()
	if err == nil && !info.Mode().IsRegular() {
		err = &fs.PathError{Op: "open", Path: path, Err: errors.New("not a file")}
	}
	if err != nil {
		f.Close()
		return nil, 0, err
	}
	return f, info.Size(), nil
}

func read(r io.ReaderAt, size int64) (*Incoming, error) {
	a, err := openArchive(r, size)
	if err != nil {
		return nil, err
	}
	in := &Incoming{entries: a, audio: map[scheduler.Digest]*zip.File{}, close: func() error { return nil }}
	contents, err := a.read(manifestName, maxManifest)
	if err != nil {
		return nil, err
	}
	if err := json.Unmarshal(contents, &in.manifest); err != nil {
		return nil, fmt.Errorf("%w: %s: %w", ErrForm, manifestName, err)
	}
	if err := in.check(); err != nil {
		return nil, err
	}
	if in.schedule, err = a.read(scheduleName, devices.MaxMessage); err != nil {
		return nil, err
	}
	return in, in.readReceipts()
}

// check compares the manifest with the directory and finds the audio.
func (in *Incoming) check() error {
	m := in.manifest
	if m.Format != bundleFormat {
		return fmt.Errorf("%w: it is a %.80q", ErrForm, m.Format)
	}
	if _, err := scheduler.ParseStationID(string(m.Station)); err != nil {
		return fmt.Errorf("%w: %w", ErrForm, err)
	}
	if m.Receipts < 0 || m.Receipts > len(in.entries) {
		return fmt.Errorf("%w: %d receipts", ErrForm, m.Receipts)
	}
	for _, f := range m.Files {
		if err := checkFile(f); err != nil {
			return fmt.Errorf("%w: %w", ErrForm, err)
		}
		held := in.entries[audioName(f.Digest)]
		if held == nil || held.Method != zip.Store || held.UncompressedSize64 != uint64(f.Size) || held.CompressedSize64 != uint64(f.Size) {
			return fmt.Errorf("%w: audio %s is not in it as the manifest says", ErrForm, f.Digest)
		}
		in.audio[f.Digest] = held
	}
	return nil
}

func (in *Incoming) readReceipts() error {
	left := int64(maxReceipts)
	for i := range in.manifest.Receipts {
		raw, err := in.entries.read(receiptName(i), min(left, devices.MaxMessage))
		if err != nil {
			return err
		}
		left -= int64(len(raw))
		in.receipts = append(in.receipts, raw)
	}
	return nil
}

// Station is whom the bundle says it is for.
func (in *Incoming) Station() scheduler.StationID { return in.manifest.Station }

// Revision is that of the schedule, as the manifest says.
func (in *Incoming) Revision() scheduler.Revision { return in.manifest.Revision }

// Lease is until when the schedule is good, as the manifest says.
func (in *Incoming) Lease() time.Time { return in.manifest.Lease }

// Made is when the bundle was made, as the manifest says.
func (in *Incoming) Made() time.Time { return in.manifest.Made }

// Needed is how many audio files the schedule needs, as the manifest says; those
// that are not among [Incoming.Files] the station was believed to hold.
func (in *Incoming) Needed() int { return in.manifest.Needed }

// Schedule is the signed envelope of the schedule.
func (in *Incoming) Schedule() []byte { return in.schedule }

// Receipts are signed envelopes of receipts.
func (in *Incoming) Receipts() [][]byte { return in.receipts }

// Files lists the audio files that are here.
func (in *Incoming) Files() []devices.File { return in.manifest.Files }

// Audio opens an audio file of [Incoming.Files]; another is [fs.ErrNotExist]. It
// gives no more bytes than were listed, and an error in the place of the end
// where they were damaged on the way. Whoever keeps the file compares its digest.
func (in *Incoming) Audio(d scheduler.Digest) (io.ReadCloser, error) {
	f := in.audio[d]
	if f == nil {
		return nil, fmt.Errorf("audio %s of the bundle: %w", d, fs.ErrNotExist)
	}
	r, err := f.Open()
	if err != nil {
		return nil, fmt.Errorf("audio %s of the bundle: %w: %w", d, ErrForm, err)
	}
	return r, nil
}

// Close lets go of the file.
func (in *Incoming) Close() error { return in.close() }
