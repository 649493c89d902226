package web

import (
	"fmt"
	"maps"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"loaphuong/scheduler"
)

// maxFormRows is how many rows of a form are read.
const maxFormRows = 1000

// correction reads the one thing that a form puts right, and where it stands.
func (f *formReader) correction(letter scheduler.Directive, text string) (fix scheduler.Correction, anchor string) {
	topic := 0
	if do := f.values.Get("do"); do != "head" && do != "add" {
		topic = f.place("topic")
	}
	at := topicKey(topic)
	switch f.values.Get("do") {
	case "head":
		return scheduler.Correction{Head: f.head()}, "letter"
	case "topic":
		return scheduler.Correction{Topic: &scheduler.TopicWords{Topic: topic, Section: f.text("section"), Title: f.text("title"), Text: f.lines("text")}}, at
	case "split":
		return scheduler.Correction{Split: &scheduler.TopicSplit{Topic: topic, At: f.place("at")}}, at
	case "merge":
		return scheduler.Correction{Merge: &scheduler.TopicMerge{Topic: topic}}, topicKey(topic - 1)
	case "drop":
		return scheduler.Correction{Drop: &scheduler.TopicDrop{Topic: topic}}, topicKey(min(topic, len(letter.Topics)-1))
	case "add":
		return scheduler.Correction{Add: f.topicAdd(text)}, "topics"
	case "citations":
		return scheduler.Correction{Citations: &scheduler.TopicCitations{Topic: topic, Citations: f.citations(heldIn(letter, topic).Citations)}}, at
	case "demands":
		return scheduler.Correction{Demands: &scheduler.TopicDemands{Topic: topic, Demands: f.demands(heldIn(letter, topic).Demands)}}, at
	}
	f.wrong = append(f.wrong, f.T("form.place"))
	return scheduler.Correction{}, ""
}

func (f *formReader) head() *scheduler.HeadWords {
	return &scheduler.HeadWords{
		Kind:      f.text("kind"),
		Number:    f.text("number"),
		Date:      f.date("date"),
		Issuer:    f.text("issuer"),
		Subject:   f.text("subject"),
		Signatory: scheduler.Signatory{Name: f.text("signatory"), Position: f.text("position")},
	}
}

// topicAdd is a new topic. Where a script says from where in the text its words
// were taken, and they still are those words, it goes there.
func (f *formReader) topicAdd(text string) *scheduler.TopicAdd {
	words := f.lines("words")
	if words == "" {
		f.wrong = append(f.wrong, f.T("review.nowords"))
	}
	if f.values.Get("begin") == "" {
		return &scheduler.TopicAdd{Words: words}
	}
	from, to := f.place("begin"), f.place("end")
	if from < to && to <= len(text) && slices.Equal(strings.Fields(text[from:to]), strings.Fields(words)) {
		return &scheduler.TopicAdd{Span: scheduler.Span{From: from, To: to}}
	}
	return &scheduler.TopicAdd{Words: words}
}

// heldIn is a topic of a letter, or what belongs to the whole of it.
func heldIn(letter scheduler.Directive, topic int) scheduler.Topic {
	if i := slices.IndexFunc(letter.Topics, func(t scheduler.Topic) bool { return t.Ordinal == topic }); i >= 0 {
		return letter.Topics[i]
	}
	return wholeLetter(letter)
}

// rows calls read with the prefix of each row of a form, but not for one that
// is to go.
func (f *formReader) rows(read func(i int, prefix string)) {
	gone := f.values.Get("remove")
	for i := range min(f.place("rows"), maxFormRows) {
		if fmt.Sprint(i) != gone {
			read(i, fmt.Sprintf("%d.", i))
		}
	}
}

// citations are the rows of a form. One that is put right stands where it stood.
func (f *formReader) citations(held []scheduler.Citation) []scheduler.Citation {
	all := []scheduler.Citation{}
	f.rows(func(i int, at string) {
		c := scheduler.Citation{
			Kind:    f.text(at + "kind"),
			Number:  f.text(at + "number"),
			Date:    f.date(at + "date"),
			Issuer:  f.text(at + "issuer"),
			Subject: f.text(at + "subject"),
		}
		if i < len(held) {
			c.Spans = held[i].Spans
		}
		if c.Kind+c.Number+c.Issuer+c.Subject != "" || !c.Date.IsZero() {
			all = append(all, c)
		}
	})
	return all
}

// demands are the rows of a form.
func (f *formReader) demands(held []scheduler.Demand) []scheduler.Demand {
	all := []scheduler.Demand{}
	f.rows(func(i int, at string) {
		m := f.demand(at)
		if i < len(held) {
			m.Spans = held[i].Spans
		}
		if m.Text != "" || !m.IsWish() {
			all = append(all, m)
		}
	})
	return all
}

func (f *formReader) demand(at string) scheduler.Demand {
	return scheduler.Demand{
		Text:          f.text(at + "text"),
		PerDay:        f.number(at + "perDay"),
		PerWeek:       f.number(at + "perWeek"),
		PerMonth:      f.number(at + "perMonth"),
		Total:         f.number(at + "total"),
		MinutesPerDay: f.number(at + "minutesPerDay"),
		MinutesEach:   f.number(at + "minutesEach"),
		Weekdays:      f.weekdays(at + "weekdays"),
		Hours:         f.hours(at + "hours"),
		From:          f.day(at + "from"),
		Until:         f.day(at + "until"),
		Around:        f.day(at + "around"),
		Regular:       f.ticked(at + "regular"),
		Attached:      f.ticked(at + "attached"),
		Relay:         f.ticked(at + "relay"),
	}
}

// typed is what a person had typed into a field that was not taken.
type typed struct {
	Label, Text string
}

// typedFields are the fields that a person types into, with the keys of their
// labels.
func typedFields() map[string]string {
	return map[string]string{
		"kind": "head.kind", "number": "head.number", "date": "head.date", "issuer": "head.issuer", "subject": "head.subject",
		"signatory": "head.signatory", "position": "head.position",
		"section": "topic.section", "title": "topic.title", "words": "topic.text", "text": "topic.text",
		"perDay": "ask.perDay", "perWeek": "ask.perWeek", "perMonth": "ask.perMonth", "total": "ask.total",
		"minutesPerDay": "ask.minutesPerDay", "minutesEach": "ask.minutesEach", "hours": "ask.hours",
		"from": "ask.from", "until": "ask.until", "around": "ask.around",
	}
}

// typedIn is what the fields of a form held that a person can have typed.
func (v *view) typedIn(form url.Values) []typed {
	var all []typed
	for _, name := range slices.Sorted(maps.Keys(form)) {
		row, field := "", name
		if before, after, ok := strings.Cut(name, "."); ok {
			row, field = before, after
		}
		key, is := typedFields()[field]
		if text := strings.TrimSpace(form.Get(name)); is && text != "" {
			label := v.T(key)
			if n, err := strconv.Atoi(row); err == nil {
				label = v.T("form.row", "row", n+1, "label", label)
			}
			all = append(all, typed{label, text})
		}
	}
	return all
}
