package player

import (
	"fmt"
	"time"
)

// EventKind tells what happened to an item.
type EventKind int

// The kinds of events. Every item placed ends in exactly one Ended or TooLate.
const (
	Started     EventKind = iota // its first sample has been heard
	Progress                     // it is still sounding; sent about every 5 s
	Ended                        // its last sample has been heard, or it was cut; without a Started before it nothing of it was heard
	TooLate                      // Latest passed before it could begin; nothing of it sounded
	Interrupted                  // another cut it, and it will go on or begin again; comes after Started only
	Resumed                      // it is heard again after Interrupted
)

// String is the kind as a word for logs.
func (k EventKind) String() string {
	switch k {
	case Started:
		return "started"
	case Progress:
		return "progress"
	case Ended:
		return "ended"
	case TooLate:
		return "too-late"
	case Interrupted:
		return "interrupted"
	case Resumed:
		return "resumed"
	}
	return fmt.Sprintf("kind %d", int(k))
}

// Event is what the mixer says happened to an item. At is when it was heard,
// not when it was mixed.
type Event struct {
	Kind   EventKind
	Key    string
	At     time.Time     // the instant the first sample began, or the last one heard was over
	Heard  time.Duration // how much of the item has been heard so far; of one that began again, in the last pass
	Reason Reason        // why an Ended item was not heard whole, or what made it TooLate; "" for a whole item
	By     string        // the key of the item that pre-empted it or kept the card busy, where one did

	Stalls        int           // how often the card skipped forward while it sounded
	Quiet         time.Duration // how much of Heard was below -60 dBFS for a second or more at a time, in what the card got
	Interruptions int           // how often it was interrupted
	Away          time.Duration // how long it was interrupted altogether
}

// last reports whether no event of the same item follows e.
func (e Event) last() bool { return e.Kind == Ended || e.Kind == TooLate }

// Reason is why an item was not heard whole.
type Reason string

// The reasons.
const (
	Preempted  Reason = "pre-empted"   // another item cut it, of a higher rank or by its Cuts
	Stopped    Reason = "stopped"      // Stop was called
	Undecoded  Reason = "undecodable"  // its stream failed, ended more than 50 ms early or gave nothing for 2 s
	DeviceLost Reason = "device-lost"  // the card went away while it sounded, or was away until after Latest
	Busy       Reason = "busy"         // an item of equal or higher rank sounded until after Latest
	PlacedLate Reason = "placed-late"  // it was placed when Latest had already passed
	Underrun   Reason = "device-stall" // the card skipped forward while it sounded, so part of it was not heard in time
)
