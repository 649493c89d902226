package web

import (
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

const token = "s3cret-token"

// serve starts a server over a desk, and closes it when the test ends.
func serve(t *testing.T, desk Audited, change ...func(*server)) *httptest.Server {
	t.Helper()
	s := newServer(desk, Options{Token: token, Version: "0.1.0", Now: now})
	for _, c := range change {
		c(s)
	}
	ts := httptest.NewServer(s.handler())
	t.Cleanup(ts.Close)
	return ts
}

// logTo has the server log to w.
func logTo(w io.Writer) func(*server) {
	return func(s *server) { s.opts.Log = slog.New(slog.NewTextHandler(w, nil)) }
}

// ask makes a request of the handler itself, with the token.
func ask(t *testing.T, desk *memoryDesk, method, target, body string, change ...func(*http.Request)) *httptest.ResponseRecorder {
	t.Helper()
	r := httptest.NewRequest(method, "http://localhost:8080"+target, strings.NewReader(body))
	r.Header.Set("Authorization", "Bearer "+token)
	if body != "" {
		r.Header.Set("Content-Type", "application/json")
	}
	for _, c := range change {
		c(r)
	}
	w := httptest.NewRecorder()
	desk.once.Do(func() { desk.handler = New(desk, Options{Token: token, Version: "0.1.0", Now: now}) })
	desk.handler.ServeHTTP(w, r)
	return w
}

func header(name, value string) func(*http.Request) {
	return func(r *http.Request) { r.Header.Set(name, value) }
}

func host(name string) func(*http.Request) { return func(r *http.Request) { r.Host = name } }

// says fails the test for every text that is not in body.
func says(t *testing.T, body string, texts ...string) {
	t.Helper()
	for _, text := range texts {
		if !strings.Contains(body, text) {
			t.Errorf("it does not say %q", text)
		}
	}
}

// saysNot fails the test for every text that is in body.
func saysNot(t *testing.T, body string, texts ...string) {
	t.Helper()
	for _, text := range texts {
		if strings.Contains(body, text) {
			t.Errorf("it says %q", text)
		}
	}
}
