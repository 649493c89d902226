package letter

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// docNumber is the number and symbol of a document where it stands in a text.
type docNumber struct {
	from, to int
	value    string // without spaces, with plain hyphens
	year     int    // of the form 08/2019/QĐ-TTg; 0 in the others
	// plain is false for a form that other things share ("12/UBND", "32 - KH/TU"):
	// it counts only after "số" or a kind of document.
	plain bool
}

// numbersIn finds the numbers of documents: state ones (3168/UBND-VP,
// 08/2019/QĐ-TTg) and those of the party (32-KH/TU). Dates, periods, rates and
// telephone numbers have no symbol of capital letters and fall out.
// It stops one past [maxCitations], where the letter is refused anyway.
func numbersIn(text string) []docNumber {
	var found []docNumber
	for i := 0; i < len(text) && len(found) <= maxCitations; i++ {
		if text[i] < '0' || text[i] > '9' {
			continue
		}
		n, ok := readNumber(text, i)
		ok = ok && mayBegin(text, i) && (n.plain || introduced(text, i))
		if ok {
			found = append(found, n)
		}
		i = max(n.to, digitsEnd(text, i)) - 1
	}
	return found
}

func digitsEnd(text string, i int) int {
	for i < len(text) && text[i] >= '0' && text[i] <= '9' {
		i++
	}
	return i
}

// mayBegin refuses digits that are the middle of something else: a web
// address, a decimal, the second half of a period, a telephone number.
func mayBegin(text string, i int) bool {
	r, size := utf8.DecodeLastRuneInString(text[:i])
	switch {
	case i == 0 || r == ' ' || strings.ContainsRune("([“”\"'*", r):
		return true
	case strings.ContainsRune(":,;.", r):
		before, _ := utf8.DecodeLastRuneInString(text[:i-size])
		return unicode.IsLetter(before) && !strings.Contains(lastWord(text[:i]), "://")
	}
	return false
}

func lastWord(s string) string {
	s = behind(s, len(s), 80)
	return s[strings.LastIndexByte(s, ' ')+1:]
}

var introducedBy = regexp.MustCompile(`(?:^|[^\p{L}])(?:số|` + kindWords + `)\s*[:.]?\s*$`)

// introduced reports whether "số" or a kind of document stands before byte i.
func introduced(text string, i int) bool {
	return introducedBy.MatchString(fold(behind(text, i, 60)))
}

// readNumber reads the number that begins with the digit at byte i.
func readNumber(text string, i int) (docNumber, bool) {
	r := symbolReader{text: text, at: i}
	n := docNumber{from: i, to: i}
	if !r.digits() {
		return n, false
	}
	party := false
	switch {
	case r.separator("/"):
		n.year = r.year()
	case r.separator("-–"):
		party = r.part() && r.separator("/")
		if !party {
			return n, false
		}
	default:
		return n, false
	}
	tight := !r.spaced
	parts := r.symbol()
	if parts == 0 {
		return n, false
	}
	n.to, n.value = r.at, tidyNumber(text[i:r.at])
	n.plain = tight && (party || parts > 1 || n.year > 0)
	return n, true
}

func tidyNumber(s string) string {
	return strings.NewReplacer(" ", "", "–", "-").Replace(s)
}

// symbolReader reads the pieces of a number from left to right. A piece that
// is not there leaves it where it was.
type symbolReader struct {
	text   string
	at     int
	spaced bool // a separator had spaces around it
}

// digits reads one to five digits and the letter of an inserted number (12a/QĐ-UBND).
func (r *symbolReader) digits() bool {
	end := digitsEnd(r.text, r.at)
	if end-r.at > 5 {
		return false
	}
	if end < len(r.text) && strings.IndexByte("abcdABCD", r.text[end]) >= 0 {
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

// separator reads one of the runes of set with at most one space on each side.
func (r *symbolReader) separator(set string) bool {
	i := r.at
	if strings.HasPrefix(r.text[i:], " ") {
		i++
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
		case end == r.at || !unicode.IsDigit(c) && (c != '&' || !upperAt(r.text, end+1)):
			return r.take(end, upper, small)
		}
		end += size
	}
	return r.take(end, upper, small)
}

// take accepts a part that is spelt like an abbreviation: TTg and QĐi are,
// "Văn" and "Ban" are words.
func (r *symbolReader) take(end, upper, small int) bool {
	if !upperAt(r.text, r.at) || small > 2 || small*2 > upper {
		return false
	}
	r.at = end
	return true
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
		if !r.separator("-–./") || r.spaced && parts > 1 || !r.part() {
			*r = was
			break
		}
	}
	return parts
}
