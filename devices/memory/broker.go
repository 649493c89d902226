package memory

import (
	"bytes"
	"errors"
	"fmt"
	"sync"

	"loaphuong/devices"
)

// Why a link of this package is not up.
var (
	ErrCut     = errors.New("the connection is cut")
	ErrStopped = errors.New("the broker is stopped")
)

var (
	errNotUp     = errors.New("not connected to the broker")
	errTakenOver = errors.New("another connection has this client name")
)

// Broker passes messages between the links made by Link. Its methods may be
// called from anywhere, callbacks of its links included.
type Broker struct {
	mu       sync.Mutex
	retained map[string]devices.Message
	sessions map[string]*session      // those that are up, by client name
	cut      map[string]chan struct{} // by link name; closed by Restore
	stopped  chan struct{}            // nil while running; closed by Start
}

// NewBroker is a broker that runs and holds nothing.
func NewBroker() *Broker {
	return &Broker{
		retained: map[string]devices.Message{},
		sessions: map[string]*session{},
		cut:      map[string]chan struct{}{},
	}
}

// Link is a new link for one side. The name stands for the certificate it would
// have elsewhere: [devices.CentreName] may do everything, any other name is a
// station and may do what that station may, under that client name.
func (b *Broker) Link(name string) devices.Link {
	peer := devices.Peer{Role: devices.StationRole, Name: name}
	if name == devices.CentreName {
		peer.Role = devices.CentreRole
	}
	return &Link{broker: b, peer: peer}
}

// Cut ends the connections of the links of that name, sends their wills and
// keeps them away until Restore.
func (b *Broker) Cut(name string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.cut[name] == nil {
		b.cut[name] = make(chan struct{})
	}
	for _, s := range b.sessions {
		if s.peer.Name == name {
			b.drop(s, ErrCut)
		}
	}
}

// Restore lets the links of that name come back; they do so at once.
func (b *Broker) Restore(name string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if c := b.cut[name]; c != nil {
		close(c)
		delete(b.cut, name)
	}
}

// Forget loses every retained message.
func (b *Broker) Forget() {
	b.mu.Lock()
	defer b.mu.Unlock()
	clear(b.retained)
}

// Stop ends every connection as the death of a broker does: no will is sent and
// nothing retained survives. Links stay away until Start.
func (b *Broker) Stop() {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.stopped != nil {
		return
	}
	b.stopped = make(chan struct{})
	clear(b.retained)
	for _, s := range b.sessions {
		b.remove(s, ErrStopped)
	}
}

// Start undoes Stop; the links come back at once.
func (b *Broker) Start() {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.stopped != nil {
		close(b.stopped)
		b.stopped = nil
	}
}

// connect brings a session up. When it cannot, again is closed as soon as
// trying anew may help; a nil again means that only time can tell.
func (b *Broker) connect(s *session) (again <-chan struct{}, err error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	switch {
	case b.stopped != nil:
		return b.stopped, ErrStopped
	case b.cut[s.peer.Name] != nil:
		return b.cut[s.peer.Name], ErrCut
	}
	if err := s.allowed(); err != nil {
		return nil, err
	}
	if old := b.sessions[s.client]; old != nil {
		b.drop(old, errTakenOver)
	}
	b.sessions[s.client] = s
	b.replay(s)
	return nil, nil
}

// replay queues the retained messages that a new session asks for.
func (b *Broker) replay(s *session) {
	for _, m := range b.retained {
		if s.wants(m.Topic) {
			s.push(m)
		}
	}
}

// send takes a message from a session that is up.
func (b *Broker) send(s *session, m devices.Message) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	if s == nil || b.sessions[s.client] != s {
		return fmt.Errorf("send on %s: %w", m.Topic, errNotUp)
	}
	b.publish(s.peer, m)
	return nil
}

// publish hands a message to everybody who wants it. What the sender may not
// write is taken and dropped, as the other brokers do.
func (b *Broker) publish(from devices.Peer, m devices.Message) {
	if !from.MayWrite(m.Topic) {
		return
	}
	m.Payload = bytes.Clone(m.Payload)
	if m.Retained && len(m.Payload) > 0 {
		b.retained[m.Topic] = m
	} else if m.Retained {
		delete(b.retained, m.Topic)
	}
	m.Retained = false
	for _, s := range b.sessions {
		if s.wants(m.Topic) {
			s.push(m)
		}
	}
}

// drop ends a session that did not say goodbye.
func (b *Broker) drop(s *session, why error) {
	b.remove(s, why)
	if s.will != nil {
		b.publish(s.peer, *s.will)
	}
}

// leave ends a session that says goodbye.
func (b *Broker) leave(s *session) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.sessions[s.client] == s {
		b.remove(s, errNotUp)
	}
}

func (b *Broker) remove(s *session, why error) {
	delete(b.sessions, s.client)
	s.reason = why
	close(s.ended)
}
