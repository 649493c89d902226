package store

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"loaphuong/scheduler"
)

// Hit is a place in a letter that a search has found.
type Hit struct {
	Directive scheduler.DirectiveID `json:"directive"`
	Number    string                `json:"number"`  // of the letter
	Date      scheduler.Date        `json:"date"`    // of the letter
	Subject   string                `json:"subject"` // of the letter
	Kind      string                `json:"kind"`    // "letter", "topic" or "citation"
	// Topic is the ordinal of the topic, or of the first topic that cites the
	// document; 0 for a letter, and for a document cited outside its topics.
	Topic int `json:"topic,omitempty"`
	// Snippet is the words around the hit in the original spelling, in pieces of
	// which every second one, from the second on, is what was looked for.
	Snippet []string `json:"snippet"`
}

// Search finds letters, topics and citations in which all words of the query
// stand, the best first, at most limit of them.
//
// A word typed without marks finds the word with any marks; one typed with
// marks only that word, wherever its tone is put. Case and composition do not
// matter. Words that punctuation joins, as in "3168/UBND-VP", are found side by
// side, and so are words in quotes. The last word may be the beginning of one.
//
// What is found by its number comes first, then letters, topics and citations;
// of each kind the best, those in which the words stand side by side before the
// others like them. Of words that stand in a thousand places of a kind, the last
// written are found. Any query is a good one: of a long one only the first 20
// words in 400 bytes count, and one without a word finds nothing.
func (s *Store) Search(ctx context.Context, query string, limit int) ([]Hit, error) {
	phrases := parseQuery(query)
	f := finding{store: s, query: phrases, line: []phrase{inLine(phrases)}, limit: limit, seen: map[int64]bool{}}
	for _, q := range questions(phrases) {
		if err := f.ask(ctx, q); err != nil {
			return nil, fmt.Errorf("search %d words: %w", len(phrases), err)
		}
	}
	return f.hits, nil
}

// question is one step of a search: a kind of place and what it must match.
type question struct{ kind, match string }

// questions are asked one after the other until there are hits enough.
func questions(query []phrase) []question {
	if len(query) == 0 {
		return nil
	}
	var all []question
	if hasDigit(query) {
		whole := slices.Clone(query)
		whole[len(whole)-1].open = false
		for _, match := range []string{matchNumber(whole), matchNumber(query)} {
			all = append(all, question{letterPlace, match}, question{citationPlace, match})
		}
	}
	match := matchWords(query)
	return append(all, question{letterPlace, match}, question{topicPlace, match}, question{citationPlace, match})
}

// finding is a search under way.
type finding struct {
	store *Store
	query []phrase
	line  []phrase // the whole query as one phrase
	limit int
	seen  map[int64]bool
	hits  []Hit
}

// compared is how many places are read at a time, to prefer those in which the
// words stand side by side.
const compared = 100

// ask adds the hits of one question, as many as are still wanted.
func (f *finding) ask(ctx context.Context, q question) error {
	if len(f.hits) >= f.limit {
		return nil
	}
	ids, err := f.store.find(ctx, q)
	if err != nil {
		return err
	}
	for some := range slices.Chunk(ids, compared) {
		if len(f.hits) == f.limit {
			return nil
		}
		inLine, apart, err := f.read(ctx, some)
		if err != nil {
			return err
		}
		for _, p := range append(inLine, apart...)[:min(len(inLine)+len(apart), f.limit-len(f.hits))] {
			p.Snippet = snippet(p.text, p.marks)
			f.hits = append(f.hits, p.Hit)
		}
	}
	return nil
}

// read reads places and keeps those in which all phrases stand, which the
// database cannot tell of marks within phrases.
func (f *finding) read(ctx context.Context, ids []int64) (inLine, apart []found, err error) {
	for _, id := range ids {
		places, err := list(ctx, f.store.reader, readFound, `SELECT d.id, d.number, d.dated, d.subject, p.kind, p.topic, p.text
			FROM places p JOIN directives d ON d.id = p.directive WHERE p.id = $1`, id)
		if err != nil {
			return nil, nil, err
		}
		for _, p := range places { // one, or none where it has just been revised
			words := tokens(p.text)
			marks, all := findPhrases(words, f.query)
			_, line := findPhrases(words, f.line)
			p.marks = marks
			switch {
			case f.seen[id] || !all:
			case line:
				inLine = append(inLine, p)
			default:
				apart = append(apart, p)
			}
			f.seen[id] = true
		}
	}
	return inLine, apart, nil
}

// found is a hit, the text it is in, and what is found there.
type found struct {
	Hit
	text  string
	marks []mark
}

func readFound(row scanner) (f found, err error) {
	var dated string
	if err = row.Scan(&f.Directive, &f.Number, &dated, &f.Subject, &f.Kind, &f.Topic, &f.text); err != nil {
		return f, err
	}
	f.Date, err = scheduler.ParseDate(dated)
	return f, err
}

// hasDigit reports whether a word of the query has a digit.
func hasDigit(query []phrase) bool {
	return slices.ContainsFunc(query, func(p phrase) bool {
		return slices.ContainsFunc(p.words, func(w token) bool { return strings.ContainsAny(w.bare, "0123456789") })
	})
}
