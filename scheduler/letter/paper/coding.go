package paper

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Vietnamese was typed for years in fonts that draw Vietnamese letters in the
// places of Western ones. The text of such a file is a row of Western letters
// that makes no sense until it is converted by the table of its fonts.

// tcvn3Letters and tcvn3Codes are the table of TCVN3 (ABC). There are no codes for
// capitals with a tone: these are typed with the small letter's code in a second
// font, .VnTimeH, which draws all letters as capitals.
const (
	tcvn3Letters = "ĂÂÊÔƠƯĐăâêôơưđàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ"
	tcvn3Codes   = "\u00a1\u00a2\u00a3\u00a4\u00a5\u00a6\u00a7\u00a8\u00a9\u00aa\u00ab\u00ac\u00ad\u00ae" +
		"\u00b5\u00b6\u00b7\u00b8\u00b9\u00bb\u00bc\u00bd\u00be\u00c6\u00c7\u00c8\u00c9\u00ca\u00cb" +
		"\u00cc\u00ce\u00cf\u00d0\u00d1\u00d2\u00d3\u00d4\u00d5\u00d6\u00d7\u00d8\u00dc\u00dd\u00de" +
		"\u00df\u00e1\u00e2\u00e3\u00e4\u00e5\u00e6\u00e7\u00e8\u00e9\u00ea\u00eb\u00ec\u00ed\u00ee" +
		"\u00ef\u00f1\u00f2\u00f3\u00f4\u00f5\u00f6\u00f7\u00f8\u00f9\u00fa\u00fb\u00fc\u00fd\u00fe"
)

// VNI sets one letter with marks as two: the plain one, and one that stands for
// its marks. Nine letters are one code by themselves. Capitals are the capitals
// of the same codes.
const (
	vniSingle = "ì ì|í í|ỉ æ|ĩ ó|ị ò|ơ ô|ư ö|ỵ î|đ ñ|" +
		"ờ ôø|ớ ôù|ở ôû|ỡ ôõ|ợ ôï|ừ öø|ứ öù|ử öû|ữ öõ|ự öï|"
	vniDouble = "à aø|á aù|ả aû|ã aõ|ạ aï|â aâ|ầ aà|ấ aá|ẩ aå|ẫ aã|ậ aä|ă aê|ằ aè|ắ aé|ẳ aú|ẵ aü|ặ aë|" +
		"è eø|é eù|ẻ eû|ẽ eõ|ẹ eï|ê eâ|ề eà|ế eá|ể eå|ễ eã|ệ eä|" +
		"ò oø|ó où|ỏ oû|õ oõ|ọ oï|ô oâ|ồ oà|ố oá|ổ oå|ỗ oã|ộ oä|" +
		"ù uø|ú uù|ủ uû|ũ uõ|ụ uï|ỳ yø|ý yù|ỷ yû|ỹ yõ"
)

// pair is a letter and what an older coding has for it.
type pair struct{ letter, code string }

func tcvn3Pairs() []pair {
	codes := []rune(tcvn3Codes)
	var out []pair
	for i, r := range []rune(tcvn3Letters) {
		out = append(out, pair{string(r), string(codes[i])})
	}
	return out
}

// vniPairs lists small letters and capitals. A capital may also be written with
// the small code of its marks.
func vniPairs() []pair {
	var out []pair
	for entry := range strings.SplitSeq(vniSingle+vniDouble, "|") {
		letter, code, _ := strings.Cut(entry, " ")
		first := []rune(code)
		upper, mixed := strings.ToUpper(code), strings.ToUpper(string(first[:1]))+string(first[1:])
		out = append(out, pair{letter, code}, pair{strings.ToUpper(letter), upper})
		if mixed != upper {
			out = append(out, pair{strings.ToUpper(letter), mixed})
		}
	}
	return out
}

