package letter

import (
	"regexp"
	"strings"
	"unicode/utf8"
)

// Levels of list items, the outer first. They order items; nothing else is
// read into them.
const (
	levelPart = iota + 1
	levelRoman
	levelGroup // "Nhóm 1", "Đợt 1"
	levelNumber
	levelSub
	levelAlpha
	levelBullet
	levelPlus
	levelCell  // the other columns of a table's row
	levelPlain // an unmarked paragraph, which goes on with what is before it
)

// marker is what a list item begins with.
type marker struct {
	label string // "1", "2.1", "a", "II"; "" for bullets
	group bool   // the label counts groups of topics: "Nhóm 1"
	level int
	size  int // bytes of the line that the marker takes
}

var (
	partMark   = regexp.MustCompile(`^(?i:(?:phần|chương)\s+(?:thứ\s+)?(?:nhất|hai|ba|tư|năm|[ivx]{1,4}|\d))(?:[.:]\s*|\s*$)`)
	waveMark   = regexp.MustCompile(`^((?i:đợt)\s+\d{1,2})\s*[.:]?\s*$`)
	wordMark   = regexp.MustCompile(`^(?i:thứ (?:nhất|hai|ba|tư|năm|sáu)|(?:một|hai|ba|bốn|năm|sáu) là)[,:]`)
	romanMark  = regexp.MustCompile(`^([IVX]{1,5}|[A-H])(?:[.)]\s*|\s?[-–]\s+)(?:\p{L}|["“(])`)
	numberMark = regexp.MustCompile(`^(?:(?:[Mm]ục|[Đđ]iều|[Pp]hần)\s+)?\(?(\d{1,2})(?:[.):]\s*|[/–-]\s+|/-\s*)(?:\p{L}|["“(])`)
	subMark    = regexp.MustCompile(`^(\d{1,2}(?:\.\d{1,2}){1,3})[.)]?\s+(?:\p{Lu}|["“(])`)
	alphaMark  = regexp.MustCompile(`^([a-zđ])[.)]\s*(?:\p{L}|["“(])`)
	bulletMark = regexp.MustCompile(`^([-–—•●▪■○◦·*✓➢\x{E000}-\x{F8FF}]|\+)\s*(?:\p{L}|\d|["“(])`)
)

// beginsPlain is a cheap look that finds most lines to have no marker: those
// that begin with a word, unless it is one that markers begin with.
func beginsPlain(line string) bool {
	first := firstLetters(ahead(line, 0, 40))
	switch fold(first) {
	case "", "phần", "chương", "thứ", "một", "hai", "ba", "bốn", "năm", "sáu", "đợt", "mục", "điều", "nhóm", "chủ", "chuyên", "tuần", "giai", "kỳ":
		return false
	}
	if _, size := utf8.DecodeRuneInString(first); size == len(first) {
		return at(line, size) == ' ' && !strings.ContainsAny(first, "IVXCHBG")
	}
	return strings.Trim(first, "IVX") != ""
}

// markerOf reads the marker at the beginning of a line.
func markerOf(line string) marker {
	if beginsPlain(line) {
		return marker{level: levelPlain}
	}
	window := ahead(line, 0, 40)
	if m := partMark.FindString(window); m != "" {
		return marker{level: levelPart, size: len(m)}
	}
	if wordMark.MatchString(window) {
		return marker{level: levelNumber}
	}
	if m := waveMark.FindStringSubmatch(window); m != nil {
		return marker{label: m[1], level: levelGroup, size: len(window)}
	}
	if m, ok := groupOf(window); ok {
		return m
	}
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
