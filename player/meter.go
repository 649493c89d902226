package player

import (
	"math"
	"sync/atomic"
	"time"
)

const (
	// meterFrames is how much is judged at once, 20 ms at least.
	meterFrames = Rate / 50
	// meterFloor is the mean square of a signal of -60 dBFS.
	meterFloor = 1e-6
	// meterRun is how long it must be quiet for the quiet to count, since
	// speech has pauses.
	meterRun = Rate
)

// meter measures how much of what it is shown was too quiet to be heard.
type meter struct {
	power  float64 // sum of squares not yet judged
	frames int64   // and of how many frames
	run    int64   // frames that have been quiet since the last that were not
	quiet  int64   // frames of all runs that were long enough
}

// add takes in n frames of a sum of squares.
func (m *meter) add(power float64, n int64) {
	m.power += power
	m.frames += n
	if m.frames < meterFrames {
		return
	}
	if m.power < meterFloor*float64(m.frames) {
		m.still(m.frames)
	} else {
		m.run = 0
	}
	m.power, m.frames = 0, 0
}

// still notes n frames more that were quiet.
func (m *meter) still(n int64) {
	before := m.run
	m.run += n
	switch {
	case before >= meterRun:
		m.quiet += n
	case m.run >= meterRun:
		m.quiet += m.run
	}
}

// sum is how long it was quiet.
func (m *meter) sum() time.Duration { return Duration(m.quiet) }

// gauge measures how loud the last second was.
type gauge struct {
	power  float64 // sum of squares of the second that runs,
	frames int64   // and how many frames it has had
	last   atomic.Uint64
}

// add takes in what goes to the card.
func (g *gauge) add(buf []float32) {
	for _, x := range buf {
		g.power += float64(x) * float64(x)
	}
	if g.frames += int64(len(buf)); g.frames >= Rate {
		g.last.Store(math.Float64bits(g.power / float64(g.frames)))
		g.power, g.frames = 0, 0
	}
}

// reset forgets what was.
func (g *gauge) reset() {
	g.power, g.frames = 0, 0
	g.last.Store(0)
}

// level is in dBFS, of a sine of full scale -3.
func (g *gauge) level() float64 { return 10 * math.Log10(math.Float64frombits(g.last.Load())) }
