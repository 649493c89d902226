package web

import (
	"bufio"
	"context"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"loaphuong/scheduler"
)

// description is what the tests read of /openapi.json.
type description struct {
	OpenAPI    string `json:"openapi"`
	Components struct {
		Schemas map[string]struct{ Properties map[string]any }
	}
	Paths map[string]map[string]struct {
		OperationID string
		Summary     string
		Security    []map[string][]string
	}
}

func describe(t *testing.T) description {
	t.Helper()
	var d description
	if err := json.Unmarshal(ask(t, world(), "GET", "/openapi.json", "").Body.Bytes(), &d); err != nil {
		t.Fatal(err)
	}
	return d
}

func TestTheInterfaceDescribesItself(t *testing.T) {
	d := describe(t)
	if !strings.HasPrefix(d.OpenAPI, "3.1") || len(d.Paths) < 18 {
		t.Errorf("OpenAPI %s of %d paths", d.OpenAPI, len(d.Paths))
	}
	if _, ok := d.Components.Schemas["TimingForm"].Properties["cron"]; !ok {
		t.Error("a timing is not described as it looks on the wire")
	}
	for path, methods := range d.Paths {
		for method, o := range methods {
			if o.Summary == "" {
				t.Errorf("%s %s: no summary", method, path)
			}
		}
	}
	for _, path := range []string{"/docs", "/openapi.yaml", "/schemas/Area.json"} {
		if w := ask(t, world(), "GET", path, ""); w.Code != 404 {
			t.Errorf("%s: %d", path, w.Code)
		}
	}
}

// Every operation is refused without the token, but for the two that the pages
// need; what is described as open is open and nothing else is.
func TestEveryOperationNeedsTheToken(t *testing.T) {
	desk, open := world(), 0
	for path, methods := range describe(t).Paths {
		for method, o := range methods {
			if len(o.Security) == 0 {
				open++
				continue
			}
			w := ask(t, desk, strings.ToUpper(method), strings.ReplaceAll(path, "{id}", "x"), "", header("Authorization", "Bearer nobody"))
			if w.Code != http.StatusUnauthorized {
				t.Errorf("%s %s: %d", method, path, w.Code)
			}
		}
	}
	if open != 2 {
		t.Errorf("%d operations are open", open)
	}
}

func TestALetterComesAsTextOrAsJSON(t *testing.T) {
	desk := newMemoryDesk(now())
	text := header("Content-Type", "text/plain; charset=utf-8")
	for _, c := range []struct {
		body   string
		change []func(*http.Request)
		status int
		says   string
	}{
		{"Công văn số 1", []func(*http.Request){text}, 201, `"new":true`},
		{`{"text":"Công văn  số 1"}`, nil, 200, `"new":false`}, // the same letter
		{`{"text":"Công văn số 2"}`, nil, 201, `"new":true`},
		{`{"text":`, nil, 422, "import letter"},
		{" ", []func(*http.Request){text}, 422, "it is empty"},
		{"%PDF-1.7", []func(*http.Request){header("Content-Type", "application/octet-stream")}, 422, "password"},
	} {
		w := ask(t, desk, "POST", "/v1/directives", c.body, c.change...)
		if w.Code != c.status || !strings.Contains(w.Body.String(), c.says) {
			t.Errorf("%.20q: %d %s, want %d %s", c.body, w.Code, w.Body, c.status, c.says)
		}
	}
}

