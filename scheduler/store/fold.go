package store

import (
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// foldRules numbers the rules of this file and of [placesOf]. Who changes what
// they make of a text raises it, and every database is folded anew when opened.
const foldRules = 1

// longestWord is the most letters and digits a word has; what is longer is cut
// into several, alike in a text and in a query.
const longestWord = 64

// fieldGap stands between the fields of a place. Its dot counts as a word, which
// keeps a phrase from reaching over it.
const (
	fieldGap = " · "
	fieldDot = '·'
)

// token is one word of a text and the keys that find it.
type token struct {
	from, to int    // its bytes in the text
	bare     string // in lower case and without marks
	marked   string // with its marks; "" where it has none
}

// tokens parts a text into its words, which are runs of letters and digits.
func tokens(text string) []token {
	var all []token
	for at := 0; at < len(text); {
		n := wordLen(text[at:])
		if n > 0 {
			bare, marked := keys(text[at : at+n])
			all = append(all, token{at, at + n, bare, marked})
		} else {
			_, n = utf8.DecodeRuneInString(text[at:])
		}
		at += n
	}
	return all
}

// wordLen is the length in bytes of the word that text begins with, or 0.
func wordLen(text string) int {
	letters := 0
	for i, r := range text {
		switch {
		case unicode.IsLetter(r) || unicode.IsDigit(r):
			if letters++; letters > longestWord {
				return i
			}
		case i == 0 && r == fieldDot:
			return len(string(fieldDot))
		case letters == 0 || !unicode.IsMark(r) && !unicode.Is(unicode.Cf, r):
			return i
		}
	}
	return len(text)
}

// keys folds a word. The tone of a marked word stands before it, so that "hoà"
// and "hòa" have one key, of which the key of "hò" is a prefix. The Icelandic ð
// is taken for đ: their capitals look the same, and either gets typed.
func keys(word string) (bare, marked string) {
	var room [4][48]byte // most words fit in it
	plain, tones, shapes := room[0][:0], room[1][:0], room[2][:0]
	for _, r := range string(norm.NFD.AppendString(room[3][:0], word)) {
		switch r = unicode.ToLower(r); {
		case r == 'đ' || r == 'ð':
			plain = append(plain, 'd')
			shapes = append(shapes, "đ"...)
		case isTone(r):
			tones = utf8.AppendRune(tones, r)
		case unicode.IsMark(r):
			shapes = utf8.AppendRune(shapes, r)
		case !unicode.Is(unicode.Cf, r): // a soft hyphen and its like are not seen
			plain = utf8.AppendRune(plain, r)
			shapes = utf8.AppendRune(shapes, r)
		}
	}
	if len(tones)+len(shapes) == len(plain) {
		return string(plain), ""
	}
	return string(plain), string(append(tones, shapes...))
}

// isTone reports whether r is one of the five combining tone marks: huyền, sắc,
// hỏi, ngã, nặng.
func isTone(r rune) bool {
	return r == '\u0300' || r == '\u0301' || r == '\u0309' || r == '\u0303' || r == '\u0323'
}
