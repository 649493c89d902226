package linktest

import (
	"context"
	"errors"
	"strconv"
	"strings"
	"testing"

	"loaphuong/devices"
)

func comesBack(t *testing.T, h Harness) {
	centre := listener(t, h)
	s := start(t, h, station).up()
	h.Cut(station)
	s.down()
	h.Restore(station)
	s.up()
	s.sends(state(station, "back", false))
	centre.receives(topic(station, devices.StateChannel), "back", false)
}

func survivesBroker(t *testing.T, h Harness) {
	centre := listener(t, h)
	s := start(t, h, station).up()
	h.Kill()
	s.down()
	centre.down()
	h.Restart()
	s.up()
	centre.up()
	s.sends(state(station, "back", false))
	centre.receives(topic(station, devices.StateChannel), "back", false)
}

func ends(t *testing.T, h Harness) {
	s := start(t, h, station).up()
	s.stop()
	h.Kill()
	s = start(t, h, station)
	s.down()
	s.stop()
}

func takesOver(t *testing.T, h Harness) {
	first := start(t, h, station).up()
	second := start(t, h, station).up()
	first.down()
	first.stop()
	second.stop()
}

func refused(t *testing.T, h Harness) {
	if !h.Refuses() {
		return // see hearsItsOwn for what such a broker still promises
	}
	for _, f := range []string{
		topic(other, devices.ScheduleChannel),
		topic("+", devices.ScheduleChannel),
		topic(station, devices.StateChannel), // its own, but not for reading
		devices.Prefix + "/#", "#", "$SYS/#",
	} {
		s := start(t, h, station, subscribe(topic(station, devices.ScheduleChannel), f))
		if err := s.down(); !strings.Contains(err.Error(), f) {
			t.Errorf("%s: %v, want the filter named", f, err)
		}
		s.stop()
	}
}

func order(t *testing.T, h Harness) {
	const n = 300
	centre := listener(t, h)
	s := start(t, h, station).up()
	for i := range n {
		s.sends(state(station, strconv.Itoa(i), false))
	}
	for i := range n {
		centre.receives(topic(station, devices.StateChannel), strconv.Itoa(i), false)
	}
}

// echo has the station say hello from inside Up and answer each command from
// inside Receive, while more commands keep coming.
func echo(t *testing.T, h Harness) {
	const n = 200
	centre := listener(t, h)
	answering := func(s *devices.Session, say func(string)) {
		s.Up = func() { say("hello") }
		s.Receive = func(m devices.Message) { say(string(m.Payload)) }
	}
	startTalking(t, h, answering)
	centre.receives(topic(station, devices.StateChannel), "hello", false)
	for i := range n {
		centre.sends(message(station, devices.CommandChannel, strconv.Itoa(i), false))
	}
	for i := range n {
		centre.receives(topic(station, devices.StateChannel), strconv.Itoa(i), false)
	}
}

// startTalking starts the station with callbacks that send.
func startTalking(t *testing.T, h Harness, talk func(*devices.Session, func(string))) {
	known := make(chan *client, 1)
	say := func(words string) {
		c := <-known
		known <- c
		if err := c.send(state(station, words, false)); err != nil { // not the test's goroutine
			t.Errorf("from a callback: %v", err)
		}
	}
	known <- start(t, h, station, subscribe(topic(station, devices.CommandChannel)),
		func(s *devices.Session) { talk(s, say) })
}

func notUp(t *testing.T, h Harness) {
	if err := h.Link(station).Send(context.Background(), state(station, "x", false)); err == nil {
		t.Error("sent before Run")
	}
	s := start(t, h, station).up()
	h.Cut(station)
	s.down()
	if err := s.send(state(station, "x", false)); err == nil {
		t.Error("sent while cut")
	}
}

func ctxEnded(t *testing.T, h Harness) {
	s := start(t, h, station).up()
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if err := s.link.Send(ctx, state(station, "x", false)); err == nil {
		t.Error("sent after ctx has ended")
	}
}

