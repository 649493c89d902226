package paper

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// detectBytes is how much of a text is looked at to tell its coding.
const detectBytes = 64 << 10

// Detect tells whether a text is typed in an older coding, [TCVN3] or [VNI], and
// returns "" for everything else: Unicode, French, German, too little to tell.
//
// It converts the words that have Western letters with marks and counts how many
// become Vietnamese syllables. In the right coding almost all do; words of another
// language, and Vietnamese itself, become syllables by chance only.
func Detect(text string) string {
	words := markedWords(text)
	if len(words) < 3 {
		return ""
	}
	best, most := "", 0
	for _, encoding := range []string{TCVN3, VNI} {
		if n := syllablesIn(words, encoding); n > most {
			best, most = encoding, n
		}
	}
	if most*100 < len(words)*85 {
		return ""
	}
	return best
}

// markedWords are the words with a plain letter and a character of the upper half
// of Windows-1252. Bullets and quotation marks, which stand alone, are none.
// Letters that only Unicode's Vietnamese has make the text Unicode: none then.
func markedWords(text string) []string {
	if len(text) > detectBytes {
		text = strings.ToValidUTF8(text[:detectBytes], "")
	}
	var out []string
	modern := 0
	for _, word := range strings.FieldsFunc(oneByte(text), func(r rune) bool { return !isWordRune(r) }) {
		switch {
		case strings.ContainsFunc(word, isModern):
			modern++
		case strings.ContainsFunc(word, isCode) && strings.ContainsFunc(word, isPlain):
			out = append(out, word)
		}
	}
	if modern*20 > len(out) {
		return nil
	}
	return out
}

// isModern reports whether a letter is one that only Unicode has for Vietnamese.
func isModern(r rune) bool {
	return r >= 0x1ea0 && r <= 0x1ef9 || strings.ContainsRune("ăĂđĐĩĨũŨơƠưƯ", r)
}

func isPlain(r rune) bool { return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' }

func isCode(r rune) bool { return r >= 0xa1 && r <= 0xff }

func syllablesIn(words []string, encoding string) int {
	pairs := tcvn3Pairs()
	if encoding == VNI {
		pairs = vniPairs()
	}
	whole := tableOf(pairs).Replace(strings.Join(words, "\n"))
	n := 0
	for word := range strings.SplitSeq(whole, "\n") {
		if isSyllable(word) {
			n++
		}
	}
	return n
}

// The parts of a Vietnamese syllable without its tone. An empty onset or coda is
// allowed as well.
const (
	onsets = " b c ch d đ g gh gi h k kh l m n ng ngh nh p ph qu r s t th tr v x "
	codas  = " c ch m n ng nh p t "
	// vowels of a syllable, in the older and the newer spelling
	nuclei = " a ă â e ê i o ô ơ u ư y ai ao au ay âu ây eo êu ia iê iêu iu oa oă oe oi oo ôi ơi ua uâ uê ui uô uơ uy uôi ưa ưi ươ ươi ươu ưu yê yêu oai oao oay oeo uây uya uyê uyu uai uay uao eu "
)

// isSyllable reports whether a word can be a Vietnamese syllable.
func isSyllable(word string) bool {
	if word == "" || len(word) > 40 {
		return false
	}
	bare, tones := withoutTone(strings.ToLower(word))
	if tones > 1 {
		return false
	}
	first := strings.IndexFunc(bare, isVowel)
	if first < 0 {
		return false
	}
	rest := bare[first:]
	last := strings.LastIndexFunc(rest, isVowel)
	for i := range rest[last:] {
		if i > 0 {
			return fits(bare[:first], rest[:last+i], rest[last+i:])
		}
	}
	return fits(bare[:first], rest, "")
}

// fits checks the three parts; "qu" and "gi" take a vowel with them.
func fits(onset, nucleus, coda string) bool {
	if onset == "q" && strings.HasPrefix(nucleus, "u") && len(nucleus) > 1 {
		onset, nucleus = "qu", nucleus[1:]
	}
	if onset == "g" && strings.HasPrefix(nucleus, "i") && len(nucleus) > 1 {
		onset, nucleus = "gi", nucleus[1:]
	}
	in := func(list, part string) bool { return strings.Contains(list, " "+part+" ") }
	return (onset == "" || in(onsets, onset)) && in(nuclei, nucleus) && (coda == "" || in(codas, coda))
}

func isVowel(r rune) bool { return strings.ContainsRune("aăâeêioôơuưy", r) }

// withoutTone takes tone marks off and counts them.
func withoutTone(word string) (string, int) {
	tones := 0
	bare := strings.Map(func(r rune) rune {
		if strings.ContainsRune("\u0300\u0301\u0303\u0309\u0323", r) {
			tones++
			return -1
		}
		return r
	}, norm.NFD.String(word))
	if !strings.ContainsFunc(bare, func(r rune) bool { return unicode.Is(unicode.Mn, r) }) {
		return bare, tones
	}
	return norm.NFC.String(bare), tones
}
