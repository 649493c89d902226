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
	Readying
	Programmes
	Planning
	Ledger
	Bundles
	Audits
}

// LetterFile is a letter as it came: any format the centre reads.
type LetterFile struct {
	Name string // of the file, as its owner called it
	// Encoding is "" to find out whether the text was typed in an older coding
	// and convert it, "tcvn3" or "vni" to say which, "unicode" to leave it as it is.
	Encoding string
	Body     io.Reader
}

// ImportedDirective is what came of reading a letter.
type ImportedDirective struct {
	Directive scheduler.Directive `json:"directive"`
	New       bool                `json:"new" doc:"false where the same letter was there already"`
}

// Confirm is a person's word that a reading is right, and who is to owe it.
type Confirm struct {
	By      string             `json:"by"`
	Areas   []scheduler.AreaID `json:"areas"`
	Class   scheduler.Class    `json:"class,omitempty" doc:"priority where its topics come before others; ordinary when empty"`
	Edition int                `json:"edition" doc:"the edition that the person saw"`
	// SourceChecked is wanted where the text itself is doubtful: recognised in a
	// picture or converted from an older coding.
	SourceChecked bool `json:"sourceChecked,omitempty"`
}

// LetterHit is a place found by a search.
type LetterHit struct {
	Directive scheduler.DirectiveID `json:"directive"`
	Number    string                `json:"number"`
	Date      scheduler.Date        `json:"date"`
	Subject   string                `json:"subject"`
	Kind      string                `json:"kind" enum:"letter,topic,citation"`
	Topic     int                   `json:"topic,omitempty" doc:"the ordinal, of a topic"`
	// Snippet is the words around the hit, in pieces of which every second one,
	// from the second on, is what was looked for.
	Snippet []string `json:"snippet"`
}

// Letters are the directives and what they oblige.
type Letters interface {
	// ImportDirective reads a letter and keeps it with its file, unconfirmed; one
	// that is there already is recognised, also in another format.
	ImportDirective(ctx context.Context, f LetterFile) (ImportedDirective, error)
	Directives(ctx context.Context) ([]scheduler.Directive, error)
	Directive(ctx context.Context, id scheduler.DirectiveID) (scheduler.Directive, error)
	// DirectiveText is the text that the spans of the directive are of.
	DirectiveText(ctx context.Context, id scheduler.DirectiveID) (string, error)
	// DirectiveFile is the file the letter came in, whole, and its media type.
	DirectiveFile(ctx context.Context, id scheduler.DirectiveID) (name, mediaType string, file []byte, err error)
	// Correct puts one thing right in the given edition of an unconfirmed letter
	// and returns the next edition. Where the edition is no longer the newest, or
	// the letter is confirmed, the error is [scheduler.ErrConflict].
	Correct(ctx context.Context, id scheduler.DirectiveID, edition int, c scheduler.Correction) (scheduler.Directive, error)
	// Confirm confirms a letter and makes its topics owed by areas. On a letter
	// that is confirmed already it adds areas.
	Confirm(ctx context.Context, id scheduler.DirectiveID, c Confirm) ([]scheduler.Obligation, error)
	// Reopen takes a confirmation and its obligations back, so that the reading
	// can be corrected. It is [scheduler.ErrConflict] once recordings are made for it.
	Reopen(ctx context.Context, id scheduler.DirectiveID) (scheduler.Directive, error)
	// Owed is what an area would owe of a letter if it were confirmed now.
	Owed(ctx context.Context, id scheduler.DirectiveID, area scheduler.AreaID) ([]scheduler.Obligation, error)
	Obligations(ctx context.Context, id scheduler.DirectiveID) ([]scheduler.Obligation, error)
	// Search finds letters, topics and citations by words or numbers, the best
	// first, at most limit. A word without tone marks finds it with any.
	Search(ctx context.Context, query string, limit int) ([]LetterHit, error)
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
	// PutEvergreen says whether a recording is kept at the stations for when
	// scheduled audio is missing, from the next publication on.
	PutEvergreen(ctx context.Context, id scheduler.RecordingID, evergreen bool) (scheduler.Recording, error)
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
	// Stop ends what is on air at stations, and says which could be told.
	Stop(ctx context.Context, f StopForm) (Stopped, error)
}

// StopForm is where to stop what is on air, and who says so.
type StopForm struct {
	By         string                `json:"by"`
	Stations   []scheduler.StationID `json:"stations,omitempty"`
	Area       scheduler.AreaID      `json:"area,omitempty" doc:"and the areas below it"`
	Everywhere bool                  `json:"everywhere,omitempty" doc:"whatever else is said; works without the database"`
}

