package centre

import (
	"context"
	"sync"
	"testing"
)

func TestNews(t *testing.T) {
	t.Parallel()
	n := NewNews()
	ctx, cancel := context.WithCancel(t.Context())
	slow, quick := n.Follow(ctx), n.Follow(ctx)
	for range 3 {
		n.Tell() // nobody looks at slow, and nobody waits for it
		<-quick
	}
	<-slow
	select {
	case <-slow:
		t.Error("one that did not look was told twice")
	default:
	}
	cancel()
	for range slow { // until it is closed
	}
	for range quick {
	}
	n.Tell()
	if len(n.followers) != 0 {
		t.Errorf("%d followers are kept", len(n.followers))
	}
	for range n.Follow(ctx) { // an end that has been is an end too
	}
}

func TestNewsWhileFollowersComeAndGo(t *testing.T) {
	t.Parallel()
	n := NewNews()
	var all sync.WaitGroup
	for range 20 {
		all.Go(func() {
			ctx, cancel := context.WithCancel(t.Context())
			f := n.Follow(ctx)
			n.Tell()
			<-f
			cancel()
			for range f {
			}
		})
	}
	all.Wait()
}
