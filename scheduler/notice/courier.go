package notice

import (
	"context"
	"errors"
	"log/slog"
	"maps"
	"net"
	"slices"
	"time"

	"golang.org/x/sync/errgroup"

	"loaphuong/scheduler"
)

// outbox is where notices are kept until they are taken.
type outbox interface {
	DueDeliveries(ctx context.Context, now time.Time) ([]scheduler.Delivery, error)
	Delivered(ctx context.Context, d scheduler.Delivery, now time.Time) error
	Undelivered(ctx context.Context, d scheduler.Delivery, trouble string, again, now time.Time) error
}

// Channel takes notices to people. Send returns nil when the other side has
// taken the notice for good.
type Channel interface {
	Send(ctx context.Context, d scheduler.Delivery) error
}

// Courier hands what is in the outbox to the channels.
type Courier struct {
	Outbox   outbox
	Channels map[scheduler.ChannelID]Channel
	Log      *slog.Logger
}

const (
	roundEvery = 5 * time.Second  // how often the outbox is looked into
	firstPause = 30 * time.Second // after the first try that came to nothing; doubled after each
	longPause  = time.Hour        // but no longer than this
	giveUp     = 24 * time.Hour   // after it was written
)

// IDs are the channels there are, in order.
func (c *Courier) IDs() []scheduler.ChannelID { return slices.Sorted(maps.Keys(c.Channels)) }

// Run delivers until ctx ends.
func (c *Courier) Run(ctx context.Context) error {
	ticker := time.NewTicker(roundEvery)
	defer ticker.Stop()
	for {
		if err := c.round(ctx); err != nil && ctx.Err() == nil {
			c.Log.Error("deliver notices", "err", err)
		}
		select {
		case <-ctx.Done():
			return nil
		case <-ticker.C:
		}
	}
}

// round tries what is due once, each channel beside the others and the notices
// of one channel in order.
func (c *Courier) round(ctx context.Context) error {
	due, err := c.Outbox.DueDeliveries(ctx, time.Now())
	if err != nil {
		return err
	}
	of := map[scheduler.ChannelID][]scheduler.Delivery{}
	for _, d := range due {
		of[d.Channel] = append(of[d.Channel], d)
	}
	var g errgroup.Group
	for _, some := range of {
		g.Go(func() error {
			var errs []error
			for _, d := range some {
				errs = append(errs, c.deliver(ctx, d))
			}
			return errors.Join(errs...)
		})
	}
	return g.Wait()
}

// errNoChannel is of a notice whose channel was set up when it was written.
var errNoChannel = errors.New("this channel is not set up any more")

// deliver tries one notice and notes what came of it. What was taken is noted
// even as the centre ends, so that it does not go out twice.
func (c *Courier) deliver(ctx context.Context, d scheduler.Delivery) error {
	err := errNoChannel
	if channel := c.Channels[d.Channel]; channel != nil {
		err = channel.Send(ctx, d)
	}
	now := time.Now()
	switch {
	case err == nil:
		return c.Outbox.Delivered(context.WithoutCancel(ctx), d, now)
	case ctx.Err() != nil:
		return nil // it was the centre that ended
	case now.Sub(d.Body.At) >= giveUp:
		c.Log.Error("notice given up", "notice", d.Notice, "channel", d.Channel, "tries", d.Tries+1, "err", err)
		return c.Outbox.Undelivered(ctx, d, err.Error(), time.Time{}, now)
	}
	pause := pauseAfter(d.Tries)
	c.Log.Warn("notice not taken", "notice", d.Notice, "channel", d.Channel, "again in", pause, "err", err)
	return c.Outbox.Undelivered(ctx, d, err.Error(), now.Add(pause), now)
}

// pauseAfter is how long to wait after a try that came to nothing.
func pauseAfter(triesBefore int) time.Duration {
	return min(firstPause<<min(triesBefore, 10), longPause)
}

// loopback reports whether only this machine is behind a host name.
func loopback(host string) bool {
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback()
}
