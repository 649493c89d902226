package bundle

import (
	"archive/zip"
	"bytes"
	"io"
	"testing"
)

// FuzzOpen opens whatever is on the stick, and what is read of it has bounds.
func FuzzOpen(f *testing.F) {
	s := soundsOf("tin thứ nhất", "tin thứ hai")
	out, _ := outgoing(f, s)
	f.Add(packed(f, out, s))
	f.Add(archiveOf(f, manifestOf(f, func(*manifest) {}), part{scheduleName, zip.Store, nil}))
	f.Fuzz(func(t *testing.T, raw []byte) { readAll(t, raw) })
}

// FuzzManifest opens well-made archives with any manifest.
func FuzzManifest(f *testing.F) {
	s := soundsOf("tin")
	out, _ := outgoing(f, s)
	file := s.files()[0]
	good := packed(f, out, s)
	a, err := openArchive(bytes.NewReader(good), int64(len(good)))
	if err != nil {
		f.Fatal(err)
	}
	raw, err := a.read(manifestName, maxManifest)
	if err != nil {
		f.Fatal(err)
	}
	f.Add(raw)
	f.Fuzz(func(t *testing.T, raw []byte) {
		readAll(t, archiveOf(t, part{manifestName, zip.Store, raw}, part{scheduleName, zip.Store, []byte("{}")},
			part{receiptName(0), zip.Store, []byte("{}")}, part{audioName(file.Digest), zip.Store, []byte("tin")}))
	})
}

func readAll(t *testing.T, raw []byte) {
	in, err := read(bytes.NewReader(raw), int64(len(raw)))
	if err != nil {
		return
	}
	for _, f := range in.Files() {
		r, err := in.Audio(f.Digest)
		if err != nil {
			continue
		}
		if n, _ := io.Copy(io.Discard, r); n > f.Size {
			t.Errorf("audio of %d bytes gave %d", f.Size, n)
		}
		r.Close()
	}
}

// FuzzOpenReport takes any bytes for a report, and any for its two entries. None
// but the one that was signed is anybody's.
func FuzzOpenReport(f *testing.F) {
	o, now := newOffice(f), present()
	raw := sealed(f, report(), o.enrols(f, anPhu, now))
	exact, proof := parts(f, raw)
	f.Add(raw, exact, proof)
	f.Add(raw, exact, []byte(`{"certificates":["AAAA"],"signature":"AAAA"}`))
	f.Fuzz(func(t *testing.T, whole, report, seal []byte) {
		o.read(whole, now)
		_, _, err := o.read(archiveOf(t, part{reportName, zip.Store, report}, part{sealName, zip.Store, seal}), now)
		if err == nil && !bytes.Equal(report, exact) {
			t.Errorf("somebody else's words were taken: %s", report)
		}
	})
}
