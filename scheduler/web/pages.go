package web

import (
	"bytes"
	"embed"
	"html/template"
	"net/http"
	"net/url"
	"path"
	"time"
)

// view is what every page knows: its language, its zone and its instant.
type view struct {
	words
	Lang    string
	Zone    *time.Location
	Now     time.Time
	Version string
	Page    string // which of the pages it is
	Person  string // who is signed in; "" for nobody
	url     *url.URL
}

// parsePages makes a template of each page, within the frame they share.
func parsePages(files embed.FS) map[string]*template.Template {
	frame := template.Must(template.ParseFS(files, "templates/layout.html", "templates/parts.html", "templates/review_parts.html", "templates/plan_parts.html", "templates/ready_parts.html"))
	pages := map[string]*template.Template{}
	for _, name := range []string{
		"today", "letters", "letter", "review", "station", "recordings", "signin", "problem",
		"plan", "playlists", "playlist", "makegood", "recalls", "rules", "explain", "audit",
	} {
		page := template.Must(frame.Clone())
		pages[name] = template.Must(page.ParseFS(files, path.Join("templates", name+".html")))
	}
	return pages
}

// page answers with a page, which build makes the values of.
func (s *server) page(name string, build func(*http.Request, *view) (any, error)) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		v := s.view(w, r, name)
		data, err := build(r, v)
		if err != nil {
			s.problem(w, r, v, err)
			return
		}
		s.render(w, r, http.StatusOK, name, data)
	}
}

// render sets a page out whole before it sends any of it, so that a fault midway
// is a fault and not half a page.
func (s *server) render(w http.ResponseWriter, r *http.Request, status int, name string, data any) {
	var page bytes.Buffer
	if err := s.pages[name].ExecuteTemplate(&page, "layout.html", data); err != nil {
		_, words := s.tell(r.Context(), "render "+name, err)
		http.Error(w, words, http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(status)
	w.Write(page.Bytes())
}

// problemPage says what went wrong.
type problemPage struct {
	*view
	Status int
	Words  string
}

func (s *server) problem(w http.ResponseWriter, r *http.Request, v *view, err error) {
	status, words := s.tell(r.Context(), "page "+v.Page, err)
	v.Page = "problem"
	s.render(w, r, status, "problem", problemPage{v, status, words})
}

// langCookie keeps the language that a person chose.
const langCookie = "lang"

// view reads the language: the one asked for now, which is kept for a year, or
// else the one kept.
func (s *server) view(w http.ResponseWriter, r *http.Request, page string) *view {
	lang := vietnamese
	if c, err := r.Cookie(langCookie); err == nil && s.languages[c.Value] != nil {
		lang = c.Value
	}
	if asked := r.URL.Query().Get("lang"); s.languages[asked] != nil {
		lang = asked
		http.SetCookie(w, &http.Cookie{
			Name:     langCookie,
			Value:    lang,
			Path:     "/",
			MaxAge:   365 * 24 * 60 * 60,
			HttpOnly: true,
			SameSite: http.SameSiteLaxMode,
		})
	}
	now := s.opts.Now().In(s.opts.Zone)
	return &view{s.languages[lang], lang, s.opts.Zone, now, s.opts.Version, page, s.person(r), r.URL}
}

// Other is the language to switch to.
func (v *view) Other() string {
	if v.Lang == vietnamese {
		return english
	}
	return vietnamese
}

// Switch is the address of this page in the other language.
func (v *view) Switch() string {
	q := v.url.Query()
	q.Set("lang", v.Other())
	return (&url.URL{Path: v.url.Path, RawQuery: q.Encode()}).String()
}

// Here is the address of this page, to come back to.
func (v *view) Here() string {
	return (&url.URL{Path: v.url.Path, RawQuery: v.url.RawQuery}).String()
}

// midnight is the first instant of the day of t, days later.
func (v *view) midnight(t time.Time, days int) time.Time {
	t = t.In(v.Zone)
	return time.Date(t.Year(), t.Month(), t.Day()+days, 0, 0, 0, 0, v.Zone)
}
