package studio

import (
	"regexp"
	"strings"
	"unicode"
)

// Reading is how written words are made speakable, as plain data. It is for
// Vietnamese where it has a [Reading.Letters] table: only then are dates, times
// and document numbers turned into words.
//
// It knows what a newsreader knows and an engine does not: that UBND is said as
// three words, 27/8/2021 as a day, 3168/UBND-VP as "3168 trên …", and a letter
// that stands for itself by its name.
type Reading struct {
	Words   map[string]string // said in place of the abbreviation, matched whole and with its case
	Letters map[rune]string   // names of capital letters
}

// Speakable is text as it should be said. Text with nothing to change comes
// back as it was; what is said twice comes out the same.
func (r Reading) Speakable(text string) string {
	if r.Letters == nil {
		return r.words(text)
	}
	for _, step := range r.steps() {
		text = step.find.ReplaceAllStringFunc(text, func(s string) string {
			return step.say(step.find.FindStringSubmatch(s))
		})
	}
	return strings.TrimSpace(r.words(text))
}

// step finds something written and says it; m[1:] are the groups.
type step struct {
	find *regexp.Regexp
	say  func(m []string) string
}

// steps are tried in turn over the whole text. Addresses come first, since they
// hold slashes and numbers; document numbers before dates, since 39/2020/TT
// holds a month. A word's end is (\P{L}|$): \b takes "hộ" for an h and a space.
func (r Reading) steps() []step {
	at := regexp.MustCompile
	return []step{
		{at(`\[\[|\]\]|[<>*_#~|]`), func([]string) string { return " " }}, // engines read some of these as commands
		{at(`(?i)(?:https?://|www\.)[^\s,;)]+`), func(m []string) string { return sayAddress(m[0]) }},
		{at(`[\w.+-]+@[\w-]+(?:\.[\w-]+)+`), func(m []string) string { return sayAddress(m[0]) }},
		{at(`\b[a-z][\w-]*(?:\.[a-z][\w-]*)*\.(?:vn|com|org|net)\b`), func(m []string) string { return sayAddress(m[0]) }},
		{at(`\b(\d+(?:/\d{4})?)([/-])([A-ZĐƯ]{2}[\p{L}\d]*(?:[-–/&,]+[A-ZĐƯ][\p{L}\d]*)*)`), r.sayNumber},
		{at(`\b(\d{1,2})\s?[-–]\s?(\d{1,2}/\d{1,2})\b`), func(m []string) string { return m[1] + " đến " + m[2] }},
		{at(`(?i)(?:(ngày|mùng|mồng)\s+)?\b(\d{1,2})[/-](\d{1,2})[/-](\d{4})\b`), func(m []string) string {
			return sayDate(m[0], m[1], m[2], m[3], m[4])
		}},
		{at(`(?i)(ngày|mùng|mồng)\s+(\d{1,2})[/-](\d{1,2})\b`), func(m []string) string {
			return sayDate(m[0], m[1], m[2], m[3], "")
		}},
		{at(`(?i)((?:lễ|dịp|từ|đến|hết|trước|sau)\s+)(\d{1,2}/\d{1,2})\b`), func(m []string) string {
			day, month, _ := strings.Cut(m[2], "/") // elsewhere 12/15 may be a share: "12/15 xã"
			return m[1] + sayDate(m[2], "", day, month, "")
		}},
		{at(`((?i:thứ|khóa|khoá|quý|kỳ|chương|phần|thế kỷ)\s+)([IVX]+)(\P{L}|$)`), func(m []string) string {
			return m[1] + roman(m[2]) + m[3]
		}},
		{at(`(?i)(quý\s+\d)/(\d{4})\b`), func(m []string) string { return m[1] + " năm " + m[2] }},
		{at(`(?i)(?:(tháng)\s+)?\b(\d{1,2})/(\d{4})\b`), func(m []string) string { return sayMonth(m[0], m[1], m[2], m[3]) }},
		{at(`\b(\d{1,2})[hH](\d{2})(?:\s?phút|ph?)?`), func(m []string) string { return sayTime(m[1], m[2]) }},
		{at(`\b(\d{1,2}):(\d{2})\b`), func(m []string) string { return sayTime(m[1], m[2]) }},
		{at(`\b(\d{1,2})[hH](\P{L}|$)`), func(m []string) string { return plain(m[1]) + " giờ" + m[2] }},
		{at(`(giờ|phút)\s?[-–]\s?(\d)`), func(m []string) string { return m[1] + " đến " + m[2] }},
		{at(`\b0\d{2,3}[. ]?\d{3}[. ]?\d{3,4}\b`), func(m []string) string { return digits(m[0]) }},
		{at(`\b\d{1,3}(?:\.\d{3})+\b`), func(m []string) string { return strings.ReplaceAll(m[0], ".", "") }},
		{at(`\b(T[Pp]|TX)\.\s?`), func(m []string) string { return strings.ToUpper(m[1]) + " " }},
		{at(`(\d)\s?°\s?C\b`), func(m []string) string { return m[1] + " độ xê" }},
		{at(`(\d)\s?%`), func(m []string) string { return m[1] + " phần trăm" }},
		{at(`(?i)\bcovid(?:[-–\s]?(\d+))?`), func(m []string) string { return strings.TrimSpace("cô vít " + m[1]) }},
		{at(`(\d)\s?(?:VNĐ|VND|đ)(\P{L}|$)`), func(m []string) string { return m[1] + " đồng" + m[2] }},
		{at(`(\d)\s?m[2²]`), func(m []string) string { return m[1] + " mét vuông" }},
		{at(` ?/ ?`), func([]string) string { return " trên " }},
		{at(`[ \t]{2,}`), func([]string) string { return " " }},
	}
}

