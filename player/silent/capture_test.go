package silent

import (
	"context"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"testing/synctest"
	"time"

	"loaphuong/player"
)

// block is n frames of one value.
func block(n int, value float32) []float32 {
	frames := make([]float32, n)
	for i := range frames {
		frames[i] = value
	}
	return frames
}

// beep is a stream of n frames of a half.
type beep int

func (b *beep) Read(buf []float32) (int, error) {
	n := min(len(buf), int(*b))
	copy(buf, block(n, 0.5))
	*b -= beep(n)
	if *b == 0 {
		return n, io.EOF
	}
	return n, nil
}

func TestWhatTheMixerPlaysIsCapturedOnItsInstant(t *testing.T) {
	path := filepath.Join(t.TempDir(), "air.wav")
	begins := time.Time{}
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithTimeout(t.Context(), 3*time.Second)
		defer cancel()
		mixer, tone := player.NewMixer(func(player.Event) {}), beep(4800)
		begins = time.Now().Add(1234567 * time.Microsecond)
		if err := mixer.Place(player.Item{Key: "a", Start: begins, Gain: 1, Stream: &tone}); err != nil {
			t.Fatal(err)
		}
		if err := NewWAV(path).Run(ctx, mixer); err != nil {
			t.Fatal(err)
		}
	})
	w := readWave(t, path)
	first := w.first()
	if slip := w.start.Add(player.Duration(int64(first))).Sub(begins).Abs(); first < 0 || slip > player.Duration(2) {
		t.Errorf("it begins %v from its instant", slip)
	}
	for i, s := range w.samples {
		if want := i >= first && i < first+4800; (s == level(0.5)) != want {
			t.Fatalf("sample %d is %d", i, s)
		}
	}
}

func TestCaptureKeepsTheTimeLine(t *testing.T) {
	path := filepath.Join(t.TempDir(), "air.wav")
	c := newCapture(path, wavLimit)
	start := time.Date(2027, 3, 4, 23, 59, 58, 500_000_000, time.FixedZone("ICT", 7*3600))
	at := start
	for _, piece := range []struct {
		frames []float32
		gap    time.Duration // before it
	}{
		{block(480, 0.5), 0},
		{block(480, -2), player.Duration(1)}, // a rounding is no gap; what is too loud is clipped
		{block(960, 0), 0},
		{block(480, 0.25), 50 * time.Second},
		{block(960, 0), 0},
	} {
		at = at.Add(piece.gap)
		if err := c.write(piece.frames, at); err != nil {
			t.Fatal(err)
		}
		at = at.Add(player.Duration(int64(len(piece.frames))))
	}
	if err := c.close(); err != nil {
		t.Fatal(err)
	}
	w := readWave(t, path)
	if !w.start.Equal(start) {
		t.Errorf("it starts %v, want %v", w.start, start)
	}
	gap := 1920 + 50*player.Rate
	if n := len(w.samples); n < gap+1440 || n > gap+1442 {
		t.Fatalf("%d samples, want %d", n, gap+1440)
	}
	for i, want := range map[int]int16{0: level(0.5), 480: level(-1), 959: level(-1), 960: 0, gap - 1: 0, gap + 2: level(0.25), gap + 1000: 0} {
		if w.samples[i] != want {
			t.Errorf("sample %d is %d, want %d", i, w.samples[i], want)
		}
	}
	info, err := os.Stat(path)
	if err != nil {
		t.Fatal(err)
	}
	if held := info.Sys().(*syscall.Stat_t).Blocks * 512; held > info.Size()/10 {
		t.Errorf("%d bytes on disk for a file of %d that is mostly silence", held, info.Size())
	}
}

func TestCaptureIsReadableAtAnyMoment(t *testing.T) {
	path := filepath.Join(t.TempDir(), "air.wav")
	c := newCapture(path, wavLimit)
	start := time.Now()
	for n := int64(0); n < 3*player.Rate; n += 960 {
		if err := c.write(block(960, 0.5), start.Add(player.Duration(n))); err != nil {
			t.Fatal(err)
		}
		if missing := n + 960 - int64(len(readWave(t, path).samples)); missing > player.Rate {
			t.Fatalf("a reader misses %d samples after %d, want at most a second", missing, n)
		}
	}
	if err := c.close(); err != nil {
		t.Fatal(err)
	}
}

func TestCaptureOverwritesNothing(t *testing.T) {
	folder := t.TempDir()
	path := filepath.Join(folder, "air.wav")
	if err := os.WriteFile(path, []byte("kept"), 0o600); err != nil {
		t.Fatal(err)
	}
	for range 2 {
		c := newCapture(path, wavLimit)
		if err := c.write(block(480, 0.5), time.Now()); err != nil {
			t.Fatal(err)
		}
		if err := c.close(); err != nil {
			t.Fatal(err)
		}
	}
	if kept, err := os.ReadFile(path); err != nil || string(kept) != "kept" {
		t.Errorf("the file that was there: %q, %v", kept, err)
	}
	for _, name := range []string{"air-2.wav", "air-3.wav"} {
		if n := len(readWave(t, filepath.Join(folder, name)).samples); n != 480 {
			t.Errorf("%s has %d samples, want 480", name, n)
		}
	}
}

func TestAFullFileIsFollowedByTheNext(t *testing.T) {
	folder := t.TempDir()
	c := newCapture(filepath.Join(folder, "air.wav"), headerSize+1500*frameBytes)
	start := time.Now()
	for n := int64(0); n < 4800; n += 480 {
		if err := c.write(block(480, 0.5), start.Add(player.Duration(n))); err != nil {
			t.Fatal(err)
		}
	}
	if err := c.close(); err != nil {
		t.Fatal(err)
	}
	first, second := readWave(t, filepath.Join(folder, "air.wav")), readWave(t, filepath.Join(folder, "air-2.wav"))
	if len(first.samples) != 1440 || len(second.samples) != 1440 {
		t.Errorf("%d and %d samples, want 1440 in each", len(first.samples), len(second.samples))
	}
	if gap := second.start.Sub(first.start); (gap - 30*time.Millisecond).Abs() > 50*time.Microsecond {
		t.Errorf("the second begins %v after the first, want 30ms", gap)
	}
}

func TestOthersReadTheFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "air.wav")
	c := newCapture(path, wavLimit)
	if err := c.write(block(48000, 0.5), time.Date(2027, 3, 4, 5, 6, 7, 0, time.UTC)); err != nil {
		t.Fatal(err)
	}
	if err := c.close(); err != nil {
		t.Fatal(err)
	}
	out, err := exec.Command("ffprobe", "-hide_banner", "-show_format", path).CombinedOutput()
	if err != nil {
		t.Fatalf("ffprobe: %v\n%s", err, out)
	}
	for _, want := range []string{"duration=1.000000", "date=2027-03-04", "creation_time=05:06:07", "time_reference=881616000"} {
		if !strings.Contains(string(out), want) {
			t.Errorf("ffprobe does not say %s:\n%s", want, out)
		}
	}
}

func TestHeaderHasItsSize(t *testing.T) {
	if n := len(header(time.Now(), 7)); n != headerSize {
		t.Errorf("the header is %d bytes, want %d", n, headerSize)
	}
}
