package scheduler

import "time"

// Promise is how far a plan meets one obligation at one station.
type Promise struct {
	Station    StationID   `json:"station"`
	Obligation string      `json:"obligation"`
	Directive  DirectiveID `json:"directive"`
	Topic      int         `json:"topic"`
	Owed       int         `json:"owed"`     // airings in the span planned
	Promised   int         `json:"promised"` // of them placed
	Shortfall  Shortfall   `json:"shortfall,omitempty"`
}

// Shortfall is why less is promised than is owed.
type Shortfall string

// The shortfalls.
const (
	NoRecording Shortfall = "no-recording" // nobody has recorded the topic
	NotApproved Shortfall = "not-approved" // it is recorded, and nobody has approved it
	NoProgramme Shortfall = "no-programme" // the station has no window in the period, or too few
	WindowFull  Shortfall = "window-full"  // the windows have no room left, or are too short for it
	QuietWindow Shortfall = "quiet-hours"  // the windows left lie in quiet hours
	Capped      Shortfall = "cap"          // a rule allows no more sessions or minutes
	TooClose    Shortfall = "spacing"      // the windows left come too soon after another airing of it
	NoLanguage  Shortfall = "language"     // it is recorded only in languages the station or its programmes do not air
	OffDuty     Shortfall = "retired"      // the station is retired
	CalledBack  Shortfall = "recalled"     // a person has recalled it
)

// Publication is what came of publishing, or would come of it: what the plan
// promises, what changes, and which stations were given a new schedule.
type Publication struct {
	By       string            `json:"by,omitempty"`
	At       time.Time         `json:"at"`
	DryRun   bool              `json:"dryRun,omitempty"` // nothing was published
	Promises []Promise         `json:"promises"`
	Changes  []Change          `json:"changes"`
	Findings []Finding         `json:"findings"`
	Stations []StationRevision `json:"stations"`
}

// Change is what a publication adds to or takes out of one window, at all the
// stations for which that is the same.
type Change struct {
	Programme ProgrammeID `json:"programme"`
	At        time.Time   `json:"at"`                // when the window begins
	Added     []string    `json:"added,omitempty"`   // titles
	Removed   []string    `json:"removed,omitempty"` // titles
	Stations  []StationID `json:"stations"`
}

// StationRevision is a station and the revision of its schedule.
type StationRevision struct {
	Station  StationID `json:"station"`
	Revision Revision  `json:"revision"`
}
