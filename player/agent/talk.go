package agent

import (
	"context"
	"encoding/json"
	"errors"
	"time"

	"loaphuong/devices"
	"loaphuong/scheduler"
)

// talk is what has been said to the centre and what is still to be said. A
// station often pays for what it sends, so nothing is said again without need.
type talk struct {
	up       bool      // the link is
	unsent   bool      // the state has changed since it was sent
	stated   time.Time // when the state was last sent
	allowed  time.Time // when a further state is allowed, were none saved up
	told     time.Time // when the watermark was last sent,
	reached  time.Time // and where it stood
	outbox   int       // lines without a receipt
	sent     time.Time // when the batch in flight was sent; zero where none is
	tries    int       // batches sent since the last receipt
	outgoing chan devices.Message
	silent   chan struct{} // closed when nothing goes out any more
}

const (
	heartbeat    = 30 * time.Second // how often state and watermark are sent when nothing happens
	statePause   = 10 * time.Second // how long there is on average between two states,
	stateBurst   = 10               // except for so many,
	stateLeast   = time.Second      // and at least: what changes together is said together, as files that come
	resend       = 10 * time.Second // how long a batch waits for its receipt at first,
	resendMost   = 30 * time.Second // and at most
	probe        = 10               // lines in a batch when the one before it got no receipt
	sendPatience = 15 * time.Second // how long one message may take to be handed to the broker
)

func newTalk() talk {
	return talk{outgoing: make(chan devices.Message, 8), silent: make(chan struct{})}
}

// mayState reports whether a state that need not be sent may be.
func (t *talk) mayState(now time.Time) bool {
	return t.allowed.Sub(now) < stateBurst*statePause && now.Sub(t.stated) >= stateLeast
}

// hasStated notes that a state was sent.
func (t *talk) hasStated(now time.Time) {
	if t.allowed.Before(now) {
		t.allowed = now
	}
	t.unsent, t.stated, t.allowed = false, now, t.allowed.Add(statePause)
}

// shift keeps the pace of what is sent when the clock is set.
func (t *talk) shift(by time.Duration) {
	for _, at := range []*time.Time{&t.stated, &t.allowed, &t.told, &t.sent} {
		if !at.IsZero() {
			*at = at.Add(by)
		}
	}
}

// waits reports whether a batch is on its way.
func (t *talk) waits(now time.Time) bool {
	return !t.sent.IsZero() && now.Sub(t.sent) < t.patience()
}

// patience is how long the batch in flight waits for its receipt.
func (t *talk) patience() time.Duration {
	return min(resend*time.Duration(max(t.tries, 1)), resendMost)
}

// most is how many lines the next batch may have.
func (t *talk) most() int {
	if t.tries > 0 {
		return probe
	}
	return devices.MaxBatch
}

func (t *talk) receipted(lines int) {
	t.outbox, t.sent, t.tries = t.outbox-lines, time.Time{}, 0
}

// speak hands to the sender what the centre should hear: the state when it has
// changed or is old, and lines that wait, one batch at a time.
func (a *Agent) speak(now time.Time) {
	t := &a.talk
	if !t.up || len(t.outgoing) > cap(t.outgoing)-2 {
		return
	}
	if t.unsent && t.mayState(now) || now.Sub(t.stated) >= heartbeat {
		t.outgoing <- a.message(devices.StateChannel, a.state(now))
		t.hasStated(now)
	}
	if t.waits(now) || (t.outbox == 0 && now.Sub(t.told) < heartbeat) {
		return
	}
	batch, err := a.Book.Batch(a.Station, a.through(), t.most())
	if err != nil {
		a.Log.Error("read outbox", "err", err)
		t.sent = now // it is tried again later
		return
	}
	t.outgoing <- a.message(devices.AsRunChannel, batch)
	t.told, t.reached = now, batch.Through
	if len(batch.Records) > 0 {
		t.sent, t.tries = now, t.tries+1
	}
}

// through is how far the station's word reaches: everything due before it is
// closed. It is nothing while the station does not know the time, or what it is
// to air.
func (a *Agent) through() time.Time {
	if a.gap == "" && a.clockOK && a.held.Revision != 0 {
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

// runSending hands messages to the link, so that a slow link never holds up
// the duty. A message that does not get through is made anew later.
func (a *Agent) runSending(ctx context.Context) error {
	defer close(a.talk.silent)
	for {
		select {
		case <-ctx.Done():
			return nil
		case m := <-a.talk.outgoing:
			sending, cancel := context.WithTimeout(ctx, sendPatience)
			if err := a.Link.Send(sending, m); err != nil && !errors.Is(err, context.Canceled) {
				a.Log.Debug("send", "topic", m.Topic, "err", err)
			}
			cancel()
		}
	}
}

// sayGoodbye sends the last lines and that the station is off, after everything
// else, since the centre keeps the state that comes last.
func (a *Agent) sayGoodbye(ctx context.Context) {
	select {
	case <-a.talk.silent:
	case <-ctx.Done():
	}
	if batch, err := a.Book.Batch(a.Station, a.through(), devices.MaxBatch); err == nil && len(batch.Records) > 0 {
		a.Link.Send(ctx, a.message(devices.AsRunChannel, batch)) // they stay in the outbox until a receipt comes
	}
	a.Link.Send(ctx, a.message(devices.StateChannel, a.offline()))
}

// offline is the state of a station that is off, and its last will.
func (a *Agent) offline() devices.State {
	return devices.State{Station: a.Station, Session: a.session}
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
		Clock:    a.clock.state(now),
		Lost:     a.Book.Lost(),
		Volume:   a.loudness(),
		OnAir:    a.onAir(),
		Outbox:   a.talk.outbox,
		Log:      a.Book.Log(),
		Error:    a.refused,
	}
	room := a.Files.Room()
	s.DiskFree, s.DiskLow = room.Free, room.Low
	if a.sound != nil {
		s.Stalls = a.sound.Underruns()
	}
	if s.Error == "" && a.Book.Damaged != "" {
		s.Error = "the logbook could not be read and a new one was begun; the old one is " + a.Book.Damaged
	}
	for _, f := range a.missing(a.held.Files) {
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
		if !p.begun.IsZero() && p.last == nil {
			id = p.ID
		}
	}
	return id
}
