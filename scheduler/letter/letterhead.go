package letter

import (
	"regexp"
	"slices"
	"strings"
	"unicode"

	"loaphuong/scheduler"
)

// letterhead is what stands above the addressees, and who signed below.
type letterhead struct {
	kind, number, issuer string
	subject, remark      passage // the remark is what stands in brackets below the subject
	date                 scheduler.Date
	signatory            scheduler.Signatory
	spans                scheduler.HeadSpans
	found                bool // a number, blank or not, stands there
	open                 bool // the day is left blank
}

// maxHead bounds the lines in which a letterhead is looked for.
const maxHead = 60

// Pieces of the patterns below.
const (
	blanks = `[ ._…]*`
	symbol = `\p{L}[\p{L}\d&]*(?:\s?[-–—/.]\s?\p{L}[\p{L}\d&]*)*`
	place  = `\p{Lu}[\p{L}.]*(?: [\p{L}\d][\p{L}\d.]*){0,5}`
	dated  = `[Nn]gày\s*(?:m[ồù]ng\s+)?(\d{1,2})?` + blanks + `(?:[/.-]|tháng)\s*(\d{1,2})?` + blanks + `(?:[/.-]|,?\s*năm)\s*(\d{4})`
)

var (
	numberLine = regexp.MustCompile(`(?:^\s*|\s{2,}|\p{Lu}{2,} )(?:S[ốôóồỐ])\s*[:.;]?\s*((\d{1,5}[a-dA-D]?)?` + blanks + `([/–—-])\s*((?:(?:19|20)\d\d\s*/\s*)?` + symbol + `))`)
	// spacedLine is a number that only a space parts from its symbol.
	spacedLine = regexp.MustCompile(`(?:^\s*|\s{2,})S[ốôó]\s*[:.;]?\s*((\d{1,5})() (\p{Lu}{2,5}\s?/\s?` + symbol + `))`)
	// bareLine is a number without a symbol, or the place for one.
	bareLine = regexp.MustCompile(`(?:^\s*|\s{3,})(?i:s[ốôó])\s*[:.]\s*((\d{1,5})?` + blanks + `/?)(?:$|\s{3,})`)
	motto    = regexp.MustCompile(`cộng h(?:òa|oà) xã hội chủ nghĩa việt nam|độc lập\s*[-–—]+\s*tự do\s*[-–—]+\s*hạnh phúc|đảng cộng sản việt nam|[*x] \* \*|_{3,}|-{3,}|\*{3,}`)
	// dateLines are the ways to write place and date, the surest first.
	dateLines = []*regexp.Regexp{
		regexp.MustCompile(`(?:^|\s{2,})(?:` + place + `),\s*` + dated),
		regexp.MustCompile(`(?:^|\s{2,})` + dated + `\s*(?:$|\s{3,})`),
		regexp.MustCompile(`(?:^|\s{2,})\p{Lu}\p{L}*(?: \p{Lu}\p{L}*){0,3}\s+` + dated + `\s*(?:$|\s{3,})`),
		regexp.MustCompile(`(?:^|\s{2,})(?:` + place + `),\s*(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})\s*(?:$|\s{3,})`),
		regexp.MustCompile(`(?:^|\s)(?:\p{Lu}[\p{L}.]* ){0,3}\p{Lu}[\p{L}.]*,\s*` + dated),
		regexp.MustCompile(`(?:^|\s{2,})(?:` + place + `),\s*()tháng\s*(\d{1,2})\s*(?:/|,?\s*năm)\s*(\d{4})`),
	}
)

// readHead reads the lines of a letterhead. Two columns may stand side by side
// with a gap between them, one behind the other, or run together.
func readHead(text string, lines []line) letterhead {
	var h letterhead
	var cells []line
	for _, l := range lines[:min(len(lines), maxHead)] {
		cells = append(cells, h.takeLine(l)...)
	}
	h.takeIssuer(cells)
	h.takeSubject(text, cells)
	return h
}

// ofSubject is before the name of the state or the party where it is no motto:
// "Ngày thành lập Đảng Cộng sản Việt Nam".
var ofSubject = regexp.MustCompile(`(?:lập|của|sử|nước|đảng bộ|đại hội) $`)

