package letter

import (
	"regexp"
	"strings"
	"unicode/utf8"
)

// Levels of list items, the outer first. They order items; nothing else is
// read into them.
const (
	levelRoman = iota + 1
	levelNumber
	levelSub
	levelAlpha
	levelBullet
	levelPlus
	levelPlain // an unmarked paragraph, which goes on with what is before it
)

// marker is what a list item begins with.
type marker struct {
	label string // "1", "2.1", "a", "II"; "" for bullets
	level int
	size  int // bytes of the line that the marker takes
}

var (
	romanMark  = regexp.MustCompile(`^((?:[IVX]{1,5}|[A-H]))[.)]\s*(?:\p{L}|["“(])`)
	numberMark = regexp.MustCompile(`^(?:(?:[Mm]ục|[Đđ]iều|[Pp]hần)\s+)?(\d{1,2})(?:[.):]\s*|[/–-]\s+)(?:\p{L}|["“(])`)
	subMark    = regexp.MustCompile(`^(\d{1,2}(?:\.\d{1,2}){1,3})[.)]?\s+(?:\p{Lu}|["“(])`)
	alphaMark  = regexp.MustCompile(`^([a-zđ])[.)]\s*(?:\p{L}|["“(])`)
	bulletMark = regexp.MustCompile(`^([-–—•●▪■○◦·*✓➢\x{E000}-\x{F8FF}]|\+)\s*(?:\p{L}|\d|["“(])`)
)

// markerOf reads the marker at the beginning of a line.
func markerOf(line string) marker {
	window := ahead(line, 0, 40)
	for level, pattern := range []*regexp.Regexp{levelRoman: romanMark, levelNumber: numberMark, levelSub: subMark, levelAlpha: alphaMark} {
		if pattern == nil {
			continue
		}
		if m := pattern.FindStringSubmatchIndex(window); m != nil {
			_, last := utf8.DecodeLastRuneInString(window[:m[1]])
			return marker{label: window[m[2]:m[3]], level: level, size: m[1] - last}
		}
	}
	switch bullet := bulletOf(line); bullet {
	case "":
		return marker{level: levelPlain}
	case "+":
		return marker{level: levelPlus, size: len(bullet)}
	default:
		return marker{level: levelBullet, size: len(bullet)}
	}
}

func bulletOf(line string) string {
	m := bulletMark.FindStringSubmatch(ahead(line, 0, 40))
	if m == nil {
		return ""
	}
	return m[1]
}

func numbered(line string) bool { return markerOf(line).label != "" }

// paragraph is one paragraph with its lines joined.
type paragraph struct {
	marker
	text string // without the marker
}

// unwrapped is the length in runes from which a line is a whole paragraph, as
// word processors save it, rather than one of several lines.
const unwrapped = 160

// paragraphs joins lines to paragraphs.
func paragraphs(lines []string) []paragraph {
	width := lineWidth(lines)
	var out []paragraph
	var open []string
	shut := func() {
		if len(open) > 0 {
			out = append(out, joined(open))
		}
		open = nil
	}
	gap := false
	for _, line := range lines {
		if strings.TrimSpace(line) == "" {
			gap = true
			continue
		}
		if len(open) > 0 && begins(open, line, gap, width) {
			shut()
		}
		open, gap = append(open, line), false
	}
	shut()
	return out
}

// lineWidth is the length of the longest wrapped line, in runes.
func lineWidth(lines []string) int {
	width := 40
	for _, line := range lines {
		if n := utf8.RuneCountInString(strings.TrimSpace(line)); n <= unwrapped {
			width = max(width, n)
		}
	}
	return width
}

// begins reports whether line begins a paragraph behind the lines open.
func begins(open []string, line string, gap bool, width int) bool {
	last := open[len(open)-1]
	text := strings.TrimSpace(line)
	ended := strings.ContainsRune(".:;…!?)”\"", lastRune(last))
	first, _, _ := strings.Cut(text, " ")
	length := utf8.RuneCountInString(strings.TrimSpace(last))
	short := length+1+utf8.RuneCountInString(first) < width*3/4
	switch {
	case markerOf(text).level != levelPlain:
		return ended || gap || !runsInto(last, text, short)
	case length > unwrapped:
		return true
	case gap:
		return ended || startsSentence(text)
	case strings.ContainsRune(".:…!?", lastRune(last)):
		remark := text[0] == '(' && upperAt(text, 1)
		return startsSentence(text) && (short || remark || indent(line) > indent(last))
	}
	return short && startsSentence(text) && len(open) == 1 && isHeading(last)
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
	if numbered(line) {
		last = strings.TrimRight(last, " ")
		return numberWanted.MatchString(fold(behind(last, len(last), 20)))
	}
	if sticks(last, line) {
		return true
	}
	rest := strings.TrimLeft(line[len(bulletOf(line)):], " ")
	return !short && lastRune(last) != ',' && officeAhead.MatchString(fold(ahead(rest, 0, 40))) || !startsSentence(rest) && !short
}

// joined makes one paragraph of its lines. A word, number or symbol broken at
// a hyphen or stroke is put together again.
func joined(lines []string) paragraph {
	var b strings.Builder
	for i, line := range lines {
		text := strings.Join(strings.Fields(line), " ")
		if i > 0 && !sticks(lines[i-1], text) {
			b.WriteByte(' ')
		}
		b.WriteString(text)
	}
	text := b.String()
	m := markerOf(text)
	return paragraph{marker: m, text: strings.TrimSpace(text[m.size:])}
}

var (
	hangs     = regexp.MustCompile(`[\p{L}\d]\s?[/&]$|[\p{L}\d][-–]$`)
	hangsOver = regexp.MustCompile(`^(?:/ ?[\p{Lu}\d]|[-–]\p{Lu}{2,})`)
	symbolEnd = regexp.MustCompile(`\d$|\d\S*/\S*\p{Lu}$`)
)

// sticks reports whether a line goes on in the middle of a word.
func sticks(last, next string) bool {
	last = strings.TrimRight(last, " ")
	end := behind(last, len(last), 40)
	if hangs.MatchString(end) {
		return wordAt(next, 0)
	}
	return hangsOver.MatchString(ahead(next, 0, 12)) && symbolEnd.MatchString(end)
}
