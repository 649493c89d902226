package letter

import (
	"regexp"
	"strings"
)

var (
	// spokenOf is before the words that say which topics a demand is of.
	spokenOf = regexp.MustCompile(`(?:(?:cho|về|đối với|riêng(?: đối với)?|của) (?:các )?(?:nội dung|chuyên đề|chủ đề|chuyên mục|tin,? bài|bài)(?: tuyên truyền)?(?: về)?|riêng(?: đối với)?(?: tuyên truyền)?(?: về)?|^(?:- )?nội dung(?: tuyên truyền)?(?: về)?) `)
	// spokenEnd is behind them.
	spokenEnd = regexp.MustCompile(`[,.;:(]| (?:phát|tuyên truyền|thời lượng|tần suất|mỗi|tối thiểu|ít nhất|không dưới|từ|đến|trong|vào|lúc|thì|được|cần|ngày \d|hằng|hàng|\d{1,2} (?:lần|lượt|buổi|phút))(?:[^\p{L}]|$)`)
)

// described are the topics whose first words are those that a demand says it is
// of: "tăng thời lượng cho nội dung kỷ niệm Quốc khánh". What fits several topics
// is of none.
func (a *assembly) described(it *item, d demanded) []int {
	if len(a.drafts) < 2 {
		return nil
	}
	for _, words := range it.descriptions(d) {
		if to := a.resembling(words); to != nil {
			return to
		}
		if to := a.headedLike(words); to != nil {
			return to
		}
	}
	return nil
}

// headedLike are the topics of the one group whose heading says the words: "Nhóm
// nội dung pháp luật: mỗi tuần 02 buổi".
func (a *assembly) headedLike(words string) []int {
	if !strings.HasPrefix(words, "nhóm ") && !strings.HasPrefix(words, "các nội dung ") {
		return nil
	}
	said := strings.TrimSpace(groupName.ReplaceAllString(words, ""))
	var found *item
	for _, group := range a.groups[:min(len(a.groups), maxPairs)] {
		if len(said) < minMatter/4 || !strings.Contains(group.fold, said) {
			continue
		}
		if found != nil {
			return nil
		}
		found = group
	}
	return a.below(found)
}

// groupName is what stands before the name of a group.
var groupName = regexp.MustCompile(`^(?:các )?(?:nhóm )?(?:nội dung )?(?:tuyên truyền )?(?:về |thuộc |nhóm )*`)

// descriptions are the words around a demand that may describe a topic: those
// behind "cho nội dung" and the like, before it or behind, and those before the
// colon in "Phòng, chống đuối nước: 3 lần/ngày". In a row of a table they are in
// the row before.
func (it *item) descriptions(d demanded) []string {
	if it.about && it.up != nil {
		return []string{it.up.fold}
	}
	var out []string
	stop, _ := it.boundary(d.from, min(d.from+maxSentence, len(it.text)))
	words := it.fold[it.stretchStart(d.from):max(stop, d.to)]
	for _, m := range spokenOf.FindAllStringIndex(words, 3) {
		out = append(out, upTo(words[m[1]:], spokenEnd))
	}
	if c := it.clauses; len(c) > 1 && c[0].end == ':' && c[0].to < d.from && len(it.head()) < maxHeading && !onlyWhen.MatchString(it.head()) && !asideHead.MatchString(it.head()) {
		out = append(out, it.head())
	}
	return out
}

// upTo is s before the first match of a pattern.
func upTo(s string, end *regexp.Regexp) string {
	if m := end.FindStringIndex(s); m != nil {
		return s[:m[0]]
	}
	return s
}

// maxCompared bounds how often all topics are compared with some words, far
// above any real letter.
const maxCompared = 500

// maxResembled bounds in bytes how much of a topic is looked at for what it is
// about.
const maxResembled = 300

// resembling is the one topic that begins with most of the pairs of syllables in
// some words; nil without one or with several.
func (a *assembly) resembling(words string) []int {
	if a.compared++; a.compared > maxCompared {
		return nil
	}
	pairs := syllablePairs(words)
	found := -1
	for i, draft := range a.drafts {
		s := draft.parts[0]
		if about := " " + ahead(s.fold[:s.to], s.from, maxResembled); !most(pairs, about) {
			continue
		}
		if found >= 0 {
			return nil
		}
		found = i
	}
	if found < 0 {
		return nil
	}
	return []int{found}
}

// maxPairs bounds how many pairs of syllables are compared.
const maxPairs = 16

// syllablePairs are the syllables of words two by two, which in Vietnamese are
// mostly words.
func syllablePairs(words string) []string {
	syllables := strings.FieldsFunc(words, func(r rune) bool { return strings.ContainsRune(" ,;:.()“”\"-–", r) })
	var out []string
	for i := 1; i < len(syllables) && len(out) < maxPairs; i++ {
		out = append(out, syllables[i-1]+" "+syllables[i])
	}
	return out
}

// most reports whether three of five of the pairs stand in s.
func most(pairs []string, s string) bool {
	there := 0
	for _, pair := range pairs {
		if strings.Contains(s, pair) {
			there++
		}
	}
	return there > 0 && 5*there >= 3*len(pairs)
}