// unsendable is refused before it is sent, and the link stays up.
func unsendable(t *testing.T, h Harness) {
	centre := listener(t, h)
	s := start(t, h, station).up()
	for _, m := range []devices.Message{
		{Topic: topic(station, devices.StateChannel), Payload: make([]byte, devices.MaxMessage+1)},
		{Topic: topic("+", devices.StateChannel)},
		{Topic: "$SYS/broker/uptime"},
		{Topic: ""},
	} {
		if err := s.send(m); !errors.Is(err, devices.ErrMessage) {
			t.Errorf("topic %q, %d bytes: %v, want %v", m.Topic, len(m.Payload), err, devices.ErrMessage)
		}
	}
	s.sends(state(station, "still here", false))
	centre.receives(topic(station, devices.StateChannel), "still here", false)
}

func retained(t *testing.T, h Harness) {
	at := topic(station, devices.StateChannel)
	s := start(t, h, station).up()
	s.sends(state(station, "old", true))
	s.sends(state(station, "new", true))
	centre := listener(t, h)
	centre.receives(at, "new", true)
	s.sends(state(station, "live", true))
	centre.receives(at, "live", false)
	s.sends(state(station, "", true))
	centre.receives(at, "", false)
	centre.stop()

	centre = listener(t, h)
	s.sends(state(station, "first", false))
	centre.receives(at, "first", false)
}

func willWhenCut(t *testing.T, h Harness) {
	at := topic(station, devices.StateChannel)
	centre := listener(t, h)
	s := start(t, h, station, will(state(station, "offline", true))).up()
	s.sends(state(station, "online", true))
	centre.receives(at, "online", false)
	h.Cut(station)
	centre.receives(at, "offline", false)
	centre.stop()
	listener(t, h).receives(at, "offline", true)
}

// noWillWhenEnded ends the link and comes back under the same name: what the
// broker had to say of the first connection is said by then. Another client comes
// in between, so that the broker has read the goodbye before the name is taken over.
func noWillWhenEnded(t *testing.T, h Harness) {
	centre := listener(t, h)
	s := start(t, h, station, will(state(station, "offline", false))).up()
	s.stop()
	start(t, h, other).up().stop()
	s = start(t, h, station).up()
	s.sends(state(station, "again", false))
	centre.receives(topic(station, devices.StateChannel), "again", false)
}

func large(t *testing.T, h Harness) {
	payload := strings.Repeat("một hai!", devices.MaxMessage/8)[:devices.MaxMessage]
	centre := listener(t, h)
	s := start(t, h, station).up()
	s.sends(state(station, payload, false))
	centre.receives(topic(station, devices.StateChannel), payload, false)
}

func hearsItsOwn(t *testing.T, h Harness) {
	centre := start(t, h, devices.CentreName).up()
	filters := []string{topic(station, devices.CommandChannel)}
	if !h.Refuses() {
		filters = append(filters, devices.Prefix+"/#", topic(other, devices.CommandChannel))
	}
	s := start(t, h, station, subscribe(filters...)).up()
	centre.sends(message(other, devices.CommandChannel, "for another", false))
	centre.sends(message(station, devices.CommandChannel, "for it", false))
	s.receives(topic(station, devices.CommandChannel), "for it", false)
}

// speaksForItself forges on a connection of its own each time, for mosquitto
// ends the connection after it has acknowledged and dropped the message.
func speaksForItself(t *testing.T, h Harness) {
	centre := start(t, h, devices.CentreName, subscribe(devices.Prefix+"/#")).up()
	for _, at := range []string{
		topic(other, devices.StateChannel),
		topic(station, devices.ScheduleChannel), // its own, but not for writing
		topic(station, "invented"),
		"elsewhere",
	} {
		s := start(t, h, station).up()
		err := s.send(devices.Message{Topic: at, Payload: []byte("forged"), Retained: true})
		if err != nil && h.Refuses() {
			t.Errorf("%v, want it taken and dropped", err)
		}
		s.stop()
	}
	s := start(t, h, station).up()
	s.sends(state(station, "true", false))
	centre.receives(topic(station, devices.StateChannel), "true", false)
}
