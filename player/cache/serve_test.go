package cache_test

import (
	"bytes"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"loaphuong/player/cache"
)

// serveBytes serves data as it should be served.
func serveBytes(w http.ResponseWriter, r *http.Request, data []byte) {
	http.ServeContent(w, r, "sound.opus", time.Time{}, bytes.NewReader(data))
}

func TestNeighboursAreServedWholeFilesAndNothingElse(t *testing.T) {
	store, dir := fresh(t)
	d, half, link := cache.Of(sound), cache.Of([]byte("half")), cache.Of([]byte("link"))
	write(t, dir, string(d), sound)
	write(t, dir, string(half)+".part", []byte("ha"))
	write(t, dir, "README", []byte("not ours"))
	write(t, filepath.Dir(dir), "secret", []byte("secret"))
	if err := os.Symlink("../secret", filepath.Join(dir, string(link))); err != nil {
		t.Fatal(err)
	}
	name := "/" + string(d)
	cases := []struct {
		name, method, path, span string
		status                   int
		body                     []byte
	}{
		{"a file", "GET", name, "", 200, sound},
		{"its head", "HEAD", name, "", 200, nil},
		{"its beginning", "GET", name, "bytes=0-9", 206, sound[:10]},
		{"its rest", "GET", name, "bytes=30000-", 206, sound[30000:]},
		{"more than there is", "GET", name, "bytes=99999-", 416, nil},
		{"the list", "GET", "/", "", 404, nil},
		{"no path", "GET", "", "", 404, nil},
		{"an absent file", "GET", "/" + string(cache.Of(nil)), "", 404, nil},
		{"a partial file", "GET", "/" + string(half), "", 404, nil},
		{"a partial file by its name", "GET", "/" + string(half) + ".part", "", 404, nil},
		{"a file of another name", "GET", "/README", "", 404, nil},
		{"a file elsewhere", "GET", "/../secret", "", 404, nil},
		{"a file elsewhere through a link", "GET", "/" + string(link), "", 404, nil},
		{"a file below", "GET", name + "/x", "", 404, nil},
		{"writing", "PUT", name, "", 405, nil},
		{"removing", "DELETE", name, "", 405, nil},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			r := httptest.NewRequest(c.method, "/", nil)
			r.URL.Path = c.path
			if c.span != "" {
				r.Header.Set("Range", c.span)
			}
			w := httptest.NewRecorder()
			store.Handler().ServeHTTP(w, r)
			if w.Code != c.status || c.body != nil && !bytes.Equal(w.Body.Bytes(), c.body) {
				t.Errorf("%d with %d bytes, want %d with %d", w.Code, w.Body.Len(), c.status, len(c.body))
			}
			if c.body != nil && w.Header().Get("ETag") != `"`+string(d)+`"` {
				t.Errorf("the mark is %s", w.Header().Get("ETag"))
			}
			if c.method == "HEAD" && (w.Body.Len() != 0 || w.Header().Get("Content-Length") != "31000") {
				t.Errorf("%d bytes and %v", w.Body.Len(), w.Header())
			}
		})
	}
}

// held is an answer that is not taken until it is let go.
type held struct {
	*httptest.ResponseRecorder
	begun func()
	until chan struct{}
}

func (h *held) Write(p []byte) (int, error) {
	h.begun()
	<-h.until
	return h.ResponseRecorder.Write(p)
}

func TestFourNeighboursAtOnce(t *testing.T) {
	store, dir := fresh(t)
	d := cache.Of(sound)
	write(t, dir, string(d), sound)
	handler := store.Handler()
	ask := func(w http.ResponseWriter) { handler.ServeHTTP(w, httptest.NewRequest("GET", "/"+string(d), nil)) }
	until := make(chan struct{})
	var begun, ended sync.WaitGroup
	for range 4 {
		begun.Add(1)
		h := &held{httptest.NewRecorder(), sync.OnceFunc(begun.Done), until}
		ended.Go(func() { ask(h) })
	}
	begun.Wait()
	fifth := httptest.NewRecorder()
	ask(fifth)
	if fifth.Code != http.StatusServiceUnavailable || fifth.Header().Get("Retry-After") != "10" {
		t.Errorf("%d, %v; want 503 and when to come again", fifth.Code, fifth.Header())
	}
	close(until)
	ended.Wait()
	again := httptest.NewRecorder()
	ask(again)
	if again.Code != http.StatusOK || !bytes.Equal(again.Body.Bytes(), sound) {
		t.Errorf("%d with %d bytes once there is room", again.Code, again.Body.Len())
	}
}

// TestANeighbourFillsTheCacheOverTheNetwork is the real thing: two caches, a
// server between them, and a link that breaks.
func TestANeighbourFillsTheCacheOverTheNetwork(t *testing.T) {
	theirs, dir := fresh(t)
	ours, _ := fresh(t)
	d, size := cache.Of(sound), int64(len(sound))
	write(t, dir, string(d), sound)
	breaks := true
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if breaks {
			breaks = false
			w = &limited{ResponseWriter: w, left: 9000}
		}
		theirs.Handler().ServeHTTP(w, r)
	}))
	defer server.Close()
	neighbour := cache.Web("neighbour", server.Client(), server.URL+"/")
	from, err := ours.FetchFrom(t.Context(), []cache.Source{neighbour, neighbour}, d, size)
	if err != nil || from != "neighbour" || !ours.Has(d) {
		t.Errorf("from %q, %v", from, err)
	}
}

// TestAllAtOnce fetches, serves, reads and clears the same few files from many
// goroutines: whatever is returned is right, and in the end all are there.
func TestAllAtOnce(t *testing.T) {
	store, _ := fresh(t)
	files := [][]byte{blob('a', 70000), blob('b', 70000), blob('c', 70000)}
	source, handler := library(files...), store.Handler()
	var all sync.WaitGroup
	for i := range 12 {
		f := files[i%len(files)]
		d, size := cache.Of(f), int64(len(f))
		all.Go(func() {
			for range 10 {
				if _, err := store.FetchFrom(t.Context(), []cache.Source{source}, d, size); err != nil {
					t.Error(err)
				}
				if data, err := store.Read(d, size); err == nil && !bytes.Equal(data, f) {
					t.Error("a wrong file was read")
				}
				handler.ServeHTTP(httptest.NewRecorder(), httptest.NewRequest("GET", "/"+string(d), nil))
				if _, err := store.Keep(func(other cache.Digest) bool { return other != d }, day(1)); err != nil {
					t.Error(err)
				}
			}
		})
	}
	all.Wait()
	for _, f := range files {
		if _, err := store.FetchFrom(t.Context(), []cache.Source{source}, cache.Of(f), int64(len(f))); err != nil || !store.Has(cache.Of(f)) {
			t.Error(err)
		}
	}
}
