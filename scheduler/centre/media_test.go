package centre

import (
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"loaphuong/devices"
	"loaphuong/scheduler"
	"loaphuong/scheduler/studio"
)

// shown is a connection whose other end has shown a certificate.
func shown(role devices.Role, name string) *tls.ConnectionState {
	c := &x509.Certificate{Subject: pkix.Name{OrganizationalUnit: []string{string(role)}, CommonName: name}}
	return &tls.ConnectionState{VerifiedChains: [][]*x509.Certificate{{c}}}
}

func TestMedia(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	s := get[*studio.Studio](t)(studio.New(t.Context(), studio.DefaultSettings(dir)))
	sound := strings.Repeat("âm thanh ", 1000)
	digest := scheduler.DigestOf([]byte(sound))
	must(t, os.WriteFile(filepath.Join(dir, string(digest)+".opus"), []byte(sound), 0o644))
	mux := http.NewServeMux()
	mux.HandleFunc("GET "+mediaPath+"{digest}", media(s, slog.New(slog.DiscardHandler)))
	station := shown(devices.StationRole, "tan-hung")
	for _, c := range []struct {
		why    string
		who    *tls.ConnectionState
		digest scheduler.Digest
		span   string // of bytes
		status int
		body   string // "" for whatever it says
	}{
		{"whole", station, digest, "", http.StatusOK, sound},
		{"the rest", station, digest, "bytes=500-", http.StatusPartialContent, sound[500:]},
		{"the middle", station, digest, "bytes=500-599", http.StatusPartialContent, sound[500:600]},
		{"beyond the end", station, digest, "bytes=99999-", http.StatusRequestedRangeNotSatisfiable, ""},
		{"without TLS", nil, digest, "", http.StatusForbidden, ""},
		{"without a certificate", &tls.ConnectionState{}, digest, "", http.StatusForbidden, ""},
		{"the centre itself", shown(devices.CentreRole, devices.CentreName), digest, "", http.StatusForbidden, ""},
		{"a station of no name", shown(devices.StationRole, "Đài"), digest, "", http.StatusForbidden, ""},
		{"no certificate, no hint", nil, digestOf("absent"), "", http.StatusForbidden, ""},
		{"a short digest", station, "abc", "", http.StatusBadRequest, ""},
		{"a digest in capitals", station, scheduler.Digest(strings.ToUpper(string(digest))), "", http.StatusBadRequest, ""},
		{"a way out", station, "..%2f..%2fcentre.db", "", http.StatusBadRequest, ""},
		{"absent", station, digestOf("absent"), "", http.StatusNotFound, ""},
	} {
		r := httptest.NewRequest(http.MethodGet, mediaPath+string(c.digest), nil)
		r.TLS = c.who
		if c.span != "" {
			r.Header.Set("Range", c.span)
		}
		w := httptest.NewRecorder()
		mux.ServeHTTP(w, r)
		if w.Code != c.status || c.body != "" && w.Body.String() != c.body {
			t.Errorf("%s: %d with %d bytes, want %d with %d", c.why, w.Code, w.Body.Len(), c.status, len(c.body))
		}
		if c.status < 300 && (w.Header().Get("ETag") != `"`+string(digest)+`"` || w.Header().Get("Content-Type") != "audio/ogg") {
			t.Errorf("%s: headers %v", c.why, w.Header())
		}
	}
}
