package localpage

import (
	"bytes"
	"embed"
	"encoding/json"
	"html/template"
	"log/slog"
	"net/http"
	"path"
	"time"
)

// files are the templates, the words and what the pages load.
//
//go:embed templates assets words
var files embed.FS

// Options are what the handler needs besides the station.
type Options struct {
	PIN string       // what whoever changes something must know; with "" only the machine itself is answered
	Log *slog.Logger // of what was done and by whom; none when nil
}

// maxFollowers bounds how many pages may follow at once, because each holds a
// connection for as long as it is open.
const maxFollowers = 32

// server answers requests from the station.
type server struct {
	station   Station
	log       *slog.Logger
	door      *door // nil without a PIN
	languages map[string]words
	pages     map[string]*template.Template
	followers chan struct{} // holds one for each page that follows
}

// New makes the handler of the pages of a station.
func New(s Station, o Options) http.Handler { return newServer(s, o).handler() }

func newServer(s Station, o Options) *server {
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	v := &server{station: s, log: o.Log, languages: readWords(), pages: parsePages(), followers: make(chan struct{}, maxFollowers)}
	if o.PIN != "" {
		v.door = newDoor(o.PIN)
	}
	return v
}

func (s *server) handler() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /{$}", s.home)
	mux.HandleFunc("GET /log", s.logPage)
	mux.HandleFunc("GET /log.csv", s.logCSV)
	mux.HandleFunc("GET /pin", s.pinForm)
	mux.HandleFunc("GET /status", s.status)
	mux.HandleFunc("GET /events", s.events)
	mux.HandleFunc("GET /assets/{name}", asset)
	mux.HandleFunc("GET /healthz", healthz)
	mux.HandleFunc("POST /stop", s.act("stop", s.stop))
	mux.HandleFunc("POST /volume", s.act("volume", s.volume))
	mux.HandleFunc("POST /sound-check", s.act("sound-check", s.soundCheck))
	mux.HandleFunc("POST /first", s.act("first", s.first))
	mux.HandleFunc("POST /pin", s.act("pin", func(*http.Request) error { return nil })) // to be admitted is all
	return secured(ownHost(s.near(http.NewCrossOriginProtection().Handler(mux))))
}

// healthz says that the handler answers. How the station is is no part of it: a
// supervisor must not restart the agent because a file is missing.
func healthz(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	w.Write([]byte("ok\n"))
}

// status is the view for programs.
func (s *server) status(w http.ResponseWriter, _ *http.Request) {
	writeJSON(w, http.StatusOK, s.station.View())
}

// asset serves one file that pages load. The files change only with the program,
// which a browser cannot tell, so it is to ask each time.
func asset(w http.ResponseWriter, r *http.Request) {
	name := path.Join("assets", path.Base(r.PathValue("name")))
	content, err := files.ReadFile(name)
	if err != nil {
		http.NotFound(w, r)
		return
	}
	w.Header().Set("Cache-Control", "no-cache")
	http.ServeContent(w, r, name, time.Time{}, bytes.NewReader(content))
}

func writeJSON(w http.ResponseWriter, status int, v any) {
	b, err := json.MarshalIndent(v, "", "  ")
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	w.Write(append(b, '\n'))
}

// parsePages gives each page its template within the layout. They are part of
// the program, so damage is a fault of the build.
func parsePages() map[string]*template.Template {
	pages := map[string]*template.Template{}
	for _, name := range []string{"home", "log", "pin"} {
		pages[name] = template.Must(template.ParseFS(files, "templates/layout.html", "templates/"+name+".html"))
	}
	return pages
}
