package web

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"loaphuong/scheduler"
)

// sentence is a stretch of a topic at whose beginning the topic can be split.
type sentence struct {
	Text string // on one line
	At   int    // where it begins in the letter's text, in bytes
}

// Brief is the beginning of a sentence, to name it by.
func (s sentence) Brief() string {
	const length = 40 // characters
	r := []rune(s.Text)
	if len(r) <= length {
		return s.Text
	}
	return string(r[:length]) + "…"
}

// listMarker begins an item of a list: "- ", "• ", "1. ", "2.1. ", "a) ", "(3) ".
var listMarker = regexp.MustCompile(`^(?:[-+*•–—]|\(?\d{1,2}(?:\.\d{1,2})*[.)]|\(?\p{Ll}\))\s`)

// sentences cuts what stands in the spans of a topic where a sentence, a clause
// or an item of a list ends. Spans that do not lie in the text are drawn in.
func sentences(text string, spans []scheduler.Span) []sentence {
	var all []sentence
	for _, s := range spans {
		from, to := onRune(text, s.From), onRune(text, s.To)
		for from < to {
			end := from + endOf(text[from:to])
			words := strings.Join(strings.Fields(text[from:end]), " ")
			if words != "" {
				all = append(all, sentence{words, from + indent(text[from:end])})
			}
			from = end
		}
	}
	return all
}

// indent is the length of the white space that s begins with, in bytes.
func indent(s string) int { return len(s) - len(strings.TrimLeftFunc(s, unicode.IsSpace)) }

// maxWord bounds how far back from a full stop is looked, in bytes.
const maxWord = 64

// endOf is where the first sentence of s ends, in bytes.
func endOf(s string) int {
	start := indent(s)
	for i, width := start, 0; i < len(s); i += width {
		var r rune
		r, width = utf8.DecodeRuneInString(s[i:])
		next := s[i+width:]
		switch {
		case i == start || next == "":
		case r == '\n' && listMarker.MatchString(next[indent(next):min(len(next), indent(next)+maxWord)]):
			return i + width
		case strings.ContainsRune(";?!…", r) && startsWithSpace(next):
			return i + width
		case r == '.' && startsWithSpace(next) && endsSentence(s[max(start, i-maxWord):i], next[indent(next):]):
			return i + width
		}
	}
	return len(s)
}

func startsWithSpace(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return unicode.IsSpace(r)
}

// endsSentence reports whether a full stop between two texts ends a sentence,
// and not the number of an item or a short form such as "TP." or "Th.S.".
func endsSentence(before, after string) bool {
	fields := strings.Fields(before)
	if len(fields) == 0 {
		return false
	}
	last := fields[len(fields)-1]
	next, _ := utf8.DecodeRuneInString(after)
	short := utf8.RuneCountInString(last) <= 3 && strings.IndexFunc(last, unicode.IsUpper) == 0
	return !(len(fields) == 1 && listMarker.MatchString(last+". ")) && !short && !unicode.IsLower(next)
}
