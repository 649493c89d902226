package cache_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"sync"
	"sync/atomic"
	"testing"

	"loaphuong/player/cache"
)

// whole serves sound as it should be served.
func whole(w http.ResponseWriter, r *http.Request) {
	serveBytes(w, r, sound)
}

// breaking serves rightly but breaks the connection after n bytes.
func breaking(n int) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		whole(&limited{ResponseWriter: w, left: n}, r)
	}
}

// limited is a response that breaks off.
type limited struct {
	http.ResponseWriter
	left int
}

func (l *limited) Write(p []byte) (int, error) {
	if len(p) <= l.left {
		l.left -= len(p)
		return l.ResponseWriter.Write(p)
	}
	_, _ = l.ResponseWriter.Write(p[:l.left])
	_ = http.NewResponseController(l.ResponseWriter).Flush()
	panic(http.ErrAbortHandler)
}

// bytesOf serves the same bytes whatever is asked.
func bytesOf(status int, head map[string]string, body []byte) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		for name, value := range head {
			w.Header().Set(name, value)
		}
		w.WriteHeader(status)
		_, _ = w.Write(body)
	}
}

// unsized serves bytes without saying how many.
func unsized(body []byte) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		_ = http.NewResponseController(w).Flush()
		_, _ = w.Write(body)
	}
}

// tooMuch serves a rest that goes on behind its end.
func tooMuch(rest string, body []byte) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Range", rest+"*")
		w.WriteHeader(http.StatusPartialContent)
		_ = http.NewResponseController(w).Flush()
		_, _ = w.Write(body)
	}
}

// ranged is the head of a partial answer.
func ranged(value string) map[string]string { return map[string]string{"Content-Range": value} }

// fetch brings a file as long as sound from one server.
func fetch(ctx context.Context, c *cache.Cache, server *httptest.Server, d cache.Digest) error {
	_, err := c.FetchFrom(ctx, []cache.Source{cache.Web("centre", server.Client(), server.URL+"/")}, d, int64(len(sound)))
	return err
}

func TestFetch(t *testing.T) {
	size := len(sound)
	tampered := bytes.Clone(sound)
	tampered[size/2] ^= 0x20
	longer := append(bytes.Clone(sound), "more"...)
	half := sound[:size/2]
	rest := fmt.Sprintf("bytes %d-%d/", size/2, size-1)
	cases := []struct {
		name   string
		part   []byte // kept from before
		serve  http.HandlerFunc
		want   error
		leaves int // bytes of the partial file after an error
		asks   int32
	}{
		{"a whole file", nil, whole, nil, 0, 1},
		{"the rest of a file", half, whole, nil, 0, 1},
		{"all had come before", sound, whole, nil, 0, 0},
		{"a server that ignores Range", half, bytesOf(200, nil, sound), nil, 0, 1},
		{"a server that does not say the size", nil, unsized(sound), nil, 0, 1},
		{"a range of unknown total", half, bytesOf(206, ranged(rest+"*"), sound[size/2:]), nil, 0, 1},
		{"what was kept is another file's", bytes.Repeat([]byte("x"), 100), whole, nil, 0, 2},
		{"what was kept has zeros from a power cut", append(bytes.Clone(sound[:100]), make([]byte, 900)...), whole, nil, 0, 2},
		{"what was kept is damaged and of full size", tampered, whole, nil, 0, 1},
		{"what was kept is too much", longer, whole, nil, 0, 1},
		{"a link broken in what is here already", half, unsized(sound[:700]), cache.ErrInterrupted, size / 2, 1},
		{"a broken connection", nil, breaking(5000), cache.ErrInterrupted, 5000, 1},
		{"a connection broken again", half, breaking(5000), cache.ErrInterrupted, size/2 + 5000, 1},
		{"a body that just ends", nil, unsized(sound[:700]), cache.ErrInterrupted, 700, 1},
		{"tampered content", nil, bytesOf(200, nil, tampered), cache.ErrWrongFile, 0, 1},
		{"a longer file", nil, bytesOf(200, nil, longer), cache.ErrWrongFile, 0, 1},
		{"a rest that is too long", half, tooMuch(rest, longer[size/2:]), cache.ErrWrongFile, size / 2, 1},
		{"a longer file that hides it", nil, unsized(longer), cache.ErrWrongFile, 0, 1},
		{"a shorter file", nil, bytesOf(200, map[string]string{"Content-Length": fmt.Sprint(len(half))}, half), cache.ErrWrongFile, 0, 1},
		{"a range of another file", half, bytesOf(206, ranged(rest+"7"), sound[size/2:]), cache.ErrWrongFile, size / 2, 1},
		{"another range than asked for, always", half, bytesOf(206, ranged("bytes 0-9/10"), sound[:10]), cache.ErrRefused, size / 2, 2},
		{"a range nobody asked for", nil, bytesOf(206, ranged(rest+"*"), sound[size/2:]), cache.ErrRefused, 0, 1},
		{"416 for ever", half, bytesOf(416, nil, nil), cache.ErrRefused, size / 2, 2},
		{"not found", half, bytesOf(404, nil, []byte("no")), cache.ErrNotThere, size / 2, 1},
		{"a server in trouble", half, bytesOf(503, nil, nil), cache.ErrRefused, size / 2, 1},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			store, dir := fresh(t)
			d, asks := cache.Of(sound), atomic.Int32{}
			server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				asks.Add(1)
				c.serve(w, r)
			}))
			defer server.Close()
			part := filepath.Join(dir, string(d)+".part")
			if c.part != nil {
				write(t, dir, string(d)+".part", c.part)
			}
			err := fetch(t.Context(), store, server, d)
			if !errors.Is(err, c.want) {
				t.Fatalf("error %v, want %v", err, c.want)
			}
			if asks.Load() != c.asks {
				t.Errorf("%d requests, want %d", asks.Load(), c.asks)
			}
			if err == nil {
				got, err := store.Read(d, int64(size))
				if _, absent := os.Stat(part); err != nil || !bytes.Equal(got, sound) || absent == nil {
					t.Errorf("read %d bytes, %v; the partial file: %v", len(got), err, absent)
				}
				return
			}
			if info, err := os.Stat(part); store.Has(d) || err != nil || info.Size() != int64(c.leaves) {
				t.Errorf("has it: %v; partial file %v, %v, want %d bytes", store.Has(d), info, err, c.leaves)
			}
		})
	}
}

