package letter

import (
	"regexp"
	"strings"
)

// readPlain reads a body without a list that orders. A paragraph that begins
// with an order is read like a list item; failing that, the first one that
// asks for something to be made known is one topic, or the one that it leads to.
func (w *drafter) readPlain(items []*item) {
	for i, it := range items {
		switch {
		case it.ordersFirst() || len(w.topics) > 0 && it.commands():
			w.read(it.prose, "", true, 0)
		case len(w.topics) > 0:
			if !it.closes() {
				w.extend(it.prose, 0, len(it.text))
			}
		case i > 0 && strings.HasSuffix(items[i-1].text, ":") && asksFor.MatchString(items[i-1].fold):
			w.read(it.prose, "", true, 0)
			w.topics = w.topics[:min(len(w.topics), 1)]
			w.topics[0].parts = []segment{{it.prose, 0, len(it.text)}}
		default:
			w.readRequest(it.prose)
		}
	}
}

// readAny makes a topic of the first paragraph that asks for anything, where
// no other is found and nothing is listed.
func (w *drafter) readAny(items []*item) {
	for _, it := range items {
		if asks := requestWord.FindStringIndex(it.fold); asks != nil && !strings.HasSuffix(it.text, ":") && !it.closes() {
			w.topics = append(w.topics, &draft{titleAt: asks[0], parts: []segment{{it.prose, it.sentenceStart(asks[0]), len(it.text)}}})
			return
		}
	}
}

// maxLead bounds in words what may stand before the order in its topic.
const maxLead = 10

// maxOfficeLead bounds them in words where an office asks.
const maxOfficeLead = 12

// onLoudspeakers is a verb that first says where to air, and so begins no matter.
var onLoudspeakers = regexp.MustCompile(`^(?:phát(?: sóng| thanh)?|tuyên truyền|thông báo|đọc) (?:trên|qua|thông qua|bằng) `)

// readRequest makes one topic of a paragraph that asks for something to be
// made known: "Sở Y tế đề nghị các đài tuyên truyền …". What the request is
// based on is left out.
func (w *drafter) readRequest(p *prose) {
	for _, ask := range requestWord.FindAllStringIndex(p.fold, 20) {
		verb := spreads.FindStringIndex(p.fold[ask[1]:])
		if verb == nil {
			return
		}
		at := ask[1] + verb[0]
		stop, _ := p.boundary(ask[1], len(p.text))
		if at > stop || strings.HasSuffix(strings.TrimSpace(p.fold[at:]), ":") && len(p.text)-at < 160 && !namesMatter(p.fold[ask[1]+verb[1]:]) {
			continue
		}
		if w.readInline(p, at); len(w.topics) == 0 {
			w.topics = append(w.topics, &draft{titleAt: at, parts: []segment{{p, p.orderStart(ask[0], at), len(p.text)}}})
		}
		return
	}
}

// namesMatter reports whether the words between the verb and the colon that
// ends a paragraph say what to make known, "về phòng cháy rừng, cụ thể:", rather
// than only that it ledOn.
func namesMatter(words string) bool {
	said := strings.TrimSpace(ledOn.ReplaceAllString(words, ""))
	return len(said) > minMatter && said != words && !hasOne(said, "nội dung|như sau|sau đây|các đơn vị|hệ thống")
}

// minMatter is how many bytes say at least what a matter is.
const minMatter = 30

// ledOn is what says that details follow.
var ledOn = regexp.MustCompile(`,? (?:cụ thể(?: như sau)?|chi tiết như sau|theo các mức sau|như sau|với (?:thời lượng|thời gian|tần suất|lịch)[^:,]{0,40}) ?:\s*$`)

// orderStart is where the topic of a request begins: with the sentence where
// that has only a few words before the verb at byte at, else with the verb.
func (p *prose) orderStart(ask, at int) int {
	start := p.sentenceStart(ask)
	if words := len(strings.Fields(p.text[start:at])); words > maxLead && !isOffice(p.fold[start:]) || words > maxOfficeLead && !onLoudspeakers.MatchString(p.fold[at:]) {
		return at
	}
	return start
}

var inlineMark = regexp.MustCompile(`[:;,.] \(?([1-9a-e])\) `)

// inTurn reports whether a label is that of the item with an index, from 0.
func inTurn(label string, i int) bool {
	return label == string(rune('1'+i)) || label == string(rune('a'+i))
}

// readInline makes a topic of each item of a list within a sentence: "phát 02
// bài: (1) …; (2) …". Fewer than two, or out of turn, are no list.
func (w *drafter) readInline(p *prose, at int) {
	var out []*draft
	stop := len(p.text)
	marks := inlineMark.FindAllStringSubmatchIndex(p.fold[at:], 20)
	for i, m := range marks {
		label := p.fold[at+m[2] : at+m[3]]
		if !inTurn(label, i) {
			break
		}
		to := stop
		if i+1 < len(marks) && inTurn(p.fold[at+marks[i+1][2]:at+marks[i+1][3]], i+1) {
			to = at + marks[i+1][0] + 1
		} else if end, next := p.boundary(at+m[1], stop); end < stop {
			to = next
		}
		out = append(out, &draft{section: label, path: []string{label}, titleAt: at + m[1], parts: []segment{{p, at + m[1], to}}})
	}
	if len(out) > 1 {
		w.topics = append(w.topics, out...)
	}
}
