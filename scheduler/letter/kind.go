package letter

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// kindWords are the kinds of document as folded text has them, the longer of
// two that begin alike first. "văn bản" stands for any of them.
const kindWords = `công văn|công điện|thông báo kết luận|thông báo|kế hoạch liên tịch|kế hoạch phối hợp|kế hoạch|quyết định|chỉ thị|` +
	`hướng dẫn liên ngành|hướng dẫn|nghị quyết liên tịch|nghị quyết|nghị định|thông tư liên tịch|thông tư|thông tri|bộ luật|luật|pháp lệnh|` +
	`kết luận|chương trình hành động|chương trình phối hợp|chương trình|báo cáo|tờ trình|đề án|phương án|quy chế|quy định|` +
	`đề cương|định hướng|lời kêu gọi|giấy mời|lệnh|văn bản`

var (
	numberWord = regexp.MustCompile(`(?:^|[^\p{L}])((?:có )?số(?: hiệu)?\s*[:.]?\s*)$`)
	kindBefore = regexp.MustCompile(`(?:^|[^\p{L}\d])(` + kindWords + `|cv|kh|qđ|ct|tb|hd|nq|nđ)\s*:?\s*$`)
	// kindApart allows a few words between the kind and "số": "Công văn hỏa tốc số".
	kindApart = regexp.MustCompile(`^.*(?:^|[^\p{L}\d])(` + kindWords + `)((?: [\p{L}]+){1,4}) $`)
	// lawApart allows the name of a law, commas and all: "Luật Phòng, chống tác hại của rượu, bia số".
	lawApart = regexp.MustCompile(`^.*(?:^|[^\p{L}\d])(bộ luật|luật|pháp lệnh) ([\p{L}, ]{2,120}) $`)
)

// intro is what stands before a number.
type intro struct {
	kind string // written in full; "" when the letter does not say
	from int    // where the kind, or else "số", or else the number begins
	name string // of a law that has its name before its number
}

// introOf reads leftwards from the number that begins at byte i.
func introOf(text, folded string, i int) intro {
	in := intro{from: i}
	if m := numberWord.FindStringSubmatch(behind(folded, i, 40)); m != nil {
		in.from -= len(m[1])
	}
	window := behind(folded, in.from, 60)
	if m := kindBefore.FindStringSubmatchIndex(window); m != nil && !strings.HasSuffix(window[:m[2]], "pháp ") {
		in.kind, in.from = kindNamed(window[m[2]:m[3]]), in.from-len(window)+m[2]
		return in
	}
	if in.from < i { // without "số" only the word right before it counts
		in.readApart(text, folded)
	}
	return in
}

// readApart looks for a kind with something between it and "số".
func (in *intro) readApart(text, folded string) {
	window := behind(folded, in.from, 200)
	base := in.from - len(window)
	if hasOne(window, "luật|pháp lệnh") {
		if m := lawApart.FindStringSubmatchIndex(window); m != nil && upperAt(text, base+m[4]) {
			in.name = strings.Trim(text[base+m[4]:base+m[5]], " ,")
			in.from, in.kind = base+m[2], kindNamed(window[m[2]:m[3]])
			return
		}
	}
	window = behind(folded, in.from, 80)
	base = in.from - len(window)
	if m := kindApart.FindStringSubmatchIndex(window); m != nil && !joins(window[m[4]:m[5]]) {
		in.from, in.kind = base+m[2], kindNamed(window[m[2]:m[3]])
	}
}

var joining = regexp.MustCompile(` (?:của|và|về|ngày|theo|tại|ban hành)(?: |$)`)

// joins reports whether words tie one thing to another, so that a kind before
// them is not the kind of the number after them.
func joins(words string) bool { return joining.MatchString(words) }

// kindNamed writes a folded kind in full; "" for "văn bản", which is none.
func kindNamed(folded string) string {
	if full := kindOfSymbol(strings.ToUpper(folded)); full != "" {
		return full
	}
	if folded == "văn bản" {
		return ""
	}
	return capitalised(folded)
}

// kindOf says the kind of a document by its number alone. A number whose
// symbol names no kind is that of a công văn.
func kindOf(n docNumber) string {
	parts := strings.FieldsFunc(n.value, func(r rune) bool { return strings.ContainsRune("/-.", r) })
	for _, part := range parts[1:] {
		if kind := kindOfSymbol(part); kind != "" {
			return kind
		}
		if n.year > 0 && strings.HasPrefix(part, "QH") {
			return "Luật"
		}
	}
	return "Công văn"
}

// kindOfSymbol knows the abbreviations that a symbol begins with.
func kindOfSymbol(part string) string {
	switch part {
	case "CV":
		return "Công văn"
	case "KH":
		return "Kế hoạch"
	case "QĐ", "QĐi", "QyĐ":
		return "Quyết định"
	case "CT":
		return "Chỉ thị"
	case "TB":
		return "Thông báo"
	case "HD":
		return "Hướng dẫn"
	case "NQ":
		return "Nghị quyết"
	case "NĐ":
		return "Nghị định"
	case "TT", "TTLT":
		return "Thông tư"
	case "CĐ":
		return "Công điện"
	case "KL":
		return "Kết luận"
	case "CTr", "CTR":
		return "Chương trình"
	case "BC":
		return "Báo cáo"
	case "TTr", "TTR":
		return "Tờ trình"
	}
	return ""
}

// capitalised gives s a capital first letter.
func capitalised(s string) string {
	r, size := utf8.DecodeRuneInString(s)
	if size == 0 {
		return s
	}
	return string(unicode.ToUpper(r)) + s[size:]
}
