package letter

import "loaphuong/scheduler"

// topicAt reads one topic from stretches of a cleaned letter of the given date,
// and nothing else from it: what a person has said is a topic is one, whatever
// its words. Its ordinal and section are not set. Where the stretches hold only
// white space the topic is empty.
func topicAt(text string, spans []scheduler.Span, letter scheduler.Date) scheduler.Topic {
	d := &draft{}
	for _, par := range paragraphs(text, linesIn(text, spans)) {
		p := newProse(par, letter)
		d.parts = append(d.parts, segment{p, 0, len(p.text)})
		for _, m := range p.demands {
			d.demands = append(d.demands, m.Demand)
		}
	}
	if len(d.parts) == 0 {
		return scheduler.Topic{Citations: []scheduler.Citation{}, Demands: []scheduler.Demand{}}
	}
	if p := d.parts[0].prose; len(p.clauses) > 0 {
		if s := p.starts(p.clauses[0], true); len(s) > 0 {
			d.main, d.titleAt = s[0].main, s[0].at
		}
	}
	t := d.topic(0)
	if t.Title == "" {
		t.Title = shorten(trimTitle(t.Text))
	}
	return t
}

// linesIn are the lines that stretches of a letter take.
func linesIn(text string, spans []scheduler.Span) []line {
	var out []line
	for _, s := range spans {
		for _, l := range linesOf(text[s.From:s.To]) {
			l.at += s.From
			out = append(out, l)
		}
	}
	return out
}
