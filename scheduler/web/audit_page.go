package web

import (
	"net/http"

	"loaphuong/scheduler"
)

// auditShown is how many lines the page shows.
const auditShown = 200

// auditLogPage is who has had the centre do what.
type auditLogPage struct {
	*view
	By, Day string // what the lines are chosen by, as typed
	Refused *refusal
	Rows    []auditRow
	Full    bool // there may be more lines than are shown
}

// auditRow is one line.
type auditRow struct {
	scheduler.AuditEntry
	When  string
	Badge badge
	Gap   string // how many requests before it have no line
}

// auditPage shows the log to who has signed in.
func (s *server) auditPage(w http.ResponseWriter, r *http.Request) {
	if v := s.view(w, r, "audit"); v.Person == "" {
		s.askToSignIn(w, r, v)
		return
	}
	s.page("audit", s.auditLog)(w, r)
}

func (s *server) auditLog(r *http.Request, v *view) (any, error) {
	f := &formReader{words: v.words, values: r.URL.Query()}
	filter := scheduler.AuditFilter{By: f.text("by"), Limit: auditShown}
	page := auditLogPage{view: v, By: filter.By, Day: f.text("day")}
	if day := f.day("day"); !day.IsZero() {
		filter.From = day.Start(v.Zone)
		filter.Until = v.midnight(filter.From, 1)
	}
	if len(f.wrong) > 0 {
		page.Refused = &refusal{Words: f.wrong}
		return page, nil
	}
	all, err := s.desk.AuditEntries(r.Context(), filter)
	for _, e := range all {
		page.Rows = append(page.Rows, v.auditRow(e))
	}
	page.Full = len(all) == auditShown
	return page, err
}

func (v *view) auditRow(e scheduler.AuditEntry) auditRow {
	row := auditRow{AuditEntry: e, When: e.At.In(v.Zone).Format("02/01/2006 15:04:05"), Badge: badge{good, v.T("audit.done")}}
	switch {
	case e.Status >= 500:
		row.Badge = badge{bad, v.T("audit.failed", "status", e.Status)}
	case e.Status >= 400:
		row.Badge = badge{warn, v.T("audit.refused", "status", e.Status)}
	}
	if e.LeftOut > 0 {
		row.Gap = v.T("audit.leftout", "n", e.LeftOut)
	}
	return row
}
