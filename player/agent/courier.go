package agent

import (
	"context"
	"encoding/json"
	"errors"
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
// nothing but the state, which says so.
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
	if err != nil {
		a.refused, a.unsent = "refused: "+err.Error(), true
		a.Log.Warn("message refused", "topic", m.Topic, "err", err)
	}
}

// settle lets go of what the centre has receipted and sends what comes next.
func (a *Agent) settle(raw []byte, now time.Time) error {
	e, err := a.Keys.Open(raw, a.Station, devices.ReceiptChannel, now)
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
	a.sent = time.Time{}
	err = a.Book.Settle(r)
	a.outbox = a.Book.Waiting()
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
	if err != nil {
		return err
	}
	if !isNew {
		return fmt.Errorf("command %s: %w", c.ID, devices.ErrReplayed)
	}
	switch c.Verb {
	case devices.StopAiring:
		a.mixer.StopAll()
	case devices.Refresh:
		a.unsent = true
	default:
		return fmt.Errorf("command %s: verb %q is not known to this agent: update it", c.ID, c.Verb)
	}
	return nil
}

// speak hands to the sender what the centre should hear: the state when it has
// changed or is old, and lines that wait, one batch at a time.
func (a *Agent) speak(now time.Time) {
	if !a.up {
		return
	}
	old := now.Sub(a.stated).Abs() >= heartbeat
	if a.unsent || old {
		if a.post(a.message(devices.StateChannel, a.state(now))) {
			a.unsent, a.stated = false, now
		}
	}
	inFlight := !a.sent.IsZero() && now.Sub(a.sent).Abs() < resend
	if inFlight || (a.outbox == 0 && !old) {
		return
	}
	batch, err := a.Book.Batch(a.Station, a.through(), devices.MaxBatch)
	if err != nil {
		a.Log.Error("read outbox", "err", err)
		return
	}
	if a.post(a.message(devices.AsRunChannel, batch)) && len(batch.Records) > 0 {
		a.sent = now
	}
}

// through is how far the station's word reaches: everything due before it is
// closed. It is nothing while the station does not know the time.
func (a *Agent) through() time.Time {
	if a.gap == "" {
		return a.cursor
	}
	return time.Time{}
}

// message makes a message of one of the station's own channels. The state is
// retained, since it must be there for a centre that comes later.
func (a *Agent) message(c devices.Channel, body any) devices.Message {
	raw, err := json.Marshal(body)
	if err != nil {
		panic("message: its own words do not marshal: " + err.Error()) // plain data always does
	}
	return devices.Message{Topic: devices.Topic(a.Station, c), Payload: raw, Retained: c == devices.StateChannel}
}

// sayGoodbye sends the last lines and that the station is off.
func (a *Agent) sayGoodbye(ctx context.Context) {
	if batch, err := a.Book.Batch(a.Station, a.through(), devices.MaxBatch); err == nil && len(batch.Records) > 0 {
		a.Link.Send(ctx, a.message(devices.AsRunChannel, batch)) // they stay in the outbox until a receipt comes
	}
	a.Link.Send(ctx, a.message(devices.StateChannel, a.offline()))
}

// offline is the state of a station that is off, and its last will.
func (a *Agent) offline() devices.State {
	return devices.State{Station: a.Station, Session: a.session}
}

// post queues a message; false means that the queue is full and it should be
// tried again.
func (a *Agent) post(m devices.Message) bool {
	select {
	case a.outgoing <- m:
		return true
	default:
		return false
	}
}

// runSending hands messages to the link, so that a slow link never holds up
// the duty. A message that does not get through is made anew later.
func (a *Agent) runSending(ctx context.Context) error {
	for {
		select {
		case <-ctx.Done():
			return nil
		case m := <-a.outgoing:
			sending, cancel := context.WithTimeout(ctx, sendPatience)
			if err := a.Link.Send(sending, m); err != nil && !errors.Is(err, context.Canceled) {
				a.Log.Debug("send", "topic", m.Topic, "err", err)
			}
			cancel()
		}
	}
}

// state says what the station holds and how it is.
func (a *Agent) state(now time.Time) devices.State {
	s := devices.State{
		Station:  a.Station,
		Session:  a.session,
		Online:   true,
		At:       now.UTC(),
		Agent:    a.Version,
		Revision: a.held.Revision,
		Card:     a.Card.Name(),
		CardOK:   a.cardNews.ok,
		CardErr:  a.cardNews.err,
		ClockOK:  a.clock.valid(now),
		Volume:   a.held.Volume,
		OnAir:    a.onAir(),
		Outbox:   a.outbox,
		Log:      a.Book.Log(),
		Error:    a.refused,
	}
	for _, f := range a.missing() {
		s.Missing = append(s.Missing, f.Digest)
	}
	s.Files = len(a.held.Files) - len(s.Missing)
	if s.Error == "" {
		s.Error = a.fetchErr
	}
	return s
}

// onAir is the airing that is being heard now.
func (a *Agent) onAir() (id scheduler.AiringID) {
	for _, p := range a.pending {
		if !p.begun.IsZero() {
			id = p.ID
		}
	}
	return id
}