// Convert turns a text in an older coding, [TCVN3] or [VNI], whose codes stand as
// the characters of Windows-1252 do, into Unicode. Any other encoding leaves it as
// it is. Letters that are Vietnamese already stay.
//
// TCVN3 has the same codes for small letters and for capitals with a tone. In a
// word of capitals they become capitals, "UÛ", "VIÖT NAM"; a word without a plain
// letter to tell by goes with the words beside it.
func Convert(text, encoding string) string {
	switch encoding {
	case TCVN3:
		table := tableOf(tcvn3Pairs())
		return raised(table.Replace(withHorns(oneByte(text), table)), text)
	case VNI:
		return tableOf(vniPairs()).Replace(oneByte(text))
	}
	return text
}

// Encode is the inverse of [Convert]. A capital with a tone, which TCVN3 has not,
// becomes its small letter.
func Encode(text, encoding string) string {
	var pairs []pair
	switch encoding {
	case TCVN3:
		for _, p := range tcvn3Pairs() {
			pairs = append(pairs, p)
			if upper := strings.ToUpper(p.letter); !strings.Contains(tcvn3Letters, upper) {
				pairs = append(pairs, pair{upper, p.code})
			}
		}
	case VNI:
		pairs = vniPairs()
	}
	var flat []string
	for _, p := range pairs {
		flat = append(flat, p.letter, p.code)
	}
	return strings.NewReplacer(flat...).Replace(text)
}

// tableOf makes the replacer of codes by letters. It prefers "ôø" to "ô": of what
// it finds at one place the earlier pair wins.
func tableOf(pairs []pair) *strings.Replacer {
	var long, short []string
	for _, p := range pairs {
		if utf8.RuneCountInString(p.code) > 1 {
			long = append(long, p.code, p.letter)
		} else {
			short = append(short, p.code, p.letter)
		}
	}
	return strings.NewReplacer(append(long, short...)...)
}

// oneByte puts the characters that programs give for some codes back: the Greek
// mu, the Polish and the Turkish letters of other code pages.
func oneByte(text string) string {
	return strings.NewReplacer("μ", "µ", "\u2219", "·", "\u02c9", "¯").Replace(text)
}

// withHorns restores the "ư" of TCVN3, whose code is that of the soft hyphen and
// which many programs therefore give as a hyphen: "th-êng" is "thường". A hyphen
// is taken for it only if that makes a syllable and the parts beside it are none.
func withHorns(text string, table *strings.Replacer) string {
	if !strings.Contains(text, "-") {
		return text
	}
	runes := []rune(text)
	for i, r := range runes {
		if r == '-' && hornAt(runes, i, table) {
			runes[i] = '\u00ad'
		}
	}
	return string(runes)
}

// longestSyllable is the number of letters of "nghiêng".
const longestSyllable = 7

func hornAt(runes []rune, at int, table *strings.Replacer) bool {
	from, to := at, at+1
	for from > 0 && at-from < longestSyllable && isWordRune(runes[from-1]) {
		from--
	}
	for to < len(runes) && to-at < longestSyllable && isWordRune(runes[to]) {
		to++
	}
	if from == at && to == at+1 || from > 0 && runes[from-1] == '-' {
		return false
	}
	left, right := table.Replace(string(runes[from:at])), table.Replace(string(runes[at+1:to]))
	switch whole := left + "ư" + right; {
	case !isSyllable(whole):
		return false
	case right == "": // "t-" is "tư"; but "KH-" is the end of a line in a number
		return left != "" && (from == 0 || unicode.IsSpace(runes[from-1])) && (utf8.RuneCountInString(left) == 1 || left != strings.ToUpper(left)) && !isSyllable(left)
	case left == "":
		bare, _ := withoutTone(strings.ToLower(whole))
		return strings.HasPrefix(bare, "ưu") || strings.HasPrefix(bare, "ươ")
	}
	return !(isSyllable(left) && isSyllable(right))
}

// isWordRune reports whether a character is a letter or a code of one.
func isWordRune(r rune) bool {
	return unicode.IsLetter(r) || r >= 0xa1 && r <= 0xff
}
