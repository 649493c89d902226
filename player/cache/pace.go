package cache

import (
	"context"
	"fmt"
	"io"
	"time"

	"golang.org/x/time/rate"
)

const (
	// burst is how many bytes may come at once under a limit, and the most that
	// one read of a metered body brings.
	burst = 32 << 10
	// stall is how long a source may bring nothing before it is given up. A
	// mobile link that has gone says nothing else.
	stall = 30 * time.Second
)

// SetLimit lets all metered sources together bring no more than so many bytes
// a second, from the next read on. 0 lets them bring what the link takes.
func (c *Cache) SetLimit(bytesPerSecond int64) {
	limit := rate.Inf
	if bytesPerSecond > 0 {
		limit = rate.Limit(bytesPerSecond)
	}
	c.limiter.SetLimit(limit)
}

// watch is a context that ends when nothing has come for a while.
type watch struct {
	context.Context
	timer *time.Timer
}

// watched begins to wait for the first byte.
func watched(ctx context.Context) (watch, context.CancelFunc) {
	ctx, cancel := context.WithCancelCause(ctx)
	timer := time.AfterFunc(stall, func() { cancel(fmt.Errorf("nothing came for %s", stall)) })
	return watch{ctx, timer}, func() {
		timer.Stop()
		cancel(nil)
	}
}

// paced reads a body under a watch, and no faster than the limit if it has one.
type paced struct {
	watch   watch
	body    io.Reader
	limiter *rate.Limiter // nil for none
}

// Read reads what has come. Waiting for the limit does not count as a stall.
func (p paced) Read(data []byte) (int, error) {
	if p.watch.Err() != nil {
		return 0, context.Cause(p.watch)
	}
	p.watch.timer.Reset(stall)
	n, err := p.body.Read(data[:min(len(data), burst)])
	p.watch.timer.Stop()
	if err != nil && p.watch.Err() != nil {
		return n, context.Cause(p.watch)
	}
	if p.limiter != nil && n > 0 {
		if slow := p.limiter.WaitN(p.watch, n); slow != nil {
			return n, slow
		}
	}
	return n, err
}
