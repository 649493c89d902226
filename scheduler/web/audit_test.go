package web

import (
	"bytes"
	"encoding/json"
	"errors"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"loaphuong/scheduler"
)

// last is the newest line of a desk's audit log.
func last(t *testing.T, desk *memoryDesk) scheduler.AuditEntry {
	t.Helper()
	if len(desk.audit.lines) == 0 {
		t.Fatal("nothing was written down")
	}
	return desk.audit.lines[len(desk.audit.lines)-1]
}

// No operation that may change something goes without a line, and each has its
// own name in it.
func TestEveryWritingOperationIsWrittenDown(t *testing.T) {
	writing := 0
	for path, methods := range describe(t).Paths {
		for method, o := range methods {
			if method == "get" {
				continue
			}
			writing++
			desk := world()
			target := strings.NewReplacer("{id}", "x-1", "{airing}", "x-1").Replace(path)
			w := ask(t, desk, strings.ToUpper(method), target+"?by=Lan", `{"why":"x"}`)
			if len(desk.audit.lines) != 1 {
				t.Errorf("%s %s: %d lines", method, path, len(desk.audit.lines))
				continue
			}
			e := desk.audit.lines[0]
			if e.Status != w.Code || e.Action != o.OperationID || e.By != "Lan" || e.From != "192.0.2.1 api" || !e.At.Equal(now().Truncate(time.Millisecond)) {
				t.Errorf("%s %s: answered %d, line %+v", method, path, w.Code, e)
			}
			if target != path && e.Object != "x-1" {
				t.Errorf("%s %s: about %q", method, path, e.Object)
			}
		}
	}
	if writing < 20 {
		t.Errorf("only %d operations write", writing)
	}
}

func TestReadingIsNotWrittenDown(t *testing.T) {
	desk := world()
	for _, path := range []string{"/", "/letters", "/v1/stations", "/v1/audit", "/sign-in", "/nowhere"} {
		ask(t, desk, "GET", path, "")
	}
	if n := len(desk.audit.lines); n != 0 {
		t.Errorf("%d lines", n)
	}
}

func TestWhatALineSays(t *testing.T) {
	desk := world()
	as := signedIn(t, desk)
	for _, c := range []struct {
		name string
		do   func() *httptest.ResponseRecorder
		want scheduler.AuditEntry
	}{
		{"a station", func() *httptest.ResponseRecorder {
			return ask(t, desk, "PUT", "/v1/stations/dai-9", `{"area":"cam-giang","volume":50}`)
		}, scheduler.AuditEntry{By: "command line", From: "192.0.2.1 api", Action: "put-station", Object: "dai-9", Area: "cam-giang", Status: 200, Detail: `{"area":"cam-giang","volume":50}`}},
		{"an area", func() *httptest.ResponseRecorder { return ask(t, desk, "PUT", "/v1/areas/xa-9", `{"name":"Xã"}`) },
			scheduler.AuditEntry{By: "command line", From: "192.0.2.1 api", Action: "put-area", Object: "xa-9", Area: "xa-9", Status: 204, Detail: `{"name":"Xã"}`}},
		{"a file", func() *httptest.ResponseRecorder {
			return ask(t, desk, "POST", "/v1/recordings?title=Tin&name=tin.wav", "audio", header("Content-Type", "application/octet-stream"))
		}, scheduler.AuditEntry{By: "command line", From: "192.0.2.1 api", Action: "add-recording", Status: 200,
			Detail: `{"body":{"bytes":5,"type":"application/octet-stream"},"name":"tin.wav","title":"Tin"}`}},
		{"a form", func() *httptest.ResponseRecorder {
			return post(t, desk, "/recalls", form("recording", "r1", "why", "sai số"), as)
		}, scheduler.AuditEntry{By: "Trần Thị Bình", From: "192.0.2.1 page", Action: "recalls", Object: "r1", Status: 303, Detail: `{"recording":"r1","why":"sai số"}`}},
		{"a form that claims another name", func() *httptest.ResponseRecorder {
			return post(t, desk, "/make-good", form("airing", "none", "by", "Hoa"), as)
		},
			scheduler.AuditEntry{By: "Trần Thị Bình", From: "192.0.2.1 page", Action: "make-good", Object: "none", Status: 404, Detail: `{"airing":"none","by":"Hoa"}`}},
		{"the page of another site", func() *httptest.ResponseRecorder {
			return post(t, desk, "/recalls", form("recording", "r1"), as, header("Sec-Fetch-Site", "cross-site"))
		}, scheduler.AuditEntry{By: "Trần Thị Bình", From: "192.0.2.1 page", Action: "POST /recalls", Status: 403}},
		{"what is not there", func() *httptest.ResponseRecorder { return ask(t, desk, "DELETE", "/v1/nothing", "") },
			scheduler.AuditEntry{By: "command line", From: "192.0.2.1 api", Action: "DELETE /v1/nothing", Status: 404}},
	} {
		w := c.do()
		e := last(t, desk)
		e.Number, e.At, e.Previous, e.Hash = 0, time.Time{}, "", ""
		if w.Code != c.want.Status || e != c.want {
			t.Errorf("%s: %d\n%+v, want\n%+v", c.name, w.Code, e, c.want)
		}
	}
}

