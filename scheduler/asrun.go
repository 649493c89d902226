package scheduler

import (
	"encoding/json"
	"fmt"
	"slices"
	"time"
)

// AsRun is one line of a station's log: what the station itself says about an
// airing. Lines are numbered from 1 without gaps and each holds the digest of
// the one before, so that a line changed or taken out shows.
type AsRun struct {
	Log      string        `json:"log"`    // names the log; a station that lost its disk begins another
	Number   uint64        `json:"number"` // from 1, without gaps
	Previous Digest        `json:"previous,omitempty"`
	Kind     AsRunKind     `json:"kind"`
	Airing   AiringID      `json:"airing"`
	Planned  time.Time     `json:"planned"`          // start of the airing
	Title    string        `json:"title,omitempty"`  // of what was to sound, in the last word
	At       time.Time     `json:"at"`               // when it happened, by the corrected clock
	Digest   Digest        `json:"digest,omitempty"` // of the audio that was played
	Approver string        `json:"approver,omitempty"`
	Sounded  time.Duration `json:"sounded"` // how much was heard, in nanoseconds
	Outcome  State         `json:"outcome,omitempty"`
	Reason   Reason        `json:"reason,omitempty"`
	Detail   string        `json:"detail,omitempty"` // in words, for a person
	Evidence Evidence      `json:"evidence"`
	Card     string        `json:"card,omitempty"` // the sound card it went to
	Clock    Clock         `json:"clock"`

	Stalls        int           `json:"stalls,omitempty"`        // how often the card skipped forward while it sounded
	Quiet         time.Duration `json:"quiet,omitempty"`         // how much of what sounded was silence, in nanoseconds
	Interruptions int           `json:"interruptions,omitempty"` // how often something of a higher class cut in before it went on
}

// AsRunKind tells which part of an airing a line is about.
type AsRunKind string

// The kinds. Every airing that comes due ends in exactly one AsRunEnd.
const (
	AsRunIntent AsRunKind = "intent" // it is about to be played
	AsRunStart  AsRunKind = "start"  // its first sample has been heard
	AsRunEnd    AsRunKind = "end"    // it is over, whatever came of it
	AsRunFill   AsRunKind = "fill"   // something from the evergreen list has sounded in its place, for as long as it says
	AsRunHeard  AsRunKind = "heard"  // what was listened to has been graded, after its end: the evidence and, in words, how it looked
	AsRunClock  AsRunKind = "clock"  // of no airing: the station has learnt the time; At is true, lines of the same boot before it may not be
)

// Clock says how good a station's clock was when it wrote a line.
type Clock struct {
	Boot        string        `json:"boot"`                  // names the boot of the machine
	Monotonic   time.Duration `json:"monotonic"`             // since that boot
	Offset      time.Duration `json:"offset"`                // corrected clock less system clock
	Uncertainty time.Duration `json:"uncertainty,omitempty"` // 0 where not known
	Source      string        `json:"source,omitempty"`      // where the time was learnt: "centre", "ntp:HOST"; "" for the machine's own
}

// Known reports whether the station had learnt the time, and so how far off it
// may have been.
func (c Clock) Known() bool { return c.Uncertainty > 0 }

// At is when a line of the same boot as c was written, where c was at that
// instant. Both clocks that they carry count from that boot.
func (c Clock) At(at time.Time, line Clock) time.Time { return at.Add(line.Monotonic - c.Monotonic) }

// Hash is the digest that the next line carries as Previous.
func (r AsRun) Hash() Digest {
	b, err := json.Marshal(r)
	if err != nil {
		panic("as-run: its own words do not marshal: " + err.Error()) // plain data always does
	}
	return DigestOf(b)
}

// Check refuses a line that says nothing or contradicts itself.
func (r AsRun) Check() error {
	switch {
	case r.Log == "" || r.Number == 0 || (r.Airing == "") != (r.Kind == AsRunClock):
		return fmt.Errorf("as-run line %d: it has no log, number or airing", r.Number)
	case !slices.Contains([]AsRunKind{AsRunIntent, AsRunStart, AsRunEnd, AsRunFill, AsRunHeard, AsRunClock}, r.Kind):
		return fmt.Errorf("as-run line %d: kind %q is none", r.Number, r.Kind)
	case r.Kind == AsRunClock && !r.Clock.Known():
		return fmt.Errorf("as-run line %d: it has learnt the time and does not say how well", r.Number)
	case (r.Kind == AsRunEnd) != r.Outcome.Final():
		return fmt.Errorf("as-run line %d: %s with outcome %q", r.Number, r.Kind, r.Outcome)
	case r.Sounded < 0:
		return fmt.Errorf("as-run line %d: sounded for %s", r.Number, r.Sounded)
	}
	return nil
}

// State is where an airing stands in the ledger.
type State string

// The states, in the order an airing goes through them.
const (
	Planned   State = "planned"   // the centre has published it
	Delivered State = "delivered" // the station holds the schedule it is in
	Ready     State = "ready"     // the station holds its file, verified, and its sound device is fine
	OnAir     State = "airing"    // the station says it has begun
	Aired     State = "aired"     // heard whole, begun on time
	Late      State = "late"      // heard whole, begun later than OnTime
	Partial   State = "partial"   // heard in part
	Missed    State = "missed"    // not heard
	Recalled  State = "recalled"  // a person took it off the air before its time
	Waived    State = "waived"    // excused by a person
	Unknown   State = "unknown"   // its time is past and the station has not yet said
)

// OnTime is how late an airing may begin and still count as aired.
const OnTime = 2 * time.Second

// Final reports whether s is how a station closes an airing.
func (s State) Final() bool {
	return s == Aired || s == Late || s == Partial || s == Missed
}

// Reason is why an airing was not heard whole, or late.
type Reason string

// The reasons that a station or the centre gives.
const (
	PowerLost    Reason = "power"            // the agent was not running
	FileAbsent   Reason = "file-absent"      // the audio had not come in time
	FileDamaged  Reason = "file-damaged"     // the audio was not what was approved
	DeviceLost   Reason = "device-lost"      // the sound device failed
	DeviceStall  Reason = "device-stall"     // the sound device skipped
	PreEmpted    Reason = "pre-empted"       // something of a higher class was on air
	Stopped      Reason = "stopped"          // an operator stopped it
	Muted        Reason = "muted"            // the volume was 0
	ClockInvalid Reason = "clock-invalid"    // the station did not know the time
	InQuietHours Reason = "quiet-hours"      // quiet hours forbid it
	CardBusy     Reason = "busy"             // an item of its own class was still on air
	LeaseOver    Reason = "lease-over"       // the schedule was no longer valid
	NotScheduled Reason = "not-in-schedule"  // the station never held the schedule it was in
	Withdrawn    Reason = "withdrawn"        // a newer schedule no longer had it
	DiskFailed   Reason = "disk"             // the station could not write its log
	AgentStopped Reason = "agent-restarting" // the agent was told to end
)

// Evidence grades how well an airing is proved; more is better.
type Evidence int

// The grades.
const (
	EvidencePlanned   Evidence = iota
	EvidenceVerified           // the file's digest was right just before it was played
	EvidenceStarted            // its first sample left for the sound device
	EvidenceDrained            // its last sample left the sound device
	EvidenceHeard              // heard back
	EvidenceConfirmed          // confirmed by a person
)

// String names the grade.
func (e Evidence) String() string {
	names := [...]string{"planned", "verified", "started", "drained", "heard", "confirmed"}
	if e < 0 || int(e) >= len(names) {
		return fmt.Sprintf("evidence(%d)", int(e))
	}
	return names[e]
}
