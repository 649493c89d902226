package heard

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"loaphuong/player"
)

// source is a sound at a card's rate, one sample of it after the other.
type source struct {
	sound []float32
	next  int
}

func (s *source) Fill(buf []float32, _ time.Time) {
	for i := range buf {
		buf[i] = s.sound[s.next%len(s.sound)]
		s.next++
	}
}

// atCard is a sound at a card's rate, between whose samples lie straight lines.
func atCard(sound []float32) []float32 {
	return each(make([]float32, (len(sound)-1)*factor), func(i int, _ float64) float64 {
		part := float32(i%factor) / factor
		return float64(sound[i/factor]*(1-part) + sound[i/factor+1]*part)
	})
}

// TestTapKeepsWhatItPassesOn compares the tape of a tap, filled by buffers of
// odd lengths, with what the same sound leaves by itself.
func TestTapKeepsWhatItPassesOn(t *testing.T) {
	sound := speech(rand.New(rand.NewPCG(1, 2)), 20)
	src := &source{sound: atCard(sound)}
	ear := newEar(time.Unix(0, 0))
	tap, given := newTap(src, ear), []float32{}
	for i := 0; len(given) < 19*player.Rate; i++ {
		buf := make([]float32, []int{1024, 1, 777, 2048, 5}[i%5])
		tap.Fill(buf, ear.epoch.Add(player.Duration(int64(len(given)))))
		given = append(given, buf...)
	}
	if !slices.Equal(given, src.sound[:len(given)]) {
		t.Error("the tap changes what it passes on")
	}
	all := sounding(taped(sound, 0), 0, 19*slotsASecond)
	for _, w := range all {
		if l, known := w.compare(ear.tape); !known || l[-lagLeast] < 0.97 {
			t.Errorf("the window at %d: %v, %.2f", w.first, known, l[-lagLeast])
		}
	}
	if len(all) < 4 {
		t.Errorf("%d windows", len(all))
	}
}

// TestWhatIsAboveTheBandsStaysAbove taps a tone of 7 kHz, which would be heard
// as one of 1 kHz.
func TestWhatIsAboveTheBandsStaysAbove(t *testing.T) {
	tone := each(make([]float32, player.Rate), func(i int, _ float64) float64 {
		return math.Sin(2 * math.Pi * 7000 * float64(i) / player.Rate)
	})
	ear := newEar(time.Unix(0, 0))
	newTap(&source{sound: tone}, ear).Fill(make([]float32, player.Rate), ear.epoch)
	if l, _ := ear.tape.at(40); slices.Max(l[:]) > (-55-floor)*steps {
		t.Errorf("it is in the bands: %v", l)
	}
}

func TestTapAllocatesNothing(t *testing.T) {
	ear := newEar(time.Unix(0, 0))
	tap, buf, at := newTap(&source{sound: atCard(speech(rand.New(rand.NewPCG(1, 2)), 2))}, ear), make([]float32, 1024), ear.epoch
	if n := testing.AllocsPerRun(200, func() {
		tap.Fill(buf, at)
		at = at.Add(player.Duration(1024))
	}); n != 0 {
		t.Errorf("%v allocations", n)
	}
}

func BenchmarkTapASecond(b *testing.B) {
	ear := newEar(time.Unix(0, 0))
	tap, buf := newTap(&source{sound: atCard(speech(rand.New(rand.NewPCG(1, 2)), 2))}, ear), make([]float32, 1000)
	for b.Loop() {
		for i := range player.Rate / len(buf) {
			tap.Fill(buf, ear.epoch.Add(player.Duration(int64(i*len(buf)))))
		}
	}
}

func BenchmarkHearASecond(b *testing.B) {
	ear, sound := newEar(time.Unix(0, 0)), speech(rand.New(rand.NewPCG(1, 2)), 1)
	for b.Loop() {
		ear.hear(sound, ear.epoch)
	}
}
