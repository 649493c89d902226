package web

import (
	"cmp"
	"net/http"

	"time"

	"loaphuong/scheduler"
)

// explainPage answers why a station did or did not play something.
type explainPage struct {
	*view
	Stations []option
	Station  scheduler.StationID
	At       string // what the field of the instant holds
	Refused  *refusal
	Where    link
	When     string
	Schedule string // which was in force, and whose
	Windows  []explainedWindow
}

// explainedWindow is one occurrence of a programme.
type explainedWindow struct {
	Name    string
	Span    string
	Holds   bool   // the instant lies in it
	Why     string // nothing is in it
	Entries []explainedRow
	Others  []otherRow
}

// explainedRow is something that stands in a window.
type explainedRow struct {
	airingRow
	Piece   string
	Because string
}

// otherRow is a topic that does not.
type otherRow struct {
	link
	Because string
}

// wallLayout is how a browser writes a day and a time.
const wallLayout = "2006-01-02T15:04"

func (s *server) explain(r *http.Request, v *view) (any, error) {
	k, err := s.known(r.Context(), v)
	if err != nil {
		return nil, err
	}
	q := r.URL.Query()
	page := explainPage{view: v, Stations: k.stationOptions(), Station: scheduler.StationID(q.Get("station"))}
	v.Zone = k.zone(v, page.Station)
	v.Now = v.Now.In(v.Zone)
	page.At = v.Now.Format(wallLayout)
	if page.Station == "" {
		return page, nil
	}
	at, ok := instantIn(q.Get("at"), v.Now)
	if !ok {
		page.At, page.Refused = q.Get("at"), &refusal{Words: []string{v.T("explain.when", "text", q.Get("at"))}}
		return page, nil
	}
	page.At = at.Format(wallLayout)
	e, err := s.desk.Explain(r.Context(), page.Station, at)
	if err != nil {
		return nil, err
	}
	spacing, err := s.spacing(r, k, page.Station, scheduler.DateOf(at))
	page.fill(k, e, at, spacing)
	return page, err
}

// instantIn reads an instant as a link or a browser gives it, in the zone of
// now, which stands for none.
func instantIn(s string, now time.Time) (time.Time, bool) {
	if s == "" {
		return now, true
	}
	if at, err := time.Parse(time.RFC3339, s); err == nil {
		return at.In(now.Location()), true
	}
	at, err := time.ParseInLocation(wallLayout, s, now.Location())
	return at, err == nil
}

// spacing is what the rules of a station's areas say on a day of how soon an
// item may come again; 0 where they say nothing.
func (s *server) spacing(r *http.Request, k *known, id scheduler.StationID, day scheduler.Date) (time.Duration, error) {
	holidays, err := s.desk.Holidays(r.Context())
	tree := scheduler.Tree(k.areas)
	var rules []scheduler.Rule
	for _, rule := range k.rules {
		if tree.Within(k.stations[id].Area, rule.Area) {
			rules = append(rules, rule)
		}
	}
	return scheduler.BoundsOn(rules, day, holidays).Spacing, err
}

func (p *explainPage) fill(k *known, e scheduler.Explanation, at time.Time, spacing time.Duration) {
	p.Where, p.When = k.station(p.Station), k.dayAndTime(at, k.Zone)
	p.Schedule = k.T("explain.unpublished")
	if e.Revision > 0 {
		p.Schedule = k.T("explain.schedule", "n", e.Revision, "who", e.By, "at", k.When(e.Issued, k.Zone))
	}
	for _, w := range e.Windows {
		p.Windows = append(p.Windows, k.explained(w, at, spacing))
	}
}

func (k *known) explained(w scheduler.ExplainedWindow, at time.Time, spacing time.Duration) explainedWindow {
	x := explainedWindow{
		Name:  named(w.Name, w.Programme),
		Span:  k.dayAndTime(w.From, k.Zone) + "–" + k.Clock(w.Until, k.Zone),
		Holds: !at.Before(w.From) && at.Before(w.Until),
		Why:   k.Because(w.Why),
	}
	for _, e := range w.Entries {
		x.Entries = append(x.Entries, k.entry(e))
	}
	for _, o := range w.Others {
		x.Others = append(x.Others, otherRow{k.notIn(o), k.reason(o, spacing)})
	}
	return x
}

func (k *known) entry(e scheduler.ExplainedEntry) explainedRow {
	row := explainedRow{airingRow: k.row(e.Airing, k.places), Because: k.Because(e.Why)}
	if e.Airing.Piece != "" {
		row.Piece = k.T("piece." + string(e.Airing.Piece))
	}
	if e.By != "" {
		row.Because = k.T("explain.person", "why", row.Because, "who", e.By)
	}
	if e.Owed.Owed > 0 {
		row.Because += ": " + k.placed(e.Owed)
	}
	return row
}

// placed is how many of those owed are placed, on the day or in the week.
func (w words) placed(s scheduler.Standing) string {
	if s.Weekly {
		return w.T("standing.week", "placed", s.Placed, "owed", s.Owed)
	}
	return w.T("standing.day", "placed", s.Placed, "owed", s.Owed)
}

// Because is why something stands in a window or does not; a reason that came
// later than these words shows as the plan gave it.
func (w words) Because(b scheduler.Because) string {
	if b == "" {
		return ""
	}
	if text, ok := w["because."+string(b)]; ok {
		return text
	}
	return w.Shortfall(scheduler.Shortfall(b))
}

// reason is a sentence about a topic that does not stand in a window.
func (k *known) reason(o scheduler.ExplainedTopic, spacing time.Duration) string {
	switch full, near := scheduler.Because(scheduler.WindowFull), scheduler.Because(scheduler.TooClose); {
	case o.Why == scheduler.BecauseMet && o.Owed.Owed > 0:
		return k.T("other.met", "standing", k.placed(o.Owed))
	case o.Why == full && o.Want > 0:
		return k.T("other.full", "want", k.Span(o.Want), "have", k.Span(o.Have))
	case o.Why == near && !o.Last.IsZero() && spacing > 0:
		return k.T("other.near", "last", k.When(o.Last, k.Zone), "spacing", k.Span(spacing))
	case o.Why == near && !o.Last.IsZero():
		return k.T("other.soon", "last", k.When(o.Last, k.Zone))
	}
	return k.Because(o.Why)
}

// notIn is a topic that does not stand in a window, by its title.
func (k *known) notIn(o scheduler.ExplainedTopic) link {
	l := k.topic(o.Directive, o.Topic)
	l.Text = cmp.Or(o.Title, l.Text)
	return l
}