func TestBodiesAreChecked(t *testing.T) {
	desk := world()
	for _, c := range []struct {
		method, path, body string
		status             int
		says               string
	}{
		{"PUT", "/v1/stations/x", `{"area":"cam-giang","volume":101}`, 422, "volume"},
		{"PUT", "/v1/stations/x", `{"area":"cam-giang"}`, 422, "volume"}, // neither silence nor noise by default
		{"PUT", "/v1/stations/x", `{"area":"cam-giang","volume":50,"colour":"red"}`, 422, "colour"},
		{"PUT", "/v1/stations/x", `{"area":"cam-giang","volume":50}`, 200, `"id":"x"`},
		{"PUT", "/v1/areas/x", `{"name":"X"}`, 204, ""},
		{"PUT", "/v1/areas/x", ``, 400, "body is required"},
		{"PUT", "/v1/programmes/x", `{"area":"cam-giang","length":900000000000,"timing":{"cron":"30 5 * * *"}}`, 204, ""},
		{"PUT", "/v1/programmes/x", `{"area":"cam-giang","length":900000000000,"timing":{"cron":"@every 1s"}}`, 422, "@every"},
		{"DELETE", "/v1/programmes/x", ``, 204, ""},
		{"PUT", "/v1/programmes/x", `{"area":"cam-giang","length":900000000000,"timing":{"cron":"30 5 * * *"},"order":[{"kind":"items","length":5}]}`, 422, "the plan chooses them"},
		{"PUT", "/v1/rules/x", `{"area":"cam-giang","sessions":2}`, 204, ""},
		{"PUT", "/v1/rules/x", `{"area":"cam-giang"}`, 422, "it bounds nothing"},
		{"PUT", "/v1/rules/X", `{"area":"cam-giang","silent":true}`, 422, "is not one of a-z"},
		{"PUT", "/v1/holidays/x", `{"name":"X","month":13,"day":1,"days":1}`, 422, "month"},
		{"POST", "/v1/selections", `{"title":"X","area":"cam-giang","programme":"sang","recordings":["r1"],"by":"Hoa"}`, 200, `"missing":[]`},
		{"POST", "/v1/selections", `{"title":"X","timing":{"cron":"* * * * *"},"recordings":["r1"],"by":"Hoa"}`, 422, "* * * * *"},
		{"POST", "/v1/selections/files?by=Hoa", `r1`, 422, "name"},
		{"POST", "/v1/selections/files?by=Hoa&name=x.m3u&timing=soon", `r1`, 422, "invalid character"},
		{"POST", "/v1/selections/files?by=Hoa&name=x.m3u&title=X&area=cam-giang&programme=sang", `r1`, 200, `"title":"X"`},
		{"POST", "/v1/selections/files?by=Hoa&name=x.m3u", strings.Repeat("r1\n", MaxList/2), 413, "without the audio"},
		{"POST", "/v1/week-copies", `{"area":"cam-giang","from":"2026-03-04","to":"2026-13-11","by":"Hoa"}`, 422, "2026-13-11"},
		{"POST", "/v1/recalls", `{"directive":"a1b2c3d4e5f60718","topic":-1,"why":"x","by":"Hoa"}`, 422, "topic"},
		{"GET", "/v1/stations/cam-giang/explanation", ``, 200, `"at":"2026-03-11T10:15:10Z"`}, // now
		{"GET", "/v1/stations/cam-giang/explanation?at=soon", ``, 422, "give a day"},
		{"POST", "/v1/recordings?topic=-1", `audio`, 422, "topic"},
		{"POST", "/v1/recordings", `audio`, 200, `"title":""`}, // the desk knows the topic's
		{"POST", "/v1/publications", `{"by":""}`, 422, "name the person"},
		{"PATCH", "/v1/areas/x", `{}`, 404, "/openapi.json"},
	} {
		w := ask(t, desk, c.method, c.path, c.body)
		if w.Code != c.status || !strings.Contains(w.Body.String(), c.says) {
			t.Errorf("%s %s %s: %d %s, want %d %q", c.method, c.path, c.body, w.Code, w.Body, c.status, c.says)
		}
	}
}

func TestDaysAreInTheCentresZone(t *testing.T) {
	w := ask(t, world(), "GET", "/v1/airtime?from=2026-03-03&until=2026-03-04T00:00:00%2B07:00&directive="+string(letterID), "")
	var report scheduler.AirtimeReport
	if err := json.Unmarshal(w.Body.Bytes(), &report); err != nil {
		t.Fatal(err)
	}
	if want := time.Date(2026, 3, 3, 0, 0, 0, 0, now().Location()); !report.Query.From.Equal(want) || report.Total.Expected != 18 {
		t.Errorf("from %s: %d airings", report.Query.From, report.Total.Expected)
	}
	for _, wrong := range []string{"from=soon", "until=2026-03", "until=2026-02-30"} {
		if w := ask(t, world(), "GET", "/v1/airings?"+wrong, ""); w.Code != 422 {
			t.Errorf("%s: %d", wrong, w.Code)
		}
	}
}

