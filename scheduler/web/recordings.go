package web

import (
	"cmp"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"loaphuong/scheduler"
)

// recordingsPage lists the recordings.
type recordingsPage struct {
	*view
	Waiting int // how many nobody has approved
	Rows    []recordingRow
}

// recordingRow is a recording as a line of the list.
type recordingRow struct {
	scheduler.Recording
	Length   string
	From     string // where it came from, in words
	Loudness string
	Letter   string // the number of its letter, or what stands for it
	Badge    badge
	Approved string     // by whom and when
	Recall   recallForm // the form that takes it off the air
}

func (s *server) recordings(r *http.Request, v *view) (any, error) {
	recordings, err := s.desk.Recordings(r.Context(), "")
	if err != nil {
		return nil, err
	}
	letters, err := s.desk.Directives(r.Context())
	if err != nil {
		return nil, err
	}
	numbers := map[scheduler.DirectiveID]string{}
	for _, d := range letters {
		numbers[d.ID] = d.Number
	}
	page := recordingsPage{view: v}
	for _, rec := range recordings {
		row := v.recordingRow(rec)
		row.Letter = named(numbers[rec.Directive], rec.Directive)
		page.Rows = append(page.Rows, row)
		if !rec.Approved() {
			page.Waiting++
		}
	}
	slices.SortStableFunc(page.Rows, byNeed)
	return page, nil
}

func (v *view) recordingRow(rec scheduler.Recording) recordingRow {
	row := recordingRow{
		Recording: rec,
		Length:    v.Span(rec.Duration),
		From:      v.from(rec.Source),
		Loudness:  v.Number(rec.Loudness, 1) + " LUFS",
		Badge:     badge{warn, v.T("recording.waiting")},
		Recall:    recallForm{filled: filled{v, url.Values{"recording": {string(rec.ID)}}}},
	}
	if rec.Approved() {
		row.Badge = badge{good, v.T("recording.approved")}
		row.Approved = v.T("recording.by", "who", rec.Approval.By, "at", v.When(rec.Approval.At, v.Zone))
	}
	return row
}

// from says where a recording came from; a source of another kind shows as it is.
func (v *view) from(source string) string {
	if name, ok := strings.CutPrefix(source, "upload:"); ok {
		return v.T("recording.upload", "name", name)
	}
	if engine, ok := strings.CutPrefix(source, "speech:"); ok {
		return v.T("recording.speech", "engine", engine)
	}
	return source
}

// byNeed puts what waits for approval first, then the newest.
func byNeed(a, b recordingRow) int {
	waits := func(r recordingRow) int {
		if r.Recording.Approved() {
			return 1
		}
		return 0
	}
	return cmp.Or(waits(a)-waits(b), b.Created.Compare(a.Created))
}

// putEvergreen keeps a recording for when scheduled audio is missing, or no longer.
func (s *server) putEvergreen(w http.ResponseWriter, r *http.Request, v *view) error {
	f := &formReader{words: v.words, values: r.PostForm}
	rec, err := s.desk.PutEvergreen(r.Context(), scheduler.RecordingID(f.text("recording")), f.text("evergreen") == "yes")
	if err != nil {
		return err
	}
	http.Redirect(w, r, "/recordings#recording-"+url.PathEscape(string(rec.ID)), http.StatusSeeOther)
	return nil
}
