package centre

import (
	"context"
	"sync"
)

// News tells followers that something has changed. It carries no content:
// whoever hears of a change looks again.
type News struct {
	mu        sync.Mutex
	followers map[chan struct{}]bool
}

// NewNews has no followers.
func NewNews() *News { return &News{followers: map[chan struct{}]bool{}} }

// Tell tells every follower. It never waits: one that has not yet looked is
// told once.
func (n *News) Tell() {
	n.mu.Lock()
	defer n.mu.Unlock()
	for f := range n.followers {
		select {
		case f <- struct{}{}:
		default:
		}
	}
}

// Follow returns a channel that gets a value after a change and is closed when
// ctx ends.
func (n *News) Follow(ctx context.Context) <-chan struct{} {
	f := make(chan struct{}, 1)
	n.mu.Lock()
	n.followers[f] = true
	n.mu.Unlock()
	context.AfterFunc(ctx, func() {
		n.mu.Lock()
		defer n.mu.Unlock()
		delete(n.followers, f)
		close(f)
	})
	return f
}
