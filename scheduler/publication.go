package scheduler

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
)

// Publication is what came of publishing: what the plan promises, and which
// stations were given a new schedule.
type Publication struct {
	Promises []Promise         `json:"promises"`
	Stations []StationRevision `json:"stations"`
}

// StationRevision is a station and the revision of its schedule.
type StationRevision struct {
	Station  StationID `json:"station"`
	Revision Revision  `json:"revision"`
}
