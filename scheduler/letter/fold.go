package letter

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// fold puts s in lower case and moves the tone of an open "oa" or "uy" to its
// first vowel ("uỷ" becomes "ủy"), so that both spellings in use match one
// pattern. Every byte keeps its place: an offset into the folded text is an
// offset into s.
func fold(s string) string {
	s = strings.Map(lower, s)
	var out strings.Builder
	out.Grow(len(s))
	kept := 0
	for i, r := range s {
		first, pair := openTone(r)
		after := i + utf8.RuneLen(r)
		if pair == "" || i == 0 || s[i-1] != first || letterAt(s, after) {
			continue
		}
		out.WriteString(s[kept : i-1])
		out.WriteString(pair)
		kept = after
	}
	out.WriteString(s[kept:])
	return out.String()
}

// lower maps to lower case only where that keeps the length in bytes.
func lower(r rune) rune {
	if l := unicode.ToLower(r); utf8.RuneLen(l) == utf8.RuneLen(r) {
		return l
	}
	return r
}

// openTone answers for a toned second vowel the vowel it follows and the pair
// with the tone moved, of the same length in bytes.
func openTone(r rune) (first byte, pair string) {
	switch r {
	case 'à':
		return 'o', "òa"
	case 'á':
		return 'o', "óa"
	case 'ả':
		return 'o', "ỏa"
	case 'ã':
		return 'o', "õa"
	case 'ạ':
		return 'o', "ọa"
	case 'ỷ':
		return 'u', "ủy"
	}
	return 0, ""
}

// letterAt reports whether a letter begins at byte i of s.
func letterAt(s string, i int) bool {
	r, _ := utf8.DecodeRuneInString(s[min(i, len(s)):])
	return unicode.IsLetter(r)
}

// upperAt reports whether a capital letter begins at byte i of s.
func upperAt(s string, i int) bool {
	r, _ := utf8.DecodeRuneInString(s[min(i, len(s)):])
	return unicode.IsUpper(r)
}

// wordAt reports whether a letter or digit begins at byte i of s.
func wordAt(s string, i int) bool {
	r, _ := utf8.DecodeRuneInString(s[min(i, len(s)):])
	return unicode.IsLetter(r) || unicode.IsDigit(r)
}

// ahead is s from byte i on, at most about n bytes, cut between runes. Every
// look around a place in the text goes through ahead or behind, which is what
// keeps the reading linear.
func ahead(s string, i, n int) string {
	if i+n >= len(s) {
		return s[min(i, len(s)):]
	}
	end := i + n
	for end > i && !utf8.RuneStart(s[end]) {
		end--
	}
	return s[i:end]
}

// behind is s up to byte i, at most about n bytes, cut between runes.
func behind(s string, i, n int) string {
	from := max(i-n, 0)
	for from < i && !utf8.RuneStart(s[from]) {
		from++
	}
	return s[from:i]
}
