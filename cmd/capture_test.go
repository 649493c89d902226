package cmd

import (
	"encoding/binary"
	"errors"
	"io"
	"math"
	"os"
	"path/filepath"
	"testing"
	"time"

	"loaphuong/player"
	"loaphuong/player/decode"
	"loaphuong/player/speaker/testcard"
	"loaphuong/scheduler"
	"loaphuong/scheduler/studio"
)

// capture is what a station's file kept: mono samples from an instant on.
type capture struct {
	t       *testing.T
	start   time.Time
	samples []float32
}

// readCapture reads a Broadcast Wave file (EBU Tech 3285) of 16-bit mono.
func readCapture(t *testing.T, path string) capture {
	t.Helper()
	raw, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	c := capture{t: t}
	for at := 12; at+8 <= len(raw); {
		size := int(binary.LittleEndian.Uint32(raw[at+4:]))
		body := raw[at+8 : min(at+8+size, len(raw))]
		switch string(raw[at : at+4]) {
		case "bext":
			day, err := time.Parse("2006-01-02", string(body[320:330]))
			if err != nil {
				t.Fatal(err)
			}
			c.start = day.Add(player.Duration(int64(binary.LittleEndian.Uint64(body[338:]))))
		case "data":
			for i := 0; i+1 < len(body); i += 2 {
				c.samples = append(c.samples, float32(int16(binary.LittleEndian.Uint16(body[i:])))/32768)
			}
		}
		at += 8 + size + size&1
	}
	if c.start.IsZero() || len(c.samples) == 0 {
		t.Fatalf("%s: no origination time or no sound", path)
	}
	return c
}

// from is n samples from an instant on.
func (c capture) from(at time.Time, n int) []float32 {
	c.t.Helper()
	i := int(player.Frames(at.Sub(c.start)))
	if i < 0 || i+n > len(c.samples) {
		c.t.Fatalf("the capture of %d samples from %s has no %d samples at %s", len(c.samples), c.start, n, at)
	}
	return c.samples[i : i+n]
}

// clockError is how far the station's time, which it has learnt from its centre,
// may be from the clock of the machine that both run on.
const clockError = 2 * time.Millisecond

// nearest is the sound within clockError of an instant that is most like meant,
// how late it is and how like it.
func (c capture) nearest(at time.Time, meant []float32) (got []float32, late time.Duration, best float64) {
	for off := -clockError; off <= clockError; off += player.Duration(1) {
		some := c.from(at.Add(off), len(meant))
		if r := correlation(some, meant); r > best {
			got, late, best = some, off, r
		}
	}
	return got, late, best
}

// decoded is the sound of an on-air file of the centre.
func (s *system) decoded(d scheduler.Digest) []float32 {
	s.t.Helper()
	raw, err := os.ReadFile(filepath.Join(s.centreData(), "audio", string(d)+".opus"))
	s.must(err)
	stream, err := decode.Open(raw)
	s.must(err)
	var all []float32
	buf := make([]float32, 4096)
	for {
		n, err := stream.Read(buf)
		all = append(all, buf[:n]...)
		if errors.Is(err, io.EOF) {
			return all
		}
		s.must(err)
	}
}

// correlation is 1 for two sounds of the same shape.
func correlation(a, b []float32) float64 {
	var ab, aa, bb float64
	for i := range b {
		x, y := float64(a[i]), float64(b[i])
		ab, aa, bb = ab+x*y, aa+x*x, bb+y*y
	}
	return ab / math.Sqrt(aa*bb)
}

// loudness is the integrated loudness in LUFS.
func loudness(samples []float32) float64 {
	m := studio.NewMeter()
	binary.Write(m, binary.LittleEndian, samples)
	return m.Result().Loudness
}

func quiet(samples []float32) bool {
	for _, x := range samples {
		if x != 0 {
			return false
		}
	}
	return true
}

// newCard builds the virtual sound card, in memory where there is such a place.
func newCard(t *testing.T) *testcard.Card {
	t.Helper()
	dir, err := os.MkdirTemp("/dev/shm", "loaphuong-card-")
	if err != nil {
		dir = t.TempDir()
	}
	t.Cleanup(func() { os.RemoveAll(dir) })
	card, err := testcard.Build(dir, 0)
	if err != nil {
		t.Fatal(err)
	}
	return card
}

// find looks for a sound within 100 ms of an instant, and returns how much later
// it was heard and how well it correlates there.
func find(stretches []testcard.Stretch, at time.Time, meant []float32) (late time.Duration, best float64) {
	const reach = player.Rate / 10
	for _, s := range stretches {
		middle := int(player.Frames(at.Sub(s.Start)))
		for i := middle - reach; i <= middle+reach; i++ {
			if i < 0 || i+len(meant) > len(s.Frames) {
				continue
			}
			// A tenth of a second tells most places apart from the right one.
			const a, b = player.Rate, player.Rate + player.Rate/10
			if correlation(s.Frames[i+a:], meant[a:b]) < 0.9 {
				continue
			}
			if c := correlation(s.Frames[i:], meant); c > best {
				best, late = c, s.At(i).Sub(at)
			}
		}
	}
	return late, best
}