// sayNumber says a document's number: m is the digits with perhaps a year, the
// sign between, and the letters.
func (r Reading) sayNumber(m []string) string {
	if m[2] == "-" && !strings.Contains(m[3], "/") { // "32-KH/TU" is a number, "5-THÔNG BÁO" is not
		return m[0]
	}
	number, year, dated := strings.Cut(m[1], "/")
	if dated {
		number += " năm " + year
	}
	between := " trên "
	if m[2] == "-" {
		between = " "
	}
	parts := strings.FieldsFunc(m[3], func(c rune) bool { return strings.ContainsRune("-–/&,", c) })
	if whole, ok := r.Words[m[3]]; ok {
		parts = []string{whole}
	}
	for i, p := range parts {
		parts[i] = r.symbol(p)
	}
	return number + between + strings.Join(parts, ", ")
}

// symbol says one part of a document's number: an office by its name, anything
// else letter by letter, but a word ("Thành") as it is.
func (r Reading) symbol(s string) string {
	if w, ok := r.Words[s]; ok {
		return w
	}
	if first := []rune(s); len(first) > 1 && unicode.IsLower(first[1]) {
		return s
	}
	return r.spell(s)
}

// spell says s letter by letter; what has no name is said as it is.
func (r Reading) spell(s string) string {
	var names []string
	for _, c := range strings.ToUpper(s) {
		name, ok := r.Letters[c]
		if !ok {
			name = string(c)
		}
		names = append(names, name)
	}
	return strings.Join(names, " ")
}

// words replaces abbreviations, whole tokens only, the longest form first
// ("KT-XH", then "KT" and "XH"), and spells what no one can pronounce.
func (r Reading) words(text string) string {
	token := regexp.MustCompile(`\p{L}[\p{L}\p{M}\p{N}]*(?:[-–&][\p{L}][\p{L}\p{M}\p{N}]*)*`)
	part := regexp.MustCompile(`[\p{L}\p{M}\p{N}]+`)
	return token.ReplaceAllStringFunc(text, func(s string) string {
		if w, ok := r.Words[s]; ok {
			return w
		}
		return part.ReplaceAllStringFunc(s, r.word)
	})
}

// word says a token without hyphens.
func (r Reading) word(s string) string {
	if w, ok := r.Words[s]; ok {
		return w
	}
	if r.Letters != nil && len(s) > 1 && strings.Trim(s, "BCDĐFGHJKLMNPQRSTVWXZ") == "" {
		return r.spell(s) // no syllable is without a vowel
	}
	return s
}
