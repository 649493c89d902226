package devices

import (
	"fmt"
	"math"
	"slices"
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
	// Evergreen is what may sound in the place of an airing whose own audio is
	// not there or damaged, in this order. Its files are among Files.
	Evergreen []scheduler.Entry `json:"evergreen,omitempty"`
	// Gains are in decibels, by class; a class that is not here has 0.
	Gains map[scheduler.Class]float64 `json:"gains,omitempty"`
}

// MaxGain is the most that a class may be louder or softer than its files are,
// in decibels.
const MaxGain = 20

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
	for class, gain := range s.Gains {
		if math.IsNaN(gain) || math.Abs(gain) > MaxGain {
			return fmt.Errorf("schedule %d: class %s is to be %v dB louder: use -%d to %d", s.Revision, class, gain, MaxGain, MaxGain)
		}
	}
	for _, p := range s.Playlists {
		if err := p.Check(); err != nil {
			return fmt.Errorf("schedule %d: %w", s.Revision, err)
		}
		if e, found := lacking(p.Entries, files); found {
			return fmt.Errorf("schedule %d: playlist %s needs file %s, which is not listed", s.Revision, p.ID, e.Digest)
		}
	}
	if e, found := lacking(s.Evergreen, files); found {
		return fmt.Errorf("schedule %d: the evergreen list needs file %s, which is not listed", s.Revision, e.Digest)
	}
	return nil
}

// lacking is the first entry whose file is not there.
func lacking(entries []scheduler.Entry, files map[scheduler.Digest]bool) (scheduler.Entry, bool) {
	i := slices.IndexFunc(entries, func(e scheduler.Entry) bool { return !files[e.Digest] })
	if i < 0 {
		return scheduler.Entry{}, false
	}
	return entries[i], true
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
	Clock    ClockState          `json:"clock,omitzero"`
	DiskFree int64               `json:"diskFree,omitempty"` // bytes; 0 where the system does not say
	DiskLow  bool                `json:"diskLow,omitempty"`  // audio had to go, or cannot come, for want of room
	Volume   int                 `json:"volume"`
	OnAir    scheduler.AiringID  `json:"onAir,omitempty"`
	Outbox   int                 `json:"outbox"`           // as-run lines that wait for a receipt
	Lost     uint64              `json:"lost,omitempty"`   // as-run lines that had to make room before they were receipted
	Stalls   int64               `json:"stalls,omitempty"` // how often the card has skipped since the agent began
	Log      string              `json:"log,omitempty"`    // the as-run log being written
	Error    string              `json:"error,omitempty"`  // the last refused message or failed fetch, in words
}

// ClockState is how a station knows the time.
type ClockState struct {
	Source      string        `json:"source,omitempty"`      // "centre", "ntp:HOST"; "" for the machine's own clock
	Offset      time.Duration `json:"offset,omitempty"`      // true time less the machine's clock
	Uncertainty time.Duration `json:"uncertainty,omitempty"` // 0 where it is not known
	Synced      time.Time     `json:"synced,omitzero"`       // when the time was last learnt
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
	// Since is when the log was begun, or the start of the last airing of which a
	// line had to make room: of earlier airings it says nothing.
	Since time.Time `json:"since"`
	// Lost is the last line that is no more, because the disk had no room for more
	// lines without a receipt; 0 where none has gone. What it was is lost.
	Lost uint64 `json:"lost,omitempty"`
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
