package centre

import (
	"context"
	"crypto/tls"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"loaphuong/config"
	"loaphuong/devices/enrol"
	"loaphuong/scheduler"
	"loaphuong/scheduler/web"
)

// settings are those of a centre on free ports, in a directory of its own.
func settings(t *testing.T) config.Centre {
	return config.Centre{
		Data: filepath.Join(t.TempDir(), "data"), Page: "127.0.0.1:0", Stations: "127.0.0.1:0", Broker: "127.0.0.1:0",
		Names: []string{"localhost"}, Zone: scheduler.DefaultZone, Lease: lease, Loudness: -18,
		Speech: config.Speech{Engine: "espeak", Voice: "vi", Rate: 150},
	}
}

func quietly() *slog.Logger { return slog.New(slog.DiscardHandler) }

// TestOpenSaysWhatToChange runs alone: it counts what the program holds.
func TestOpenSaysWhatToChange(t *testing.T) {
	first := get[*Centre](t)(Open(t.Context(), settings(t), nil, quietly()))
	defer first.Close()
	nothing := t.TempDir()
	for _, c := range []struct {
		why  string
		make func(*config.Centre)
		path string // of programs; "" for the real one
		want string
	}{
		{"the page's port", func(s *config.Centre) { s.Page = first.page.Addr().String() }, "", "--page"},
		{"the stations' port", func(s *config.Centre) { s.Stations = first.stations.Addr().String() }, "", "--stations"},
		{"the broker's port", func(s *config.Centre) { s.Broker = first.broker.Addr() }, "", "--broker"},
		{"no ffmpeg", func(s *config.Centre) { s.Speech = config.Speech{Engine: "http", URL: "http://127.0.0.1:1"} }, nothing, "install the Debian package ffmpeg"},
		{"no espeak", func(*config.Centre) {}, nothing, "install the Debian package espeak-ng"},
		{"no engine", func(s *config.Centre) { s.Speech.Engine = "command"; s.Speech.Command = []string{"khong-co"} }, "", "khong-co"},
		{"a file for a directory", func(s *config.Centre) { s.Data = os.Args[0] }, "", "data directory"},
		{"a directory for centre.json", func(s *config.Centre) { s.Data = blocked(t) }, "", doorFile},
	} {
		t.Run(c.why, func(t *testing.T) {
			if c.path != "" {
				t.Setenv("PATH", c.path)
			}
			s := settings(t)
			c.make(&s)
			held := handles(t)
			if _, err := Open(t.Context(), s, nil, quietly()); err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("%v, want a word of %s", err, c.want)
			}
			if now := handles(t); now != held {
				t.Errorf("%d files and connections were open, and now %d", held, now)
			}
		})
	}
}

// blocked is a data directory in which no door can be written.
func blocked(t *testing.T) string {
	dir := t.TempDir()
	must(t, os.MkdirAll(filepath.Join(dir, doorFile, "x"), 0o700))
	return dir
}

// handles counts the files and connections that this program has open; on a
// system that does not say, none.
func handles(t *testing.T) int {
	open, err := os.ReadDir("/proc/self/fd")
	if err != nil {
		t.Log("handles cannot be counted here:", err)
	}
	return len(open)
}

func TestCloseLetsGoOfEverything(t *testing.T) {
	get[*Centre](t)(Open(t.Context(), settings(t), nil, quietly())).Close() // what is opened once for all is open now
	held := handles(t)
	s := settings(t)
	for range 2 {
		m := get[*Centre](t)(Open(t.Context(), s, nil, quietly()))
		s.Page, s.Stations, s.Broker = m.page.Addr().String(), m.stations.Addr().String(), m.broker.Addr()
		must(t, m.Close())
		must(t, m.Close())
	}
	if now := handles(t); now != held {
		t.Errorf("%d files and connections were open, and now %d", held, now)
	}
}

func TestTheDoor(t *testing.T) {
	t.Parallel()
	s := settings(t)
	if _, err := Dial(s.Data); err == nil || !strings.Contains(err.Error(), "loaphuong serve") {
		t.Errorf("where no centre has run: %v", err)
	}
	must(t, os.MkdirAll(s.Data, 0o700))
	must(t, os.WriteFile(filepath.Join(s.Data, doorFile), []byte("{"), 0o600))
	if _, err := Dial(s.Data); err == nil || !strings.Contains(err.Error(), doorFile) {
		t.Errorf("with half a door: %v", err)
	}
	m := get[*Centre](t)(Open(t.Context(), s, nil, quietly()))
	defer m.Close()
	info := get[os.FileInfo](t)(os.Stat(filepath.Join(s.Data, doorFile)))
	if info.Mode().Perm() != 0o600 {
		t.Errorf("whoever is here can read it: %v", info.Mode())
	}
	d := get[Door](t)(FindDoor(s.Data))
	if d != m.door() || d.Token == "" || d.Broker != m.broker.Addr() || d.Page != m.PageURL() {
		t.Errorf("the door is %+v", d)
	}
}

