package speaker

import (
	"math/rand/v2"
	"testing"
	"time"

	"loaphuong/player"
)

// pipeline is a card and a machine that is never on time: what a clock sees of
// them.
type pipeline struct {
	dice   *rand.Rand
	begin  time.Time     // when the frame after the ring's first filling sounds
	drift  float64       // how much too fast the card is
	stood  time.Duration // how long it has stood still in underruns
	period int64
	pulled int64
}

// truth is when frame n sounds.
func (p *pipeline) truth(n int64) time.Time {
	return p.begin.Add(p.stood + time.Duration(float64(player.Duration(n))/(1+p.drift)))
}

// look is when somebody notices that the next period was pulled: soon as a
// rule, at times much later, but before the ring is empty.
func (p *pipeline) look() time.Time {
	p.pulled += p.period
	late := time.Duration(30+p.dice.ExpFloat64()*60) * time.Microsecond
	if p.dice.IntN(50) == 0 {
		late += time.Duration(p.dice.IntN(18000)) * time.Microsecond
	}
	return p.truth(p.pulled - ringPeriods*p.period).Add(late)
}

func TestClockKnowsTheTimeOfACard(t *testing.T) {
	cases := []struct {
		name   string
		period int64
		drift  float64
		stands time.Duration // after a minute
	}{
		{"an exact card", Period, 0, 0},
		{"one 100 ppm slow", Period, -100e-6, 0},
		{"one 100 ppm fast", Period, 100e-6, 0},
		{"a weak computer's, 150 ppm slow", 2048, -150e-6, 0},
		{"a weak computer's, 150 ppm fast", 2048, 150e-6, 0},
		{"one that stands still for 60 ms", Period, 0, 60 * time.Millisecond},
		{"one that stands still for 3 s", Period, 50e-6, 3 * time.Second},
	}
	const minute = 60 * player.Rate / Period
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			p := &pipeline{dice: rand.New(rand.NewPCG(1, 2)), begin: time.Now(), drift: c.drift, period: c.period}
			clock, last := clock{}, time.Time{}
			for i := range 3 * minute {
				if i == minute {
					p.stood = c.stands
				}
				now := p.look()
				clock.observe(now, p.pulled, c.period)
				sounds := clock.sounds(p.pulled, now)
				step := sounds.Sub(last) - player.Duration(c.period)
				if !last.IsZero() && (step < -time.Millisecond || step > time.Millisecond && c.stands == 0) {
					t.Fatalf("sounds steps by %v after %d periods", step, i)
				}
				wrong := sounds.Sub(p.truth(p.pulled))
				settling := i < 400 || c.stands > 0 && i >= minute && i < minute+400
				if !settling && wrong.Abs() > 500*time.Microsecond {
					t.Fatalf("it is wrong by %v after %d periods", wrong, i)
				}
				if clock.ready() || !last.IsZero() {
					last = sounds
				}
			}
		})
	}
}
