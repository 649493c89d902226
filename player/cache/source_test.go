package cache_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"loaphuong/player/cache"
)

// inProcess is a client's way to a handler without a network, so that it works
// in fake time.
type inProcess struct{ http.Handler }

func (h inProcess) RoundTrip(r *http.Request) (*http.Response, error) {
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w.Result(), nil
}

// site is a web source that answers with h, and counts how often it is asked.
func site(name string, h http.HandlerFunc) (cache.Source, *int) {
	asks := new(int)
	counting := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		*asks++
		h(w, r)
	})
	return cache.Web(name, &http.Client{Transport: inProcess{counting}}, "http://"+name+"/"), asks
}

// TestSources runs the contract of a source against all that there are.
func TestSources(t *testing.T) {
	d, absent := cache.Of(sound), cache.Of([]byte("absent"))
	shelf, dir := fresh(t)
	write(t, dir, string(d), sound)
	centre, _ := site("centre", func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path != "/"+string(d) {
			http.NotFound(w, r)
			return
		}
		whole(w, r)
	})
	neighbour, _ := site("neighbour", shelf.Handler().ServeHTTP)
	for _, s := range []cache.Source{centre, neighbour, cache.Folder(dir)} {
		t.Run(filepath.Base(s.Name()), func(t *testing.T) {
			size := int64(len(sound))
			for _, from := range []int64{0, 1, size - 1} {
				body, start, err := s.Open(t.Context(), d, size, from)
				if err != nil || start > from {
					t.Fatalf("from byte %d: begins at %d, %v", from, start, err)
				}
				if got, err := io.ReadAll(body); err != nil || !bytes.Equal(got, sound[start:]) {
					t.Errorf("from byte %d: %d bytes, %v", from, len(got), err)
				}
				body.Close()
			}
			if _, _, err := s.Open(t.Context(), absent, size, 0); !errors.Is(err, cache.ErrNotThere) {
				t.Errorf("absent: %v", err)
			}
			if _, _, err := s.Open(t.Context(), d, size+1, 0); !errors.Is(err, cache.ErrWrongFile) {
				t.Errorf("of another size: %v", err)
			}
		})
	}
}

func TestFolderOpensNothingButFiles(t *testing.T) {
	dir := t.TempDir()
	d := cache.Of(sound)
	write(t, dir, "secret", sound)
	cases := []struct {
		name   string
		put    func(path string) error
		folder string
		want   error
	}{
		{"no stick", func(string) error { return nil }, filepath.Join(dir, "nowhere"), cache.ErrNotThere},
		{"a file where the stick should be", func(string) error { return nil }, filepath.Join(dir, "secret"), cache.ErrNotThere},
		{"a link", func(path string) error { return os.Symlink(filepath.Join(dir, "secret"), path) }, dir, cache.ErrWrongFile},
		{"a directory", func(path string) error { return os.Mkdir(path, 0o755) }, dir, cache.ErrWrongFile},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			path := filepath.Join(dir, string(d))
			defer os.Remove(path)
			if err := c.put(path); err != nil {
				t.Fatal(err)
			}
			size := int64(len(sound))
			if info, err := os.Lstat(path); err == nil {
				size = info.Size() // which lets nothing else tell it from a file
			}
			if _, _, err := cache.Folder(c.folder).Open(t.Context(), d, size, 0); !errors.Is(err, c.want) {
				t.Errorf("%v, want %v", err, c.want)
			}
		})
	}
}

func TestEachSourceGoesOnWhereTheLastBrokeOff(t *testing.T) {
	store, dir := fresh(t)
	d, size := cache.Of(sound), int64(len(sound))
	stick := t.TempDir()
	write(t, stick, string(d), sound)
	centre, _ := site("centre", bytesOf(503, nil, nil))
	var ranges []string
	neighbour := func(name string, n int) cache.Source {
		s, _ := site(name, func(w http.ResponseWriter, r *http.Request) {
			ranges = append(ranges, r.Header.Get("Range"))
			from := 0
			if ranges[len(ranges)-1] != "" {
				fmt.Sscanf(ranges[len(ranges)-1], "bytes=%d-", &from)
				w.Header().Set("Content-Range", fmt.Sprintf("bytes %d-%d/%d", from, size-1, size))
				w.WriteHeader(http.StatusPartialContent)
			}
			_, _ = w.Write(sound[from : from+n]) // and the body just ends
		})
		return s
	}
	from, err := store.FetchFrom(t.Context(), []cache.Source{
		cache.Folder("/nowhere"), centre, neighbour("east", 5000), neighbour("west", 7000), cache.Folder(stick),
	}, d, size)
	if err != nil || from != stick || !store.Has(d) {
		t.Fatalf("from %q, %v", from, err)
	}
	if fmt.Sprint(ranges) != "[ bytes=5000-]" {
		t.Errorf("asked for %q", ranges)
	}
	if from, err := store.FetchFrom(t.Context(), nil, d, size); err != nil || from != "" {
		t.Errorf("what is here came from %q, %v", from, err)
	}
	if _, err := os.Stat(filepath.Join(dir, string(d)+".part")); err == nil {
		t.Error("the partial file is still there")
	}
}

func TestALiarIsRested(t *testing.T) {
	tampered := bytes.Clone(sound)
	tampered[9] ^= 1
	t.Run("other bytes", func(t *testing.T) { restsFor(t, tampered) })
	t.Run("more bytes", func(t *testing.T) { restsFor(t, append(bytes.Clone(sound), "more"...)) })
}

