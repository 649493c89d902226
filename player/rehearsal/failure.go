package rehearsal

import (
	"errors"
	"fmt"
	"time"

	"loaphuong/player"
	"loaphuong/player/agent"
)

// How long it takes until what is back works again.
const (
	cardProof  = 200 * time.Millisecond // a card that has been opened, to be called fine
	cardRetry  = 2 * time.Second        // how often a card that is gone is tried
	connecting = time.Second            // a link, to be up
)

var (
	errNoCard = errors.New("no such device")
	errFull   = errors.New("no space left on device")
)

// begin begins an outage.
func (s *Show) begin(o Outage) {
	if o.Kind == Disk {
		s.noteProgress() // it can be written for the last time
	}
	s.fails[o.Kind] = true
	switch o.Kind {
	case Power:
		s.powerOff()
	case Link:
		s.disconnect()
	case Card:
		s.loseCard()
	case Disk:
		s.halt()
		s.fetch() // which fails
	case Clock:
		s.setClock(offset(o))
	}
}

// end ends an outage.
func (s *Show) end(o Outage) {
	s.fails[o.Kind] = false
	switch o.Kind {
	case Power:
		s.powerOn()
	case Link:
		s.agenda.put(s.now.Add(connecting), string(Link), s.connect)
	case Card:
		tried := s.now.Sub(latest(o.From, s.booted)) % cardRetry
		s.agenda.put(s.now.Add(cardRetry-tried), string(Card), s.findCard)
	case Clock:
		s.setClock(0)
	}
}

// offset is how far a failing clock is ahead of the time.
func offset(o Outage) time.Duration {
	if o.By == 0 {
		return time.Unix(0, 0).Sub(o.From)
	}
	return o.By
}

// powerOn starts the machine and the agent on what the disk holds.
func (s *Show) powerOn() {
	if s.fails[Power] || s.steps != nil {
		return
	}
	s.boots, s.booted = s.boots+1, s.now
	s.mixer = mixer{now: s.clock()}
	if s.book, s.err = agent.OpenScratch(s.path(), s.clock(), s.full); s.err != nil {
		return
	}
	parts := agent.Parts{
		Station: s.ID, Keys: s.Keys, Card: noCard{}, Files: &s.shelf, Decode: decode,
		Book: s.book, Version: "rehearsal", Log: s.Log,
	}
	machine := agent.Machine{Boot: fmt.Sprint(s.ID, " boot ", s.boots), Steady: func() time.Duration { return s.now.Sub(s.booted) }}
	if s.steps, s.err = agent.NewSteps(parts, machine, &s.mixer, s.Idle, s.clock()); s.err != nil {
		s.steps = nil
		s.book.Close()
		return
	}
	s.findCard()
	s.agenda.put(s.now.Add(connecting), string(Link), s.connect)
}

// powerOff stops everything at once. How much of an item was heard is on the
// disk as far as the mixer had said it.
func (s *Show) powerOff() {
	if s.steps == nil {
		return
	}
	s.noteProgress()
	s.disconnect()
	s.agenda.drop(string(Link))
	s.agenda.drop(string(Card))
	s.steps = nil
	s.halt()
	s.err = s.book.Close()
}

// noteProgress tells the agent how much has been heard of what is on air, which
// it has from a mixer every 5 s.
func (s *Show) noteProgress() {
	if s.steps == nil {
		return
	}
	s.listen()
	if e, heard := s.mixer.progress(); heard {
		s.steps.Heard(e, s.clock())
	}
}

// full is the disk's answer to who writes.
func (s *Show) full() error {
	if s.fails[Disk] {
		return errFull
	}
	return nil
}

// setClock sets the station's clock, which notices at its next look.
func (s *Show) setClock(ahead time.Duration) {
	s.mixer.set(ahead - s.ahead)
	s.ahead = ahead
	if s.steps != nil {
		s.steps.Look(s.clock())
	}
}

// loseCard takes the sound card away.
func (s *Show) loseCard() {
	s.agenda.drop(string(Card))
	if s.steps == nil {
		return
	}
	s.listen()
	s.mixer.lose()
	s.steps.Card(errNoCard, s.clock())
}

// findCard opens the sound card.
func (s *Show) findCard() {
	if s.steps == nil {
		return
	}
	if s.fails[Card] {
		s.steps.Card(errNoCard, s.clock())
		return
	}
	s.mixer.card = true
	s.agenda.put(s.now.Add(cardProof), string(Card), func() { s.steps.Card(nil, s.clock()) })
}

// noCard is the name of a card.
type noCard struct{ player.Card }

// Name implements player.Card.
func (noCard) Name() string { return "rehearsal" }
