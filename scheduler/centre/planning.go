package centre

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"loaphuong/scheduler"
	"loaphuong/scheduler/listfile"
	"loaphuong/scheduler/plan"
	"loaphuong/scheduler/store"
	"loaphuong/scheduler/web"
)

// PutRule adds or changes a rule about airtime. It binds from the next
// publication on.
func (d *Desk) PutRule(ctx context.Context, r scheduler.Rule) error {
	if err := r.Check(); err != nil {
		return scheduler.Invalid(err)
	}
	if err := d.wantArea(ctx, r.Area); err != nil {
		return err
	}
	if r.Directive != "" {
		if _, err := d.Store.Directive(ctx, r.Directive); err != nil {
			return fmt.Errorf("rule %s: %w", r.ID, err)
		}
	}
	defer d.News.Tell()
	return d.Store.PutRule(ctx, r)
}

// PutHoliday adds or changes a holiday.
func (d *Desk) PutHoliday(ctx context.Context, h scheduler.Holiday) error {
	if h.Days == 0 {
		h.Days = 1
	}
	if err := h.Check(); err != nil {
		return scheduler.Invalid(err)
	}
	defer d.News.Tell()
	return d.Store.PutHoliday(ctx, h)
}

// Selections lists the playlists that people have put together, without those
// of which no window is still to come.
func (d *Desk) Selections(ctx context.Context) ([]scheduler.Selection, error) {
	return d.Store.Selections(ctx, store.SelectionFilter{From: time.Now().Add(-scheduler.MaxLength)})
}

// PutSelection keeps a playlist that a person has put together.
func (d *Desk) PutSelection(ctx context.Context, s scheduler.Selection) (web.LoadedSelection, error) {
	s, err := d.readySelection(ctx, s)
	if err != nil {
		return web.LoadedSelection{}, err
	}
	if err := s.Check(); err != nil {
		return web.LoadedSelection{}, scheduler.Invalid(err)
	}
	if err := d.wantOf(ctx, s); err != nil {
		return web.LoadedSelection{}, err
	}
	defer d.News.Tell()
	if err := d.Store.PutSelection(ctx, s); err != nil {
		return web.LoadedSelection{}, err
	}
	return d.loaded(ctx, s)
}

// readySelection fills in what a person leaves out.
func (d *Desk) readySelection(ctx context.Context, s scheduler.Selection) (scheduler.Selection, error) {
	s.Created = time.Now().UTC().Truncate(time.Millisecond)
	if s.ID == "" {
		s.ID = scheduler.SelectionID(strings.ToLower(rand.Text()[:12]))
	} else if old, err := d.Store.Selection(ctx, s.ID); err == nil {
		s.Created = old.Created
	}
	if s.Programme == "" && s.Class == "" {
		s.Class = scheduler.Ordinary
	}
	if s.Station != "" {
		station, err := d.Store.Station(ctx, s.Station)
		if err != nil {
			return s, err
		}
		s.Area = station.Area
	}
	return s, nil
}

// wantOf refuses a selection that names what is not there.
func (d *Desk) wantOf(ctx context.Context, s scheduler.Selection) error {
	if err := d.wantArea(ctx, s.Area); err != nil {
		return err
	}
	if s.Programme != "" {
		if _, err := d.Store.Programme(ctx, s.Programme); err != nil {
			return fmt.Errorf("playlist %q: %w", s.Title, err)
		}
	}
	for _, id := range s.Recordings {
		if _, err := d.Store.Recording(ctx, id); err != nil {
			return fmt.Errorf("playlist %q: %w", s.Title, err)
		}
	}
	return nil
}

// loaded says what is doubtful about a selection that is kept, and when it is for.
func (d *Desk) loaded(ctx context.Context, s scheduler.Selection) (web.LoadedSelection, error) {
	in, err := d.Publisher.lookahead(ctx, time.Now())
	if err != nil {
		return web.LoadedSelection{}, err
	}
	of := func(f scheduler.Finding) bool { return f.Selection != s.ID }
	return web.LoadedSelection{
		Selection: s,
		Missing:   []web.MissingEntry{},
		Findings:  slices.DeleteFunc(plan.Lint(in), of),
		Runs:      d.runs(in, s),
	}, nil
}

// runsShown is how many of the windows to come a person is shown.
const runsShown = 5

// runs are the next windows that a selection is for, at the first station that
// has it.
func (d *Desk) runs(in plan.Input, s scheduler.Selection) (runs []time.Time) {
	zone, err := time.LoadLocation(d.Zone)
	if err != nil {
		zone = time.UTC // the configuration was validated
	}
	p := s.Own()
	if i := slices.IndexFunc(in.Programmes, func(p scheduler.Programme) bool { return p.ID == s.Programme }); i >= 0 {
		p = in.Programmes[i]
	}
	for _, at := range p.Timing.Within(in.From, in.From.AddDate(1, 0, 0), zone) {
		if s.Programme != "" && !s.Takes(p.ID, at, zone) {
			continue
		}
		if runs = append(runs, at); len(runs) == runsShown {
			break
		}
	}
	return runs
}

// LoadSelection keeps a playlist that comes in a file. Where it names anything
// that is no recording of ours, nothing is kept.
func (d *Desk) LoadSelection(ctx context.Context, f web.ListFile) (web.LoadedSelection, error) {
	list, err := listfile.Read(f.Name, f.Body)
	if err != nil {
		return web.LoadedSelection{}, scheduler.Invalid(err)
	}
	all, err := d.Recordings(ctx, "")
	if err != nil {
		return web.LoadedSelection{}, err
	}
	s := f.Selection
	if s.Title == "" {
		s.Title = list.Title
	}
	if s.Title == "" {
		s.Title = f.Name
	}
	var missing []listfile.Missing
	if s.Recordings, missing = listfile.Match(list.Entries, all); len(missing) == 0 {
		return d.PutSelection(ctx, s)
	}
	loaded := web.LoadedSelection{Selection: s, Findings: []scheduler.Finding{}, Runs: []time.Time{}}
	for _, m := range missing {
		loaded.Missing = append(loaded.Missing, web.MissingEntry{
			Line: m.Entry.Line, Location: m.Entry.Location, Title: m.Entry.Title, Candidates: m.Candidates,
		})
	}
	return loaded, nil
}

// DeleteSelection takes a playlist of a person away. What was published of it
// stays until the next publication.
func (d *Desk) DeleteSelection(ctx context.Context, id scheduler.SelectionID) error {
	defer d.News.Tell()
	return d.Store.DeleteSelection(ctx, id)
}

// Draft is what Publish would do now.
func (d *Desk) Draft(ctx context.Context) (scheduler.Publication, error) {
	return d.Publisher.Draft(ctx, time.Now())
}

// Lint is what a person should know before publishing.
func (d *Desk) Lint(ctx context.Context) ([]scheduler.Finding, error) {
	in, err := d.Publisher.lookahead(ctx, time.Now())
	if err != nil {
		return nil, err
	}
	return plan.Lint(in), nil
}

// lookahead is what a plan from now on would depend on, without what has
// happened so far.
func (p *Publisher) lookahead(ctx context.Context, now time.Time) (plan.Input, error) {
	in, err := p.input(ctx)
	in.From, in.Until = p.span(now)
	return in, err
}

var errNoName = errors.New("name the person who does it")
