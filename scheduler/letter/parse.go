package letter

import (
	"fmt"
	"slices"

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
	text, err := Clean(text)
	if err != nil {
		return scheduler.Directive{}, fmt.Errorf("read letter: %w", err)
	}
	parts := divide(text)
	head := readHead(text, parts.head)
	head.takeSignatory(parts.foot)
	body, err := outlineOf(parts, head)
	if err != nil {
		return scheduler.Directive{}, fmt.Errorf("read letter: %w", err)
	}
	drafts := topicsOf(body)
	if len(drafts) > maxTopics {
		return scheduler.Directive{}, fmt.Errorf("read letter: %w", tooMany("topics", maxTopics))
	}
	d := head.directive()
	d.ID = scheduler.DirectiveIDOf(text)
	a := newAssembly(&d, drafts)
	for _, p := range head.prose() {
		a.take(&item{prose: p})
	}
	for _, it := range body.all {
		a.take(it)
	}
	a.finish()
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
		Kind: h.kind, Number: h.number, Date: h.date, Issuer: h.issuer, Subject: h.subject.text, Draft: h.draft(),
		Signatory: h.signatory, Spans: h.spans,
		Topics: []scheduler.Topic{}, Demands: []scheduler.Demand{},
	}
}

// prose is what the letterhead says in words: its subject, and what it remarks
// in brackets below. Its demands are those of the letter it speaks of.
func (h letterhead) prose() []*prose {
	var out []*prose
	for _, words := range []passage{h.subject, h.remark} {
		p := newProse(paragraph{passage: words}, h.date)
		p.cited = h.others(p.cited)
		p.demands = nil
		out = append(out, p)
	}
	return out
}

// others is the citations without those of the letter itself.
func (h letterhead) others(all []cited) []cited {
	return slices.DeleteFunc(all, func(c cited) bool { return h.own(c.Citation) })
}

// own reports whether a citation is of the letter itself.
func (h letterhead) own(c scheduler.Citation) bool {
	return h.numbered() && c.Number == h.number && (c.Date.IsZero() || c.Date == h.date)
}
