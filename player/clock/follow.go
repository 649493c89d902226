package clock

import (
	"context"
	"errors"
	"log/slog"
	"math/rand/v2"
	"sync"
	"time"
)

const (
	// burst is how many samples it takes to know the time well, and burstPause
	// what lies between them: long enough for a busy link to change its mind.
	burst      = 8
	burstPause = 250 * time.Millisecond
	// every is how often a source is asked otherwise: ten samples count at any time.
	every = time.Minute
	// firstRest and lastRest bound the pauses after failures, which double.
	firstRest = time.Second
	lastRest  = 2 * time.Minute
)

// Follow asks the sources for the time until ctx ends, and tells what is known
// after each burst and after each further sample; told is called from one
// goroutine, and holds up nothing but what is told next.
//
// Each source is asked in a burst of eight at once, and once a minute after
// that. It is asked in a burst again when nudge says that the link is up, when
// a sample contradicts those before it, and once it answers again after a
// failure. A source that fails, or says what cannot be, is left alone for a
// second, then two, up to two minutes and a little, so that stations do not
// come all at once.
func Follow(ctx context.Context, log *slog.Logger, sources []Source, nudge <-chan struct{}, told func(Estimate)) error {
	if len(sources) == 0 {
		return errors.New("follow the time: no source is named")
	}
	f := follower{log: log, estimator: NewEstimator(log), told: told}
	answers := make(chan answer)
	var askers sync.WaitGroup
	defer askers.Wait()
	for _, s := range sources {
		a := &asker{source: s, again: make(chan struct{}, 1), answers: answers}
		f.askers = append(f.askers, a)
		askers.Go(func() { a.run(ctx) })
	}
	for {
		select {
		case <-ctx.Done():
			return nil
		case _, open := <-nudge:
			if !open {
				nudge = nil
			}
			f.nudged()
		case a := <-answers:
			f.take(a)
		}
	}
}

// follower is what Follow holds.
type follower struct {
	log       *slog.Logger
	estimator *Estimator
	askers    []*asker
	told      func(Estimate)
}

func (f *follower) nudged() {
	for _, a := range f.askers {
		a.nudge()
	}
}

// take makes something of what a source has said.
func (f *follower) take(a answer) {
	last := agreed
	for _, s := range a.samples {
		found, err := f.estimator.add(a.from.source.Name(), s)
		if err != nil {
			f.log.Error("an impossible sample has come through", "err", err) // the asker has looked
			continue
		}
		last = found
	}
	f.complain(a)
	if last == odd && len(a.samples) == 1 {
		a.from.nudge()
	}
	if est, ok := f.estimator.Estimate(); ok && len(a.samples) > 0 {
		f.told(est)
	}
}

// complain logs when a source begins to fail and when it has ceased to.
func (f *follower) complain(a answer) {
	switch name := a.from.source.Name(); {
	case a.err != nil && a.failures == 1:
		f.log.Warn("a source of time does not answer", "source", name, "err", a.err)
	case a.err == nil && a.failures > 0:
		f.log.Info("the source of time answers again", "source", name, "failures", a.failures)
	}
}

// answer is what one asking brought.
type answer struct {
	from     *asker
	samples  []Sample
	err      error // why they are fewer than was wished
	failures int   // in a row: with an error this one among them, else those before it
}

// asker asks one source.
type asker struct {
	source  Source
	again   chan struct{} // a burst is wished
	answers chan<- answer
}

// nudge wishes for a burst. One wish is as good as many.
func (a *asker) nudge() {
	select {
	case a.again <- struct{}{}:
	default:
	}
}

// run asks until ctx ends.
func (a *asker) run(ctx context.Context) {
	failures, wanted := 0, burst
	for {
		got := answer{from: a}
		got.samples, got.err = a.ask(ctx, wanted)
		if got.err != nil {
			failures++
		}
		got.failures = failures
		select {
		case a.answers <- got:
		case <-ctx.Done():
			return
		}
		wanted = burst
		pause := rest(failures)
		if got.err == nil {
			failures, wanted, pause = 0, 1, every
		}
		select {
		case <-ctx.Done():
			return
		case <-a.again:
			wanted = burst
		case <-time.After(pause):
		}
	}
}

// ask takes so many samples, fewer with an error.
func (a *asker) ask(ctx context.Context, wanted int) (all []Sample, err error) {
	for len(all) < wanted {
		if len(all) > 0 && !sleep(ctx, burstPause) {
			return all, ctx.Err()
		}
		s, err := a.source.Measure(ctx)
		if err == nil {
			err = s.Validate()
		}
		if err != nil {
			return all, err
		}
		all = append(all, s)
	}
	return all, nil
}

// sleep reports whether it was not interrupted.
func sleep(ctx context.Context, d time.Duration) bool {
	select {
	case <-ctx.Done():
		return false
	case <-time.After(d):
		return true
	}
}

// rest is how long a source is left alone after so many failures in a row: up
// to a quarter longer than the doubling says.
func rest(failures int) time.Duration {
	d := firstRest
	for ; failures > 1 && d < lastRest; failures-- {
		d *= 2
	}
	d = min(d, lastRest)
	return d + rand.N(d/4)
}
