package letter

import (
	"regexp"
	"strings"
	"unicode"

	"loaphuong/scheduler"
)

// letterhead is what stands above the addressees.
type letterhead struct {
	kind, number, issuer, subject string
	date                          scheduler.Date
	found                         bool // a number, blank or not, stands there
}

// maxHead bounds the lines in which a letterhead is looked for.
const maxHead = 60

var (
	numberLine = regexp.MustCompile(`(?:^|\s{2,})Số\s*[:.]?\s*(\d{1,5}[a-dA-D]?)?[ ._…]*(?:([/-])\s*)((?:(?:19|20)\d\d\s*/\s*)?\p{Lu}[\p{L}\d&]*(?:\s?[-–/.]\s?\p{Lu}[\p{L}\d&]*)*)`)
	dateLine   = regexp.MustCompile(`(?:^|\s{2,})(\p{Lu}[\p{L}.]*(?: \p{L}[\p{L}.]*){0,5}),?\s*[Nn]gày\s*(\d{1,2})?[ ._…]*(?:/|tháng)\s*(\d{1,2})?[ ._…]*(?:/|năm)\s*(\d{4})`)
	motto      = regexp.MustCompile(`^(?:cộng h(?:òa|oà) xã hội|độc lập\s*[-–]\s*tự do|đảng cộng sản việt nam$)`)
	aboutLine  = regexp.MustCompile(`^(?:v/v|về việc)\s*[:.]?\s*`)
	headKind   = regexp.MustCompile(`^(` + kindWords + `)(?:$|\s+(?:tuyên truyền|về|v/v|truyền thông|phát động|hưởng ứng))`)
)

// readHead reads the lines of a letterhead. Two columns may stand side by side
// with a gap between them, or one behind the other.
func readHead(lines []string) letterhead {
	var h letterhead
	var cells []string
	for _, line := range lines[:min(len(lines), maxHead)] {
		cells = append(cells, h.takeLine(line)...)
	}
	h.takeIssuer(cells)
	h.takeSubject(cells)
	return h
}

// takeLine takes number and date out of a line and returns its other cells,
// or one empty cell for a blank line.
func (h *letterhead) takeLine(line string) []string {
	line = h.takeNumber(h.takeDate(ahead(line, 0, 400)))
	cells := gapBetween.Split(strings.TrimSpace(line), -1)
	out := cells[:0]
	for _, cell := range cells {
		if !motto.MatchString(fold(cell)) {
			out = append(out, cell)
		}
	}
	return out
}

var gapBetween = regexp.MustCompile(`\s{3,}`)

func (h *letterhead) takeNumber(line string) string {
	m := numberLine.FindStringSubmatchIndex(line)
	if m == nil {
		return line
	}
	g := groups(line, m)
	if number := tidyNumber(g[1] + g[2] + g[3]); !h.found || h.draft() && g[1] != "" {
		h.number, h.found = number, true
	}
	return line[:m[0]] + "   " + line[m[1]:]
}

func (h *letterhead) takeDate(line string) string {
	m := dateLine.FindStringSubmatchIndex(line)
	if m == nil {
		return line
	}
	g := groups(line, m)
	if h.date.IsZero() {
		h.date = dateOf(g[4], g[3], g[2])
	}
	return line[:m[0]] + "   " + line[m[1]:]
}

// draft reports whether the number or the day has not been filled in.
func (h *letterhead) draft() bool {
	return h.number == "" || !unicode.IsDigit(rune(h.number[0])) || h.date.Day == 0
}

// takeIssuer finds the office that writes: the last one named before number,
// subject and kind, under those it belongs to.
func (h *letterhead) takeIssuer(cells []string) {
	var office []string
	for _, cell := range cells {
		folded := fold(cell)
		if aboutLine.MatchString(folded) || headKind.MatchString(folded) && len(office) > 0 {
			break
		}
		if !shouted(cell) {
			continue
		}
		if officeAhead.MatchString(folded) && !(len(office) == 1 && unfinished(office[0])) {
			office = nil
		}
		office = append(office, cell)
	}
	h.issuer = strings.Trim(strings.Join(office, " "), " *.-")
}

