package web

import (
	"cmp"
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"loaphuong/scheduler"
)

// maxPicks is how many recordings there are to pick from, beside those that are
// picked already.
const maxPicks = 500

// playlistPage is the form by which a person puts a playlist together.
type playlistPage struct {
	*view
	Refused    *refusal
	Form       filled
	Missing    []missingRow // entries of a file that were not found
	Saved      bool
	Runs       []string     // its next times, once it is saved
	Findings   []findingRow // what is doubtful about it, once it is saved
	Picks      []pickRow
	Leftover   int // recordings that are not in Picks
	Areas      []option
	Stations   []option
	Programmes []option
}

// pickRow is a recording to pick.
type pickRow struct {
	ID     scheduler.RecordingID
	Title  string
	Length string
	Badge  badge
	On     bool
	Places string // in the playlist, from 1
}

// missingRow is an entry of a file that was not found.
type missingRow struct {
	Line       int
	Entry      string
	Candidates []link
}

func (s *server) playlist(r *http.Request, v *view) (any, error) {
	k, err := s.known(r.Context(), v)
	if err != nil {
		return nil, err
	}
	id := scheduler.SelectionID(r.URL.Query().Get("id"))
	l, ok := k.selections[id]
	if id == "" {
		return k.playlistPage(url.Values{}, nil), nil
	}
	if !ok {
		return nil, scheduler.ErrNotFound
	}
	page := k.playlistPage(k.valuesOf(l), l.Recordings)
	page.Saved, page.Runs = r.URL.Query().Has("saved"), k.list(l).Runs
	if page.Saved {
		err = s.doubts(r, k, id, &page)
	}
	return page, err
}

// doubts fills in what is doubtful about a playlist.
func (s *server) doubts(r *http.Request, k *known, id scheduler.SelectionID, page *playlistPage) error {
	found, err := s.desk.Lint(r.Context())
	page.Findings = k.findings(slices.DeleteFunc(found, func(f scheduler.Finding) bool { return f.Selection != id }))
	return err
}

func (k *known) playlistPage(values url.Values, picked []scheduler.RecordingID) playlistPage {
	page := playlistPage{view: k.view, Form: filled{k.view, values}, Areas: k.areaOptions(), Stations: k.stationOptions(), Programmes: k.programmeOptions()}
	page.Picks, page.Leftover = k.picks(picked)
	return page
}

// picks are the recordings, first those that are picked and then the newest.
func (k *known) picks(picked []scheduler.RecordingID) (rows []pickRow, leftover int) {
	places := map[scheduler.RecordingID][]string{}
	for i, id := range picked {
		places[id] = append(places[id], strconv.Itoa(i+1))
	}
	for _, r := range k.recordings {
		row := k.recordingRow(r)
		at := places[r.ID]
		rows = append(rows, pickRow{r.ID, named(r.Title, r.ID), row.Length, row.Badge, len(at) > 0, strings.Join(at, ", ")})
	}
	slices.SortFunc(rows, func(a, b pickRow) int {
		x, y := slices.Index(picked, a.ID), slices.Index(picked, b.ID)
		if a.On != b.On || a.On {
			return cmp.Compare(uint(x), uint(y)) // what is not picked comes last
		}
		return cmp.Or(k.recordings[b.ID].Created.Compare(k.recordings[a.ID].Created), cmp.Compare(a.ID, b.ID))
	})
	shown := min(len(rows), len(places)+maxPicks)
	return rows[:shown], len(rows) - shown
}

// takePlaylist keeps the playlist of a form, of a file or of what was picked.
func (s *server) takePlaylist(w http.ResponseWriter, r *http.Request) {
	v := s.view(w, r, "playlist")
	if v.Person == "" {
		s.askToSignIn(w, r, v)
		return
	}
	r.Body = http.MaxBytesReader(w, r.Body, MaxList+formOverhead)
	err := r.ParseMultipartForm(inMemory)
	if r.MultipartForm != nil {
		defer r.MultipartForm.RemoveAll()
	}
	var over *http.MaxBytesError
	switch {
	case errors.As(err, &over):
		err = listTooLarge("")
	case err != nil && !errors.Is(err, http.ErrNotMultipart):
		err = scheduler.Invalid(err)
	default:
		err = s.keepPlaylist(w, r, v)
	}
	if err != nil {
		s.problem(w, r, v, err)
	}
}

// keepPlaylist has the desk keep what a form says, and shows it, or shows the
// form again with what is missing or wrong.
func (s *server) keepPlaylist(w http.ResponseWriter, r *http.Request, v *view) error {
	k, err := s.known(r.Context(), v)
	if err != nil {
		return err
	}
	f := &formReader{words: v.words, values: r.PostForm}
	l := f.selection(k)
	l.By = v.Person
	var kept LoadedSelection
	if len(f.wrong) == 0 {
		kept, err = s.keep(r, f, l)
	}
	refused, status, err := v.refusalOf(f.wrong, err)
	switch {
	case err != nil:
		return err
	case refused == nil && len(kept.Missing) == 0:
		http.Redirect(w, r, "/playlists/edit?saved=yes&id="+url.QueryEscape(string(kept.Selection.ID)), http.StatusSeeOther)
		return nil
	case refused == nil:
		l, status = kept.Selection, http.StatusUnprocessableEntity
		refused = &refusal{Words: []string{v.T("list.missing", "n", len(kept.Missing))}}
	}
	page := k.playlistPage(r.PostForm, l.Recordings)
	page.Refused, page.Missing = refused, k.missing(kept.Missing)
	s.render(w, r, status, "playlist", page)
	return nil
}

// keep gives the desk the file of a form, or else what was picked in it.
func (s *server) keep(r *http.Request, f *formReader, l scheduler.Selection) (LoadedSelection, error) {
	file, header, err := r.FormFile("file")
	if err != nil || header.Size == 0 {
		if len(l.Recordings) == 0 {
			f.wrong = append(f.wrong, f.T("list.nothing"))
			return LoadedSelection{}, nil
		}
		return s.desk.PutSelection(r.Context(), l)
	}
	defer file.Close()
	l.Recordings = nil
	return s.desk.LoadSelection(r.Context(), ListFile{Name: header.Filename, Body: file, Selection: l})
}

func (k *known) missing(all []MissingEntry) []missingRow {
	var rows []missingRow
	for _, m := range all {
		row := missingRow{Line: m.Line, Entry: cmp.Or(m.Title, m.Location)}
		if m.Title != "" && m.Location != "" {
			row.Entry += " (" + m.Location + ")"
		}
		for _, id := range m.Candidates {
			row.Candidates = append(row.Candidates, k.recording(id))
		}
		rows = append(rows, row)
	}
	return rows
}
