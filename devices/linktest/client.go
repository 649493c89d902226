package linktest

import (
	"context"
	"sync/atomic"
	"testing"
	"time"

	"loaphuong/devices"
)

// deadline is how long anything may take; it is waited for only when a test fails.
const deadline = 15 * time.Second

// event is one callback.
type event struct {
	kind    string // "up", "down" or "message"
	err     error
	message devices.Message
}

// client runs a link and writes down its callbacks.
type client struct {
	t      *testing.T
	name   string
	link   devices.Link
	events chan event
	last   devices.Message // received and checked
	busy   atomic.Bool     // in a callback
	cancel context.CancelFunc
	done   chan error
}

// start runs a link until stop or the end of the test. Each change is applied to
// the session first.
func start(t *testing.T, h Harness, name string, changes ...func(*devices.Session)) *client {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	c := &client{
		t: t, name: name, link: h.Link(name), cancel: cancel,
		events: make(chan event, 1<<14), done: make(chan error, 1),
	}
	s := devices.Session{
		Client:  name,
		Up:      func() { c.note(event{kind: "up"}) },
		Receive: func(m devices.Message) { c.note(event{kind: "message", message: m}) },
		Down:    func(err error) { c.note(event{kind: "down", err: err}) },
	}
	for _, change := range changes {
		change(&s)
	}
	s = c.watched(s)
	go func() { c.done <- c.link.Run(ctx, s) }()
	t.Cleanup(func() {
		cancel()
		select {
		case <-c.done:
		case <-time.After(deadline):
			t.Errorf("%s: Run does not return", name)
		}
	})
	return c
}

func subscribe(filters ...string) func(*devices.Session) {
	return func(s *devices.Session) { s.Subscribe = filters }
}

func will(m devices.Message) func(*devices.Session) {
	return func(s *devices.Session) { s.Will = &m }
}

// watched fails the test when two callbacks overlap.
func (c *client) watched(s devices.Session) devices.Session {
	up, receive, down := s.Up, s.Receive, s.Down
	s.Up = func() { defer c.enter()(); up() }
	s.Receive = func(m devices.Message) { defer c.enter()(); receive(m) }
	s.Down = func(err error) { defer c.enter()(); down(err) }
	return s
}

func (c *client) enter() func() {
	if !c.busy.CompareAndSwap(false, true) {
		c.t.Errorf("%s: two callbacks at once", c.name)
	}
	return func() { c.busy.Store(false) }
}

func (c *client) note(e event) { c.events <- e }

// next is the next callback.
func (c *client) next() event {
	c.t.Helper()
	select {
	case e := <-c.events:
		return e
	case <-time.After(deadline):
		c.t.Fatalf("%s: nothing happens", c.name)
		return event{}
	}
}

// up waits until the link is up, through failures.
func (c *client) up() *client {
	c.t.Helper()
	for {
		switch e := c.next(); e.kind {
		case "up":
			return c
		case "message":
			c.t.Fatalf("%s: %s received before the link is up", c.name, e.message.Topic)
		}
	}
}

// down waits for the link to fail.
func (c *client) down() error {
	c.t.Helper()
	e := c.next()
	if e.kind != "down" || e.err == nil {
		c.t.Fatalf("%s: %s (%v), want a reason for being down", c.name, e.kind, e.err)
	}
	return e.err
}

// receives checks the next callback to be that message. Delivery is at least
// once: what is sent while a subscription is being made may come twice, as it is
// sent and as what the broker retains.
func (c *client) receives(topic, payload string, retained bool) {
	c.t.Helper()
	e := c.next()
	again := func(m devices.Message) bool {
		return string(m.Payload) == string(c.last.Payload) && m.Topic == c.last.Topic && m.Retained != c.last.Retained ||
			string(m.Payload) == payload && m.Topic == topic && m.Retained != retained
	}
	for e.kind == "message" && again(e.message) {
		e = c.next()
	}
	m := e.message
	c.last = m
	if e.kind != "message" || m.Topic != topic || string(m.Payload) != payload || m.Retained != retained {
		c.t.Fatalf("%s: %s %s %.40q retained %v (%v), want %s %.40q retained %v",
			c.name, e.kind, m.Topic, m.Payload, m.Retained, e.err, topic, payload, retained)
	}
}

// sends sends and expects the broker to take it.
func (c *client) sends(m devices.Message) {
	c.t.Helper()
	if err := c.send(m); err != nil {
		c.t.Fatalf("%s: %v", c.name, err)
	}
}

func (c *client) send(m devices.Message) error {
	ctx, cancel := context.WithTimeout(context.Background(), deadline)
	defer cancel()
	return c.link.Send(ctx, m)
}

// stop ends the link as its owner does and expects Run to return.
func (c *client) stop() {
	c.t.Helper()
	c.cancel()
	select {
	case err := <-c.done:
		if err != nil {
			c.t.Errorf("%s: Run returned %v, want nil", c.name, err)
		}
		c.done <- nil // for the end of the test
	case <-time.After(deadline):
		c.t.Fatalf("%s: Run does not return", c.name)
	}
}
