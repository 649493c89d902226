package scheduler

import (
	"fmt"
	"time"
)

// Recording is one finished audio item in the on-air format: Ogg Opus, mono,
// 48 kHz, at the on-air loudness.
type Recording struct {
	ID        RecordingID   `json:"id"`
	Title     string        `json:"title"`
	Language  string        `json:"language"` // BCP 47, "vi"
	Directive DirectiveID   `json:"directive,omitempty"`
	Topic     int           `json:"topic,omitempty"` // the topic's ordinal in the directive
	Digest    Digest        `json:"digest"`          // of the on-air file
	Size      int64         `json:"size"`            // bytes of the on-air file
	Duration  time.Duration `json:"duration"`        // exact, in nanoseconds
	Loudness  float64       `json:"loudness"`        // integrated, LUFS (EBU R 128)
	Source    string        `json:"source"`          // where it came from: "upload:NAME", "speech:espeak-ng"
	Script    string        `json:"script,omitempty"`
	Created   time.Time     `json:"created"`
	Approval  Approval      `json:"approval"`
	// Evergreen says that it is kept at every station and sounds there where the
	// audio of an airing is not there or damaged.
	Evergreen bool `json:"evergreen,omitempty"`
}

// Approval is one person's word that a recording may be aired. It is pinned to
// the audio's digest: other audio is not approved, whatever its name.
type Approval struct {
	By     string    `json:"by,omitempty"`
	At     time.Time `json:"at,omitzero"`
	Digest Digest    `json:"digest,omitempty"`
}

// Approved reports whether the audio the recording holds now is the audio that
// was approved.
func (r Recording) Approved() bool {
	return r.Approval.By != "" && r.Approval.Digest == r.Digest && r.Digest != ""
}

// Approve returns the recording approved by a named person under digest, which
// the person states so that a change in between is noticed.
func (r Recording) Approve(by string, at time.Time, digest Digest) (Recording, error) {
	switch {
	case by == "":
		return r, fmt.Errorf("approve recording %s: name the person who approves it", r.ID)
	case digest != r.Digest:
		return r, fmt.Errorf("approve recording %s: its audio is %s, not the %s that was heard: listen to it again", r.ID, r.Digest, digest)
	}
	r.Approval = Approval{By: by, At: at.UTC(), Digest: digest}
	return r, nil
}
