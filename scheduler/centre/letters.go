package centre

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"loaphuong/scheduler"
	"loaphuong/scheduler/letter"
	"loaphuong/scheduler/letter/paper"
	"loaphuong/scheduler/store"
	"loaphuong/scheduler/web"
)

// ImportDirective reads a letter and keeps it with its file and its text. It
// obliges nobody until a person has confirmed the reading.
func (d *Desk) ImportDirective(ctx context.Context, f web.LetterFile) (web.ImportedDirective, error) {
	read, kept, err := d.read(ctx, f)
	if err != nil {
		return web.ImportedDirective{}, fmt.Errorf("import letter: %w", err)
	}
	if held, found, err := d.Store.SameDirective(ctx, read); err != nil || found {
		return web.ImportedDirective{Directive: held}, err
	}
	isNew, err := d.Store.PutDirective(ctx, read, kept)
	if err == nil && !isNew {
		read, err = d.Store.Directive(ctx, read.ID) // with what people have put right in it
	}
	d.News.Tell()
	return web.ImportedDirective{Directive: read, New: isNew}, err
}

// read gets the text out of a file and understands it.
func (d *Desk) read(ctx context.Context, f web.LetterFile) (scheduler.Directive, store.Letter, error) {
	if d.Readings != nil {
		if err := d.Readings.Acquire(ctx, 1); err != nil {
			return scheduler.Directive{}, store.Letter{}, err
		}
		defer d.Readings.Release(1)
	}
	from, file, err := d.Papers.Read(ctx, f.Name, f.Body, f.Encoding)
	if err != nil {
		return scheduler.Directive{}, store.Letter{}, blameFile(err)
	}
	read, err := letter.Parse(from.Text)
	if err != nil {
		return read, store.Letter{}, blameFile(err)
	}
	text, err := letter.Clean(from.Text)
	read.Source = scheduler.Source{Name: f.Name, Format: from.Format, Scanned: from.Scanned, Converted: from.Converted}
	return read, store.Letter{Text: text, FileName: f.Name, MediaType: from.MediaType, File: file}, err
}

// blameFile marks what is wrong with a file, rather than with the centre, and
// says of which kind it is.
func blameFile(err error) error {
	for _, c := range []struct {
		kind  error
		fault web.LetterFault
	}{
		{paper.ErrTooLarge, web.TooLarge}, {paper.ErrEncrypted, web.Encrypted}, {paper.ErrNeedsTool, web.NeedsTool},
		{paper.ErrDamaged, web.Damaged}, {paper.ErrEmpty, web.Empty}, {paper.ErrFormat, web.NotALetter},
		{letter.ErrTooLarge, web.TooLarge}, {letter.ErrNotALetter, web.NotALetter}, {letter.ErrNotUTF8, web.NotALetter},
	} {
		if errors.Is(err, c.kind) {
			return scheduler.Invalid(faulty{err, c.fault})
		}
	}
	return err
}

// faulty adds a kind to an error that has words enough.
type faulty struct {
	error
	fault web.LetterFault
}

func (f faulty) Unwrap() []error { return []error{f.error, f.fault} }

// DirectiveFile is the file that a letter came in.
func (d *Desk) DirectiveFile(ctx context.Context, id scheduler.DirectiveID) (name, mediaType string, file []byte, err error) {
	kept, err := d.Store.DirectiveFile(ctx, id)
	return kept.FileName, kept.MediaType, kept.File, err
}

// Correct puts one thing right in the reading of a letter.
func (d *Desk) Correct(ctx context.Context, id scheduler.DirectiveID, edition int, c scheduler.Correction) (scheduler.Directive, error) {
	held, err := d.Store.Directive(ctx, id)
	if err != nil {
		return held, err
	}
	text, err := d.Store.DirectiveText(ctx, id)
	if err != nil {
		return held, err
	}
	held.Edition = edition // the store refuses it where another came first
	next, err := letter.Correct(held, text, c)
	if err != nil {
		return held, scheduler.Invalid(err)
	}
	if err := d.Store.ReviseDirective(ctx, next, strings.TrimSpace(c.By), time.Now()); err != nil {
		return held, err
	}
	d.News.Tell()
	return next, nil
}

