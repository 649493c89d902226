package letter

import (
	"regexp"
	"strings"
)

// Patterns of the words that order. All are matched against folded text.
var (
	// spreads is any word for making something known.
	spreads = regexp.MustCompile(`tuyên truyền|phổ biến|quán triệt|hưởng ứng|thông tin về|giới thiệu|phát thanh|phát sóng|truyền thông|đăng tải|đưa tin|phản ánh|thông báo|phát (?:trên|qua|các|nội dung|file|bản tin|tin)|đọc (?:nguyên văn|toàn văn|nội dung|bài|thông báo|lời|thư)`)
	// opener begins an order of its own in the middle of a paragraph.
	opener = regexp.MustCompile(`^(?:ngoài ra,? )?(?:(?:đẩy mạnh|tăng cường|tiếp tục|chủ động|tích cực|tổ chức|làm tốt|thực hiện tốt)(?: công tác)? )?` +
		`(?:thông tin,? )?(?:tuyên truyền|phổ biến|quán triệt)(?:, (?:phổ biến|quán triệt|giáo dục|hưởng ứng))*(?:[^\p{L},]|$)`)
	// manner is what follows such words where they only say how, or to whom.
	manner = regexp.MustCompile(`^\s*(?:,|vận động[,;]|nâng cao|cho |để |đến|tới|trên|bằng|qua |thông qua|nhằm|sâu rộng|kịp thời|rộng rãi|bảo đảm|đảm bảo|các phương án|giải thích|phải|được|cần)`)
	// onlyBasis ends the words before a document that is not itself ordered.
	onlyBasis = regexp.MustCompile(`(?:^|[^\p{L}])(?:theo(?: tinh thần| nội dung| hướng dẫn tại| quy định tại)?|tại|căn cứ|kèm theo|trên cơ sở|ban hành kèm)$`)
	// filler may stand before a document that is ordered without a verb.
	filler = regexp.MustCompile(`^(?:ngoài ra|các|một số|những|và|nội dung|đồng thời|văn bản|cùng|với|về|việc|triển khai|thực hiện|[ ,])*$`)
)

// start is a place in a clause where a topic begins, and the document it is
// about, if it is about one.
type start struct {
	at   int
	main *cited
}

// starts finds where topics begin in a clause. With fresh the clause opens a
// list item, where less is asked of the words before a document.
func (p *prose) starts(c clause, fresh bool) []start {
	docs := p.documentsOf(c)
	if len(docs) == 0 || !p.ordered(c, docs[0], fresh) {
		if p.opens(c) {
			return []start{{at: c.from}}
		}
		return nil
	}
	if !p.leadsOn(c, docs[0]) {
		return []start{{at: c.from}}
	}
	out := []start{{at: c.from, main: docs[0]}}
	for i, d := range docs[1:] {
		if docs[i].begin > 0 { // what has no subject of its own shares the next one's
			out = append(out, start{at: d.from, main: d})
		}
	}
	return out
}

// leadsOn reports whether the words before the first of several documents
// order each of them, rather than something about them all.
func (p *prose) leadsOn(c clause, first *cited) bool {
	return orderLead.MatchString(p.fold[min(c.from, first.from):first.from])
}

var orderLead = regexp.MustCompile(`(?:^|tuyên truyền|phổ biến|quán triệt|hưởng ứng|giới thiệu|khác như:?)(?:[, ]|và |triển khai|thực hiện|nội dung|các|văn bản|hưởng ứng|sâu rộng|rộng rãi|về|việc|phổ biến|quán triệt)*$`)

// documentsOf is the documents that a clause itself speaks of.
func (p *prose) documentsOf(c clause) []*cited {
	var out []*cited
	for i := p.firstCited(c.from); i < len(p.cited) && p.cited[i].from < c.to; i++ {
		if p.cited[i].depth == 0 {
			out = append(out, &p.cited[i])
		}
	}
	return out
}

// ordered reports whether the words from the clause's beginning to the
// document order that document.
func (p *prose) ordered(c clause, d *cited, fresh bool) bool {
	lead := strings.TrimSpace(p.fold[c.from:max(d.from, c.from)])
	if strings.LastIndexByte(lead, '(') > strings.LastIndexByte(lead, ')') || onlyBasis.MatchString(behind(lead, len(lead), 60)) {
		return false
	}
	const short = 60
	return spreads.MatchString(lead) || filler.MatchString(lead) && !doing.MatchString(lead) || fresh && len(lead) <= short
}

// doing alone before a document makes it the basis of something else.
var doing = regexp.MustCompile(`^(?:triển khai|thực hiện)`)

// opens reports whether the clause orders something that is no document.
func (p *prose) opens(c clause) bool {
	text := p.fold[c.from:c.to]
	m := opener.FindStringIndex(text)
	return m != nil && !manner.MatchString(text[m[1]-1:]) && !p.onlyTimes(c, c.from+m[1])
}

// onlyTimes reports whether a clause says from byte i on only when or how often:
// "Tuyên truyền từ ngày 20/6 đến hết ngày 30/6."
func (p *prose) onlyTimes(c clause, i int) bool {
	for _, d := range p.demandsFrom(c.from) {
		if d.from >= c.to {
			break
		}
		if d.from <= i+spaces(p.text, i) && d.to >= c.to-len(" .") {
			return !d.IsWish()
		}
	}
	return false
}

// orders reports whether the paragraph begins with an order.
func (p *prose) orders() bool {
	return p.ordersDocument() || len(p.clauses) > 0 && p.opens(p.clauses[0])
}

func (p *prose) ordersDocument() bool {
	if len(p.clauses) == 0 {
		return false
	}
	s := p.starts(p.clauses[0], false)
	return len(s) > 0 && s[0].main != nil
}

// shortLead bounds in bytes the words before an order that opens a paragraph.
const shortLead = 60

// informs follows a document of which the paragraph only tells: "Luật … có hiệu
// lực từ ngày …".
var informs = regexp.MustCompile(`^[^.;:]{0,24}(?:có hiệu lực|đã (?:được|ban hành|quy định|nêu)|vừa được|chính thức|quy định (?:từ|rõ))`)

// ordersFirst reports whether the paragraph opens with an order, rather than
// coming to it.
func (p *prose) ordersFirst() bool {
	if len(p.clauses) == 0 {
		return false
	}
	docs := p.documentsOf(p.clauses[0])
	return p.opens(p.clauses[0]) || len(docs) > 0 && docs[0].from-p.clauses[0].from <= shortLead && p.ordersDocument() && !informs.MatchString(ahead(p.fold, docs[0].to, 60))
}
