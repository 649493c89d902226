package web

import (
	"crypto/rand"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"time"

	"github.com/alexedwards/scs/v2"
	"github.com/alexedwards/scs/v2/memstore"
)

// Bounds of signing in.
const (
	ticketLife  = 15 * time.Minute // of a link
	sessionLife = 12 * time.Hour   // a working day
	maxTickets  = 1000             // links that wait to be opened
)

// sessionCookie names the cookie of a session, and personKey the person in it.
const (
	sessionCookie = "loaphuong_session"
	personKey     = "person"
)

// tickets are links that let a person in, once each.
type tickets struct {
	mu   sync.Mutex
	held map[string]ticket
}

// ticket is for whom a link is, and until when.
type ticket struct {
	person  string
	expires time.Time
}

// mint makes a ticket for a person. Those that have expired are forgotten, and
// false is returned where too many wait all the same.
func (t *tickets) mint(person string, now time.Time) (code string, expires time.Time, ok bool) {
	t.mu.Lock()
	defer t.mu.Unlock()
	for code, held := range t.held {
		if !now.Before(held.expires) {
			delete(t.held, code)
		}
	}
	if len(t.held) >= maxTickets {
		return "", time.Time{}, false
	}
	code, expires = rand.Text(), now.Add(ticketLife)
	t.held[code] = ticket{person, expires}
	return code, expires, true
}

// look says for whom a ticket is without using it up, as a browser that fetches
// pages beforehand must not.
func (t *tickets) look(code string, now time.Time) (person string, ok bool) {
	t.mu.Lock()
	defer t.mu.Unlock()
	held, ok := t.held[code]
	return held.person, ok && now.Before(held.expires)
}

// redeem uses a ticket up.
func (t *tickets) redeem(code string, now time.Time) (person string, ok bool) {
	t.mu.Lock()
	defer t.mu.Unlock()
	held, ok := t.held[code]
	delete(t.held, code)
	return held.person, ok && now.Before(held.expires)
}

// newSessions keeps sessions in memory: after a restart of the centre people
// sign in again. One is made only at a sign-in, which takes the token, so those
// that have expired are few and are left until then. It is put together by hand
// because [scs.New] starts a goroutine that nobody could stop.
func (s *server) newSessions() *scs.SessionManager {
	return &scs.SessionManager{
		Lifetime: sessionLife,
		Store:    memstore.NewWithCleanupInterval(0),
		Codec:    scs.GobCodec{},
		Cookie: scs.SessionCookie{
			Name:     sessionCookie,
			Path:     "/",
			HttpOnly: true,
			SameSite: http.SameSiteLaxMode,
			Persist:  true,
		},
		ErrorFunc: func(w http.ResponseWriter, r *http.Request, err error) {
			status, words := s.tell(r.Context(), "session", err)
			http.Error(w, words, status)
		},
	}
}

// withSession gives the pages their session. The interface has none: a program
// shows the token.
func (s *server) withSession(next http.Handler) http.Handler {
	pages := s.sessions.LoadAndSave(next)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if underAPI(r) {
			next.ServeHTTP(w, r)
			return
		}
		pages.ServeHTTP(w, r)
	})
}

// person is who is signed in, or "".
func (s *server) person(r *http.Request) string {
	return s.sessions.GetString(r.Context(), personKey)
}

// signInPage lets a person in, or says how to get a link.
type signInPage struct {
	*view
	Name    string // for whom the link is; "" where there is none that is good
	Ticket  string
	Next    string
	Refused bool // a link was shown that is no longer good
}

func (s *server) signInForm(r *http.Request, v *view) (any, error) {
	code, next := ticketIn(r.URL.Query().Get("ticket")), localPath(r.URL.Query().Get("next"))
	name, ok := s.tickets.look(code, v.Now)
	if !ok {
		return signInPage{view: v, Next: next, Refused: code != ""}, nil
	}
	return signInPage{view: v, Name: name, Ticket: code, Next: next}, nil
}

// signIn uses a link up and begins a session under a new name, so that nobody
// can have set it beforehand.
func (s *server) signIn(w http.ResponseWriter, r *http.Request, v *view) error {
	name, ok := s.tickets.redeem(r.PostForm.Get("ticket"), v.Now)
	next := localPath(r.PostForm.Get("next"))
	if !ok {
		s.render(w, r, http.StatusForbidden, "signin", signInPage{view: v, Next: next, Refused: true})
		return nil
	}
	if err := s.sessions.RenewToken(r.Context()); err != nil {
		return err
	}
	s.sessions.Put(r.Context(), personKey, name)
	http.Redirect(w, r, next, http.StatusSeeOther)
	return nil
}

func (s *server) signOut(w http.ResponseWriter, r *http.Request, _ *view) error {
	if err := s.sessions.Destroy(r.Context()); err != nil {
		return err
	}
	http.Redirect(w, r, localPath(r.PostForm.Get("next")), http.StatusSeeOther)
	return nil
}

// ticketIn takes a ticket as it is, or out of a whole link that was pasted.
func ticketIn(pasted string) string {
	pasted = strings.TrimSpace(pasted)
	if u, err := url.Parse(pasted); err == nil && u.Query().Has("ticket") {
		return u.Query().Get("ticket")
	}
	return pasted
}

// localPath is where to go next: a path of ours, and nothing that a browser
// could take for another site.
func localPath(next string) string {
	u, err := url.Parse(next)
	local := err == nil && u.Scheme == "" && u.Host == "" && u.User == nil &&
		strings.HasPrefix(u.Path, "/") && !strings.HasPrefix(u.Path, "//") && !strings.ContainsAny(next, "\\\r\n\t")
	if !local || strings.HasPrefix(u.Path, "/sign-") {
		return "/letters"
	}
	return u.String()
}
