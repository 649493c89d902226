package studio

import (
	"bytes"
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"
)

// announcement is a line any speech engine reads in some six seconds.
const announcement = "Ủy ban nhân dân thị trấn thông báo lịch tiêm chủng cho trẻ em dưới năm tuổi."

// open is a studio in a directory of the test's own; change may be nil. It
// leaves out [New]'s question to ffmpeg, which TestANewStudioMakesItsDirectory asks once for all.
func open(t *testing.T, change func(*Settings)) *Studio {
	t.Helper()
	set := DefaultSettings(filepath.Join(t.TempDir(), "air"))
	set.MaxDuration, set.Timeout = 8*time.Second, 30*time.Second
	if change != nil {
		change(&set)
	}
	path, err := findTool(set.FFmpeg, "ffmpeg")
	if err == nil {
		err = os.MkdirAll(set.Dir, 0o755)
	}
	if err != nil {
		t.Fatal(err)
	}
	return &Studio{set: set, ffmpeg: path}
}

// made is what ffmpeg writes to a file of the given name for these arguments.
func made(t testing.TB, name string, args ...string) []byte {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	args = append([]string{"-hide_banner", "-nostdin", "-loglevel", "error", "-y"}, args...)
	if out, err := exec.Command("ffmpeg", append(args, path)...).CombinedOutput(); err != nil {
		t.Fatalf("make %s: %v: %s", name, err, out)
	}
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// source makes sound with a filter of ffmpeg's, for so long.
func source(filter string) []string { return []string{"-f", "lavfi", "-i", filter} }

// pulsed is a voice-like sound: a chord that comes and goes four times a second.
const pulsed = "aevalsrc='0.2*(sin(2*PI*220*t)+sin(2*PI*660*t)+0.5*sin(2*PI*1980*t))*(0.55+0.45*sin(2*PI*4*t))':s=48000:d=2"

// tone is that sound in the format name's extension tells.
func tone(t testing.TB, name string, args ...string) []byte {
	t.Helper()
	return made(t, name, append(source(pulsed), args...)...)
}

// spoken is a WAV file as espeak-ng streams it, with a made-up length.
func spoken(t *testing.T) []byte {
	t.Helper()
	cmd := exec.Command("espeak-ng", "-v", "vi", "--stdin", "--stdout")
	cmd.Stdin = bytes.NewReader([]byte(announcement))
	b, err := cmd.Output()
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// onFile writes b to a file of the test's own.
func onFile(t testing.TB, b []byte) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(path, b, 0o644); err != nil {
		t.Fatal(err)
	}
	return path
}

// left fails unless exactly want things are in the studio's directory.
func left(t *testing.T, s *Studio, want int) {
	t.Helper()
	entries, err := os.ReadDir(s.set.Dir)
	if err != nil {
		t.Fatal(err)
	}
	if len(entries) != want {
		t.Errorf("%d things in the studio's directory, want %d: %v", len(entries), want, entries)
	}
}

// until is a context that is cancelled once something is so.
func until(t *testing.T, so func() bool) context.Context {
	ctx, cancel := context.WithCancel(t.Context())
	go func() {
		defer cancel()
		for ctx.Err() == nil && !so() {
			time.Sleep(2 * time.Millisecond)
		}
	}()
	return ctx
}

// read is the content of a file.
func read(t testing.TB, path string) []byte {
	b, err := os.ReadFile(path)
	if err != nil {
		t.Error(err)
	}
	return b
}
