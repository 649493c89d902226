package letter

import (
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// MaxBytes bounds the text of a letter. The longest plan with all its
// appendices stays under a tenth of it.
const MaxBytes = 4 << 20

// Kinds of refusal. The errors of [Parse] wrap one of them.
var (
	// ErrNotALetter is a text without anything that makes a letter.
	ErrNotALetter = errors.New("this does not read as a letter")
	// ErrNotUTF8 is a text in an older encoding.
	ErrNotUTF8 = errors.New("this is not UTF-8 text")
	// ErrTooLarge is a text longer, or with more parts, than any letter.
	ErrTooLarge = errors.New("this is larger than any letter")
)

// clean gives the text one spelling: composed characters (NFC), line feeds,
// plain spaces and hyphens. Tabs become the wide gaps that part two columns.
func clean(text string) (string, error) {
	text = strings.TrimPrefix(text, "\ufeff")
	switch {
	case len(text) > MaxBytes:
		return "", fmt.Errorf("%w: it has %d bytes and at most %d are read: give the letter alone, without its appendices", ErrTooLarge, len(text), MaxBytes)
	case strings.ContainsRune(text, 0) || strings.HasPrefix(text, "%PDF-"):
		return "", fmt.Errorf("%w: it is not text but a file of some program: open it there, copy the text and save that as UTF-8 text", ErrNotALetter)
	case !utf8.ValidString(text):
		return "", fmt.Errorf("%w: save the letter as UTF-8 (Unicode) text; older Vietnamese fonts such as TCVN3 and VNI are not read yet", ErrNotUTF8)
	}
	return plainSpelling().Replace(norm.NFC.String(text)), nil
}

// plainSpelling replaces characters that differ only in how they are set.
func plainSpelling() *strings.Replacer {
	return strings.NewReplacer(
		"\r\n", "\n", "\r", "\n", "\f", "\n\n", "\v", "\n", "\u2028", "\n", "\u2029", "\n\n", "\u0085", "\n",
		"\t", "    ", "\u00a0", " ", "\u2002", " ", "\u2003", " ", "\u2007", " ", "\u2009", " ", "\u202f", " ", "\u3000", " ",
		"\u00ad", "", "\u200b", "", "\u200c", "", "\u200d", "", "\u2060", "", "\ufeff", "",
		"\u2010", "-", "\u2011", "-", "\u2212", "-",
	)
}
