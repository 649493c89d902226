package letter

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// symbolReader reads the pieces of a number from left to right. A piece that
// is not there leaves it where it was.
type symbolReader struct {
	text   string
	at     int
	spaced bool // a separator had spaces around it
	small  bool // parts may be in small letters
	lower  bool // one was
}

// digits reads one to five digits and the letter of an inserted number (12a/QĐ-UBND).
func (r *symbolReader) digits() bool {
	end := digitsEnd(r.text, r.at)
	if end-r.at > 5 {
		return false
	}
	if end < len(r.text) && strings.IndexByte("abcdABCD", r.text[end]) >= 0 && !wordAt(r.text, end+1) {
		end++
	}
	r.at = end
	return true
}

// year reads "2019/" or nothing.
func (r *symbolReader) year() int {
	was := *r
	end := digitsEnd(r.text, r.at)
	if s := r.text[r.at:end]; len(s) == 4 && (s[:2] == "19" || s[:2] == "20") {
		if r.at = end; r.separator("/") {
			return atoi(s)
		}
	}
	*r = was
	return 0
}

// separator reads one of the runes of set with at most one space on each side,
// or, where set is empty, one space.
func (r *symbolReader) separator(set string) bool {
	i := r.at
	if strings.HasPrefix(r.text[i:], " ") {
		i++
	}
	if set == "" {
		r.spaced, r.at = true, i
		return i > 0 && r.text[i-1] == ' '
	}
	c, size := utf8.DecodeRuneInString(r.text[i:])
	if size == 0 || !strings.ContainsRune(set, c) {
		return false
	}
	i += size
	if strings.HasPrefix(r.text[i:], " ") {
		i++
	}
	r.spaced = r.spaced || i-r.at > size
	r.at = i
	return true
}

// part reads one word of capitals: QĐ, TTg, BNN&PTNT, QH14.
func (r *symbolReader) part() bool {
	upper, small, end := 0, 0, r.at
	for end < len(r.text) && end-r.at < 40 {
		c, size := utf8.DecodeRuneInString(r.text[end:])
		switch {
		case unicode.IsUpper(c):
			upper++
		case unicode.IsLower(c):
			small++
		case end == r.at || !unicode.IsDigit(c) && (c != '&' || !letterAt(r.text, end+1)):
			return r.take(end, upper, small)
		}
		end += size
	}
	return r.take(end, upper, small)
}

// take accepts a part that is spelt like an abbreviation: TTg and QĐi are,
// "Văn" and "Ban" are words.
func (r *symbolReader) take(end, upper, small int) bool {
	capital := upperAt(r.text, r.at) && small <= 2 && small*2 <= upper
	if !capital && (!r.small || end == r.at || !abbreviates(r.text[r.at:end])) {
		return false
	}
	r.lower = r.lower || !capital
	r.at = end
	return true
}

// abbreviates reports whether a word in small letters may be a symbol: it has
// no toned vowel, and few letters.
func abbreviates(word string) bool {
	return len(word) <= 12 && !strings.ContainsFunc(strings.ToLower(word), func(r rune) bool {
		return r > 127 && !strings.ContainsRune("đưôêâơă", r)
	})
}

// symbol reads parts joined by hyphens and the like, and counts them. Only the
// first joint may have spaces: "KH-UBND - Văn phòng" ends at UBND.
func (r *symbolReader) symbol() (parts int) {
	if !r.part() {
		return 0
	}
	for parts = 1; parts < 8; parts++ {
		was := *r
		r.spaced = false
		if parts == 1 && r.apart() {
			continue
		}
		if !r.separator("-–—./") || r.spaced && parts > 1 || !r.part() {
			*r = was
			break
		}
	}
	return parts
}

// apart reads a second word of the first part, "EVN SPC" of 985/EVN SPC-KD.
func (r *symbolReader) apart() bool {
	was := *r
	if r.small && r.separator("") && r.at > was.at && upperAt(r.text, r.at) && r.part() && !r.lower && at(r.text, r.at) == '-' && upperAt(r.text, r.at+1) {
		return true
	}
	*r = was
	return false
}

// credible reports whether what was read from byte i on is a symbol: one in
// capitals always is, one in small letters names a kind or an office.
func (r *symbolReader) credible(i int) bool {
	if !r.lower {
		return true
	}
	for _, part := range symbolParts(strings.ToUpper(r.text[i:r.at])) {
		switch part {
		case "UBND", "HĐND", "MTTQ", "BTG", "TU", "HU", "ĐU", "TW", "TTG", "CP", "VP", "STTTT", "SYT", "BTV":
			return true
		}
		if kindOfSymbol(part) != "" {
			return true
		}
	}
	return false
}

// symbolParts are the words of a number's symbol.
func symbolParts(number string) []string {
	parts := strings.FieldsFunc(number, func(r rune) bool { return strings.ContainsRune("/-–—. ", r) })
	return parts[min(1, len(parts)):]
}
