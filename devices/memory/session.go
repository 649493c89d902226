package memory

import (
	"bytes"
	"fmt"
	"strings"

	"loaphuong/devices"
)

// session is one connection. All but the channels is guarded by the broker.
type session struct {
	peer    devices.Peer
	client  string
	filters []string
	will    *devices.Message

	inbox  []devices.Message
	filled chan struct{} // holds a token while the inbox is not empty
	ended  chan struct{} // closed when the connection is gone
	reason error         // written before ended is closed
}

func newSession(p devices.Peer, s devices.Session) *session {
	return &session{
		peer: p, client: s.Client, filters: s.Subscribe, will: s.Will,
		filled: make(chan struct{}, 1), ended: make(chan struct{}),
	}
}

// allowed applies the access rules to what the session asks for.
func (s *session) allowed() error {
	if !s.peer.MayConnect(s.client) {
		return fmt.Errorf("connect as %q: refused to %s", s.client, s.peer.Name)
	}
	for _, f := range s.filters {
		if !s.peer.MayRead(f) {
			return fmt.Errorf("subscribe to %s: refused to %s", f, s.peer.Name)
		}
	}
	if s.will != nil && !s.peer.MayWrite(s.will.Topic) {
		return fmt.Errorf("will on %s: refused to %s", s.will.Topic, s.peer.Name)
	}
	return nil
}

func (s *session) wants(topic string) bool {
	for _, f := range s.filters {
		if match(f, topic) {
			return true
		}
	}
	return false
}

// push queues a copy, so that no two receivers share bytes.
func (s *session) push(m devices.Message) {
	m.Payload = bytes.Clone(m.Payload)
	s.inbox = append(s.inbox, m)
	select {
	case s.filled <- struct{}{}:
	default:
	}
}

// take empties a session's inbox.
func (b *Broker) take(s *session) []devices.Message {
	b.mu.Lock()
	defer b.mu.Unlock()
	m := s.inbox
	s.inbox = nil
	return m
}

// match reports whether a topic fits an MQTT filter.
func match(filter, topic string) bool {
	f, t := strings.Split(filter, "/"), strings.Split(topic, "/")
	for i, part := range f {
		if part == "#" {
			return true
		}
		if i >= len(t) || part != "+" && part != t[i] {
			return false
		}
	}
	return len(f) == len(t)
}