// Stopped is what became of a stop. A station that was told and has no link stops
// nothing once the command is two minutes old.
type Stopped struct {
	ID     string                `json:"id" doc:"of the command"`
	Told   []scheduler.StationID `json:"told"`
	Untold []scheduler.StationID `json:"untold" doc:"the broker has not taken it"`
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
	// Draft is what Publish would do now, and does nothing.
	Draft(ctx context.Context) (scheduler.Publication, error)
	// Playlists are those of the schedule last published to a station.
	Playlists(ctx context.Context, id scheduler.StationID) ([]scheduler.Playlist, error)
}

// ListFile is a playlist as it came in a file, and what the person says of it:
// a selection without recordings.
type ListFile struct {
	Name      string // of the file; M3U, M3U8, XSPF or CSV
	Body      io.Reader
	Selection scheduler.Selection
}

// LoadedSelection is what came of loading a playlist. Where entries are missing
// nothing is kept, and the selection has those that were found.
type LoadedSelection struct {
	Selection scheduler.Selection `json:"selection"`
	Missing   []MissingEntry      `json:"missing"`
	Findings  []scheduler.Finding `json:"findings"`
	Runs      []time.Time         `json:"runs" doc:"the next five windows that it is for"`
}

// MissingEntry is a line of a file that is none of the recordings that are held,
// or may be one of several.
type MissingEntry struct {
	Line       int                     `json:"line"`
	Location   string                  `json:"location"`
	Title      string                  `json:"title,omitempty"`
	Candidates []scheduler.RecordingID `json:"candidates,omitempty"`
}

// WeekCopy asks for the week of one date to be played again in the week of
// another, at the stations of an area.
type WeekCopy struct {
	Area scheduler.AreaID `json:"area"`
	From scheduler.Date   `json:"from" doc:"any day of the week to copy"`
	To   scheduler.Date   `json:"to" doc:"any day of the week to fill"`
	By   string           `json:"by"`
}

// Planning is what bounds the plan, and what people decide beside it.
type Planning interface {
	Rules(ctx context.Context) ([]scheduler.Rule, error)
	PutRule(ctx context.Context, r scheduler.Rule) error
	DeleteRule(ctx context.Context, id scheduler.RuleID) error
	Holidays(ctx context.Context) (scheduler.Calendar, error)
	PutHoliday(ctx context.Context, h scheduler.Holiday) error
	DeleteHoliday(ctx context.Context, id scheduler.HolidayID) error

	Selections(ctx context.Context) ([]scheduler.Selection, error)
	// PutSelection keeps a playlist of a person under its ID, or a new one, and
	// says what is doubtful about it. It is aired from the next publication on.
	PutSelection(ctx context.Context, s scheduler.Selection) (LoadedSelection, error)
	DeleteSelection(ctx context.Context, id scheduler.SelectionID) error
	// LoadSelection is PutSelection for a playlist in a file.
	LoadSelection(ctx context.Context, f ListFile) (LoadedSelection, error)
	// CopyWeek makes playlists of what was published for a week.
	CopyWeek(ctx context.Context, c WeekCopy) ([]scheduler.Selection, error)

	// Lint is what a person should know before publishing, the worst first.
	Lint(ctx context.Context) ([]scheduler.Finding, error)
	// Explain says what a station should play at an instant, why, and what happened.
	Explain(ctx context.Context, station scheduler.StationID, at time.Time) (scheduler.Explanation, error)

	// MakeGoods lists the airings missed or cut short that can still be made good,
	// or are being so, by when they were to begin.
	MakeGoods(ctx context.Context) ([]scheduler.MakeGood, error)
	// MakeGood takes the proposal for an airing up, and publishes it.
	MakeGood(ctx context.Context, missed scheduler.AiringID, by string) (scheduler.Selection, error)

	Recalls(ctx context.Context) ([]scheduler.RecallStatus, error)
	// Recall takes a recording or letter off the air at every station, at once.
	Recall(ctx context.Context, r scheduler.Recall) (scheduler.RecallStatus, error)
	// LiftRecall lets what was recalled be planned again.
	LiftRecall(ctx context.Context, id scheduler.RecallID, by string) error
}

// Ledger is what was and was not aired.
type Ledger interface {
	Airtime(ctx context.Context, q scheduler.AirtimeQuery) (scheduler.AirtimeReport, error)
	Airings(ctx context.Context, q scheduler.AirtimeQuery) ([]scheduler.JudgedAiring, error)
	// VerifyLogs looks at every line held once more, of a station or of all.
	VerifyLogs(ctx context.Context, station scheduler.StationID) ([]scheduler.LogVerdict, error)
	// Changes returns a channel that gets a value soon after anything the
	// pages show has changed, and is closed when ctx ends.
	Changes(ctx context.Context) <-chan struct{}
}
