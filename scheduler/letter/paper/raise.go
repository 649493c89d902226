package paper

import (
	"strings"
	"unicode"
)

// loudness is what a word says about being set in capitals.
type loudness int

const (
	unsure loudness = iota // no plain letter tells: "ñ", "Sè"
	quiet
	loud    // at least two plain capitals, and a code: "VIÖT"
	acronym // at least two plain capitals and no code: "UBND", which stands anywhere
)

// raised makes capitals of the letters converted from TCVN3's small codes where
// the word is one of capitals. Before the conversion, source had the same words
// letter by letter.
func raised(text, source string) string {
	out, codes := []rune(text), []rune(source)
	if len(out) != len(codes) {
		return text
	}
	for from := 0; from < len(out); {
		to := from
		for to < len(out) && out[to] != '\n' {
			to++
		}
		raiseLine(out[from:to], codes[from:to])
		from = to + 1
	}
	return string(out)
}

// stretch is a word of a line.
type stretch struct {
	from, to int
	is       loudness
}

func raiseLine(line, codes []rune) {
	words := wordsOf(line, codes)
	for i, w := range words {
		if w.is == loud || w.is == unsure && amongLoud(line, words, i) {
			copy(line[w.from:w.to], []rune(strings.ToUpper(string(line[w.from:w.to]))))
		}
	}
}

func wordsOf(line, codes []rune) []stretch {
	var out []stretch
	for i := 0; i < len(line); {
		if !unicode.IsLetter(line[i]) {
			i++
			continue
		}
		from := i
		for i < len(line) && unicode.IsLetter(line[i]) {
			i++
		}
		out = append(out, stretch{from, i, loudnessOf(line[from:i], codes[from:i])})
	}
	return out
}

func loudnessOf(word, codes []rune) loudness {
	capitals, coded := 0, false
	for i, r := range codes {
		switch {
		case r >= 'a' && r <= 'z':
			return quiet
		case unicode.IsUpper(word[i]):
			capitals++
		default:
			coded = true
		}
	}
	switch {
	case !coded && capitals > 0:
		return acronym
	case capitals >= 2:
		return loud
	}
	return unsure
}

// farthest is how many words away a word may be to tell.
const farthest = 6

// amongLoud reports whether the nearest word that tells, with nothing but spaces,
// commas and unsure words or acronyms between, is loud.
func amongLoud(line []rune, words []stretch, at int) bool {
	tells := func(step int) loudness {
		for i := at + step; i >= 0 && i < len(words) && max(i-at, at-i) <= farthest; i += step {
			left, right := words[min(i, i-step)], words[max(i, i-step)]
			if strings.Trim(string(line[left.to:right.from]), " ,-") != "" {
				return unsure
			}
			if is := words[i].is; is == loud || is == quiet {
				return is
			}
		}
		return unsure
	}
	before, after := tells(-1), tells(1)
	return before != quiet && after != quiet && (before == loud || after == loud)
}
