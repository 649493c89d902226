package heard

import (
	"math"
	"time"

	"loaphuong/player"
)

const (
	// factor is how many frames make a sample.
	factor = player.Rate / rate
	// taps are the length of the filter in front of that: what is above 4 kHz
	// would otherwise come back below it.
	taps = 8 * factor
	// chunk is how many samples are heard at a time.
	chunk = 64
)

// tap passes a source on and remembers what it gave.
type tap struct {
	src     player.Source
	ear     *ear
	kernel  [taps]float32
	history [2 * taps]float32 // the last frames, twice, so that they always lie in one piece
	place   int               // of the next frame in it
	phase   int               // frames since the last sample
	samples [chunk]float32
	n       int // of them made
}

func newTap(src player.Source, e *ear) *tap { return &tap{src: src, ear: e, kernel: lowPass()} }

// Fill implements [player.Source].
func (t *tap) Fill(buf []float32, sounds time.Time) {
	t.src.Fill(buf, sounds)
	begun := 0 // the frame after which the samples in hand begin
	for i, frame := range buf {
		t.history[t.place], t.history[t.place+taps] = frame, frame
		t.place = (t.place + 1) % taps
		if t.phase++; t.phase < factor {
			continue
		}
		t.phase = 0
		t.samples[t.n] = t.filtered()
		if t.n++; t.n == chunk {
			t.ear.hear(t.samples[:], sounds.Add(player.Duration(int64(begun))))
			t.n, begun = 0, i+1
		}
	}
	t.ear.hear(t.samples[:t.n], sounds.Add(player.Duration(int64(begun))))
	t.n = 0
}

// filtered is the sample that the last frames make.
func (t *tap) filtered() (sum float32) {
	for i, frame := range t.history[t.place : t.place+taps] {
		sum += frame * t.kernel[i]
	}
	return sum
}

// lowPass is a windowed sinc that passes what is below 3.6 kHz.
func lowPass() (kernel [taps]float32) {
	const cut = 3600.0 / player.Rate
	var sum float64
	var exact [taps]float64
	for i := range exact {
		x := float64(i) - (taps-1)/2.0
		window := 0.5 - 0.5*math.Cos(2*math.Pi*(float64(i)+0.5)/taps)
		exact[i] = math.Sin(2*math.Pi*cut*x) / x * window
		sum += exact[i]
	}
	for i, x := range exact {
		kernel[i] = float32(x / sum)
	}
	return kernel
}
