package web

import (
	"net/http"
	"net/url"
	"slices"
	"time"

	"loaphuong/scheduler"
)

// Bounds of what the page of the playlists shows of one.
const (
	nextRuns  = 5   // times
	maxTitles = 12  // recordings
	maxTries  = 400 // windows of a programme that are looked at for the next times
)

// playlistsPage are the playlists that people have put together.
type playlistsPage struct {
	*view
	Refused *refusal
	Rows    []listRow
	Copy    filled // the form that copies a week
	Areas   []option
}

// listRow is one playlist.
type listRow struct {
	ID       scheduler.SelectionID
	Title    string
	Where    link
	When     string
	Class    string // where it is not ordinary
	Alone    bool
	Titles   []link
	Leftover int // recordings that are not in Titles
	Length   string
	Said     string // whose it is, and since when
	Good     bool   // it makes an airing good
	Runs     []string
}

func (s *server) playlists(r *http.Request, v *view) (any, error) {
	return s.playlistsPage(r, v, url.Values{})
}

func (s *server) playlistsPage(r *http.Request, v *view, values url.Values) (playlistsPage, error) {
	page := playlistsPage{view: v, Copy: filled{v, values}}
	k, err := s.known(r.Context(), v)
	if err != nil {
		return page, err
	}
	page.Areas = k.areaOptions()
	for _, l := range k.selections {
		page.Rows = append(page.Rows, k.list(l))
	}
	slices.SortFunc(page.Rows, func(a, b listRow) int {
		newest := k.selections[b.ID].Created.Compare(k.selections[a.ID].Created)
		if newest != 0 {
			return newest
		}
		return compareNames(a.Title, b.Title, a.ID, b.ID)
	})
	return page, nil
}

func (k *known) list(l scheduler.Selection) listRow {
	row := listRow{
		ID: l.ID, Title: named(l.Title, l.ID), Where: link{Text: k.area(l.Area)}, When: k.T("lists.own"), Alone: l.Alone, Good: l.MakesGood != "",
		Said: k.T("lists.by", "who", l.By, "at", k.When(l.Created, k.Zone)), Runs: k.whens(k.runs(l), k.zone(k.view, l.Station)),
	}
	if l.Station != "" {
		row.Where = k.station(l.Station)
	}
	if l.Programme != "" {
		row.When = k.T("lists.within", "programme", k.programme(l.Programme))
	}
	if l.Class != "" && l.Class != scheduler.Ordinary {
		row.Class = k.T("class." + string(l.Class))
	}
	var length time.Duration
	for i, id := range l.Recordings {
		length += k.recordings[id].Duration
		if i < maxTitles {
			row.Titles = append(row.Titles, k.recording(id))
		}
	}
	row.Length, row.Leftover = k.Span(length), len(l.Recordings)-len(row.Titles)
	return row
}

// runs are the next times at which a playlist is played.
func (k *known) runs(l scheduler.Selection) []time.Time {
	zone, timing := k.zone(k.view, l.Station), l.Timing
	if l.Programme != "" {
		timing = k.programmes[l.Programme].Timing
	}
	var all []time.Time
	at := k.Now
	for range maxTries {
		at = timing.Next(at, zone)
		if at.IsZero() || len(all) == nextRuns {
			break
		}
		if l.Takes(l.Programme, at, zone) {
			all = append(all, at)
		}
		at = at.Add(time.Second)
	}
	return all
}

// changedLists does what a form of the page asks for.
func (s *server) changedLists(w http.ResponseWriter, r *http.Request, v *view) error {
	f := &formReader{words: v.words, values: r.PostForm}
	anchor, err := s.changeLists(r, v, f)
	refused, status, err := v.refusalOf(f.wrong, err)
	switch {
	case err != nil:
		return err
	case refused == nil:
		http.Redirect(w, r, "/playlists"+anchor, http.StatusSeeOther)
		return nil
	}
	page, err := s.playlistsPage(r, v, r.PostForm)
	if err != nil {
		return err
	}
	page.Refused = refused
	s.render(w, r, status, "playlists", page)
	return nil
}

// changeLists deletes a playlist or copies a week, and returns where on the page
// to go.
func (s *server) changeLists(r *http.Request, v *view, f *formReader) (anchor string, err error) {
	if id := scheduler.SelectionID(f.text("delete")); id != "" {
		return "", s.desk.DeleteSelection(r.Context(), id)
	}
	c := WeekCopy{Area: scheduler.AreaID(f.text("area")), From: f.day("from"), To: f.day("to"), By: v.Person}
	if c.From.IsZero() || c.To.IsZero() {
		f.wrong = append(f.wrong, f.T("copy.days"))
	}
	if len(f.wrong) > 0 {
		return "", nil
	}
	made, err := s.desk.CopyWeek(r.Context(), c)
	if len(made) > 0 {
		anchor = "#list-" + url.PathEscape(string(made[0].ID))
	}
	return anchor, err
}
