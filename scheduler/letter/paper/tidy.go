package paper

import (
	"strings"

	"golang.org/x/text/unicode/norm"
)

// tidy gives a text its last form: composed characters, "\n" line ends, tabs as
// gaps, no space at the end of a line, never more than two blank lines, no
// invisible characters.
func tidy(text string) string {
	text = invisible().Replace(norm.NFC.String(strings.ToValidUTF8(text, "\ufffd")))
	var b strings.Builder
	b.Grow(len(text))
	blank := 2
	for line := range strings.SplitSeq(text, "\n") {
		line = strings.TrimRight(line, " ")
		if line == "" {
			if blank++; blank > 2 {
				continue
			}
		} else {
			blank = 0
		}
		b.WriteString(line)
		b.WriteByte('\n')
	}
	return strings.TrimRight(b.String(), "\n \f") + "\n"
}

// invisible replaces what is not seen or is seen as something else: kinds of
// spaces, hyphens that do not break, soft hyphens, marks of direction, ligatures
// and control characters other than the end of a line and of a page.
func invisible() *strings.Replacer {
	pairs := []string{
		"\r\n", "\n", "\r", "\n", "\v", "\n", "\u2028", "\n", "\u2029", "\n\n", "\u0085", "\n",
		"\t", "    ", "\u00a0", " ", "\u1680", " ", "\u202f", " ", "\u205f", " ", "\u3000", " ",
		"\u00ad", "", "\u200b", "", "\u200c", "", "\u200d", "", "\u200e", "", "\u200f", "", "\u2060", "", "\ufeff", "",
		"\u202a", "", "\u202b", "", "\u202c", "", "\u202d", "", "\u202e", "", "\u2066", "", "\u2067", "", "\u2068", "", "\u2069", "",
		"\u2010", "-", "\u2011", "-", "\u2212", "-", "\ufffe", "-", "\u0002", "-", // the last two are PDFium's hyphen at a line end
		"ﬀ", "ff", "ﬁ", "fi", "ﬂ", "fl", "ﬃ", "ffi", "ﬄ", "ffl", "\u007f", "",
	}
	for r := '\u2000'; r <= '\u200a'; r++ {
		pairs = append(pairs, string(r), " ")
	}
	for r := rune(0); r < ' '; r++ {
		if !strings.ContainsRune("\t\n\v\f\r\u0002", r) {
			pairs = append(pairs, string(r), "")
		}
	}
	return strings.NewReplacer(pairs...)
}
