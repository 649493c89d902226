package centre

import (
	"context"
	"crypto/ed25519"
	"fmt"
	"log/slog"
	"time"

	"loaphuong/devices"
	"loaphuong/scheduler"
	"loaphuong/scheduler/store"
)

// Intake takes what stations say. A line is receipted only when it is in the
// database.
type Intake struct {
	Store     *store.Store
	Publisher *Publisher
	Key       ed25519.PrivateKey
	Link      devices.Link
	Changed   func() // called after anything a page shows has changed
	Log       *slog.Logger
}

// receiptLife is how long a receipt is good for.
const receiptLife = 24 * time.Hour

// Run listens until ctx ends.
func (i *Intake) Run(ctx context.Context) error {
	return i.Link.Run(ctx, devices.Session{
		Client:    devices.CentreName,
		Subscribe: []string{devices.AllStations(devices.StateChannel), devices.AllStations(devices.AsRunChannel)},
		Receive: func(m devices.Message) {
			if err := i.take(ctx, m, time.Now()); err != nil && ctx.Err() == nil {
				i.Log.Warn("message refused", "topic", m.Topic, "err", err)
			}
		},
	})
}

// take takes one message.
func (i *Intake) take(ctx context.Context, m devices.Message, now time.Time) error {
	station, channel, err := devices.ParseTopic(m.Topic)
	if err != nil {
		return err
	}
	switch channel {
	case devices.StateChannel:
		return i.takeState(ctx, station, m, now)
	case devices.AsRunChannel:
		return i.takeBatch(ctx, station, m.Payload, now)
	}
	return fmt.Errorf("channel %s is not for the centre", channel)
}

// takeState notes how a station is and sends it the schedule it lacks. What the
// broker has kept was said before: nobody is heard now by it.
func (i *Intake) takeState(ctx context.Context, station scheduler.StationID, m devices.Message, now time.Time) error {
	var s devices.State
	if err := devices.Decode(m.Payload, &s); err != nil {
		return fmt.Errorf("state: %w", err)
	}
	if s.Station != station {
		return fmt.Errorf("state: it speaks for %q", s.Station)
	}
	heard := now
	if m.Retained && !s.At.IsZero() && s.At.Before(now) {
		heard = s.At
	}
	if err := i.Store.PutState(ctx, s, heard); err != nil {
		return err
	}
	i.Changed()
	if !s.Online {
		return nil
	}
	return i.Publisher.Resend(ctx, station, s.Revision, now)
}

// takeBatch commits lines and receipts them.
func (i *Intake) takeBatch(ctx context.Context, station scheduler.StationID, raw []byte, now time.Time) error {
	var b devices.Batch
	if err := devices.Decode(raw, &b); err != nil {
		return fmt.Errorf("as-run batch: %w", err)
	}
	receipt, err := i.keep(ctx, station, b, now)
	if err != nil || len(b.Records) == 0 {
		return err
	}
	return i.receipt(ctx, station, receipt, now)
}

// keep commits the lines of one batch, however it came.
func (i *Intake) keep(ctx context.Context, station scheduler.StationID, b devices.Batch, now time.Time) (devices.Receipt, error) {
	if b.Station != station || len(b.Records) > devices.MaxBatch || b.Log == "" {
		return devices.Receipt{}, fmt.Errorf("as-run batch of log %q: %d lines for %q", b.Log, len(b.Records), b.Station)
	}
	receipt, err := i.Store.Ingest(ctx, b, now)
	if err != nil {
		return devices.Receipt{}, err
	}
	i.Changed()
	for _, r := range receipt.Rejected {
		i.Log.Warn("as-run line kept apart", "station", station, "number", r.Number, "reason", r.Reason)
	}
	return receipt, nil
}

func (i *Intake) receipt(ctx context.Context, station scheduler.StationID, r devices.Receipt, now time.Time) error {
	sealed, err := sealReceipt(i.Key, station, r, now, receiptLife)
	if err != nil {
		return err
	}
	return i.Link.Send(ctx, devices.Message{Topic: devices.Topic(station, devices.ReceiptChannel), Payload: sealed})
}

// sealReceipt signs a receipt to its station.
func sealReceipt(key ed25519.PrivateKey, station scheduler.StationID, r devices.Receipt, now time.Time, life time.Duration) ([]byte, error) {
	return devices.Seal(key, devices.Envelope{
		To:        string(station),
		Kind:      devices.ReceiptChannel,
		Sequence:  uint64(now.UnixNano()),
		NotBefore: now.Add(-clockSlack).UTC(),
		Expires:   now.Add(life).UTC(),
	}, r)
}
