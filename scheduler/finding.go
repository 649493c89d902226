package scheduler

import "time"

// Finding is something about programmes, playlists, rules or obligations that a
// person should know before publishing. What it says in words is for the page
// and the command line to put.
type Finding struct {
	Level Level       `json:"level"`
	Code  FindingCode `json:"code"`
	// What it is about, as far as it is about one.
	Programme ProgrammeID `json:"programme,omitempty"`
	Selection SelectionID `json:"selection,omitempty"`
	Rule      RuleID      `json:"rule,omitempty"`
	Directive DirectiveID `json:"directive,omitempty"`
	Topic     int         `json:"topic,omitempty"`
	Recording RecordingID `json:"recording,omitempty"`
	Area      AreaID      `json:"area,omitempty"`
	Station   StationID   `json:"station,omitempty"`
	// Other is the second of two that do not go together.
	Other string `json:"other,omitempty"`
	// At is the first instant at which it shows; zero where it is of no instant.
	At time.Time `json:"at,omitzero"`
	// Have and Want measure it, where it can be: the room there is and the room
	// that is asked for.
	Have time.Duration `json:"have,omitempty"`
	Want time.Duration `json:"want,omitempty"`
	// Count is how many times it shows, or at how many stations.
	Count int `json:"count,omitempty"`
	// Runs are the next five occurrences, where the timing is what surprises.
	Runs []time.Time `json:"runs,omitempty"`
}

// Level says how much a finding matters.
type Level string

// The levels.
const (
	Wrong   Level = "error"   // something will not be aired as it stands
	Doubt   Level = "warning" // it will, and perhaps not as meant
	Mention Level = "note"    // good to know
)

// FindingCode names what was found.
type FindingCode string

// The findings.
const (
	WindowsOverlap   FindingCode = "windows-overlap"    // two windows of a station run at one time
	WindowQuiet      FindingCode = "window-quiet"       // a window lies in quiet hours, in whole or in part
	WindowOverCap    FindingCode = "window-over-cap"    // a rule allows fewer or shorter sessions
	WindowSilent     FindingCode = "window-silent"      // a rule allows nothing on the day
	WindowTooShort   FindingCode = "window-too-short"   // its fixed pieces alone do not fit, or no recording that is owed does
	WindowOverFull   FindingCode = "window-over-full"   // what a person put into it does not fit
	DayOverFull      FindingCode = "day-over-full"      // more is owed on a day than its windows hold
	DayUnderFloor    FindingCode = "day-under-floor"    // the windows of a day are shorter than a rule demands
	NeverRuns        FindingCode = "never-runs"         // it does not occur within the next 366 days
	SeldomRuns       FindingCode = "seldom-runs"        // it occurs less than once in a week
	OddHour          FindingCode = "odd-hour"           // between 22:00 and 04:30
	OftenRuns        FindingCode = "often-runs"         // it occurs more than twelve times on a day
	Twin             FindingCode = "twin"               // another has the same windows
	SameItemTwice    FindingCode = "same-item-twice"    // a recording stands in a playlist twice
	AudioMissing     FindingCode = "audio-missing"      // a recording that it names is not there
	AudioNotApproved FindingCode = "audio-not-approved" // a recording that it names waits for approval
	AudioRecalled    FindingCode = "audio-recalled"     // a recording that it names is recalled
	TopicNoAudio     FindingCode = "topic-no-audio"     // a topic that is owed has no recording
	TopicNotApproved FindingCode = "topic-not-approved" // a topic that is owed has none that is approved
	TopicNoWindow    FindingCode = "topic-no-window"    // no programme runs where and when a topic is owed
	AreaNoStation    FindingCode = "area-no-station"    // something is meant for an area without stations
	NoProgrammeOfIt  FindingCode = "no-such-programme"  // a playlist names a programme that is not there
	NoWindowTaken    FindingCode = "no-window-taken"    // its timing meets no window of its programme
)
