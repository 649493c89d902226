package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"loaphuong/scheduler"
)

// Letter is a letter as it came: the text its reading was made of, which the
// spans of the directive are of, and the file the text was got from.
type Letter struct {
	Text      string
	FileName  string // as its owner called it
	MediaType string // "application/pdf"
	File      []byte // nil where there is none but the text
}

// PutDirective keeps a letter's reading, text and file, and reports whether it
// is new. A letter that is held already, by its ID, is left as it is.
func (s *Store) PutDirective(ctx context.Context, d scheduler.Directive, l Letter) (bool, error) {
	fresh := true
	err := s.write(ctx, fmt.Sprintf("put directive %s", d.ID), func(tx *sql.Tx) error {
		done, err := tx.ExecContext(ctx, `INSERT INTO directives (id, number, dated, subject, edition, confirmed, body)
			VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (id) DO NOTHING`,
			d.ID, d.Number, d.Date.String(), d.Subject, d.Edition, d.IsConfirmed(), toBody(d))
		err = changedOr(scheduler.ErrConflict, done, err)
		if errors.Is(err, scheduler.ErrConflict) {
			fresh = false
			return nil
		}
		if err == nil {
			err = putLetter(ctx, tx, d.ID, l)
		}
		if err != nil {
			return err
		}
		return putPlaces(ctx, tx, d)
	})
	return fresh && err == nil, err
}

func putLetter(ctx context.Context, tx *sql.Tx, id scheduler.DirectiveID, l Letter) error {
	var digest scheduler.Digest
	if l.File != nil {
		digest = scheduler.DigestOf(l.File)
	}
	_, err := tx.ExecContext(ctx, `INSERT INTO letters (directive, text, name, media_type, digest, file)
		VALUES ($1, $2, $3, $4, $5, $6)`, id, l.Text, l.FileName, l.MediaType, digest, l.File)
	return err
}

// Directive finds one letter.
func (s *Store) Directive(ctx context.Context, id scheduler.DirectiveID) (scheduler.Directive, error) {
	return one(ctx, s.reader, fmt.Sprintf("directive %s", id), body[scheduler.Directive],
		`SELECT body FROM directives WHERE id = $1`, id)
}

// SameDirective finds the letter held that [scheduler.Directive.SameLetter]
// takes d for, the first to arrive where there are several, and reports whether
// there is one. A letter is the same as itself.
func (s *Store) SameDirective(ctx context.Context, d scheduler.Directive) (scheduler.Directive, bool, error) {
	likely, err := listing(ctx, s, fmt.Sprintf("letter %s of %s", d.Number, d.Date), body[scheduler.Directive],
		`SELECT body FROM directives WHERE number = $1 AND dated = $2 ORDER BY seq`, d.Number, d.Date.String())
	for _, held := range likely {
		if held.SameLetter(d) {
			return held, true, nil
		}
	}
	return scheduler.Directive{}, false, err
}

// DirectiveText is the text that a letter was read from.
func (s *Store) DirectiveText(ctx context.Context, id scheduler.DirectiveID) (string, error) {
	return one(ctx, s.reader, fmt.Sprintf("text of directive %s", id), value[string],
		`SELECT text FROM letters WHERE directive = $1`, id)
}

// DirectiveFile is a letter with its file, byte for byte as it came. A letter of
// which no file is kept is [scheduler.ErrNotFound]; a file that is damaged in the
// database is an error.
func (s *Store) DirectiveFile(ctx context.Context, id scheduler.DirectiveID) (Letter, error) {
	return one(ctx, s.reader, fmt.Sprintf("file of directive %s", id), readLetter,
		`SELECT text, name, media_type, file, digest FROM letters WHERE directive = $1 AND digest <> ''`, id)
}

func readLetter(row scanner) (l Letter, err error) {
	var digest scheduler.Digest
	if err = row.Scan(&l.Text, &l.FileName, &l.MediaType, &l.File, &digest); err != nil {
		return l, err
	}
	if found := scheduler.DigestOf(l.File); found != digest {
		return Letter{}, fmt.Errorf("its SHA-256 is %s and was %s: restore it from a backup", found, digest)
	}
	return l, nil
}

// Directives lists the letters by their dates, the newest first, and of one
// date the last to arrive first. Those without a date come last.
func (s *Store) Directives(ctx context.Context) ([]scheduler.Directive, error) {
	return listing(ctx, s, "list directives", body[scheduler.Directive],
		`SELECT body FROM directives ORDER BY dated DESC, seq DESC`)
}
