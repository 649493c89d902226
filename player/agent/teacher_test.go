package agent

import (
	"context"
	"fmt"
	"testing/synctest"
	"time"

	"loaphuong/player/clock"
)

// teacher is a machine with a clock that is wrong, and who knows the time.
type teacher struct {
	behind time.Duration // true time less the machine's clock
	boots  int
	booted time.Time
	doubt  string // why the machine's clock is not believed
	says   chan clock.Estimate
}

func newTeacher(behind time.Duration) teacher {
	return teacher{behind: behind, booted: time.Now(), says: make(chan clock.Estimate)}
}

// now is the true time.
func (b *bench) now() time.Time { return time.Now().Add(b.time.behind) }

// machine is the one that the agent runs on, in the present boot.
func (l *teacher) machine() Machine {
	booted := l.booted
	return Machine{
		Boot: fmt.Sprint("boot ", l.boots), Doubt: l.doubt,
		Steady: func() time.Duration { return time.Minute + time.Since(booted) },
	}
}

// learn implements [Learn].
func (l *teacher) learn(ctx context.Context, _ <-chan struct{}, told func(clock.Estimate)) error {
	for {
		select {
		case <-ctx.Done():
			return nil
		case e := <-l.says:
			told(e)
		}
	}
}

// teach tells the agent the time, wrong by so much.
func (b *bench) teach(wrong time.Duration) {
	b.time.says <- b.estimate(wrong)
	synctest.Wait()
}

// estimate is the time, wrong by so much.
func (b *bench) estimate(wrong time.Duration) clock.Estimate {
	return clock.Estimate{
		Steady: b.time.machine().Steady(), At: b.now().Add(wrong), Uncertainty: wrong.Abs() + 20*time.Millisecond, Source: "centre",
	}
}

// reboot is what the machine does next: the power goes and comes.
func (b *bench) reboot() {
	b.powerCut()
	b.time.boots++
	b.time.booted = time.Now()
}
