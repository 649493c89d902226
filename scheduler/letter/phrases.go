package letter

import (
	"strings"
	"unicode"
)

// phrases are sequences of whole words that a folded text may begin with, by the
// first word of each, or may end in, by the last. Of a long list only those are
// tried that have this one word right, where a pattern tries all.
type phrases map[string][]string

// headsOf are the phrases of a list, with "|" between them, for the beginning of
// a text, and tailsOf those for its end.
func headsOf(list string) phrases { return phrasesBy(firstLetters, list) }
func tailsOf(list string) phrases { return phrasesBy(lastLetters, list) }

func phrasesBy(word func(string) string, list string) phrases {
	all := phrases{}
	for phrase := range strings.SplitSeq(list, "|") {
		all[word(phrase)] = append(all[word(phrase)], phrase)
	}
	return all
}

func firstLetters(s string) string {
	return s[:len(s)-len(strings.TrimLeftFunc(s, unicode.IsLetter))]
}

func lastLetters(s string) string { return s[len(strings.TrimRightFunc(s, unicode.IsLetter)):] }

// begin reports whether s begins with one of them.
func (all phrases) begin(s string) bool {
	for _, phrase := range all[firstLetters(s)] {
		if strings.HasPrefix(s, phrase) && wholeAt(s, 0, phrase) {
			return true
		}
	}
	return false
}

// end is the longest that s ends in, "" without one.
func (all phrases) end(s string) string {
	longest := ""
	for _, phrase := range all[lastLetters(s)] {
		if len(phrase) > len(longest) && strings.HasSuffix(s, phrase) && wholeAt(s, len(s)-len(phrase), phrase) {
			longest = phrase
		}
	}
	return longest
}
