package web

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

// post sends a form, as a page of ours does.
func post(t *testing.T, desk *memoryDesk, path string, form url.Values, change ...func(*http.Request)) *httptest.ResponseRecorder {
	t.Helper()
	asPage := func(r *http.Request) {
		r.Header.Del("Authorization")
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		r.Header.Set("Sec-Fetch-Site", "same-origin")
	}
	return ask(t, desk, "POST", path, form.Encode(), append([]func(*http.Request){asPage}, change...)...)
}

// linkFor is the path of a link that lets a person in.
func linkFor(t *testing.T, desk *memoryDesk, name string) *url.URL {
	t.Helper()
	w := ask(t, desk, "POST", "/v1/sign-in-links", `{"name":"`+name+`"}`)
	var link SignInLink
	if err := json.Unmarshal(w.Body.Bytes(), &link); err != nil || w.Code != 200 {
		t.Fatalf("%d %s", w.Code, w.Body)
	}
	u, err := url.Parse(link.URL)
	if err != nil || u.Host != "localhost:8080" || u.Path != "/sign-in" || !link.Expires.Equal(now().Add(15*time.Minute)) {
		t.Fatalf("link %+v, %v", link, err)
	}
	return u
}

// signedIn makes requests those of a person who has signed in.
func signedIn(t *testing.T, desk *memoryDesk) func(*http.Request) {
	t.Helper()
	w := post(t, desk, "/sign-in", linkFor(t, desk, "Trần Thị Bình").Query())
	if w.Code != http.StatusSeeOther {
		t.Fatalf("sign in: %d %s", w.Code, w.Body)
	}
	return withCookies(w)
}

// withCookies shows the cookies that an answer set.
func withCookies(w *httptest.ResponseRecorder) func(*http.Request) {
	return func(r *http.Request) {
		for _, c := range w.Result().Cookies() {
			r.AddCookie(c)
		}
	}
}

func TestALinkLetsOnePersonInOnce(t *testing.T) {
	desk := world()
	link := linkFor(t, desk, "  Trần Thị   Bình ")
	for range 2 { // looking at it, as a browser may beforehand, uses nothing up
		says(t, page(t, desk, link.RequestURI()), "Trần Thị Bình", `name="ticket"`, "Đăng nhập với tên")
	}
	w := post(t, desk, "/sign-in", link.Query())
	if w.Code != http.StatusSeeOther || w.Header().Get("Location") != "/letters" {
		t.Fatalf("%d to %s", w.Code, w.Header().Get("Location"))
	}
	c := w.Result().Cookies()[0]
	if !c.HttpOnly || c.SameSite != http.SameSiteLaxMode || c.Path != "/" || c.Name != sessionCookie {
		t.Errorf("cookie %v", c)
	}
	says(t, page(t, desk, "/", withCookies(w)), "Trần Thị Bình", "Đăng xuất")
	again := post(t, desk, "/sign-in", link.Query())
	if again.Code != http.StatusForbidden || len(again.Result().Cookies()) != 0 {
		t.Errorf("again: %d %v", again.Code, again.Result().Cookies())
	}
	says(t, again.Body.String(), "đã dùng rồi hoặc đã quá hạn", "loaphuong sign-in --name")
}

func TestALinkIsGoodForAQuarterOfAnHour(t *testing.T) {
	held := tickets{held: map[string]ticket{}}
	code, expires, ok := held.mint("Hoa", now())
	if !ok || !expires.Equal(now().Add(15*time.Minute)) || len(code) < 20 {
		t.Fatalf("%q until %s", code, expires)
	}
	for _, c := range []struct {
		after time.Duration
		good  bool
	}{{0, true}, {15*time.Minute - 1, true}, {15 * time.Minute, false}} {
		if _, good := held.look(code, now().Add(c.after)); good != c.good {
			t.Errorf("after %s: %v", c.after, good)
		}
	}
	if _, good := held.redeem(code, now().Add(15*time.Minute)); good {
		t.Error("it is redeemed when it has expired")
	}
}

func TestLinksThatNobodyOpensDoNotPileUp(t *testing.T) {
	held := tickets{held: map[string]ticket{}}
	for range maxTickets {
		held.mint("Hoa", now())
	}
	if _, _, ok := held.mint("Hoa", now().Add(ticketLife-1)); ok {
		t.Error("one more than are held")
	}
	if _, _, ok := held.mint("Hoa", now().Add(ticketLife)); !ok || len(held.held) != 1 {
		t.Errorf("%v, %d held", ok, len(held.held))
	}
}

