package scheduler

import (
	"fmt"
	"time"
)

// Selection is a playlist that a person has put together: recordings in order
// for the windows of a programme, or for windows of its own. The plan leaves it
// as it is and places what else is owed around it.
type Selection struct {
	ID      SelectionID `json:"id"`
	Title   string      `json:"title"`
	Area    AreaID      `json:"area"`              // whose stations play it
	Station StationID   `json:"station,omitempty"` // only this one of them
	// Programme is whose windows it is for; "" where Timing and Length make
	// windows of its own.
	Programme ProgrammeID `json:"programme,omitempty"`
	// Timing chooses among the windows of the programme those that begin at one
	// of its instants; the zero timing chooses all.
	Timing Timing        `json:"timing,omitzero"`
	Length time.Duration `json:"length,omitempty"` // of windows of its own, in nanoseconds
	Class  Class         `json:"class,omitempty"`  // in windows of its own
	// Recordings are played in this order. One that is not approved, or does not
	// fit, is left out and said so.
	Recordings []RecordingID `json:"recordings"`
	// Alone keeps everything else out of the windows, running order included.
	Alone bool `json:"alone,omitempty"`
	// MakesGood is the missed or partial airing that this one makes good.
	MakesGood AiringID  `json:"makesGood,omitempty"`
	By        string    `json:"by"`
	Created   time.Time `json:"created"`
}

// MaxSelection is the most recordings in one selection.
const MaxSelection = 500

// Check refuses a selection that could not be planned.
func (s Selection) Check() error {
	switch {
	case s.Title == "" || s.By == "":
		return fmt.Errorf("playlist %q: give it a title and name the person whose it is", s.Title)
	case s.Area == "" && s.Station == "":
		return fmt.Errorf("playlist %q: name the area or the station that plays it", s.Title)
	case len(s.Recordings) == 0 || len(s.Recordings) > MaxSelection:
		return fmt.Errorf("playlist %q: it has %d recordings, want 1 to %d", s.Title, len(s.Recordings), MaxSelection)
	case s.Programme != "" && s.Length != 0:
		return fmt.Errorf("playlist %q: the windows of programme %s have their own length: leave the length out", s.Title, s.Programme)
	case s.Programme != "":
		return nil
	case s.Timing.IsZero():
		return fmt.Errorf("playlist %q: say when it is played: name a programme, or give a cron spec or an instant and a length", s.Title)
	case s.Length < time.Second || s.Length > MaxLength:
		return fmt.Errorf("playlist %q: length %s: use 1s to %s", s.Title, s.Length, short(MaxLength))
	}
	return s.Class.Check()
}

// Takes reports whether the selection is for the window of a programme that
// begins at an instant.
func (s Selection) Takes(p ProgrammeID, at time.Time, zone *time.Location) bool {
	if s.Programme != p {
		return false
	}
	return s.Timing.IsZero() || s.Timing.Next(at, zone).Equal(at)
}

// Own is the programme that a selection with windows of its own makes.
func (s Selection) Own() Programme {
	return Programme{
		ID: ProgrammeID("list-" + s.ID), Name: s.Title, Area: s.Area, Timing: s.Timing,
		Length: s.Length, Class: s.Class, Grace: DefaultGrace,
	}
}
