package studio

import (
	"strconv"
	"strings"
)

// sayDate says a day; written comes back unchanged when it is none ("31/24").
// A word for "day" that was there is kept and not doubled.
func sayDate(written, word, day, month, year string) string {
	if !within(day, 31) || !within(month, 12) {
		return written
	}
	said := orElse(word, "ngày") + " " + plain(day) + " tháng " + plain(month)
	if year != "" {
		said += " năm " + year
	}
	return said
}

// sayMonth says a month and its year.
func sayMonth(written, word, month, year string) string {
	if !within(month, 12) {
		return written
	}
	return orElse(word, "tháng") + " " + plain(month) + " năm " + year
}

// sayTime says a time of day; the minutes are left out on the hour.
func sayTime(hour, minute string) string {
	if plain(minute) == "0" {
		return plain(hour) + " giờ"
	}
	return plain(hour) + " giờ " + plain(minute) + " phút"
}

// sayAddress says the host of a web address, or a mail address, and leaves out
// the rest, which nobody can write down by ear.
func sayAddress(s string) string {
	end := s[len(strings.TrimRight(s, ".,;:!?")):]
	s = strings.TrimSuffix(s, end)
	if _, after, ok := strings.Cut(s, "://"); ok {
		s = after
	}
	s, _, _ = strings.Cut(s, "/")
	s = strings.TrimPrefix(strings.ToLower(s), "www.")
	return strings.NewReplacer(".", " chấm ", "@", " a còng ", "-", " gạch ngang ").Replace(s) + end
}

// within reports whether s is a number from 1 to high.
func within(s string, high int) bool {
	n, err := strconv.Atoi(s)
	return err == nil && n >= 1 && n <= high
}

// plain is a number without leading zeros.
func plain(s string) string {
	if t := strings.TrimLeft(s, "0"); t != "" {
		return t
	}
	return "0"
}

// digits says a telephone number digit by digit.
func digits(s string) string {
	var b []string
	for _, c := range s {
		if c >= '0' && c <= '9' {
			b = append(b, string(c))
		}
	}
	return strings.Join(b, " ")
}

// roman turns a Roman numeral up to 39 into digits.
func roman(s string) string {
	value := map[byte]int{'I': 1, 'V': 5, 'X': 10}
	n := 0
	for i := range len(s) {
		v := value[s[i]]
		if i+1 < len(s) && v < value[s[i+1]] {
			v = -v
		}
		n += v
	}
	return strconv.Itoa(n)
}
