package letter

import (
	"slices"
	"strings"

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
	main    *cited    // the document it is about, or nil
	titleAt int       // where the order begins in the first segment
	lead    []segment // the heading that it stands under alone
	parts   []segment
	notes   []segment // what a table says about it in other columns
	place   int       // which paragraph of the letter it begins in
	annexed bool      // it stands in an appendix
}

// segments are all the stretches of a topic.
func (d *draft) segments() []segment {
	return slices.Concat(d.lead, d.parts, d.notes)
}

// drafter collects topics as it walks the outline.
type drafter struct {
	topics  []*draft
	path    []string  // the labels of the sections around the walk
	annexed bool      // it reads an appendix behind other topics
	place   int       // of the paragraph that is read
	lead    []segment // a heading that is still to be taken into a topic
}

// walk reads an item and those below it. With listed the item is one of a list
// of topics and begins one whatever its words; within a topic, what begins none
// goes on with it.
func (w *drafter) walk(it *item, section string, listed, within bool) {
	it.first, w.place = len(w.topics), it.place
	defer func() { it.last = len(w.topics) }()
	if it.label != "" {
		section = it.label
		w.path = append(w.path, it.step())
		defer func() { w.path = w.path[:len(w.path)-1] }()
	}
	switch {
	case it.aside() && !it.overRows():
		return
	case it.level == levelPlain && it.closes():
		return
	case it.level == levelCell:
		if it.about {
			w.annotate(it.prose)
		}
	case it.aside():
		it.heads, listed = true, true
	case it.lists():
		w.read(it.prose, section, false, 1)
		it.heads, listed = true, true
	case it.leads():
		it.heads, listed = true, true
	case it.titlesText():
		w.lead = []segment{{it.prose, 0, len(it.text)}}
		it.heads, listed, within = true, false, true
	default:
		begins := listed || it.orders() || it.commands() || it.tellsStation() || it.ordersInPhase() || it.airedRow()
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
// topic: a document without a verb only goes on with a list of documents, and
// those under one head, "các Quyết định của Chính phủ số: …", are one topic.
func (w *drafter) goesOn(p *prose, c clause, s start) bool {
	if s.main != nil && s.main.headed && s.main.from == s.main.number {
		return false
	}
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
		w.topics = append(w.topics, &draft{section: section, path: slices.Clone(w.path), main: s.main, titleAt: s.at, place: w.place, annexed: w.annexed, lead: w.lead, parts: []segment{{p, at, end}}})
		w.lead = nil
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
	if w.annexed = len(w.topics) > 0; !w.annexed || o.ordersAnnex(w.topics) {
		for _, it := range o.annex {
			w.walk(it, "", true, false)
		}
	}
	if len(w.topics) == 0 {
		w.readPlain(o.intro)
	}
	if len(w.topics) == 0 && !asked && o.listsMatters() {
		for _, it := range o.list {
			w.walk(it, "", true, false)
		}
	}
	if len(w.topics) == 0 {
		w.readPlain(o.closing)
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
	words := len(d.lead) + len(d.parts)
	for i, s := range d.segments() {
		for j := s.firstCited(s.from); j < len(s.cited) && s.cited[j].from < s.to; j++ {
			cites.add(s.cited[j].Citation)
		}
		if i < words {
			said := trimPart(s.text[s.from:s.to], i == words-1)
			left := len(s.text[s.from:s.to]) - len(strings.TrimLeft(s.text[s.from:s.to], " "))
			texts = append(texts, said)
			for _, span := range s.spans(s.from+left, s.from+left+len(said)) {
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
	cut, runes := "", 0
	for i := range s {
		if runes++; runes == maxTitle-1 {
			cut = s[:i]
		}
		if runes > maxTitle {
			break
		}
	}
	if runes <= maxTitle {
		return s
	}
	if space := strings.LastIndexByte(cut, ' '); space > 0 {
		cut = cut[:space]
	}
	return strings.TrimRight(cut, " ,;:-") + " …"
}
