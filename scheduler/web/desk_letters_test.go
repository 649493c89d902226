package web

import (
	"context"
	"errors"
	"fmt"
	"io"
	"path"
	"slices"
	"strings"

	"loaphuong/scheduler"
)

// The letters of the desk in memory.

// keptFile is the file a letter came in.
type keptFile struct {
	name, mediaType string
	content         []byte
}

func (m *memoryDesk) ImportDirective(_ context.Context, f LetterFile) (ImportedDirective, error) {
	content, err := io.ReadAll(f.Body)
	switch {
	case err != nil:
		return ImportedDirective{}, errors.New("the letter ended early") // loses what went wrong, as an unpacker would
	case strings.HasPrefix(string(content), "%PDF"):
		return ImportedDirective{}, scheduler.Invalid(fmt.Errorf("import letter: %w: open it with its password", Encrypted))
	case len(strings.TrimSpace(string(content))) == 0:
		return ImportedDirective{}, scheduler.Invalid(errors.New("import letter: it is empty"))
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	text := strings.ReplaceAll(string(content), "\r\n", "\n")
	d := readNaively(text)
	d.Source = scheduler.Source{Name: f.Name, Format: "text", Scanned: path.Ext(f.Name) == ".png", Converted: f.Encoding}
	if known, err := m.directive(d.ID); err == nil {
		return ImportedDirective{known, false}, nil
	}
	m.letters, m.texts[d.ID] = append(m.letters, d), text
	m.files[d.ID] = keptFile{f.Name, "text/plain; charset=utf-8", content}
	return ImportedDirective{d, true}, nil
}

func (m *memoryDesk) directive(id scheduler.DirectiveID) (scheduler.Directive, error) {
	return find(m.letters, "letter", id, func(d scheduler.Directive) bool { return d.ID == id })
}

func (m *memoryDesk) Directives(context.Context) ([]scheduler.Directive, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	return slices.Clone(m.letters), m.fault
}

func (m *memoryDesk) Directive(_ context.Context, id scheduler.DirectiveID) (scheduler.Directive, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.directive(id)
}

func (m *memoryDesk) DirectiveText(_ context.Context, id scheduler.DirectiveID) (string, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	_, err := m.directive(id)
	return m.texts[id], err
}

func (m *memoryDesk) DirectiveFile(_ context.Context, id scheduler.DirectiveID) (name, mediaType string, file []byte, err error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	_, err = m.directive(id)
	f := m.files[id]
	return f.name, f.mediaType, f.content, err
}

func (m *memoryDesk) replace(d scheduler.Directive) {
	i := slices.IndexFunc(m.letters, func(o scheduler.Directive) bool { return o.ID == d.ID })
	m.letters[i] = d
}

func (m *memoryDesk) Correct(_ context.Context, id scheduler.DirectiveID, edition int, c scheduler.Correction) (scheduler.Directive, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	d, err := m.directive(id)
	switch {
	case err != nil:
		return d, err
	case d.IsConfirmed():
		return d, fmt.Errorf("correct letter %s: it is confirmed: reopen it first: %w", id, scheduler.ErrConflict)
	case d.Edition != edition:
		return d, fmt.Errorf("correct letter %s: somebody else corrected it: look again: %w", id, scheduler.ErrConflict)
	}
	d, err = correctNaively(d, m.texts[id], c)
	if err != nil {
		return d, scheduler.Invalid(err)
	}
	d.Edition++
	m.correctedBy = c.By
	m.replace(d)
	return d, nil
}

func (m *memoryDesk) owed(d scheduler.Directive, area scheduler.AreaID) ([]scheduler.Obligation, error) {
	if _, err := find(m.areas, "area", area, func(a scheduler.Area) bool { return a.ID == area }); err != nil {
		return nil, err
	}
	var owed []scheduler.Obligation
	for _, t := range d.Topics {
		owed = append(owed, scheduler.Owes(d, t, area, scheduler.DateOf(m.now)))
	}
	return owed, nil
}

func (m *memoryDesk) Confirm(_ context.Context, id scheduler.DirectiveID, c Confirm) ([]scheduler.Obligation, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	d, err := m.directive(id)
	switch {
	case err != nil:
		return nil, err
	case strings.TrimSpace(c.By) == "" || len(c.Areas) == 0:
		return nil, scheduler.Invalid(fmt.Errorf("confirm letter %s: name the person and at least one area", id))
	case !d.IsConfirmed() && d.Edition != c.Edition:
		return nil, fmt.Errorf("confirm letter %s: somebody else corrected it: look again: %w", id, scheduler.ErrConflict)
	case !d.IsConfirmed() && d.Source.Doubtful() && !c.SourceChecked:
		return nil, scheduler.Invalid(fmt.Errorf("confirm letter %s: its text is doubtful: compare it with the original first", id))
	}
	var owed []scheduler.Obligation
	for _, area := range c.Areas {
		more, err := m.owed(d, area)
		if err != nil {
			return nil, err
		}
		for i := range more {
			more[i].Class = c.Class
		}
		owed = append(owed, more...)
	}
	if !d.IsConfirmed() {
		d.Confirmed = scheduler.Confirmation{By: c.By, At: m.now.UTC()}
		m.replace(d)
	}
	m.obligations = append(m.obligations, owed...)
	return owed, nil
}

func (m *memoryDesk) Reopen(_ context.Context, id scheduler.DirectiveID) (scheduler.Directive, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	d, err := m.directive(id)
	if err != nil {
		return d, err
	}
	if slices.ContainsFunc(m.recordings, func(r scheduler.Recording) bool { return r.Directive == id }) {
		return d, fmt.Errorf("reopen letter %s: recordings are made for it: %w", id, scheduler.ErrConflict)
	}
	d.Confirmed = scheduler.Confirmation{}
	m.replace(d)
	m.obligations = slices.DeleteFunc(m.obligations, func(o scheduler.Obligation) bool { return o.Directive == id })
	return d, nil
}

func (m *memoryDesk) Owed(_ context.Context, id scheduler.DirectiveID, area scheduler.AreaID) ([]scheduler.Obligation, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	d, err := m.directive(id)
	if err != nil {
		return nil, err
	}
	return m.owed(d, area)
}

func (m *memoryDesk) Obligations(_ context.Context, id scheduler.DirectiveID) ([]scheduler.Obligation, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	return slices.DeleteFunc(slices.Clone(m.obligations), func(o scheduler.Obligation) bool { return o.Directive != id }), nil
}

// Search finds what holds the query as it is, in any case of its letters.
func (m *memoryDesk) Search(_ context.Context, query string, limit int) ([]LetterHit, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	var hits []LetterHit
	look := func(d scheduler.Directive, kind string, topic int, text string) {
		i := strings.Index(strings.ToLower(text), strings.ToLower(query))
		if query == "" || i < 0 || len(hits) == limit {
			return
		}
		snippet := []string{text[:i], text[i : i+len(query)], text[i+len(query):]}
		hits = append(hits, LetterHit{d.ID, d.Number, d.Date, d.Subject, kind, topic, snippet})
	}
	for _, d := range m.letters {
		look(d, "letter", 0, d.Number+" "+d.Subject)
		for _, t := range d.Topics {
			look(d, "topic", t.Ordinal, t.Title)
			for _, c := range t.Citations {
				look(d, "citation", t.Ordinal, c.Kind+" "+c.Number)
			}
		}
	}
	return hits, m.fault
}
