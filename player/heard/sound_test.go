package heard

import (
	"math"
	"math/rand/v2"
	"time"
)

// speech is so many seconds of something that moves as speech does: syllables of
// a fifth of a second with a pitch and two formants of their own, some of them
// breathed, and rests between phrases.
func speech(dice *rand.Rand, seconds int) []float32 {
	sound := make([]float32, 0, seconds*rate)
	for len(sound) < seconds*rate {
		for range 4 + dice.IntN(8) {
			sound = append(sound, syllable(dice)...)
		}
		sound = append(sound, make([]float32, dice.IntN(rate/2))...)
	}
	return sound[:seconds*rate]
}

func syllable(dice *rand.Rand) []float32 {
	sound := make([]float32, rate/10+dice.IntN(rate/6))
	pitch, loud, breath := 90+110*dice.Float64(), 0.05+0.2*dice.Float64(), dice.Float64()*dice.Float64()
	first, second := newBiquad(250+600*dice.Float64()), newBiquad(900+2300*dice.Float64())
	for i := range sound {
		swell := math.Sin(math.Pi * float64(i) / float64(len(sound)))
		pulse := 2*math.Mod(float64(i)*pitch/rate, 1) - 1
		x := (pulse*(1-breath) + dice.NormFloat64()*breath) * swell
		sound[i] = float32(loud * (3*first.pass(x) + 2*second.pass(x)))
	}
	return sound
}

// noisy adds white noise so many dB below the sound.
func noisy(dice *rand.Rand, sound []float32, below float64) []float32 {
	loud := strength(sound) * math.Pow(10, -below/20)
	return each(sound, func(_ int, x float64) float64 { return x + loud*dice.NormFloat64() })
}

// humming adds the mains and its third, as loud as the sound.
func humming(sound []float32) []float32 {
	loud := 1.3 * strength(sound)
	return each(sound, func(i int, x float64) float64 {
		t := 2 * math.Pi * 50 * float64(i) / rate
		return x + loud*(math.Sin(t)+0.3*math.Sin(3*t))
	})
}

// echoing is the sound in a hall of which the echo falls by 60 dB in decay,
// through a sparse impulse response.
func echoing(dice *rand.Rand, sound []float32, decay time.Duration) []float32 {
	long := int(decay.Seconds() * rate)
	wet := each(sound, func(_ int, x float64) float64 { return 2 * x })
	for at := dice.IntN(40); at < long; at += 1 + dice.IntN(80) {
		gain := float32(dice.NormFloat64() * math.Exp(-6.9*float64(at)/float64(long)))
		for i := at; i < len(sound); i++ {
			wet[i] += gain * sound[i-at]
		}
	}
	return wet
}

// each is the sound with every sample changed.
func each(sound []float32, change func(i int, x float64) float64) []float32 {
	changed := make([]float32, len(sound))
	for i, x := range sound {
		changed[i] = float32(change(i, float64(x)))
	}
	return changed
}

// drifting is the sound of a card too slow by so many millionths.
func drifting(sound []float32, ppm float64) []float32 {
	return each(sound, func(i int, _ float64) float64 {
		at := float64(i) * (1 - ppm*1e-6)
		n, part := int(at), float32(at-math.Floor(at))
		return float64(sound[n]*(1-part) + sound[min(n+1, len(sound)-1)]*part)
	})
}

// strength is the root of the mean square.
func strength(sound []float32) float64 {
	var sum float64
	for _, x := range sound {
		sum += float64(x) * float64(x)
	}
	return math.Sqrt(sum / float64(len(sound)))
}

// taped is a tape of the sound, which began so long after the epoch.
func taped(sound []float32, began time.Duration) *tape {
	e := newEar(time.Unix(0, 0))
	e.hear(sound, e.epoch.Add(began))
	return e.tape
}
