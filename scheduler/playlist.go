package scheduler

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"time"
)

// Playlist is what a station plays at each occurrence of a timing.
type Playlist struct {
	ID        PlaylistID    `json:"id"`
	Programme ProgrammeID   `json:"programme"`
	Title     string        `json:"title"`
	Class     Class         `json:"class"`
	Timing    Timing        `json:"timing"`
	Grace     time.Duration `json:"grace"` // how late an entry may begin, in nanoseconds
	Start     StartMode     `json:"start,omitempty"`
	Wait      time.Duration `json:"wait,omitempty"` // with StartWait, in nanoseconds, at most the grace
	Entries   []Entry       `json:"entries"`
}

// StartMode is what the first entry of an occurrence does when something of its
// own class is still on air. What is of a lower class it cuts in any case, and
// the entries behind it follow one another.
type StartMode string

// The start modes.
const (
	StartNext StartMode = ""     // it waits for its turn
	StartHard StartMode = "hard" // it cuts at its instant
	StartWait StartMode = "wait" // it waits for as long as Wait says, and then cuts
)

// CheckStart refuses a start mode that is none, and a wait that is not shorter
// than the grace, which an entry would not live to see the end of.
func CheckStart(mode StartMode, wait, grace time.Duration) error {
	switch {
	case mode != StartNext && mode != StartHard && mode != StartWait:
		return fmt.Errorf("start %q: use next, hard or wait", mode)
	case (mode == StartWait) != (wait != 0) || wait < 0:
		return fmt.Errorf("a wait of %s with start %q: the start mode wait, and it alone, has one", wait, mode)
	case wait > 0 && wait >= grace:
		return fmt.Errorf("a wait of %s where an entry may begin %s late: wait less", wait, grace)
	}
	return nil
}

// Entry is one recording at its place in a playlist.
type Entry struct {
	Offset    time.Duration `json:"offset"` // from the occurrence to the first sample, in nanoseconds
	Recording RecordingID   `json:"recording"`
	Title     string        `json:"title"`
	Digest    Digest        `json:"digest"`   // of the on-air file, and what was approved
	Duration  time.Duration `json:"duration"` // in nanoseconds
	Approver  string        `json:"approver"` // who approved that digest
	Directive DirectiveID   `json:"directive,omitempty"`
	Topic     int           `json:"topic,omitempty"`
	// Piece is "" for an item, else the kind of fixed piece or music it is.
	Piece PieceKind `json:"piece,omitempty"`
	// MakesGood is the airing that this one makes good.
	MakesGood AiringID `json:"makesGood,omitempty"`
}

// Seal names the playlist by its content: a playlist that plays anything else
// has another ID, so that its airings are never confused with those of the one
// before. The bounds of a cron timing are left out: a playlist that is extended
// by a week keeps its ID, and its airings keep theirs.
func (p Playlist) Seal() Playlist {
	content := p
	content.ID = ""
	content.Timing.from, content.Timing.until = time.Time{}, time.Time{}
	b, err := json.Marshal(content)
	if err != nil {
		panic("playlist: its own words do not marshal: " + err.Error()) // plain data always does
	}
	p.ID = PlaylistID(string(p.Programme) + "-" + shortDigest(string(b)))
	return p
}

// Length is the time from the occurrence to the last sample of the last entry.
func (p Playlist) Length() time.Duration {
	var end time.Duration
	for _, e := range p.Entries {
		end = max(end, e.Offset+e.Duration)
	}
	return end
}

// Check refuses a playlist whose entries overlap or are not in order, or whose
// name is not that of its content.
func (p Playlist) Check() error {
	var end time.Duration
	for i, e := range p.Entries {
		if e.Offset < end || e.Duration < 0 {
			return fmt.Errorf("playlist %s: entry %d begins before the one before it ends, or ends before it begins", p.ID, i)
		}
		if _, err := ParseDigest(string(e.Digest)); err != nil {
			return fmt.Errorf("playlist %s: entry %d: %w", p.ID, i, err)
		}
		end = e.Offset + e.Duration
	}
	if err := CheckStart(p.Start, p.Wait, p.Grace); err != nil {
		return fmt.Errorf("playlist %s: %w", p.ID, err)
	}
	if p.ID != p.Seal().ID {
		return fmt.Errorf("playlist %s: its content is not what its name says", p.ID)
	}
	return p.Class.Check()
}

