package web

import (
	"cmp"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"

	"loaphuong/scheduler"
)

// recallsPage is what has been recalled, and who has not followed.
type recallsPage struct {
	*view
	Refused *refusal
	Form    *recallForm // to recall something, where it is named
	Rows    []recallRow
}

// recallForm recalls one thing.
type recallForm struct {
	filled
	What   link
	Topics []choice // of a letter, of which one may be chosen
}

// recallRow is one recall.
type recallRow struct {
	ID          scheduler.RecallID
	What        link
	Why         string
	Said        string // by whom and when
	Lifted      string // the same of its end
	Badge       badge
	Held        int // stations that held it
	Outstanding []outstandingRow
}

// outstandingRow is a station that has not said that it follows.
type outstandingRow struct {
	link
	Phone string
	Heard string
}

func (s *server) recalls(r *http.Request, v *view) (any, error) {
	return s.recallsPage(r, v, r.URL.Query())
}

// recallsPage shows a form as well where values name what is to be recalled.
func (s *server) recallsPage(r *http.Request, v *view, values url.Values) (recallsPage, error) {
	page := recallsPage{view: v}
	k, err := s.known(r.Context(), v)
	if err != nil {
		return page, err
	}
	states, err := s.desk.StationStates(r.Context())
	if err != nil {
		return page, err
	}
	all, err := s.desk.Recalls(r.Context())
	slices.SortStableFunc(all, func(a, b scheduler.RecallStatus) int { return b.At.Compare(a.At) })
	for _, status := range all {
		page.Rows = append(page.Rows, k.recall(status, states))
	}
	f := &formReader{words: v.words, values: values}
	if target := f.recall(); v.Person != "" && (target.Recording != "" || target.Directive != "") {
		page.Form = &recallForm{filled: filled{v, values}, What: k.recalled(target)}
	}
	return page, err
}

// recallForm recalls a letter, or one of its topics.
func (v *view) recallForm(letter scheduler.Directive) recallForm {
	f := filled{v, url.Values{"directive": {string(letter.ID)}}}
	topics := []option{{"0", v.T("recall.whole")}}
	for _, t := range letter.Topics {
		topics = append(topics, option{strconv.Itoa(t.Ordinal), fmt.Sprintf("%d. %s", t.Ordinal, t.Title)})
	}
	return recallForm{filled: f, Topics: f.Choose("topic", topics)}
}

// recalled is what a recall takes off the air.
func (k *known) recalled(r scheduler.Recall) link {
	if r.Recording != "" {
		return k.recording(r.Recording)
	}
	return k.topic(r.Directive, r.Topic)
}

func (k *known) recall(s scheduler.RecallStatus, states []StationState) recallRow {
	row := recallRow{ID: s.ID, What: k.recalled(s.Recall), Why: s.Why, Held: len(s.Stations), Badge: badge{good, k.T("recall.followed")}}
	row.Said = k.T("recall.by", "who", s.By, "at", k.When(s.At, k.Zone))
	if s.Lifted() {
		row.Lifted, row.Badge = k.T("recall.lifted", "who", s.LiftedBy, "at", k.When(s.LiftedAt, k.Zone)), badge{dropped, k.T("recall.over")}
		return row
	}
	for _, at := range states {
		if slices.Contains(s.Outstanding, at.Station.ID) {
			row.Outstanding = append(row.Outstanding, k.outstanding(at))
		}
	}
	if n := len(row.Outstanding); n > 0 {
		row.Badge = badge{bad, k.T("recall.outstanding", "n", n)}
	}
	return row
}

func (k *known) outstanding(s StationState) outstandingRow {
	row := outstandingRow{link: k.station(s.Station.ID), Phone: s.Station.Phone, Heard: k.T("presence.never")}
	if !s.Heard.IsZero() {
		row.Heard = k.T("station.heard", "ago", k.Ago(s.Heard), "at", k.When(s.Heard, k.Zone))
	}
	return row
}

// recall reads what is to be recalled, and why.
func (f *formReader) recall() scheduler.Recall {
	return scheduler.Recall{
		Recording: scheduler.RecordingID(f.text("recording")),
		Directive: scheduler.DirectiveID(f.text("directive")),
		Topic:     f.number("topic"),
		Why:       f.text("why"),
	}
}

// recalledBy recalls something for the person, or lifts a recall.
func (s *server) recalledBy(w http.ResponseWriter, r *http.Request, v *view) error {
	f := &formReader{words: v.words, values: r.PostForm}
	id, err := s.takeRecall(r, v, f)
	refused, status, err := v.refusalOf(f.wrong, err)
	switch {
	case err != nil:
		return err
	case refused == nil:
		http.Redirect(w, r, "/recalls#recall-"+url.PathEscape(string(id)), http.StatusSeeOther)
		return nil
	}
	page, err := s.recallsPage(r, v, r.PostForm)
	if err != nil {
		return err
	}
	page.Refused = refused
	s.render(w, r, status, "recalls", page)
	return nil
}

func (s *server) takeRecall(r *http.Request, v *view, f *formReader) (scheduler.RecallID, error) {
	if id := scheduler.RecallID(f.text("lift")); id != "" {
		return id, s.desk.LiftRecall(r.Context(), id, v.Person)
	}
	recall := f.recall()
	recall.By = v.Person
	if recall.Why == "" {
		f.wrong = append(f.wrong, f.T("recall.nowhy"))
	}
	if len(f.wrong) > 0 {
		return "", nil
	}
	got, err := s.desk.Recall(r.Context(), recall)
	return got.ID, err
}

// compareNames orders by name, and where names are the same by identity.
func compareNames[T ~string](a, b string, x, y T) int {
	return cmp.Or(cmp.Compare(a, b), cmp.Compare(x, y))
}
