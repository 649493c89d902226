package letter

import (
	"regexp"
	"strings"
	"unicode/utf8"
)

// paragraph is one paragraph with its lines joined.
type paragraph struct {
	marker
	passage          // without the marker
	row     bool     // it was the row of a table
	about   bool     // it says how the row before it is aired
	names   []ref    // the topics that the row names
	columns []column // its cells
	onAir   bool     // it stands where only airing is spoken of
}

// paragraphs joins the lines of a letter to paragraphs.
func paragraphs(letter string, lines []line) []paragraph {
	wrapped := wrappingOf(lines)
	var out []paragraph
	var open []line
	shut := func() {
		if len(open) > 0 {
			out = append(out, joined(letter, open))
		}
		open = nil
	}
	gap, skip := false, 0
	for i, l := range lines {
		if i < skip {
			continue
		}
		if rows, n := readTable(letter, lines[i:]); n > 0 && len(rows) > 0 {
			shut()
			out, skip = append(out, rows...), i+n
			continue
		}
		if l.blank() {
			gap = true
			continue
		}
		if len(open) > 0 && wrapped.begins(open, l.text, gap) {
			shut()
		}
		open, gap = append(open, l), false
	}
	shut()
	return out
}

// wrapping is how the lines of a letter are set.
type wrapping struct {
	width int  // the length of the longest wrapped line, in runes
	base  int  // the indent of the lines that are set furthest to the left
	whole bool // a line is a whole paragraph, as word processors save it
}

// widest is the length in runes from which a line is too long to be wrapped.
const widest = 120

func wrappingOf(lines []line) wrapping {
	w := wrapping{width: 40, base: 40}
	for _, l := range lines {
		if l.blank() {
			continue
		}
		w.base = min(w.base, indent(l.text))
		n := utf8.RuneCountInString(strings.TrimSpace(l.text))
		w.whole = w.whole || n > widest
		if n <= widest {
			w.width = max(w.width, n)
		}
	}
	return w
}

// begins reports whether line begins a paragraph behind the lines open.
func (w wrapping) begins(open []line, line string, gap bool) bool {
	last := open[len(open)-1].text
	text := strings.TrimSpace(line)
	ended := strings.ContainsRune(".:;…!?)”\"", lastRune(last))
	first, _, _ := strings.Cut(text, " ")
	length := utf8.RuneCountInString(strings.TrimSpace(last))
	short := length+1+utf8.RuneCountInString(first) < w.width*3/4
	switch {
	case !gap && sticks(last, text):
		return false
	case markerOf(text).level != levelPlain:
		return ended || gap || w.whole || !runsInto(last, text, short)
	case ended && text[0] <= '9' && clockLine.MatchString(text):
		return true
	case ended && timingHead.MatchString(fold(ahead(text, 0, 40))) && upperAt(text, 0) && strings.Contains(ahead(text, 0, 60), ":"):
		return true
	case w.whole && (length > widest || ended):
		return length > widest || startsSentence(text)
	case gap:
		return ended || startsSentence(text)
	case strings.ContainsRune(".:…!?", lastRune(last)):
		return startsSentence(text) && (short || w.setApart(open[0].text, last, line))
	}
	return short && startsSentence(text) && len(open) == 1 && isHeading(last)
}

// clockLine is a line of a day's schedule: "5h30: Chương trình của huyện".
var clockLine = regexp.MustCompile(`^\d{1,2}(?:[hg]\d{0,2}|:\d{2}| giờ(?: \d{1,2})?(?: phút)?) ?(?::|-|–|đến |\s{2,}|\p{Lu})`)

// setApart reports whether a line is set like the first of a paragraph: a
// remark in brackets, or indented.
func (w wrapping) setApart(first, last, line string) bool {
	text := strings.TrimSpace(line)
	return text[0] == '(' && upperAt(text, 1) || indent(line) > indent(last) || indent(line) > w.base && indent(line) == indent(first)
}

// isHeading reports whether a line that ends without a mark is a heading: it
// has a number, or capitals only.
func isHeading(line string) bool {
	line = strings.TrimSpace(line)
	return numbered(line) || strings.ToUpper(line) == line
}

func indent(line string) int { return len(line) - len(strings.TrimLeft(line, " ")) }

var numberWanted = regexp.MustCompile(`(?:^|[^\p{L}])(?:số|ngày|tháng|năm|khoản|điều|điểm|mục|quý|từ|đến|hết|khóa|lần|thứ|và|-|–)$`)

// runsInto reports whether what looks like a marker goes on with the line
// before: "ngày" + "15. Các …", "Ban Dân vận" + "- Tỉnh ủy Hải Dương", "3168/UBND"
// + "-VP".
func runsInto(last, line string, short bool) bool {
	if m := markerOf(line); m.label != "" {
		return m.level != levelAlpha && m.level != levelGroup && wantsNumber(last)
	}
	if sticks(last, line) {
		return true
	}
	rest := strings.TrimLeft(line[len(bulletOf(line)):], " ")
	return !short && lastRune(last) != ',' && isOffice(fold(ahead(rest, 0, 40))) || !startsSentence(rest) && !short
}

// wantsNumber reports whether a line ends where a number has to follow.
func wantsNumber(line string) bool {
	line = strings.TrimRight(line, " ")
	return numberWanted.MatchString(fold(behind(line, len(line), 20)))
}

// joined makes one paragraph of its lines. A word, number or symbol broken at
// a hyphen or stroke is put together again.
func joined(letter string, lines []line) paragraph {
	j := joiner{letter: letter}
	for i, l := range lines {
		j.add(l, i > 0 && !sticks(lines[i-1].text, strings.TrimLeft(l.text, " ")))
	}
	p := j.passage()
	m := markerOf(p.text)
	rest := p.text[m.size:]
	m.size += len(rest) - len(strings.TrimLeft(rest, " "))
	return paragraph{marker: m, passage: p.cut(m.size, len(p.text))}
}

var (
	hangs     = regexp.MustCompile(`[\p{L}\d]\s?[/&]$|[\p{L}\d][-–]$`)
	hangsOver = regexp.MustCompile(`^(?:/ ?[\p{Lu}\d]|[-–]\p{Lu}{2,})`)
	symbolEnd = regexp.MustCompile(`\d$|\d\S*/\S*\p{Lu}$`)
)

// mayStick reports whether a byte is a stroke or hyphen, or one of a dash.
func mayStick(b byte) bool { return strings.IndexByte("/&-\x93\xe2", b) >= 0 }

// sticks reports whether a line goes on in the middle of a word.
func sticks(last, next string) bool {
	last = strings.TrimRight(last, " ")
	end := behind(last, len(last), 40)
	if end == "" || next == "" || !mayStick(end[len(end)-1]) && !mayStick(next[0]) {
		return false
	}
	if hangs.MatchString(end) {
		return wordAt(next, 0)
	}
	return hangsOver.MatchString(ahead(next, 0, 12)) && symbolEnd.MatchString(end)
}
