package agent

import (
	"context"
	"fmt"
	"time"

	"loaphuong/devices"
	"loaphuong/scheduler"
)

// wire is what the station brings to its link.
func (a *Agent) wire(ctx context.Context) devices.Session {
	var topics []string
	for _, c := range devices.ToStation() {
		topics = append(topics, devices.Topic(a.Station, c))
	}
	will := a.message(devices.StateChannel, a.offline())
	return devices.Session{
		Client:    string(a.Station),
		Subscribe: topics,
		Will:      &will,
		Up:        func() { deliver(ctx, a.linked, true) },
		Down:      func(error) { deliver(ctx, a.linked, false) }, // the link logs why
		Receive:   func(m devices.Message) { deliver(ctx, a.mail, m) },
	}
}

// receive takes one message from the centre. One that is refused changes
// nothing but the state, which says so, once: the centre may answer a state
// with the same message.
func (a *Agent) receive(m devices.Message, now time.Time) {
	_, channel, err := devices.ParseTopic(m.Topic)
	if err == nil {
		switch channel {
		case devices.ScheduleChannel:
			err = a.accept(m.Payload, now)
		case devices.ReceiptChannel:
			err = a.settle(m.Payload, now)
		case devices.CommandChannel:
			err = a.obey(m.Payload, now)
		default:
			err = fmt.Errorf("topic %s is not for a station", m.Topic)
		}
	}
	if err == nil {
		a.heardAt = now
		return
	}
	a.Log.Warn("message refused", "topic", m.Topic, "err", err)
	if said := "refused: " + err.Error(); said != a.refused {
		a.refused, a.talk.unsent = said, true
	}
}

// settle lets go of what the centre has receipted. What comes next is sent at
// once then, but not on a receipt that has changed nothing.
func (a *Agent) settle(raw []byte, now time.Time) error {
	e, err := a.Keys.Open(raw, a.Station, devices.ReceiptChannel, a.judged(now))
	if err != nil {
		return err
	}
	var r devices.Receipt
	if err := devices.Decode(e.Body, &r); err != nil {
		return fmt.Errorf("receipt: %w", err)
	}
	for _, rej := range r.Rejected {
		a.Log.Warn("the centre keeps a line apart", "number", rej.Number, "reason", rej.Reason)
	}
	settled, err := a.Book.Settle(r)
	if settled > 0 {
		a.talk.receipted(settled)
	}
	return err
}

// obey carries out a command once.
func (a *Agent) obey(raw []byte, now time.Time) error {
	e, err := a.Keys.Open(raw, a.Station, devices.CommandChannel, now)
	if err != nil {
		return err
	}
	var c devices.Command
	if err := devices.Decode(e.Body, &c); err != nil {
		return fmt.Errorf("command: %w", err)
	}
	isNew, err := a.Book.Remember(c.ID, e.Expires, now)
	if err != nil && c.Verb != devices.StopAiring { // which is carried out whatever the disk takes, if need be twice
		return err
	}
	if err == nil && !isNew {
		return fmt.Errorf("command %s: %w", c.ID, devices.ErrReplayed)
	}
	switch c.Verb {
	case devices.StopAiring:
		a.stopAiring(now, "stopped by the centre's command")
	case devices.Refresh:
		a.talk.unsent = true
	default:
		return fmt.Errorf("command %s: verb %q is not known to this agent: update it", c.ID, c.Verb)
	}
	return nil
}

// stopAiring ends what is on air and what waits only for that to end. What is
// with the mixer because its time is near is not meant.
func (a *Agent) stopAiring(now time.Time, detail string) {
	for _, p := range a.pending {
		if p.placed && p.last == nil && (!p.begun.IsZero() || !p.Start.After(now)) {
			a.stop(p, scheduler.Stopped, detail)
		}
	}
	a.dropFills(func(*fill) bool { return true })
}

// tookLink notes that the link is up or down.
func (a *Agent) tookLink(up bool) {
	a.talk.up, a.talk.sent, a.talk.unsent = up, time.Time{}, true
	if up {
		a.require() // whatever kept a file away may be over
		select {
		case a.nudge <- struct{}{}:
		default:
		}
	}
}