func TestALinkWantsANameAndTheToken(t *testing.T) {
	desk := world()
	for _, c := range []struct {
		body, authorization string
		status              int
	}{
		{`{"name":"Hoa"}`, "Bearer " + token, 200},
		{`{"name":" "}`, "Bearer " + token, 422},
		{`{}`, "Bearer " + token, 422},
		{`{"name":"Hoa"}`, "Bearer nobody", 401},
	} {
		if w := ask(t, desk, "POST", "/v1/sign-in-links", c.body, header("Authorization", c.authorization)); w.Code != c.status {
			t.Errorf("%s: %d, want %d", c.body, w.Code, c.status)
		}
	}
	link := must(NewClient(serve(t, desk).URL, token).SignInLink(t.Context(), "Hoa"))(t)
	if !strings.Contains(link.URL, "/sign-in?ticket=") {
		t.Errorf("link %+v", link)
	}
}

func TestWhereToGoNextIsAlwaysHere(t *testing.T) {
	for next, want := range map[string]string{
		"/letters/x/review?area=a": "/letters/x/review?area=a",
		"/":                        "/",
		"":                         "/letters",
		"//evil.example/":          "/letters",
		`/\evil.example`:           "/letters",
		"/\t/evil.example":         "/letters",
		"https://evil.example/":    "/letters",
		"javascript:alert(1)":      "/letters",
		"letters":                  "/letters",
		"/sign-in?ticket=x":        "/letters", // would go round in circles
		"/%2f%2fevil.example":      "/letters", // becomes //evil.example where it is read again
	} {
		if got := localPath(next); got != want {
			t.Errorf("%q: %q, want %q", next, got, want)
		}
	}
}

func TestSigningInLeadsBack(t *testing.T) {
	desk := world()
	body := page(t, desk, "/letters/"+string(letterID)+"/review?area=cam-giang")
	says(t, body, `href="/sign-in?next=%2fletters%2fa1b2c3d4e5f60718%2freview%3farea%3dcam-giang"`)
	form := linkFor(t, desk, "Hoa").Query()
	form.Set("next", "/letters/x")
	if w := post(t, desk, "/sign-in", form); w.Header().Get("Location") != "/letters/x" {
		t.Errorf("to %s", w.Header().Get("Location"))
	}
	pasted := url.Values{"ticket": {linkFor(t, desk, "Hoa").String()}, "next": {"/letters/x"}}
	says(t, page(t, desk, "/sign-in?"+pasted.Encode()), `name="next" value="/letters/x"`, "Hoa") // a whole link, pasted
	says(t, page(t, desk, "/sign-in?ticket=none"), "đã dùng rồi hoặc đã quá hạn")
	saysNot(t, page(t, desk, "/sign-in"), "đã dùng rồi")
}

func TestSigningOut(t *testing.T) {
	desk := world()
	hoa := signedIn(t, desk)
	w := post(t, desk, "/sign-out", url.Values{"next": {"/recordings"}}, hoa)
	if w.Code != http.StatusSeeOther || w.Header().Get("Location") != "/recordings" {
		t.Errorf("%d to %s", w.Code, w.Header().Get("Location"))
	}
	saysNot(t, page(t, desk, "/", hoa), "Đăng xuất") // the old cookie opens nothing
}

func TestASignInEndsTheSessionBefore(t *testing.T) {
	desk := world()
	before := signedIn(t, desk)
	after := withCookies(post(t, desk, "/sign-in", linkFor(t, desk, "Lê Văn An").Query(), before))
	says(t, page(t, desk, "/", after), "Lê Văn An")
	saysNot(t, page(t, desk, "/", before), "Đăng xuất")
}

func TestASessionLastsAWorkingDay(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		desk := world()
		hoa := signedIn(t, desk)
		time.Sleep(sessionLife - time.Minute)
		says(t, page(t, desk, "/", hoa), "Đăng xuất")
		time.Sleep(2 * time.Minute)
		saysNot(t, page(t, desk, "/", hoa), "Đăng xuất")
	})
}

func TestOtherSitesSendNothing(t *testing.T) {
	desk := readingDesk(t)
	hoa := signedIn(t, desk)
	for _, path := range []string{"/letters", "/letters/x/review", "/sign-in", "/sign-out", "/v1/directives", "/v1/sign-in-links"} {
		for _, foreign := range []func(*http.Request){
			header("Sec-Fetch-Site", "cross-site"),
			func(r *http.Request) {
				r.Header.Del("Sec-Fetch-Site")
				r.Header.Set("Origin", "https://evil.example")
			},
		} {
			w := post(t, desk, path, url.Values{"text": {"x"}}, hoa, foreign)
			if w.Code != http.StatusForbidden {
				t.Errorf("%s: %d", path, w.Code)
			}
			says(t, w.Body.String(), "another site")
		}
	}
}
