package scheduler

import (
	"slices"
	"time"
)

// AiringFacts is an airing with everything that is known of it. What it amounts
// to is judged from these facts each time it is asked, never stored, so that a
// late word from a station needs nothing undone.
type AiringFacts struct {
	Airing
	Revision  Revision      `json:"revision"`           // of the schedule it came with
	Withdrawn bool          `json:"withdrawn"`          // a later schedule no longer has it
	StartedAt time.Time     `json:"startedAt,omitzero"` // as the station says; zero where it has not
	EndedAt   time.Time     `json:"endedAt,omitzero"`   // as the station says; zero where it has not
	Sounded   time.Duration `json:"sounded"`            // how much was heard, in nanoseconds
	Outcome   State         `json:"outcome,omitempty"`  // the station's last word; empty where there is none
	Reason    Reason        `json:"reason,omitempty"`
	Detail    string        `json:"detail,omitempty"`
	Evidence  Evidence      `json:"evidence"`
	Card      string        `json:"card,omitempty"`
	Waiver    Waiver        `json:"waiver,omitzero"`

	// SaidStartedAt and SaidEndedAt are what the station said by a clock that it
	// did not yet know to be right, where StartedAt and EndedAt were worked out
	// anew and differ by more than a second; zero elsewhere.
	SaidStartedAt time.Time     `json:"saidStartedAt,omitzero"`
	SaidEndedAt   time.Time     `json:"saidEndedAt,omitzero"`
	Stalls        int           `json:"stalls,omitempty"`        // how often the card skipped forward while it sounded
	Quiet         time.Duration `json:"quiet,omitempty"`         // how much of what sounded was silence, in nanoseconds
	Interruptions int           `json:"interruptions,omitempty"` // how often something of a higher class cut in before it went on
	Filled        string        `json:"filled,omitempty"`        // what sounded in its place; no part of Sounded
	FilledFor     time.Duration `json:"filledFor,omitempty"`     // for how long it did, in nanoseconds
	HeardBack     string        `json:"heardBack,omitempty"`     // what was heard of it at the loudspeakers, in the station's words
}

// Silent reports whether so much of what sounded was silence that a person
// should listen to the audio and look at the amplifier's wiring: half of it.
func (f AiringFacts) Silent() bool { return f.Quiet > 0 && f.Quiet >= f.Sounded/2 }

// Waiver is one person's word that an airing is excused.
type Waiver struct {
	By  string    `json:"by,omitempty"`
	Why string    `json:"why,omitempty"`
	At  time.Time `json:"at,omitzero"`
}

// Given reports whether somebody excused the airing.
func (w Waiver) Given() bool { return w.By != "" }

// Watermark is how far a station's word reaches: every airing of the schedules
// it held that was due in [Since, Through) has its last word in the log.
type Watermark struct {
	Station StationID `json:"station"`
	Log     string    `json:"log"`
	Since   time.Time `json:"since"`   // when the log was begun; zero where the station did not say
	Through time.Time `json:"through"` // exclusive
	// Complete says that the centre holds every line the claim rests on. Until
	// it does, the claim proves nothing.
	Complete bool `json:"complete"`
}

// Covers reports whether the watermark vouches for what was due at start.
func (w Watermark) Covers(start time.Time) bool {
	return w.Complete && !w.Since.IsZero() && !start.Before(w.Since) && start.Before(w.Through)
}

// AiringFilter chooses airings; a zero field chooses all. Note that an empty
// Areas or Stations is no restriction: one who may see nothing must not ask.
type AiringFilter struct {
	From, Until time.Time // start in [From, Until)
	Areas       []AreaID  // of the station, as they stand: list the areas below too
	Stations    []StationID
	Directive   DirectiveID
	Topic       int // its ordinal
}

// Chooses reports whether the filter chooses an airing of a station in area.
func (f AiringFilter) Chooses(a Airing, area AreaID) bool {
	switch {
	case !f.From.IsZero() && a.Start.Before(f.From), !f.Until.IsZero() && !a.Start.Before(f.Until):
		return false
	case len(f.Areas) > 0 && !slices.Contains(f.Areas, area), len(f.Stations) > 0 && !slices.Contains(f.Stations, a.Station):
		return false
	case f.Directive != "" && f.Directive != a.Directive, f.Topic != 0 && f.Topic != a.Topic:
		return false
	}
	return true
}
