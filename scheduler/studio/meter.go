package studio

import (
	"encoding/binary"
	"math"
	"time"
)

// Rate is the on-air sample rate, frames a second.
const Rate = 48000

// silence is the absolute gate of ITU-R BS.1770, LUFS: what is below it is not
// heard and not counted.
const silence = -70

const (
	hop      = Rate / 10 // gating blocks begin every 100 ms
	perBlock = 4         // and last 400 ms
	stride   = hop / 50  // samples are worked on in runs of 2 ms
)

// Measurement is what a [Meter] heard.
type Measurement struct {
	Frames   int64   // at 48 kHz
	Loudness float64 // integrated, LUFS; -Inf where nothing passed the gate
	Peak     float64 // true peak, dBTP; -Inf for digital silence
	Broken   int64   // samples that are not finite numbers; they are measured as 0
}

// Duration is the exact length of what was measured.
func (m Measurement) Duration() time.Duration {
	return time.Duration(m.Frames) * time.Second / Rate
}

// Meter measures integrated loudness by ITU-R BS.1770-4 and EBU R 128, and true
// peak by four-fold oversampling. It is written to: mono 32-bit little-endian
// float samples at 48 kHz, cut anywhere. It keeps eight bytes for each 100 ms.
//
// One channel is one channel: a sine of 997 Hz at full scale reads -3.01 LUFS,
// as the recommendation has it, and not the 0 of the same sine in two.
//
// A clip shorter than one gating block of 400 ms, to which the recommendation
// gives no loudness, is measured as one block of its own length.
type Meter struct {
	shelf, highpass biquad
	peak            truePeak
	rest            []byte    // a sample cut in two by the writer
	run             []float64 // samples not yet worked on, fewer than stride
	frames, broken  int64
	sum             float64   // of squares in the hop that is under way
	hops            []float64 // sums of squares, one a hop
}

// NewMeter returns a meter that has heard nothing.
func NewMeter() *Meter {
	return &Meter{
		// Table 1 and table 2 of BS.1770-4: the head, then the low cut.
		shelf:    biquad{b: [3]float64{1.53512485958697, -2.69169618940638, 1.19839281085285}, a: [2]float64{-1.69065929318241, 0.73248077421585}},
		highpass: biquad{b: [3]float64{1, -2, 1}, a: [2]float64{-1.99004745483398, 0.99007225036621}},
		peak:     newTruePeak(),
		run:      make([]float64, 0, stride),
	}
}

// Write measures more samples. It never fails.
func (m *Meter) Write(p []byte) (int, error) {
	n := len(p)
	if len(m.rest) > 0 {
		need := min(4-len(m.rest), len(p))
		m.rest = append(m.rest, p[:need]...)
		p = p[need:]
		if len(m.rest) < 4 {
			return n, nil
		}
		m.add(m.rest)
		m.rest = m.rest[:0]
	}
	for ; len(p) >= 4; p = p[4:] {
		m.add(p)
	}
	m.rest = append(m.rest, p...)
	return n, nil
}

// add takes the sample in the first four bytes of p.
func (m *Meter) add(p []byte) {
	x := float64(math.Float32frombits(binary.LittleEndian.Uint32(p)))
	if math.IsNaN(x) || math.IsInf(x, 0) {
		m.broken++
		x = 0
	}
	m.run = append(m.run, x)
	if len(m.run) == stride {
		m.work()
	}
}

// work measures the run, in which no hop begins but at its start.
func (m *Meter) work() {
	m.peak.look(m.run)
	m.frames += int64(len(m.run))
	m.sum += m.highpass.energy(m.shelf.filter(m.run))
	m.run = m.run[:0]
	if m.frames%hop == 0 {
		m.hops = append(m.hops, m.sum)
		m.sum = 0
	}
}

// Result is the measurement of all that was written. It ends the measurement:
// write nothing after it.
func (m *Meter) Result() Measurement {
	if len(m.run) > 0 {
		m.work()
	}
	m.peak.look(make([]float64, peakTaps)) // what comes after is silence
	return Measurement{
		Frames:   m.frames,
		Loudness: m.integrated(),
		Peak:     20 * math.Log10(m.peak.highest),
		Broken:   m.broken,
	}
}

// integrated is the mean of the blocks above -70 LUFS and then above a gate
// 10 LU below the mean of those.
func (m *Meter) integrated() float64 {
	blocks := m.blocks()
	mean := gatedMean(blocks, power(silence))
	return loudness(gatedMean(blocks, max(mean/10, power(silence))))
}

// blocks are the mean squares of the gating blocks.
func (m *Meter) blocks() []float64 {
	if len(m.hops) < perBlock {
		all := m.sum
		for _, s := range m.hops {
			all += s
		}
		return []float64{all / float64(max(m.frames, 1))}
	}
	blocks := make([]float64, 0, len(m.hops))
	for i := perBlock; i <= len(m.hops); i++ {
		var sum float64
		for _, s := range m.hops[i-perBlock : i] {
			sum += s
		}
		blocks = append(blocks, sum/(perBlock*hop))
	}
	return blocks
}

// gatedMean is the mean of the blocks above the gate, or 0 when there is none.
func gatedMean(blocks []float64, gate float64) float64 {
	var sum float64
	n := 0
	for _, b := range blocks {
		if b > gate {
			sum += b
			n++
		}
	}
	return sum / float64(max(n, 1))
}

// loudness and power turn a mean square into LUFS and back; -0.691 makes up for
// what the weighting does at 997 Hz.
func loudness(power float64) float64 { return 10*math.Log10(power) - 0.691 }
func power(lufs float64) float64     { return math.Pow(10, (lufs+0.691)/10) }

// biquad is a second-order filter, in transposed direct form II.
type biquad struct {
	b [3]float64
	a [2]float64 // a1 and a2; a0 is 1
	z [2]float64
}

// filter filters the run in its place.
func (f *biquad) filter(run []float64) []float64 {
	b0, b1, b2, a1, a2, z1, z2 := f.b[0], f.b[1], f.b[2], f.a[0], f.a[1], f.z[0], f.z[1]
	for i, x := range run {
		y := b0*x + z1
		z1 = b1*x - a1*y + z2
		z2 = b2*x - a2*y
		run[i] = y
	}
	f.z = [2]float64{z1, z2}
	return run
}

// energy filters the run and sums its squares.
func (f *biquad) energy(run []float64) (sum float64) {
	for _, y := range f.filter(run) {
		sum += y * y
	}
	return sum
}
