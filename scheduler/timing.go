package scheduler

import (
	"encoding/json"
	"errors"
	"fmt"
	"iter"
	"slices"
	"time"

	"github.com/robfig/cron/v3"
)

// MinSpacing is the least time between two occurrences of a cron timing.
const MinSpacing = 5 * time.Minute

// Timing says when something recurs: a five-field cron spec read as wall time
// in the station's zone, or one instant. From and Until bound it.
//
// The spec is the usual minute, hour, day of month, month and day of week, with
// names and 7 for Sunday. Refused, each with what to write instead: zone
// prefixes and @-words, days that never come, occurrences less than
// [MinSpacing] apart, and a day of month together with a day of week, which
// cron would read as "either".
//
// The zero Timing never occurs.
type Timing struct {
	spec        string
	at          time.Time
	from, until time.Time
	cron        *cron.SpecSchedule
}

// Cron parses a cron spec. An occurrence is at or after from and before until;
// a zero instant sets no bound.
func Cron(spec string, from, until time.Time) (Timing, error) {
	s, normal, err := parseCron(spec)
	if err != nil {
		return Timing{}, fmt.Errorf("cron %.80q: %w", spec, err)
	}
	if !until.IsZero() && !from.Before(until) {
		return Timing{}, fmt.Errorf("cron %q: from %s is not before until %s", spec, from.Format(time.RFC3339), until.Format(time.RFC3339))
	}
	return Timing{spec: normal, cron: s, from: from.UTC(), until: until.UTC()}, nil
}

// Once is a timing that occurs at one instant.
func Once(at time.Time) Timing { return Timing{at: at.UTC()} }

// Bounded returns the timing within a narrower span; zero instants leave a
// bound as it is. A span without any time in it gives the zero Timing.
func (t Timing) Bounded(from, until time.Time) Timing {
	if !from.IsZero() && from.After(t.from) {
		t.from = from.UTC()
	}
	if !until.IsZero() && (t.until.IsZero() || until.Before(t.until)) {
		t.until = until.UTC()
	}
	if t.IsZero() || (!t.until.IsZero() && !t.from.Before(t.until)) {
		return Timing{}
	}
	return t
}

// IsZero reports whether the timing never occurs because nothing was set.
func (t Timing) IsZero() bool { return t.cron == nil && t.at.IsZero() }

// Spec is the normalised cron spec, or "" for one instant.
func (t Timing) Spec() string { return t.spec }

// At is the one instant, or zero for a cron timing.
func (t Timing) At() time.Time { return t.at }

// Bounds are the instants set as from and until, zero where none is.
func (t Timing) Bounds() (from, until time.Time) { return t.from, t.until }

// Within lists the occurrences in [from, until), in UTC and in order. A wall
// time that a clock change skips occurs at the instant the clock jumps; one
// that it repeats occurs the first time only.
func (t Timing) Within(from, until time.Time, zone *time.Location) []time.Time {
	var found []time.Time
	for at := range t.since(from, zone) {
		if !at.Before(until) {
			break
		}
		found = append(found, at)
	}
	return found
}

// Next is the first occurrence at or after from, or zero when none comes
// within five years.
func (t Timing) Next(from time.Time, zone *time.Location) time.Time {
	for at := range t.since(from, zone) {
		return at
	}
	return time.Time{}
}

// since yields the occurrences at or after from, within the bounds.
func (t Timing) since(from time.Time, zone *time.Location) iter.Seq[time.Time] {
	if from.Before(t.from) {
		from = t.from
	}
	all := t.walls(from, zone)
	if t.cron == nil {
		all = slices.Values([]time.Time{t.at})
	}
	return func(yield func(time.Time) bool) {
		for at := range all {
			if t.IsZero() || (!t.until.IsZero() && !at.Before(t.until)) {
				return
			}
			if !at.Before(from) && !yield(at) {
				return
			}
		}
	}
}

// walls yields the instants of the cron spec's wall times from a little before
// from on, each once. The calculator works in UTC, which has no clock changes,
// because at those it skips and repeats.
func (t Timing) walls(from time.Time, zone *time.Location) iter.Seq[time.Time] {
	return func(yield func(time.Time) bool) {
		var last time.Time
		// A wall time that a clock change skipped occurs later than it reads.
		for wall := wallOf(from.In(zone)).Add(-3 * time.Hour); ; {
			if wall = t.cron.Next(wall); wall.IsZero() {
				return
			}
			at := instantOf(wall, zone)
			if at.After(last) && !yield(at) {
				return
			}
			last = at
		}
	}
}

type timingJSON struct {
	Cron  string    `json:"cron,omitempty"`
	At    time.Time `json:"at,omitzero"`
	From  time.Time `json:"from,omitzero"`
	Until time.Time `json:"until,omitzero"`
}

// MarshalJSON writes {"cron"} or {"at"}, with "from" and "until" where they are set.
func (t Timing) MarshalJSON() ([]byte, error) {
	return json.Marshal(timingJSON{t.spec, t.at, t.from, t.until})
}

// UnmarshalJSON reads what MarshalJSON writes and checks it as [Cron] does.
func (t *Timing) UnmarshalJSON(b []byte) error {
	var j timingJSON
	if err := json.Unmarshal(b, &j); err != nil {
		return err
	}
	switch {
	case j.Cron != "" && !j.At.IsZero():
		return errors.New("timing: give cron or at, not both")
	case !j.At.IsZero():
		*t = Once(j.At).Bounded(j.From, j.Until)
		return nil
	case j.Cron == "":
		*t = Timing{}
		return nil
	}
	parsed, err := Cron(j.Cron, j.From, j.Until)
	if err != nil {
		return err
	}
	*t = parsed
	return nil
}
