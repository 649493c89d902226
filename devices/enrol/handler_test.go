package enrol

import (
	"context"
	"crypto/elliptic"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"loaphuong/scheduler"
)

// brokenCodes is a database in trouble.
type brokenCodes struct{}

func (brokenCodes) Take(context.Context, string, time.Time) (scheduler.StationID, error) {
	return "", errors.New("disk full: /var/lib/centre.db")
}

// post asks without the courtesy of TLS.
func post(h http.Handler, method, from, body string) (int, problem) {
	r := httptest.NewRequest(method, enrolPath, strings.NewReader(body))
	r.RemoteAddr = from
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	var p problem
	json.Unmarshal(w.Body.Bytes(), &p)
	return w.Code, p
}

func TestHandlerAnswersBadRequestsInJSON(t *testing.T) {
	a := newAuthority(t)
	codes := &memoryCodes{codes: map[string]*given{}}
	h := Handler(a, codes, Offer{})
	good := fmt.Sprintf(`{"secret":"x","csr":%q}`, request0(t, elliptic.P256()))
	for _, c := range []struct {
		why, method, body string
		status            int
		word              string
	}{
		{"not JSON", "POST", "hello", 400, "bad-request"},
		{"empty", "POST", "", 400, "bad-request"},
		{"no request to sign", "POST", `{"secret":"x"}`, 400, "bad-request"},
		{"endless", "POST", `{"secret":"` + strings.Repeat("x", 2*maxBody), 400, "bad-request"},
		{"a wrong code", "POST", good, 403, "code-unknown"},
		{"a look", "GET", "", 405, ""},
	} {
		status, p := post(h, c.method, "192.0.2.1:1", c.body)
		if status != c.status || p.Error != c.word || c.word != "" && p.Message == "" {
			t.Errorf("%s: %d %+v", c.why, status, p)
		}
	}
	status, p := post(Handler(a, brokenCodes{}, Offer{}), "POST", "192.0.2.1:1", good)
	if status != 500 || strings.Contains(p.Message, "disk") {
		t.Errorf("the centre's trouble: %d %+v, want it kept inside", status, p)
	}
}

func TestABadRequestDoesNotSpendTheCode(t *testing.T) {
	o := newOffice(t)
	code, _ := ParseCode(o.gives("an-phu", time.Hour))
	h := Handler(o.authority, o.codes, Offer{})
	if status, _ := post(h, "POST", "192.0.2.1:1", fmt.Sprintf(`{"secret":%q,"csr":"?"}`, code.Secret)); status != 400 {
		t.Fatalf("status %d", status)
	}
	if _, err := Join(t.Context(), o.url, code.String(), t.TempDir()); err != nil {
		t.Error(err)
	}
}

func TestWrongTriesAreCountedByAddress(t *testing.T) {
	h := Handler(newAuthority(t), &memoryCodes{codes: map[string]*given{}}, Offer{})
	body := fmt.Sprintf(`{"secret":"x","csr":%q}`, request0(t, elliptic.P256()))
	for i := range triesBurst {
		if _, p := post(h, "POST", "192.0.2.1:1000", body); p.Error != "code-unknown" {
			t.Fatalf("try %d: %+v", i, p)
		}
	}
	if status, p := post(h, "POST", "192.0.2.1:2000", body); status != 429 || p.Error != "too-many-tries" {
		t.Errorf("one too many: %d %+v", status, p)
	}
	if _, p := post(h, "POST", "192.0.2.2:1000", body); p.Error != "code-unknown" {
		t.Errorf("a neighbour suffers: %+v", p)
	}
}

func TestLimiter(t *testing.T) {
	l, now := newLimiter(), time.Unix(1000, 0)
	for range triesBurst {
		l.count("a", now)
	}
	if l.allows("a", now) || !l.allows("a", now.Add(triesRefill)) {
		t.Error("want one more try after a while, not before")
	}
	l.count("a", now.Add(triesRefill))
	if l.allows("a", now.Add(triesRefill)) {
		t.Error("want one more try only")
	}
	for i := range 10 * triesKept {
		l.count(fmt.Sprint(i), now)
	}
	if len(l.paid) > triesKept {
		t.Errorf("%d addresses remembered", len(l.paid))
	}
}

func TestAddress(t *testing.T) {
	for from, want := range map[string]string{
		"192.0.2.1:80":             "192.0.2.1",
		"[2001:db8:1:2:3::4]:80":   "2001:db8:1:2::",
		"[2001:db8:1:2:ffff::]:80": "2001:db8:1:2::", // the same subscriber
		"odd":                      "odd",
	} {
		if got := address(&http.Request{RemoteAddr: from}); got != want {
			t.Errorf("%s: %s, want %s", from, got, want)
		}
	}
}

func TestParseCode(t *testing.T) {
	a := newAuthority(t)
	c := a.NewCode()
	again, err := ParseCode(" " + strings.ToUpper(c.String()) + " ")
	if err != nil || again != c || again.Hash() != c.Hash() {
		t.Errorf("%s came back as %s, %v", c, again, err)
	}
	if len(c.Secret) < 20 || strings.ContainsAny(c.Secret, "ilou") || a.NewCode() == c {
		t.Errorf("secret %q", c.Secret)
	}
	for _, s := range []string{"", ".", c.Secret, c.Secret + ".", "." + c.Fingerprint, c.String() + "0", c.String() + ".x", c.String()[1:]} {
		if _, err := ParseCode(s); !errors.Is(err, ErrCodeForm) {
			t.Errorf("%q: %v", s, err)
		}
	}
}
