package localpage

import (
	"bytes"
	"net/http"
	"net/url"
	"time"
)

// langCookie remembers the language somebody chose.
const langCookie = "station_lang"

// page is what every page has.
type page struct {
	words
	Lang, Name string
	View       View
	Zone       *time.Location
	Switch     string // the same page in the other language
	Guarded    bool   // a PIN is asked for
	SignedIn   bool
	Refreshes  bool // with JavaScript off, by itself
}

// newPage looks at the station for a page. A choice of language that the address
// carries is one for all pages to come.
func (s *server) newPage(r *http.Request, name string) page {
	lang := vietnamese
	if c, err := r.Cookie(langCookie); err == nil && c.Value == english {
		lang = english
	}
	if chosen := r.URL.Query().Get("lang"); s.languages[chosen] != nil {
		lang = chosen
	}
	v := s.station.View()
	return page{
		words: s.languages[lang], Lang: lang, Name: name, View: v, Zone: zoneOf(v.Zone), Switch: switched(r, lang),
		Guarded: s.door != nil, SignedIn: s.signedIn(r), Refreshes: name == "home" && r.Method == http.MethodGet,
	}
}

// zoneOf loads a zone, or gives the machine's where there is none of that name.
func zoneOf(name string) *time.Location {
	if zone, err := time.LoadLocation(name); err == nil && name != "" {
		return zone
	}
	return time.Local
}

// switched is the address of the same page in the other language. What a form
// was answered with has no address of its own, so the first page stands for it.
func switched(r *http.Request, lang string) string {
	query := url.Values{}
	path := "/"
	if r.Method == http.MethodGet {
		path = r.URL.Path
		if day := r.URL.Query().Get("day"); day != "" {
			query.Set("day", day)
		}
	}
	query.Set("lang", vietnamese)
	if lang == vietnamese {
		query.Set("lang", english)
	}
	return path + "?" + query.Encode()
}

// render answers with a page, whole or not at all.
func (s *server) render(w http.ResponseWriter, status int, name string, data any) {
	var b bytes.Buffer
	if err := s.pages[name].ExecuteTemplate(&b, "layout.html", data); err != nil {
		s.log.Error("show a page of the station", "page", name, "err", err)
		http.Error(w, "Trang bị lỗi. The page is at fault.", http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.WriteHeader(status)
	w.Write(b.Bytes())
}

// remember keeps the language that the address chose, for a year.
func remember(w http.ResponseWriter, r *http.Request, p page) {
	if r.URL.Query().Get("lang") == p.Lang {
		http.SetCookie(w, &http.Cookie{Name: langCookie, Value: p.Lang, Path: "/", MaxAge: 365 * 24 * 60 * 60, HttpOnly: true, SameSite: http.SameSiteLaxMode})
	}
}

// asked is the form for the PIN, with what was pressed before it was asked for.
type asked struct {
	page
	Action string // where the form goes
	Key    string // of what is to be done, "" for nothing but to type the PIN
	Fault  string
	Hidden map[string]string
}

func (s *server) pinForm(w http.ResponseWriter, r *http.Request) {
	if s.door == nil || s.signedIn(r) {
		http.Redirect(w, r, "/", http.StatusSeeOther)
		return
	}
	a := asked{page: s.newPage(r, "pin"), Action: "/pin"}
	remember(w, r, a.page)
	s.render(w, http.StatusOK, "pin", a)
}

// askPIN asks for the PIN, fault being the key of why it is asked for again.
func (s *server) askPIN(w http.ResponseWriter, r *http.Request, status int, fault string, wait time.Duration) {
	if forProgram(r) {
		writeJSON(w, status, map[string]string{"error": s.languages[english].T("pin.program")})
		return
	}
	a := asked{page: s.newPage(r, "pin"), Action: r.URL.Path, Hidden: map[string]string{}}
	if fault != "" {
		a.Fault = a.T(fault, "wait", a.Span(wait.Round(time.Second)))
	}
	if r.URL.Path != "/pin" {
		a.Key = "act." + r.URL.Path[1:]
	}
	for _, field := range []string{"percent", "playlist", "who"} {
		if value := r.PostForm.Get(field); value != "" {
			a.Hidden[field] = value
		}
	}
	s.render(w, status, "pin", a)
}
