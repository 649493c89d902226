package web

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"loaphuong/scheduler"
)

// topicReview is a topic with the forms that correct it. Topic 0 is what
// belongs to the whole letter.
type topicReview struct {
	reading
	scheduler.Topic
	Key       string // "topic-1"
	Placed    bool   // it stands in the text
	First     bool   // there is none before it to be joined to
	Odd       bool   // how its stretches are tinted
	Owes      string
	Lapsed    string     // that the letter's last day is past
	Sentences []sentence // where it can be split, if at more than one place
	Documents documents
	Asks      asks
}

// documents are the citations of a topic, each of which can be corrected.
type documents struct {
	reading
	Topic int
	Rows  []documentRow
}

// documentRow is a citation as a row of fields. The last row of a form is empty,
// for one that was overlooked.
type documentRow struct {
	Index  int
	Key    string
	Placed bool
	New    bool
	scheduler.Citation
	Day  string // as it is typed
	When string // as it is read
}

// asks are the demands on a topic.
type asks struct {
	reading
	Topic int
	Rows  []askRow
}

// askRow is a demand as a row of fields; the last row of a form is empty.
type askRow struct {
	Index  int
	Key    string
	Placed bool
	New    bool
	Text   string
	Says   []string // what was understood
	Fields []askField
	Days   []askDay
	Flags  []askFlag
}

// askField is a field of a demand that is typed.
type askField struct {
	Name, Label, Value string
	Number             bool
	Hint               string
}

// askDay is a day of the week.
type askDay struct {
	Number int
	Label  string
	On     bool
}

// askFlag is a part of a demand that is there or not.
type askFlag struct {
	Name, Label string
	On          bool
}

// topic sets a topic out.
func (p reviewPage) topic(v *view, text string, t scheduler.Topic, owes string) topicReview {
	card := topicReview{
		reading:   p.Form,
		Topic:     t,
		Key:       topicKey(t.Ordinal),
		Placed:    len(t.Spans) > 0,
		First:     len(p.Topics) == 0,
		Odd:       len(p.Topics)%2 == 1,
		Owes:      owes,
		Documents: documents{reading: p.Form, Topic: t.Ordinal},
		Asks:      asks{reading: p.Form, Topic: t.Ordinal},
	}
	if last := scheduler.Lapsed(p.Letter, t, scheduler.DateOf(v.Now)); !last.IsZero() {
		card.Lapsed = v.T("review.lapsed", "date", v.Date(last))
	}
	if s := sentences(text, t.Spans); len(s) > 1 {
		card.Sentences = s
	}
	for i, c := range t.Citations {
		card.Documents.Rows = append(card.Documents.Rows, documentRow{
			Index:    i,
			Key:      fmt.Sprintf("cite-%d-%d", t.Ordinal, i),
			Placed:   len(c.Spans) > 0,
			Citation: c,
			Day:      writeDate(c.Date),
			When:     v.Date(c.Date),
		})
	}
	for i, m := range t.Demands {
		card.Asks.Rows = append(card.Asks.Rows, v.askRow(t.Ordinal, i, m))
	}
	if p.Form.Edit {
		card.Documents.Rows = append(card.Documents.Rows, documentRow{Index: len(t.Citations), New: true})
		empty := v.askRow(t.Ordinal, len(t.Demands), scheduler.Demand{})
		empty.New = true
		card.Asks.Rows = append(card.Asks.Rows, empty)
	}
	return card
}

func (v *view) askRow(topic, i int, m scheduler.Demand) askRow {
	row := askRow{
		Index:  i,
		Key:    fmt.Sprintf("demand-%d-%d", topic, i),
		Placed: len(m.Spans) > 0,
		Text:   m.Text,
		Says:   v.Asks(m),
		Fields: v.askFields(m),
		Flags: []askFlag{
			{"regular", v.T("ask.regular"), m.Regular},
			{"attached", v.T("ask.attached"), m.Attached},
			{"relay", v.T("ask.relay"), m.Relay},
		},
	}
	for n := range 7 {
		day := (n + 1) % 7 // Monday comes first
		row.Days = append(row.Days, askDay{day, v.T(fmt.Sprintf("weekday.%d", day)), slices.Contains(m.Weekdays, time.Weekday(day))})
	}
	return row
}

func (v *view) askFields(m scheduler.Demand) []askField {
	count := func(n int) string {
		if n == 0 {
			return ""
		}
		return strconv.Itoa(n)
	}
	day := v.T("form.daily")
	return []askField{
		{"perDay", v.T("ask.perDay"), count(m.PerDay), true, ""},
		{"perWeek", v.T("ask.perWeek"), count(m.PerWeek), true, ""},
		{"perMonth", v.T("ask.perMonth"), count(m.PerMonth), true, ""},
		{"total", v.T("ask.total"), count(m.Total), true, ""},
		{"minutesPerDay", v.T("ask.minutesPerDay"), count(m.MinutesPerDay), true, ""},
		{"minutesEach", v.T("ask.minutesEach"), count(m.MinutesEach), true, ""},
		{"from", v.T("ask.from"), writeDate(m.From), false, day},
		{"until", v.T("ask.until"), writeDate(m.Until), false, day},
		{"around", v.T("ask.around"), writeDate(m.Around), false, day},
		{"hours", v.T("ask.hours"), clocks(m.Hours), false, "05:00, 17:30"},
	}
}

// Asks is what a demand says, each part in words.
func (v *view) Asks(m scheduler.Demand) []string {
	var said []string
	count := func(n int, key string) {
		if n > 0 {
			said = append(said, v.T(key, "n", n))
		}
	}
	count(m.PerDay, "owed.day")
	count(m.PerWeek, "owed.week")
	count(m.PerMonth, "owed.month")
	count(m.Total, "owed.total")
	count(m.MinutesPerDay, "owed.minutes")
	count(m.MinutesEach, "owed.each")
	for _, d := range m.Weekdays {
		said = append(said, v.T(fmt.Sprintf("weekday.%d", d)))
	}
	say := func(is bool, words string) {
		if is {
			said = append(said, words)
		}
	}
	say(len(m.Hours) > 0, v.T("asked.hours", "hours", clocks(m.Hours)))
	say(!m.From.IsZero(), v.T("asked.from", "day", v.Date(m.From)))
	say(!m.Until.IsZero(), v.T("asked.until", "day", v.Date(m.Until)))
	say(!m.Around.IsZero(), v.T("asked.around", "day", v.Date(m.Around)))
	say(m.Regular, v.T("ask.regular"))
	say(m.Attached, v.T("ask.attached"))
	say(m.Relay, v.T("ask.relay"))
	return said
}

func clocks(hours []scheduler.TimeOfDay) string {
	var all []string
	for _, h := range hours {
		all = append(all, h.String())
	}
	return strings.Join(all, ", ")
}
