package scheduler

import "time"

// Explanation answers what a station should play at an instant, why this, why
// nothing else, and what did happen.
type Explanation struct {
	Station  StationID `json:"station"`
	At       time.Time `json:"at"`
	Zone     string    `json:"zone"`
	Revision Revision  `json:"revision"` // of the schedule in force; 0: none
	By       string    `json:"by,omitempty"`
	Issued   time.Time `json:"issued,omitzero"`
	// Windows are those that the instant lies in; where it lies in none, the
	// last before and the first after it, of one day either way.
	Windows []ExplainedWindow `json:"windows"`
}

// ExplainedWindow is one occurrence of a programme.
type ExplainedWindow struct {
	Programme ProgrammeID      `json:"programme"`
	Name      string           `json:"name"`
	From      time.Time        `json:"from"`
	Until     time.Time        `json:"until"` // from and the window's length
	Entries   []ExplainedEntry `json:"entries"`
	// Others are the topics owed by the station that are not in the window.
	Others []ExplainedTopic `json:"others"`
	// Why is why the window as a whole has nothing in it, where it has not.
	Why Because `json:"why,omitempty"`
}

// ExplainedEntry is something that stands in a window.
type ExplainedEntry struct {
	Airing JudgedAiring `json:"airing"`
	Why    Because      `json:"why"`
	By     string       `json:"by,omitempty"` // the person behind it, where it was one
	Owed   Standing     `json:"owed,omitzero"`
}

// ExplainedTopic is a topic that does not stand in a window.
type ExplainedTopic struct {
	Obligation string        `json:"obligation"`
	Directive  DirectiveID   `json:"directive"`
	Topic      int           `json:"topic"`
	Title      string        `json:"title,omitempty"`
	Why        Because       `json:"why"`
	Want       time.Duration `json:"want,omitempty"` // the length of its recording
	Have       time.Duration `json:"have,omitempty"` // the room left
	Last       time.Time     `json:"last,omitzero"`  // the airing it would come too close to
	Owed       Standing      `json:"owed"`
}

// Standing is how an obligation stands on the day or in the week it is counted by.
type Standing struct {
	Owed   int  `json:"owed"`
	Placed int  `json:"placed"`
	Weekly bool `json:"weekly,omitempty"` // counted by the week
}

// Because is why something stands in a window or does not.
type Because string

// The reasons for, and against. The shortfalls are reasons against, too.
const (
	BecauseOwed      Because = "owed"       // the station owes it a letter
	BecausePicked    Because = "picked"     // a person put it there
	BecauseMakesGood Because = "makes-good" // it makes good an airing that was missed
	BecauseFixed     Because = "fixed"      // it has its place in the running order
	BecauseFiller    Because = "filler"     // there was room left

	BecauseMet       Because = "met"         // as often as is owed elsewhere on the day, or in the week
	BecauseNotYet    Because = "not-yet"     // its period begins later
	BecauseOver      Because = "over"        // its period is over
	BecauseOtherDay  Because = "other-day"   // it is owed on other weekdays
	BecauseOtherPart Because = "alone"       // a person's playlist has the window to itself
	BecauseSpread    Because = "spread"      // a weekly number is spread over the days
	BecauseLocked    Because = "published"   // it was asked for after this window was published
	BecauseHoliday   Because = "holiday"     // the programme does not run on the holiday, or only on one
	BecauseNotOwed   Because = "nothing-due" // nothing that is owed was left to place
)