// restsFor lets a liar serve other bytes than it is asked for.
func restsFor(t *testing.T, other []byte) {
	synctest.Test(t, func(t *testing.T) {
		store, _ := fresh(t)
		d, size := cache.Of(sound), int64(len(sound))
		liar, asks := site("liar", unsized(other))
		for range 5 { // after 0, 3, 6, 9 and 12 minutes
			if _, err := store.FetchFrom(t.Context(), []cache.Source{liar}, d, size); !errors.Is(err, cache.ErrWrongFile) {
				t.Errorf("%v", err)
			}
			time.Sleep(3 * time.Minute)
		}
		if *asks != 2 {
			t.Errorf("asked %d times, want 2", *asks)
		}
		if _, err := store.FetchFrom(t.Context(), []cache.Source{liar}, cache.Of(other), int64(len(other))); err != nil {
			t.Errorf("its other files: %v", err)
		}
		honest, _ := site("honest", whole)
		if from, err := store.FetchFrom(t.Context(), []cache.Source{liar, honest}, d, size); err != nil || from != "honest" {
			t.Errorf("from %q, %v", from, err)
		}
	})
}

// TestALiarCannotBlameAnother: wrong bytes of one source and right ones of the
// next are a wrong file, and the next is not the liar.
func TestALiarCannotBlameAnother(t *testing.T) {
	store, _ := fresh(t)
	liar, _ := site("liar", unsized(bytes.Repeat([]byte("x"), 5000)))
	honest, asks := site("honest", whole)
	from, err := store.FetchFrom(t.Context(), []cache.Source{liar, honest}, cache.Of(sound), int64(len(sound)))
	if err != nil || from != "honest" || *asks != 2 {
		t.Errorf("from %q after %d requests, %v", from, *asks, err)
	}
}

func TestWhatTheSourcesSay(t *testing.T) {
	store, _ := fresh(t)
	d, size := cache.Of(sound), int64(len(sound))
	none, _ := site("none", http.NotFound)
	down, _ := site("down", bytesOf(503, nil, nil))
	shut, _ := site("shut", bytesOf(403, nil, nil))
	_, err := store.FetchFrom(t.Context(), []cache.Source{none, down, cache.Folder("/nowhere"), shut}, d, size)
	if !errors.Is(err, cache.ErrRefused) || errors.Is(err, cache.ErrNotThere) {
		t.Errorf("%v", err)
	}
	for _, part := range []string{"down: ", "503", "shut: ", "403"} {
		if !strings.Contains(err.Error(), part) {
			t.Errorf("%q lacks %q", err, part)
		}
	}
	if _, err := store.FetchFrom(t.Context(), []cache.Source{none, cache.Folder("/nowhere")}, d, size); !errors.Is(err, cache.ErrNotThere) {
		t.Errorf("nobody has it: %v", err)
	}
}

func TestASignedLinkIsFollowedAndNeverTold(t *testing.T) {
	store, dir := fresh(t)
	d, size := cache.Of(sound), int64(len(sound))
	write(t, dir, string(d)+".part", sound[:5000])
	var ranges []string
	objects := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		ranges = append(ranges, r.Header.Get("Range"))
		whole(w, r)
	}))
	target := objects.URL + "/x?signature=secret"
	centre := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, target, http.StatusTemporaryRedirect)
	}))
	defer centre.Close()
	if err := fetch(t.Context(), store, centre, d); err != nil || fmt.Sprint(ranges) != "[bytes=5000-]" {
		t.Errorf("asked for %q, %v", ranges, err)
	}
	objects.Close()
	_, err := store.FetchFrom(t.Context(), []cache.Source{cache.Web("centre", centre.Client(), centre.URL+"/")}, cache.Of([]byte("b")), size)
	if err == nil || strings.Contains(err.Error(), "secret") {
		t.Errorf("%v", err)
	}
}

// silent is a source that says nothing, or after its head nothing more.
type silent struct{ afterHead bool }

func (silent) Name() string  { return "silent" }
func (silent) Metered() bool { return true }
func (s silent) Open(ctx context.Context, _ cache.Digest, _, from int64) (io.ReadCloser, int64, error) {
	if s.afterHead {
		return io.NopCloser(hanging{ctx}), from, nil
	}
	<-ctx.Done()
	return nil, 0, ctx.Err()
}

// hanging is a body that never comes.
type hanging struct{ context.Context }

func (h hanging) Read([]byte) (int, error) {
	<-h.Done()
	return 0, h.Err()
}

func TestASilentSourceIsGivenUp(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		store, _ := fresh(t)
		honest, _ := site("honest", whole)
		begun := time.Now()
		_, err := store.FetchFrom(t.Context(), []cache.Source{silent{}, silent{true}}, cache.Of(sound), int64(len(sound)))
		if err == nil || strings.Count(err.Error(), "nothing came for 30s") != 2 || errors.Is(err, cache.ErrDisk) {
			t.Errorf("%v", err)
		}
		if took := time.Since(begun); took != time.Minute {
			t.Errorf("took %s, want a minute", took)
		}
		if _, err := store.FetchFrom(t.Context(), []cache.Source{silent{true}, honest}, cache.Of(sound), int64(len(sound))); err != nil {
			t.Errorf("%v", err)
		}
	})
}
