package heard

import "math"

const (
	// rate is what both sides are brought down to, in samples a second: a
	// telephone's, which every loudspeaker and sound card can carry.
	rate = 8000
	// slotSamples are in a slot.
	slotSamples = rate / slotsASecond
	// bands are the parts of the spectrum whose levels are followed.
	bands = 5
	// floor is the lowest level that is told from silence, in dBFS.
	floor = -120
	// steps are the levels told apart in one dB; a byte holds 127 dB of them.
	steps = 2
	// q is how narrow a band is; with it neighbours touch at about -3 dB.
	q = 1.8
	// bias is added to every sample. It is far too small to count, and keeps the
	// filters in silence from numbers so small that the processor is slow.
	bias = 1e-9
)

// centres are the middles of the bands in Hz: even steps of pitch over what a
// horn loudspeaker carries.
func centres() [bands]float64 { return [bands]float64{350, 600, 1020, 1740, 2900} }

// levels are how loud each band was in one slot, in half dB above the floor.
type levels [bands]uint8

// biquad is a band-pass filter of second order and unity gain at its centre.
type biquad struct{ gain, a1, a2, s1, s2 float64 }

func newBiquad(centre float64) biquad {
	w := 2 * math.Pi * centre / rate
	alpha := math.Sin(w) / (2 * q)
	return biquad{gain: alpha / (1 + alpha), a1: -2 * math.Cos(w) / (1 + alpha), a2: (1 - alpha) / (1 + alpha)}
}

// pass filters one sample.
func (b *biquad) pass(x float64) float64 {
	y := b.gain*x + b.s1
	b.s1 = b.s2 - b.a1*y
	b.s2 = -b.gain*x - b.a2*y
	return y
}

// bank turns samples into levels.
type bank struct {
	filters [bands]biquad
	energy  [bands]float64 // of the slot so far
	n       int            // samples in it
}

func newBank() (b bank) {
	for i, centre := range centres() {
		b.filters[i] = newBiquad(centre)
	}
	return b
}

// push takes in a sample; whole tells that it was the last of a slot, whose
// levels are returned.
func (b *bank) push(x float64) (l levels, whole bool) {
	for i := range b.filters {
		y := b.filters[i].pass(x + bias)
		b.energy[i] += y * y
	}
	if b.n++; b.n < slotSamples {
		return l, false
	}
	for i, e := range b.energy {
		l[i] = level(e / float64(slotSamples))
	}
	b.energy, b.n = [bands]float64{}, 0
	return l, true
}

// level is a mean square as it is kept.
func level(meanSquare float64) uint8 {
	dB := 10 * math.Log10(meanSquare+1e-13)
	return uint8(min(max((dB-floor)*steps, 0), math.MaxUint8))
}
