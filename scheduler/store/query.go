package store

import (
	"slices"
	"strings"
)

// So many bytes and words of a query count: enough to paste a letter's subject,
// and few enough that no query takes long.
const (
	longestQuery = 400
	mostWords    = 20
)

// phrase is words that stand side by side.
type phrase struct {
	words []token // at least one
	open  bool    // the last word may be the beginning of one
}

// parseQuery reads what a person typed. There is no wrong query.
func parseQuery(query string) []phrase {
	query = strings.ToValidUTF8(query[:min(len(query), longestQuery)], "")
	parts := strings.Split(plainQuotes().Replace(query), `"`)
	var all []phrase
	for i, part := range parts {
		if i%2 == 0 {
			for _, word := range strings.Fields(part) {
				all = addPhrase(all, word, false)
			}
		} else {
			all = addPhrase(all, part, i < len(parts)-1)
		}
	}
	return all
}

// addPhrase adds the words of text, where it has any. They are open until
// something comes after them, or from the first where they are closed.
func addPhrase(all []phrase, text string, closed bool) []phrase {
	words := tokens(text)
	words = words[:min(len(words), mostWords-len(inLine(all).words))]
	if len(words) == 0 {
		return all
	}
	if n := len(all); n > 0 {
		all[n-1].open = false
	}
	return append(all, phrase{words, !closed})
}

// plainQuotes makes every quote one that phrases are parted by, and removes the
// dot that only [fields] may write.
func plainQuotes() *strings.Replacer {
	return strings.NewReplacer("“", `"`, "”", `"`, "„", `"`, "«", `"`, "»", `"`, string(fieldDot), " ")
}

// inLine is one phrase of all phrases.
func inLine(query []phrase) phrase {
	var line phrase
	for _, p := range query {
		line.words, line.open = append(line.words, p.words...), p.open
	}
	return line
}

// mark is a stretch of a text, in bytes, and the phrase of the query that it is.
type mark struct{ from, to, phrase int }

// findPhrases finds every phrase in a text of the words, in the order of the
// text, and reports whether each is there.
func findPhrases(text []token, query []phrase) ([]mark, bool) {
	var marks []mark
	missing := len(query)
	for i, p := range query {
		before := len(marks)
		for at := range text {
			if p.standsAt(text[at:]) {
				marks = append(marks, mark{text[at].from, text[at+len(p.words)-1].to, i})
			}
		}
		if len(marks) > before {
			missing--
		}
	}
	slices.SortFunc(marks, func(a, b mark) int { return a.from - b.from })
	return marks, missing == 0
}

// standsAt reports whether text begins with the phrase.
func (p phrase) standsAt(text []token) bool {
	if len(text) < len(p.words) {
		return false
	}
	for i, w := range p.words {
		if !w.finds(text[i], p.open && i == len(p.words)-1) {
			return false
		}
	}
	return true
}

// finds reports whether a word of a query finds one of a text, of which it may
// be only the beginning where open.
func (w token) finds(t token, open bool) bool {
	sought, held := w.bare, t.bare
	if w.marked != "" {
		sought, held = w.marked, t.marked
	}
	return sought == held || open && strings.HasPrefix(held, sought)
}
