package scheduler

import "time"

// Notice is something that supervisors must know before it is too late to call.
type Notice struct {
	Kind      NoticeKind  `json:"kind"`
	At        time.Time   `json:"at"`                  // when it was written
	Programme ProgrammeID `json:"programme,omitempty"` // with Name and Start, of all but NoticeGone
	Name      string      `json:"name,omitempty"`
	Start     time.Time   `json:"start,omitzero"`
	// Ahead is how long before the start it was due; Late says that it is written
	// well after that: the centre was down, or the window not yet published.
	Ahead time.Duration `json:"ahead,omitempty"`
	Late  bool          `json:"late,omitempty"`
	Owing int           `json:"owing,omitempty"` // how many stations owe the window
	Red   []Readiness   `json:"red"`
}

// NoticeKind is what a notice is about.
type NoticeKind string

// The kinds.
const (
	NoticeRed  NoticeKind = "not-ready" // stations that will not air a window, or of which nobody knows
	NoticeWell NoticeKind = "all-ready" // they are ready now, after a notice that they were not
	NoticeGone NoticeKind = "gone"      // stations gone while on air or due within the hour
)

// NoticeID numbers a notice at its centre.
type NoticeID int64

// ChannelID names a way by which notices go out, such as "mail".
type ChannelID string

// Delivery is a notice that one channel has still to take.
type Delivery struct {
	Notice  NoticeID
	Channel ChannelID
	Body    Notice
	Tries   int // made so far
}
