package devices

import (
	"fmt"
	"strings"

	"loaphuong/scheduler"
)

// Prefix begins every topic and names the version of the protocol.
const Prefix = "loaphuong/v1"

// Channel is the last part of a station's topic.
type Channel string

// The channels of a station.
const (
	ScheduleChannel Channel = "schedule" // centre to station, retained: an Envelope with a Schedule
	StateChannel    Channel = "state"    // station to centre, retained: a State
	AsRunChannel    Channel = "asrun"    // station to centre: a Batch
	ReceiptChannel  Channel = "receipt"  // centre to station: an Envelope with a Receipt
	CommandChannel  Channel = "command"  // centre to station: an Envelope with a Command
)

// FromStation lists the channels that a station writes; it reads the others.
func FromStation() []Channel { return []Channel{StateChannel, AsRunChannel} }

// ToStation lists the channels that a station reads.
func ToStation() []Channel { return []Channel{ScheduleChannel, ReceiptChannel, CommandChannel} }

// Topic is the topic of a station's channel.
func Topic(s scheduler.StationID, c Channel) string {
	return Prefix + "/" + string(s) + "/" + string(c)
}

// AllStations is the filter for one channel of every station.
func AllStations(c Channel) string { return Prefix + "/+/" + string(c) }

// ParseTopic takes a station's topic apart.
func ParseTopic(topic string) (scheduler.StationID, Channel, error) {
	rest, ok := strings.CutPrefix(topic, Prefix+"/")
	station, channel, ok2 := strings.Cut(rest, "/")
	if !ok || !ok2 || strings.Contains(channel, "/") {
		return "", "", fmt.Errorf("topic %q is not %s/STATION/CHANNEL", topic, Prefix)
	}
	id, err := scheduler.ParseStationID(station)
	if err != nil {
		return "", "", fmt.Errorf("topic %q: %w", topic, err)
	}
	return id, Channel(channel), nil
}

// MayWrite reports whether a station may publish on a topic.
func MayWrite(s scheduler.StationID, topic string) bool { return among(s, topic, FromStation()) }

// MayRead reports whether a station may subscribe to a filter: its own
// channels by their full names, no wildcards.
func MayRead(s scheduler.StationID, filter string) bool { return among(s, filter, ToStation()) }

func among(s scheduler.StationID, topic string, channels []Channel) bool {
	for _, c := range channels {
		if topic == Topic(s, c) {
			return true
		}
	}
	return false
}
