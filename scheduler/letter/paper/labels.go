package paper

import (
	"strconv"
	"strings"
	"unicode/utf8"
)

// roman writes a number in Roman figures, "" where there are none.
func roman(n int) string {
	if n < 1 || n > 3999 {
		return ""
	}
	values := []int{1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1}
	signs := []string{"M", "CM", "D", "CD", "C", "XC", "L", "XL", "X", "IX", "V", "IV", "I"}
	var b strings.Builder
	for i, v := range values {
		for ; n >= v; n -= v {
			b.WriteString(signs[i])
		}
	}
	return b.String()
}

// alphabetic is "a" for 1, "z" for 26, "aa" for 27, "bb" for 28, as Word and
// LibreOffice count.
func alphabetic(n int) string {
	if n < 1 || n > 26*20 {
		return ""
	}
	return strings.Repeat(string(rune('a'+(n-1)%26)), (n-1)/26+1)
}

// bullet is how a list's sign is written in text: "-" for every sign that only
// decorates, the sign itself where it may mean something.
func bullet(sign string) string {
	r, size := utf8.DecodeRuneInString(sign)
	switch {
	case size != len(sign) || size == 0:
		return sign
	case r == 'o' || r == '\u00a7' || r == '\u00b7' || r == '\u00d8' || r >= '\ue000' && r <= '\uf8ff':
		return "-" // of Courier New, Wingdings and Symbol
	}
	return sign
}

// number writes the number of an item in the format that Word names so.
func number(n int, format string) string {
	switch format {
	case "lowerLetter":
		return alphabetic(n)
	case "upperLetter":
		return strings.ToUpper(alphabetic(n))
	case "lowerRoman":
		return strings.ToLower(roman(n))
	case "upperRoman":
		return roman(n)
	case "decimalZero":
		if n < 10 {
			return "0" + strconv.Itoa(n)
		}
	case "none":
		return ""
	}
	return strconv.Itoa(n)
}
