package letter

import (
	"fmt"

	"loaphuong/scheduler"
)

// Bounds on what a letter holds. They are far above any real letter and keep a
// hostile one from filling the memory or the screen.
const (
	maxCitations = 1000
	maxTopics    = 500
	maxDemands   = 1000
)

// Parse reads a letter from its text, which must be UTF-8. Its ID is that of
// the text in composed characters, so that the same letter saved by two
// programs is one letter. The errors wrap [ErrNotALetter], [ErrNotUTF8] or
// [ErrTooLarge] and say what to do.
//
// Slices of the directive are empty rather than nil.
func Parse(text string) (scheduler.Directive, error) {
	text, err := clean(text)
	if err != nil {
		return scheduler.Directive{}, fmt.Errorf("read letter: %w", err)
	}
	parts := divide(text)
	head := readHead(parts.head)
	body, err := outlineOf(parts.body, head)
	if err != nil {
		return scheduler.Directive{}, fmt.Errorf("read letter: %w", err)
	}
	d := head.directive()
	d.ID = scheduler.DirectiveIDOf(text)
	drafts := topicsOf(body)
	if len(drafts) > maxTopics {
		return scheduler.Directive{}, fmt.Errorf("read letter: %w", tooMany("topics", maxTopics))
	}
	fill(&d, head, body, drafts)
	if !head.found && !parts.addressed && len(d.Citations) == 0 && (len(d.Topics) == 0 || !body.asks()) {
		return scheduler.Directive{}, fmt.Errorf(`read letter: %w: expected a number ("Số: …"), addressees ("Kính gửi"), a cited document or something to publicise, and found none: give the text of the letter itself`, ErrNotALetter)
	}
	return d, nil
}

func tooMany(what string, limit int) error {
	return fmt.Errorf("%w: it has more than %d %s: give the letter alone, without its appendices", ErrTooLarge, limit, what)
}

// directive is a directive of which only the letterhead is known.
func (h letterhead) directive() scheduler.Directive {
	return scheduler.Directive{
		Kind: h.kind, Number: h.number, Date: h.date, Issuer: h.issuer, Subject: h.subject, Draft: h.draft(),
		Topics: []scheduler.Topic{}, Demands: []scheduler.Demand{},
	}
}

// fill puts topics, citations and demands into a directive. A demand belongs
// to the topic it stands in, any other to the letter.
func fill(d *scheduler.Directive, head letterhead, body outline, drafts []*draft) {
	taken := map[*prose][]segment{}
	for i, draft := range drafts {
		d.Topics = append(d.Topics, draft.topic(i+1))
		for _, s := range draft.parts {
			taken[s.prose] = append(taken[s.prose], s)
		}
	}
	var cites unique
	for _, c := range newProse(head.subject, head.date).cited {
		cites.add(c.Citation)
	}
	for _, it := range body.all {
		for _, c := range it.cited {
			cites.add(c.Citation)
		}
		for _, dem := range it.demands {
			if !within(taken[it.prose], dem.from) {
				d.Demands = append(d.Demands, dem.Demand)
			}
		}
	}
	d.Citations = cites.all()
}

func within(parts []segment, at int) bool {
	for _, s := range parts {
		if s.from <= at && at < s.to {
			return true
		}
	}
	return false
}

// own reports whether a citation is of the letter itself.
func (h letterhead) own(c scheduler.Citation) bool {
	return c.Number == h.number && (c.Date.IsZero() || c.Date == h.date)
}

// asks reports whether anything in the body is to be made known.
func (o outline) asks() bool {
	for _, it := range o.all {
		if spreads.MatchString(it.fold) {
			return true
		}
	}
	return false
}
