package localpage

import (
	"context"
	"errors"
	"fmt"
	"math"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"
)

// now is a quarter past five on a Wednesday morning in Vietnam.
func now() time.Time {
	return time.Date(2026, 3, 11, 5, 15, 0, 0, time.FixedZone("", 7*60*60))
}

// fake is a station that remembers what it was told.
type fake struct {
	mu      sync.Mutex
	view    View
	changed chan struct{}
	told    []string
	lines   []Line
	fault   error
}

func newFake() *fake {
	return &fake{view: wellView(), lines: logLines(), changed: make(chan struct{})}
}

// wellView is a station at work with nothing to complain of.
func wellView() View {
	return View{
		Station: "Đài truyền thanh xã Tân An", Zone: "Asia/Ho_Chi_Minh", Now: now(),
		OnAir: &Slot{ID: "a0", Playlist: "sang", Title: "Bản tin buổi sáng: phòng, chống sốt xuất huyết", Class: "ordinary", Start: now().Add(-133 * time.Second), Length: 5 * time.Minute, Heard: 133 * time.Second, Ready: true},
		Next: []Slot{
			{ID: "a1", Playlist: "uu-tien", Title: "Thông báo lịch tiêm chủng mở rộng đợt 2 cho trẻ em dưới 5 tuổi", Class: "priority", Start: now().Add(3 * time.Minute), Length: 4 * time.Minute, Ready: true},
			{ID: "a2", Playlist: "tiep-am", Title: "Tiếp âm Đài Tiếng nói Việt Nam", Class: "relay", Start: now().Add(15 * time.Minute), Ready: true},
			{ID: "a3", Playlist: "chieu", Title: "Tuyên truyền bầu cử", Class: "ordinary", Start: now().Add(11*time.Hour + 15*time.Minute), Length: 7 * time.Minute, Ready: true},
			{ID: "a4", Playlist: "sang", Title: "Bản tin buổi sáng", Class: "ordinary", Start: now().Add(24 * time.Hour), Length: 5 * time.Minute, Ready: true},
		},
		Volume: 70, CentreVolume: 80, Linked: true, LastHeard: now().Add(-20 * time.Second), Revision: 42, Lease: now().AddDate(0, 0, 7),
		Clock: Clock{OK: true, Source: "centre", Offset: 3 * time.Millisecond, Uncertainty: 12 * time.Millisecond, Synced: now().Add(-3 * time.Minute)},
		Card:  Card{Name: "USB Audio Device", OK: true, Level: -18},
		Disk:  Disk{Free: 12 << 30, Audio: 300 << 20}, Files: 12,
	}
}

// illView is the same station on a bad morning.
func illView() View {
	v := wellView()
	v.OnAir, v.Linked, v.LastHeard, v.Missing, v.Outbox = nil, false, now().Add(-26*time.Hour), 2, 14
	v.Next[0].Ready, v.Next[0].Why = false, "file-absent"
	v.Next[2].Ready = false
	one, two := v.Next[0], v.Next[0]
	two.ID, two.Playlist, two.Title = "a9", "lu", "Cảnh báo lũ trên sông Hồng"
	v.Collisions = []Collision{{At: one.Start, Slots: []Slot{one, two}}}
	v.Card = Card{Name: "USB Audio Device", Err: "no such device", Stalls: 3, Level: math.Inf(-1)}
	v.Clock = Clock{Source: "rtc", Offset: -90 * time.Second, Synced: now().Add(-50 * time.Hour)}
	v.Disk = Disk{Free: 120 << 20, Audio: 3 << 29, Low: true}
	v.Lease, v.Volume, v.Drill = now().Add(-time.Hour), 0, true
	for _, kind := range problemKinds() {
		v.Problems = append(v.Problems, Problem{kind, "seen of " + kind})
	}
	return v
}

func problemKinds() []string { return []string{"clock", "card", "disk", "files", "link", "lease"} }

func reasons() []string {
	return []string{"power", "file-absent", "file-damaged", "device-lost", "device-stall", "pre-empted", "stopped", "muted", "clock-invalid",
		"quiet-hours", "busy", "lease-over", "not-in-schedule", "withdrawn", "disk", "agent-restarting"}
}

// logLines has a line for each outcome and each reason.
func logLines() []Line {
	at := now().Add(-15 * time.Minute)
	lines := []Line{
		{Start: at, Begun: at, Title: "Nhạc hiệu", Outcome: "aired", Evidence: "drained", Sounded: 30 * time.Second, Length: 30 * time.Second},
		{Start: at, Begun: at.Add(4 * time.Second), Title: "Bản tin đêm", Outcome: "late", Reason: "busy", Evidence: "heard", Sounded: 5 * time.Minute, Length: 5 * time.Minute},
		{Start: at, Begun: at, Title: "Phòng cháy", Outcome: "partial", Reason: "stopped", Detail: "station page, 127.0.0.1", Evidence: "started", Sounded: 65 * time.Second, Length: 4 * time.Minute},
		{Start: at, Begun: at, Title: "Đang phát", Evidence: "started", Sounded: 10 * time.Second, Length: time.Minute},
	}
	for _, r := range reasons() {
		lines = append(lines, Line{Start: at, Title: "Tin lỡ " + r, Outcome: "missed", Reason: r, Evidence: "planned", Length: time.Minute})
	}
	return lines
}

