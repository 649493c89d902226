package paper

import (
	"context"
	"time"
)

// stopwatch ends a context when its time is up. It can be paused.
type stopwatch struct {
	timer *time.Timer
	left  time.Duration
	since time.Time
	end   func(error)
}

// newStopwatch starts one. The context's cause is then why.
func newStopwatch(ctx context.Context, limit time.Duration, why error) (context.Context, *stopwatch) {
	ctx, cancel := context.WithCancelCause(ctx)
	w := &stopwatch{left: limit, since: time.Now(), end: cancel}
	w.timer = time.AfterFunc(limit, func() { cancel(why) })
	return ctx, w
}

func (w *stopwatch) pause() {
	w.timer.Stop()
	w.left -= time.Since(w.since)
}

func (w *stopwatch) resume() {
	w.since = time.Now()
	w.timer.Reset(max(w.left, 0))
}

// stop ends the context without a reason.
func (w *stopwatch) stop() {
	w.timer.Stop()
	w.end(nil)
}
