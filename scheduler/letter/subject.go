package letter

import (
	"regexp"
	"strings"
	"unicode/utf8"
)

var (
	aboutAhead = regexp.MustCompile(`^[,:]?\s*[(“"]?(?:v/v|về việc|về)\s*:?\s+`)
	// verbAhead is a subject without "về": "Nghị định số … của Chính phủ quy định xử phạt …".
	verbAhead = regexp.MustCompile(`^ (?:quy định|ban hành|phê duyệt|hướng dẫn|sửa đổi|công bố|triển khai|tổ chức|tăng cường|ph[áâ]t động|tuyên truyền|thông báo)[^\p{L}]`)
)

// findSubject finds where the subject of a citation begins, just behind what
// stands at its head.
func (p *prose) findSubject(c *cited) {
	c.to = c.head
	window := ahead(p.fold, c.head, 24)
	if m := aboutAhead.FindString(window); m != "" {
		c.begin = c.head + len(m)
	} else if verbAhead.MatchString(window) {
		c.begin = c.head + 1
	}
}

// readSubject reads from there to where the subject ends: at the clause's end,
// at the next document of the same depth, at a long explanation in brackets,
// at a demand, or where the letter takes up its own sentence again.
func (p *prose) readSubject(c *cited, later []cited) {
	if c.begin == 0 {
		return
	}
	limit := min(c.begin+maxSubject, len(p.text))
	for _, next := range later {
		if next.from >= limit {
			break
		}
		if next.depth <= c.depth && next.from >= c.begin {
			limit = p.beforeSibling(c.begin, next.from)
			break
		}
	}
	stop, _ := p.boundary(c.begin, limit)
	stop = p.beforeBracket(c.begin, stop)
	stop = p.beforeDemand(c.begin, stop)
	stop = p.beforeOwnWords(c.begin, stop)
	for !utf8.RuneStart(at(p.text, stop)) {
		stop--
	}
	c.Subject = strings.Trim(p.text[c.begin:stop], " ,.;:…/-")
	c.to = stop
}

// beforeSibling takes away what ties the next document on: ", ", " và ".
func (p *prose) beforeSibling(from, to int) int {
	window := behind(p.fold[from:to], to-from, 80)
	if !mayTie(window) {
		return to
	}
	if m := siblingGap.FindStringIndex(window); m != nil {
		return to - len(window) + m[0]
	}
	return to
}

// mayTie is a cheap look at whether s can end in what [siblingGap] finds.
func mayTie(s string) bool {
	s = strings.TrimRight(s, " ")
	for _, end := range []string{",", ";", "+", "&", "và", "cùng", "với", "hoặc", "hay", "các", "những", "truyền", "biến", "triệt", "ứng"} {
		if strings.HasSuffix(s, end) {
			return true
		}
	}
	return false
}

// longBracket is the length in runes from which words in brackets explain the
// document rather than belong to its subject.
const longBracket = 60

func (p *prose) beforeBracket(from, to int) int {
	for i := from; i < to; i++ {
		mate := int(p.mate[i])
		if mate <= i {
			continue
		}
		if p.text[i] == '(' && utf8.RuneCountInString(p.text[i:mate]) > longBracket {
			return i
		}
		i = mate
	}
	return to
}

// beforeDemand stops at a demand that begins in the subject. A period belongs
// to the subject ("lễ hội từ ngày 20/9 đến 25/9") unless a comma sets it apart.
func (p *prose) beforeDemand(from, to int) int {
	for _, d := range p.demandsFrom(from) {
		if d.from >= to {
			break
		}
		if d.from >= from && (d.rate() || setApart(p.text[:d.from])) {
			return d.from
		}
	}
	return to
}

func setApart(before string) bool {
	before = strings.TrimRight(behind(before, len(before), 8), " ")
	return before != "" && strings.ContainsRune(",(;:.", rune(before[len(before)-1]))
}

var ownVerb = regexp.MustCompile(`(?:đề nghị|yêu cầu|đề xuất|ban hành|xây dựng|đã |hướng dẫn|thông báo|triển khai|chỉ đạo|phối hợp|trân trọng|kính |giao )`)

// beforeOwnWords stops where the sentence goes back to the office that writes:
// "… về tuyên truyền bầu cử, Sở Thông tin và Truyền thông đề nghị …".
func (p *prose) beforeOwnWords(from, to int) int {
	for i := from; i < to; i++ {
		comma := p.text[i] == ',' && at(p.text, i+1) == ' ' && upperAt(p.text, i+2)
		if comma && isOffice(ahead(p.fold, i+2, 40)) && ownVerb.MatchString(ahead(p.fold, i+2, 200)) {
			return i
		}
	}
	return to
}
