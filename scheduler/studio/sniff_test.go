package studio

import (
	"bytes"
	"errors"
	"os"
	"testing"
	"time"
)

// Whatever comes in, the containers are read without a panic, in bounded time,
// and what is refused is refused as one of the two kinds.
func FuzzInspect(f *testing.F) {
	for _, seed := range [][]byte{
		tone(f, "a.wav", "-ar", "8000", "-t", "0.1"),
		tone(f, "a.mp3", "-ar", "8000", "-t", "0.3"),
		tone(f, "a.flac", "-ar", "8000", "-t", "0.1"),
		tone(f, "a.opus", "-c:a", "libopus", "-b:a", "8k", "-t", "0.1"),
		[]byte("ID3\x04\x00\x10\x7f\x7f\x7f\x7ffLaC"),
		[]byte("RIFF\x00\x00\x00\x00WAVEfmt \xff\xff\xff\xff"),
	} {
		f.Add(seed)
	}
	path := onFile(f, nil)
	f.Fuzz(func(t *testing.T, b []byte) {
		if err := os.WriteFile(path, b, 0o644); err != nil {
			t.Fatal(err)
		}
		c, err := inspect(path)
		if err != nil && !errors.Is(err, ErrDamaged) && !errors.Is(err, ErrNotAudio) {
			t.Errorf("error %v", err)
		}
		if err == nil && (c.kind == "" || c.duration < 0) {
			t.Errorf("%+v", c)
		}
	})
}

func TestSpanDoesNotOverflow(t *testing.T) {
	for _, c := range []struct {
		n, rate int64
		want    time.Duration
	}{
		{48000, 48000, time.Second},
		{1, 44100, 22675 * time.Nanosecond},
		{1 << 36, 44100, 1558264*time.Second + 778594104*time.Nanosecond},
		{1<<36 - 1, 1, 365 * 24 * time.Hour},
	} {
		if got := span(c.n, c.rate); (got - c.want).Abs() > time.Microsecond {
			t.Errorf("%d at %d lasts %s, want %s", c.n, c.rate, got, c.want)
		}
	}
}

// A recorder's notes before the sound are passed over, but not without end.
func TestWAVNotesAreBounded(t *testing.T) {
	wav := tone(t, "a.wav", "-bitexact")
	for notes, want := range map[int]error{3: nil, 2 * wavChunks: ErrDamaged} {
		in := append(bytes.Clone(wav[:12]), bytes.Repeat([]byte("note\x01\x00\x00\x00x\x00"), notes)...)
		if _, err := inspect(onFile(t, append(in, wav[12:]...))); !errors.Is(err, want) {
			t.Errorf("%d notes: error %v, want %v", notes, err, want)
		}
	}
}
