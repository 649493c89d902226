package bundle

import (
	"archive/zip"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"time"

	"loaphuong/devices"
	"loaphuong/scheduler"
)

// Outgoing is what is carried to a station.
type Outgoing struct {
	Station  scheduler.StationID
	Revision scheduler.Revision // of the schedule
	Lease    time.Time          // until which the schedule is good
	Schedule []byte             // the signed envelope, exactly as it was published
	Receipts [][]byte           // signed envelopes too
	Files    []devices.File     // the audio to carry
	Needed   int                // how many files the schedule needs, carried or not
	Made     time.Time
}

// The names of a bundle's entries.
const (
	manifestName = "manifest.json"
	scheduleName = "schedule.json"
	audioPrefix  = "audio/"
)

func receiptName(i int) string { return fmt.Sprintf("receipts/%05d.json", i+1) }

func audioName(d scheduler.Digest) string { return audioPrefix + string(d) }

// manifest is the table of contents.
type manifest struct {
	Format   string              `json:"format"`
	Station  scheduler.StationID `json:"station"`
	Revision scheduler.Revision  `json:"revision"`
	Lease    time.Time           `json:"lease"`
	Made     time.Time           `json:"made"`
	Schedule int                 `json:"schedule"` // bytes
	Receipts int                 `json:"receipts"`
	Needed   int                 `json:"needed"` // audio files that the schedule needs
	Files    []devices.File      `json:"files"`  // those that are in here
}

// bundleFormat names this form of bundle.
const bundleFormat = "loaphuong/v1 bundle"

// The bounds of a bundle besides those of every archive. Its receipts are held
// in memory, all at once.
const (
	maxManifest = 4 << 20
	maxReceipts = 64 << 20 // of all together
)

// Write writes a bundle. The audio comes from open, one file at a time, and is
// checked on the way: a station would refuse what is not what its digest says,
// after somebody has driven there.
func Write(w io.Writer, b Outgoing, open func(scheduler.Digest) (io.ReadCloser, error)) error {
	if err := b.write(w, open); err != nil {
		return fmt.Errorf("write bundle for station %s: %w", b.Station, err)
	}
	return nil
}

func (b Outgoing) write(w io.Writer, open func(scheduler.Digest) (io.ReadCloser, error)) error {
	if err := b.check(); err != nil {
		return err
	}
	contents, err := json.MarshalIndent(b.manifest(), "", " ")
	if err != nil {
		return err
	}
	z := zip.NewWriter(w)
	if err := add(z, manifestName, zip.Deflate, b.Made, contents); err != nil {
		return err
	}
	if err := add(z, scheduleName, zip.Deflate, b.Made, b.Schedule); err != nil {
		return err
	}
	for i, r := range b.Receipts {
		if err := add(z, receiptName(i), zip.Deflate, b.Made, r); err != nil {
			return err
		}
	}
	for _, f := range b.Files {
		if err := addAudio(z, f, b.Made, open); err != nil {
			return fmt.Errorf("audio %s: %w", f.Digest, err)
		}
	}
	return z.Close()
}

func (b Outgoing) manifest() manifest {
	return manifest{
		Format:   bundleFormat,
		Station:  b.Station,
		Revision: b.Revision,
		Lease:    b.Lease.UTC(),
		Made:     b.Made.UTC(),
		Schedule: len(b.Schedule),
		Receipts: len(b.Receipts),
		Needed:   b.Needed,
		Files:    b.Files,
	}
}

// entryCost bounds what an entry adds to an archive besides its content.
const entryCost = 512

// check refuses what no reader would take.
func (b Outgoing) check() error {
	entries := len(b.Files) + len(b.Receipts) + 2
	receipts := int64(0)
	for _, r := range b.Receipts {
		receipts += int64(len(r))
	}
	if entries > maxEntries || len(b.Schedule) > devices.MaxMessage || receipts > maxReceipts {
		return fmt.Errorf("%d entries, a schedule of %d bytes and receipts of %d are more than a bundle holds", entries, len(b.Schedule), receipts)
	}
	total := maxManifest + int64(len(b.Schedule)) + receipts + int64(entries)*entryCost
	seen := make(map[scheduler.Digest]bool, len(b.Files))
	for _, f := range b.Files {
		if err := checkFile(f); err != nil {
			return err
		}
		if seen[f.Digest] {
			return fmt.Errorf("audio %s is listed twice", f.Digest)
		}
		seen[f.Digest] = true
		total += f.Size
	}
	if total > maxArchive {
		return fmt.Errorf("%d MiB: a stick takes files of at most 4 GiB: leave out audio that the station holds", total>>20)
	}
	return nil
}

func checkFile(f devices.File) error {
	if _, err := scheduler.ParseDigest(string(f.Digest)); err != nil {
		return err
	}
	if f.Size <= 0 || f.Size > devices.MaxFile {
		return fmt.Errorf("audio %s of %d bytes: the most is %d", f.Digest, f.Size, int64(devices.MaxFile))
	}
	return nil
}

func addAudio(z *zip.Writer, f devices.File, at time.Time, open func(scheduler.Digest) (io.ReadCloser, error)) error {
	r, err := open(f.Digest)
	if err != nil {
		return err
	}
	defer r.Close()
	w, err := entry(z, audioName(f.Digest), zip.Store, at)
	if err != nil {
		return err
	}
	sum := sha256.New()
	n, err := io.Copy(io.MultiWriter(w, sum), io.LimitReader(r, f.Size+1))
	if err != nil {
		return err
	}
	if got := scheduler.Digest(hex.EncodeToString(sum.Sum(nil))); n != f.Size || got != f.Digest {
		return fmt.Errorf("its %d bytes have the digest %s: restore the file from a backup, or take the recording in again", n, got)
	}
	return nil
}
