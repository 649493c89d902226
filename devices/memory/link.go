package memory

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"loaphuong/devices"
)

// retry is how long a link waits after the broker has refused it: long, because
// the rules of this broker do not change.
const retry = 30 * time.Second

// Link is one side's connection to a [Broker]; see [devices.Link].
type Link struct {
	broker *Broker
	peer   devices.Peer

	mu sync.Mutex
	up *session // nil while not up
}

// Run implements [devices.Link].
func (l *Link) Run(ctx context.Context, s devices.Session) error {
	s = s.WithDefaults()
	for ctx.Err() == nil {
		current := newSession(l.peer, s)
		again, err := l.broker.connect(current)
		if err != nil {
			s.Down(err)
			pause(ctx, again)
			continue
		}
		l.set(current)
		why := l.serve(ctx, current, s)
		l.set(nil)
		if errors.Is(why, errTakenOver) {
			pause(ctx, nil) // two links of one name would otherwise fight without end
		}
	}
	return nil
}

// pause waits until trying again may help.
func pause(ctx context.Context, again <-chan struct{}) {
	if again != nil {
		select {
		case <-again:
		case <-ctx.Done():
		}
		return
	}
	t := time.NewTimer(retry)
	defer t.Stop()
	select {
	case <-t.C:
	case <-ctx.Done():
	}
}

// serve calls back until the session ends and says why it did; it owns every
// callback of the link.
func (l *Link) serve(ctx context.Context, current *session, s devices.Session) error {
	s.Up()
	for {
		select {
		case <-ctx.Done():
			l.broker.leave(current)
			return nil
		case <-current.ended:
			l.set(nil)
			s.Down(current.reason)
			return current.reason
		case <-current.filled:
			l.deliver(ctx, current, s)
		}
	}
}

func (l *Link) deliver(ctx context.Context, current *session, s devices.Session) {
	for _, m := range l.broker.take(current) {
		if ctx.Err() != nil {
			return
		}
		s.Receive(m)
	}
}

// Send implements [devices.Link].
func (l *Link) Send(ctx context.Context, m devices.Message) error {
	if err := errors.Join(ctx.Err(), m.Check()); err != nil {
		return fmt.Errorf("send on %s: %w", m.Topic, err)
	}
	l.mu.Lock()
	current := l.up
	l.mu.Unlock()
	return l.broker.send(current, m)
}

func (l *Link) set(s *session) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.up = s
}
