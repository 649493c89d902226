package agent

import (
	"context"
	"errors"
	"sync"
	"testing"
	"time"

	"loaphuong/scheduler"
)

// control is a card's, that can be jammed.
type control struct {
	mu     sync.Mutex
	muted  bool
	jammed bool
	said   int
}

func (c *control) set(_ context.Context, on bool) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.said++
	if c.jammed {
		return errors.New("it is jammed")
	}
	c.muted = on
	return nil
}

func (c *control) jam(is bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.jammed = is
}

func (c *control) is(t *testing.T, muted bool) {
	t.Helper()
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.muted != muted {
		t.Errorf("muted is %t", c.muted)
	}
}

// inBenchWithControl runs f with an agent that mutes, on a card that the agent
// before it has left mute.
func inBenchWithControl(t *testing.T, f func(b *bench, c *control)) {
	inBench(t, func(b *bench) {
		b.end()
		c := &control{muted: true}
		b.adds = func(p *Parts) { p.Mute = c.set }
		b.begin()
		f(b, c)
		b.end()
		c.is(t, false)
		b.begin()
	})
}

func TestTheCardIsMuteWhileNothingIsToSound(t *testing.T) {
	inBenchWithControl(t, func(b *bench, c *control) {
		c.is(t, false) // until it is known that nothing is to sound
		b.pass(hushAfter + time.Second)
		c.is(t, true)
		b.publish(b.schedule(1, 60*time.Second, "a", "b")) // b ten seconds after a
		b.until(60*time.Second - lead - time.Second)
		c.is(t, true)
		b.until(60*time.Second - lead + time.Second)
		c.is(t, false)
		b.until(75 * time.Second)
		c.is(t, false)
		b.until(75*time.Second + hushAfter + 2*time.Second)
		c.is(t, true)
		if c.said > 5 {
			t.Errorf("the control was set %d times", c.said)
		}
		b.want("a", scheduler.Aired, "")
	})
}

func TestAControlThatRefuses(t *testing.T) {
	inBenchWithControl(t, func(b *bench, c *control) {
		b.pass(hushAfter + time.Second)
		c.jam(true)
		b.publish(b.schedule(1, 60*time.Second, "a"))
		b.until(60 * time.Second)
		c.is(t, true)
		if p := (Operator{b.agent}).View().Problems; len(p) == 0 || p[0].Kind != "card" || p[0].Detail != "it is jammed" {
			t.Errorf("the problems are %+v", p)
		}
		c.jam(false)
		b.pass(2 * hushRetry)
		c.is(t, false)
	})
}
