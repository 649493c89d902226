package paper

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/unicode/norm"
)

// readText reads plain text in whatever coding it is.
func (j job) readText(content []byte) (reading, error) {
	if len(content) > 4*j.limits.Text {
		return reading{}, j.tooMuchText()
	}
	text, err := decoded(content, j.encoding)
	if err != nil {
		return reading{}, err
	}
	return reading{text: text}, nil
}

// decoded gives the characters of a text. Bytes that are neither UTF-8 nor UTF-16
// are Vietnamese Windows' code page 1258 where that makes Vietnamese of them, and
// else an older coding in the places of Windows-1252.
func decoded(content []byte, encoding string) (string, error) {
	if order := utf16Order(content); order != nil {
		return strings.TrimPrefix(string(utf16.Decode(utf16Units(content, order))), "\ufeff"), nil
	}
	content = bytes.TrimPrefix(content, []byte("\xef\xbb\xbf"))
	if utf8.Valid(content) {
		return string(content), nil
	}
	western, err := charmap.Windows1252.NewDecoder().Bytes(content)
	if err != nil {
		return "", damaged("its bytes are no text")
	}
	if encoding == TCVN3 || encoding == VNI || encoding == "" && Detect(string(western)) != "" {
		return string(western), nil
	}
	if text := fromWindows1258(content); mostlyVietnamese(text) {
		return text, nil
	}
	if nearlyUTF8(content) {
		return strings.ToValidUTF8(string(content), "\ufffd"), nil
	}
	if encoding == Unicode {
		return string(western), nil
	}
	return "", fmt.Errorf("%w: it is text in a coding that is not known: open it in its program and save it as UTF-8 text or as DOCX", ErrFormat)
}

// utf16Order tells UTF-16 by its mark, or, without one, by every second byte of
// many being zero. It returns nil for anything else.
func utf16Order(content []byte) binary.ByteOrder {
	switch {
	case hasAt(content, 0, "\xff\xfe"):
		return binary.LittleEndian
	case hasAt(content, 0, "\xfe\xff"):
		return binary.BigEndian
	}
	var zero [2]int
	head := content[:min(len(content), 4<<10)&^1]
	for i, c := range head {
		if c == 0 {
			zero[i%2]++
		}
	}
	switch half := len(head) / 2; {
	case half < 8:
		return nil
	case zero[1]*10 > half*4 && zero[0]*100 < half:
		return binary.LittleEndian
	case zero[0]*10 > half*4 && zero[1]*100 < half:
		return binary.BigEndian
	}
	return nil
}

func utf16Units(content []byte, order binary.ByteOrder) []uint16 {
	out := make([]uint16, 0, len(content)/2)
	for ; len(content) >= 2; content = content[2:] {
		out = append(out, order.Uint16(content))
	}
	return out
}

// fromWindows1258 decodes the code page of Vietnamese Windows, in which a tone is
// a character of its own, and puts letter and tone together.
func fromWindows1258(content []byte) string {
	text, err := charmap.Windows1258.NewDecoder().Bytes(content)
	if err != nil {
		return ""
	}
	return norm.NFC.String(string(text))
}

// mostlyVietnamese reports whether nearly all words with marks are syllables, and
// enough of them have letters that no Western language has.
func mostlyVietnamese(text string) bool {
	marked, right, modern := 0, 0, 0
	for _, word := range strings.FieldsFunc(text[:min(len(text), detectBytes)], func(r rune) bool { return !isWordRune(r) }) {
		if !strings.ContainsFunc(word, func(r rune) bool { return r >= utf8.RuneSelf }) {
			continue
		}
		marked++
		if isSyllable(word) {
			right++
		}
		if strings.ContainsFunc(word, isModern) {
			modern++
		}
	}
	return marked >= 3 && right*100 >= marked*85 && modern*5 >= marked
}

// nearlyUTF8 allows for a text of which a few bytes are hurt.
func nearlyUTF8(content []byte) bool {
	good, bad := 0, 0
	for len(content) > 0 {
		r, size := utf8.DecodeRune(content)
		switch {
		case r == utf8.RuneError && size == 1:
			bad++
		case size > 1:
			good++
		}
		content = content[size:]
	}
	return good > 10*bad
}
