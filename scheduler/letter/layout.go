package letter

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// layout is a letter in its parts, still in lines. What follows the body (the
// copies, the signature) is not kept.
type layout struct {
	head      []string // up to the addressees, or to the body where there are none
	addressed bool     // it has "Kính gửi"
	body      []string
}

var (
	kinhGui   = regexp.MustCompile(`^\s*kính gửi(?:[^\p{L}]|$)`)
	footLine  = regexp.MustCompile(`^\s*nơi nhận\s*:?(?:\s|$)`)
	signature = regexp.MustCompile(`^\s*(?:(?:TM|KT|TL|TUQ|Q)\s?\.|[KT]/[TML]\.?)\s?\p{Lu}{2}`)
	bodyOpens = regexp.MustCompile(`^(?:thực hiện|căn cứ|để |nhằm |ngày |theo |triển khai|hưởng ứng|tiếp tục|tiếp theo|trong |vừa qua|hiện nay|sau khi|năm \d|tuyên truyền|đề nghị|nhân )`)
)

// divide finds the parts of a letter.
func divide(text string) layout {
	lines := withoutPageNumbers(strings.Split(text, "\n"))
	greeting := -1
	for i, line := range lines {
		if kinhGui.MatchString(fold(ahead(line, 0, 80))) {
			greeting = i
			break
		}
	}
	if greeting < 0 {
		end := headEnd(lines)
		return layout{head: lines[:end], body: lines[end:footFrom(lines, end)]}
	}
	start := bodyFrom(lines, greeting)
	return layout{head: lines[:greeting], addressed: true, body: lines[start:footFrom(lines, start)]}
}

// footFrom is the line at which copies and signatures begin.
func footFrom(lines []string, from int) int {
	for i := from; i < len(lines); i++ {
		if footLine.MatchString(fold(ahead(lines[i], 0, 60))) || signature.MatchString(ahead(lines[i], 0, 60)) {
			return i
		}
	}
	return len(lines)
}

// bodyFrom is the first line behind the addressees, who begin at line greeting.
func bodyFrom(lines []string, greeting int) int {
	last, gap := lines[greeting], false
	for i := greeting + 1; i < len(lines); i++ {
		line := strings.TrimSpace(lines[i])
		if line == "" {
			gap = true
			continue
		}
		if endsAddressees(last, line, gap) {
			return i
		}
		last, gap = lines[i], false
	}
	return len(lines)
}

func endsAddressees(last, line string, gap bool) bool {
	mark := lastRune(last)
	opened := strings.TrimSpace(fold(last))
	switch {
	case bulletOf(line) != "":
		return false
	case numbered(line):
		return mark == '.' || gap && mark != ':' && mark != ';'
	case !startsSentence(line) || opened == "kính gửi:" || opened == "kính gửi":
		return false
	case bodyOpens.MatchString(fold(ahead(line, 0, 40))) || mark == '.':
		return true
	}
	return gap && mark != ':' && mark != ',' && mark != ';'
}

func startsSentence(line string) bool {
	r, _ := utf8.DecodeRuneInString(line)
	return !unicode.IsLower(r)
}

// lastRune is the last rune of a line that is no space.
func lastRune(line string) rune {
	r, _ := utf8.DecodeLastRuneInString(strings.TrimRight(line, " "))
	return r
}

var pageNumber = regexp.MustCompile(`^\s*(?:-\s*|trang\s+)?\d{1,3}(?:\s*-|\s*/\s*\d{1,3})?\s*$`)

// withoutPageNumbers takes out page numbers, which stand alone between blank
// lines, and rules, which have neither letter nor digit.
func withoutPageNumbers(lines []string) []string {
	out := make([]string, 0, len(lines))
	blank := func(i int) bool { return i < 0 || i >= len(lines) || strings.TrimSpace(lines[i]) == "" }
	for i, line := range lines {
		alone := blank(i-1) && blank(i+1) && len(line) < 40
		if alone && pageNumber.MatchString(strings.ToLower(line)) || isRule(line) {
			line = ""
		}
		out = append(out, line)
	}
	return out
}

// isRule reports whether the line is drawn rather than written: "-----", "* * *".
func isRule(line string) bool {
	return len(line) > 0 && len(line) < 200 && !strings.ContainsFunc(line, func(r rune) bool {
		return unicode.IsLetter(r) || unicode.IsDigit(r) || strings.ContainsRune("().;:/…”\"", r)
	})
}
