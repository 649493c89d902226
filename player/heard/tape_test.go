package heard

import (
	"math"
	"testing"
	"time"
)

func TestTapeForgetsWhatIsOld(t *testing.T) {
	tape := new(tape)
	for n := range 3 * tapeSlots / 2 {
		tape.put(n, levels{uint8(n), uint8(n >> 8), 3, 4, 255})
	}
	for n, want := range map[int]bool{
		-1: false, 0: false, tapeSlots/2 - 1: false, // old
		tapeSlots / 2: true, tapeSlots: true, 3*tapeSlots/2 - 1: true,
		3 * tapeSlots / 2: false, 2 * tapeSlots: false, // not written yet
	} {
		l, known := tape.at(n)
		if known != want || known && l != (levels{uint8(n), uint8(n >> 8), 3, 4, 255}) {
			t.Errorf("slot %d: %v, %v", n, l, known)
		}
	}
	tape.put(-1, levels{}) // is before the listener was, and dropped
}

func TestBandsTellTonesApart(t *testing.T) {
	for b, centre := range centres() {
		tone := each(make([]float32, rate), func(i int, _ float64) float64 {
			return 0.1 * math.Sqrt2 * math.Sin(2*math.Pi*centre*float64(i)/rate) // -20 dBFS
		})
		l, _ := taped(tone, 0).at(40)
		for other, x := range l {
			dB := float64(x)/steps + floor
			if here := other == b; here != (dB > -22) || here && dB > -18 {
				t.Errorf("%v Hz is at %v dBFS in band %d", centre, dB, other)
			}
		}
	}
}

// TestSlotsAreNeitherSkippedNorDoubled hears a minute by a clock that is up to
// 5 ms off, on the edge between two slots.
func TestSlotsAreNeitherSkippedNorDoubled(t *testing.T) {
	e := newEar(time.Unix(0, 0))
	sound := make([]float32, readSamples)
	for i := range 600 {
		noise := time.Duration(i%11-5) * time.Millisecond
		e.hear(sound, e.epoch.Add(slot/2+time.Duration(i)*100*time.Millisecond+noise))
	}
	for n := 1; n < 60*slotsASecond; n++ {
		if _, known := e.tape.at(n); !known {
			t.Errorf("slot %d is not known", n)
		}
	}
	if e.next > 60*slotsASecond+1 {
		t.Errorf("a minute has %d slots", e.next)
	}
}

// TestAHoleStaysAHole hears a second, nothing for a second, and another one.
func TestAHoleStaysAHole(t *testing.T) {
	e := newEar(time.Unix(0, 0))
	for _, at := range []time.Duration{0, 2 * time.Second} {
		e.hear(make([]float32, rate), e.epoch.Add(at))
	}
	for n, want := range map[int]bool{0: true, 49: true, 50: false, 99: false, 100: true, 149: true, 150: false} {
		if _, known := e.tape.at(n); known != want {
			t.Errorf("slot %d known: %v", n, known)
		}
	}
}
