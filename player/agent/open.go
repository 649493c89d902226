package agent

import (
	"context"
	"fmt"
	"log/slog"
	"net/http"
	"path/filepath"
	"time"

	"loaphuong/config"
	"loaphuong/devices"
	"loaphuong/devices/enrol"
	"loaphuong/devices/mqtt"
	"loaphuong/player"
	"loaphuong/player/cache"
	"loaphuong/player/decode"
	"loaphuong/scheduler"
)

// Open makes the agent of an enrolled station that plays on card. The returned
// function lets go of its logbook.
func Open(c config.Station, card player.Card, version string, log *slog.Logger) (*Agent, func() error, error) {
	id, err := enrol.Load(IdentityDir(c))
	if err != nil {
		return nil, nil, err
	}
	files, err := cache.Open(filepath.Join(c.Data, "audio"))
	if err != nil {
		return nil, nil, err
	}
	book, err := OpenLogbook(filepath.Join(c.Data, "logbook.db"), time.Now())
	if err != nil {
		return nil, nil, err
	}
	a, err := New(Parts{
		Station: id.Station,
		Keys:    id.Keyring,
		Link:    mqtt.New(mqtt.Config{Brokers: id.Brokers, TLS: id.TLS(), Log: log.With("part", "link")}),
		Card:    card,
		Files:   &shelf{files: files, client: mediaClient(id), base: id.Media},
		Decode:  func(data []byte) (player.Stream, error) { return decode.Open(data) },
		Book:    book,
		Version: version,
		Log:     log,
		Renew:   renewing(IdentityDir(c)),
	})
	if err != nil {
		book.Close()
		return nil, nil, err
	}
	return a, book.Close, nil
}

// IdentityDir is where a station keeps what it got when it was enrolled.
func IdentityDir(c config.Station) string { return filepath.Join(c.Data, "identity") }

// renewing renews the identity in dir when its certificate is near its end. A
// running link takes the new certificate at its next connect.
func renewing(dir string) func(context.Context) error {
	return func(ctx context.Context) error {
		id, err := enrol.Load(dir)
		if err != nil || time.Until(id.Expires) > enrol.RenewBefore {
			return err
		}
		_, err = enrol.Renew(ctx, dir)
		return err
	}
}

// headerPatience is how long the centre may take to begin to answer.
const headerPatience = 20 * time.Second

func mediaClient(id enrol.Identity) *http.Client {
	return &http.Client{Transport: &http.Transport{
		TLSClientConfig:       id.TLS(),
		ResponseHeaderTimeout: headerPatience,
		IdleConnTimeout:       time.Minute,
		ForceAttemptHTTP2:     true,
	}}
}

// shelf is the cache, filled from the centre.
type shelf struct {
	files  *cache.Cache
	client *http.Client
	base   string // the digest follows
}

// Has reports whether a file has been fetched and verified.
func (s *shelf) Has(d scheduler.Digest) bool { return s.files.Has(cache.Digest(d)) }

// Read returns a file whole, verified.
func (s *shelf) Read(d scheduler.Digest) ([]byte, error) {
	return s.files.Read(cache.Digest(d), devices.MaxFile)
}

// Fetch brings a file from the centre.
func (s *shelf) Fetch(ctx context.Context, f devices.File) error {
	return s.files.Fetch(ctx, s.client, s.base+string(f.Digest), cache.Digest(f.Digest), f.Size)
}

// Keep removes what is not named.
func (s *shelf) Keep(files []devices.File) error {
	names := make(map[cache.Digest]bool, len(files))
	for _, f := range files {
		names[cache.Digest(f.Digest)] = true
	}
	if _, err := s.files.Keep(func(d cache.Digest) bool { return names[d] }); err != nil {
		return fmt.Errorf("clear audio: %w", err)
	}
	return nil
}