// Airing is one entry, at one station, at one instant: the unit everybody counts.
type Airing struct {
	ID        AiringID      `json:"id"`
	Station   StationID     `json:"station"`
	Programme ProgrammeID   `json:"programme"`
	Playlist  PlaylistID    `json:"playlist"`
	Entry     int           `json:"entry"` // its place in the playlist, from 0
	Class     Class         `json:"class"`
	Start     time.Time     `json:"start"`    // of the first sample, UTC
	Duration  time.Duration `json:"duration"` // in nanoseconds
	Grace     time.Duration `json:"grace"`
	Cuts      time.Time     `json:"cuts,omitzero"` // from then on it cuts what is of its own class; zero: it waits for its turn
	Recording RecordingID   `json:"recording"`
	Title     string        `json:"title"`
	Digest    Digest        `json:"digest"`
	Approver  string        `json:"approver"`
	Directive DirectiveID   `json:"directive,omitempty"`
	Topic     int           `json:"topic,omitempty"`
	Piece     PieceKind     `json:"piece,omitempty"`     // "" for an item
	MakesGood AiringID      `json:"makesGood,omitempty"` // the airing that this one makes good
}

// NewAiringID names an airing. Both sides compute it, so the centre knows what
// it expects, the station names what it did, and a duplicate cannot exist. It is
// the digest of the four, written out at once since years of airings are named.
func NewAiringID(station StationID, playlist PlaylistID, occurrence time.Time, entry int) AiringID {
	var room [256]byte // for names of the usual length
	text := append(append(room[:0], station...), 0)
	text = append(append(text, playlist...), 0)
	text = append(occurrence.UTC().AppendFormat(text, time.RFC3339Nano), 0)
	text = append(strconv.AppendInt(text, int64(entry), 10), 0)
	sum := sha256.Sum256(text)
	return AiringID(hex.EncodeToString(sum[:8]))
}

// Airings expands playlists into the airings of a station that start in
// [from, until), by start and then by class, the highest first.
func Airings(station StationID, zone *time.Location, playlists []Playlist, from, until time.Time) []Airing {
	occurrences, n := make([][]time.Time, len(playlists)), 0
	for i, p := range playlists {
		occurrences[i] = p.Timing.Within(from.Add(-p.Length()), until, zone)
		n += len(occurrences[i]) * len(p.Entries)
	}
	all := slices.Grow([]Airing(nil), n)
	for i, p := range playlists {
		for _, at := range occurrences[i] {
			for i, e := range p.Entries {
				start := at.Add(e.Offset)
				if start.Before(from) || !start.Before(until) {
					continue
				}
				all = append(all, p.airing(station, at, i, e))
			}
		}
	}
	slices.SortFunc(all, func(a, b Airing) int {
		return cmp.Or(a.Start.Compare(b.Start), -cmp.Compare(a.Class.rank(), b.Class.rank()), cmp.Compare(a.ID, b.ID))
	})
	return all
}

func (p Playlist) airing(station StationID, at time.Time, i int, e Entry) Airing {
	return Airing{
		Cuts:      p.cuts(i, at.Add(e.Offset).UTC()),
		ID:        NewAiringID(station, p.ID, at, i),
		Station:   station,
		Programme: p.Programme,
		Playlist:  p.ID,
		Entry:     i,
		Class:     p.Class,
		Start:     at.Add(e.Offset).UTC(),
		Duration:  e.Duration,
		Grace:     p.Grace,
		Recording: e.Recording,
		Title:     e.Title,
		Digest:    e.Digest,
		Approver:  e.Approver,
		Directive: e.Directive,
		Topic:     e.Topic,
		Piece:     e.Piece,
		MakesGood: e.MakesGood,
	}
}

// cuts is from when on the entry that starts at an instant cuts its equals.
func (p Playlist) cuts(entry int, start time.Time) time.Time {
	if entry > 0 || p.Start == StartNext {
		return time.Time{}
	}
	return start.Add(p.Wait)
}

func (c Class) rank() int {
	return slices.Index([]Class{Ordinary, Priority, Emergency}, c)
}
