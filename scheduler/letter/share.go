package letter

import "regexp"

// fewTopics says that a demand is of the last few topics: "cho hai việc này".
var fewTopics = regexp.MustCompile(`(?:^|[^\p{L}\d])(?:cả )?(hai|ba|bốn|năm|0?[2-9]) (?:việc|nội dung|vấn đề|chuyên đề|chủ đề|văn bản|luật|nghị quyết|nghị định|tin|bài|nhiệm vụ)(?: tuyên truyền)? (?:này|trên|vừa nêu|nêu trên|nói trên)(?:[^\p{L}]|$)`)

// lastFew are the last topics before a demand where it says of how many it is.
func (a *assembly) lastFew(it *item, d demanded) []int {
	if !hasOne(it.fold, "này|trên|vừa nêu") {
		return nil
	}
	m := fewTopics.FindStringSubmatch(it.sentenceAt(d.from))
	if m == nil {
		return nil
	}
	var out []int
	for i := a.ordered - 1; i >= 0 && len(out) < amount(m[1]); i-- {
		if n := a.drafts[i]; n.place < it.place || n.place == it.place && n.parts[0].from <= d.from {
			out = append(out, i)
		}
	}
	if len(out) < amount(m[1]) {
		return nil
	}
	return out
}

// sharing are the topics that a demand in a sentence of its own is of, behind one
// sentence that orders several: "Tuyên truyền A; tuyên truyền B. Phát 3 lần/tuần."
// The last of them owns it.
func (a *assembly) sharing(p *prose, d demanded, owner []int) []int {
	if len(owner) != 1 || len(a.owner[p]) < 2 {
		return owner
	}
	last := a.drafts[owner[0]]
	ordered := p.sentenceStart(last.titleAt)
	if last.parts[0].prose != p || p.sentenceStart(d.from) <= ordered {
		return owner
	}
	for i := owner[0] - 1; i >= 0 && a.drafts[i].parts[0].prose == p && p.sentenceStart(a.drafts[i].titleAt) == ordered; i-- {
		owner = append(owner, i)
	}
	return owner
}
