package letter

import (
	"regexp"
	"strings"

	"loaphuong/scheduler"
)

var (
	aboutLine  = regexp.MustCompile(`^[“"]?\s*(?:v/v|về việc)\s*[:.]?\s*`)
	headKind   = regexp.MustCompile(`^(` + kindWords + `|thư ngỏ|thư kêu gọi)(?:$|\s+(?:tuyên truyền|về|v/v|truyền thông|phát động|hưởng ứng|liên tịch|liên ngành|\d|số|khẩn|hỏa tốc))`)
	aboutWords = regexp.MustCompile(`^(?:v/v|về việc|về)\s*:?\s+`)
	// headBreak begins something that is no subject any more.
	headBreak = regexp.MustCompile(`^(?:Căn cứ|Thực hiện|Để |Nhằm |Theo |[IVX]+\.|1\.|Kính gửi|DỰ THẢO|Dự thảo|\((?i:kèm|ban hành|dùng|tài liệu|từ|đính kèm|dự thảo))`)
)

// takeSubject reads kind and subject: behind "V/v" on any number of lines, or
// under the kind, which stands on a line of its own.
func (h *letterhead) takeSubject(text string, cells []line) {
	h.kind = "Công văn"
	for i, cell := range cells {
		folded := fold(cell.text)
		if m := aboutLine.FindString(folded); m != "" {
			h.subjectFrom(text, gather(cell.part(len(m), len(cell.text)), cells[i+1:], true))
			return
		}
		if m := headKind.FindStringSubmatch(folded); m != nil && shouted(firstWord(cell.text)) {
			h.kind = kindNamed(m[1])
			h.spans.Kind = cell.span(0, len(m[1]))
			rest := cell.part(len(m[1]), len(cell.text))
			h.subjectFrom(text, gather(rest, cells[i+1:], false))
			return
		}
	}
	if h.numbered() {
		h.kind = kindOf(h.number)
	}
	h.subjectBelow(text, cells)
}

// subjectBelow reads a subject without "V/v": the lines that begin like one,
// in small letters, below the number.
func (h *letterhead) subjectBelow(text string, cells []line) {
	for i, cell := range cells {
		below := len(h.spans.Number) > 0 && cell.at > h.spans.Number[0].From
		if below && bareSubject.MatchString(fold(cell.text)) {
			h.subjectFrom(text, gather(cell, cells[i+1:], true))
			return
		}
	}
}

var bareSubject = regexp.MustCompile(`^[“"]?(?:(?:đẩy mạnh|tăng cường|phối hợp|tiếp tục) )?(?:tuyên truyền|truyền thông|phổ biến|định hướng|thông tin|hưởng ứng|phát)(?:[^\p{L}]|$)`)

// subjectFrom joins the lines of the subject, without "Về việc" or "Về".
func (h *letterhead) subjectFrom(text string, lines []line) {
	p := passageOf(text, lines...)
	from := len(aboutWords.FindString(fold(p.text)))
	to := from + len(strings.TrimRight(p.text[from:], " .;:/"))
	if quoted := !strings.Contains(p.text[:from]+p.text[to:], "“") && strings.Count(p.text, `"`)%2 == 1; quoted || strings.Count(p.text, "”") > strings.Count(p.text, "“") {
		to = from + len(strings.TrimRight(p.text[from:to], `"”`))
	}
	h.subject = p.cut(from, to)
	h.spans.Subject = h.subject.spans(0, to-from)
}

// span is the stretch of the line between two of its bytes, without the white
// space around it.
func (l line) span(from, to int) []scheduler.Span {
	p := l.part(from, to)
	return []scheduler.Span{{From: p.at, To: p.at + len(p.text)}}
}

func firstWord(s string) string {
	word, _, _ := strings.Cut(s, " ")
	return word
}

// gather is the cells of a subject that begins with first. Behind "V/v" blank
// lines do not end it, because the other column may have been between.
func gather(first line, more []line, overGaps bool) []line {
	out := []line{first}
	words := first.text != ""
	for _, cell := range more {
		switch {
		case cell.text == "" && (overGaps || !words):
			continue
		case cell.text == "" || overGaps && shouted(cell.text) || headBreak.MatchString(cell.text):
			return out
		}
		out, words = append(out, cell), true
	}
	return out
}

// headEnd is the first line of the body of a letter that addresses no one:
// behind number, date, kind and subject, as far as these are there.
func headEnd(text string, lines []line) int {
	end := 0
	var h letterhead
	for i, l := range lines[:min(len(lines), maxHead)] {
		words := strings.TrimSpace(l.text)
		folded := fold(ahead(words, 0, 200))
		before := h
		h.takeLine(l)
		switch {
		case h.found != before.found || h.date != before.date || motto.MatchString(folded) && len(words) < 120:
			end = i + 1
		case aboutLine.MatchString(folded), headKind.MatchString(folded) && shouted(firstWord(words)):
			return i + subjectLines(lines[i:])
		}
	}
	return end
}

// subjectLines counts the lines that a kind or "V/v" and the subject take.
func subjectLines(lines []line) int {
	n, words := 0, false
	for i, l := range lines[:min(len(lines), 12)] {
		text := strings.TrimSpace(l.text)
		if i > 0 && headBreak.MatchString(text) || text == "" && words || i > 0 && markerOf(text).label != "" {
			break
		}
		n = i + 1
		words = words || i > 0 && text != "" || aboutLine.MatchString(fold(text))
	}
	return n
}