func TestAudioIsServedInRanges(t *testing.T) {
	desk := world()
	whole := ask(t, desk, "GET", "/v1/recordings/r1/audio", "")
	if whole.Header().Get("Content-Type") != "audio/ogg" || whole.Header().Get("Accept-Ranges") != "bytes" {
		t.Errorf("headers %v", whole.Header())
	}
	part := ask(t, desk, "GET", "/v1/recordings/r1/audio", "", header("Range", "bytes=6-"))
	if part.Code != http.StatusPartialContent || part.Body.String() != "audio" {
		t.Errorf("%d %q", part.Code, part.Body)
	}
	if again := ask(t, desk, "GET", "/v1/recordings/r1/audio", "", header("If-None-Match", whole.Header().Get("ETag"))); again.Code != http.StatusNotModified {
		t.Errorf("asked again: %d", again.Code)
	}
	if other := ask(t, desk, "GET", "/v1/recordings/r1/audio", "", header("If-Match", `"another"`)); other.Code != http.StatusPreconditionFailed {
		t.Errorf("another version: %d", other.Code)
	}
}

func TestAnUploadIsBounded(t *testing.T) {
	small := func(s *server) { s.maxUpload = 1000 }
	for _, c := range []struct {
		name string
		size int64
		body func(io.Reader) io.Reader
		ok   bool
	}{
		{"as much as is taken", 1000, func(r io.Reader) io.Reader { return r }, true},
		{"a byte more", 1001, func(r io.Reader) io.Reader { return r }, false},
		{"of a length that is said beforehand", 1001, func(r io.Reader) io.Reader { b, _ := io.ReadAll(r); return strings.NewReader(string(b)) }, false},
	} {
		desk := newMemoryDesk(now())
		client := NewClient(serve(t, desk, small).URL, token)
		_, err := client.AddRecording(t.Context(), NewRecording{Title: "x"}, "x.wav", c.body(io.LimitReader(zeros{}, c.size)))
		if (err == nil) != c.ok || len(desk.recordings) != map[bool]int{true: 1}[c.ok] {
			t.Errorf("%s: %v, %d kept", c.name, err, len(desk.recordings))
		}
		if err != nil && !strings.Contains(err.Error(), "over 1000 bytes") {
			t.Errorf("%s: %v", c.name, err)
		}
	}
}

// zeros never ends.
type zeros struct{}

func (zeros) Read(p []byte) (int, error) { clear(p); return len(p), nil }

// heardDesk says when the first of an upload has come.
type heardDesk struct {
	*memoryDesk
	first chan byte
}

func (d heardDesk) AddRecording(ctx context.Context, n NewRecording, name string, audio io.Reader) (scheduler.Recording, error) {
	b := make([]byte, 1)
	if _, err := io.ReadFull(audio, b); err != nil {
		return scheduler.Recording{}, err
	}
	d.first <- b[0]
	return d.memoryDesk.AddRecording(ctx, n, name, audio)
}

func TestAnUploadIsReadAsItComes(t *testing.T) {
	desk := heardDesk{newMemoryDesk(now()), make(chan byte)}
	from, to := io.Pipe()
	go func() {
		to.Write([]byte("a"))
		<-desk.first // the desk has it, and the rest is not even written
		to.Write([]byte("bc"))
		to.Close()
	}()
	rec, err := NewClient(serve(t, desk).URL, token).AddRecording(t.Context(), NewRecording{Title: "x"}, "x.wav", from)
	if err != nil || rec.Size != 2 {
		t.Errorf("%d bytes, %v", rec.Size, err)
	}
}

func TestEventsAreDelivered(t *testing.T) {
	m := world()
	ts := serve(t, m, func(s *server) { s.keepAlive = time.Millisecond })
	res, err := http.Get(ts.URL + "/v1/events") // with no token: the pages have none
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	if got := res.Header.Get("Content-Type"); got != "text/event-stream" {
		t.Errorf("content type %q", got)
	}
	lines := bufio.NewScanner(res.Body)
	until := func(want string) {
		for lines.Scan() {
			if lines.Text() == want {
				return
			}
		}
		t.Fatalf("it ended before %q: %v", want, lines.Err())
	}
	until(": following")
	until(": still here")
	m.tell()
	until("event: change")
	until("data: {}")
}

func TestAFollowerThatLeavesIsForgotten(t *testing.T) {
	m := world()
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan struct{})
	go func() {
		defer close(done)
		r := httptest.NewRequestWithContext(ctx, "GET", "http://localhost/v1/events", nil)
		New(m, Options{}).ServeHTTP(httptest.NewRecorder(), r)
	}()
	<-m.following
	cancel()
	<-done
	m.mu.Lock()
	defer m.mu.Unlock()
	if len(m.followers) != 0 {
		t.Errorf("%d followers left", len(m.followers))
	}
}
