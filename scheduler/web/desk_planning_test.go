package web

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"loaphuong/scheduler"
)

// What bounds the plan of the desk in memory, and what people decide beside it.

// planned is what the desk in memory keeps of planning. What comes of the plan
// itself is set by the test.
type planned struct {
	rules      []scheduler.Rule
	holidays   scheduler.Calendar
	selections []scheduler.Selection
	findings   []scheduler.Finding
	draft      scheduler.Publication
	explained  scheduler.Explanation
	makeGoods  []scheduler.MakeGood
	recalls    []scheduler.RecallStatus
	publisher  string // who published last
}

func (m *memoryDesk) Rules(context.Context) ([]scheduler.Rule, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	return slices.Clone(m.planning.rules), m.fault
}

func (m *memoryDesk) PutRule(_ context.Context, r scheduler.Rule) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	if err := r.Check(); err != nil {
		return scheduler.Invalid(err)
	}
	m.planning.rules = put(m.planning.rules, r, func(o scheduler.Rule) bool { return o.ID == r.ID })
	return nil
}

// remove takes what is asked for out of a list.
func remove[T any](all []T, what string, id any, is func(T) bool) ([]T, error) {
	_, err := find(all, what, id, is)
	return slices.DeleteFunc(all, is), err
}

func (m *memoryDesk) DeleteRule(_ context.Context, id scheduler.RuleID) (err error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.planning.rules, err = remove(m.planning.rules, "rule", id, func(r scheduler.Rule) bool { return r.ID == id })
	return err
}

func (m *memoryDesk) Holidays(context.Context) (scheduler.Calendar, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	return slices.Clone(m.planning.holidays), m.fault
}

func (m *memoryDesk) PutHoliday(_ context.Context, h scheduler.Holiday) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	if err := h.Check(); err != nil {
		return scheduler.Invalid(err)
	}
	m.planning.holidays = put(m.planning.holidays, h, func(o scheduler.Holiday) bool { return o.ID == h.ID })
	return nil
}

func (m *memoryDesk) DeleteHoliday(_ context.Context, id scheduler.HolidayID) (err error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.planning.holidays, err = remove(m.planning.holidays, "holiday", id, func(h scheduler.Holiday) bool { return h.ID == id })
	return err
}

func (m *memoryDesk) Selections(context.Context) ([]scheduler.Selection, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	return slices.Clone(m.planning.selections), m.fault
}

func (m *memoryDesk) PutSelection(_ context.Context, s scheduler.Selection) (LoadedSelection, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if s.ID == "" {
		s.ID = scheduler.SelectionID(fmt.Sprintf("s%d", len(m.planning.selections)+1))
	}
	if s.Class == "" {
		s.Class = scheduler.Ordinary
	}
	if err := s.Check(); err != nil {
		return LoadedSelection{}, scheduler.Invalid(err)
	}
	s.Created = m.now.UTC()
	m.planning.selections = put(m.planning.selections, s, func(o scheduler.Selection) bool { return o.ID == s.ID })
	return LoadedSelection{Selection: s, Missing: []MissingEntry{}, Findings: m.doubts(s)}, nil
}

// doubts are a finding for each recording that nobody has approved, and for
// windows of its own their next times.
func (m *memoryDesk) doubts(s scheduler.Selection) []scheduler.Finding {
	found := []scheduler.Finding{}
	for _, r := range m.recordings {
		if slices.Contains(s.Recordings, r.ID) && !r.Approved() {
			found = append(found, scheduler.Finding{Level: scheduler.Wrong, Code: scheduler.AudioNotApproved, Selection: s.ID, Recording: r.ID})
		}
	}
	if runs := s.Timing.Within(m.now, m.now.AddDate(0, 0, 2), m.now.Location()); s.Length > 0 && len(runs) > 0 {
		found = append(found, scheduler.Finding{Level: scheduler.Doubt, Code: scheduler.OddHour, Selection: s.ID, Runs: runs})
	}
	return found
}

func (m *memoryDesk) DeleteSelection(_ context.Context, id scheduler.SelectionID) (err error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.planning.selections, err = remove(m.planning.selections, "playlist", id, func(s scheduler.Selection) bool { return s.ID == id })
	return err
}

// LoadSelection understands lists that name a recording in each line.
func (m *memoryDesk) LoadSelection(ctx context.Context, f ListFile) (LoadedSelection, error) {
	loaded := LoadedSelection{Selection: f.Selection, Missing: []MissingEntry{}, Findings: []scheduler.Finding{}}
	lines := bufio.NewScanner(f.Body)
	for number := 1; lines.Scan(); number++ {
		switch _, err := m.Recording(ctx, scheduler.RecordingID(lines.Text())); {
		case strings.HasPrefix(lines.Text(), "#") || lines.Text() == "":
		case err != nil:
			loaded.Missing = append(loaded.Missing, m.missing(number, lines.Text()))
		default:
			loaded.Selection.Recordings = append(loaded.Selection.Recordings, scheduler.RecordingID(lines.Text()))
		}
	}
	if lines.Err() != nil {
		return loaded, errors.New("the playlist ended early") // loses what went wrong, as a reader of XML would
	}
	if len(loaded.Missing) > 0 {
		return loaded, nil
	}
	return m.PutSelection(ctx, loaded.Selection)
}

