package bundle

import (
	"archive/zip"
	"bytes"
	"errors"
	"io"
	"io/fs"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"loaphuong/devices"
	"loaphuong/scheduler"
)

func TestWhatIsWrittenArrives(t *testing.T) {
	s := soundsOf("tin thứ nhất", "tin thứ hai")
	out, keys := outgoing(t, s)
	in, err := Open(onStick(t, packed(t, out, s)))
	if err != nil {
		t.Fatal(err)
	}
	defer in.Close()
	if in.Station() != anPhu || in.Revision() != 12 || !in.Made().Equal(made()) || !in.Lease().Equal(out.Lease) || in.Needed() != 3 {
		t.Errorf("the manifest says %+v", in.manifest)
	}
	if !bytes.Equal(in.Schedule(), out.Schedule) || !slices.EqualFunc(in.Receipts(), out.Receipts, bytes.Equal) {
		t.Error("the envelopes are not byte for byte what was published")
	}
	if _, err := keys.Open(in.Schedule(), anPhu, devices.ScheduleChannel, made()); err != nil {
		t.Error(err)
	}
	if !slices.Equal(in.Files(), s.files()) {
		t.Errorf("the files are %+v", in.Files())
	}
	for d, c := range s {
		if got := heard(t, in, d); got != c {
			t.Errorf("audio %s is %q", d, got)
		}
	}
	if _, err := in.Audio(scheduler.DigestOf(nil)); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("audio that is not there: %v", err)
	}
}

func heard(t *testing.T, in *Incoming, d scheduler.Digest) string {
	t.Helper()
	r, err := in.Audio(d)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	raw, err := io.ReadAll(r)
	if err != nil {
		t.Fatal(err)
	}
	return string(raw)
}

func TestABundleMayCarryNoAudio(t *testing.T) {
	out, _ := outgoing(t, nil)
	out.Receipts = nil
	in, err := Open(onStick(t, packed(t, out, nil)))
	if err != nil {
		t.Fatal(err)
	}
	defer in.Close()
	if len(in.Files()) != 0 || len(in.Receipts()) != 0 || in.Needed() != 1 {
		t.Errorf("it has %d files and %d receipts, and needs %d", len(in.Files()), len(in.Receipts()), in.Needed())
	}
}

func TestOpenRefuses(t *testing.T) {
	sound := []byte("tin")
	file := devices.File{Digest: scheduler.DigestOf(sound), Size: 3}
	plain := manifestOf(t, func(*manifest) {})
	listed := manifestOf(t, func(m *manifest) { m.Files = []devices.File{file} })
	schedule := part{scheduleName, zip.Deflate, []byte("{}")}
	stored := part{audioName(file.Digest), zip.Store, sound}
	swollen := part{audioName(file.Digest), zip.Deflate, sound}
	for why, raw := range map[string][]byte{
		"nothing":                    nil,
		"no archive":                 []byte(strings.Repeat("rác ", 100)),
		"no entries":                 archiveOf(t),
		"no manifest":                archiveOf(t, schedule),
		"a manifest that is none":    archiveOf(t, part{manifestName, zip.Store, []byte("{")}, schedule),
		"a bomb for a manifest":      archiveOf(t, part{manifestName, zip.Deflate, make([]byte, maxManifest+1)}, schedule),
		"another format":             archiveOf(t, manifestOf(t, func(m *manifest) { m.Format = reportFormat }), schedule),
		"no station":                 archiveOf(t, manifestOf(t, func(m *manifest) { m.Station = "../x" }), schedule),
		"no schedule":                archiveOf(t, plain),
		"a schedule under two names": archiveOf(t, plain, schedule, schedule),
		"a schedule up a path":       archiveOf(t, plain, part{"../" + scheduleName, zip.Store, []byte("{}")}),
		"a bomb for a schedule":      archiveOf(t, plain, part{scheduleName, zip.Deflate, make([]byte, devices.MaxMessage+1)}),
		"fewer receipts than listed": archiveOf(t, manifestOf(t, func(m *manifest) { m.Receipts = 1 }), schedule),
		"receipts without end":       archiveOf(t, manifestOf(t, func(m *manifest) { m.Receipts = 1 << 40 }), schedule),
		"fewer than no receipts":     archiveOf(t, manifestOf(t, func(m *manifest) { m.Receipts = -1 }), schedule),
		"audio that is not there":    archiveOf(t, listed, schedule),
		"audio that can swell":       archiveOf(t, listed, schedule, swollen),
		"audio of another size":      archiveOf(t, manifestOf(t, func(m *manifest) { m.Files = []devices.File{{Digest: file.Digest, Size: 2}} }), schedule, stored),
		"audio by no digest":         archiveOf(t, manifestOf(t, func(m *manifest) { m.Files = []devices.File{{Digest: "../../x", Size: 3}} }), schedule, part{"audio/../../x", zip.Store, sound}),
		"something after its end":    append(archiveOf(t, plain, schedule), "thêm"...),
		"something before its start": append([]byte("thêm"), archiveOf(t, plain, schedule)...),
	} {
		if in, err := Open(onStick(t, raw)); !errors.Is(err, ErrForm) {
			t.Errorf("%s: %+v, %v", why, in, err)
		}
	}
}

func TestOpenSaysWhatIsNoFile(t *testing.T) {
	dir := t.TempDir()
	if _, err := Open(filepath.Join(dir, "none.zip")); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("no file: %v", err)
	}
	if _, err := Open(dir); err == nil || !strings.Contains(err.Error(), "not a file") {
		t.Errorf("a directory: %v", err)
	}
}

func TestEntriesWithoutEnd(t *testing.T) {
	var parts []part
	for i := range maxEntries + 1 {
		parts = append(parts, part{audioName(scheduler.DigestOf([]byte{byte(i), byte(i >> 8)})), zip.Store, nil})
	}
	if _, err := Open(onStick(t, archiveOf(t, parts...))); !errors.Is(err, ErrForm) || !strings.Contains(err.Error(), "directory") {
		t.Errorf("%d entries: %v", len(parts), err)
	}
}

// TestABundleThatBreaksOff cuts a bundle at every byte, as a stick does that is
// pulled.
func TestABundleThatBreaksOff(t *testing.T) {
	s := soundsOf("tin")
	out, _ := outgoing(t, s)
	whole := packed(t, out, s)
	for n := range whole {
		if _, err := read(bytes.NewReader(whole[:n]), int64(n)); !errors.Is(err, ErrForm) {
			t.Fatalf("the first %d bytes of %d: %v", n, len(whole), err)
		}
	}
}

func TestDamagedAudioHasNoEnd(t *testing.T) {
	s := soundsOf("tin thứ nhất")
	out, _ := outgoing(t, s)
	raw := packed(t, out, s)
	raw[bytes.Index(raw, []byte("nhất"))] ^= 1
	in, err := Open(onStick(t, raw))
	if err != nil {
		t.Fatal(err)
	}
	defer in.Close()
	r, err := in.Audio(s.files()[0].Digest)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	if _, err := io.ReadAll(r); err == nil {
		t.Error("damaged audio was read to its end")
	}
}
