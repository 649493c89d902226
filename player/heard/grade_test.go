package heard

import (
	"math"
	"math/rand/v2"
	"os"
	"strconv"
	"testing"
	"time"
)

// rounds is how often each line of the table is tried: once, or as often
// as HEARD_ROUNDS says.
func rounds() int {
	if n, err := strconv.Atoi(os.Getenv("HEARD_ROUNDS")); err == nil {
		return n
	}
	return 1
}

// TestTruthTable sends speech of 9, 17 or 30 seconds and captures it, or
// something else, up to 1.8 s later.
func TestTruthTable(t *testing.T) {
	same := func(_ *rand.Rand, sent []float32) []float32 { return sent }
	cases := []struct {
		name  string
		heard bool
		comes func(dice *rand.Rand, sent []float32) []float32
	}{
		{"the same", true, same},
		{"softer by 30 dB and turned around", true, func(_ *rand.Rand, sent []float32) []float32 {
			return each(sent, func(_ int, x float64) float64 { return -x / 32 })
		}},
		{"noise 20 dB below", true, func(d *rand.Rand, sent []float32) []float32 { return noisy(d, sent, 20) }},
		{"noise 10 dB below", true, func(d *rand.Rand, sent []float32) []float32 { return noisy(d, sent, 10) }},
		{"noise as loud", true, func(d *rand.Rand, sent []float32) []float32 { return noisy(d, sent, 0) }},
		{"hum as loud", true, func(_ *rand.Rand, sent []float32) []float32 { return humming(sent) }},
		{"an echo of half a second", true, func(d *rand.Rand, sent []float32) []float32 { return echoing(d, sent, time.Second/2) }},
		{"a card 200 ppm slow", true, func(_ *rand.Rand, sent []float32) []float32 { return drifting(sent, 200) }},
		{"clipped", true, func(_ *rand.Rand, sent []float32) []float32 {
			return each(sent, func(_ int, x float64) float64 { return math.Tanh(8 * x) })
		}},
		{"other speech", false, func(d *rand.Rand, sent []float32) []float32 { return speech(d, len(sent)/rate) }},
		{"silence", false, func(_ *rand.Rand, sent []float32) []float32 { return make([]float32, len(sent)) }},
		{"noise alone", false, func(d *rand.Rand, sent []float32) []float32 {
			return each(sent, func(int, float64) float64 { return 0.1 * d.NormFloat64() })
		}},
		{"hum alone", false, func(_ *rand.Rand, sent []float32) []float32 { return humming(make([]float32, len(sent))) }},
		{"the same 5 s too late", false, func(_ *rand.Rand, sent []float32) []float32 {
			return append(make([]float32, 5*rate), sent...)
		}},
		{"the same backwards", false, func(_ *rand.Rand, sent []float32) []float32 {
			return each(sent, func(i int, _ float64) float64 { return float64(sent[len(sent)-1-i]) })
		}},
	}
	for i, c := range cases {
		dice, right := rand.New(rand.NewPCG(1, uint64(i))), 0
		for range rounds() {
			sent := speech(dice, []int{9, 17, 30}[dice.IntN(3)])
			delay := time.Duration(dice.IntN(1800)) * time.Millisecond
			g := graded(dice, sent, c.comes(dice, sent), delay)
			if g.Heard == c.heard {
				right++
			}
			if off := g.Delay - delay; g.Heard && off.Abs() > 3*slot {
				t.Errorf("%s: a delay of %v, not %v", c.name, g.Delay, delay)
			}
		}
		if t.Logf("%-36s heard=%-5v in %d of %d", c.name, c.heard, right, rounds()); right < rounds() {
			t.Errorf("%s: wrong in %d of %d", c.name, rounds()-right, rounds())
		}
	}
}

// graded judges what comes so long after it was sent, with a little noise
// around it as every converter has.
func graded(dice *rand.Rand, sent, comes []float32, delay time.Duration) Grade {
	const before = 3 * time.Second
	all := append(make([]float32, int(before.Seconds()*rate)), comes...)
	all = append(all, make([]float32, max(0, len(sent)-len(comes))+3*rate)...)
	all = each(all, func(_ int, x float64) float64 { return x + 1e-4*dice.NormFloat64() })
	from := int(before / slot)
	return judge(taped(sent, before), taped(all, delay), from, from+len(sent)/slotSamples)
}

func TestWhatCannotBeJudged(t *testing.T) {
	dice := rand.New(rand.NewPCG(3, 4))
	tone := each(make([]float32, 9*rate), func(i int, _ float64) float64 { return math.Sin(float64(i) / 3) })
	soft := each(speech(dice, 9), func(_ int, x float64) float64 { return x / 1000 })
	for name, sent := range map[string][]float32{
		"silence":       make([]float32, 9*rate),
		"a tone":        tone,
		"a whisper":     soft,
		"less than 4 s": speech(dice, 3),
	} {
		if g := graded(dice, sent, sent, 0); g.Windows != 0 || g.Heard || g.Why == "" {
			t.Errorf("%s: %+v", name, g)
		}
	}
}

// TestHalfIsNotHeard captures only the first half of an airing.
func TestHalfIsNotHeard(t *testing.T) {
	dice := rand.New(rand.NewPCG(5, 6))
	sent := speech(dice, 40)
	g := graded(dice, sent, sent[:20*rate], 300*time.Millisecond)
	if g.Heard || g.Share < 0.35 || g.Share > 0.6 || g.Windows < 9 || g.Delay != 0 {
		t.Errorf("%+v, want about half", g)
	}
}

// TestWhatWasNotCapturedDoesNotMatch breaks the capture off.
func TestWhatWasNotCapturedDoesNotMatch(t *testing.T) {
	sent := speech(rand.New(rand.NewPCG(7, 8)), 20)
	for seconds, share := range map[int]float64{0: 0, 11: 0.4} {
		g := judge(taped(sent, 0), taped(sent[:seconds*rate], 100*time.Millisecond), 0, 20*slotsASecond)
		if g.Heard || g.Windows != 5 || g.Share > share {
			t.Errorf("%d s of 20 captured: %+v", seconds, g)
		}
	}
}

func BenchmarkGradeOfTenMinutes(b *testing.B) {
	sent := taped(speech(rand.New(rand.NewPCG(1, 1)), 10*60), 0)
	for b.Loop() {
		judge(sent, sent, 0, tapeSlots)
	}
}
