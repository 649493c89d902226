package agent

import (
	"context"
	"sync/atomic"
	"time"
)

const (
	// hushAfter is how long nothing has sounded when the card is muted.
	hushAfter = 10 * time.Second
	// hushRetry is how long to wait before a control that refused is tried again.
	hushRetry = time.Second
)

// Mute mutes the card's output or unmutes it.
type Mute func(ctx context.Context, on bool) error

// hush mutes the card while nothing is to sound, so that an amplifier that is
// always on has nothing to amplify. What is to sound is at the mixer some seconds
// before; an emergency that has to begin at once is, while the control answers.
type hush struct {
	wish    chan bool     // whether it is to be mute; the latest
	on      bool          // that wish
	sounded time.Duration // when something was last to sound, in steady time
	trouble atomic.Pointer[string]
}

// hushes wishes what is to be.
func (a *Agent) hushes() {
	if a.Mute == nil {
		return
	}
	now := a.clock.steady()
	if a.audible() {
		a.hush.sounded = now
	}
	on := now-a.hush.sounded >= hushAfter
	if on == a.hush.on {
		return
	}
	a.hush.on = on
	select {
	case <-a.hush.wish: // nobody has seen to the last one
	default:
	}
	a.hush.wish <- on
}

// audible reports whether anything sounds or is to.
func (a *Agent) audible() bool {
	if a.checking || len(a.fills) > 0 {
		return true
	}
	for _, p := range a.pending {
		if p.placed && p.last == nil {
			return true
		}
	}
	return false
}

// runHush carries the wishes out, and leaves the card as loud as others expect
// it. An agent that was killed may have left it mute.
func (a *Agent) runHush(ctx context.Context) error {
	if a.Mute == nil {
		return nil
	}
	defer func() { a.mutes(context.WithoutCancel(ctx), false) }()
	on, done := false, false
	for {
		var again <-chan time.Time
		if !done {
			if done = a.mutes(ctx, on); !done {
				again = time.After(hushRetry)
			}
		}
		select {
		case <-ctx.Done():
			return nil
		case on = <-a.hush.wish:
			done = false
		case <-again:
		}
	}
}

// mutes mutes or unmutes, and reports whether it did.
func (a *Agent) mutes(ctx context.Context, on bool) bool {
	err := a.Mute(ctx, on)
	if err == nil {
		a.hush.trouble.Store(nil)
		return true
	}
	if said := err.Error(); ctx.Err() == nil {
		if before := a.hush.trouble.Swap(&said); before == nil || *before != said {
			a.Log.Error("the card's control refuses", "mute", on, "err", err)
		}
	}
	return false
}

// refuses is why the card cannot be muted or unmuted, "" where it can.
func (h *hush) refuses() string {
	if said := h.trouble.Load(); said != nil {
		return *said
	}
	return ""
}
