package letter

import (
	"regexp"
	"strings"
	"unicode/utf8"
)

// Words that end the name of an office. They count in lower case only: "Ban
// Tổ chức" is an office. A steering committee has a verb in its name ("Ban Chỉ
// đạo phòng, chống …"), so behind it only the first group counts.
var (
	afterOffice = regexp.MustCompile(`^(?:về|v/v|ngày|đề nghị|yêu cầu|đã|và (?:các |` + kindWords + `))(?:[^\p{L}]|$)`)
	verbAfter   = regexp.MustCompile(`^(?:quy định|ban hành|phê duyệt|hướng dẫn|sửa đổi|công bố|triển khai|thực hiện|tổ chức|tuyên truyền|tăng cường|` +
		`thông báo|chỉ đạo|kết luận|phát động|phối hợp|kêu gọi|được|là|để|nhằm|tại|trên|trong|theo|kèm|gửi|đến|từ|có)(?:[^\p{L}]|$)`)
	officeAhead = regexp.MustCompile(`^(?:sở|bộ|cục|vụ|ban|ủy ban|ubnd|hđnd|ubmttq|phòng|đài|tỉnh ủy|thành ủy|huyện ủy|quận ủy|thị ủy|đảng ủy|hội|liên đoàn|` +
		`công an|văn phòng|trung tâm|chính phủ|thủ tướng|quốc hội|báo|trường|chi cục|tỉnh đoàn|huyện đoàn|đoàn|mặt trận|bch|bộ chỉ huy)(?:[^\p{L}]|$)`)
	kindAhead  = regexp.MustCompile(`^(?:` + kindWords + `)(?:[^\p{L}]|$)`)
	committees = regexp.MustCompile(`^(?:ban chỉ đạo|ban tổ chức|ban vận động|bcđ|btc)(?:[^\p{L}]|$)`)
)

// maxOffice bounds the name of an office in bytes.
const maxOffice = 220

// readIssuer reads "của UBND tỉnh" at byte i: the span of the office's name.
// The span is empty when nothing of the kind stands there.
func (p *prose) readIssuer(i int) (from, to int) {
	m := officeOf.FindString(ahead(p.fold, i, 24))
	if m == "" {
		return i, i
	}
	from = i + len(m)
	to = p.officeEnd(from)
	for to > from && strings.IndexByte(" ,-", p.text[to-1]) >= 0 {
		to--
	}
	return from, to
}

var officeOf = regexp.MustCompile(`^,?\s*(?:của|do)\s+`)

// sender is an office that stands before what it issued: "Ngày 05/8/2021, UBND
// tỉnh ban hành Công văn số …". The window it is matched against is not folded.
var sender = regexp.MustCompile(`(?:^|[.;,:(] ?)(?:([Nn]gày \d{1,2}/\d{1,2}/\d{4}), )?(\p{Lu}[^.,;:()“”"]{2,120}?) (?:đã |vừa |mới )?(?:ban hành|có) $`)

// readSender reads the issuer, and the date before it, from the left where the
// right gave none.
func (p *prose) readSender(c *cited) {
	if c.Issuer != "" {
		return
	}
	g := sender.FindStringSubmatch(behind(p.text, c.from, 200))
	if g == nil || !officeAhead.MatchString(fold(g[2])) {
		return
	}
	c.Issuer = g[2]
	if c.Date.IsZero() {
		c.Date, _ = readDate(fold(g[1]), 0)
	}
}

// officeEnd walks word by word from the first word of an office's name to
// where the name ends.
func (p *prose) officeEnd(from int) int {
	committee := committees.MatchString(ahead(p.fold, from, 30))
	limit := min(from+maxOffice, len(p.text))
	for i := from; i < limit; {
		if p.officeStops(from, i, committee) {
			return i
		}
		space := strings.IndexByte(p.text[i:limit], ' ')
		end := limit
		if space >= 0 {
			end = i + space
		}
		if cut := p.wordEnd(i, end); cut < end {
			return cut
		}
		i = min(end+1, limit)
	}
	for !utf8.RuneStart(at(p.text, limit)) {
		limit--
	}
	return limit
}

// officeStops reports whether the word at byte i no longer belongs to the name.
func (p *prose) officeStops(from, i int, committee bool) bool {
	window := ahead(p.fold, i, 40)
	small := !upperAt(p.text, i)
	switch {
	case i == from:
		return false
	case small && afterOffice.MatchString(window), small && !committee && verbAfter.MatchString(window):
		return true
	case p.text[i-1] == ' ' && i > 1 && p.text[i-2] == ',':
		return p.commaEnds(i, committee)
	case p.text[i] == '-':
		return !upperAt(p.text, i+2)
	}
	return kindAhead.MatchString(window) && !small && numberSoon.MatchString(ahead(p.fold, i, 60))
}

var numberSoon = regexp.MustCompile(`^[\p{L} ]+ số `)

// commaEnds reports whether the name ends at the comma before byte i: "Sở Lao
// động, Thương binh và Xã hội" goes on, "UBND tỉnh, Sở …" and "UBND tỉnh, các
// đài …" do not. In a committee's name small words go on as well.
func (p *prose) commaEnds(i int, committee bool) bool {
	window := ahead(p.fold, i, 40)
	if officeAhead.MatchString(window) || kindAhead.MatchString(window) {
		return true
	}
	return !upperAt(p.text, i) && !committee
}

// wordEnd is where a word that carries a mark ends the name: at a semicolon, a
// bracket, a quotation mark or a sentence's end. Otherwise it is end.
func (p *prose) wordEnd(i, end int) int {
	for j, r := range p.text[i:end] {
		at := i + j
		if strings.ContainsRune(";:()[]“”\"…", r) {
			return at
		}
		if after := dots(p.text, at); after > at && p.sentenceEnds(at, after) {
			return at
		}
	}
	return end
}

// at is byte i of s, or 0 behind its end.
func at(s string, i int) byte {
	if i < len(s) {
		return s[i]
	}
	return 0
}
