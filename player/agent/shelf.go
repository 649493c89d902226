package agent

import (
	"context"
	"fmt"
	"net/http"
	"path/filepath"
	"strings"
	"time"

	"loaphuong/config"
	"loaphuong/devices"
	"loaphuong/devices/enrol"
	"loaphuong/player/cache"
	"loaphuong/scheduler"
)

// headerPatience is how long the centre may take to begin to answer.
const headerPatience = 20 * time.Second

func mediaClient(id enrol.Identity) *http.Client {
	return &http.Client{Transport: &http.Transport{
		TLSClientConfig:       id.TLS(),
		ResponseHeaderTimeout: headerPatience,
		IdleConnTimeout:       2 * time.Minute, // longer than from one look at the centre's clock to the next
		ForceAttemptHTTP2:     true,
	}}
}

// shelf is the cache, filled from whatever has the audio.
type shelf struct {
	files   *cache.Cache
	sources []cache.Source
}

// openShelf opens the cache of a station. What is near is asked before the
// centre, which is asked over the link that somebody pays for.
func openShelf(c config.Station, id enrol.Identity, client *http.Client) (*shelf, error) {
	files, err := cache.Open(filepath.Join(c.Data, "audio"))
	if err != nil {
		return nil, err
	}
	files.Budget, files.Reserve = c.Keep<<20, c.Reserve<<20
	files.SetLimit(int64(c.Bandwidth) * 1000 / 8)
	s := &shelf{files: files}
	for _, at := range c.Sources {
		if filepath.IsAbs(at) {
			s.sources = append(s.sources, cache.Folder(at))
		} else {
			near := &http.Client{Transport: &http.Transport{ResponseHeaderTimeout: headerPatience, IdleConnTimeout: time.Minute}}
			s.sources = append(s.sources, cache.Web(at, near, strings.TrimSuffix(at, "/")+"/"))
		}
	}
	s.sources = append(s.sources, cache.Web("centre", client, id.Media))
	return s, nil
}

// Has reports whether a file has been fetched and verified.
func (s *shelf) Has(d scheduler.Digest) bool { return s.files.Has(cache.Digest(d)) }

// Read returns a file whole, verified.
func (s *shelf) Read(d scheduler.Digest) ([]byte, error) {
	return s.files.Read(cache.Digest(d), devices.MaxFile)
}

// Fetch brings a file from the first source that has it, unless the disk has
// too little room: the log needs what is left.
func (s *shelf) Fetch(ctx context.Context, f devices.File) error {
	if free, known := s.files.Free(); known && free-f.Size < s.files.Reserve/2 {
		return fmt.Errorf("fetch %.12s: the disk has %d MB left: make room on it, or lower reserve", f.Digest, free>>20)
	}
	_, err := s.files.FetchFrom(ctx, s.sources, cache.Digest(f.Digest), f.Size)
	return err
}

// Keep lets go of what is not named, where the room is needed.
func (s *shelf) Keep(files []devices.File) error {
	names := make(map[cache.Digest]bool, len(files))
	for _, f := range files {
		names[cache.Digest(f.Digest)] = true
	}
	if _, err := s.files.Keep(func(d cache.Digest) bool { return names[d] }, time.Now()); err != nil {
		return fmt.Errorf("clear audio: %w", err)
	}
	return nil
}

// Shed removes files from the end of the list until so many bytes are free.
func (s *shelf) Shed(files []devices.File, bytes int64) error {
	order := make([]cache.Digest, len(files))
	for i, f := range files {
		order[i] = cache.Digest(f.Digest)
	}
	_, err := s.files.Shed(order, bytes)
	return err
}

// Room is how much room there is.
func (s *shelf) Room() Room {
	free, known := s.files.Free()
	room := Room{Low: known && free < s.files.Reserve}
	if known {
		room.Free = free
	}
	list, _ := s.files.List() // what cannot be listed is not counted
	for _, f := range list {
		room.Audio += f.Size
	}
	return room
}
