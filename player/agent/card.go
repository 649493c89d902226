package agent

import (
	"context"
	"fmt"
	"sync"
	"time"
)

const (
	cardRetry = 2 * time.Second        // how long to wait before a lost card is tried again
	cardProof = 200 * time.Millisecond // how long a card must run to be called fine
)

// cardNews is what became of the sound card.
type cardNews struct {
	ok  bool
	err string
}

// runCard keeps the card running, and tries again when it is lost.
func (a *Agent) runCard(ctx context.Context) error {
	for {
		err := a.useCard(ctx)
		if ctx.Err() != nil {
			return nil
		}
		a.sound.Lost()
		a.Log.Warn("sound card lost", "card", a.Card.Name(), "err", err)
		deliver(ctx, a.card, cardNews{err: fmt.Sprint(err)})
		if !pause(ctx, cardRetry) {
			return nil
		}
	}
}

// useCard runs the card until it is lost or ctx ends, and calls it fine once it
// has run for a moment. That news never comes after useCard has returned.
func (a *Agent) useCard(ctx context.Context) error {
	running, stop := context.WithCancel(ctx)
	var report sync.WaitGroup
	defer report.Wait()
	defer stop()
	report.Go(func() {
		if pause(running, cardProof) {
			deliver(running, a.card, cardNews{ok: true})
		}
	})
	return a.Card.Run(ctx, a.source())
}

// tookCard notes how the card is.
func (a *Agent) tookCard(c cardNews) {
	a.talk.unsent = a.talk.unsent || c != a.cardNews
	a.cardNews = c
}
