package web

import (
	"context"
	"io"
	"time"

	"loaphuong/devices"
	"loaphuong/scheduler"
)

// Desk is what the pages and the interface need of the centre. Errors wrap
// [scheduler.ErrNotFound], [scheduler.ErrInvalid] or [scheduler.ErrConflict]
// where the caller can do something about them.
type Desk interface {
	Letters
	Sounds
	Stations
	Programmes
	Ledger
}

// Letters are the directives and what they oblige.
type Letters interface {
	// ImportDirective reads a letter and keeps it; one that is there already is
	// recognised and isNew is false.
	ImportDirective(ctx context.Context, text []byte) (d scheduler.Directive, isNew bool, err error)
	Directives(ctx context.Context) ([]scheduler.Directive, error)
	Directive(ctx context.Context, id scheduler.DirectiveID) (scheduler.Directive, error)
	// Oblige makes the topics of a letter owed by the stations of an area.
	Oblige(ctx context.Context, id scheduler.DirectiveID, area scheduler.AreaID) ([]scheduler.Obligation, error)
	Obligations(ctx context.Context, id scheduler.DirectiveID) ([]scheduler.Obligation, error)
}

// NewRecording is what a person says of a recording.
type NewRecording struct {
	Title     string                `json:"title"`
	Directive scheduler.DirectiveID `json:"directive,omitempty"`
	Topic     int                   `json:"topic,omitempty"`
	Language  string                `json:"language,omitempty"` // BCP 47; "vi" when empty
	Script    string                `json:"script,omitempty"`   // the text to speak; the topic's own when empty
}

// Sounds are the recordings.
type Sounds interface {
	// AddRecording takes an uploaded audio file.
	AddRecording(ctx context.Context, r NewRecording, name string, audio io.Reader) (scheduler.Recording, error)
	// Speak has the speech engine say the script.
	Speak(ctx context.Context, r NewRecording) (scheduler.Recording, error)
	Recordings(ctx context.Context, id scheduler.DirectiveID) ([]scheduler.Recording, error) // of a letter, or all
	Recording(ctx context.Context, id scheduler.RecordingID) (scheduler.Recording, error)
	// OpenAudio opens the on-air file, Ogg Opus.
	OpenAudio(ctx context.Context, id scheduler.RecordingID) (io.ReadSeekCloser, error)
	// Approve approves the audio that the person heard, named by its digest.
	Approve(ctx context.Context, id scheduler.RecordingID, by string, digest scheduler.Digest) (scheduler.Recording, error)
}

// StationState is a station and what it last said of itself.
type StationState struct {
	Station   scheduler.Station  `json:"station"`
	State     *devices.State     `json:"state,omitempty"` // nil: never heard of
	Heard     time.Time          `json:"heard,omitzero"`  // when the centre last heard of it
	Published scheduler.Revision `json:"published"`       // the newest schedule made for it
}

// Stations are the stations and their areas.
type Stations interface {
	PutArea(ctx context.Context, a scheduler.Area) error
	Areas(ctx context.Context) ([]scheduler.Area, error)
	// AddStation adds or changes a station.
	AddStation(ctx context.Context, s scheduler.Station) (scheduler.Station, error)
	// StationCode makes a one-time code by which a PC becomes the station.
	StationCode(ctx context.Context, id scheduler.StationID) (JoinCode, error)
	StationStates(ctx context.Context) ([]StationState, error)
}

// JoinCode is what is typed at a station to enrol it.
type JoinCode struct {
	Station scheduler.StationID `json:"station"`
	URL     string              `json:"url"`
	Code    string              `json:"code"`
	Expires time.Time           `json:"expires"`
}

// Programmes are the windows and what is published into them.
type Programmes interface {
	PutProgramme(ctx context.Context, p scheduler.Programme) error
	Programmes(ctx context.Context) ([]scheduler.Programme, error)
	DeleteProgramme(ctx context.Context, id scheduler.ProgrammeID) error
	// Publish plans every station and sends the schedules that have changed.
	Publish(ctx context.Context, by string) (scheduler.Publication, error)
	// Playlists are those of the schedule last published to a station.
	Playlists(ctx context.Context, id scheduler.StationID) ([]scheduler.Playlist, error)
}

// Ledger is what was and was not aired.
type Ledger interface {
	Airtime(ctx context.Context, q scheduler.AirtimeQuery) (scheduler.AirtimeReport, error)
	Airings(ctx context.Context, q scheduler.AirtimeQuery) ([]scheduler.JudgedAiring, error)
	// Changes returns a channel that gets a value soon after anything the
	// pages show has changed, and is closed when ctx ends.
	Changes(ctx context.Context) <-chan struct{}
}
