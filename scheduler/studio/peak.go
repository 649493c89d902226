package studio

import "math"

const (
	peakPhases = 4  // values looked at for each sample: a peak between them is under-read by 0.7 dB at worst, at the highest frequencies
	peakTaps   = 24 // samples each of them is made from
)

// truePeak finds the highest value of the curve through the samples, which may
// lie between two of them. It is an interpolator of windowed sincs, one for
// each quarter of the way from a sample to the next.
type truePeak struct {
	taps    [peakPhases - 1][peakTaps]float64 // the phase of the samples themselves needs none
	reach   float64                           // what is interpolated is at most this times the highest sample it is made from
	seen    []float64                         // the last peakTaps samples, then the run
	highest float64
}

func newTruePeak() truePeak {
	p := truePeak{seen: make([]float64, peakTaps, peakTaps+stride)}
	for phase := range p.taps {
		shift := float64(phase+1) / peakPhases
		var reach float64
		for i := range p.taps[phase] {
			x := float64(i) - (peakTaps/2 - 1) - shift
			p.taps[phase][i] = sinc(x) * hann(x/(peakTaps/2))
			reach += math.Abs(p.taps[phase][i])
		}
		p.reach = max(p.reach, reach)
	}
	return p
}

// look looks at a run of samples and, peakTaps/2 behind, at the curve between
// them, unless all of the run is too low to hold the highest value.
func (p *truePeak) look(run []float64) {
	p.seen = append(p.seen[:peakTaps], run...)
	top := 0.0
	for _, x := range p.seen {
		top = max(top, math.Abs(x))
	}
	p.highest = max(p.highest, top)
	if top*p.reach > p.highest {
		for i := range run {
			p.interpolate((*[peakTaps]float64)(p.seen[i+1:]))
		}
	}
	copy(p.seen, p.seen[len(run):])
}

// interpolate looks between the two samples in the middle of the window, at all
// three places at once, since their sums do not wait for each other.
func (p *truePeak) interpolate(window *[peakTaps]float64) {
	var y0, y1, y2 float64
	for i, x := range window {
		y0 += x * p.taps[0][i]
		y1 += x * p.taps[1][i]
		y2 += x * p.taps[2][i]
	}
	p.highest = max(p.highest, math.Abs(y0), math.Abs(y1), math.Abs(y2))
}

func sinc(x float64) float64 {
	if x == 0 {
		return 1
	}
	return math.Sin(math.Pi*x) / (math.Pi * x)
}

// hann is the window's weight at x in [-1, 1].
func hann(x float64) float64 { return (1 + math.Cos(math.Pi*x)) / 2 }
