package web

import (
	"crypto/sha256"
	"crypto/subtle"
	"net"
	"net/http"
	"strings"
)

// policy lets a page load what this handler serves and nothing else, be framed
// by nobody, and send its forms nowhere else.
const policy = "default-src 'self'; base-uri 'none'; object-src 'none'; form-action 'self'; frame-ancestors 'none'"

// secured sets the headers that every answer carries.
func secured(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Content-Security-Policy", policy)
		h.Set("Cross-Origin-Resource-Policy", "same-origin") // another site's page may not embed the audio
		h.Set("Cross-Origin-Opener-Policy", "same-origin")
		h.Set("Referrer-Policy", "same-origin")
		h.Set("X-Content-Type-Options", "nosniff")
		next.ServeHTTP(w, r)
	})
}

// loopbackOnly refuses requests that did not ask for a loopback name. A browser
// says in Host which name it looked up, so a foreign name that resolves to this
// machine shows.
func loopbackOnly(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if isLoopbackHost(r.Host) {
			next.ServeHTTP(w, r)
			return
		}
		const words = "this centre answers only as localhost, 127.0.0.1 or [::1]: open it under one of these names"
		if underAPI(r) {
			writeProblem(w, http.StatusMisdirectedRequest, words)
			return
		}
		http.Error(w, "Trang này chỉ mở được tại localhost, 127.0.0.1 hoặc [::1].\n"+words, http.StatusMisdirectedRequest)
	})
}

func isLoopbackHost(host string) bool {
	name := strings.TrimSuffix(strings.TrimPrefix(host, "["), "]")
	if n, _, err := net.SplitHostPort(host); err == nil {
		name = n
	}
	return strings.EqualFold(name, "localhost") || name == "127.0.0.1" || name == "::1"
}

func underAPI(r *http.Request) bool { return strings.HasPrefix(r.URL.Path, "/v1/") }

// admits reports whether an Authorization header shows the token. Digests are
// compared, so that the time it takes tells neither the token nor its length.
func (s *server) admits(authorization string) bool {
	shown, ok := strings.CutPrefix(authorization, "Bearer ")
	got, want := sha256.Sum256([]byte(shown)), sha256.Sum256([]byte(s.opts.Token))
	return subtle.ConstantTimeCompare(got[:], want[:]) == 1 && ok && s.opts.Token != ""
}
