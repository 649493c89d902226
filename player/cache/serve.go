package cache

import (
	"net/http"
	"os"
	"strconv"
	"strings"
	"time"
)

const (
	guests    = 4                // neighbours served at once
	guestTime = 5 * time.Minute  // for one answer; who is slower asks for the rest
	comeAgain = 10 * time.Second // what a neighbour is told that finds no place
)

// Handler serves whole files to neighbours at /DIGEST, with ranges. It lists
// nothing, serves at most four at once and reads nothing outside the directory.
// A neighbour digests what it gets; it is not digested here.
func (c *Cache) Handler() http.Handler {
	places := make(chan struct{}, guests)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		select {
		case places <- struct{}{}:
			defer func() { <-places }()
			c.serve(w, r)
		default:
			w.Header().Set("Retry-After", strconv.Itoa(int(comeAgain.Seconds())))
			http.Error(w, "busy", http.StatusServiceUnavailable)
		}
	})
}

// serve answers one neighbour.
func (c *Cache) serve(w http.ResponseWriter, r *http.Request) {
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		w.Header().Set("Allow", "GET, HEAD")
		http.Error(w, "only to be read", http.StatusMethodNotAllowed)
		return
	}
	d := Digest(strings.TrimPrefix(r.URL.Path, "/"))
	if !c.Has(d) {
		http.NotFound(w, r)
		return
	}
	file, err := os.OpenInRoot(c.dir, string(d))
	if err != nil {
		http.Error(w, "not to be read", http.StatusInternalServerError)
		return
	}
	defer file.Close()
	_ = http.NewResponseController(w).SetWriteDeadline(time.Now().Add(guestTime)) // not every server can
	w.Header().Set("Content-Type", "application/octet-stream")
	w.Header().Set("ETag", strconv.Quote(string(d)))
	http.ServeContent(w, r, "", time.Time{}, file)
}
