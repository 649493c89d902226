// Package cardtest is the suite that every [player.Card] passes: the list in
// the comment of Card, checked against a running one. It measures with the
// clock it finds, so a card of package time alone is tested exactly inside a
// testing/synctest bubble, and a sound card in real time with allowances.
package cardtest

import (
	"context"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"loaphuong/player"
)

// Allowance is what a card needs that real hardware and a busy machine impose.
type Allowance struct {
	Ahead time.Duration // the most that sounds may lie in the future
	Lag   time.Duration // the most that sounds may lie in the past, and how long Run may take to return
	Skips int           // how many periods may come after an underrun
	Lasts time.Duration // how long each Run is watched
}

// Exact is the allowance of a card that only keeps time.
func Exact() Allowance { return Allowance{Ahead: 20 * time.Millisecond, Lasts: 3 * time.Second} }

// fill is one call of Fill.
type fill struct {
	at, sounds time.Time
	frames     int
}

// listener is a source of silence that records how it is asked for it.
type listener struct {
	t     *testing.T
	busy  atomic.Bool
	fills []fill
}

// Fill implements [player.Source].
func (l *listener) Fill(buf []float32, sounds time.Time) {
	if !l.busy.CompareAndSwap(false, true) {
		l.t.Error("Fill was called while another Fill had not returned")
		return
	}
	defer l.busy.Store(false)
	l.fills = append(l.fills, fill{at: time.Now(), sounds: sounds, frames: len(buf)})
	clear(buf)
}

// Run checks a card that works. It runs it twice, since a card that has ended
// may be run again.
func Run(t *testing.T, card player.Card, allow Allowance) {
	t.Helper()
	if card.Name() == "" {
		t.Error("the card has no name")
	}
	for range 2 {
		fills, took := watch(t, card, allow)
		pulls(t, fills, took, allow)
		knowsWhen(t, fills, allow)
	}
}

// watch runs the card for a while and returns the fills and the time it took.
func watch(t *testing.T, card player.Card, allow Allowance) ([]fill, time.Duration) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), allow.Lasts)
	defer cancel()
	l := &listener{t: t}
	began := time.Now()
	if err := card.Run(ctx, l); err != nil {
		t.Fatalf("Run of %s: %v, want nil when its context ends", card.Name(), err)
	}
	took := time.Since(began)
	if took > allow.Lasts+allow.Lag {
		t.Errorf("Run of %s returned %v after its context ended", card.Name(), took-allow.Lasts)
	}
	n := len(l.fills)
	time.Sleep(allow.Ahead)
	if len(l.fills) != n {
		t.Errorf("%s fills after Run has returned", card.Name())
	}
	return l.fills, took
}

// pulls checks that the card pulled all the time, and not ahead of need.
func pulls(t *testing.T, fills []fill, took time.Duration, allow Allowance) {
	t.Helper()
	pulled := int64(0)
	for i, f := range fills {
		pulled += int64(f.frames)
		if ahead := f.sounds.Sub(f.at); ahead > allow.Ahead || ahead < -allow.Lag {
			t.Errorf("fill %d is for %v ahead, want at most %v", i, ahead, allow.Ahead)
		}
	}
	span := player.Duration(pulled)
	slack := allow.Ahead + allow.Lag + 20*time.Millisecond
	if span > took+slack || span < took-slack-time.Duration(allow.Skips)*slack {
		t.Errorf("it pulled %v of sound in %v", span, took)
	}
}

// knowsWhen checks that sounds grows as the frames delivered do.
func knowsWhen(t *testing.T, fills []fill, allow Allowance) {
	t.Helper()
	skips := 0
	for i := 1; i < len(fills); i++ {
		slip := fills[i].sounds.Sub(fills[i-1].sounds) - player.Duration(int64(fills[i-1].frames))
		switch {
		case slip < -time.Millisecond:
			t.Errorf("sounds of fill %d goes back by %v", i, -slip)
		case slip > time.Millisecond:
			skips++
		}
	}
	if skips > allow.Skips {
		t.Errorf("sounds skips forward %d times in %d fills, want at most %d", skips, len(fills), allow.Skips)
	}
}

// RunBroken checks a card that cannot be opened, or is lost at once: Run ends
// by itself with an error that names it.
func RunBroken(t *testing.T, card player.Card) {
	t.Helper()
	err := card.Run(t.Context(), &listener{t: t})
	if err == nil || !strings.Contains(err.Error(), card.Name()) {
		t.Errorf("Run of a broken card: %v, want an error that names %q", err, card.Name())
	}
}