func TestAnUploadedLetterIsWrittenDownByNameAndSize(t *testing.T) {
	desk := newMemoryDesk(now())
	as := signedIn(t, desk)
	var body bytes.Buffer
	m := multipart.NewWriter(&body)
	part := must(m.CreateFormFile("file", "cong-van.txt"))(t)
	part.Write([]byte("Công văn"))
	m.Close()
	ask(t, desk, "POST", "/letters", body.String(), header("Content-Type", m.FormDataContentType()), header("Sec-Fetch-Site", "same-origin"), as)
	if e := last(t, desk); e.Detail != `{"file":{"bytes":10,"name":"cong-van.txt"}}` || e.Action != "letters" {
		t.Errorf("%+v", e)
	}
}

func TestSigningInIsWrittenDownWithoutItsSecret(t *testing.T) {
	desk := world()
	ticket := linkFor(t, desk, "Trần Thị Bình").Query()
	w := post(t, desk, "/sign-in", ticket)
	e := last(t, desk)
	if e.Action != "sign-in" || e.By != "Trần Thị Bình" || e.Status != 303 || e.Detail != `{"ticket":"…"}` {
		t.Errorf("%+v", e)
	}
	post(t, desk, "/sign-out", form(), withCookies(w))
	if e = last(t, desk); e.Action != "sign-out" || e.By != "Trần Thị Bình" {
		t.Errorf("%+v", e)
	}
	for _, e := range desk.audit.lines {
		if strings.Contains(e.Detail, ticket.Get("ticket")) || strings.Contains(e.Detail, token) {
			t.Errorf("line %d tells a secret: %s", e.Number, e.Detail)
		}
	}
}

func TestDetailsAreBounded(t *testing.T) {
	long := strings.Repeat("à", 5000)
	wide := `{"recordings":[` + strings.Repeat(`"`+long[:300]+`",`, 100) + `"x"],"by":"Lan","length":600000000000}`
	many := map[string]string{}
	for i := range 1000 {
		many[long[:20]+time.Duration(i).String()] = "x"
	}
	for name, c := range map[string]struct{ body, says string }{
		"a long text":       {`{"script":"` + long + `","by":"Lan"}`, `"by":"Lan"`},
		"a long list":       {wide, `"length":600000000000`},
		"many fields":       {string(must(json.Marshal(many))(t)), `{"leftOut":`},
		"larger than kept":  {`{"script":"` + strings.Repeat(long, 10) + `"}`, `"bytes":`},
		"one in another":    {strings.Repeat(`{"a":`, 500) + `1` + strings.Repeat(`}`, 500), `…`},
		"no JSON":           {`{"token":`, `"bytes":9`},
		"secrets, deep too": {`{"Token":"aa1","a":[{"password":"aa2"}],"code":{"x":"aa3"}}`, `{"Token":"…","a":[{"password":"…"}],"code":"…"}`},
	} {
		desk := world()
		ask(t, desk, "POST", "/v1/recordings/speech", c.body)
		got := last(t, desk).Detail
		if len(got) > scheduler.MaxAuditDetail || !json.Valid([]byte(got)) || !strings.Contains(got, c.says) || strings.Contains(got, "aa") {
			t.Errorf("%s: %d bytes %.300s", name, len(got), got)
		}
	}
}

