package letter

import "strings"

// An appendix holds topics where the letter orders what is in it: slogans to be
// read out, or a list of contents. With topics in the letter itself it is read
// only if none of those stands for it.

// ordersAnnex reports whether the body, whose topics are given, also orders what
// the appendix lists.
func (o outline) ordersAnnex(topics []*draft) bool {
	if len(o.annex) == 0 {
		return false
	}
	for _, words := range [][2]string{{"khẩu hiệu", "khẩu hiệu"}, {"nội dung", "phụ lục"}, {"tin, bài", "phụ lục"}, {"danh mục", "phụ lục"}} {
		if strings.Contains(o.annexHead, words[0]) && o.mentions(words[1]) && !anySays(topics, words[1]) {
			return true
		}
	}
	return false
}

// mentions reports whether a paragraph of the letter, its appendix aside, has
// the words.
func (o outline) mentions(words string) bool {
	for _, it := range o.all {
		if !it.annexed && strings.Contains(it.fold, words) {
			return true
		}
	}
	return false
}

func anySays(topics []*draft, words string) bool {
	for _, d := range topics {
		if d.says(words) {
			return true
		}
	}
	return false
}

// annexedBy are the topics of the appendix where a demand names them, or stands
// there itself.
func (a *assembly) annexedBy(it *item, d demanded) []int {
	if a.ordered == len(a.drafts) || !it.annexed && !hasOne(it.fold[it.stretchStart(d.from):d.to], "khẩu hiệu|phụ lục") {
		return nil
	}
	var out []int
	for i := a.ordered; i < len(a.drafts); i++ {
		out = append(out, i)
	}
	return out
}
