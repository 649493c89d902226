package bundle

import (
	"archive/zip"
	"bytes"
	"crypto/ed25519"
	"encoding/json"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"loaphuong/devices"
	"loaphuong/scheduler"
)

const anPhu scheduler.StationID = "an-phu"

// made is when the bundles and reports of these tests are made.
func made() time.Time { return time.Date(2026, 11, 23, 8, 0, 0, 0, time.UTC) }

// sounds are audio files of the given contents.
type sounds map[scheduler.Digest]string

func soundsOf(contents ...string) sounds {
	s := sounds{}
	for _, c := range contents {
		s[scheduler.DigestOf([]byte(c))] = c
	}
	return s
}

func (s sounds) open(d scheduler.Digest) (io.ReadCloser, error) {
	c, ok := s[d]
	if !ok {
		return nil, fs.ErrNotExist
	}
	return io.NopCloser(strings.NewReader(c)), nil
}

func (s sounds) files() (list []devices.File) {
	for d, c := range s {
		list = append(list, devices.File{Digest: d, Size: int64(len(c))})
	}
	slices.SortFunc(list, func(a, b devices.File) int { return strings.Compare(string(a.Digest), string(b.Digest)) })
	return list
}

// outgoing is a bundle with a real envelope in it, and the keys that open it.
func outgoing(t testing.TB, s sounds) (Outgoing, devices.Keyring) {
	t.Helper()
	public, key, err := ed25519.GenerateKey(nil)
	if err != nil {
		t.Fatal(err)
	}
	seal := func(kind devices.Channel, body any) []byte {
		raw, err := devices.Seal(key, devices.Envelope{To: string(anPhu), Kind: kind, NotBefore: made(), Expires: made().AddDate(0, 0, 14)}, body)
		if err != nil {
			t.Fatal(err)
		}
		return raw
	}
	return Outgoing{
		Station: anPhu, Revision: 12, Lease: made().AddDate(0, 0, 14), Needed: len(s) + 1, Made: made(),
		Schedule: seal(devices.ScheduleChannel, devices.Schedule{Station: anPhu, Revision: 12, Files: s.files()}),
		Receipts: [][]byte{
			seal(devices.ReceiptChannel, devices.Receipt{Log: "so", Accepted: []uint64{1, 2}}),
			seal(devices.ReceiptChannel, devices.Receipt{Log: "so", Accepted: []uint64{3}}),
		},
		Files: s.files(),
	}, devices.NewKeyring(public)
}

// packed is what Write writes.
func packed(t testing.TB, b Outgoing, s sounds) []byte {
	t.Helper()
	var buf bytes.Buffer
	if err := Write(&buf, b, s.open); err != nil {
		t.Fatal(err)
	}
	return buf.Bytes()
}

// onStick is a file with that content.
func onStick(t testing.TB, raw []byte) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "stick.zip")
	if err := os.WriteFile(path, raw, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// part is one entry of an archive made by somebody else.
type part struct {
	name    string
	method  uint16
	content []byte
}

func archiveOf(t testing.TB, parts ...part) []byte {
	t.Helper()
	var buf bytes.Buffer
	z := zip.NewWriter(&buf)
	for _, p := range parts {
		if err := add(z, p.name, p.method, made(), p.content); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return buf.Bytes()
}

// manifestOf is a manifest that was changed.
func manifestOf(t testing.TB, change func(*manifest)) part {
	t.Helper()
	m := manifest{Format: bundleFormat, Station: anPhu, Revision: 1, Made: made()}
	change(&m)
	raw, err := json.Marshal(m)
	if err != nil {
		t.Fatal(err)
	}
	return part{manifestName, zip.Deflate, raw}
}
