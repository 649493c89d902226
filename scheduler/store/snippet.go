package store

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// A snippet is at most so many bytes of the text, two to a letter or nearly so,
// and begins at most so many before what is found. What is found is never cut.
const (
	snippetLength = 300
	snippetLead   = 80
)

// snippet cuts out of a text where most of the phrases are marked, in pieces of
// which every second one, from the second on, is marked. There is at least one mark.
func snippet(text string, marks []mark) []string {
	from, to := window(text, marks)
	pieces, at := []string{ellipsis(from > 0)}, from
	for _, m := range marks {
		switch {
		case m.to <= at || m.from >= to:
		case m.from < at: // it begins in the mark before, which it prolongs
			pieces[len(pieces)-2] += text[at:min(m.to, to)]
			at = min(m.to, to)
		default:
			pieces[len(pieces)-1] += text[at:m.from]
			pieces = append(pieces, text[m.from:min(m.to, to)], "")
			at = min(m.to, to)
		}
	}
	pieces[len(pieces)-1] += text[at:to] + ellipsis(to < len(text))
	return pieces
}

func ellipsis(cut bool) string {
	if cut {
		return "…"
	}
	return ""
}

// window chooses the stretch of a text to show, from the beginning of a word to
// the end of one.
func window(text string, marks []mark) (from, to int) {
	if len(text) <= snippetLength {
		return 0, len(text)
	}
	best, most := 0, 0
	for i := range marks {
		if n := variety(marks[i:]); n > most {
			best, most = i, n
		}
	}
	from = wordStart(text, max(0, marks[best].from-snippetLead), marks[best].from)
	to = min(len(text), max(from+snippetLength, marks[best].to))
	return from, wordEnd(text, to, marks[best].to)
}

// variety is how many different phrases are marked within reach of the first mark.
func variety(marks []mark) int {
	phrases := map[int]bool{}
	for _, m := range marks {
		if m.to > marks[0].from+snippetLength-snippetLead {
			break
		}
		phrases[m.phrase] = true
	}
	return len(phrases)
}

// wordStart is the first beginning of a word from byte at on, or limit.
func wordStart(text string, at, limit int) int {
	if at == 0 {
		return 0
	}
	for i, r := range text[at:limit] {
		if unicode.IsSpace(r) {
			return at + i + utf8.RuneLen(r)
		}
	}
	return limit
}

// wordEnd is the last end of a word up to byte at, or limit.
func wordEnd(text string, at, limit int) int {
	if at == len(text) {
		return at
	}
	if i := strings.LastIndexFunc(text[limit:at], unicode.IsSpace); i >= 0 {
		return limit + i
	}
	return limit
}
