package speaker

import (
	"encoding/binary"
	"math"
	"sync"
	"time"

	"loaphuong/player"
)

// frameBytes is the size of a mono float32 frame.
const frameBytes = 4

// reader is what oto's player reads: the source, one period at a time, with
// silence before its clock knows the time. It never ends and never fails.
type reader struct {
	src      player.Source
	unplayed func() int // bytes of ours that oto has not pulled yet
	period   int64

	mu     sync.Mutex // makes stop wait for a read in progress
	begun  bool       // the source has been asked, and is from then on at every read
	over   bool
	clock  clock
	frames int64 // delivered
	buf    []float32
	read   time.Time // when the last read was
}

// Read implements io.Reader for oto's own goroutine.
func (r *reader) Read(p []byte) (int, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	n := int64(min(len(p)/frameBytes, len(r.buf)))
	buf := r.buf[:n]
	r.fill(buf, time.Now())
	for i, sample := range buf {
		binary.LittleEndian.PutUint32(p[frameBytes*i:], math.Float32bits(sample))
	}
	r.frames += n
	return int(n) * frameBytes, nil
}

// fill asks the source for frames, or leaves them silent.
func (r *reader) fill(buf []float32, now time.Time) {
	r.read = now
	pulled := r.frames - int64(r.unplayed()/frameBytes)
	r.clock.observe(now, pulled, r.period)
	r.begun = r.begun || r.clock.ready()
	if r.over || !r.begun {
		clear(buf)
		return
	}
	r.src.Fill(buf, r.clock.sounds(r.frames, now))
}

// stop makes sure that the source is not asked again.
func (r *reader) stop() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.over = true
}

// quiet is how long ago the last read was.
func (r *reader) quiet(now time.Time) time.Duration {
	r.mu.Lock()
	defer r.mu.Unlock()
	return now.Sub(r.read)
}
