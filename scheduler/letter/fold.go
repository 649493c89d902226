package letter

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// fold puts s in lower case and moves the tone of an open "oa" or "uy" to its
// first vowel ("uỷ" becomes "ủy"), so that both spellings in use match one
// pattern. Every byte keeps its place: an offset into the folded text is an
// offset into s.
func fold(s string) string {
	out := make([]byte, 0, len(s))
	for i := 0; i < len(s); {
		if c := s[i]; c < utf8.RuneSelf {
			if 'A' <= c && c <= 'Z' {
				c += 'a' - 'A'
			}
			out, i = append(out, c), i+1
			continue
		}
		r, size := utf8.DecodeRuneInString(s[i:])
		if r == utf8.RuneError {
			out, i = append(out, s[i:i+size]...), i+size
			continue
		}
		r = lower(r)
		i += size
		if first, pair := openTone(r); pair != "" && len(out) > 0 && out[len(out)-1] == first && !letterAt(s, i) {
			out = append(out[:len(out)-1], pair...)
			continue
		}
		out = utf8.AppendRune(out, r)
	}
	return string(out)
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

// digitAt reports whether byte i of s is there and a digit.
func digitAt(s string, i int) bool { return i >= 0 && i < len(s) && s[i] >= '0' && s[i] <= '9' }

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

// around are the stretches of s near one of the words, from so many bytes
// before it to so many behind it, widened to whole words and merged.
func around(s, words string, before, after int) [][2]int {
	return stretches(s, places(s, words), before, after)
}

// places are where the words begin in s, in order.
func places(s, words string) (at []int) {
	for word := range strings.SplitSeq(words, "|") {
		for from := 0; ; {
			n := strings.Index(s[from:], word)
			if n < 0 {
				break
			}
			at = append(at, from+n)
			from += n + len(word)
		}
	}
	slices.Sort(at)
	return at
}

// stretches are the stretches of s around places in order, from so many bytes
// before each to so many behind it, widened to whole words and merged.
func stretches(s string, at []int, before, after int) [][2]int {
	var out [][2]int
	for _, i := range at {
		from, to := spaceBefore(s, i-before), spaceAfter(s, i+after)
		if n := len(out); n > 0 && from <= out[n-1][1] {
			out[n-1][1] = to
			continue
		}
		out = append(out, [2]int{from, to})
	}
	return out
}

// spaceBefore is the nearest space at byte i or before it, or 0.
func spaceBefore(s string, i int) int {
	return max(strings.LastIndexByte(s[:min(max(i, 0), len(s))], ' '), 0)
}

// spaceAfter is the nearest space at byte i or behind it, or the end.
func spaceAfter(s string, i int) int {
	if i >= len(s) {
		return len(s)
	}
	if n := strings.IndexByte(s[i:], ' '); n >= 0 {
		return i + n
	}
	return len(s)
}