// A flood by nobody fills no disk, and how much of it there was is told.
func TestNobodyHasALineASecond(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		desk := world()
		s := New(desk, Options{Token: token})
		flood := func(n int, header string) {
			for range n {
				r := httptest.NewRequest("POST", "http://localhost/v1/publications", strings.NewReader(`{"by":"Lan"}`))
				r.Header.Set("Authorization", header)
				s.ServeHTTP(httptest.NewRecorder(), r)
			}
		}
		flood(100, "Bearer wrong")
		time.Sleep(time.Second)
		flood(50, "")
		flood(1, "Bearer "+token)
		if len(desk.audit.lines) != 3 {
			t.Fatalf("%d lines", len(desk.audit.lines))
		}
		for i, want := range []struct {
			by      string
			leftOut int
		}{{"nobody", 0}, {"nobody", 99}, {"Lan", 49}} {
			if e := desk.audit.lines[i]; e.By != want.by || e.LeftOut != want.leftOut || e.By == "nobody" && e.Status != 401 {
				t.Errorf("line %d: %+v", i+1, e)
			}
		}
	})
}

// What cannot be written down is not done, but for what cannot wait.
func TestWithoutTheLogNothingIsDoneButStops(t *testing.T) {
	desk := world()
	as := signedIn(t, desk)
	before := len(desk.audit.lines)
	desk.audit.fault = errors.New("no database")
	if w := ask(t, desk, "PUT", "/v1/areas/xa-9", `{"name":"Xã"}`); w.Code != http.StatusServiceUnavailable || !strings.Contains(w.Body.String(), "nothing was done") {
		t.Errorf("an area: %d %s", w.Code, w.Body)
	}
	w := post(t, desk, "/recalls", form("recording", "r1", "why", "sai"), as)
	if w.Code != http.StatusServiceUnavailable || len(desk.areas) != 3 || len(desk.planning.recalls) != 1 {
		t.Errorf("a recall: %d, %d areas, %d recalls", w.Code, len(desk.areas), len(desk.planning.recalls))
	}
	says(t, w.Body.String(), "Chưa làm gì cả")
	if w := ask(t, desk, "POST", "/v1/stops", `{"by":"Lan","everywhere":true}`); w.Code != 200 {
		t.Errorf("a stop: %d %s", w.Code, w.Body)
	}
	if w := post(t, desk, "/stops", form(), as); w.Code >= 400 {
		t.Errorf("a stop on the page: %d", w.Code)
	}
	desk.audit.fault = nil
	ask(t, desk, "PUT", "/v1/areas/xa-9", `{"name":"Xã"}`)
	var actions []string
	for _, e := range desk.audit.lines[before:] {
		actions = append(actions, e.Action)
	}
	same(t, actions, []string{"stop", "stops", "put-area"})
}

func TestWhatWaitsForTheLogIsBounded(t *testing.T) {
	desk := world()
	a := auditor{log: desk}
	desk.audit.fault = errors.New("no database")
	for range maxWaiting + 7 {
		if a.write(t.Context(), scheduler.AuditEntry{By: "Lan"}) == nil {
			t.Fatal("it was written")
		}
	}
	desk.audit.fault = nil
	if err := a.write(t.Context(), scheduler.AuditEntry{By: "Hoa"}); err != nil || a.ready(t.Context()) != nil {
		t.Fatal(err)
	}
	if e := last(t, desk); len(desk.audit.lines) != maxWaiting || e.By != "Lan" || a.leftOut != 8 {
		t.Errorf("%d lines, the last %+v, %d left out", len(desk.audit.lines), e, a.leftOut)
	}
}

// A handler that breaks off has a line all the same.
func TestAPanicIsWrittenDown(t *testing.T) {
	desk := world()
	s := newServer(desk, Options{Token: token, Now: now})
	broken := s.withSession(s.audited(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) })))
	func() {
		defer func() { recover() }()
		r := httptest.NewRequest("POST", "http://localhost/v1/publications", nil)
		r.Header.Set("Authorization", "Bearer "+token)
		broken.ServeHTTP(httptest.NewRecorder(), r)
	}()
	if e := last(t, desk); e.Status != 500 {
		t.Errorf("%+v", e)
	}
}

