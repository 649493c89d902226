package localpage

import (
	"errors"
	"fmt"
	"math"
	"net/http"
	"strconv"
	"strings"
	"time"
	"unicode"
)

// sessionCookie carries the token of whoever has typed the PIN.
const sessionCookie = "station_page"

// maxForm is the largest form taken in, in bytes; ours are a tenth of it.
const maxForm = 4 << 10

// errBad is what a form says that no page of ours would.
var errBad = errors.New("bad request")

// act is the handler of a form: it admits, does, and shows the page again.
func (s *server) act(name string, do func(*http.Request) error) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		r.Body = http.MaxBytesReader(w, r.Body, maxForm)
		if err := r.ParseForm(); err != nil {
			s.refuse(w, r, fmt.Errorf("%w: %w", errBad, err))
			return
		}
		if !s.admitted(w, r) {
			return
		}
		if err := do(r); err != nil {
			s.log.Warn("refused on the station's page", "action", name, "by", who(r), "err", err)
			s.refuse(w, r, err)
			return
		}
		s.log.Info("done on the station's page", "action", name, "by", who(r))
		if forProgram(r) {
			w.WriteHeader(http.StatusNoContent)
			return
		}
		http.Redirect(w, r, "/?did="+name, http.StatusSeeOther)
	}
}

// admitted reports whether the request may change something. It takes the PIN
// from the form itself, so whoever is asked for it need not press again. Where
// it says no, it has answered.
func (s *server) admitted(w http.ResponseWriter, r *http.Request) bool {
	if s.door == nil || s.signedIn(r) {
		return true
	}
	pin, now := r.PostForm.Get("pin"), time.Now()
	if pin == "" {
		s.askPIN(w, r, http.StatusUnauthorized, "", 0)
		return false
	}
	token, wait, ok := s.door.enter(pin, isNear(r), now)
	switch {
	case wait > 0:
		w.Header().Set("Retry-After", strconv.Itoa(int(math.Ceil(wait.Seconds()))))
		s.askPIN(w, r, http.StatusTooManyRequests, "pin.wait", wait)
	case !ok:
		s.log.Warn("wrong PIN on the station's page", "from", addressOf(r.RemoteAddr))
		s.askPIN(w, r, http.StatusUnauthorized, "pin.wrong", 0)
	default:
		http.SetCookie(w, &http.Cookie{Name: sessionCookie, Value: token, Path: "/", MaxAge: int(stay.Seconds()), HttpOnly: true, SameSite: http.SameSiteStrictMode})
	}
	return ok
}

func (s *server) signedIn(r *http.Request) bool {
	c, err := r.Cookie(sessionCookie)
	return s.door != nil && err == nil && s.door.knows(c.Value, time.Now())
}

// refuse says why something was not done: to a program in a word, to a person on
// the page they came from.
func (s *server) refuse(w http.ResponseWriter, r *http.Request, err error) {
	status := http.StatusConflict
	if errors.Is(err, errBad) {
		status = http.StatusBadRequest
	}
	if forProgram(r) {
		writeJSON(w, status, map[string]string{"error": err.Error()})
		return
	}
	h := s.newHome(r)
	h.Fault = err.Error()
	s.render(w, status, "home", h)
}

func forProgram(r *http.Request) bool {
	return strings.HasPrefix(r.Header.Get("Accept"), "application/json")
}

// who names for the log whoever pressed: what they say they are called, where
// they say it, and always the address they press from.
func who(r *http.Request) string {
	name := strings.TrimSpace(strings.Map(func(c rune) rune {
		if unicode.IsControl(c) {
			return -1
		}
		return c
	}, r.PostForm.Get("who")))
	if name == "" {
		name = "station page"
	}
	if letters := []rune(name); len(letters) > 60 {
		name = string(letters[:60])
	}
	return name + ", " + addressOf(r.RemoteAddr).String()
}

func (s *server) stop(r *http.Request) error { return s.station.Stop(who(r)) }

func (s *server) soundCheck(*http.Request) error { return s.station.SoundCheck() }

func (s *server) volume(r *http.Request) error {
	percent, err := strconv.Atoi(r.PostForm.Get("percent"))
	if err != nil || percent < 0 || percent > 100 {
		return fmt.Errorf("%w: volume %.20q, want 0 to 100", errBad, r.PostForm.Get("percent"))
	}
	return s.station.SetVolume(percent, who(r))
}

func (s *server) first(r *http.Request) error {
	playlist := r.PostForm.Get("playlist")
	if playlist == "" {
		return fmt.Errorf("%w: no playlist is named to go first", errBad)
	}
	return s.station.First(playlist)
}
