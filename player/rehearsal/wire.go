package rehearsal

import (
	"time"

	"loaphuong/devices"
)

const (
	delay    = 200 * time.Millisecond // from the centre's answer to the station
	patience = 45 * time.Second       // of the broker, for a station of which it hears nothing
	will     = "will"                 // the name of its being said
)

// wire is the link and the broker behind it.
type wire struct {
	up       bool
	retained map[string]devices.Message // by topic
	out      []devices.Message          // on its way to the centre
}

func newWire() wire { return wire{retained: map[string]devices.Message{}} }

// connect brings the link up; what the broker has kept comes at once.
func (s *Show) connect() {
	if s.steps == nil || s.fails[Link] || s.wire.up {
		return
	}
	s.wire.up = true
	s.agenda.drop(will)
	s.steps.Linked(true, s.clock())
	for _, c := range devices.ToStation() {
		if m, kept := s.wire.retained[devices.Topic(s.ID, c)]; kept {
			s.steps.Receive(m, s.clock())
		}
	}
}

// disconnect takes the link down. Some time later the broker says the will.
func (s *Show) disconnect() {
	s.agenda.drop(string(Link))
	if !s.wire.up {
		return
	}
	s.wire.up = false
	last := s.steps.Will()
	s.agenda.put(s.now.Add(patience), will, func() { s.wire.out = append(s.wire.out, last) })
	s.steps.Linked(false, s.clock())
	s.halt()
	s.fetch() // which fails
}

// deliver brings a message from the centre to the station, if it is there.
func (s *Show) deliver(m devices.Message) {
	if m.Retained {
		s.wire.retained[m.Topic] = m
	}
	if s.wire.up {
		s.steps.Receive(m, s.clock())
	}
}

// post hands over what is on its way to the centre, and takes its answers.
func (s *Show) post(send Send) {
	out := s.wire.out
	s.wire.out = nil
	for _, m := range out {
		for _, answer := range send(m, s.now) {
			s.Give(answer, s.now.Add(delay))
		}
	}
}
