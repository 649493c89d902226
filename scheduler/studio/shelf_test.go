package studio

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"loaphuong/scheduler"
)

// stored is a studio that holds one recording.
func stored(t *testing.T) (*Studio, Audio) {
	t.Helper()
	s := open(t, nil)
	a, err := s.Intake(t.Context(), "a.wav", bytes.NewReader(tone(t, "a.wav")))
	if err != nil {
		t.Fatal(err)
	}
	return s, a
}

func TestVerifyNoticesOneBit(t *testing.T) {
	t.Parallel()
	s, a := stored(t)
	if err := s.Verify(a.Digest); err != nil {
		t.Error(err)
	}
	path := filepath.Join(s.set.Dir, string(a.Digest)+".opus")
	b := read(t, path)
	b[len(b)/2] ^= 1
	os.WriteFile(path, b, 0o644)
	if err := s.Verify(a.Digest); !errors.Is(err, ErrAltered) {
		t.Errorf("error %v", err)
	}
	if _, err := s.Intake(t.Context(), "a.wav", bytes.NewReader(tone(t, "a.wav"))); err != nil {
		t.Error(err)
	}
	if err := s.Verify(a.Digest); err != nil {
		t.Errorf("taken in again: %v", err)
	}
}

func TestRemoveForgets(t *testing.T) {
	t.Parallel()
	s, a := stored(t)
	f, _, err := s.Open(a.Digest)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if err := s.Remove(a.Digest); err != nil {
		t.Error(err)
	}
	if got, _, err := scheduler.DigestReader(f); got != a.Digest {
		t.Errorf("who had it open read %s (%v)", got, err)
	}
	for what, err := range map[string]error{"open": second(s.Open(a.Digest)), "remove": s.Remove(a.Digest), "verify": s.Verify(a.Digest)} {
		if !errors.Is(err, fs.ErrNotExist) {
			t.Errorf("%s: error %v", what, err)
		}
	}
	left(t, s, 0)
}

func second(_ *os.File, _ int64, err error) error { return err }

func TestADigestNamesNoOtherFile(t *testing.T) {
	s := open(t, nil)
	for _, d := range []scheduler.Digest{"", "../../etc/passwd", scheduler.Digest(strings.Repeat("A", 64)), scheduler.Digest("/" + strings.Repeat("a", 63))} {
		if second(s.Open(d)) == nil || s.Remove(d) == nil || s.Verify(d) == nil {
			t.Errorf("%q was taken", d)
		}
	}
}

func TestSweepRemovesOnlyWhatIsOld(t *testing.T) {
	s := open(t, nil)
	now := time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)
	for name, age := range map[string]time.Duration{takePrefix + "old": 2 * time.Hour, takePrefix + "new": time.Minute, "mine": 2 * time.Hour} {
		path := filepath.Join(s.set.Dir, name)
		if err := errors.Join(os.Mkdir(path, 0o755), os.Chtimes(path, now.Add(-age), now.Add(-age))); err != nil {
			t.Fatal(err)
		}
	}
	if n, err := s.Sweep(now.Add(-time.Hour)); n != 1 || err != nil {
		t.Errorf("swept %d, error %v", n, err)
	}
	left(t, s, 2)
}
