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
	main    *cited // the document it is about, or nil
	titleAt int    // where the order begins in the first segment
	parts   []segment
}

// drafter collects topics as it walks the outline.
type drafter struct{ topics []*draft }

// walk reads an item and those below it. With listed the item is one of a list
// of topics and begins one whatever its words.
func (w *drafter) walk(it *item, section string, listed bool) {
	if it.label != "" {
		section = it.label
	}
	switch {
	case it.aside():
		return
	case it.lists():
		w.read(it.prose, section, false, 1)
		listed = true
	case it.leads():
		listed = true
	default:
		w.read(it.prose, section, listed || it.orders(), 0)
		listed = false
	}
	for _, sub := range it.below {
		w.walk(sub, section, listed)
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
		w.topics = append(w.topics, &draft{section: section, main: s.main, titleAt: s.at, parts: []segment{{p, at, end}}})
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

// topicsOf reads the topics of a body.
func topicsOf(o outline) []*draft {
	w := &drafter{}
	for _, it := range o.list {
		w.walk(it, "", true)
	}
	if len(w.topics) == 0 {
		w.readPlain(append(slices.Clone(o.intro), o.closing...))
	}
	return w.topics
}

// readPlain reads a body without a list that orders. A paragraph that begins
// with an order is read like a list item; failing that, the first one that
// asks for something to be made known is one topic.
func (w *drafter) readPlain(items []*item) {
	for _, it := range items {
		switch {
		case it.orders():
			w.read(it.prose, "", true, 0)
		case len(w.topics) == 0:
			w.readRequest(it.prose)
		case !it.closes():
			w.extend(it.prose, 0, len(it.text))
		}
	}
}

// readRequest makes one topic of a paragraph that asks for something to be
// made known: "Sở Y tế đề nghị các đài tuyên truyền …".
func (w *drafter) readRequest(p *prose) {
	ask := requestWord.FindStringIndex(p.fold)
	if ask == nil {
		return
	}
	if verb := spreads.FindStringIndex(p.fold[ask[1]:]); verb != nil {
		at := ask[1] + verb[0]
		w.topics = append(w.topics, &draft{titleAt: at, parts: []segment{{p, 0, len(p.text)}}})
	}
}

// topic finishes a draft.
func (d *draft) topic(ordinal int) scheduler.Topic {
	t := scheduler.Topic{Section: d.section, Ordinal: ordinal, Title: d.title(), Demands: []scheduler.Demand{}}
	var texts []string
	var cites unique
	for _, s := range d.parts {
		texts = append(texts, strings.TrimSpace(s.text[s.from:s.to]))
		t.Demands = append(t.Demands, s.demandsWithin(s.from, s.to)...)
		for i := s.firstCited(s.from); i < len(s.cited) && s.cited[i].from < s.to; i++ {
			cites.add(s.cited[i].Citation)
		}
	}
	t.Text = trimTopic(strings.Join(texts, " "))
	t.Citations = cites.all()
	return t
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
