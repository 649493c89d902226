package web

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"loaphuong/scheduler"
)

// mark says what a stretch of a letter's text was understood as.
type mark struct {
	scheduler.Span
	key   string // of the field on the page
	class string
	topic int // its ordinal, of a topic
}

// piece is a stretch of text over which the same marks stand.
type piece struct {
	Text    string
	Class   string
	Of      string // the keys of its marks, the outermost first
	Anchors []anchor
}

// anchor is where a field begins in the text.
type anchor struct {
	Key    string
	Topic  int  // the ordinal, of a topic
	Beside bool // another topic begins on its line, whose number has the margin
}

// cut cuts a text at every end of every mark, so that stretches that overlap in
// any way can be told apart. The texts of the pieces together are the text.
// Marks that reach outside the text or into a character are drawn in.
func cut(text string, marks []mark) []piece {
	marks = fitting(text, marks)
	ends := []int{0, len(text)}
	for _, m := range marks {
		ends = append(ends, m.From, m.To)
	}
	slices.Sort(ends)
	ends = slices.Compact(ends)
	slices.SortStableFunc(marks, func(a, b mark) int { return cmp.Compare(a.From, b.From) })
	var pieces []piece
	var over []mark
	begun := map[string]bool{}
	taken := -2 // the end of the line before the one whose margin has a number
	for i, from := range ends[:len(ends)-1] {
		over = slices.DeleteFunc(over, func(m mark) bool { return m.To <= from })
		p := piece{Text: text[from:ends[i+1]]}
		for len(marks) > 0 && marks[0].From == from {
			if m := marks[0]; !begun[m.key] {
				begun[m.key] = true
				line := strings.LastIndexByte(text[:from], '\n')
				p.Anchors = append(p.Anchors, anchor{m.key, m.topic, m.topic > 0 && line == taken})
				if m.topic > 0 {
					taken = line
				}
			}
			over, marks = append(over, marks[0]), marks[1:]
		}
		p.Class, p.Of = stacked(over)
		pieces = append(pieces, p)
	}
	return pieces
}

// fitting draws marks in to whole characters of the text, and leaves out those
// of which nothing remains.
func fitting(text string, marks []mark) []mark {
	var kept []mark
	for _, m := range marks {
		m.From, m.To = onRune(text, m.From), onRune(text, m.To)
		if m.From < m.To {
			kept = append(kept, m)
		}
	}
	return kept
}

// onRune is the beginning of the character that holds the byte at, within text.
func onRune(text string, at int) int {
	at = min(max(at, 0), len(text))
	for at > 0 && at < len(text) && !utf8.RuneStart(text[at]) {
		at--
	}
	return at
}

// stacked are the classes and the keys of marks over one piece. The shortest
// comes last: it is the one meant by whoever points at the piece.
func stacked(over []mark) (class, of string) {
	over = slices.Clone(over)
	slices.SortStableFunc(over, func(a, b mark) int { return cmp.Compare(b.To-b.From, a.To-a.From) })
	var classes, keys []string
	for _, m := range over {
		classes, keys = append(classes, m.class), append(keys, m.key)
	}
	slices.Sort(classes)
	return strings.Join(slices.Compact(classes), " "), strings.Join(keys, " ")
}

// marksOf are the marks of everything that was read of a letter. The keys are
// those of the fields: "head-number", "topic-1", "cite-1-0", "demand-0-2", of
// which 0 in the second place is the whole letter.
func marksOf(d scheduler.Directive) []mark {
	var all []mark
	add := func(key, class string, topic int, spans []scheduler.Span) {
		for _, s := range spans {
			all = append(all, mark{s, key, class, topic})
		}
	}
	for _, h := range headSpans(d) {
		add("head-"+h.field, "head", 0, h.spans)
	}
	for i, t := range d.Topics {
		add(fmt.Sprintf("topic-%d", t.Ordinal), [...]string{"even", "odd"}[i%2], t.Ordinal, t.Spans)
	}
	for _, t := range append([]scheduler.Topic{wholeLetter(d)}, d.Topics...) {
		for i, c := range t.Citations {
			add(fmt.Sprintf("cite-%d-%d", t.Ordinal, i), "cite", 0, c.Spans)
		}
		for i, m := range t.Demands {
			add(fmt.Sprintf("demand-%d-%d", t.Ordinal, i), "ask", 0, m.Spans)
		}
	}
	return all
}

// headSpan is where a field of the letterhead stands.
type headSpan struct {
	field string
	spans []scheduler.Span
}

func headSpans(d scheduler.Directive) []headSpan {
	s := d.Spans
	return []headSpan{
		{"kind", s.Kind}, {"number", s.Number}, {"date", s.Date},
		{"issuer", s.Issuer}, {"subject", s.Subject}, {"signatory", s.Signatory},
	}
}

// wholeLetter is what belongs to no topic, as topic 0: the demands on all of
// them, and the documents that none of them cites.
func wholeLetter(d scheduler.Directive) scheduler.Topic {
	type key struct {
		number, issuer string
		date           scheduler.Date
	}
	of := func(c scheduler.Citation) key { return key{c.Number, c.Issuer, c.Date} }
	inTopics := map[key]bool{}
	for _, t := range d.Topics {
		for _, c := range t.Citations {
			inTopics[of(c)] = true
		}
	}
	rest := scheduler.Topic{Demands: d.Demands}
	for _, c := range d.Citations {
		if !inTopics[of(c)] {
			rest.Citations = append(rest.Citations, c)
		}
	}
	return rest
}
