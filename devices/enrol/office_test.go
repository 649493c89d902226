package enrol

import (
	"context"
	"crypto/tls"
	"fmt"
	"io"
	"log"
	"net/http"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"loaphuong/scheduler"
)

// memoryCodes is the centre's table of codes.
type memoryCodes struct {
	mu    sync.Mutex
	codes map[string]*given // by hash
}

type given struct {
	station scheduler.StationID
	expires time.Time
	used    bool
}

func (m *memoryCodes) Take(_ context.Context, hash string, now time.Time) (scheduler.StationID, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	g := m.codes[hash]
	switch {
	case g == nil:
		return "", ErrCodeUnknown
	case g.used:
		return "", fmt.Errorf("station %s: %w", g.station, ErrCodeUsed)
	case !now.Before(g.expires):
		return "", fmt.Errorf("station %s: %w", g.station, ErrCodeExpired)
	}
	g.used = true
	return g.station, nil
}

// office is a centre that takes stations in.
type office struct {
	t         *testing.T
	authority *Authority
	codes     *memoryCodes
	url       string
	revoked   map[scheduler.StationID]bool
}

func newAuthority(t *testing.T) *Authority {
	t.Helper()
	a, err := OpenAuthority(filepath.Join(t.TempDir(), "authority"), nil)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

func newOffice(t *testing.T) *office {
	t.Helper()
	o := &office{
		t: t, authority: newAuthority(t), codes: &memoryCodes{codes: map[string]*given{}},
		revoked: map[scheduler.StationID]bool{},
	}
	o.url = serve(t, o.authority.ServerTLS(), Handler(o.authority, o.codes, Offer{
		Brokers: []string{"ssl://centre.example.vn:8883"},
		Media:   "https://centre.example.vn:8443/media/",
		Revoked: func(s scheduler.StationID) bool { return o.revoked[s] },
	}))
	return o
}

func serve(t *testing.T, config *tls.Config, h http.Handler) string {
	t.Helper()
	l, err := tls.Listen("tcp", "127.0.0.1:0", config) // httptest's would add its own certificate
	if err != nil {
		t.Fatal(err)
	}
	s := &http.Server{Handler: h, ErrorLog: log.New(io.Discard, "", 0)}
	go s.Serve(l) // until Close
	t.Cleanup(func() { s.Close() })
	return "https://" + l.Addr().String()
}

// gives prints a code for a station.
func (o *office) gives(station scheduler.StationID, life time.Duration) string {
	c := o.authority.NewCode()
	o.codes.mu.Lock()
	defer o.codes.mu.Unlock()
	o.codes.codes[c.Hash()] = &given{station: station, expires: time.Now().Add(life)}
	return c.String()
}

// enrolled is a station that has joined, in dir.
func (o *office) enrolled(station scheduler.StationID, dir string) Identity {
	o.t.Helper()
	id, err := Join(o.t.Context(), o.url, o.gives(station, time.Hour), dir)
	if err != nil {
		o.t.Fatal(err)
	}
	return id
}
