package bundle

import (
	"archive/zip"
	"bytes"
	"crypto"
	"crypto/ed25519"
	"errors"
	"io"
	"io/fs"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"

	"loaphuong/devices"
	"loaphuong/scheduler"
)

func TestAReportArrives(t *testing.T) {
	o, now := newOffice(t), present()
	s := o.enrols(t, anPhu, now)
	got, certificate, err := OpenReport(onStick(t, sealed(t, report(), s)), o.roots, now)
	if err != nil {
		t.Fatal(err)
	}
	want := report()
	want.Format = reportFormat
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got %+v\nwant %+v", got, want)
	}
	if !bytes.Equal(certificate.Raw, s.chain[0]) {
		t.Error("the certificate is another")
	}
}

func TestOpenReportOfNothing(t *testing.T) {
	if _, _, err := OpenReport(filepath.Join(t.TempDir(), "none.zip"), nil, made()); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("no file: %v", err)
	}
	if _, _, err := OpenReport(onStick(t, []byte("rác")), nil, made()); !errors.Is(err, ErrForm) {
		t.Errorf("no report: %v", err)
	}
}

func TestReadReportRefuses(t *testing.T) {
	o, now := newOffice(t), present()
	s := o.enrols(t, anPhu, now)
	saying := func(change func(*Report)) []byte {
		r := report()
		r.Format = reportFormat
		change(&r)
		return signedAnyway(t, marshal(t, r), s)
	}
	exact, proof := parts(t, sealed(t, report(), s))
	for why, raw := range map[string][]byte{
		"nothing":                  nil,
		"a bundle":                 archiveOf(t, part{manifestName, zip.Store, []byte("{}")}),
		"no signature":             archiveOf(t, part{reportName, zip.Store, exact}),
		"a signature of nothing":   archiveOf(t, part{sealName, zip.Store, proof}),
		"a signature that is none": archiveOf(t, part{reportName, zip.Store, exact}, part{sealName, zip.Store, []byte("{")}),
		"a bomb for a report":      rawArchive(t, reportName, nil, MaxReport+1),
		"a bomb for a signature":   archiveOf(t, part{reportName, zip.Store, exact}, part{sealName, zip.Deflate, make([]byte, maxSeal+1)}),
		"no JSON":                  signedAnyway(t, []byte("{"), s),
		"another format":           saying(func(r *Report) { r.Format = bundleFormat }),
		"another's state":          saying(func(r *Report) { r.State.Station = "binh-minh" }),
		"another's lines":          saying(func(r *Report) { r.Batches[0].Station = "binh-minh" }),
		"lines of no log":          saying(func(r *Report) { r.Batches[0].Log = "" }),
		"a batch too long":         saying(func(r *Report) { r.Batches[0].Records = make([]scheduler.AsRun, devices.MaxBatch+1) }),
	} {
		if _, _, err := o.read(raw, now); !errors.Is(err, ErrForm) {
			t.Errorf("%s: %v", why, err)
		}
	}
}

// TestADeclaredSizeIsNotBelieved packs a megabyte under the name of ten bytes.
func TestADeclaredSizeIsNotBelieved(t *testing.T) {
	raw := rawArchive(t, sealName, deflated(t, make([]byte, 1<<20)), 10)
	a, err := openArchive(bytes.NewReader(raw), int64(len(raw)))
	if err != nil {
		t.Fatal(err)
	}
	if raw, err := a.read(sealName, maxSeal); !errors.Is(err, ErrForm) {
		t.Errorf("%d bytes were read: %v", len(raw), err)
	}
}

// rawArchive has one entry of packed bytes that declares any size.
func rawArchive(t testing.TB, name string, packed []byte, declared uint64) []byte {
	t.Helper()
	var buf bytes.Buffer
	z := zip.NewWriter(&buf)
	h := &zip.FileHeader{Name: name, Method: zip.Deflate, CompressedSize64: uint64(len(packed)), UncompressedSize64: declared}
	w, err := z.CreateRaw(h)
	if err == nil {
		_, err = w.Write(packed)
	}
	if err := errors.Join(err, z.Close()); err != nil {
		t.Fatal(err)
	}
	return buf.Bytes()
}

// deflated are the packed bytes of one entry.
func deflated(t testing.TB, content []byte) []byte {
	t.Helper()
	raw := archiveOf(t, part{"x", zip.Deflate, content})
	z, err := zip.NewReader(bytes.NewReader(raw), int64(len(raw)))
	if err != nil {
		t.Fatal(err)
	}
	r, err := z.File[0].OpenRaw()
	if err != nil {
		t.Fatal(err)
	}
	packed, err := io.ReadAll(r)
	if err != nil {
		t.Fatal(err)
	}
	return packed
}

func TestSealReportRefuses(t *testing.T) {
	o := newOffice(t)
	s := o.enrols(t, anPhu, present())
	_, ed, err := ed25519.GenerateKey(nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		why    string
		change func(*Report)
		key    crypto.Signer
		want   string
	}{
		{"another's state", func(r *Report) { r.State.Station = "binh-minh" }, s.key, "speaks for"},
		{"too many lines", func(r *Report) { r.Batches = manyLines(MaxLines + 1) }, s.key, "the most is"},
		{"a key of another kind", func(*Report) {}, ed, "ECDSA"},
	} {
		r := report()
		c.change(&r)
		if err := SealReport(io.Discard, r, c.key, s.chain); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v, want a word of %q", c.why, err, c.want)
		}
	}
}

// manyLines are n lines in batches.
func manyLines(n int) (batches []devices.Batch) {
	for n > 0 {
		lines := min(n, devices.MaxBatch)
		batches = append(batches, devices.Batch{Station: anPhu, Log: "so", Records: make([]scheduler.AsRun, lines)})
		n -= lines
	}
	return batches
}

// TestTheMostLinesFit: a report with as many lines as one may have is not too
// large, with lines as long as they come.
func TestTheMostLinesFit(t *testing.T) {
	if line := len(marshal(t, longLine(1))); line*MaxLines > MaxReport*3/4 {
		t.Errorf("%d lines of %d bytes leave no room in %d", MaxLines, line, MaxReport)
	}
}

func longLine(n uint64) scheduler.AsRun {
	digest := scheduler.DigestOf([]byte{byte(n), byte(n >> 8)})
	return scheduler.AsRun{
		Log: string(digest[:26]), Number: 1 << 40, Previous: digest, Kind: scheduler.AsRunIntent, Airing: scheduler.AiringID(digest[:32]),
		Planned: made(), At: made().Add(123456789), Digest: digest, Approver: "Nguyễn Thị Phương Hoa", Sounded: 90 * time.Second,
		Outcome: scheduler.Partial, Reason: scheduler.DeviceLost, Detail: strings.Repeat("chi tiết ", 20), Evidence: 3,
		Card: "USB Audio Device 0", Clock: scheduler.Clock{Boot: string(digest[:36]), Monotonic: 1 << 50, Offset: 1 << 40, Uncertainty: 1 << 30},
	}
}
