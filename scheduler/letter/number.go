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
	// bare is set for digits alone, which count only after a kind of document.
	bare bool
}

// numbersIn finds the numbers of documents: state ones (3168/UBND-VP,
// 08/2019/QĐ-TTg), those of the party (32-KH/TU), and digits alone behind the
// name of a kind (Công văn số 215). Dates, periods, rates and telephone numbers
// have neither symbol nor kind and fall out.
// It stops one past [maxCitations], where the letter is refused anyway.
func numbersIn(text, folded string) []docNumber {
	var found []docNumber
	for i := 0; i < len(text) && len(found) <= maxCitations; i++ {
		if text[i] < '0' || text[i] > '9' {
			continue
		}
		n, ok := readNumber(text, folded, i, found)
		if ok {
			found = append(found, n)
		}
		i = max(n.to, digitsEnd(text, i)) - 1
	}
	return found
}

// readNumber reads the number that begins with the digit at byte i, if there
// is one. Those before it tell whether digits alone go on with a list.
func readNumber(text, folded string, i int, before []docNumber) (docNumber, bool) {
	none := docNumber{from: i, to: i}
	if !mayBegin(text, i) {
		return none, false
	}
	end := digitsEnd(text, i)
	after := strings.TrimLeft(ahead(text, end, 5), " abcdABCD")
	if after == "" || !strings.ContainsRune("/-–—", firstRune(after)) {
		if !mayBeBare(folded, i, end, before) {
			return none, false
		}
	}
	said := introduced(folded, i)
	n, ok := readSymbol(text, i, said != unsaid)
	if !ok && said == unsaid {
		n, ok = readSymbol(text, i, true)
		ok = ok && n.plain
	}
	switch {
	case ok && (n.plain || said != unsaid):
		return n, said != elsewhere
	case ok:
		return n, false
	}
	return readBare(text, folded, i, said, before)
}

func digitsEnd(text string, i int) int {
	for digitAt(text, i) {
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
	case r == 'ố' || r == 'ô' || r == 'ó':
		return len(lastWord(text[:i])) == len("số")
	}
	return false
}

func lastWord(s string) string {
	s = behind(s, len(s), 80)
	return s[strings.LastIndexByte(s, ' ')+1:]
}

// What may stand before a number.
const (
	unsaid    = iota // nothing that tells
	counted          // "số"
	named            // a kind of document, with or without "số"
	elsewhere        // something that has numbers and is no document
)

// elseWords are things that have numbers and are no documents: "mã số", "nhà số" …
var elseWords = tailsOf(`mã|mã dự án|tài khoản|tk|thửa|thửa đất|tờ bản đồ|bản đồ|lô|phòng|phòng họp|nhà|căn hộ|biển|biển kiểm soát|ki ốt|kiốt|ngõ|ngách|hẻm|kiệt|` +
	`đường|điện thoại|đt|máy|fax|hotline|tcvn|qcvn|tcxdvn|iso|iec|astm|hợp đồng|hóa đơn|sổ|thẻ|quầy|trạm|cổng|tổ|cụm|đội|cống|ô|tiêu chuẩn|quy chuẩn|mẫu|biểu|biểu mẫu|mẫu biểu|tờ khai|phụ lục|bảng|hình|câu|bài`)

// introduced says what stands before byte i of folded text.
func introduced(folded string, i int) int {
	window, said := withoutNumberWord(behind(folded, i, 60))
	switch {
	case elseWords.end(window) != "":
		return elsewhere
	case kindEnds.end(withoutUrgency(window)) != "" || shortEnds.end(window) != "":
		return named
	case said:
		return counted
	}
	return unsaid
}

// withoutNumberWord takes "số" off the end of folded text, also as scanners
// misread it, and reports whether it was there.
func withoutNumberWord(s string) (string, bool) {
	s = strings.TrimRight(s, " :.,")
	t := strings.TrimSuffix(s, " hiệu")
	if endsIn(t, "số|sô|só") {
		return strings.TrimRight(t[:len(t)-len("số")+numberWordShort(t)], " "), true
	}
	return s, false
}

// numberWordShort is how many bytes shorter than "số" the word at the end is.
func numberWordShort(s string) int {
	if strings.HasSuffix(s, "ố") {
		return 0
	}
	return len("số") - len("sô")
}

