package store

import (
	"context"
	"database/sql"
	"slices"
	"strings"

	"loaphuong/scheduler"
)

// Kinds of place.
const (
	letterPlace   = "letter"
	topicPlace    = "topic"
	citationPlace = "citation"
)

// place is what a search can find: a letter by its head, a topic or a citation.
type place struct {
	kind   string
	topic  int    // the ordinal of the topic, or of the first that cites the document
	number string // of the letter or the document cited
	text   string // the fields, in the original spelling
}

// placesOf are the places of a letter.
func placesOf(d scheduler.Directive) []place {
	signatory := fields(d.Signatory.Position, d.Signatory.Name)
	all := []place{{kind: letterPlace, number: d.Number, text: fields(title(d.Kind, d.Number), d.Issuer, d.Subject, signatory)}}
	for _, t := range d.Topics {
		all = append(all, place{kind: topicPlace, topic: t.Ordinal, text: fields(t.Title, t.Text)})
	}
	seen := map[string]bool{}
	for _, t := range append(slices.Clone(d.Topics), scheduler.Topic{Citations: d.Citations}) {
		for _, c := range t.Citations {
			cited := place{kind: citationPlace, topic: t.Ordinal, number: c.Number, text: fields(title(c.Kind, c.Number), c.Issuer, c.Subject)}
			if !seen[cited.text] {
				all = append(all, cited)
			}
			seen[cited.text] = true
		}
	}
	return all
}

// title is how people name a document: "Công văn số 3168/UBND-VP".
func title(kind, number string) string {
	if number == "" {
		return kind
	}
	return strings.TrimSpace(kind + " số " + number)
}

// fields joins those of the fields that are not empty.
func fields(all ...string) string {
	return strings.Join(slices.DeleteFunc(all, func(s string) bool { return s == "" }), fieldGap)
}

// replacePlaces puts the places of d in the stead of those of its letter.
func replacePlaces(ctx context.Context, tx *sql.Tx, d scheduler.Directive) error {
	for _, kind := range []string{letterPlace, topicPlace, citationPlace} {
		if err := dropWords(ctx, tx, kind, d.ID); err != nil {
			return err
		}
	}
	if _, err := tx.ExecContext(ctx, `DELETE FROM places WHERE directive = $1`, d.ID); err != nil {
		return err
	}
	return putPlaces(ctx, tx, d)
}

// putPlaces adds the places of a letter that has none.
func putPlaces(ctx context.Context, tx *sql.Tx, d scheduler.Directive) error {
	next, err := one(ctx, tx, "next place", value[int64], `SELECT COALESCE(MAX(id), 0) + 1 FROM places`)
	if err != nil {
		return err
	}
	var rows [][]any
	words := map[string][][]any{}
	for _, p := range placesOf(d) {
		rows = append(rows, []any{next, d.ID, p.kind, p.topic, p.text})
		words[p.kind] = append(words[p.kind], wordsOf(next, p))
		next++
	}
	if err := insert(ctx, tx, "places", "id, directive, kind, topic, text", "", rows); err != nil {
		return err
	}
	for kind, rows := range words {
		if err := putWords(ctx, tx, kind, rows); err != nil {
			return err
		}
	}
	return nil
}

// foldAnew makes the places of all letters where they are of other rules than
// this program's: in a database from before there was a search, for one.
func (s *Store) foldAnew(ctx context.Context) error {
	return s.write(ctx, "prepare the search", func(tx *sql.Tx) error {
		rules, err := list(ctx, tx, value[int], `SELECT rules FROM folding`)
		if err != nil || slices.Equal(rules, []int{foldRules}) {
			return err
		}
		ids, err := list(ctx, tx, value[scheduler.DirectiveID], `SELECT id FROM directives ORDER BY seq`)
		if err != nil {
			return err
		}
		for _, id := range ids { // one at a time: all together may be more than the memory holds
			d, err := one(ctx, tx, "letter", body[scheduler.Directive], `SELECT body FROM directives WHERE id = $1`, id)
			if err == nil {
				err = replacePlaces(ctx, tx, d)
			}
			if err != nil {
				return err
			}
		}
		if _, err := tx.ExecContext(ctx, `DELETE FROM folding`); err != nil {
			return err
		}
		_, err = tx.ExecContext(ctx, `INSERT INTO folding (rules) VALUES ($1)`, foldRules)
		return err
	})
}
