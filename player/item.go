package player

import (
	"errors"
	"fmt"
	"math"
	"time"
)

// Rank orders items that want to sound at once: the higher is heard, the lower
// is cut. Equal ranks take turns, first come.
type Rank int

// The ranks, from the lowest.
const (
	RankFiller Rank = iota
	RankOrdinary
	RankPriority
	RankRelay
	RankLive
	RankEmergency
)

// Stream is decoded audio. Read fills buf and returns the number of frames,
// io.EOF with or after the last of them; it must not block. A live stream that
// has nothing at the moment returns 0 and nil: silence sounds in its place and
// is not counted as heard.
type Stream interface {
	Read(buf []float32) (int, error)
}

// Item is one thing to sound.
type Item struct {
	Key    string        // names the item in events; unique among those in the mixer
	Start  time.Time     // the instant of its first sample
	Latest time.Time     // begun later than this it is not begun at all; zero means never too late
	Length time.Duration // the length expected, for telling a short stream from a whole one; zero means unknown
	Rank   Rank
	Gain   float32 // factor applied to every sample, 1 leaves it as it is
	Stream Stream  // belongs to the mixer from Place on
}

// The errors of [Mixer.Place], for errors.Is.
var (
	// ErrDuplicate refuses a key that has not yet ended.
	ErrDuplicate = errors.New("an item of this key is in the mixer already")
	// ErrInvalid refuses an item that could never sound as asked.
	ErrInvalid = errors.New("invalid item")
)

// validate returns an error that wraps ErrInvalid and names what is wrong.
func (i Item) validate() error {
	switch gain := float64(i.Gain); {
	case i.Key == "":
		return fmt.Errorf("%w: it has no key", ErrInvalid)
	case i.Stream == nil:
		return fmt.Errorf("%w %q: it has no stream", ErrInvalid, i.Key)
	case i.Start.IsZero():
		return fmt.Errorf("%w %q: it has no start", ErrInvalid, i.Key)
	case !i.Latest.IsZero() && i.Latest.Before(i.Start):
		return fmt.Errorf("%w %q: its latest start is before its start", ErrInvalid, i.Key)
	case gain < 0 || math.IsNaN(gain) || math.IsInf(gain, 0):
		return fmt.Errorf("%w %q: gain %v", ErrInvalid, i.Key, gain)
	}
	return nil
}

// EventKind tells what happened to an item.
type EventKind int

// The kinds of events. Every item placed ends in exactly one Ended or TooLate.
const (
	Started  EventKind = iota // its first sample has been heard
	Progress                  // it is still sounding; sent about every 5 s
	Ended                     // its last sample has been heard, or it was cut; without a Started before it nothing of it was heard
	TooLate                   // Latest passed before it could begin; nothing of it sounded
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
	}
	return fmt.Sprintf("kind %d", int(k))
}

// Event is what the mixer says happened to an item. At is when it was heard,
// not when it was mixed.
type Event struct {
	Kind   EventKind
	Key    string
	At     time.Time     // the instant the first sample began, or the last one heard was over
	Heard  time.Duration // how much of the item has been heard so far
	Reason Reason        // why an Ended item was not heard whole, or what made it TooLate; "" for a whole item
	By     string        // the key of the item that pre-empted it or kept the card busy, where one did
}

// last reports whether no event of the same item follows e.
func (e Event) last() bool { return e.Kind == Ended || e.Kind == TooLate }

// Reason is why an item was not heard whole.
type Reason string

// The reasons.
const (
	Preempted  Reason = "pre-empted"   // a higher rank began
	Stopped    Reason = "stopped"      // Stop was called
	Undecoded  Reason = "undecodable"  // its stream failed, ended more than 50 ms early or gave nothing for 2 s
	DeviceLost Reason = "device-lost"  // the card went away while it sounded, or was away until after Latest
	Busy       Reason = "busy"         // an item of equal or higher rank sounded until after Latest
	PlacedLate Reason = "placed-late"  // it was placed when Latest had already passed
	Underrun   Reason = "device-stall" // the card skipped forward while it sounded, so part of it was not heard in time
)