func TestTheAuditPage(t *testing.T) {
	desk := world()
	if w := ask(t, desk, "GET", "/audit", ""); w.Code != http.StatusUnauthorized || strings.Contains(w.Body.String(), "Nhật ký thao tác") {
		t.Errorf("nobody: %d", w.Code)
	}
	as := signedIn(t, desk)
	ask(t, desk, "PUT", "/v1/areas/xa-9", `{"name":"<b>Xã</b>","by":"Lan"}`)
	ask(t, desk, "POST", "/v1/publications", `{"by":"Hoa"}`, header("Authorization", "Bearer wrong"))
	ask(t, desk, "PUT", "/v1/areas/xa-9", ``)
	body := page(t, desk, "/audit", as)
	says(t, body, "Nhật ký thao tác", "11/03/2026 17:15:10", "Trần Thị Bình", "put-area", "xa-9", "Đã làm", "Bị từ chối (401)", "nobody", "Bị từ chối (400)")
	says(t, page(t, desk, "/", as), `href="/audit"`)
	saysNot(t, page(t, desk, "/"), `href="/audit"`)
	raw := ask(t, desk, "GET", "/audit", "", as).Body.String()
	saysNot(t, raw, "<b>Xã")
}

func TestTheAuditPageIsFiltered(t *testing.T) {
	desk := world()
	as := signedIn(t, desk)
	for i := range 300 {
		desk.Audit(t.Context(), scheduler.AuditEntry{At: now().AddDate(0, 0, -1), By: []string{"Lan", "Hoa"}[i%2], Action: "a", Status: 200})
	}
	rows := func(query string) int { return strings.Count(page(t, desk, "/audit"+query, as), `id="line-`) }
	for query, want := range map[string]int{
		"": auditShown, "?by=Lan": 150, "?by=Nobody+there": 0, "?day=2026-03-10": auditShown, "?day=2026-03-10&by=Hoa": 150, "?day=2026-03-11": 2, "?day=2026-03-09": 0,
	} {
		if got := rows(query); got != want {
			t.Errorf("%s: %d lines, want %d", query, got, want)
		}
	}
	says(t, page(t, desk, "/audit", as), "200 dòng mới nhất")
	says(t, page(t, desk, "/audit?by=Lan&day=2026-03-09", as), "Không có dòng nào.", `value="Lan"`, `value="2026-03-09"`)
	says(t, page(t, desk, "/audit?day=soon", as), "soon")
}

// What a Desk promises about the audit log; run here at both ends of the wire.
func TestAuditsOverTheWire(t *testing.T) {
	desk := world()
	for i := range 4 {
		desk.Audit(t.Context(), scheduler.AuditEntry{At: now().Add(time.Duration(i) * time.Hour), By: []string{"Lan", "Hoà & Bình"}[i%2], Object: "dai-1", Area: "xa", Status: 200, Detail: `{"a":"<"}`, LeftOut: i})
	}
	client := NewClient(serve(t, desk).URL, token)
	for _, f := range []scheduler.AuditFilter{
		{}, {Limit: 2}, {By: "Hoà & Bình"}, {Object: "dai-1", Area: "xa"}, {Object: "dai-2"}, {From: now().Add(time.Hour), Until: now().Add(2*time.Hour + time.Millisecond)},
	} {
		want := must(desk.AuditEntries(t.Context(), f))(t)
		got := must(client.AuditEntries(t.Context(), f))(t)
		if len(got) != len(want) {
			t.Errorf("%+v: %d lines, want %d", f, len(got), len(want))
			continue
		}
		for i := range got {
			if got[i] != want[i] || got[i].Digest() != got[i].Hash {
				t.Errorf("%+v: %+v\nwant %+v", f, got[i], want[i])
			}
		}
	}
	noted := []scheduler.AuditHead{desk.audit.lines[1].Head(), {Number: 4, Hash: scheduler.DigestOf(nil)}}
	v := must(client.VerifyAudit(t.Context(), noted...))(t)
	same(t, v, scheduler.AuditVerdict{Lines: 4, Head: desk.audit.lines[3].Head(), Absent: noted[1:]})
	if w := ask(t, desk, "GET", "/v1/audit/verify?head=3", ""); w.Code != 422 || !strings.Contains(w.Body.String(), "NUMBER:HASH") {
		t.Errorf("%d %s", w.Code, w.Body)
	}
}
