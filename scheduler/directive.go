package scheduler

import (
	"strings"
	"time"
)

// Directive is an official letter (công văn, kế hoạch, chỉ thị …) that orders
// topics to be publicised.
type Directive struct {
	ID      DirectiveID `json:"id"`
	Kind    string      `json:"kind"`    // "Công văn", "Kế hoạch" …; a letter without a heading of its kind is a Công văn
	Number  string      `json:"number"`  // "3168/UBND-VP"; a draft has only its symbol, "/STTTT-TTBCXB"
	Date    Date        `json:"date"`    // without a day in a draft
	Issuer  string      `json:"issuer"`  // the office in the letterhead
	Subject string      `json:"subject"` // what stands after "V/v"
	// Draft is set when the number or the day has not been filled in.
	Draft     bool       `json:"draft"`
	Topics    []Topic    `json:"topics"`
	Citations []Citation `json:"citations"` // every document cited anywhere in the letter, once each, in order
	Demands   []Demand   `json:"demands"`   // what the letter asks of all its topics together
}

// DirectiveIDOf names a letter by its text, so that the same letter imported
// twice is recognised. Runs of white space count as one space.
func DirectiveIDOf(text string) DirectiveID {
	return DirectiveID(shortDigest(strings.Join(strings.Fields(text), " ")))
}

// Topic is one thing to publicise.
type Topic struct {
	Section   string     `json:"section"` // the number of the section it stands in: "1", "2.1", "a"; "" where the letter has none
	Ordinal   int        `json:"ordinal"` // its place in the letter, from 1
	Title     string     `json:"title"`   // one line a person recognises it by
	Text      string     `json:"text"`    // the letter's own words, lines joined
	Citations []Citation `json:"citations"`
	Demands   []Demand   `json:"demands"`
}

// Citation is a document that a letter refers to. Its key is number, issuer
// and date together: numbers alone repeat every year and in every office.
type Citation struct {
	Kind    string `json:"kind"`    // "Công văn", "Quyết định" …, written in full
	Number  string `json:"number"`  // "3168/UBND-VP", "32-KH/TU", with no spaces or line breaks
	Date    Date   `json:"date"`    // of the document; zero where the letter gives none
	Issuer  string `json:"issuer"`  // "UBND tỉnh", as the letter names it
	Subject string `json:"subject"` // what stands after "về", as far as the letter gives it
}

// Demand is what a letter says about how often and how long. Zero fields are
// not demanded.
type Demand struct {
	Text          string         `json:"text"`                    // the letter's own words
	PerDay        int            `json:"perDay,omitempty"`        // at least this many airings a day
	PerWeek       int            `json:"perWeek,omitempty"`       // at least this many airings a week
	Weekdays      []time.Weekday `json:"weekdays,omitempty"`      // 0 is Sunday
	MinutesPerDay int            `json:"minutesPerDay,omitempty"` // at least this many minutes a day
	From          Date           `json:"from,omitzero"`
	Until         Date           `json:"until,omitzero"` // the last day
}
