package localpage

import (
	"encoding/json"
	"math"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

func TestWhatIsPressedIsDone(t *testing.T) {
	for _, c := range []struct {
		path   string
		fields []string
		want   string
		said   string
	}{
		{"/stop", nil, "stop by station page, 127.0.0.1", "Đã dừng phát."},
		{"/stop", []string{"who", " Lan\n "}, "stop by Lan, 127.0.0.1", "Đã dừng phát."},
		{"/stop", []string{"who", strings.Repeat("ạ", 99)}, "stop by " + strings.Repeat("ạ", 60) + ", 127.0.0.1", "Đã dừng phát."},
		{"/volume", []string{"percent", "65"}, "volume 65 by station page, 127.0.0.1", "Đã đặt âm lượng."},
		{"/volume", []string{"percent", "0"}, "volume 0 by station page, 127.0.0.1", "Đã đặt âm lượng."},
		{"/sound-check", nil, "sound check", "Đang thử loa"},
		{"/first", []string{"playlist", "lu"}, "first lu", "Đã đổi thứ tự"},
	} {
		f := newFake()
		a := newAsker(t, f, Options{})
		w := a.post(c.path, c.fields...)
		if w.Code != http.StatusSeeOther || f.heard() != c.want {
			t.Errorf("%s %q: %d, told %q, want %q", c.path, c.fields, w.Code, f.heard(), c.want)
			continue
		}
		has(t, a.get(w.Header().Get("Location"), http.StatusOK), c.said)
	}
}

func TestWhatNoPageAsksForIsRefused(t *testing.T) {
	for _, c := range []struct {
		path   string
		fields []string
	}{
		{"/volume", nil},
		{"/volume", []string{"percent", "101"}},
		{"/volume", []string{"percent", "-1"}},
		{"/volume", []string{"percent", "loud"}},
		{"/first", nil},
		{"/first", []string{"playlist", strings.Repeat("x", maxForm)}}, // more than a form may hold
	} {
		f := newFake()
		if w := newAsker(t, f, Options{}).post(c.path, c.fields...); w.Code != http.StatusBadRequest || f.heard() != "" {
			t.Errorf("%s %.40q: %d, told %q", c.path, c.fields, w.Code, f.heard())
		}
	}
	a := newAsker(t, newFake(), Options{})
	a.get("/stop", http.StatusMethodNotAllowed) // to look never changes anything
	a.get("/nowhere", http.StatusNotFound)
	a.get("/assets/nothing.js", http.StatusNotFound)
}

func TestARefusalIsShown(t *testing.T) {
	f := newFake()
	f.fault = errCard()
	a := newAsker(t, f, Options{})
	w := a.post("/sound-check")
	if w.Code != http.StatusConflict {
		t.Errorf("status %d", w.Code)
	}
	has(t, w.Body.String(), "Chưa làm được:", "the card is away", "DỪNG PHÁT")
	hasNot(t, w.Body.String(), `http-equiv="refresh"`) // it would be gone before it is read
	a.header.Set("Accept", "application/json")
	if w := a.post("/stop"); w.Code != http.StatusConflict || strings.TrimSpace(w.Body.String()) != "{\n  \"error\": \"the card is away\"\n}" {
		t.Errorf("a program is told %d %s", w.Code, w.Body)
	}
}

func TestAProgramGetsAPlainAnswer(t *testing.T) {
	f := newFake()
	f.view = illView()
	a := newAsker(t, f, Options{PIN: "1234"})
	a.header.Set("Accept", "application/json")
	if w := a.post("/stop"); w.Code != http.StatusUnauthorized || !strings.Contains(w.Body.String(), "PIN") {
		t.Errorf("without the PIN: %d %s", w.Code, w.Body)
	}
	if w := a.post("/stop", "pin", "1234", "who", "Lan"); w.Code != http.StatusNoContent || f.heard() != "stop by Lan, 127.0.0.1" {
		t.Errorf("with it: %d, told %q", w.Code, f.heard())
	}
	var v View
	if err := json.Unmarshal([]byte(a.get("/status", http.StatusOK)), &v); err != nil {
		t.Fatal(err)
	}
	if v.Station != f.view.Station || !math.IsInf(v.Card.Level, -1) || v.Card.Err != "no such device" || len(v.Collisions) != 1 || !v.Now.Equal(now()) {
		t.Errorf("the status is %+v", v)
	}
	f.view = wellView()
	if err := json.Unmarshal([]byte(a.get("/status", http.StatusOK)), &v); err != nil || v.Card.Level != -18 {
		t.Errorf("level %g, %v", v.Card.Level, err)
	}
	if got := a.get("/healthz", http.StatusOK); got != "ok\n" {
		t.Errorf("health: %q", got)
	}
}

func TestThePINIsAskedForOnceAndWhatWasPressedIsDone(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := newFake()
		a := newAsker(t, f, Options{PIN: "4711"})
		a.peer, a.local, a.host = "192.168.1.50:40000", "192.168.1.2:8090", "192.168.1.2:8090"
		has(t, a.get("/", http.StatusOK), "Nhập mã PIN") // to look takes none
		w := a.post("/volume", "percent", "40")
		if w.Code != http.StatusUnauthorized {
			t.Fatalf("without the PIN: %d", w.Code)
		}
		has(t, w.Body.String(), `action="/volume"`, `name="percent" value="40"`, "Đặt âm lượng")
		if w = a.post("/volume", "percent", "40", "pin", "1174"); w.Code != http.StatusUnauthorized {
			t.Errorf("with a wrong one: %d", w.Code)
		}
		has(t, w.Body.String(), "Mã PIN không đúng", `value="40"`)
		if w = a.post("/volume", "percent", "40", "pin", "4711"); w.Code != http.StatusSeeOther {
			t.Fatalf("with the right one: %d", w.Code)
		}
		c := a.cookies[sessionCookie]
		if !c.HttpOnly || c.SameSite != http.SameSiteStrictMode || c.Path != "/" {
			t.Errorf("the cookie is %v", c)
		}
		a.post("/stop")
		if want := "volume 40 by station page, 192.168.1.50; stop by station page, 192.168.1.50"; f.heard() != want {
			t.Errorf("told %q, want %q", f.heard(), want)
		}
		has(t, a.get("/", http.StatusOK), "Đã nhập mã PIN")
		if w = a.ask(http.MethodGet, "/pin", nil); w.Code != http.StatusSeeOther {
			t.Errorf("asked for it again: %d", w.Code)
		}
		time.Sleep(stay) // the fake time of the bubble
		if w = a.post("/stop"); w.Code != http.StatusUnauthorized {
			t.Errorf("after a day's work: %d", w.Code)
		}
	})
}

func TestWrongPINsAreSlowed(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := newFake()
		a := newAsker(t, f, Options{PIN: "4711"})
		a.peer = "192.168.1.50:40000"
		for range freeTries {
			a.post("/pin", "pin", "0000")
		}
		w := a.post("/stop", "pin", "4711")
		if w.Code != http.StatusTooManyRequests || w.Header().Get("Retry-After") != "30" || f.heard() != "" {
			t.Errorf("right after the fifth: %d, again in %s s, told %q", w.Code, w.Header().Get("Retry-After"), f.heard())
		}
		has(t, w.Body.String(), "Hãy chờ 30 giây", `class="stop"`)
		a.peer = "127.0.0.1:40001" // at the machine itself nobody has to wait for the network's mistakes
		if w := a.post("/stop", "pin", "4711"); w.Code != http.StatusSeeOther {
			t.Errorf("at the machine itself: %d", w.Code)
		}
		a.peer, a.cookies = "192.168.1.50:40000", map[string]*http.Cookie{}
		time.Sleep(firstWait)
		if w := a.post("/pin", "pin", "4711"); w.Code != http.StatusSeeOther || w.Header().Get("Location") != "/?did=pin" {
			t.Errorf("after the wait: %d", w.Code)
		}
	})
}
