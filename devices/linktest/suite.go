package linktest

import (
	"testing"

	"loaphuong/devices"
)

// Harness is one broker with links to it.
type Harness interface {
	// Link is a new link with the identity of that name: a station, or
	// devices.CentreName.
	Link(name string) devices.Link
	// Cut ends the connections of that name without a goodbye and keeps them
	// away until Restore. The broker notices at once.
	Cut(name string)
	Restore(name string)
	// Kill ends the broker as a power cut does; Restart starts it at the same
	// address.
	Kill()
	Restart()
	// Refuses reports whether the broker refuses a forbidden subscription and
	// only drops a forbidden message, as ours does. Otherwise it grants the
	// subscription and delivers nothing on it, and may end the connection.
	Refuses() bool
}

// Case is one promise.
type Case struct {
	Name string
	Run  func(*testing.T, Harness)
}

// Two stations, and what they and the centre say.
const (
	station = "an-phu"
	other   = "binh-minh"
)

// Cases are the promises of [devices.Link], in its order.
func Cases() []Case {
	return []Case{
		{"1 comes back after a cut", comesBack},
		{"1 comes back after the broker was killed", survivesBroker},
		{"1 ends when asked, up or not", ends},
		{"1 a second connection ends the first", takesOver},
		{"2 is not up when a subscription is refused", refused},
		{"3 keeps the order of a topic", order},
		{"3 callbacks may send", echo},
		{"4 does not send when not up", notUp},
		{"4 does not send when ctx has ended", ctxEnded},
		{"4 does not send what no broker would take", unsendable},
		{"5 gives the newest retained message to later subscribers", retained},
		{"6 sends the will when cut", willWhenCut},
		{"6 sends no will when asked to end", noWillWhenEnded},
		{"7 carries the largest message whole", large},
		{"a station hears only what is for it", hearsItsOwn},
		{"a station speaks only for itself", speaksForItself},
	}
}

func state(name, payload string, retained bool) devices.Message {
	return message(name, devices.StateChannel, payload, retained)
}

func message(name string, c devices.Channel, payload string, retained bool) devices.Message {
	return devices.Message{Topic: topic(name, c), Payload: []byte(payload), Retained: retained}
}

func topic(name string, c devices.Channel) string {
	return devices.Prefix + "/" + name + "/" + string(c)
}

// listener is the centre, subscribed to every station's state.
func listener(t *testing.T, h Harness) *client {
	t.Helper()
	return start(t, h, devices.CentreName, subscribe(devices.AllStations(devices.StateChannel))).up()
}
