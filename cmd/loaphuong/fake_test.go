package main

import (
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// fake is a centre that gives the same answers again and again, and keeps what
// it was sent.
type fake struct {
	t       *testing.T
	data    string
	answers map[string]any // by method and path; what is not there is answered with nothing
	sent    []string       // method, address and body, each on a line of its own
}

func newFake(t *testing.T, answers map[string]any) *fake {
	f := &fake{t: t, data: t.TempDir(), answers: answers}
	server := httptest.NewServer(f)
	t.Cleanup(server.Close)
	door, err := json.Marshal(map[string]string{"page": server.URL, "token": "t"})
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(f.data, "centre.json"), door, 0o600); err != nil {
		t.Fatal(err)
	}
	return f
}

func (f *fake) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		f.t.Error(err)
	}
	f.sent = append(f.sent, r.Method+" "+r.URL.String()+" "+string(body))
	answer, ok := f.answers[r.Method+" "+r.URL.Path]
	switch list, queue := answer.(inTurn); {
	case !ok:
		w.WriteHeader(http.StatusNoContent)
		return
	case queue:
		answer = list[0]
		if len(list) > 1 {
			f.answers[r.Method+" "+r.URL.Path] = list[1:]
		}
	}
	w.Header().Set("Content-Type", "application/json")
	if err := json.NewEncoder(w).Encode(answer); err != nil {
		f.t.Error(err)
	}
}

// inTurn are answers given one after another, the last again and again.
type inTurn []any

// run runs the program against the fake.
func (f *fake) run(args ...string) (code int, out, talk string) {
	var o, e strings.Builder
	code = run(f.t.Context(), append(args, "--data", f.data), strings.NewReader(""), &o, &e)
	return code, o.String(), e.String()
}

// requests is all that the fake was sent.
func (f *fake) requests() string { return strings.Join(f.sent, "\n") }

// wantAll checks that each of the pieces of want, cut at |, stands in got, white
// space aside.
func wantAll(t *testing.T, what, got, want string) {
	t.Helper()
	for _, w := range strings.Split(want, "|") {
		if !strings.Contains(strings.Join(strings.Fields(got), " "), strings.Join(strings.Fields(w), " ")) {
			t.Errorf("%s:\n%s\nhas no %q", what, got, w)
		}
	}
}
