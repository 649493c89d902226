package rehearsal

import (
	"context"
	"errors"
	"io"
	"slices"
	"time"

	"loaphuong/devices"
	"loaphuong/player"
	"loaphuong/player/agent"
	"loaphuong/scheduler"
)

// shelf is a station's audio on disk, and how it comes there. It has no
// contents.
type shelf struct {
	have   map[scheduler.Digest]bool
	part   map[scheduler.Digest]int64 // bytes that have come of what is not whole
	wanted []devices.File             // in order
	wait   time.Duration              // before the next try
	began  time.Time                  // when the first of them was begun or gone on with; zero where it is not coming
}

func newShelf() shelf {
	return shelf{have: map[scheduler.Digest]bool{}, part: map[scheduler.Digest]int64{}}
}

// Has implements agent.Files.
func (s *shelf) Has(d scheduler.Digest) bool { return s.have[d] }

// Read implements agent.Files.
func (s *shelf) Read(scheduler.Digest) ([]byte, error) { return nil, nil }

// Fetch implements agent.Files. A stepped agent never asks.
func (s *shelf) Fetch(context.Context, devices.File) error { return errors.ErrUnsupported }

// Keep implements agent.Files.
func (s *shelf) Keep(files []devices.File) error {
	named := make(map[scheduler.Digest]bool, len(files))
	for _, f := range files {
		named[f.Digest] = true
	}
	for d := range s.have {
		if !named[d] {
			delete(s.have, d)
		}
	}
	return nil
}

// Shed implements agent.Files. The disk of a rehearsal has room for audio.
func (s *shelf) Shed([]devices.File, int64) error { return nil }

// Room implements agent.Files.
func (s *shelf) Room() agent.Room { return agent.Room{} }

// decode opens anything as a stream; the model of the mixer goes by lengths.
func decode([]byte) (player.Stream, error) { return silence{}, nil }

type silence struct{}

// Read implements player.Stream.
func (silence) Read([]float32) (int, error) { return 0, io.EOF }

const (
	fetching   = "fetching"
	fetchFails = time.Second     // how long it takes to see that a file does not come
	fetchLeast = time.Second     // how long it then takes to be tried again at first,
	fetchMost  = 2 * time.Minute // and at most
)

var errNoLink = errors.New("the centre cannot be reached")

// wish fetches other files than before. A file that is coming comes first.
func (s *Show) wish(files []devices.File) {
	if !s.shelf.began.IsZero() {
		coming := s.shelf.wanted[0]
		files = slices.DeleteFunc(files, func(f devices.File) bool { return f.Digest == coming.Digest })
		s.shelf.wanted = append([]devices.File{coming}, files...)
		return
	}
	s.shelf.wanted, s.shelf.wait = files, fetchLeast
	s.fetch()
}

// fetch goes on with the first file that is wanted.
func (s *Show) fetch() {
	if s.steps == nil || len(s.shelf.wanted) == 0 {
		return
	}
	if err := s.unfetchable(); err != nil {
		s.agenda.put(s.now.Add(fetchFails), fetching, func() { s.fetchFailed(err) })
		return
	}
	f := s.shelf.wanted[0]
	s.shelf.began = s.now
	left := float64(f.Size-s.shelf.part[f.Digest]) / float64(s.Bandwidth)
	s.agenda.put(s.now.Add(time.Duration(left*float64(time.Second))), fetching, s.fetched)
}

// unfetchable is what stands against fetching anything.
func (s *Show) unfetchable() error {
	if s.fails[Link] {
		return errNoLink
	}
	return s.full()
}

// fetched puts the file that has come on the shelf.
func (s *Show) fetched() {
	f := s.shelf.wanted[0]
	s.shelf.wanted, s.shelf.began, s.shelf.have[f.Digest] = s.shelf.wanted[1:], time.Time{}, true
	s.shelf.wait = fetchLeast
	delete(s.shelf.part, f.Digest)
	s.steps.Fetched(f, nil, s.clock())
	s.fetch()
}

// fetchFailed tells the agent why a file does not come, and tries the next one
// later. The agent waits between half and the whole of the time that this waits.
func (s *Show) fetchFailed(err error) {
	f := s.shelf.wanted[0]
	s.shelf.wanted = append(s.shelf.wanted[1:], f)
	s.steps.Fetched(f, err, s.clock())
	s.agenda.put(s.now.Add(s.shelf.wait*3/4), fetching, s.fetch)
	s.shelf.wait = min(2*s.shelf.wait, fetchMost)
}

// halt breaks a fetch off; what has come of the file stays.
func (s *Show) halt() {
	s.agenda.drop(fetching)
	if !s.shelf.began.IsZero() {
		s.shelf.part[s.shelf.wanted[0].Digest] += int64(s.now.Sub(s.shelf.began).Seconds() * float64(s.Bandwidth))
		s.shelf.began = time.Time{}
	}
}
