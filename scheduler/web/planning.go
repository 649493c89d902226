package web

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"loaphuong/scheduler"
)

// mountPlanning registers the pages about the plan.
func (s *server) mountPlanning(mux *http.ServeMux) {
	mux.HandleFunc("GET /plan", s.page("plan", s.plan))
	mux.HandleFunc("POST /plan", s.personal("plan", s.published))
	mux.HandleFunc("GET /playlists", s.page("playlists", s.playlists))
	mux.HandleFunc("POST /playlists", s.personal("playlists", s.changedLists))
	mux.HandleFunc("GET /playlists/edit", s.page("playlist", s.playlist))
	mux.HandleFunc("POST /playlists/edit", s.takePlaylist)
	mux.HandleFunc("GET /make-good", s.page("makegood", s.makeGoods))
	mux.HandleFunc("POST /make-good", s.personal("makegood", s.madeGood))
	mux.HandleFunc("GET /recalls", s.page("recalls", s.recalls))
	mux.HandleFunc("POST /recalls", s.personal("recalls", s.recalledBy))
	mux.HandleFunc("GET /rules", s.page("rules", s.rules))
	mux.HandleFunc("POST /rules", s.personal("rules", s.ruled))
	mux.HandleFunc("GET /explain", s.page("explain", s.explain))
}

// planPageLink is one of the pages about the plan.
type planPageLink struct {
	link
	Here bool
}

// PlanPages are the pages about the plan, in the order of the work.
func (v *view) PlanPages() []planPageLink {
	var all []planPageLink
	for _, p := range []struct{ page, path string }{
		{"plan", "/plan"}, {"playlists", "/playlists"}, {"makegood", "/make-good"}, {"recalls", "/recalls"}, {"rules", "/rules"}, {"explain", "/explain"},
	} {
		all = append(all, planPageLink{link{v.T("pages." + p.page), p.path}, v.Page == p.page || v.Page == "playlist" && p.page == "playlists"})
	}
	return all
}

// Planning reports whether this is one of the pages about the plan.
func (v *view) Planning() bool {
	return slices.ContainsFunc(v.PlanPages(), func(p planPageLink) bool { return p.Here })
}

// refusal is why a form was not taken.
type refusal struct {
	Words  []string // in the person's language
	Detail string   // in the desk's own words
}

// refusalOf says why a form was not taken: what the reader found wrong with it,
// or what the desk said. It is nil where nothing is wrong, and the error is
// returned where the person can do nothing about it.
func (v *view) refusalOf(wrong []string, err error) (*refusal, int, error) {
	if len(wrong) > 0 {
		return &refusal{Words: wrong}, http.StatusUnprocessableEntity, nil
	}
	status, helps := statusOf(err)
	switch {
	case err == nil:
		return nil, http.StatusOK, nil
	case !helps:
		return nil, status, err
	case status == http.StatusConflict:
		return &refusal{[]string{v.T("refused.conflict")}, err.Error()}, status, nil
	case status == http.StatusNotFound:
		return &refusal{[]string{v.T("refused.gone")}, err.Error()}, status, nil
	}
	return &refusal{[]string{v.T("refused.invalid")}, err.Error()}, status, nil
}

// personal is a form that only somebody who has signed in may send.
func (s *server) personal(page string, do action) http.HandlerFunc {
	return s.form(page, func(w http.ResponseWriter, r *http.Request, v *view) error {
		if v.Person == "" {
			s.askToSignIn(w, r, v)
			return nil
		}
		return do(w, r, v)
	})
}

// filled is a form as it is shown: with what is kept, or with what was typed and
// not taken.
type filled struct {
	*view
	url.Values
}

// Is reports whether a field has a value, or one of its values.
func (f filled) Is(name, value string) bool {
	return slices.Contains(f.Values[name], value)
}

// Days are the seven boxes of the days of the week, Monday first.
func (f filled) Days() []askDay {
	var days []askDay
	for i := range 7 {
		d := (i + 1) % 7
		days = append(days, askDay{d, f.T(fmt.Sprintf("weekday.%d", d)), f.Is("weekdays", strconv.Itoa(d))})
	}
	return days
}

// option is a choice of a field.
type option struct {
	Value, Text string
}

// choice is an option that may be the one chosen.
type choice struct {
	option
	On bool
}

// Choose are the options of a field, with the one that it holds.
func (f filled) Choose(name string, options []option) []choice {
	var all []choice
	for _, o := range options {
		all = append(all, choice{o, f.Is(name, o.Value)})
	}
	return all
}

// areaOptions are the areas as a tree in one list.
func (k *known) areaOptions() []option {
	areas := make([]scheduler.Area, 0, len(k.areas))
	for _, a := range k.areas {
		areas = append(areas, a)
	}
	slices.SortFunc(areas, func(a, b scheduler.Area) int { return compareNames(a.Name, b.Name, a.ID, b.ID) })
	var all []option
	for _, n := range flat(areaTree(areas, nil)) {
		all = append(all, option{string(n.ID), n.Indent + n.Name})
	}
	return all
}

// stationOptions are the stations by name.
func (k *known) stationOptions() []option {
	all := make([]option, 0, len(k.stations))
	for id := range k.stations {
		all = append(all, option{string(id), k.station(id).Text})
	}
	slices.SortFunc(all, func(a, b option) int { return compareNames(a.Text, b.Text, a.Value, b.Value) })
	return all
}

// programmeOptions are the programmes by name, each with its hours.
func (k *known) programmeOptions() []option {
	all := make([]option, 0, len(k.programmes))
	for id, p := range k.programmes {
		all = append(all, option{string(id), named(p.Name, id) + " (" + k.hours(p.Timing) + ")"})
	}
	slices.SortFunc(all, func(a, b option) int { return compareNames(a.Text, b.Text, a.Value, b.Value) })
	return all
}

// hours are the hours of a timing that has plain ones, else its rule or its day.
func (v *view) hours(t scheduler.Timing) string {
	if !t.At().IsZero() {
		return v.When(t.At(), v.Zone)
	}
	if hours, _, plain := plainTimes(t.Spec()); plain {
		return strings.Join(hours, ", ")
	}
	return t.Spec()
}

// minutes writes a length for a field, in minutes; none is "".
func minutes(d time.Duration) string {
	if d == 0 {
		return ""
	}
	return strconv.FormatFloat(d.Minutes(), 'f', -1, 64)
}

// numberOr writes a number for a field; 0 is "".
func numberOr(n int) string {
	if n == 0 {
		return ""
	}
	return strconv.Itoa(n)
}

// yes is the value of a ticked box.
func yes(on bool) string {
	if on {
		return "yes"
	}
	return ""
}

// minutes reads a length in minutes, up to a day of them; an empty field is 0.
func (f *formReader) minutes(name string) time.Duration {
	s := f.text(name)
	if s == "" {
		return 0
	}
	n, err := strconv.ParseFloat(strings.Replace(s, ",", ".", 1), 64)
	if err != nil || !(n >= 0 && n <= 24*60) {
		f.wrong = append(f.wrong, f.T("form.minutes", "text", s))
		return 0
	}
	return time.Duration(n * float64(time.Minute)).Round(time.Second)
}
