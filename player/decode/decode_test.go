package decode

import (
	"bytes"
	"encoding/binary"
	"errors"
	"io"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"testing"

	"loaphuong/player"
)

// samples are the recordings in testdata with their length in frames: what was
// put into the encoder.
var samples = map[string]int64{"tone.opus": 48000, "stereo.opus": 36149, "noise.opus": 120000}

func load(t testing.TB, name string) []byte {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// drain reads a stream to its end in odd pieces.
func drain(t testing.TB, s *Stream) []float32 {
	t.Helper()
	var all []float32
	buf := make([]float32, 1023)
	for {
		n, err := s.Read(buf)
		all = append(all, buf[:n]...)
		if errors.Is(err, io.EOF) {
			return all
		}
		if err != nil {
			t.Fatal(err)
		}
		if n == 0 {
			t.Fatal("Read returned nothing and no error")
		}
	}
}

// reference is what another decoder makes of a file.
func reference(t *testing.T, name string) []float32 {
	t.Helper()
	mono := "pan=mono|c0=c0"
	if name == "stereo.opus" {
		mono = "pan=mono|c0=0.5*c0+0.5*c1"
	}
	out, err := exec.Command("ffmpeg", "-v", "error", "-c:a", "libopus", // its built-in decoder is half a sample off
		"-i", filepath.Join("testdata", name), "-af", mono, "-f", "f32le", "-").Output()
	if err != nil {
		t.Fatalf("ffmpeg: %v", err)
	}
	frames := make([]float32, len(out)/4)
	for i := range frames {
		frames[i] = math.Float32frombits(binary.LittleEndian.Uint32(out[4*i:]))
	}
	return frames
}

func TestSoundIsThatOfAnotherDecoder(t *testing.T) {
	for name, length := range samples {
		t.Run(name, func(t *testing.T) {
			s, err := Open(load(t, name))
			if err != nil {
				t.Fatal(err)
			}
			got, want := drain(t, s), reference(t, name)
			if s.Length() != player.Duration(length) || int64(len(got)) != length || len(want) != len(got) {
				t.Fatalf("length %v, %d frames read, %d by ffmpeg, want %d", s.Length(), len(got), len(want), length)
			}
			var signal, noise float64
			for i := range got {
				signal += float64(want[i]) * float64(want[i])
				noise += math.Pow(float64(got[i]-want[i]), 2)
			}
			if ratio := 10 * math.Log10(signal/noise); ratio < 50 {
				t.Errorf("it differs at %.1f dB, want over 50", ratio)
			}
		})
	}
}

func TestOutputGain(t *testing.T) {
	data := load(t, "tone.opus")
	quiet := bytes.Clone(data)
	at := bytes.Index(quiet, []byte("OpusHead")) + 16
	binary.LittleEndian.PutUint16(quiet[at:], uint16(0x10000-6*256)) // -6 dB
	seal(quiet)
	loud, err := Open(data)
	if err != nil {
		t.Fatal(err)
	}
	soft, err := Open(quiet)
	if err != nil {
		t.Fatal(err)
	}
	a, b := drain(t, loud), drain(t, soft)
	if ratio := b[24000] / a[24000]; math.Abs(float64(ratio)-0.501) > 0.001 {
		t.Errorf("-6 dB is a factor of %v, want 0.501", ratio)
	}
}

func TestEveryTruncationIsRefused(t *testing.T) {
	data := load(t, "tone.opus")
	for n := range data {
		if _, err := Open(data[:n]); err == nil {
			t.Fatalf("the first %d of %d bytes are accepted", n, len(data))
		} else if n != 0 && !errors.Is(err, ErrDamaged) {
			t.Fatalf("the first %d bytes: %v, want damaged", n, err)
		}
	}
}

func TestEveryFlippedByteIsRefused(t *testing.T) {
	data := load(t, "tone.opus")
	for i := range data {
		spoiled := bytes.Clone(data)
		spoiled[i] ^= 1 << (i % 8)
		if _, err := Open(spoiled); err == nil {
			t.Fatalf("a flipped bit in byte %d is accepted", i)
		}
	}
}

// cut returns the pages of a file.
func cut(t *testing.T, data []byte) (pages [][]byte) {
	t.Helper()
	for rest := data; len(rest) > 0; {
		_, after, err := newChecksum().cutPage(rest)
		if err != nil {
			t.Fatal(err)
		}
		pages = append(pages, rest[:len(rest)-len(after)])
		rest = after
	}
	return pages
}

// patched is a file with one byte changed and its checksums right again.
func patched(data []byte, at int, value byte) []byte {
	data = bytes.Clone(data)
	data[at] = value
	seal(data)
	return data
}

// seal makes the checksum of every page right that has its size.
func seal(data []byte) {
	sums := newChecksum()
	for rest := data; len(rest) >= pageHeader; {
		size := pageHeader + int(rest[26])
		if len(rest) < size {
			return
		}
		for _, n := range rest[pageHeader:size] {
			size += int(n)
		}
		if len(rest) < size {
			return
		}
		binary.LittleEndian.PutUint32(rest[crcOffset:], sums.of(rest[:size]))
		rest = rest[size:]
	}
}

func TestRefusals(t *testing.T) {
	data := load(t, "tone.opus")
	noise := load(t, "noise.opus")
	pages := cut(t, noise)
	head := bytes.Index(data, []byte("OpusHead"))
	sound := len(noise) - len(pages[len(pages)-1]) // where the last page begins
	cases := []struct {
		name string
		data []byte
		want error
	}{
		{"empty", nil, ErrDamaged},
		{"a web page", []byte("<!DOCTYPE html><title>404</title>"), ErrFormat},
		{"three letters of Ogg", []byte("Ogg"), ErrDamaged},
		{"zeros", make([]byte, 5000), ErrFormat},
		{"one page lost", bytes.Join(append([][]byte{pages[0], pages[1]}, pages[3:]...), nil), ErrDamaged},
		{"one page twice", bytes.Join([][]byte{data, pages[len(pages)-1]}, nil), ErrDamaged},
		{"two recordings in one", append(bytes.Clone(data), data...), ErrDamaged},
		{"zeros after the end", append(bytes.Clone(data), make([]byte, 512)...), ErrDamaged},
		{"another codec", patched(data, head, 'V'), ErrFormat},
		{"another version", patched(data, head+8, 0x10), ErrFormat},
		{"six channels", patched(data, head+9, 6), ErrFormat},
		{"surround", patched(data, head+18, 1), ErrFormat},
		{"no tags", patched(data, bytes.Index(data, []byte("OpusTags")), 'X'), ErrDamaged},
		{"more skipped than there is", patched(load(t, "tone.opus"), head+11, 0xff), ErrFormat},
		{"a last page that counts too much", patched(noise, sound+8, 0xff), ErrDamaged},
		{"a last page that counts below nothing", patched(noise, sound+13, 0xf0), ErrDamaged},
	}
	for _, c := range cases {
		if _, err := Open(c.data); !errors.Is(err, c.want) {
			t.Errorf("%s: %v, want %q", c.name, err, c.want)
		}
	}
}

func TestReadOfReadyFramesAllocatesNothing(t *testing.T) {
	s, err := Open(load(t, "noise.opus")) // packets of 2880 frames
	if err != nil {
		t.Fatal(err)
	}
	buf := make([]float32, 20)
	if _, err := s.Read(buf); err != nil {
		t.Fatal(err)
	}
	if n := testing.AllocsPerRun(50, func() { _, _ = s.Read(buf) }); n > 0 {
		t.Errorf("Read allocates %v times", n)
	}
}

func TestRewoundItSoundsTheSame(t *testing.T) {
	for name := range samples {
		s, err := Open(load(t, name))
		if err != nil {
			t.Fatal(err)
		}
		want := drain(t, s)
		for _, read := range []int{0, 1, 5000, len(want)} { // where it is rewound from
			if err := s.Rewind(); err != nil {
				t.Fatal(err)
			}
			for buf := make([]float32, read); len(buf) > 0; {
				n, _ := s.Read(buf)
				buf = buf[n:]
			}
			if err := s.Rewind(); err != nil {
				t.Fatal(err)
			}
			if got := drain(t, s); !slices.Equal(got, want) {
				t.Errorf("%s, rewound after %d frames: it is not the same sound", name, read)
			}
		}
	}
}

func TestRewoundAfterAFailureItSounds(t *testing.T) {
	s, err := Open(load(t, "tone.opus"))
	if err != nil {
		t.Fatal(err)
	}
	want := drain(t, s)
	whole := s.whole
	s.whole = whole[:len(whole)/2] // packets are missing
	if err := s.Rewind(); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Read(make([]float32, 2*len(want))); !errors.Is(err, ErrDamaged) {
		t.Fatalf("Read: %v, want damaged", err)
	}
	s.whole = whole
	if err := s.Rewind(); err != nil {
		t.Fatal(err)
	}
	if got := drain(t, s); !slices.Equal(got, want) {
		t.Error("it is not the same sound after a failure")
	}
}

// FuzzRead spoils what is inside a few packets of a file that is whole, so that
// every input gets past Open and into the decoder; of FuzzOpen's hardly any do.
// The first byte of a packet says which of Opus's decoders it is for, and for how
// long; it is changed as well, or left.
func FuzzRead(f *testing.F) {
	for sample := range uint8(3) {
		f.Add([]byte{0}, uint16(0), sample, uint8(0))
		f.Add([]byte{0xff, 0, 0x55}, uint16(7), sample, uint8(0xf8))
	}
	files := [][]byte{load(f, "tone.opus"), load(f, "stereo.opus"), load(f, "noise.opus")}
	f.Fuzz(func(t *testing.T, noise []byte, from uint16, sample, first uint8) {
		s, err := Open(files[int(sample)%len(files)])
		if err != nil {
			t.Fatal(err)
		}
		s.packets = spoiled(s.whole, noise, int(from), first)
		buf := make([]float32, 1024)
		for err == nil {
			var n int
			n, err = s.Read(buf)
			for _, x := range buf[:n] {
				if !(x >= -1 && x <= 1) {
					t.Fatalf("a sample of %v", x)
				}
			}
		}
		if !errors.Is(err, io.EOF) && !errors.Is(err, ErrDamaged) {
			t.Errorf("an error of no kind: %v", err)
		}
	})
}

// spoiled are a few of the packets, with noise mixed into them.
func spoiled(packets [][]byte, noise []byte, from int, first byte) (some [][]byte) {
	const few = 5
	from %= len(packets)
	at := 0
	for _, packet := range packets[from:min(from+few, len(packets))] {
		packet = slices.Clone(packet)
		packet[0] ^= first
		for i := range packet[1:] {
			if len(noise) > 0 {
				packet[1+i] ^= noise[at%len(noise)]
				at++
			}
		}
		some = append(some, packet)
	}
	return some
}

func FuzzOpen(f *testing.F) {
	for name := range samples {
		f.Add(load(f, name), false)
		f.Add(load(f, name), true)
	}
	f.Fuzz(func(t *testing.T, data []byte, mend bool) {
		if mend { // gets damage past the checksums
			seal(data)
		}
		s, err := Open(data)
		if err != nil {
			if !errors.Is(err, ErrDamaged) && !errors.Is(err, ErrFormat) {
				t.Errorf("an error of no kind: %v", err)
			}
			return
		}
		read, buf := int64(0), make([]float32, 1024)
		for err == nil {
			var n int
			n, err = s.Read(buf)
			read += int64(n)
			if n == 0 && err == nil {
				t.Fatal("Read returned nothing and no error")
			}
		}
		if errors.Is(err, io.EOF) && player.Duration(read) != s.Length() {
			t.Errorf("%d frames read of a stream of %v", read, s.Length())
		}
	})
}

func BenchmarkRead(b *testing.B) {
	data := load(b, "noise.opus")
	for b.Loop() {
		s, err := Open(data)
		if err != nil {
			b.Fatal(err)
		}
		drain(b, s)
	}
	b.ReportMetric(2.5*float64(b.N)/b.Elapsed().Seconds(), "x-realtime")
}
