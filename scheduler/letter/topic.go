package letter

import (
	"slices"
	"strings"
	"unicode/utf8"

	"loaphuong/scheduler"
)

// segment is a stretch of one paragraph.
type segment struct {
	*prose
	from, to int
}

// draft is a topic while it is being read.
type draft struct {
	section string
	path    []string // the labels of the sections around it, the outermost first
	demands []scheduler.Demand
	main    *cited // the document it is about, or nil
	titleAt int    // where the order begins in the first segment
	parts   []segment
	notes   []segment // what a table says about it in other columns
}

// drafter collects topics as it walks the outline.
type drafter struct {
	topics []*draft
	path   []string // the labels of the sections around the walk
}

// walk reads an item and those below it. With listed the item is one of a list
// of topics and begins one whatever its words; within a topic, what begins none
// goes on with it.
func (w *drafter) walk(it *item, section string, listed, within bool) {
	if it.label != "" {
		section = it.label
		w.path = append(w.path, it.label)
		defer func() { w.path = w.path[:len(w.path)-1] }()
	}
	switch {
	case it.aside():
		return
	case it.level == levelPlain && it.closes():
		return
	case it.level == levelCell:
		w.annotate(it.prose)
	case it.lists():
		w.read(it.prose, section, false, 1)
		listed = true
	case it.leads():
		listed = true
	default:
		begins := listed || it.orders() || it.commands() || it.tellsStation()
		if begins || within {
			w.read(it.prose, section, begins, 0)
		}
		listed, within = false, within || begins
	}
	for _, sub := range it.below {
		w.walk(sub, section, listed, within)
	}
}

// annotate adds the other columns of a row to the topic of that row.
func (w *drafter) annotate(p *prose) {
	if n := len(w.topics); n > 0 {
		w.topics[n-1].notes = append(w.topics[n-1].notes, segment{p, 0, len(p.text)})
	}
}

// read goes through the clauses of a paragraph from the given one on. Clauses
// that begin no topic explain the topic before; one that ends in a colon leads
// to the next.
func (w *drafter) read(p *prose, section string, fresh bool, first int) {
	held := -1
	for i := first; i < len(p.clauses); i++ {
		c := p.clauses[i]
		from := c.from
		if held >= 0 {
			from = held
		}
		starts := p.starts(c, fresh && i == first)
		if len(starts) > 0 && !(fresh && i == first) && !w.goesOn(p, c, starts[0]) {
			starts = nil
		}
		switch {
		case len(starts) > 0:
			w.begin(p, section, starts, from, c.next)
		case c.end == ':' && i+1 < len(p.clauses):
			held = from
			continue
		case fresh:
			w.begin(p, section, []start{{at: from}}, from, c.next)
		default:
			w.extend(p, from, c.next)
		}
		held, fresh = -1, false
	}
}

// goesOn reports whether a clause that is not the first of its item may begin a
// topic: a document without a verb only goes on with a list of documents.
func (w *drafter) goesOn(p *prose, c clause, s start) bool {
	if s.main == nil || spreads.MatchString(p.fold[c.from:max(s.main.from, c.from)]) || len(w.topics) == 0 {
		return true
	}
	last := w.topics[len(w.topics)-1]
	return last.main != nil && last.parts[len(last.parts)-1].prose == p
}

// begin opens a topic at each start; the first takes in what was held back.
func (w *drafter) begin(p *prose, section string, starts []start, from, to int) {
	for i, s := range starts {
		end := to
		if i+1 < len(starts) {
			end = starts[i+1].at
		}
		at := s.at
		if i == 0 {
			at = from
		}
		w.topics = append(w.topics, &draft{section: section, path: slices.Clone(w.path), main: s.main, titleAt: s.at, parts: []segment{{p, at, end}}})
	}
}

// extend adds to the topic before, if there is one.
func (w *drafter) extend(p *prose, from, to int) {
	if len(w.topics) == 0 {
		return
	}
	last := w.topics[len(w.topics)-1]
	if n := len(last.parts); last.parts[n-1].prose == p {
		last.parts[n-1].to = to
		return
	}
	last.parts = append(last.parts, segment{p, from, to})
}

// topicsOf reads the topics of a body: of its list, or else of the appendix
// that it sends along, or else of its running text, or else whatever it lists.
func topicsOf(o outline) []*draft {
	w := &drafter{}
	asked := o.asked()
	for _, it := range o.list {
		w.walk(it, "", asked, false)
	}
	if len(w.topics) == 0 {
		for _, it := range o.annex {
			w.walk(it, "", true, false)
		}
	}
	if len(w.topics) == 0 {
		w.readPlain(append(slices.Clone(o.intro), o.closing...))
	}
	if len(w.topics) == 0 {
		w.readAny(o.intro)
	}
	if len(w.topics) == 0 && !asked {
		for _, it := range o.list {
			w.walk(it, "", true, false)
		}
	}
	return w.topics
}

// topic finishes a draft.
func (d *draft) topic(ordinal int) scheduler.Topic {
	t := scheduler.Topic{Section: d.section, Ordinal: ordinal, Title: d.title(), Demands: append([]scheduler.Demand{}, d.demands...)}
	var texts []string
	var cites unique
	for i, s := range append(slices.Clone(d.parts), d.notes...) {
		for j := s.firstCited(s.from); j < len(s.cited) && s.cited[j].from < s.to; j++ {
			cites.add(s.cited[j].Citation)
		}
		if i < len(d.parts) {
			words := trimPart(s.text[s.from:s.to], i == len(d.parts)-1)
			left := len(s.text[s.from:s.to]) - len(strings.TrimLeft(s.text[s.from:s.to], " "))
			texts = append(texts, words)
			for _, span := range s.spans(s.from+left, s.from+left+len(words)) {
				t.Spans = s.extended(t.Spans, span)
			}
		}
	}
	t.Text = strings.Join(texts, " ")
	t.Citations = cites.all()
	return t
}

// trimPart takes white space off a part of a topic, and off the last one also
// the words that lead to the next topic.
func trimPart(s string, last bool) string {
	s = strings.TrimSpace(s)
	if !last {
		return s
	}
	return trimTopic(s)
}

// trimTopic takes the words that lead to the next topic off the end.
func trimTopic(s string) string {
	s = strings.TrimRight(s, " ;,")
	s = strings.TrimSuffix(s, "/.") // a letter's last mark is "./."
	return strings.TrimRight(strings.TrimSuffix(s, " và"), " ;,")
}

// maxTitle bounds a title in runes; a person sees it on one line.
const maxTitle = 110

// title is the document the topic is about, in the letter's words, or else the
// first words of the order.
func (d *draft) title() string {
	p := d.parts[0]
	if m := d.main; m != nil {
		words := p.text[m.from:m.to]
		if m.from == m.number { // one of several behind a common "các Công văn số"
			words = m.Kind + " số " + words
		}
		return shorten(trimTitle(words))
	}
	stop, _ := p.boundary(d.titleAt, p.to)
	return shorten(trimTitle(capitalised(p.text[d.titleAt:max(stop, d.titleAt)])))
}

func trimTitle(s string) string { return strings.Trim(s, " ,.;:…") }

// shorten cuts a title between words and marks the cut.
func shorten(s string) string {
	if utf8.RuneCountInString(s) <= maxTitle {
		return s
	}
	cut := string([]rune(ahead(s, 0, 4*maxTitle))[:maxTitle-2])
	if space := strings.LastIndexByte(cut, ' '); space > 0 {
		cut = cut[:space]
	}
	return strings.TrimRight(cut, " ,;:-") + " …"
}