func TestAnotherBroker(t *testing.T) {
	t.Parallel()
	s := settings(t)
	s.Broker, s.BrokerURL = "", "ssl://broker.example.vn:8883"
	m := get[*Centre](t)(Open(t.Context(), s, nil, quietly()))
	defer m.Close()
	if d := m.door(); d.Broker != "" || m.brokerURL() != s.BrokerURL || m.ownBroker() != s.BrokerURL {
		t.Errorf("the door is %+v, stations are told %s", d, m.brokerURL())
	}
}

// TestRun: staff come in by the door, a station by its code; and when the
// centre is told to end it ends, without a complaint.
func TestRun(t *testing.T) {
	t.Parallel()
	s := settings(t)
	m := get[*Centre](t)(Open(t.Context(), s, nil, quietly()))
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan error, 1)
	go func() { done <- m.Run(ctx) }()
	desk := get[*web.Client](t)(Dial(s.Data))
	must(t, desk.PutArea(ctx, scheduler.Area{ID: "xa"}))
	get[scheduler.Station](t)(desk.AddStation(ctx, scheduler.Station{ID: tanHung, Area: "xa", Volume: 50}))
	code := get[web.JoinCode](t)(desk.StationCode(ctx, tanHung))
	joined := get[enrol.Identity](t)(enrol.Join(ctx, code.URL, code.Code, t.TempDir()))
	if joined.Station != tanHung || joined.Brokers[0] != m.brokerURL() {
		t.Errorf("joined as %+v", joined)
	}
	if got := fetch(t, joined.TLS(), joined.Media+string(digestOf("x"))); got != http.StatusNotFound {
		t.Errorf("audio that is not there: %d", got)
	}
	if got := given(get[scheduler.Publication](t)(desk.Publish(ctx, "Lan"))); got != "tan-hung 1" {
		t.Errorf("given: %s", got)
	}
	changes := desk.Changes(ctx) // someone looks at a page while the centre ends
	cancel()
	select {
	case err := <-done:
		if err != nil {
			t.Errorf("Run ended with %v", err)
		}
	case <-time.After(2 * shutdown):
		t.Fatal("Run does not end")
	}
	for range changes {
	}
	must(t, m.Close())
}

func fetch(t *testing.T, c *tls.Config, url string) int {
	t.Helper()
	client := http.Client{Transport: &http.Transport{TLSClientConfig: c, DisableKeepAlives: true}}
	r := get[*http.Response](t)(client.Get(url))
	defer r.Body.Close()
	return r.StatusCode
}

// TestServeWaitsForWhatIsUnderWay: what Close lets go of is in use until then.
func TestServeWaitsForWhatIsUnderWay(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	ending := make(chan struct{})
	var over atomic.Bool
	s := &http.Server{Handler: http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		cancel()
		<-ending
		for range 1000 {
			runtime.Gosched()
		}
		fmt.Fprint(w, "whole")
		over.Store(true)
	})}
	s.RegisterOnShutdown(func() { close(ending) })
	l := get[net.Listener](t)(net.Listen("tcp", "127.0.0.1:0"))
	done := make(chan error, 1)
	go func() {
		err := serve(ctx, l, s)
		if !over.Load() {
			t.Error("serve ended before the request")
		}
		done <- err
	}()
	r := get[*http.Response](t)(http.Get("http://" + l.Addr().String()))
	defer r.Body.Close()
	if body := get[[]byte](t)(io.ReadAll(r.Body)); string(body) != "whole" {
		t.Errorf("the answer is %q", body)
	}
	must(t, <-done)
}

// TestNoLeaseRunsOut: the shortest one that the configuration takes is renewed
// in time, too.
func TestNoLeaseRunsOut(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := openBench(t)
		b.publisher.Lease = time.Hour
		m := &Centre{config: config.Centre{Lease: time.Hour}, log: quietly(), intake: b.intake, desk: b.desk}
		b.publish(time.Now())
		ctx, cancel := context.WithCancel(t.Context())
		done := make(chan error, 1)
		go func() { done <- m.renew(ctx) }()
		for range 5 * 60 {
			time.Sleep(time.Minute)
			synctest.Wait()
			if left := time.Until(b.held(tanHung).Lease); left < 20*time.Minute {
				t.Fatalf("of an hour's lease %s is left", left)
			}
		}
		cancel()
		must(t, <-done)
	})
}