// shouted reports whether a cell is set in capitals, as offices and kinds are.
func shouted(cell string) bool {
	return strings.ContainsFunc(cell, unicode.IsUpper) && !strings.ContainsFunc(cell, unicode.IsLower)
}

// unfinished reports whether the name of an office cannot end here: "UỶ BAN
// NHÂN DÂN" goes on with whose.
func unfinished(cell string) bool {
	switch fold(cell) {
	case "ủy ban nhân dân", "ban chấp hành", "ủy ban mặt trận tổ quốc", "văn phòng":
		return true
	}
	return false
}

// takeSubject reads kind and subject: behind "V/v" on any number of lines, or
// under the kind, which stands on a line of its own.
func (h *letterhead) takeSubject(cells []string) {
	h.kind = "Công văn"
	for i, cell := range cells {
		folded := fold(cell)
		if m := aboutLine.FindString(folded); m != "" {
			h.subject = gather(cell[len(m):], cells[i+1:], true)
			return
		}
		if m := headKind.FindStringSubmatch(folded); m != nil && shouted(firstWord(cell)) {
			h.kind = kindNamed(m[1])
			rest := strings.TrimSpace(cell[len(m[1]):])
			h.subject = aboutLess(gather(rest, cells[i+1:], false))
			return
		}
	}
}

func firstWord(s string) string {
	word, _, _ := strings.Cut(s, " ")
	return word
}

// aboutLess takes "Về việc" or "Về" off a subject.
func aboutLess(s string) string {
	return s[len(aboutWords.FindString(fold(s))):]
}

var aboutWords = regexp.MustCompile(`^(?:v/v|về việc|về)\s*:?\s+`)

// gather joins the cells of a subject to the first of them. Behind "V/v" blank
// lines do not end it, because the other column may have been between.
func gather(first string, more []string, overGaps bool) string {
	words := strings.Fields(first)
	for _, cell := range more {
		switch {
		case cell == "" && (overGaps || len(words) == 0):
			continue
		case cell == "" || overGaps && shouted(cell) || officeBreak.MatchString(cell):
			return strings.Trim(strings.Join(words, " "), " .;:")
		}
		words = append(words, strings.Fields(cell)...)
	}
	return strings.Trim(strings.Join(words, " "), " .;:")
}

var officeBreak = regexp.MustCompile(`^(?:Căn cứ|Thực hiện|Để |Nhằm |Theo |[IVX]+\.|1\.|Kính gửi|\()`)

// headEnd is the first line of the body of a letter that addresses no one:
// behind number, date, kind and subject, as far as these are there.
func headEnd(lines []string) int {
	end := 0
	var h letterhead
	for i, line := range lines[:min(len(lines), maxHead)] {
		text := strings.TrimSpace(line)
		folded := fold(ahead(text, 0, 200))
		before := h
		h.takeLine(line)
		switch {
		case h.found != before.found || h.date != before.date || motto.MatchString(folded) && len(text) < 120:
			end = i + 1
		case aboutLine.MatchString(folded), headKind.MatchString(folded) && shouted(firstWord(text)):
			return i + subjectLines(lines[i:])
		}
	}
	return end
}

// subjectLines counts the lines that a kind or "V/v" and the subject take.
func subjectLines(lines []string) int {
	n, words := 0, false
	for i, line := range lines[:min(len(lines), 12)] {
		text := strings.TrimSpace(line)
		if i > 0 && officeBreak.MatchString(text) || text == "" && words || markerOf(text).label != "" && i > 0 {
			break
		}
		n = i + 1
		words = words || i > 0 && text != "" || aboutLine.MatchString(fold(text))
	}
	return n
}
