package web

import (
	"bytes"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"html/template"
	"log/slog"
	"net/http"
	"path"
	"time"

	"github.com/alexedwards/scs/v2"

	"loaphuong/scheduler"
)

// files are the templates, the words and what the pages load.
//
//go:embed templates assets words
var files embed.FS

// Options are what the handler needs besides the desk.
type Options struct {
	Token   string           // what programs must show under /v1; empty lets nobody in
	Version string           // of the centre, shown on the pages
	Zone    *time.Location   // in which "today" is reckoned; [scheduler.DefaultZone] when nil
	Now     func() time.Time // the clock; [time.Now] when nil
	Log     *slog.Logger     // of what the pages do not tell; none when nil
}

// MaxUpload is the largest audio file taken in, in bytes.
const MaxUpload = 1 << 30

// server answers requests from the desk.
type server struct {
	desk      Desk
	opts      Options
	languages languages
	pages     map[string]*template.Template
	sessions  *scs.SessionManager
	tickets   tickets
	audit     auditor
	maxUpload int64 // of a recording, in bytes
	maxLetter int64 // bytes
	keepAlive time.Duration

	operations map[string]string // of the interface, by the pattern that they are served under
}

// New makes the handler of the pages and of the interface.
func New(desk Audited, opts Options) http.Handler {
	return newServer(desk, opts).handler()
}

func newServer(desk Audited, opts Options) *server {
	if opts.Now == nil {
		opts.Now = time.Now
	}
	if opts.Log == nil {
		opts.Log = slog.New(slog.DiscardHandler)
	}
	if opts.Zone == nil {
		opts.Zone = zoneOr(scheduler.DefaultZone, time.UTC)
	}
	s := &server{
		desk:      desk,
		opts:      opts,
		languages: readLanguages(files),
		pages:     parsePages(files),
		tickets:   tickets{held: map[string]ticket{}},
		audit:     auditor{log: desk},
		maxUpload: MaxUpload,
		maxLetter: MaxLetter,
		keepAlive: 20 * time.Second,
	}
	s.sessions = s.newSessions()
	return s
}

func (s *server) handler() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /{$}", s.page("today", s.today))
	mux.HandleFunc("POST /stops", s.personal("today", s.stoppedBy))
	mux.HandleFunc("GET /letters", s.page("letters", s.letters))
	mux.HandleFunc("POST /letters", s.takeLetter)
	mux.HandleFunc("GET /letters/{id}", s.page("letter", s.letter))
	mux.HandleFunc("GET /letters/{id}/file", s.letterFile)
	mux.HandleFunc("GET /letters/{id}/review", s.page("review", s.review))
	mux.HandleFunc("POST /letters/{id}/review", s.form("review", s.reviewed))
	mux.HandleFunc("GET /stations/{id}", s.page("station", s.station))
	mux.HandleFunc("GET /recordings", s.page("recordings", s.recordings))
	mux.HandleFunc("POST /recordings", s.personal("recordings", s.putEvergreen))
	s.mountPlanning(mux)
	mux.HandleFunc("GET /sign-in", s.page("signin", s.signInForm))
	mux.HandleFunc("POST /sign-in", s.form("signin", s.signIn))
	mux.HandleFunc("POST /sign-out", s.form("signin", s.signOut))
	mux.HandleFunc("GET /audit", s.auditPage)
	mux.HandleFunc("GET /assets/{name}", s.asset)
	mux.HandleFunc("GET /healthz", s.healthz)
	mux.HandleFunc("/", s.nowhere)
	s.mountAPI(mux)
	return secured(s.withSession(s.audited(loopbackOnly(crossOrigin(mux)))))
}

// healthz says that the handler answers. What the stations are like is no part
// of it: a supervisor must not restart the centre because a commune lost power.
func (s *server) healthz(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	w.Write([]byte("ok " + s.opts.Version + "\n"))
}

// nowhere answers for every path that is none.
func (s *server) nowhere(w http.ResponseWriter, r *http.Request) {
	if underAPI(r) {
		writeProblem(w, http.StatusNotFound, "there is no "+r.Method+" "+r.URL.Path+": see /openapi.json for what there is")
		return
	}
	s.page("problem", func(*http.Request, *view) (any, error) {
		return nil, scheduler.ErrNotFound
	})(w, r)
}

// asset serves one file that pages load. Its tag is its content, so a browser
// that has it is told so and one that has another version is not misled.
func (s *server) asset(w http.ResponseWriter, r *http.Request) {
	name := path.Join("assets", path.Base(r.PathValue("name")))
	content, err := files.ReadFile(name)
	if err != nil {
		s.nowhere(w, r)
		return
	}
	sum := sha256.Sum256(content)
	w.Header().Set("ETag", `"`+hex.EncodeToString(sum[:8])+`"`)
	w.Header().Set("Cache-Control", "no-cache")
	http.ServeContent(w, r, name, time.Time{}, bytes.NewReader(content))
}