func (f *fake) View() View {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.view
}

func (f *fake) Changed() <-chan struct{} {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.changed
}

// change lets something happen to the station.
func (f *fake) change(what func(*View)) {
	f.mu.Lock()
	defer f.mu.Unlock()
	what(&f.view)
	close(f.changed)
	f.changed = make(chan struct{})
}

// tell notes what the station was told, which then happens unless it is to fail.
func (f *fake) tell(what func(*View), format string, args ...any) error {
	f.change(func(v *View) {
		if f.fault == nil {
			f.told = append(f.told, fmt.Sprintf(format, args...))
			what(v)
		}
	})
	return f.fault
}

func (f *fake) Stop(who string) error {
	return f.tell(func(v *View) { v.OnAir = nil }, "stop by %s", who)
}

func (f *fake) SetVolume(percent int, who string) error {
	return f.tell(func(v *View) { v.Volume = percent }, "volume %d by %s", percent, who)
}

func (f *fake) SoundCheck() error { return f.tell(func(*View) {}, "sound check") }

func (f *fake) First(playlist string) error {
	return f.tell(func(v *View) {
		if len(v.Collisions) > 0 {
			s := v.Collisions[0].Slots
			v.Collisions[0].Slots = []Slot{s[1], s[0]}
		}
	}, "first %s", playlist)
}

func (f *fake) Log(day time.Time) ([]Line, error) {
	if f.fault != nil {
		return nil, f.fault
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	f.told = append(f.told, "log of "+day.Format(time.RFC3339))
	if day.Day() != 11 {
		return nil, nil
	}
	return f.lines, nil
}

func (f *fake) heard() string {
	f.mu.Lock()
	defer f.mu.Unlock()
	return strings.Join(f.told, "; ")
}

// errCard is what a station says that cannot do as it is told.
func errCard() error { return errors.New("the card is away") }

// asker sends requests as a browser would.
type asker struct {
	t       *testing.T
	handler http.Handler
	peer    string // the address it asks from
	local   string // the address it asks
	host    string
	header  http.Header
	cookies map[string]*http.Cookie
}

func newAsker(t *testing.T, s Station, o Options) *asker {
	return &asker{t: t, handler: New(s, o), peer: "127.0.0.1:50000", local: "127.0.0.1:8090", host: "localhost:8090", header: http.Header{}, cookies: map[string]*http.Cookie{}}
}

func (a *asker) ask(method, target string, form url.Values) *httptest.ResponseRecorder {
	a.t.Helper()
	r := httptest.NewRequestWithContext(a.t.Context(), method, target, strings.NewReader(form.Encode()))
	r.Host, r.RemoteAddr = a.host, a.peer
	if form != nil {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	for name, values := range a.header {
		r.Header[name] = values
	}
	for _, c := range a.cookies {
		r.AddCookie(c)
	}
	local, err := net.ResolveTCPAddr("tcp", a.local)
	if err != nil {
		a.t.Fatal(err)
	}
	w := httptest.NewRecorder()
	a.handler.ServeHTTP(w, r.WithContext(context.WithValue(r.Context(), http.LocalAddrContextKey, local)))
	for _, c := range w.Result().Cookies() {
		a.cookies[c.Name] = c
	}
	return w
}

// get asks for a page and fails unless it is answered with status.
func (a *asker) get(target string, status int) string {
	a.t.Helper()
	w := a.ask(http.MethodGet, target, nil)
	if w.Code != status {
		a.t.Fatalf("GET %s: %d, want %d: %.200s", target, w.Code, status, w.Body)
	}
	return w.Body.String()
}

// post sends a form, given as name, value, name, value.
func (a *asker) post(target string, fields ...string) *httptest.ResponseRecorder {
	a.t.Helper()
	form := url.Values{}
	for i := 0; i+1 < len(fields); i += 2 {
		form.Set(fields[i], fields[i+1])
	}
	return a.ask(http.MethodPost, target, form)
}

// has fails unless page has each of the texts.
func has(t *testing.T, page string, texts ...string) {
	t.Helper()
	for _, text := range texts {
		if !strings.Contains(page, text) {
			t.Errorf("there is no %q", text)
		}
	}
}

// hasNot fails if page has any of the texts.
func hasNot(t *testing.T, page string, texts ...string) {
	t.Helper()
	for _, text := range texts {
		if strings.Contains(page, text) {
			t.Errorf("there is %q", text)
		}
	}
}