// Confirm confirms the reading of a letter and makes its topics owed by areas.
func (d *Desk) Confirm(ctx context.Context, id scheduler.DirectiveID, c web.Confirm) ([]scheduler.Obligation, error) {
	read, err := d.Store.Directive(ctx, id)
	if err != nil {
		return nil, err
	}
	if err := confirmable(read, c); err != nil {
		return nil, fmt.Errorf("confirm letter %s: %w", id, err)
	}
	var owed []scheduler.Obligation
	for _, area := range c.Areas {
		more, err := d.owed(ctx, read, area)
		if err != nil {
			return nil, err
		}
		owed = append(owed, more...)
	}
	for i := range owed {
		owed[i].Class = c.Class
	}
	by := scheduler.Confirmation{By: strings.TrimSpace(c.By), At: time.Now().UTC()}
	if err := d.Store.ConfirmDirective(ctx, id, c.Edition, by, owed); err != nil {
		return nil, err
	}
	d.News.Tell()
	return owed, nil
}

// confirmable refuses a confirmation that a person cannot have meant.
func confirmable(read scheduler.Directive, c web.Confirm) error {
	switch {
	case strings.TrimSpace(c.By) == "":
		return scheduler.Invalid(errors.New("name the person who confirms it"))
	case len(c.Areas) == 0:
		return scheduler.Invalid(errors.New("name the areas that are to owe it"))
	case c.Class != "" && c.Class != scheduler.Ordinary && c.Class != scheduler.Priority:
		return scheduler.Invalid(fmt.Errorf("class %q: a letter's topics are %s or %s", c.Class, scheduler.Ordinary, scheduler.Priority))
	case len(read.Topics) == 0:
		return scheduler.Invalid(errors.New("it has no topic: add what is to be publicised first"))
	case read.Source.Doubtful() && !c.SourceChecked && !read.IsConfirmed():
		return scheduler.Invalid(errors.New("its text was recognised in a picture or converted from an older coding: compare it with the original, and say that you have"))
	}
	return nil
}

// Owed is what an area would owe of a letter if it were confirmed now.
func (d *Desk) Owed(ctx context.Context, id scheduler.DirectiveID, area scheduler.AreaID) ([]scheduler.Obligation, error) {
	read, err := d.Store.Directive(ctx, id)
	if err != nil {
		return nil, err
	}
	return d.owed(ctx, read, area)
}

func (d *Desk) owed(ctx context.Context, read scheduler.Directive, area scheduler.AreaID) ([]scheduler.Obligation, error) {
	if err := d.wantArea(ctx, area); err != nil {
		return nil, err
	}
	zone, err := time.LoadLocation(d.Zone)
	if err != nil {
		return nil, err
	}
	today := scheduler.DateOf(time.Now().In(zone))
	var owed []scheduler.Obligation
	for _, t := range read.Topics {
		owed = append(owed, scheduler.Owes(read, t, area, today))
	}
	return owed, nil
}

// Reopen takes a confirmation back.
func (d *Desk) Reopen(ctx context.Context, id scheduler.DirectiveID) (scheduler.Directive, error) {
	if err := d.Store.ReopenDirective(ctx, id); err != nil {
		return scheduler.Directive{}, err
	}
	d.News.Tell()
	return d.Store.Directive(ctx, id)
}

// Obligations lists what a letter obliges.
func (d *Desk) Obligations(ctx context.Context, id scheduler.DirectiveID) ([]scheduler.Obligation, error) {
	return d.Store.Obligations(ctx, store.ObligationFilter{Directive: id})
}

// maxHits is how many hits a search gives at most.
const maxHits = 200

// Search finds letters, topics and citations.
func (d *Desk) Search(ctx context.Context, query string, limit int) ([]web.LetterHit, error) {
	if limit <= 0 || limit > maxHits {
		limit = maxHits
	}
	found, err := d.Store.Search(ctx, query, limit)
	hits := make([]web.LetterHit, len(found))
	for i, h := range found {
		hits[i] = web.LetterHit(h)
	}
	return slices.Clip(hits), err
}