// missing is an entry that is none of the recordings; those whose file was
// called the same may be meant.
func (m *memoryDesk) missing(line int, location string) MissingEntry {
	e := MissingEntry{Line: line, Location: location}
	for _, r := range m.recordings {
		if strings.HasSuffix(r.Source, location) {
			e.Candidates = append(e.Candidates, r.ID)
		}
	}
	return e
}

func (m *memoryDesk) CopyWeek(_ context.Context, c WeekCopy) ([]scheduler.Selection, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	switch {
	case c.By == "" || c.Area == "":
		return nil, scheduler.Invalid(errors.New("copy week: name the area and the person"))
	case c.From.Monday() == c.To.Monday():
		return nil, scheduler.Invalid(fmt.Errorf("copy week: %s and %s are in one week", c.From, c.To))
	}
	s := scheduler.Selection{
		ID: "copy-1", Title: "Tuần " + c.From.Monday().String(), Area: c.Area, Timing: scheduler.Once(c.To.Monday().Start(m.now.Location())),
		Length: time.Hour, Class: scheduler.Ordinary, Recordings: []scheduler.RecordingID{"r1"}, By: c.By, Created: m.now.UTC(),
	}
	m.planning.selections = append(m.planning.selections, s)
	return []scheduler.Selection{s}, nil
}

func (m *memoryDesk) Draft(context.Context) (scheduler.Publication, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.planning.draft, m.fault
}

func (m *memoryDesk) Lint(context.Context) ([]scheduler.Finding, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	return slices.Clone(m.planning.findings), m.fault
}

func (m *memoryDesk) Explain(_ context.Context, station scheduler.StationID, at time.Time) (scheduler.Explanation, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	_, err := find(m.states, "station", station, func(s StationState) bool { return s.Station.ID == station })
	e := m.planning.explained
	e.Station, e.At, e.Zone = station, at.UTC(), scheduler.DefaultZone
	return e, err
}

func (m *memoryDesk) MakeGoods(context.Context) ([]scheduler.MakeGood, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	return slices.Clone(m.planning.makeGoods), m.fault
}

func (m *memoryDesk) MakeGood(_ context.Context, missed scheduler.AiringID, by string) (scheduler.Selection, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	g, err := find(m.planning.makeGoods, "missed airing", missed, func(g scheduler.MakeGood) bool { return g.Missed.ID == missed })
	switch {
	case err != nil:
		return scheduler.Selection{}, err
	case by == "":
		return scheduler.Selection{}, scheduler.Invalid(fmt.Errorf("make airing %s good: name the person", missed))
	case g.Selection != "":
		return scheduler.Selection{}, fmt.Errorf("make airing %s good: playlist %s does so: %w", missed, g.Selection, scheduler.ErrConflict)
	}
	g.Selection, g.By = scheduler.SelectionID("good-"+missed), by
	m.planning.makeGoods = put(m.planning.makeGoods, g, func(o scheduler.MakeGood) bool { return o.Missed.ID == missed })
	s := scheduler.Selection{
		ID: g.Selection, Title: g.Missed.Title, Station: g.Missed.Station, Programme: g.Programme, Timing: scheduler.Once(g.At),
		Recordings: []scheduler.RecordingID{g.Recording}, MakesGood: missed, By: by, Created: m.now.UTC(),
	}
	m.planning.selections = append(m.planning.selections, s)
	return s, nil
}

func (m *memoryDesk) Recalls(context.Context) ([]scheduler.RecallStatus, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	return slices.Clone(m.planning.recalls), m.fault
}

func (m *memoryDesk) Recall(_ context.Context, r scheduler.Recall) (scheduler.RecallStatus, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if err := r.Check(); err != nil {
		return scheduler.RecallStatus{}, scheduler.Invalid(err)
	}
	r.ID, r.At = scheduler.RecallID(fmt.Sprintf("recall-%d", len(m.planning.recalls)+1)), m.now.UTC()
	r.Stations = []scheduler.StationRevision{{Station: "cam-giang", Revision: 7}, {Station: "dong-cam", Revision: 7}}
	status := scheduler.RecallStatus{Recall: r, Outstanding: []scheduler.StationID{"dong-cam"}}
	m.planning.recalls = append(m.planning.recalls, status)
	return status, nil
}

func (m *memoryDesk) LiftRecall(_ context.Context, id scheduler.RecallID, by string) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	is := func(r scheduler.RecallStatus) bool { return r.ID == id }
	r, err := find(m.planning.recalls, "recall", id, is)
	switch {
	case err != nil:
		return err
	case by == "":
		return scheduler.Invalid(fmt.Errorf("lift recall %s: name the person", id))
	case r.Lifted():
		return fmt.Errorf("lift recall %s: %s did so: %w", id, r.LiftedBy, scheduler.ErrConflict)
	}
	r.LiftedBy, r.LiftedAt, r.Outstanding = by, m.now.UTC(), []scheduler.StationID{}
	m.planning.recalls = put(m.planning.recalls, r, is)
	return nil
}
