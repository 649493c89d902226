package scheduler

import (
	"fmt"
	"time"
)

// Recall takes a recording, a topic or a whole letter off the air everywhere.
// It stands until a person lifts it.
type Recall struct {
	ID        RecallID    `json:"id"`
	Recording RecordingID `json:"recording,omitempty"` // either this,
	Directive DirectiveID `json:"directive,omitempty"` // or all of this letter,
	Topic     int         `json:"topic,omitempty"`     // or of this topic of it
	Why       string      `json:"why"`
	By        string      `json:"by"`
	At        time.Time   `json:"at"`
	LiftedBy  string      `json:"liftedBy,omitempty"`
	LiftedAt  time.Time   `json:"liftedAt,omitzero"`
	// Stations are those that held it when it was recalled, each with the
	// revision of the schedule that no longer has it.
	Stations []StationRevision `json:"stations,omitempty"`
}

// Check refuses a recall of nothing, of two things, or without a name.
func (r Recall) Check() error {
	switch {
	case (r.Recording == "") == (r.Directive == "") || r.Topic != 0 && r.Directive == "" || r.Topic < 0:
		return fmt.Errorf("recall: name a recording, or a letter with or without a topic")
	case r.By == "" || r.Why == "":
		return fmt.Errorf("recall: say who recalls it and why")
	}
	return nil
}

// Lifted reports whether a person has ended the recall.
func (r Recall) Lifted() bool { return r.LiftedBy != "" }

// Takes reports whether the recall is of a recording of a topic of a letter.
func (r Recall) Takes(recording RecordingID, directive DirectiveID, topic int) bool {
	return !r.Lifted() && r.names(recording, directive, topic)
}

// Took reports whether the recall was in force when an airing of what it names
// was to begin, lifted since or not.
func (r Recall) Took(a Airing) bool {
	return r.names(a.Recording, a.Directive, a.Topic) && !a.Start.Before(r.At) && (!r.Lifted() || a.Start.Before(r.LiftedAt))
}

func (r Recall) names(recording RecordingID, directive DirectiveID, topic int) bool {
	if r.Recording != "" {
		return r.Recording == recording
	}
	return r.Directive == directive && (r.Topic == 0 || r.Topic == topic)
}

// RecallStatus is a recall with the stations that have not yet said that they
// hold a schedule without it.
type RecallStatus struct {
	Recall
	Outstanding []StationID `json:"outstanding"`
}