func TestAnInterruptedFetchIsResumedByAnotherCache(t *testing.T) {
	store, dir := fresh(t)
	d, sent := cache.Of(sound), []string{}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		sent = append(sent, r.Header.Get("Range"))
		breaking(8000)(w, r)
	}))
	defer server.Close()
	for range 10 {
		if err := fetch(t.Context(), store, server, d); err == nil {
			break
		}
		again, err := cache.Open(dir) // as after a restart
		if err != nil {
			t.Fatal(err)
		}
		store = again
	}
	want := []string{"", "bytes=8000-", "bytes=16000-", "bytes=24000-"}
	if fmt.Sprint(sent) != fmt.Sprint(want) || !store.Has(d) {
		t.Errorf("asked for %q, want %q; has it: %v", sent, want, store.Has(d))
	}
}

func TestFetchesOfOneFileTakeTurns(t *testing.T) {
	store, _ := fresh(t)
	var asks atomic.Int32
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		asks.Add(1)
		whole(w, r)
	}))
	defer server.Close()
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			if err := fetch(t.Context(), store, server, cache.Of(sound)); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	if asks.Load() != 1 {
		t.Errorf("%d requests, want 1", asks.Load())
	}
}

func TestFetchEndsWithItsContext(t *testing.T) {
	store, _ := fresh(t)
	ctx, cancel := context.WithCancel(t.Context())
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.WriteHeader(http.StatusOK)
		_ = http.NewResponseController(w).Flush()
		cancel()
		<-r.Context().Done()
	}))
	defer server.Close()
	err := fetch(ctx, store, server, cache.Of(sound))
	if !errors.Is(err, cache.ErrInterrupted) || !errors.Is(err, context.Canceled) {
		t.Errorf("%v, want interrupted and canceled", err)
	}
}

func TestFetchRefusesWhatCannotBe(t *testing.T) {
	store, _ := fresh(t)
	for d, size := range map[cache.Digest]int64{"../x": 10, cache.Of(sound): -1} {
		if _, err := store.FetchFrom(t.Context(), nil, d, size); err == nil {
			t.Errorf("%q of %d bytes was fetched", d, size)
		}
	}
}