// withoutUrgency takes off what may stand between a kind and "số".
func withoutUrgency(s string) string {
	for _, word := range []string{" hỏa tốc", " khẩn", " mật", " liên ngành", " liên tịch", " liên sở"} {
		s = strings.TrimSuffix(s, word)
	}
	return s
}

// endsIn reports whether s ends in one of the words, whole.
func endsIn(s, words string) bool {
	for word := range strings.SplitSeq(words, "|") {
		if strings.HasSuffix(s, word) {
			if r, _ := utf8.DecodeLastRuneInString(s[:len(s)-len(word)]); !unicode.IsLetter(r) {
				return true
			}
		}
	}
	return false
}

// readSymbol reads a number with its symbol. Behind "số" or a kind of document
// the symbol may be in small letters, or part from the digits by a space.
func readSymbol(text string, i int, introduced bool) (docNumber, bool) {
	r := symbolReader{text: text, at: i, small: introduced}
	n := docNumber{from: i, to: i}
	if !r.digits() {
		return n, false
	}
	party := false
	switch {
	case r.separator("/"):
		n.year = r.year()
	case r.separator("-–—"), introduced && r.separator(""):
		party = r.part() && r.separator("/")
		if !party {
			return n, false
		}
	default:
		return n, false
	}
	tight := !r.spaced
	parts := r.symbol()
	if parts == 0 || !r.credible(i) {
		return n, false
	}
	n.to, n.value = r.at, tidyNumber(text[i:r.at])
	n.plain = tight && (party || parts > 1 || n.year > 0)
	return n, true
}

var (
	bareAhead = regexp.MustCompile(`^\d{1,5}(?:/(?:19|20)\d\d)?(?:[ ,;.)]|$)`)
	// dayAfter is the date without which a number without "số" is none.
	dayAfter = regexp.MustCompile(`^,? ?(?:ký |ban hành |đề )?ngày \d|^/(?:19|20)\d\d`)
	listGap  = regexp.MustCompile(`^(?:[,;]| và)(?: s[ốôó])? ?$`)
	// countedThing follows digits that count something: "Kế hoạch 5 năm".
	countedThing = regexp.MustCompile(`^ (?:năm|tháng|tuần|ngày|giờ|phút|triệu|tỷ|người|hộ|xã|huyện|điểm|nội dung|nhiệm vụ|chỉ tiêu|lượt|lần|không|trên|%)(?:[^\p{L}]|$)`)
)

// mayBeBare is a cheap look at whether digits without a stroke or hyphen behind
// them deserve a closer one.
func mayBeBare(folded string, i, end int, before []docNumber) bool {
	return saysNumber(folded, i) || strings.Contains(ahead(folded, end, 24), "ngày") || len(before) > 0 && before[len(before)-1].bare
}

// saysNumber reports whether "số" stands right before byte i.
func saysNumber(folded string, i int) bool {
	_, said := withoutNumberWord(behind(folded, i, 20))
	return said
}

func firstRune(s string) rune {
	r, _ := utf8.DecodeRuneInString(s)
	return r
}

// readBare reads digits alone: behind a kind and "số", behind a kind where a
// date follows, or going on with a list of such numbers.
func readBare(text, folded string, i, said int, before []docNumber) (docNumber, bool) {
	n := docNumber{from: i, to: i, bare: true}
	m := bareAhead.FindString(ahead(folded, i, 16))
	if m == "" {
		return n, false
	}
	end := i + len(strings.TrimRight(m, " ,;.)"))
	after := ahead(folded, digitsEnd(text, i), 30)
	if strings.HasPrefix(after, "/") {
		n.year = atoi(after[1:5])
	}
	switch {
	case countedThing.MatchString(after) && !dayAfter.MatchString(after):
		return n, false
	case said == named && (saysNumber(folded, i) || dayAfter.MatchString(after)):
	case len(before) > 0 && before[len(before)-1].bare && listGap.MatchString(behind(folded, i, i-before[len(before)-1].to)):
	default:
		return n, false
	}
	n.to, n.value = end, text[i:end]
	return n, true
}

var tightened = strings.NewReplacer(" ", "", "–", "-", "—", "-")

func tidyNumber(s string) string {
	return tightened.Replace(s)
}
