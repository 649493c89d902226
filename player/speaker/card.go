package speaker

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"sync"
	"time"

	"github.com/hajimehoshi/oto/v2"

	"loaphuong/player"
)

const (
	// Period is the usual number of frames in a period: 17 ms. An emergency is then
	// at the converter well within 100 ms of being placed: two periods in the
	// ring, one on its way there, one waiting in oto's player, and up to one
	// until the next is asked for. It is a multiple of 160 so that ALSA makes
	// whole periods of it for cards of 44.1 kHz too.
	Period = 800
	// playerPeriods are kept ready in oto's player: one may be pulled while the
	// next is read. With one alone an emergency would come a period sooner, but
	// a reader that is late by a period would be heard.
	playerPeriods = 2
	// patience is how long opening and each read may take.
	patience = 2 * time.Second
	// look is how often the card is asked whether it still works. Each time
	// wakes a processor that has nothing else to do.
	look = 250 * time.Millisecond
)

// ErrStalled is for a card that takes no more frames and reports no error.
var ErrStalled = errors.New("card stalled")

// card implements player.Card. It keeps the oto context from one Run to the
// next: there is no closing it.
type card struct {
	device string
	period int

	mu      sync.Mutex // held while it runs
	context *oto.Context
}

// New returns the sound card that ALSA calls device, as in the first words of
// /proc/asound/cards, with a comma and the number of a device of it where that
// is not 0. An empty name or "default" is the default of the system's ALSA
// configuration. A period is in frames; 0 means [Period].
func New(device string, period int) player.Card {
	if device == "" {
		device = systemDefault
	}
	if period <= 0 {
		period = Period
	}
	return &card{device: device, period: period}
}

// Name implements [player.Card].
func (c *card) Name() string { return "alsa:" + c.device }

// Run implements [player.Card].
func (c *card) Run(ctx context.Context, src player.Source) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	if err := c.run(ctx, src); err != nil {
		c.context = nil
		return fmt.Errorf("card %s: %w", c.Name(), err)
	}
	return nil
}

// run is Run for the goroutine that holds the card.
func (c *card) run(ctx context.Context, src player.Source) error {
	if err := c.open(ctx); err != nil || ctx.Err() != nil {
		return err
	}
	r := &reader{src: src, period: int64(c.period), buf: make([]float32, c.period), read: time.Now()}
	out := c.context.NewPlayer(r)
	r.unplayed = out.UnplayedBufferSize
	out.(oto.BufferSizeSetter).SetBufferSize(playerPeriods * c.period * frameBytes)
	out.Play()
	err := c.watch(ctx, r)
	r.stop()
	runtime.KeepAlive(out) // oto would close a player that nobody holds
	return errors.Join(err, out.Close())
}

// open makes sure that there is a context whose device works.
func (c *card) open(ctx context.Context) error {
	if c.context != nil && c.context.Err() == nil {
		return nil
	}
	cleanUp, err := bind(c.device)
	if err != nil {
		return err
	}
	defer cleanUp()
	made, ready, err := oto.NewContextWithOptions(&oto.NewContextOptions{
		SampleRate:   player.Rate,
		ChannelCount: 1,
		Format:       oto.FormatFloat32LE,
		BufferSize:   roundUp(2 * c.period),
	})
	if err != nil {
		return err
	}
	timeout := time.NewTimer(patience)
	defer timeout.Stop()
	select {
	case <-ready:
	case <-ctx.Done():
		return nil
	case <-timeout.C:
		return fmt.Errorf("%w while it was opened", ErrStalled)
	}
	c.context = made
	return explained(made.Err())
}

// roundUp is the length of n frames such that oto, which rounds down, gets n
// of them back.
func roundUp(n int) time.Duration { return player.Duration(int64(n)) + 1 }

// watch waits until ctx ends or the card does.
func (c *card) watch(ctx context.Context, r *reader) error {
	ticker := time.NewTicker(look)
	defer ticker.Stop()
	for {
		select {
		case <-ctx.Done():
			return nil
		case now := <-ticker.C:
			if err := c.context.Err(); err != nil {
				return err
			}
			if quiet := r.quiet(now); quiet > patience {
				return fmt.Errorf("%w: it has taken nothing for %v", ErrStalled, quiet.Round(time.Second/10))
			}
		}
	}
}
