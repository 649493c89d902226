package silent

import (
	"context"
	"fmt"
	"time"

	"loaphuong/player"
)

const (
	// period is how much is filled at once, and how far ahead.
	period = 20 * time.Millisecond
	// standstill is how late a period may be before time is given up for lost.
	standstill = time.Second
)

// sink keeps what a card sounded; the instant is that of the first frame.
type sink interface {
	write(frames []float32, sounds time.Time) error
	close() error
}

// card paces fills in real time and hands the frames to a sink.
type card struct {
	name string
	open func() (sink, error)
}

// New returns the card that drops every sample.
func New() player.Card {
	return &card{name: "silent", open: func() (sink, error) { return drop{}, nil }}
}

// NewWAV returns the card that keeps what sounds in a Broadcast Wave file at
// path, whose directory must exist. Every Run begins a file of its own and
// overwrites none: the second is path with -2 before its extension, and so on.
func NewWAV(path string) player.Card {
	return &card{name: "wav:" + path, open: func() (sink, error) { return newCapture(path, wavLimit), nil }}
}

// Name implements [player.Card].
func (c *card) Name() string { return c.name }

// Run implements [player.Card].
func (c *card) Run(ctx context.Context, src player.Source) (err error) {
	to, err := c.open()
	if err != nil {
		return fmt.Errorf("card %s: %w", c.name, err)
	}
	if err = pace(ctx, src, to); err != nil {
		err = fmt.Errorf("card %s: %w", c.name, err)
	}
	if failed := to.close(); failed != nil && err == nil {
		err = fmt.Errorf("card %s: %w", c.name, failed)
	}
	return err
}

// pace fills one period after the other, each when the one before begins to
// sound, until ctx ends or the sink fails.
func pace(ctx context.Context, src player.Source, to sink) error {
	buf := make([]float32, player.Frames(period))
	timer := time.NewTimer(0)
	defer timer.Stop()
	base, filled := time.Now().Add(period), int64(0)
	for {
		select {
		case <-ctx.Done():
			return nil
		case <-timer.C:
		}
		now := time.Now()
		sounds := base.Add(player.Duration(filled))
		if now.Sub(sounds) > standstill {
			base, filled = now.Add(period), 0
			sounds = base
		}
		sounds = now.Add(sounds.Sub(now)) // the same instant on the clock as it is set now
		src.Fill(buf, sounds)
		if err := to.write(buf, sounds); err != nil {
			return err
		}
		filled += int64(len(buf))
		timer.Reset(time.Until(base.Add(player.Duration(filled) - period)))
	}
}

// drop is the sink that keeps nothing.
type drop struct{}

func (drop) write([]float32, time.Time) error { return nil }
func (drop) close() error                     { return nil }