// takeLine takes motto, number and date out of a line and returns its other
// cells, or one empty cell for a blank line.
func (h *letterhead) takeLine(l line) []line {
	if len(l.text) > 600 {
		l.text = ahead(l.text, 0, 600)
	}
	if folded := fold(l.text); hasOne(folded, "cộng h|độc lập|cộng sản|* *|___|---|***") {
		for _, m := range motto.FindAllStringIndex(folded, -1) {
			named := strings.HasPrefix(folded[m[0]:], "đảng ") && !shouted(l.text[m[0]:m[1]])
			if !named && !ofSubject.MatchString(behind(folded, m[0], 24)) {
				l.text = blanked(l.text, m[0], m[1])
			}
		}
	}
	l = h.takeNumber(h.takeDate(l))
	if l.blank() {
		return []line{l.part(0, 0)}
	}
	return withoutSecond(cellsOf(l))
}

var gapBetween = regexp.MustCompile(`\s{3,}`)

// stamp is what is set on a letter and says nothing of it.
var stamp = regexp.MustCompile(`^\(?(?:bản )?(?:dự thảo|hỏa tốc|thượng khẩn|khẩn|mật|tối mật)(?: lần \d)?\)?$`)

// withoutSecond is the cells of a line without stamps, and without the second
// of two in capitals: the office stands on the left.
func withoutSecond(cells []line) []line {
	cells = slices.DeleteFunc(cells, func(c line) bool { return stamp.MatchString(fold(c.text)) })
	if len(cells) == 2 && shouted(cells[0].text) && shouted(cells[1].text) {
		return cells[:1]
	}
	return cells
}

// cellsOf cuts a line at its wide gaps, and where a subject begins.
func cellsOf(l line) []line {
	var out []line
	from := 0
	cut := func(to int) {
		if c := l.part(from, to); c.text != "" && !isRule(c.text) {
			out = append(out, c)
		}
	}
	for _, m := range cellEnds(l.text) {
		cut(m)
		from = m
	}
	cut(len(l.text))
	return out
}

// cellEnds are the places at which a cell of the line ends.
func cellEnds(text string) []int {
	var out []int
	for _, m := range gapBetween.FindAllStringIndex(text, -1) {
		out = append(out, m[1])
	}
	if i := strings.Index(text, " V/v "); i > 0 {
		out = append(out, i+1)
	}
	return slices.Sorted(slices.Values(out))
}

// blanked is s with spaces in place of the bytes from one to another.
func blanked(s string, from, to int) string {
	return s[:from] + strings.Repeat(" ", to-from) + s[to:]
}

// takeNumber takes the letter's own number out of a line. A later one that is
// filled in takes the place of a blank.
func (h *letterhead) takeNumber(l line) line {
	if !hasOne(l.text, "Số|Sô|Só|Sồ|Sò|SỐ") {
		return l
	}
	m := numberLine.FindStringSubmatchIndex(l.text)
	if m == nil {
		m = spacedLine.FindStringSubmatchIndex(l.text)
	}
	if m == nil {
		return h.takeBareNumber(l)
	}
	g := groups(l.text, m)
	if number := tidyNumber(g[2] + g[3] + g[4]); !h.found || !h.numbered() && g[2] != "" {
		h.number, h.found = number, true
		h.spans.Number = l.span(m[2], m[3])
	}
	l.text = blanked(l.text, m[0], m[1])
	return l
}

func (h *letterhead) takeBareNumber(l line) line {
	m := bareLine.FindStringSubmatchIndex(l.text)
	if m == nil {
		return l
	}
	if !h.found {
		h.found = true
		if m[4] >= 0 {
			h.number, h.spans.Number = l.text[m[4]:m[5]], l.span(m[4], m[5])
		}
	}
	l.text = blanked(l.text, m[0], m[1])
	return l
}

// numbered reports whether the number is more than a symbol.
func (h *letterhead) numbered() bool { return h.number != "" && unicode.IsDigit(rune(h.number[0])) }

func (h *letterhead) takeDate(l line) line {
	if !hasOne(l.text, "19|20") || !hasOne(l.text, "ngày|Ngày|tháng|/|-|.") {
		return l
	}
	for _, pattern := range dateLines {
		m := pattern.FindStringSubmatchIndex(l.text)
		if m == nil {
			continue
		}
		if g := groups(l.text, m); h.date.IsZero() {
			h.date = dateOf(g[3], g[2], g[1])
			h.open = g[1] == "" && strings.Contains(strings.ToLower(g[0]), "ngày")
			h.spans.Date = l.span(m[0], m[1])
		}
		l.text = blanked(l.text, m[0], m[1])
		return l
	}
	return l
}

// draft reports whether the place for the number or for the day has not been
// filled in. A letter that has no such place is none.
func (h *letterhead) draft() bool {
	return h.found && !h.numbered() || h.open
}
