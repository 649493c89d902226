package letter

import (
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"loaphuong/scheduler"
)

// split cuts a topic. The second part is read afresh; documents and demands go
// with the words they stand in, those that a person typed stay with the first.
func (k corrector) split(s scheduler.TopicSplit) error {
	i, err := k.topic(s.Topic)
	if err != nil {
		return err
	}
	t := k.d.Topics[i]
	if s.Before != "" {
		s.At = findWithin(k.text, t.Spans, s.Before)
	}
	first, second := cutSpans(k.text, t.Spans, s.At)
	switch {
	case s.Before != "" && s.At == 0:
		return fmt.Errorf("topic %d has no words %q: give words as they stand in the letter", s.Topic, s.Before)
	case len(t.Spans) == 0:
		return fmt.Errorf("topic %d was typed by a person: add a topic and shorten this one", s.Topic)
	case !haveWords(k.text, first) || !haveWords(k.text, second):
		return fmt.Errorf("topic %d cannot be split at byte %d: choose a place inside its words", s.Topic, s.At)
	}
	a, b := topicAt(k.text, first, k.d.Date), topicAt(k.text, second, k.d.Date)
	a.Title, a.Section, b.Section, a.Ordinal, b.Ordinal = t.Title, t.Section, t.Section, t.Ordinal, 0
	a.Citations, b.Citations = partition(t.Citations, func(c scheduler.Citation) bool { return beginsIn(c.Spans, second) })
	a.Demands, b.Demands = partition(t.Demands, func(m scheduler.Demand) bool { return beginsIn(m.Spans, second) })
	k.d.Topics = slices.Replace(k.d.Topics, i, i+1, a, b)
	return nil
}

// haveWords reports whether anything can be said of what stands in the spans.
func haveWords(text string, spans []scheduler.Span) bool {
	return slices.ContainsFunc(spans, func(s scheduler.Span) bool { return strings.ContainsFunc(text[s.From:s.To], unicode.IsLetter) })
}

// cutSpans parts spans at a byte; white space falls away at the cut.
func cutSpans(text string, spans []scheduler.Span, at int) (before, after []scheduler.Span) {
	for _, s := range spans {
		if l := trimSpan(text, scheduler.Span{From: s.From, To: min(s.To, max(at, s.From))}); l.To > l.From {
			before = append(before, l)
		}
		if r := trimSpan(text, scheduler.Span{From: max(s.From, min(at, s.To)), To: s.To}); r.To > r.From {
			after = append(after, r)
		}
	}
	return before, after
}

// trimSpan takes white space off both ends of a span, and moves its ends to
// where runes begin.
func trimSpan(text string, s scheduler.Span) scheduler.Span {
	for s.From < s.To && !utf8.RuneStart(at(text, s.From)) {
		s.From++
	}
	for s.To > s.From && !utf8.RuneStart(at(text, s.To)) {
		s.To--
	}
	words := text[s.From:s.To]
	s.From += len(words) - len(strings.TrimLeftFunc(words, unicode.IsSpace))
	s.To -= len(words) - len(strings.TrimRightFunc(words, unicode.IsSpace))
	return scheduler.Span{From: s.From, To: max(s.From, s.To)}
}

func beginsIn(spans, among []scheduler.Span) bool {
	return len(spans) > 0 && slices.ContainsFunc(among, func(s scheduler.Span) bool { return s.From <= spans[0].From && spans[0].From < s.To })
}

// partition parts a list; both parts are never nil.
func partition[T any](all []T, second func(T) bool) (a, b []T) {
	a, b = []T{}, []T{}
	for _, v := range all {
		if second(v) {
			b = append(b, v)
		} else {
			a = append(a, v)
		}
	}
	return a, b
}

// merge joins a topic to the one before it.
func (k corrector) merge(ordinal int) error {
	i, err := k.topic(ordinal)
	if err != nil {
		return err
	}
	if i == 0 {
		return fmt.Errorf("topic %d is the first: there is none before it to join it to", ordinal)
	}
	a, b := k.d.Topics[i-1], k.d.Topics[i]
	var cites unique
	for _, c := range slices.Concat(a.Citations, b.Citations) {
		cites.add(c)
	}
	a.Text = a.Text + " " + b.Text
	a.Citations = cites.all()
	a.Demands = slices.Concat(a.Demands, b.Demands)
	a.Spans = slices.Concat(a.Spans, b.Spans)
	k.d.Topics = slices.Replace(k.d.Topics, i-1, i+1, a)
	return nil
}

