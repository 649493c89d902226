//go:build unix

package paper

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// script is a program in place of tesseract or LibreOffice.
func script(t *testing.T, lines string) string {
	t.Helper()
	name := filepath.Join(t.TempDir(), "program")
	if err := os.WriteFile(name, []byte("#!/bin/sh\n"+lines+"\n"), 0o700); err != nil {
		t.Fatal(err)
	}
	return name
}

// TestOtherProgramsAreBounded has programs that hang with a child of their own,
// fail, do nothing or talk without end.
func TestOtherProgramsAreBounded(t *testing.T) {
	cases := []struct {
		what, file, program string
		kind                error
		says                string
	}{
		{"LibreOffice hangs", "word97.doc", "sleep 1000 & wait", ErrTooLarge, "LibreOffice took longer"},
		{"LibreOffice fails", "word97.doc", "exit 77", ErrDamaged, "cannot open it"},
		{"LibreOffice does nothing", "word97.doc", "exit 0", ErrDamaged, "cannot open it"},
		{"LibreOffice gives rubbish", "word97.doc", `for last; do :; done; echo rubbish > "$(dirname "$last")/letter.docx"`, ErrDamaged, "archive"},
		{"tesseract hangs", "scan.jpg", "sleep 1000 & wait", ErrTooLarge, "this page took longer"},
		{"tesseract has no Vietnamese", "scan.jpg", `echo "Failed loading language 'vie'" >&2; exit 1`, ErrNeedsTool, "tesseract-ocr-vie"},
		{"tesseract sees nothing", "scan.jpg", "cat >/dev/null", ErrEmpty, "right file"},
	}
	for _, c := range cases {
		temp := t.TempDir()
		t.Setenv("TMPDIR", temp)
		r := reader(t)
		r.Soffice = script(t, c.program)
		r.Tesseract = r.Soffice
		if strings.HasSuffix(c.what, "hangs") {
			r.Limits.Convert, r.Limits.Page = 50*time.Millisecond, 50*time.Millisecond
		}
		begun := time.Now()
		_, _, err := r.Read(context.Background(), c.file, bytes.NewReader(fixture(t, c.file)), "")
		if !errors.Is(err, c.kind) || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%s: %v; want %v with %q", c.what, err, c.kind, c.says)
		}
		if took := time.Since(begun); took > 20*time.Second {
			t.Errorf("%s: it took %v", c.what, took)
		}
		if left, _ := filepath.Glob(filepath.Join(temp, "*")); len(left) > 0 {
			t.Errorf("%s: %v stays", c.what, left)
		}
	}
}

func TestSniffOLE(t *testing.T) {
	locked := ole("Root Entry", "WordDocument")
	copy(locked[512:], "\xec\xa5\xc1\x00\x00\x00\x00\x00\x00\x00\x00\x01\x00")
	// The directory is in sector 1, which is at 1024, so that the first sector can
	// be the document's head.
	cases := []struct {
		what    string
		content []byte
		format  string
		kind    error
	}{
		{"Word", ole("Root Entry", "1Table", "WordDocument"), "doc", nil},
		{"Word with a password", locked, "", ErrEncrypted},
		{"an installer", ole("Root Entry", "Property"), "", ErrFormat},
		{"a ring of sectors", ring(), "", ErrFormat},
	}
	for _, c := range cases {
		k, err := sniff(c.content)
		if k.format != c.format || !errors.Is(err, c.kind) {
			t.Errorf("%s: %q, %v", c.what, k.format, err)
		}
	}
}

// ring is a container whose directory goes on with itself for ever.
func ring() []byte {
	b := ole("Root Entry")
	b[512*3+4], b[512*3+5], b[512*3+6], b[512*3+7] = 1, 0, 0, 0
	return b
}
