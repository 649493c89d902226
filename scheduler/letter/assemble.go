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
	cites     unique
}

// owned is a stretch of a paragraph that belongs to a topic.
type owned struct {
	segment
	draft int
}

func newAssembly(d *scheduler.Directive, drafts []*draft) *assembly {
	a := &assembly{directive: d, drafts: drafts, owner: map[*prose][]owned{}, named: map[int]bool{}}
	for i, draft := range drafts {
		for _, s := range append(slices.Clone(draft.parts), draft.notes...) {
			a.owner[s.prose] = append(a.owner[s.prose], owned{s, i})
		}
	}
	return a
}

// take reads documents and demands of a paragraph.
func (a *assembly) take(p *prose) {
	for _, c := range p.cited {
		a.cites.add(c.Citation)
	}
	for _, d := range p.demands {
		a.give(p, d)
	}
}

// give puts a demand where it belongs: to the topics that it names, or else to
// the topic it stands in, or else to the letter.
func (a *assembly) give(p *prose, d demanded) {
	to := targets(a.drafts, d.refs, a.named)
	if len(to) == 0 {
		to = a.ownerOf(p, d.from)
	}
	if len(to) == 0 {
		to = a.wordedLike(p, d)
	}
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
