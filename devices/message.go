package devices

import (
	"fmt"
	"time"

	"loaphuong/scheduler"
)

// Schedule is everything a station is to air, whole: a newer revision replaces
// an older one entirely.
type Schedule struct {
	Station   scheduler.StationID    `json:"station"`
	Revision  scheduler.Revision     `json:"revision"`
	Issued    time.Time              `json:"issued"`
	Lease     time.Time              `json:"lease"` // nothing is aired from this schedule after this instant
	Zone      string                 `json:"zone"`  // IANA name in which cron timings are read
	Volume    int                    `json:"volume"`
	Quiet     []scheduler.QuietHours `json:"quiet,omitempty"`
	Playlists []scheduler.Playlist   `json:"playlists"`
	Files     []File                 `json:"files"` // every file that the playlists name, once each
	// Recalled is audio that is not to sound any more, whatever plays it: what is
	// on air of it is cut.
	Recalled []scheduler.Digest `json:"recalled,omitempty"`
}

// File is an audio file that a schedule needs.
type File struct {
	Digest scheduler.Digest `json:"digest"`
	Size   int64            `json:"size"` // bytes
}

// MaxFile is the largest on-air file, in bytes: about twelve hours of speech.
const MaxFile = 256 << 20

// Check refuses a schedule that a station could not air from.
func (s Schedule) Check() error {
	files := make(map[scheduler.Digest]bool, len(s.Files))
	for _, f := range s.Files {
		if f.Size <= 0 || f.Size > MaxFile {
			return fmt.Errorf("schedule %d: file %s of %d bytes", s.Revision, f.Digest, f.Size)
		}
		files[f.Digest] = true
	}
	if _, err := time.LoadLocation(s.Zone); err != nil || s.Zone == "" || s.Revision == 0 {
		return fmt.Errorf("schedule %d: zone %q", s.Revision, s.Zone)
	}
	for _, p := range s.Playlists {
		if err := p.Check(); err != nil {
			return fmt.Errorf("schedule %d: %w", s.Revision, err)
		}
		for _, e := range p.Entries {
			if !files[e.Digest] {
				return fmt.Errorf("schedule %d: playlist %s needs file %s, which is not listed", s.Revision, p.ID, e.Digest)
			}
		}
	}
	return nil
}

// State is what a station holds and how it is. Online false is its last will.
type State struct {
	Station  scheduler.StationID `json:"station"`
	Session  string              `json:"session"` // names one run of the agent
	Online   bool                `json:"online"`
	At       time.Time           `json:"at,omitzero"`
	Agent    string              `json:"agent,omitempty"` // version
	Revision scheduler.Revision  `json:"revision"`        // of the schedule it holds
	Missing  []scheduler.Digest  `json:"missing,omitempty"`
	Files    int                 `json:"files"` // how many of the schedule's files are there, verified
	Card     string              `json:"card,omitempty"`
	CardOK   bool                `json:"cardOK"`
	CardErr  string              `json:"cardErr,omitempty"`
	ClockOK  bool                `json:"clockOK"`
	DiskFree int64               `json:"diskFree,omitempty"` // bytes
	Volume   int                 `json:"volume"`
	OnAir    scheduler.AiringID  `json:"onAir,omitempty"`
	Outbox   int                 `json:"outbox"`          // as-run lines that wait for a receipt
	Log      string              `json:"log,omitempty"`   // the as-run log being written
	Error    string              `json:"error,omitempty"` // the last refused message or failed fetch, in words
}

// Batch is a run of as-run lines and how far the station's word reaches.
type Batch struct {
	Station scheduler.StationID `json:"station"`
	Log     string              `json:"log"`
	Records []scheduler.AsRun   `json:"records"`
	// Number is the last line written when the batch was made, and every
	// airing of the schedules the station held that was due before Through has
	// its last word among the lines up to Number.
	Number  uint64    `json:"number"`
	Through time.Time `json:"through"`
	// Since is when the log was begun: of earlier airings it says nothing.
	Since time.Time `json:"since"`
}

// MaxBatch is the most lines in a batch.
const MaxBatch = 200

// Receipt is the centre's word that lines are in its database, or why not.
type Receipt struct {
	Log      string      `json:"log"`
	Accepted []uint64    `json:"accepted,omitempty"` // numbers now kept; those already known count too
	Rejected []Rejection `json:"rejected,omitempty"` // kept apart at the centre for a person to see
}

// Rejection is a line that the centre keeps apart, and why.
type Rejection struct {
	Number uint64 `json:"number"`
	Reason string `json:"reason"`
}

// Command asks a station to do something now. It is never retained.
type Command struct {
	ID   string      `json:"id"` // remembered by the station: a second one is refused
	Verb CommandVerb `json:"verb"`
}

// CommandVerb is what a command asks for.
type CommandVerb string

// The verbs.
const (
	StopAiring CommandVerb = "stop"    // end whatever is on air
	Refresh    CommandVerb = "refresh" // send the state now
)
