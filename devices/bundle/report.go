package bundle

import (
	"archive/zip"
	"crypto"
	"crypto/ecdsa"
	"crypto/rand"
	"crypto/sha256"
	"crypto/x509"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"time"

	"loaphuong/devices"
	"loaphuong/scheduler"
)

// Report is what a station says by hand instead of over the link.
type Report struct {
	Format  string              `json:"format"` // set by SealReport
	Station scheduler.StationID `json:"station"`
	Made    time.Time           `json:"made"` // by the station's own clock
	State   devices.State       `json:"state"`
	Batches []devices.Batch     `json:"batches"` // all lines that wait for a receipt, or the first MaxLines
}

// MaxLines is the most as-run lines in a report: more than a year of a busy
// station. One that has more carries the first, and the rest the next time.
const MaxLines = 50_000

// MaxReport is the largest report, packed or unpacked, in bytes. A line takes
// about five hundred before packing.
const MaxReport = 64 << 20

// The names of a report's entries.
const (
	reportName = "report.json"
	sealName   = "signature.json"
)

const (
	reportFormat  = "loaphuong/v1 report"
	reportContext = "loaphuong/v1 report\x00" // keeps the signature from meaning anything elsewhere
)

// SealReport writes a report, signed with the key of the station's certificate,
// which comes first in chain, in DER.
func SealReport(w io.Writer, r Report, key crypto.Signer, chain [][]byte) error {
	if err := sealReport(w, r, key, chain); err != nil {
		return fmt.Errorf("write report of station %s: %w", r.Station, err)
	}
	return nil
}

func sealReport(w io.Writer, r Report, key crypto.Signer, chain [][]byte) error {
	r.Format = reportFormat
	if err := r.check(r.Station); err != nil {
		return err
	}
	exact, err := json.Marshal(r)
	if err != nil {
		return err
	}
	if len(exact) > MaxReport {
		return fmt.Errorf("%d bytes: the most is %d: carry fewer lines at a time", len(exact), MaxReport)
	}
	s, err := sealOf(exact, key, chain)
	if err != nil {
		return err
	}
	z := zip.NewWriter(w)
	if err := add(z, reportName, zip.Deflate, r.Made, exact); err != nil {
		return err
	}
	if err := add(z, sealName, zip.Deflate, r.Made, s); err != nil {
		return err
	}
	return z.Close()
}

// sealOf signs the exact bytes of a report.
func sealOf(exact []byte, key crypto.Signer, chain [][]byte) ([]byte, error) {
	if _, ok := key.Public().(*ecdsa.PublicKey); !ok {
		return nil, fmt.Errorf("sign with a %T: a station's key is ECDSA", key.Public())
	}
	signature, err := key.Sign(rand.Reader, reportHash(exact), crypto.SHA256)
	if err != nil {
		return nil, fmt.Errorf("sign: %w", err)
	}
	return json.Marshal(seal{chain, signature})
}

// reportHash is what is signed.
func reportHash(exact []byte) []byte {
	h := sha256.New()
	io.WriteString(h, reportContext)
	h.Write(exact)
	return h.Sum(nil)
}

// OpenReport reads a report and proves whose it is: see [ReadReport].
func OpenReport(path string, roots *x509.CertPool, now time.Time) (Report, *x509.Certificate, error) {
	f, size, err := openFile(path)
	if err != nil {
		return Report{}, nil, fmt.Errorf("open report: %w", err)
	}
	defer f.Close()
	r, c, err := ReadReport(f, size, roots, now)
	if err != nil {
		return r, c, fmt.Errorf("%s: %w", path, err)
	}
	return r, c, nil
}

// ReadReport reads a report of size bytes and proves that a station with a
// certificate of roots has signed it, and speaks for nobody else. It returns the
// certificate too, which may have ended up to [Overdue] before now. The errors
// wrap [ErrForm] or [ErrUntrusted].
func ReadReport(f io.ReaderAt, size int64, roots *x509.CertPool, now time.Time) (Report, *x509.Certificate, error) {
	r, c, err := readReport(f, size, roots, now)
	if err != nil {
		return Report{}, nil, fmt.Errorf("read report: %w", err)
	}
	return r, c, nil
}

func readReport(f io.ReaderAt, size int64, roots *x509.CertPool, now time.Time) (r Report, _ *x509.Certificate, err error) {
	a, err := openArchive(f, size)
	if err != nil {
		return r, nil, err
	}
	exact, err := a.read(reportName, MaxReport)
	if err != nil {
		return r, nil, err
	}
	raw, err := a.read(sealName, maxSeal)
	if err != nil {
		return r, nil, err
	}
	leaf, station, err := verify(raw, exact, roots, now)
	if err != nil {
		return r, nil, err
	}
	if err := json.Unmarshal(exact, &r); err != nil { // not sooner: a few bytes of JSON can ask for much memory
		return r, nil, fmt.Errorf("%w: %s: %w", ErrForm, reportName, err)
	}
	if err := r.check(station); err != nil {
		return r, nil, fmt.Errorf("%w: %w", ErrForm, err)
	}
	return r, leaf, nil
}

// check refuses a report that the station could not have sent over the link.
func (r Report) check(station scheduler.StationID) error {
	if r.Format != reportFormat {
		return fmt.Errorf("it is a %.80q", r.Format)
	}
	if r.Station != station || r.State.Station != station {
		return fmt.Errorf("station %s speaks for %q and %q", station, r.Station, r.State.Station)
	}
	lines := 0
	for _, b := range r.Batches {
		if b.Station != station || b.Log == "" || len(b.Records) > devices.MaxBatch {
			return fmt.Errorf("station %s: a batch of log %q: %d lines for %q", station, b.Log, len(b.Records), b.Station)
		}
		lines += len(b.Records)
	}
	if lines > MaxLines || len(r.Batches) > MaxLines {
		return fmt.Errorf("station %s: %d lines: the most is %d", station, lines, MaxLines)
	}
	return nil
}

// ErrUntrusted is wrapped by the errors of reports that prove nothing.
var ErrUntrusted = errors.New("not signed by a station of this centre")
