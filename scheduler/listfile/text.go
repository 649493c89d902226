package listfile

import (
	"errors"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
	utf16 "golang.org/x/text/encoding/unicode"
	"golang.org/x/text/unicode/norm"
)

// decode makes composed UTF-8 with plain line ends of the bytes of a file.
func decode(content []byte) (string, error) {
	text := string(content)
	var err error
	switch {
	case strings.HasPrefix(text, "\xff\xfe"), strings.HasPrefix(text, "\xfe\xff"):
		text, err = utf16.UTF16(utf16.LittleEndian, utf16.ExpectBOM).NewDecoder().String(text)
	case !utf8.ValidString(text):
		text, err = charmap.Windows1258.NewDecoder().String(text)
	}
	if err != nil || strings.ContainsRune(text, 0) {
		return "", errors.New("it is no text: save it as M3U, XSPF or CSV in UTF-8")
	}
	text = strings.TrimPrefix(text, "\ufeff")
	return norm.NFC.String(strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(text)), nil
}

// oneLine puts single spaces where a text has any white space.
func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }

// fold makes alike what differs in case, composition and white space alone.
func fold(s string) string { return oneLine(strings.ToLower(norm.NFC.String(s))) }

// bare folds a text and takes off all marks: "Tiêm chủng" becomes "tiem chung".
func bare(s string) string {
	plain := strings.Map(func(r rune) rune {
		switch {
		case unicode.Is(unicode.Mn, r):
			return -1
		case r == 'đ':
			return 'd'
		}
		return r
	}, norm.NFD.String(strings.ToLower(s)))
	return oneLine(norm.NFC.String(plain))
}
