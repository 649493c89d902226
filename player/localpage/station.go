package localpage

import "time"

// Station is what the page shows and steers: the agent, as far as one person in
// front of it needs. Every method may be called from many requests at once.
type Station interface {
	// View is how the station stands now. It is asked for at every page load and
	// at every change, so it must be cheap.
	View() View
	// Changed is closed at the next change; then View tells the new state, and
	// Changed gives the channel of the change after it.
	Changed() <-chan struct{}
	// Stop ends what is on air and drops what waits for it. The log names who.
	Stop(who string) error
	// SetVolume sets the loudness, from 0, which is mute, to 100. The log names who.
	SetVolume(percent int, who string) error
	// SoundCheck sounds a quiet tone of 3 s. It is refused while something is on
	// air or due within 30 s.
	SoundCheck() error
	// First lets a playlist go before the others of its collisions, from now on.
	First(playlist string) error
	// Log is what the log says of a day, which is given by its midnight in the
	// zone of the station, in the order it was planned.
	Log(day time.Time) ([]Line, error)
}

// View is how a station stands at one instant. Everything that is said there
// comes from elsewhere and is shown as text, never as markup.
type View struct {
	Station, Zone string    // the name of the station and of its time zone, as "Asia/Ho_Chi_Minh"; a zone that is not known shows as the machine's
	Now           time.Time // by the corrected clock
	OnAir         *Slot     // nil while nothing sounds
	Next          []Slot    // what comes, soonest first, 20 at most
	Collisions    []Collision
	Volume        int       // in per cent, 0 is mute
	CentreVolume  int       // the volume that the centre asks for
	Linked        bool      // the centre can be reached now
	LastHeard     time.Time // the last word from the centre; zero for never
	Revision      uint64    // of the schedule held; 0 for none
	Lease         time.Time // until when that schedule may be aired; zero for no bound
	Clock         Clock
	Card          Card
	Disk          Disk
	Outbox        int // lines of the log that the centre has not yet acknowledged
	Missing       int // of Files, those not held or not verified
	Files         int // that the schedule needs
	Problems      []Problem
	Drill         bool // what goes on is an exercise
}

// Slot is one item, on air or to come.
type Slot struct {
	ID, Playlist, Title string
	Class               string // ordinary, priority, emergency, filler, live or relay
	Start               time.Time
	Length              time.Duration // zero where not known, as of a relay
	Heard               time.Duration // how much of it has sounded
	Ready               bool          // its file is held and verified
	Why                 string        // why it is not ready, a reason as in [Line] or words of the agent's
}

// Collision is several priority items that come due together. By the rules the
// commune decides their order.
type Collision struct {
	At    time.Time
	Slots []Slot // in the order they will go
}

// Clock is how well the station knows the time.
type Clock struct {
	OK                  bool
	Source              string        // what it was set by, as "ntp", "centre" or "rtc"
	Offset, Uncertainty time.Duration // of the machine's clock against the corrected one
	Synced              time.Time     // when it was last compared; zero for never
}

// Card is the sound device.
type Card struct {
	Name   string
	OK     bool
	Err    string  // what is wrong, in the words of the device
	Stalls int64   // how often it skipped since the agent began
	Level  float64 // of the last second in dBFS, -Inf for silence
}

// Disk is the room left for audio and the log, in bytes.
type Disk struct {
	Free, Audio int64 // free, and used by audio
	Low         bool  // too little is left for the schedule
}

// Problem is something that keeps, or will keep, an item from being heard.
type Problem struct {
	Kind   string // clock, card, disk, files, link or lease
	Detail string // what was seen, in words of the agent's
}

// Line is one airing as the log has it.
type Line struct {
	Start           time.Time // planned
	Begun           time.Time // zero where it never began
	Title           string
	Outcome         string // aired, late, partial or missed; empty while it is still on air
	Reason          string // why it was not heard whole or on time, as "power" or "file-absent"
	Detail          string // in words, for a person
	Evidence        string // how well it is proved: planned, verified, started, drained, heard or confirmed
	Sounded, Length time.Duration
}
