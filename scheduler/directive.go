package scheduler

import (
	"reflect"
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
	Signatory Signatory  `json:"signatory,omitzero"`
	Topics    []Topic    `json:"topics"`
	Citations []Citation `json:"citations"` // every document cited anywhere in the letter, once each, in order
	Demands   []Demand   `json:"demands"`   // what the letter asks of all its topics together
	Spans     HeadSpans  `json:"spans,omitzero"`
	Source    Source     `json:"source,omitzero"`
	// Edition counts the corrections that people made to the reading. A
	// correction names the edition it was made of.
	Edition   int          `json:"edition,omitempty"`
	Confirmed Confirmation `json:"confirmed,omitzero"`
}

// IsConfirmed reports whether a person has confirmed the reading. Only then may
// it oblige anybody.
func (d Directive) IsConfirmed() bool { return d.Confirmed.By != "" }

// SameLetter reports whether two readings are of one letter by its key: number,
// issuer and date together. A draft has no key and is the same as no other.
func (d Directive) SameLetter(e Directive) bool {
	return !d.Draft && !e.Draft && d.Number != "" && d.Date.Complete() &&
		d.Number == e.Number && d.Date == e.Date && strings.EqualFold(d.Issuer, e.Issuer)
}

// Signatory is the person who signed a letter.
type Signatory struct {
	Name     string `json:"name"`     // "Nguyễn Văn Nhật"
	Position string `json:"position"` // of the person, not of whom they sign for: "PHÓ GIÁM ĐỐC"
}

// Confirmation is who said that a reading is right.
type Confirmation struct {
	By string    `json:"by"`
	At time.Time `json:"at"`
}

// Source is what the text of a letter was got from.
type Source struct {
	Name   string `json:"name,omitempty"`   // of the file, as its owner called it
	Format string `json:"format,omitempty"` // "pdf", "docx", "odt", "html", "text", "doc", "image"
	// Scanned is set when the text was recognised in a picture, where letters
	// and digits may be mistaken: every field wants a look.
	Scanned bool `json:"scanned,omitempty"`
	// Converted names the older coding that the text was typed in, "tcvn3" or
	// "vni", and was converted from; "" for Unicode.
	Converted string `json:"converted,omitempty"`
}

// Doubtful reports whether the text itself, and not only the reading of it,
// wants a person's look before it is confirmed.
func (s Source) Doubtful() bool { return s.Scanned || s.Converted != "" }

// Span is a stretch of a letter's text: the bytes of its UTF-8 from From up to
// but not including To. The text is the one kept with the letter.
type Span struct {
	From int `json:"from"`
	To   int `json:"to"`
}

// HeadSpans says where the fields of the letterhead stand in the text. A field
// that a person has typed has no spans; a subject may stand in several.
type HeadSpans struct {
	Kind      []Span `json:"kind,omitempty"`
	Number    []Span `json:"number,omitempty"`
	Date      []Span `json:"date,omitempty"`
	Issuer    []Span `json:"issuer,omitempty"`
	Subject   []Span `json:"subject,omitempty"`
	Signatory []Span `json:"signatory,omitempty"`
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
	Spans     []Span     `json:"spans,omitempty"` // where Text stands in the letter, in order; none where a person typed it
}

// Citation is a document that a letter refers to. Its key is number, issuer
// and date together: numbers alone repeat every year and in every office.
type Citation struct {
	Kind    string `json:"kind"`            // "Công văn", "Quyết định" …, written in full
	Number  string `json:"number"`          // "3168/UBND-VP", "32-KH/TU", with no spaces or line breaks
	Date    Date   `json:"date"`            // of the document; zero where the letter gives none
	Issuer  string `json:"issuer"`          // "UBND tỉnh", as the letter names it
	Subject string `json:"subject"`         // what stands after "về", as far as the letter gives it
	Spans   []Span `json:"spans,omitempty"` // where kind, number, date and issuer stand at the first mention
}

// Demand is what a letter says about how often and how long. Zero fields are
// not demanded; one of which only Text is set is a wish, kept for people to read.
type Demand struct {
	Text          string         `json:"text"`                    // the letter's own words
	PerDay        int            `json:"perDay,omitempty"`        // at least this many airings a day
	PerWeek       int            `json:"perWeek,omitempty"`       // at least this many airings a week
	PerMonth      int            `json:"perMonth,omitempty"`      // at least this many airings a month
	Total         int            `json:"total,omitempty"`         // at least this many airings in the whole period
	MinutesPerDay int            `json:"minutesPerDay,omitempty"` // at least this many minutes a day
	MinutesEach   int            `json:"minutesEach,omitempty"`   // at least this many minutes at each airing
	Weekdays      []time.Weekday `json:"weekdays,omitempty"`      // 0 is Sunday
	Hours         []TimeOfDay    `json:"hours,omitempty"`         // when to air, in the station's zone
	From          Date           `json:"from,omitzero"`
	Until         Date           `json:"until,omitzero"` // the last day
	// Around is the day before, on and after which to air.
	Around   Date   `json:"around,omitzero"`
	Regular  bool   `json:"regular,omitempty"`  // "thường xuyên", "liên tục", "hằng ngày", with no number
	Attached bool   `json:"attached,omitempty"` // what is to be aired comes with the letter
	Relay    bool   `json:"relay,omitempty"`    // another station is to be relayed
	Spans    []Span `json:"spans,omitempty"`
}

// IsWish reports whether the demand says nothing that can be counted or dated.
func (m Demand) IsWish() bool {
	m.Text, m.Spans = "", nil
	return reflect.ValueOf(m).IsZero()
}
