package web

import (
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"loaphuong/scheduler"
)

func TestPlaylistsOverTheWire(t *testing.T) {
	m := world()
	want := scheduler.Playlist{Programme: "sang", Title: "Sáng", Class: scheduler.Ordinary, Timing: scheduler.Once(now()), Entries: []scheduler.Entry{{Recording: "r1", Duration: time.Second}}}.Seal()
	m.playlists["cam-giang"] = []scheduler.Playlist{want}
	got := must(NewClient(serve(t, m).URL, token).Playlists(t.Context(), "cam-giang"))(t)
	same(t, got, []scheduler.Playlist{want})
}

func TestACentreThatIsNotThere(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	base := "http://" + l.Addr().String()
	l.Close()
	_, err = NewClient(base, token).Areas(t.Context())
	if want := "no centre answers at " + base + ": start it with loaphuong serve"; err == nil || err.Error() != want {
		t.Errorf("got %v, want %s", err, want)
	}
}

func TestAWrongTokenIsSaidSo(t *testing.T) {
	c := NewClient(serve(t, world()).URL, "wrong")
	_, err := c.Areas(t.Context())
	if err == nil || !strings.Contains(err.Error(), "centre's token") || errors.Is(err, scheduler.ErrInvalid) {
		t.Errorf("got %v", err)
	}
	_, err = c.AddRecording(t.Context(), NewRecording{Title: "x"}, "x.wav", strings.NewReader(strings.Repeat("x", 1<<20)))
	if err == nil || !strings.Contains(err.Error(), "centre's token") {
		t.Errorf("upload: got %v", err)
	}
}

func TestACallThatIsGivenUp(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := NewClient(serve(t, world()).URL, token).Areas(ctx); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
}

func TestAnAnswerThatIsNoneOfOurs(t *testing.T) {
	ts := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method == http.MethodPut {
			w.WriteHeader(http.StatusBadGateway)
		}
		io.WriteString(w, "<html>")
	}))
	defer ts.Close()
	c := NewClient(ts.URL, token)
	if _, err := c.Areas(t.Context()); err == nil || !strings.Contains(err.Error(), "read the answer to GET /v1/areas") {
		t.Errorf("got %v", err)
	}
	if err := c.PutArea(t.Context(), scheduler.Area{ID: "a"}); err == nil || err.Error() != "the centre answered 502 Bad Gateway" {
		t.Errorf("got %v", err)
	}
}

func TestAFollowerSurvivesALostConnection(t *testing.T) {
	m := world()
	ts := serve(t, m)
	c := NewClient(ts.URL, token)
	c.retry = time.Millisecond
	ctx, cancel := context.WithCancel(t.Context())
	changes := c.Changes(ctx)
	<-m.following
	ts.CloseClientConnections()
	<-m.following
	<-changes // told, because what changed in between is not known
	m.tell()
	<-changes
	cancel()
	for range changes {
	}
}