// drop takes a topic out. The letter goes on citing what it cites.
func (k corrector) drop(ordinal int) error {
	i, err := k.topic(ordinal)
	if err == nil {
		k.d.Topics = slices.Delete(k.d.Topics, i, i+1)
	}
	return err
}

// add makes a topic where it stands in the letter, or, of words that do not
// stand there, the last.
func (k corrector) add(a scheduler.TopicAdd) error {
	t, err := k.newTopic(a)
	if err != nil {
		return err
	}
	i := len(k.d.Topics)
	if len(t.Spans) > 0 {
		if at := slices.IndexFunc(k.d.Topics, func(o scheduler.Topic) bool { return len(o.Spans) > 0 && o.Spans[0].From > t.Spans[0].From }); at >= 0 {
			i = at
		}
	}
	k.d.Topics = slices.Insert(k.d.Topics, i, t)
	k.cite(t.Citations)
	return nil
}

func (k corrector) newTopic(a scheduler.TopicAdd) (scheduler.Topic, error) {
	span := a.Span
	if span.From < 0 || span.To > len(k.text) || span.From > span.To {
		return scheduler.Topic{}, fmt.Errorf("there are no bytes %d to %d: the letter has %d", span.From, span.To, len(k.text))
	}
	words := strings.TrimSpace(a.Words)
	if span.From == span.To {
		if span = find(k.text, words); span.From == span.To {
			return k.typedTopic(words)
		}
	}
	if span = trimSpan(k.text, span); !haveWords(k.text, []scheduler.Span{span}) || span.To-span.From > maxWords {
		return scheduler.Topic{}, fmt.Errorf("a topic of %d bytes: choose words of the letter, at most %d bytes", span.To-span.From, maxWords)
	}
	for _, t := range k.d.Topics {
		if slices.ContainsFunc(t.Spans, func(s scheduler.Span) bool { return s.From < span.To && span.From < s.To }) {
			return scheduler.Topic{}, fmt.Errorf("these words stand in topic %d already: split that topic instead", t.Ordinal)
		}
	}
	return topicAt(k.text, []scheduler.Span{span}, k.d.Date), nil
}

// typedTopic is a topic of words that do not stand in the letter.
func (k corrector) typedTopic(words string) (scheduler.Topic, error) {
	if !strings.ContainsFunc(words, unicode.IsLetter) || len(words) > maxWords {
		return scheduler.Topic{}, fmt.Errorf("a topic of %d bytes: give its words, at most %d bytes", len(words), maxWords)
	}
	words, err := Clean(words)
	if err != nil {
		return scheduler.Topic{}, err
	}
	t := topicAt(words, []scheduler.Span{{From: 0, To: len(words)}}, k.d.Date)
	t.Spans = nil
	for i := range t.Citations {
		t.Citations[i].Spans = nil
	}
	for i := range t.Demands {
		t.Demands[i].Spans = nil
	}
	return t, nil
}

// findWithin is where words stand behind the beginning of spans, or 0.
func findWithin(text string, spans []scheduler.Span, words string) int {
	for i, s := range spans {
		from := s.From
		if i == 0 {
			from++ // a part cannot be empty
		}
		if found := find(text[from:s.To], words); found.To > found.From {
			return from + found.From
		}
	}
	return 0
}

// find looks for words in a text, with any white space between them. The span
// is empty when they are not there.
func find(text, words string) scheduler.Span {
	wanted := strings.Fields(words)
	if len(wanted) == 0 {
		return scheduler.Span{}
	}
	for from := 0; ; from++ {
		i := strings.Index(text[from:], wanted[0])
		if i < 0 {
			return scheduler.Span{}
		}
		from += i
		if to := follows(text, from, wanted); to > from {
			return scheduler.Span{From: from, To: to}
		}
	}
}

// follows is the end of the words where they stand at byte i, or 0.
func follows(text string, i int, words []string) int {
	for n, w := range words {
		if n > 0 {
			rest := strings.TrimLeftFunc(text[i:], unicode.IsSpace)
			i = len(text) - len(rest)
		}
		if !strings.HasPrefix(text[i:], w) {
			return 0
		}
		i += len(w)
	}
	return i
}
