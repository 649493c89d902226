package letter

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"loaphuong/scheduler"
)

// Bounds on what a person types into a correction.
const (
	maxWords   = 20000 // bytes of a text
	maxPerDay  = 200   // airings
	maxMinutes = 24 * 60
)

// Correct puts one thing right in the reading of a letter and returns the next
// edition; d stays as it is. The text is the one that the spans of d are of.
// Topics are numbered anew, in the order of the letter. What is wrong with the
// correction is told by an error that says what to do.
func Correct(d scheduler.Directive, text string, c scheduler.Correction) (scheduler.Directive, error) {
	if n := fieldsSet(c); n != 1 {
		return d, fmt.Errorf("correct letter: %d corrections at once: give exactly one of head, topic, split, merge, drop, add, citations and demands", n)
	}
	next := d
	next.Topics = slices.Clone(d.Topics)
	next.Citations = slices.Clone(d.Citations)
	k := corrector{d: &next, text: text}
	if err := k.apply(c); err != nil {
		return d, fmt.Errorf("correct letter: %w", err)
	}
	if len(next.Topics) > maxTopics || len(next.Citations) > maxCitations {
		return d, fmt.Errorf("correct letter: %w", tooMany("topics or citations", maxTopics))
	}
	for i := range next.Topics {
		next.Topics[i].Ordinal = i + 1
	}
	next.Edition++
	return next, nil
}

func fieldsSet(c scheduler.Correction) (n int) {
	v := reflect.ValueOf(c)
	for i := range v.NumField() {
		if f := v.Field(i); f.Kind() == reflect.Pointer && !f.IsNil() {
			n++
		}
	}
	return n
}

// corrector holds the edition in the making.
type corrector struct {
	d    *scheduler.Directive
	text string
}

func (k corrector) apply(c scheduler.Correction) error {
	switch {
	case c.Head != nil:
		return k.head(*c.Head)
	case c.Topic != nil:
		return k.words(*c.Topic)
	case c.Split != nil:
		return k.split(*c.Split)
	case c.Merge != nil:
		return k.merge(c.Merge.Topic)
	case c.Drop != nil:
		return k.drop(c.Drop.Topic)
	case c.Add != nil:
		return k.add(*c.Add)
	case c.Citations != nil:
		return k.citations(*c.Citations)
	default:
		return k.demands(*c.Demands)
	}
}

// topic finds a topic by its ordinal.
func (k corrector) topic(ordinal int) (int, error) {
	i := slices.IndexFunc(k.d.Topics, func(t scheduler.Topic) bool { return t.Ordinal == ordinal })
	if i < 0 {
		return 0, fmt.Errorf("there is no topic %d: the letter has topics 1 to %d", ordinal, len(k.d.Topics))
	}
	return i, nil
}

// head sets the letterhead. A field that changes no longer stands anywhere in
// the letter.
func (k corrector) head(h scheduler.HeadWords) error {
	d := k.d
	h.Number = tidyNumber(h.Number)
	was := blank(d.Number, d.Date)
	for what, s := range map[string]string{"kind": h.Kind, "number": h.Number, "issuer": h.Issuer, "subject": h.Subject,
		"signatory's name": h.Signatory.Name, "signatory's position": h.Signatory.Position} {
		if len(s) > maxSubject {
			return fmt.Errorf("the %s has %d bytes: give at most %d", what, len(s), maxSubject)
		}
	}
	if strings.TrimSpace(h.Kind) == "" {
		return fmt.Errorf("the letter has no kind: give one, such as Công văn")
	}
	moved := func(spans *[]scheduler.Span, changed bool) {
		if changed {
			*spans = nil
		}
	}
	moved(&d.Spans.Kind, d.Kind != h.Kind)
	moved(&d.Spans.Number, d.Number != h.Number)
	moved(&d.Spans.Date, d.Date != h.Date)
	moved(&d.Spans.Issuer, d.Issuer != h.Issuer)
	moved(&d.Spans.Subject, d.Subject != h.Subject)
	moved(&d.Spans.Signatory, d.Signatory != h.Signatory)
	d.Kind, d.Number, d.Date, d.Issuer, d.Subject, d.Signatory = oneLine(h.Kind), h.Number, h.Date, oneLine(h.Issuer), oneLine(h.Subject),
		scheduler.Signatory{Name: oneLine(h.Signatory.Name), Position: oneLine(h.Signatory.Position)}
	d.Draft = blank(d.Number, d.Date) && (d.Draft || !was)
	return nil
}

func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }

// blank reports whether a letter has no number or no day.
func blank(number string, date scheduler.Date) bool {
	return number == "" || !unicode.IsDigit(rune(number[0])) || date.Day == 0
}

func (k corrector) words(w scheduler.TopicWords) error {
	i, err := k.topic(w.Topic)
	if err != nil {
		return err
	}
	t := &k.d.Topics[i]
	title, words := oneLine(w.Title), strings.TrimSpace(w.Text)
	switch {
	case title == "":
		return fmt.Errorf("topic %d has no title: give one line that people recognise it by", w.Topic)
	case words == "":
		return fmt.Errorf("topic %d has no text: drop the topic if there is nothing to publicise", w.Topic)
	case len(words) > maxWords || utf8.RuneCountInString(title) > 2*maxTitle:
		return fmt.Errorf("topic %d is too long: give a title of at most %d letters and a text of at most %d bytes", w.Topic, 2*maxTitle, maxWords)
	}
	t.Title, t.Text, t.Section = title, words, oneLine(w.Section)
	return nil
}
