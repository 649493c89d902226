package cache_test

import (
	"context"
	"errors"
	"net/http"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"loaphuong/player/cache"
)

// blob is a file of n bytes, each seed.
func blob(seed byte, n int) []byte {
	data := make([]byte, n)
	for i := range data {
		data[i] = seed
	}
	return data
}

// library is a web source with files.
func library(files ...[]byte) cache.Source {
	byName := map[string][]byte{}
	for _, f := range files {
		byName["/"+string(cache.Of(f))] = f
	}
	serve := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { serveBytes(w, r, byName[r.URL.Path]) })
	return cache.Web("library", &http.Client{Transport: inProcess{serve}}, "http://library/")
}

func TestTheLimitIsSharedByAllTransfers(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		store, _ := fresh(t)
		store.SetLimit(16 << 10)
		begun := time.Now()
		var all sync.WaitGroup
		for i := range 4 {
			all.Go(func() {
				f := blob(byte(i), 256<<10)
				if _, err := store.FetchFrom(t.Context(), []cache.Source{library(f)}, cache.Of(f), int64(len(f))); err != nil {
					t.Error(err)
				}
			})
		}
		all.Wait()
		// 1 MiB at 16 KiB/s is 64 s, of which the first 32 KiB come at once.
		if took := time.Since(begun).Round(time.Millisecond); took != 62*time.Second {
			t.Errorf("took %s, want 1m2s", took)
		}
	})
}

func TestTheLimitChangesUnderATransfer(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		store, _ := fresh(t)
		store.SetLimit(1 << 10)
		begun, f := time.Now(), blob('x', 1<<20) // 17 minutes at that
		go func() {
			time.Sleep(time.Minute)
			store.SetLimit(0)
		}()
		if _, err := store.FetchFrom(t.Context(), []cache.Source{library(f)}, cache.Of(f), int64(len(f))); err != nil {
			t.Fatal(err)
		}
		if took := time.Since(begun); took < time.Minute || took > 2*time.Minute {
			t.Errorf("took %s, want little over a minute", took)
		}
	})
}

func TestAStickIsUnderNoLimit(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		store, _ := fresh(t)
		store.SetLimit(1)
		stick := t.TempDir()
		write(t, stick, string(cache.Of(sound)), sound)
		begun := time.Now()
		if _, err := store.FetchFrom(t.Context(), []cache.Source{cache.Folder(stick)}, cache.Of(sound), int64(len(sound))); err != nil {
			t.Fatal(err)
		}
		if took := time.Since(begun); took != 0 {
			t.Errorf("took %s", took)
		}
	})
}

func TestATransferThatWaitsForTheLimitEndsWithItsContext(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		store, _ := fresh(t)
		store.SetLimit(1)
		ctx, cancel := context.WithCancel(t.Context())
		begun, f := time.Now(), blob('x', 1<<20)
		time.AfterFunc(time.Second, cancel)
		_, err := store.FetchFrom(ctx, []cache.Source{library(f)}, cache.Of(f), int64(len(f)))
		if took := time.Since(begun); !errors.Is(err, context.Canceled) || !errors.Is(err, cache.ErrInterrupted) || took != time.Second {
			t.Errorf("after %s: %v", took, err)
		}
	})
}
