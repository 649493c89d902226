package letter

import (
	"regexp"
	"strings"
)

var (
	// ofGroup says that a demand is of the group that it stands in.
	ofGroup = regexp.MustCompile(`(?:^|[^\p{L}])(?:nhóm(?: nội dung)?|mục|phần|đợt|tuần|giai đoạn|chuyên đề|chủ đề|lĩnh vực|khoản) này(?:[^\p{L}]|$)`)
	// ofMany says that a demand is of more than the topic before it.
	ofMany = regexp.MustCompile(`(?:các|những|tất cả|toàn bộ|mỗi|từng) (?:nội dung|chuyên đề|chủ đề|tin|bài|khẩu hiệu|thông điệp)`)
	// ofLast says that a demand is of the topic before it.
	ofLast = regexp.MustCompile(`(?:^|[^\p{L}])(?:nội dung|chuyên đề|chủ đề|tin|bài|bản tin|thông báo|thông điệp) (?:tuyên truyền )?này(?:[^\p{L}]|$)`)
)

// byPlace are the topics that a demand belongs to by where it stands: those of
// the heading that it is in, of the item that it goes on with, of the group
// that it closes. It is none where that is the whole letter.
func (a *assembly) byPlace(it *item, d demanded) []int {
	words := ""
	if it.saysThis || it.ends != nil {
		words = it.sentenceAt(d.from)
	}
	switch {
	case ofGroup.MatchString(words) && it.ends != nil:
		return a.below(it.ends)
	case ofGroup.MatchString(words) && (it.enclosing() != nil || ofMany.MatchString(words)):
		return a.below(it.enclosing())
	case ofGroup.MatchString(words):
		return a.before(it)
	case ofLast.MatchString(words) && !ofMany.MatchString(words) && !saidBefore(words):
		return a.before(it)
	case it.ends != nil:
		return a.closed(it, words)
	case it.closing:
		return a.below(it.likeBefore(a.closers))
	}
	return a.below(it.around())
}

// saidBefore reports whether what words call "this" is named earlier in them:
// "phát bản tin thời tiết; các đài tiếp âm bản tin này".
func saidBefore(words string) bool {
	at := ofLast.FindStringIndex(words)
	name, _, _ := strings.Cut(strings.TrimLeft(words[at[0]:at[1]], " ,;:.(“"), " này")
	return strings.Contains(words[:at[0]], strings.TrimSuffix(name, " tuyên truyền")+" ")
}

// around is what a paragraph closes, or the nearest item around it with topics.
func (it *item) around() *item {
	if it.ends != nil {
		return it.ends
	}
	for n := it; n != nil && !it.closing; n = n.up {
		if n.last > n.first {
			return n
		}
	}
	return nil
}

// sentenceAt is the folded sentence that byte i stands in, at most about
// [maxSentence] bytes on either side.
func (p *prose) sentenceAt(i int) string {
	to := i
	for to < len(p.fold) && to-i < maxSentence {
		stop, next := p.boundary(to, min(i+maxSentence, len(p.fold)))
		if to = next; stop < len(p.fold) && p.fold[stop] != ';' && p.fold[stop] != ':' {
			break
		}
	}
	return p.fold[p.sentenceStart(i):to]
}

// enclosing is the nearest heading around an item that has topics below it.
func (it *item) enclosing() *item {
	for n := it; n != nil; n = n.up {
		if n.heads && n.last > n.first {
			return n
		}
	}
	return nil
}

// below are the topics that begin in an item and below it; none of them where
// they are all that the letter has.
func (a *assembly) below(it *item) []int {
	if it == nil || it.first == 0 && it.last >= a.ordered {
		return nil
	}
	var out []int
	for i := it.first; i < it.last; i++ {
		out = append(out, i)
	}
	return out
}

// before is the last topic that begins before an item.
func (a *assembly) before(it *item) []int {
	for i := a.ordered - 1; i >= 0; i-- {
		if a.drafts[i].place <= it.place {
			return []int{i}
		}
	}
	return nil
}

// closed are the topics of what a paragraph closes in the midst of a list. With
// no topic behind it the paragraph speaks of the whole letter, and also where
// it says "all topics" behind a single one.
func (a *assembly) closed(it *item, words string) []int {
	n := it.ends
	goesOn := a.ordered > 0 && a.drafts[a.ordered-1].place > it.place
	if !goesOn {
		return a.below(it.likeBefore(a.closers))
	}
	if n.last-n.first == 1 && ofMany.MatchString(words) {
		return nil
	}
	a.closers[it.opening()] = n.level
	return a.below(n)
}

// opening is the first words of a paragraph, by which people begin what they
// say of each group alike: "Thời lượng", "Các nội".
func (it *item) opening() string {
	words := strings.FieldsFunc(ahead(it.fold, 0, 60), func(r rune) bool { return r == ' ' || r == ':' })
	return strings.Join(words[:min(len(words), 2)], " ")
}

// likeBefore is what a paragraph behind the list closes if paragraphs that
// begin alike have closed items of that level before.
func (it *item) likeBefore(closers map[string]int) *item {
	level, seen := closers[it.opening()]
	for n := it.up; seen && n != nil; n = n.up {
		if n.level == level {
			return n
		}
	}
	return nil
}
