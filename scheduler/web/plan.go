package web

import (
	"cmp"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"time"

	"loaphuong/scheduler"
)

// Bounds of what the page of the plan shows at length.
const (
	maxNames   = 20 // stations named after one another
	maxChanges = 60 // windows of one programme
)

// planPage is what would be published now, or has just been.
type planPage struct {
	*view
	Done     bool       // it has been published
	Sent     []revision // which stations were given which schedule
	Unsent   int        // how many more than Sent
	Findings []findingRow
	Wrong    int // how many of the findings are errors
	Topics   []topicPromise
	Short    int // how many of the topics are promised less than is owed
	Changes  []programmeChange
	Refusal  string
}

// revision is a station and the schedule it was given.
type revision struct {
	link
	Number scheduler.Revision
}

// topicPromise is what the plan promises of one topic.
type topicPromise struct {
	Title    link
	Letter   link
	Badge    badge
	Stations int
	Owed     int
	Promised int
	Why      []shortage
}

// shortage is what is missing of a topic for one reason.
type shortage struct {
	Why      string
	Missing  int
	Stations []link
	Leftover int // stations that are not named
}

// programmeChange is what changes in the windows of one programme.
type programmeChange struct {
	Name     string
	Windows  int
	Rows     []changeRow
	Leftover int
}

// changeRow is a change that is the same in one or more windows.
type changeRow struct {
	When     string // the first of them
	More     int    // how many follow
	Added    []string
	Removed  []string
	Stations int
	Names    string
}

func (s *server) plan(r *http.Request, v *view) (any, error) {
	draft, err := s.desk.Draft(r.Context())
	if err != nil {
		return nil, err
	}
	return s.planPage(r, v, draft)
}

func (s *server) planPage(r *http.Request, v *view, p scheduler.Publication) (planPage, error) {
	k, err := s.known(r.Context(), v)
	if err != nil {
		return planPage{}, err
	}
	page := planPage{view: v, Findings: k.findings(p.Findings), Topics: k.promises(p.Promises), Changes: k.changes(p.Changes)}
	for _, f := range p.Findings {
		if f.Level == scheduler.Wrong {
			page.Wrong++
		}
	}
	for _, t := range page.Topics {
		if t.Promised < t.Owed {
			page.Short++
		}
	}
	for _, at := range p.Stations[:min(len(p.Stations), maxNames)] {
		page.Sent = append(page.Sent, revision{k.station(at.Station), at.Revision})
	}
	page.Unsent = len(p.Stations) - len(page.Sent)
	return page, nil
}

// published publishes for the person and says what came of it.
func (s *server) published(w http.ResponseWriter, r *http.Request, v *view) error {
	if v.Person == "" {
		s.askToSignIn(w, r, v)
		return nil
	}
	p, err := s.desk.Publish(r.Context(), v.Person)
	if err != nil {
		return err
	}
	page, err := s.planPage(r, v, p)
	if err != nil {
		return err
	}
	page.Done = true
	s.render(w, r, http.StatusOK, "plan", page)
	return nil
}

// promises are gathered by topic: those that fall short first, then in the
// order of the letters.
func (k *known) promises(all []scheduler.Promise) []topicPromise {
	type key struct {
		letter scheduler.DirectiveID
		topic  int
	}
	of, order := map[key][]scheduler.Promise{}, []key{}
	for _, p := range all {
		id := key{p.Directive, p.Topic}
		if of[id] == nil {
			order = append(order, id)
		}
		of[id] = append(of[id], p)
	}
	var rows []topicPromise
	for _, id := range order {
		rows = append(rows, k.promise(k.topic(id.letter, id.topic), k.letter(id.letter), of[id]))
	}
	slices.SortStableFunc(rows, func(a, b topicPromise) int { return cmp.Compare(b.missing(), a.missing()) })
	return rows
}

func (t topicPromise) missing() int { return t.Owed - t.Promised }

func (k *known) promise(title, letter link, all []scheduler.Promise) topicPromise {
	t := topicPromise{Title: title, Letter: letter, Badge: badge{good, k.T("plan.whole")}}
	short := map[scheduler.Shortfall][]scheduler.Promise{}
	stations := map[scheduler.StationID]bool{}
	for _, p := range all {
		t.Owed, t.Promised = t.Owed+p.Owed, t.Promised+p.Promised
		stations[p.Station] = true
		if p.Promised < p.Owed {
			short[p.Shortfall] = append(short[p.Shortfall], p)
		}
	}
	t.Stations = len(stations)
	for reason, of := range short {
		t.Why = append(t.Why, k.shortage(reason, of))
	}
	slices.SortFunc(t.Why, func(a, b shortage) int { return cmp.Or(b.Missing-a.Missing, strings.Compare(a.Why, b.Why)) })
	switch {
	case t.Promised == 0 && t.Owed > 0:
		t.Badge = badge{bad, k.T("plan.none")}
	case t.missing() > 0:
		t.Badge = badge{warn, k.T("plan.short")}
	}
	return t
}

func (k *known) shortage(reason scheduler.Shortfall, of []scheduler.Promise) shortage {
	s := shortage{Why: k.Shortfall(reason)}
	for i, p := range of {
		s.Missing += p.Owed - p.Promised
		if i < maxNames {
			s.Stations = append(s.Stations, k.station(p.Station))
		}
	}
	s.Leftover = len(of) - len(s.Stations)
	return s
}

// changes are gathered by programme; windows that change in the same way after
// one another stand in one row.
func (k *known) changes(all []scheduler.Change) []programmeChange {
	var programmes []programmeChange
	at := map[scheduler.ProgrammeID]int{}
	rows := map[string]int{} // by programme and what changes
	windows := map[string]bool{}
	for _, c := range all {
		i, ok := at[c.Programme]
		if !ok {
			i = len(programmes)
			at[c.Programme] = i
			programmes = append(programmes, programmeChange{Name: k.programme(c.Programme)})
		}
		p, same := &programmes[i], fmt.Sprint(c.Programme, c.Added, c.Removed, c.Stations)
		if window := fmt.Sprint(c.Programme, c.At.Unix()); !windows[window] {
			windows[window] = true
			p.Windows++
		}
		if row, ok := rows[same]; ok {
			p.Rows[row].More++
			continue
		}
		rows[same] = len(p.Rows)
		p.Rows = append(p.Rows, k.change(c))
	}
	for i := range programmes {
		p := &programmes[i]
		shown := min(len(p.Rows), maxChanges)
		p.Leftover, p.Rows = len(p.Rows)-shown, p.Rows[:shown]
	}
	return programmes
}

func (k *known) change(c scheduler.Change) changeRow {
	row := changeRow{When: k.dayAndTime(c.At, k.Zone), Added: c.Added, Removed: c.Removed, Stations: len(c.Stations)}
	if len(c.Stations) > 0 {
		row.When = k.dayAndTime(c.At, k.zone(k.view, c.Stations[0]))
	}
	var names []string
	for _, id := range c.Stations[:min(len(c.Stations), maxNames)] {
		names = append(names, k.station(id).Text)
	}
	row.Names = strings.Join(names, ", ")
	if more := len(c.Stations) - len(names); more > 0 {
		row.Names += " " + k.T("plan.others", "n", more)
	}
	return row
}

// dayAndTime is an instant with its weekday.
func (v *view) dayAndTime(at time.Time, zone *time.Location) string {
	return v.weekday(at.In(zone).Weekday()) + " " + v.When(at, zone)
}
