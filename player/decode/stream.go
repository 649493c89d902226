package decode

import (
	"fmt"
	"io"
	"time"

	"github.com/tphakala/go-opus/opus"

	"loaphuong/player"
)

// Stream is a file of Ogg Opus as mono sound at [player.Rate]; stereo is mixed
// down. It implements [player.Stream]. It is not safe for concurrent use.
type Stream struct {
	decoder *opus.Decoder
	whole   [][]byte // every packet of sound
	packets [][]byte // of whole, not yet decoded
	header           // as the file has it
	drop    int64    // frames still to drop at the start
	left    int64    // frames still to return
	length  int64
	pcm     [2 * packetMost]int16
	ready   []int16 // of pcm, decoded, mono and not yet returned
}

// Length is exactly how long the stream is.
func (s *Stream) Length() time.Duration { return player.Duration(s.length) }

// Read implements [player.Stream]. It decodes a packet at a time and waits for
// nothing. It allocates nothing itself; the decoder does, some 10 kB a packet.
func (s *Stream) Read(buf []float32) (n int, err error) {
	for n < len(buf) && s.left > 0 {
		if len(s.ready) == 0 {
			if err := s.decode(); err != nil {
				return n, err
			}
		}
		m := int64(min(len(buf)-n, len(s.ready)))
		m = min(m, s.left)
		for i, sample := range s.ready[:m] {
			buf[n+i] = float32(sample) * s.factor
		}
		s.ready, s.left, n = s.ready[m:], s.left-m, n+int(m)
	}
	if s.left == 0 {
		return n, io.EOF
	}
	return n, nil
}

// decode makes the next packet ready, without what of it is to be dropped.
func (s *Stream) decode() error {
	if len(s.packets) == 0 {
		return fmt.Errorf("the file %w: %d frames are missing at its end", ErrDamaged, s.left)
	}
	n, err := s.decoder.Decode(s.packets[0], s.pcm[:])
	if err != nil {
		return fmt.Errorf("the file %w: %w", ErrDamaged, err)
	}
	s.packets = s.packets[1:]
	if s.channels == 2 {
		mixDown(s.pcm[:2*n])
	}
	drop := min(s.drop, int64(n))
	s.drop -= drop
	s.ready = s.pcm[drop:n]
	return nil
}

// Rewind goes back to the first frame. What is read after it is to the bit what
// was read at first, also where Read had ended or failed. It never fails: the
// file is in memory.
func (s *Stream) Rewind() error {
	s.decoder.Reset()
	s.begin()
	return nil
}

// begin makes everything but the decoder as it is before the first frame.
func (s *Stream) begin() {
	s.packets, s.drop, s.left, s.ready = s.whole, s.skip, s.length, nil
}

// mixDown leaves the mean of each pair in the first half of pcm. The decoder
// can give mono by itself, but then drops part of what only one side has.
func mixDown(pcm []int16) {
	for i := range len(pcm) / 2 {
		pcm[i] = int16((int32(pcm[2*i]) + int32(pcm[2*i+1])) / 2)
	}
}
