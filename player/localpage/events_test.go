package localpage

import (
	"context"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"
)

// tape keeps what is written to a follower.
type tape struct {
	mu   sync.Mutex
	head http.Header
	said strings.Builder
}

func (w *tape) Header() http.Header { return w.head }
func (w *tape) WriteHeader(int)     {}
func (w *tape) Flush()              {}

func (w *tape) Write(b []byte) (int, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.said.Write(b)
}

// heard is what was written since it was last asked.
func (w *tape) heard() string {
	w.mu.Lock()
	defer w.mu.Unlock()
	defer w.said.Reset()
	return w.said.String()
}

func follow(t *testing.T, h http.Handler) (*tape, context.CancelFunc) {
	ctx, stop := context.WithCancel(t.Context())
	r := httptest.NewRequestWithContext(ctx, http.MethodGet, "/events", nil)
	r.Host, r.RemoteAddr = "localhost", "127.0.0.1:5000"
	w := &tape{head: http.Header{}}
	go h.ServeHTTP(w, r)
	return w, stop
}

func TestAFollowerHearsOfChanges(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := newFake()
		w, stop := follow(t, New(f, Options{}))
		expect := func(what, want string) {
			t.Helper()
			synctest.Wait()
			if got := w.heard(); got != want {
				t.Errorf("%s: heard %q, want %q", what, got, want)
			}
		}
		expect("at first", changeEvent)
		f.change(func(v *View) { v.OnAir = nil })
		expect("after a change", changeEvent)
		expect("with nothing new", "")
		time.Sleep(aliveEvery)
		expect("after a while", aliveEvent)
		f.change(func(v *View) { v.Volume = 1 })
		expect("after another", changeEvent)
		if got := w.head.Get("Content-Type"); got != "text/event-stream" {
			t.Errorf("it is %s", got)
		}
		stop()
		synctest.Wait()
		f.change(func(v *View) { v.Volume = 2 })
		expect("after it went", "")
	})
}

func TestSoManyMayFollowAndNoMore(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		a := newAsker(t, newFake(), Options{})
		var stops []context.CancelFunc
		for range maxFollowers {
			_, stop := follow(t, a.handler)
			stops = append(stops, stop)
		}
		synctest.Wait()
		a.get("/events", http.StatusServiceUnavailable)
		stops[0]()
		synctest.Wait()
		w, stop := follow(t, a.handler)
		synctest.Wait()
		if w.heard() != changeEvent {
			t.Error("the place of one that went is not given away")
		}
		stop()
		for _, stop := range stops {
			stop()
		}
	})
}
