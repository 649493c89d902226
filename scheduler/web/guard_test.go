package web

import (
	"net/http"
	"testing"
)

func TestOnlyLoopbackNamesAreAnswered(t *testing.T) {
	desk := world()
	for _, c := range []struct {
		host   string
		status int
	}{
		{"localhost", 200},
		{"LocalHost:8080", 200},
		{"127.0.0.1", 200},
		{"127.0.0.1:9", 200},
		{"[::1]", 200},
		{"[::1]:8080", 200},
		{"loaphuong.example", 421},     // a name that somebody else has made resolve to us
		{"127.0.0.1.example:80", 421},  // begins like ours
		{"localhost.example:80", 421},  // begins like ours
		{"evil.localhost:80", 421},     // ends like ours
		{"192.168.1.5:8080", 421},      // another address of the same machine
		{"localhost:8080@evil:1", 421}, // no host at all
		{"", 421},
	} {
		for _, path := range []string{"/healthz", "/v1/stations", "/assets/style.css"} {
			if got := ask(t, desk, "GET", path, "", host(c.host)).Code; got != c.status {
				t.Errorf("Host %q, %s: %d, want %d", c.host, path, got, c.status)
			}
		}
	}
}

func TestARefusedHostIsToldWhatToDo(t *testing.T) {
	page := ask(t, world(), "GET", "/", "", host("evil.example"))
	says(t, page.Body.String(), "localhost", "127.0.0.1", "Trang này")
	api := ask(t, world(), "GET", "/v1/stations", "", host("evil.example"))
	says(t, api.Header().Get("Content-Type"), "application/problem+json")
}

func TestEveryAnswerCarriesThePolicy(t *testing.T) {
	desk := world()
	for _, path := range []string{"/", "/recordings", "/assets/live.js", "/v1/stations", "/nowhere", "/openapi.json"} {
		h := ask(t, desk, "GET", path, "").Header()
		says(t, h.Get("Content-Security-Policy"), "default-src 'self'", "frame-ancestors 'none'")
		saysNot(t, h.Get("Content-Security-Policy"), "unsafe")
		if h.Get("X-Content-Type-Options") != "nosniff" || h.Get("Cross-Origin-Resource-Policy") != "same-origin" {
			t.Errorf("%s: headers %v", path, h)
		}
	}
}

func TestTheTokenIsAskedFor(t *testing.T) {
	desk := world()
	for _, c := range []struct {
		authorization string
		status        int
	}{
		{"Bearer " + token, 200},
		{"Bearer " + token + "x", 401},
		{"Bearer s3cret", 401}, // its beginning
		{"Bearer ", 401},
		{token, 401}, // no scheme
		{"Basic " + token, 401},
		{"", 401},
	} {
		w := ask(t, desk, "GET", "/v1/stations", "", header("Authorization", c.authorization))
		if w.Code != c.status {
			t.Errorf("%q: %d, want %d", c.authorization, w.Code, c.status)
		}
		if w.Code == 401 {
			says(t, w.Body.String(), "Authorization: Bearer TOKEN")
			says(t, w.Header().Get("WWW-Authenticate"), "Bearer")
		}
	}
}

func TestNoTokenLetsNobodyIn(t *testing.T) {
	s := newServer(world(), Options{})
	for _, shown := range []string{"", "Bearer ", "Bearer x"} {
		if s.admits(shown) {
			t.Errorf("a centre without a token admits %q", shown)
		}
	}
}

func TestTheAudioIsOpenToThePages(t *testing.T) {
	w := ask(t, world(), http.MethodGet, "/v1/recordings/r1/audio", "", func(r *http.Request) { r.Header.Del("Authorization") })
	if w.Code != 200 || w.Body.String() != "first audio" {
		t.Errorf("%d %q", w.Code, w.Body)
	}
}
