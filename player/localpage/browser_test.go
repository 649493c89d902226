package localpage

import (
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
)

// browser is a person at a real browser. With SCREENSHOTS set to a directory,
// what they see is kept there.
type browser struct {
	t   *testing.T
	ctx context.Context
}

func newBrowser(t *testing.T, width, height int) browser {
	t.Helper()
	path, err := exec.LookPath("chromium")
	if err != nil {
		t.Fatalf("%v: install the Debian package chromium", err)
	}
	options := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(path), chromedp.NoSandbox, chromedp.UserDataDir(t.TempDir()),
		chromedp.WindowSize(width, height), chromedp.Flag("disable-component-update", true))
	ctx, stop := chromedp.NewExecAllocator(t.Context(), options...)
	t.Cleanup(stop)
	ctx, stop = chromedp.NewContext(ctx)
	t.Cleanup(stop)
	b := browser{t, ctx}
	b.do("start the browser", chromedp.Navigate("about:blank"), chromedp.EmulateViewport(int64(width), int64(height)))
	b.ctx, stop = context.WithTimeout(ctx, time.Minute)
	t.Cleanup(stop)
	return b
}

// do carries out steps; what names them when one cannot be done.
func (b browser) do(what string, steps ...chromedp.Action[chromedp.Void]) {
	b.t.Helper()
	if err := chromedp.Do(b.ctx, steps...); err != nil {
		b.see("failed")
		b.t.Fatalf("%s: %v", what, err)
	}
}

// see keeps the page as it looks now.
func (b browser) see(name string) {
	dir := os.Getenv("SCREENSHOTS")
	if dir == "" {
		return
	}
	png, err := chromedp.Run(b.ctx, chromedp.FullScreenshot(100))
	if err != nil {
		b.t.Logf("screenshot %s: %v", name, err)
		return
	}
	name = strings.ReplaceAll(b.t.Name(), "/", "-") + "-" + name
	if err := os.WriteFile(filepath.Join(dir, name+".png"), png, 0o600); err != nil {
		b.t.Fatal(err)
	}
}

// fits fails if the page is wider than the window.
func (b browser) fits() {
	b.t.Helper()
	wide, err := chromedp.Run(b.ctx, chromedp.Evaluate[int](`document.documentElement.scrollWidth - document.documentElement.clientWidth`))
	if err != nil || wide > 0 {
		b.t.Errorf("the page is %d pixels too wide, %v", wide, err)
	}
}

// watched serves a station and hands on what the browser reports to be against
// the content security policy.
func watched(t *testing.T, f *fake, o Options) (url string, reports <-chan string) {
	said, page := make(chan string, 100), New(f, o)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/reports" {
			b, _ := io.ReadAll(r.Body)
			said <- string(b)
			return
		}
		page.ServeHTTP(reporting{w}, r)
	}))
	t.Cleanup(server.Close)
	t.Cleanup(server.CloseClientConnections) // before Close, which waits for pages that follow
	return server.URL, said
}

// reporting asks the browser to report.
type reporting struct{ http.ResponseWriter }

func (w reporting) WriteHeader(status int) {
	const policy = "Content-Security-Policy"
	w.Header().Set(policy, w.Header().Get(policy)+"; report-uri /reports")
	w.ResponseWriter.WriteHeader(status)
}

func (w reporting) Unwrap() http.ResponseWriter { return w.ResponseWriter }

// obeys fails if anything was reported. It does something forbidden last, so
// that what was done before must have been reported by then.
func (b browser) obeys(reports <-chan string) {
	b.t.Helper()
	const last = "forbidden.invalid"
	b.do("do something forbidden", ready("body"))
	if _, err := chromedp.Run(b.ctx, chromedp.Evaluate[bool](`!!(new Image().src = "http://`+last+`/")`)); err != nil {
		b.t.Fatal(err)
	}
	for {
		select {
		case report := <-reports:
			if strings.Contains(report, last) {
				return
			}
			b.t.Errorf("against the policy: %s", report)
		case <-b.ctx.Done():
			b.t.Fatal("nothing is reported")
		}
	}
}

func click(selector string) chromedp.Action[chromedp.Void] {
	return chromedp.Click(chromedp.CSS(selector))
}

func ready(selector string) chromedp.Action[chromedp.Void] {
	return chromedp.WaitReady(chromedp.CSS(selector))
}

// TestAPersonSteersTheStation: at the size of a phone and of a desk, somebody
// lets the other of two items go first, changes the volume, and stops what is on
// air, which the page follows by itself.
func TestAPersonSteersTheStation(t *testing.T) {
	for name, size := range map[string][2]int{"phone": {360, 740}, "desktop": {1280, 900}} {
		t.Run(name, func(t *testing.T) {
			f := newFake()
			f.view = illView()
			url, reports := watched(t, f, Options{})
			b := newBrowser(t, size[0], size[1])
			b.do("open", chromedp.Navigate(url), ready("html.js #live"))
			b.see("1-trouble")
			b.fits()
			b.do("choose what goes first", click(`li[id="first-lu-a9"] button`), ready(".notice.good"), ready(`li[id="first-uu-tien-a1"] button`))
			f.change(func(v *View) { *v = wellView() })
			b.do("follow the change", ready("#fine"), ready(".air.on"))
			b.do("turn it down", click(`#volume-step button[value="60"]`), ready(`input[type="range"][value="60"]`))
			b.see("2-well")
			b.do("stop", click("button.stop"), ready("#air-nothing"))
			b.see("3-stopped")
			b.fits()
			b.do("read the log", click(`nav a[href="/log"]`), ready("table.list"))
			b.see("4-log")
			b.fits()
			b.obeys(reports)
			if want := "first lu; volume 60 by station page, 127.0.0.1; stop by station page, 127.0.0.1; log of 2026-03-11T00:00:00+07:00"; f.heard() != want {
				t.Errorf("told %q, want %q", f.heard(), want)
			}
		})
	}
}

// TestAPersonTypesThePIN: who presses stop and is asked for the PIN need not
// press again, in English too.
func TestAPersonTypesThePIN(t *testing.T) {
	f := newFake()
	url, reports := watched(t, f, Options{PIN: "4711"})
	b := newBrowser(t, 360, 740)
	b.do("open", chromedp.Navigate(url+"/?lang=en"), ready("#live"))
	b.see("1-english")
	b.do("press stop", click("button.stop"), ready("#pin"))
	b.see("2-pin")
	b.fits()
	b.do("type the PIN", chromedp.SendKeys(chromedp.CSS("#pin"), "4711"), click("button.stop"), ready("#air-nothing"))
	b.obeys(reports)
	if want := "stop by station page, 127.0.0.1"; f.heard() != want {
		t.Errorf("told %q, want %q", f.heard(), want)
	}
}
