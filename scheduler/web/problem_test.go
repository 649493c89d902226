package web

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"regexp"
	"testing"

	"github.com/danielgtaylor/huma/v2"

	"loaphuong/scheduler"
)

func TestKindsAndStatusesAnswerEachOther(t *testing.T) {
	for _, c := range []struct {
		err    error
		status int
		helps  bool
	}{
		{absent("letter", "x"), 404, true},
		{scheduler.Invalid(errors.New("volume 200: use 0 to 100")), 422, true},
		{errors.Join(errors.New("approve"), scheduler.ErrConflict), 409, true},
		{huma.NewError(413, "too large"), 413, true},
		{errors.New("disk full"), 500, false},
	} {
		if status, helps := statusOf(c.err); status != c.status || helps != c.helps {
			t.Errorf("%v: %d %v, want %d %v", c.err, status, helps, c.status, c.helps)
		}
	}
	for _, k := range kinds {
		if kindOf(k.status) != k.kind {
			t.Errorf("%d comes back as %v, want %v", k.status, kindOf(k.status), k.kind)
		}
	}
	if kindOf(413) != scheduler.ErrInvalid || kindOf(401) != nil || kindOf(500) != nil {
		t.Error("a status outside the table has the wrong kind")
	}
}

func TestAProblemIsRFC9457(t *testing.T) {
	for path, status := range map[string]int{"/v1/directives/none": 404, "/v1/airtime?from=soon": 422, "/v1/nowhere": 404} {
		w := ask(t, world(), "GET", path, "")
		var p huma.ErrorModel
		if err := json.Unmarshal(w.Body.Bytes(), &p); err != nil {
			t.Fatalf("%s: %v", path, err)
		}
		if w.Code != status || p.Status != status || p.Detail == "" || p.Title != http.StatusText(status) {
			t.Errorf("%s: %d %+v", path, w.Code, p)
		}
		if got := w.Header().Get("Content-Type"); got != "application/problem+json" {
			t.Errorf("%s: content type %q", path, got)
		}
	}
}

func TestAFaultIsLoggedUnderANumberAndNotTold(t *testing.T) {
	desk := world()
	desk.fault = errors.New("open /secret/place: disk full")
	for _, path := range []string{"/", "/recordings", "/stations/cam-giang", "/v1/stations", "/v1/airings"} {
		var log bytes.Buffer
		ts := serve(t, desk, logTo(&log))
		req, _ := http.NewRequest("GET", ts.URL+path, nil)
		req.Header.Set("Authorization", "Bearer "+token)
		res, err := http.DefaultClient.Do(req)
		if err != nil {
			t.Fatal(err)
		}
		body, _ := io.ReadAll(res.Body)
		res.Body.Close()
		ts.Close()
		if res.StatusCode != 500 {
			t.Errorf("%s: %d", path, res.StatusCode)
		}
		saysNot(t, string(body), "secret", "disk full")
		id := regexp.MustCompile(`under ([A-Z2-7]{8})`).FindSubmatch(body)
		if id == nil {
			t.Fatalf("%s: no number in %s", path, body)
		}
		says(t, log.String(), "id="+string(id[1]), "disk full")
	}
}
