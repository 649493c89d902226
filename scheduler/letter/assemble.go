package letter

import (
	"slices"

	"loaphuong/scheduler"
)

// assembly puts topics, citations and demands into a directive.
type assembly struct {
	directive *scheduler.Directive
	drafts    []*draft
	owner     map[*prose][]owned // which stretch of a paragraph is whose
	named     map[int]bool       // topics of which a demand has spoken
	ordered   int                // how many drafts the body has; the others are of its appendix
	compared  int                // how often topics were compared with words
	closers   map[string]int     // how paragraphs that close items begin, and of which level those are
	groups    []*item            // the headings over topics
	cites     unique
}

// owned is a stretch of a paragraph that belongs to a topic.
type owned struct {
	segment
	draft int
}

func newAssembly(d *scheduler.Directive, drafts []*draft) *assembly {
	a := &assembly{directive: d, drafts: drafts, owner: map[*prose][]owned{}, named: map[int]bool{}, closers: map[string]int{}}
	for i, draft := range drafts {
		for _, s := range draft.segments() {
			a.owner[s.prose] = append(a.owner[s.prose], owned{s, i})
		}
		if !draft.annexed {
			a.ordered = i + 1
		}
	}
	return a
}

// take reads documents and demands of a paragraph.
func (a *assembly) take(it *item) {
	for _, c := range it.cited {
		a.cites.add(c.Citation)
	}
	for _, d := range it.demands {
		a.give(it, d)
	}
	if it.heads && it.last > it.first {
		a.groups = append(a.groups, it)
	}
}

// meant are the topics that a demand is of: those that it names, or else the
// one it stands in, or else those it describes, or else those around it. None
// of them is the letter.
func (a *assembly) meant(it *item, d demanded) []int {
	to := a.labelled(it, d)
	if len(to) == 0 {
		to = a.annexedBy(it, d)
	}
	if len(to) == 0 {
		to = a.lastFew(it, d)
	}
	if len(to) == 0 && !a.leaves(it, d) {
		to = a.sharing(it.prose, d, a.ownerOf(it.prose, d.from))
	}
	if len(to) == 0 {
		to = a.wordedLike(it.prose, d)
	}
	if len(to) == 0 {
		to = a.described(it, d)
	}
	if len(to) == 0 {
		to = a.byPlace(it, d)
	}
	return to
}

// labelled are the topics whose sections a demand names. Of sections with the
// same label, those around the demand are meant.
func (a *assembly) labelled(it *item, d demanded) []int {
	if d.refs == nil {
		return nil
	}
	drafts := a.drafts[:a.ordered]
	if it.annexed || it.saysAnnex {
		drafts = a.drafts
	}
	var to []int
	around := it.around()
	far := func(i int) bool { return around == nil || i < around.first || i >= around.last }
	for _, r := range d.refs {
		all := targets(drafts, []ref{r}, a.named)
		if near := slices.DeleteFunc(slices.Clone(all), far); len(near) > 0 && !r.outer {
			all = near
		}
		to = append(to, all...)
	}
	slices.Sort(to)
	return slices.Compact(to)
}

// leaves reports whether a demand in the words of a topic is of its whole group.
func (a *assembly) leaves(it *item, d demanded) bool {
	return it.saysThis && it.enclosing() != nil && ofGroup.MatchString(it.sentenceAt(d.from)) && len(a.owner[it.prose]) > 0 && !it.heads
}

// give puts a demand where it belongs.
func (a *assembly) give(it *item, d demanded) {
	to := a.meant(it, d)
	for _, i := range to {
		a.drafts[i].demands = append(a.drafts[i].demands, d.Demand)
		a.named[i] = true
	}
	if len(to) == 0 {
		a.directive.Demands = append(a.directive.Demands, d.Demand)
	}
}

// wordedLike is the one topic that speaks of what the demand says is to be
// aired: "chuyên mục “Dân vận khéo” phát 02 kỳ/tháng", "phát các khẩu hiệu".
func (a *assembly) wordedLike(p *prose, d demanded) []int {
	for _, words := range p.objects(d) {
		var found []int
		for i, draft := range a.drafts {
			if draft.says(words) {
				found = append(found, i)
			}
		}
		if len(found) == 1 && len(a.drafts) > 1 {
			return found
		}
	}
	return nil
}

func (a *assembly) ownerOf(p *prose, at int) []int {
	for _, s := range a.owner[p] {
		if s.from <= at && at < s.to {
			return []int{s.draft}
		}
	}
	return nil
}

// finish writes down what was taken.
func (a *assembly) finish() {
	for i, draft := range a.drafts {
		a.directive.Topics = append(a.directive.Topics, draft.topic(i+1))
	}
	a.directive.Citations = a.cites.all()
}
