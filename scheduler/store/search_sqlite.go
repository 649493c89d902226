package store

import (
	"context"
	"database/sql"
	"fmt"
	"strings"

	"loaphuong/scheduler"
)

// This file is all of the search that only SQLite understands: its FTS5 tables
// and how they are asked.

// weighed is how many places of a kind are found at once, and weighed by how
// often and in how short a text the words stand. Of words that stand in more
// places that says little and takes long.
const weighed = 1000

// wordsOf is the row of words of a place.
func wordsOf(id int64, p place) []any {
	number, _ := columns(p.number)
	bare, marked := columns(p.text)
	return []any{id, number, bare, marked}
}

// putWords adds rows of words of places of one kind.
func putWords(ctx context.Context, tx *sql.Tx, kind string, rows [][]any) error {
	return insert(ctx, tx, kind+"_words", "rowid, number, bare, marked", "", rows)
}

// dropWords removes the words of all places of a kind of a letter.
func dropWords(ctx context.Context, tx *sql.Tx, kind string, id scheduler.DirectiveID) error {
	_, err := tx.ExecContext(ctx, `DELETE FROM `+kind+`_words WHERE rowid IN
		(SELECT id FROM places WHERE directive = $1 AND kind = $2)`, id, kind)
	return err
}

// columns are the keys of a text, those without marks in their order.
func columns(text string) (bare, marked string) {
	var b, m strings.Builder
	for _, t := range tokens(text) {
		b.WriteString(t.bare + " ")
		if t.marked != "" {
			m.WriteString(t.marked + " ")
		}
	}
	return b.String(), m.String()
}

// find lists the places that a question is about by their weight, the best
// first, or, where there are too many to weigh, the last written of them.
func (s *Store) find(ctx context.Context, q question) ([]int64, error) {
	choose := fmt.Sprintf(`SELECT rowid FROM %[1]s_words WHERE %[1]s_words MATCH $1 ORDER BY `, q.kind)
	ids, err := list(ctx, s.reader, value[int64], choose+`rowid DESC LIMIT $2`, q.match, weighed)
	if err != nil || len(ids) < 2 || len(ids) == weighed {
		return ids, err
	}
	return list(ctx, s.reader, value[int64], choose+fmt.Sprintf(`bm25(%s_words), rowid DESC LIMIT $2`, q.kind), q.match, weighed)
}

// matchNumber asks for the places in whose number all phrases stand.
func matchNumber(query []phrase) string {
	terms := make([]string, len(query))
	for i, p := range query {
		terms[i] = p.term("number")
	}
	return strings.Join(terms, " AND ")
}

// matchWords asks for the places in which all phrases stand.
func matchWords(query []phrase) string {
	var terms []string
	for _, p := range query {
		if len(p.words) > 1 || p.words[0].marked == "" {
			terms = append(terms, p.term("bare"))
		}
		for i, w := range p.words {
			if w.marked != "" {
				terms = append(terms, quoted("marked", w.marked, p.open && i == len(p.words)-1))
			}
		}
	}
	return strings.Join(terms, " AND ")
}

// term asks for the phrase, as far as its bare keys tell, in a column.
func (p phrase) term(column string) string {
	bare := make([]string, len(p.words))
	for i, w := range p.words {
		bare[i] = w.bare
	}
	return quoted(column, strings.Join(bare, " "), p.open)
}

// quoted asks for keys in a column. There is nothing in a key that ends a quote.
func quoted(column, keys string, open bool) string {
	term := column + ` : "` + keys + `"`
	if open {
		term += " *"
	}
	return term
}
