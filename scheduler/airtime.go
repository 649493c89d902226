package scheduler

import "time"

// JudgedAiring is an airing with where it stands now.
type JudgedAiring struct {
	AiringFacts
	State State  `json:"state"`
	Why   Reason `json:"why,omitempty"` // of a state that is not simply as planned
}

// AirtimeQuery says what an airtime report is about. Zero fields ask for all.
type AirtimeQuery struct {
	From      time.Time   `json:"from"`  // airings that start at or after
	Until     time.Time   `json:"until"` // and before
	Area      AreaID      `json:"area,omitempty"`
	Directive DirectiveID `json:"directive,omitempty"`
	Station   StationID   `json:"station,omitempty"`
	Stations  []StationID `json:"stations,omitempty"` // only these, beside Station
}

// AirtimeReport is the ledger summed up: letter × topic × station.
type AirtimeReport struct {
	Query     AirtimeQuery `json:"query"`
	Generated time.Time    `json:"generated"`
	Rows      []AirtimeRow `json:"rows"`
	Total     Tally        `json:"total"`
}

// AirtimeRow is what one station did for one topic.
type AirtimeRow struct {
	Directive   DirectiveID `json:"directive"`
	Number      string      `json:"number"`  // of the directive
	Subject     string      `json:"subject"` // of the directive
	Topic       int         `json:"topic"`
	Title       string      `json:"title"`
	Station     StationID   `json:"station"`
	StationName string      `json:"stationName"`
	Area        AreaID      `json:"area"`
	AreaName    string      `json:"areaName"`
	Zone        string      `json:"zone"`
	Tally
	FirstAired time.Time      `json:"firstAired,omitzero"`
	LastAired  time.Time      `json:"lastAired,omitzero"`
	Reasons    map[Reason]int `json:"reasons,omitempty"`
}

// Tally counts airings by state. Expected is the sum of all the others.
type Tally struct {
	Expected int           `json:"expected"`
	Aired    int           `json:"aired"`
	Late     int           `json:"late"`
	Partial  int           `json:"partial"`
	Missed   int           `json:"missed"`
	Recalled int           `json:"recalled"`
	Waived   int           `json:"waived"`
	Unknown  int           `json:"unknown"`
	OnAir    int           `json:"onAir"`
	Upcoming int           `json:"upcoming"` // planned, delivered or ready
	Sounded  time.Duration `json:"sounded"`  // heard in all, in nanoseconds
}

// Plus is both together.
func (t Tally) Plus(u Tally) Tally {
	return Tally{
		Expected: t.Expected + u.Expected, Aired: t.Aired + u.Aired, Late: t.Late + u.Late, Partial: t.Partial + u.Partial,
		Missed: t.Missed + u.Missed, Recalled: t.Recalled + u.Recalled, Waived: t.Waived + u.Waived, Unknown: t.Unknown + u.Unknown,
		OnAir: t.OnAir + u.OnAir, Upcoming: t.Upcoming + u.Upcoming, Sounded: t.Sounded + u.Sounded,
	}
}

// Balances reports whether every airing expected is in exactly one state.
func (t Tally) Balances() bool {
	return t.Expected == t.Aired+t.Late+t.Partial+t.Missed+t.Recalled+t.Waived+t.Unknown+t.OnAir+t.Upcoming
}
