package heard

import (
	"math/rand/v2"
	"testing"
	"time"
)

// TestArrivalKnowsWhenACaptureBegan reads for five minutes, up to 30 ms too
// late, what a card captures.
func TestArrivalKnowsWhenACaptureBegan(t *testing.T) {
	cases := []struct {
		name  string
		drift float64       // of the card's clock
		hole  time.Duration // of which nothing is captured after a minute
	}{
		{"an exact card", 0, 0},
		{"one 200 ppm slow", 200e-6, 0},
		{"one 200 ppm fast", -200e-6, 0},
		{"one that loses a second", 0, time.Second},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			dice, clock, begun := rand.New(rand.NewPCG(1, 2)), arrival{}, time.Unix(1000, 0)
			for i := 1; i <= 3000; i++ {
				passed := time.Duration(float64(i) * 1e8 * (1 + c.drift))
				if i > 600 {
					passed += c.hole
				}
				late := time.Duration(dice.IntN(30)) * time.Millisecond
				total := int64(i * readSamples)
				sounded := clock.observe(begun.Add(passed+late), total).Add(length(total))
				settling := i < arrivalBlock || i >= 600 && i < 600+2*arrivalBlock
				if off := sounded.Sub(begun.Add(passed)); off.Abs() > slack && !settling {
					t.Fatalf("it is wrong by %v after %d reads", off, i)
				}
			}
		})
	}
}
