package main

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"log"
	"strings"
	stdutf16 "unicode/utf16"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/unicode/norm"
)

const width = 84

// text is the letter as a person types it: two columns side by side, lines
// broken at spaces and hyphens.
func text() string {
	var b strings.Builder
	columns(&b, headLeft, headRight)
	b.WriteString("\n" + strings.Join(greeting, "\n") + "\n\n")
	counts := [4]int{}
	for _, bl := range body {
		if bl.table != nil {
			for _, row := range bl.table {
				fmt.Fprintf(&b, "%s\n", strings.Join(row, "      "))
			}
			b.WriteString("\n")
			continue
		}
		b.WriteString(wrap(mark(&counts, bl)+bl.text) + "\n\n")
	}
	columns(&b, footLeft, footRight)
	return b.String()
}

// mark counts the items and gives the label of the next one.
func mark(counts *[4]int, b block) string {
	counts[b.level]++
	for i := b.level + 1; i < 4; i++ {
		counts[i] = 0
	}
	switch b.level {
	case 1:
		return fmt.Sprintf("%d. ", counts[1])
	case 2:
		return fmt.Sprintf("%c) ", 'a'+counts[2]-1)
	case 3:
		return "- "
	}
	return ""
}

func columns(b *strings.Builder, left, right []string) {
	for i := range max(len(left), len(right)) {
		var l, r string
		if i < len(left) {
			l = left[i]
		}
		if i < len(right) {
			r = right[i]
		}
		pad := strings.Repeat(" ", max(4, 44-utf8.RuneCountInString(l)))
		b.WriteString(strings.TrimRight(l+pad+r, " ") + "\n")
	}
}

func wrap(s string) string {
	var lines []string
	line := "    "
	for _, word := range strings.SplitAfter(strings.ReplaceAll(s, "32-KH", "32-\x00KH"), " ") {
		for _, part := range strings.SplitAfter(word, "\x00") {
			if utf8.RuneCountInString(line+part) > width {
				lines = append(lines, strings.TrimRight(line, " \x00"))
				line = ""
			}
			line += part
		}
	}
	lines = append(lines, line)
	return strings.ReplaceAll(strings.Join(lines, "\n"), "\x00", "")
}

// latin1 writes each code point, all of which are of Windows-1252, as a byte.
func latin1(s string) []byte {
	out, err := charmap.Windows1252.NewEncoder().Bytes([]byte(s))
	if err != nil {
		log.Fatal(err)
	}
	return out
}

func utf16(s string) []byte {
	b := []byte{0xFF, 0xFE}
	for _, u := range stdutf16.Encode([]rune(strings.ReplaceAll(s, "\n", "\r\n"))) {
		b = binary.LittleEndian.AppendUint16(b, u)
	}
	return b
}

// cp1258 writes the letter as Vietnamese Windows did: vowels with their hat or
// horn are one byte, the tone mark is another behind it.
func cp1258(s string) []byte {
	var b bytes.Buffer
	for _, r := range s {
		b.WriteString(hatted(r))
	}
	out, err := charmap.Windows1258.NewEncoder().Bytes(b.Bytes())
	if err != nil {
		log.Fatal(err)
	}
	return out
}

// hatted takes the tone mark off a letter and puts it behind.
func hatted(r rune) string {
	if _, ok := charmap.Windows1258.EncodeRune(r); ok {
		return string(r)
	}
	var letter, tone string
	for _, m := range norm.NFD.String(string(r)) {
		if strings.ContainsRune("\u0300\u0301\u0303\u0309\u0323", m) {
			tone += string(m)
		} else {
			letter += string(m)
		}
	}
	return norm.NFC.String(letter) + tone
}
