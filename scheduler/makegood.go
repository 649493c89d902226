package scheduler

import "time"

// MakeGood is how an airing that was missed or cut short can be made good: in
// the next window in which it is permitted, before its topic is no longer owed.
type MakeGood struct {
	Missed   JudgedAiring `json:"missed"`
	Deadline Date         `json:"deadline"` // the last day on which it counts
	// Recording is what is played then: the one in force of the topic.
	Recording RecordingID `json:"recording,omitempty"`
	// Programme and At are the window proposed, or chosen; where there is none,
	// Why says why.
	Programme ProgrammeID `json:"programme,omitempty"`
	At        time.Time   `json:"at,omitzero"`
	Why       Shortfall   `json:"why,omitempty"`
	// Selection and By are set once it has been taken up, by a person or by policy.
	Selection SelectionID `json:"selection,omitempty"`
	By        string      `json:"by,omitempty"`
}
