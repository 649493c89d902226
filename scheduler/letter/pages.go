package letter

import (
	"regexp"
	"strings"
	"unicode"
)

var (
	pageNumber = regexp.MustCompile(`^\s*(?:-\s*|trang\s+)?\d{1,3}(?:\s*-|\s*/\s*\d{1,3})?\s*$`)
	bareNumber = regexp.MustCompile(`^\s*\d{1,2}\s*$`)
	rowsHead   = regexp.MustCompile(`(?:^|\s)(?:s?tt|số tt)(?:\s|$)`)
)

// withoutPageNumbers blanks the lines that only layout put there: the numbers
// of pages, and rules, which have neither letter nor digit.
func withoutPageNumbers(lines []line) []line {
	out := make([]line, len(lines))
	next, rows := 2, false
	for i, l := range lines {
		if out[i] = l; len(l.text) > 200 || l.text == "" {
			continue
		}
		switch {
		case isRule(l.text):
			out[i].text = ""
		case isPageNumber(lines, i, next, rows):
			next, out[i].text = atoi(strings.Trim(l.text, " -"))+1, ""
		case len(l.text) < 120 && hasOne(l.text, "TT|tt") && rowsHead.MatchString(fold(l.text)):
			rows = true
		}
	}
	return out
}

// isPageNumber reports whether line i is the number of a page: it stands alone
// between blank lines or at the edge of a page, or is the number that is due.
// Behind the head of a table bare numbers count its rows.
func isPageNumber(lines []line, i, due int, rows bool) bool {
	text := lines[i].text
	if len(text) > 60 || !strings.ContainsAny(text, "0123456789") || !pageNumber.MatchString(strings.ToLower(text)) {
		return false
	}
	if rows && bareNumber.MatchString(text) {
		return atEdge(lines, i)
	}
	blank := func(i int) bool { return i < 0 || i >= len(lines) || lines[i].blank() }
	return blank(i-1) && blank(i+1) || atEdge(lines, i) ||
		atoi(strings.Trim(text, " -")) == due && i > 0 && !wantsNumber(lines[i-1].text)
}

// atEdge reports whether line i is the first or last of a page that a form
// feed ends.
func atEdge(lines []line, i int) bool {
	return lines[i].page || i+1 < len(lines) && lines[i+1].page
}

// isRule reports whether the line is drawn rather than written: "-----", "* * *".
func isRule(line string) bool {
	return len(line) > 0 && !strings.ContainsFunc(line, func(r rune) bool {
		return unicode.IsLetter(r) || unicode.IsDigit(r) || strings.ContainsRune("().;:/…”\"", r)
	})
}
