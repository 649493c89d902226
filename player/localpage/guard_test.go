package localpage

import (
	"net/http"
	"strings"
	"testing"
)

func TestWhoIsAnswered(t *testing.T) {
	const (
		ok        = http.StatusOK
		foreign   = http.StatusMisdirectedRequest
		forbidden = http.StatusForbidden
	)
	for _, c := range []struct {
		pin, peer, local, host string
		want                   int
	}{
		{"", "127.0.0.1:5", "127.0.0.1:80", "localhost", ok},
		{"", "127.0.0.1:5", "127.0.0.1:80", "LocalHost:8090", ok},
		{"", "127.0.0.1:5", "127.0.0.1:80", "127.0.0.1:8090", ok},
		{"", "[::1]:5", "[::1]:80", "[::1]:8090", ok},
		{"", "[::1]:5", "[::1]:80", "[::1]", ok},
		{"", "127.0.0.1:5", "127.0.0.1:80", "evil.example", foreign},           // a name that was bound to this machine
		{"", "127.0.0.1:5", "127.0.0.1:80", "localhost.evil.example", foreign}, // that only begins like ours
		{"", "127.0.0.1:5", "127.0.0.1:80", "192.168.1.2", foreign},            // not what the connection came to
		{"", "127.0.0.1:5", "127.0.0.1:80", "", foreign},
		{"", "192.168.1.50:5", "192.168.1.2:80", "192.168.1.2", forbidden}, // no PIN is set
		{"", "192.168.1.50:5", "192.168.1.2:80", "localhost", forbidden},   // nor does the name help
		{"1", "192.168.1.50:5", "192.168.1.2:80", "192.168.1.2:8090", ok},
		{"1", "[::ffff:192.168.1.50]:5", "[::ffff:192.168.1.2]:80", "192.168.1.2", ok}, // a socket for both families
		{"1", "[fe80::5%eth0]:5", "[fe80::2]:80", "[fe80::2]:8090", ok},
		{"1", "192.168.1.50:5", "192.168.1.2:80", "loa.evil.example:8090", foreign},
	} {
		a := newAsker(t, newFake(), Options{PIN: c.pin})
		a.peer, a.local, a.host = c.peer, c.local, c.host
		if w := a.ask(http.MethodGet, "/", nil); w.Code != c.want {
			t.Errorf("PIN %q, %s asks %s as %q: %d, want %d", c.pin, c.peer, c.local, c.host, w.Code, c.want)
		}
	}
}

func TestARefusedPhoneIsToldWhatToDo(t *testing.T) {
	a := newAsker(t, newFake(), Options{})
	a.peer, a.local, a.host = "192.168.1.50:5", "192.168.1.2:80", "192.168.1.2"
	has(t, a.get("/", http.StatusForbidden), "đặt mã PIN", "set a PIN")
}

func TestAPageOfAnotherSiteChangesNothing(t *testing.T) {
	for name, value := range map[string]string{"Sec-Fetch-Site": "cross-site", "Origin": "http://evil.example"} {
		f := newFake()
		a := newAsker(t, f, Options{})
		a.header.Set(name, value)
		for _, path := range []string{"/stop", "/volume", "/sound-check", "/first", "/pin"} {
			if w := a.post(path, "percent", "10", "playlist", "x"); w.Code != http.StatusForbidden || f.heard() != "" {
				t.Errorf("%s: %s posts %s: %d, told %q", name, value, path, w.Code, f.heard())
			}
		}
	}
}

func TestEveryAnswerIsGuarded(t *testing.T) {
	a := newAsker(t, newFake(), Options{})
	for _, target := range []string{"/", "/log", "/status", "/assets/live.js", "/nowhere"} {
		h := a.ask(http.MethodGet, target, nil).Header()
		if !strings.Contains(h.Get("Content-Security-Policy"), "default-src 'none'") || strings.Contains(h.Get("Content-Security-Policy"), "unsafe") ||
			h.Get("X-Content-Type-Options") != "nosniff" || h.Get("X-Frame-Options") != "DENY" || h.Get("Referrer-Policy") != "same-origin" {
			t.Errorf("%s: %v", target, h)
		}
	}
}
