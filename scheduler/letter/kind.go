package letter

import (
	"cmp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// kindWords are the kinds of document as folded text has them, the longer of
// two that begin alike first. "văn bản" stands for any of them.
const kindWords = `công văn|công điện|thông báo kết luận|thông báo|kế hoạch liên tịch|kế hoạch liên ngành|kế hoạch phối hợp|kế hoạch|quyết định|chỉ thị|` +
	`hướng dẫn liên ngành|hướng dẫn liên tịch|hướng dẫn|nghị quyết liên tịch|nghị quyết|nghị định|thông tư liên tịch|thông tư|thông tri|bộ luật|luật|pháp lệnh|` +
	`kết luận|chương trình hành động|chương trình phối hợp|chương trình|báo cáo|tờ trình|đề án|phương án|quy chế phối hợp|quy chế|quy định|thể lệ|` +
	`đề cương|định hướng|lời kêu gọi|giấy mời|giấy phép|lệnh|văn bản`

// kindShort are kinds as people shorten them.
const kindShort = `cv|kh|qđ|ct|tb|hd|nq|nđ`

// anyKind is the word for a document of whatever kind.
const anyKind = "Văn bản"

// kindNamed writes a folded kind in full.
func kindNamed(folded string) string {
	return cmp.Or(kindOfSymbol(folded), capitalised(folded))
}

// kindOf says the kind of a document by its number alone. A number whose
// symbol names no kind is that of a công văn.
func kindOf(number string) string { return cmp.Or(kindInSymbol(number), "Công văn") }

// kindInSymbol is the kind that a number's symbol begins with, or "".
func kindInSymbol(number string) string {
	parts := symbolParts(number)
	year := len(parts) > 1 && atoi(parts[0]) > 0
	if year {
		parts = parts[1:]
	}
	switch {
	case len(parts) == 0:
		return ""
	case year && strings.HasPrefix(parts[0], "QH"):
		return "Luật"
	}
	return kindOfSymbol(parts[0])
}

// kindOfSymbol knows the abbreviations that a symbol begins with.
func kindOfSymbol(part string) string {
	switch strings.ToUpper(part) {
	case "CV":
		return "Công văn"
	case "KH", "KHLT", "KHLN":
		return "Kế hoạch"
	case "QĐ", "QĐI", "QYĐ", "QD":
		return "Quyết định"
	case "CT":
		return "Chỉ thị"
	case "TB":
		return "Thông báo"
	case "HD", "HDLN", "HDLT":
		return "Hướng dẫn"
	case "NQ", "NQLT":
		return "Nghị quyết"
	case "NĐ":
		return "Nghị định"
	case "TT", "TTLT":
		return "Thông tư"
	case "CĐ":
		return "Công điện"
	case "KL":
		return "Kết luận"
	case "CTR", "CTRHĐ":
		return "Chương trình"
	case "BC":
		return "Báo cáo"
	case "TTR":
		return "Tờ trình"
	case "ĐA":
		return "Đề án"
	case "QC", "QCPH":
		return "Quy chế"
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
