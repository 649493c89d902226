package clock_test

import (
	"context"
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"loaphuong/player/clock"
)

// steadyClock is a steady clock of the test.
func steadyClock() func() time.Duration {
	began := time.Now()
	return func() time.Duration { return time.Hour + time.Since(began) }
}

// telling answers as the centre does, with a clock that is ahead.
func telling(ahead time.Duration) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		now := func() string { return time.Now().Add(ahead).UTC().Format(time.RFC3339Nano) }
		fmt.Fprintf(w, `{"received":%q,"sent":%q}`, now(), now())
	}
}

// body answers with a status and a text.
func body(status int, text string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.WriteHeader(status)
		_, _ = w.Write([]byte(text))
	}
}

func TestTheCentreIsAsked(t *testing.T) {
	for name, start := range map[string]func(*httptest.Server){
		"plain":  (*httptest.Server).Start,
		"TLS":    (*httptest.Server).StartTLS,
		"HTTP/2": func(s *httptest.Server) { s.EnableHTTP2 = true; s.StartTLS() },
	} {
		server := httptest.NewUnstartedServer(telling(-time.Hour))
		start(server)
		t.Cleanup(server.Close)
		steady := steadyClock()
		centre := clock.Centre(server.Client(), server.URL, steady)
		e, _ := newEstimator()
		for range 3 {
			s, err := centre.Measure(t.Context())
			if err != nil {
				t.Fatalf("%s: %v", name, err)
			}
			feed(t, e, centre.Name(), s)
		}
		est, _ := e.Estimate()
		at, within := est.Time(steady())
		if wrong := time.Since(at.Add(time.Hour)).Abs(); wrong > within+time.Second || est.Source != "centre" {
			t.Errorf("%s: off by %v within %v", name, wrong, within)
		}
	}
}

// TestTheConnectionIsNotCounted makes connecting slow: only the question counts.
func TestTheConnectionIsNotCounted(t *testing.T) {
	server := httptest.NewServer(telling(0))
	t.Cleanup(server.Close)
	var spent time.Duration // on connecting, by the steady clock
	steady := func() time.Duration { return time.Hour + spent }
	transport := server.Client().Transport.(*http.Transport)
	dial := transport.DialContext
	transport.DialContext = func(ctx context.Context, network, address string) (net.Conn, error) {
		spent += time.Minute
		return dial(ctx, network, address)
	}
	s, err := clock.Centre(server.Client(), server.URL, steady).Measure(t.Context())
	if err != nil || s.Answered != s.Asked || s.Asked != time.Hour+time.Minute {
		t.Errorf("asked at %v, answered at %v: %v", s.Asked, s.Answered, err)
	}
}

func TestHostileAnswers(t *testing.T) {
	elsewhere := httptest.NewServer(telling(0))
	t.Cleanup(elsewhere.Close)
	for why, h := range map[string]http.HandlerFunc{
		"forbidden":       body(http.StatusForbidden, "show the station's certificate"),
		"not there":       http.NotFound,
		"nothing":         body(http.StatusOK, ""),
		"a page":          body(http.StatusOK, "<html>"),
		"numbers":         body(http.StatusOK, `{"received": 1772452800, "sent": 1772452800}`),
		"a list":          body(http.StatusOK, `["2026-03-02T12:00:00Z"]`),
		"no date":         body(http.StatusOK, `{"received": "noon", "sent": "noon"}`),
		"cut short":       body(http.StatusOK, `{"received": "2026-03-02T12:00:00Z", "se`),
		"more after it":   body(http.StatusOK, `{"received": "2026-03-02T12:00:00Z", "sent": "2026-03-02T12:00:00Z"} {}`),
		"huge":            body(http.StatusOK, `{"received": "2026-03-02T12:00:00Z", "sent": "2026-03-02T12:00:00Z"`+strings.Repeat(" ", 4<<10)+"}"),
		"endless":         endless,
		"a broken answer": func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) },
		"sent elsewhere":  func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, elsewhere.URL, http.StatusFound) },
	} {
		server := httptest.NewServer(h)
		_, err := clock.Centre(server.Client(), server.URL, steadyClock()).Measure(t.Context())
		if err == nil || !strings.Contains(err.Error(), server.URL) {
			t.Errorf("%s: %v", why, err)
		}
		server.Close()
	}
}

// endless sends blanks for as long as somebody reads.
func endless(w http.ResponseWriter, _ *http.Request) {
	for blanks := []byte(strings.Repeat(" ", 1<<10)); ; {
		if _, err := w.Write(blanks); err != nil {
			return
		}
	}
}

// TestOldTimesAreSeenByValidate says nothing, which is no error of the answer's
// form but no time either.
func TestOldTimesAreSeenByValidate(t *testing.T) {
	server := httptest.NewServer(body(http.StatusOK, `{}`))
	t.Cleanup(server.Close)
	s, err := clock.Centre(server.Client(), server.URL, steadyClock()).Measure(t.Context())
	if err != nil || s.Validate() == nil {
		t.Errorf("%+v: %v", s, err)
	}
}

// silence is a transport that never answers.
type silence struct{}

func (silence) RoundTrip(r *http.Request) (*http.Response, error) {
	<-r.Context().Done()
	return nil, r.Context().Err()
}

func TestASlowCentreIsGivenUp(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		began := time.Now()
		_, err := clock.Centre(&http.Client{Transport: silence{}}, "https://centre/v1/time", steadyClock()).Measure(t.Context())
		if d := time.Since(began); err == nil || d != 10*time.Second {
			t.Errorf("given up after %v: %v", d, err)
		}
	})
}
