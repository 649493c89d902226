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

// Clean gives a letter the one spelling that is read and kept: composed
// characters (NFC), line feeds, plain spaces and hyphens, form feeds between
// pages. Tabs become the wide gaps that part two columns. Every span of a
// directive is of this text, and what is clean stays as it is. The errors wrap
// those of [Parse].
func Clean(text string) (string, error) {
	if err := refuse(text); err != nil {
		return "", err
	}
	clean := norm.NFC.String(plainSpelling.Replace(text))
	if clean == text {
		return text, nil
	}
	return clean, refuse(clean)
}

// refuse says why a text cannot be that of a letter, whatever it says.
func refuse(text string) error {
	switch {
	case len(text) > MaxBytes:
		return fmt.Errorf("%w: it has %d bytes and at most %d are read: give the letter alone, without its appendices", ErrTooLarge, len(text), MaxBytes)
	case strings.ContainsRune(text, 0) || strings.HasPrefix(text, "%PDF-"):
		return fmt.Errorf("%w: it is not text but a file of some program: open it there, copy the text and save that as UTF-8 text", ErrNotALetter)
	case !utf8.ValidString(text):
		return fmt.Errorf("%w: save the letter as UTF-8 (Unicode) text; text in the older TCVN3 and VNI codings wants converting first", ErrNotUTF8)
	}
	return nil
}

// plainSpelling replaces characters that differ only in how they are set.
var plainSpelling = strings.NewReplacer(
	"\r\n", "\n", "\r", "\n", "\v", "\n", "\u2028", "\n", "\u2029", "\n\n", "\u0085", "\n",
	"\t", "    ", "\u00a0", " ", "\u2000", " ", "\u2001", " ", "\u2002", " ", "\u2003", " ", "\u2004", " ", "\u2005", " ",
	"\u2006", " ", "\u2007", " ", "\u2008", " ", "\u2009", " ", "\u200a", " ", "\u202f", " ", "\u205f", " ", "\u3000", " ",
	"\u00ad", "", "\u200b", "", "\u200c", "", "\u200d", "", "\u200e", "", "\u2060", "", "\ufeff", "",
	"\u2010", "-", "\u2011", "-", "\u2212", "-",
)
