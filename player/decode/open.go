package decode

import (
	"encoding/binary"
	"errors"
	"fmt"
	"math"

	"github.com/tphakala/go-opus/opus"

	"loaphuong/player"
)

var (
	// ErrDamaged is for a file that began as Ogg Opus and is not whole: another
	// copy of it may be.
	ErrDamaged = errors.New("is damaged: fetch it again")
	// ErrFormat is for a file that no other copy will mend.
	ErrFormat = errors.New("cannot be played: only Ogg Opus with one stream of sound can")
)

const (
	// headPackets come before the first of sound: OpusHead and OpusTags.
	headPackets = 2
	// packetMost is the longest that an Opus packet can last, in frames.
	packetMost = player.Rate * 120 / 1000
	// headSize is the part of OpusHead that mono and stereo files have.
	headSize = 19
)

// Open checks a whole Ogg Opus file and returns it as a stream. It keeps data,
// which must not be changed. An error wraps ErrDamaged or ErrFormat and says
// what was found where.
func Open(data []byte) (*Stream, error) {
	s, err := open(data)
	switch {
	case errors.Is(err, ErrFormat):
		return nil, fmt.Errorf("this file %w", err)
	case err != nil:
		return nil, fmt.Errorf("this file %w: %w", ErrDamaged, err)
	}
	return s, nil
}

// open is Open with errors that say only what was found.
func open(data []byte) (*Stream, error) {
	if len(data) == 0 {
		return nil, errors.New("it is empty")
	}
	if n := min(len(data), 4); string(data[:n]) != "OggS"[:n] {
		return nil, fmt.Errorf("%w: it does not begin as Ogg does", ErrFormat)
	}
	var w packets
	if err := w.walk(data); err != nil {
		return nil, err
	}
	head, err := parseHead(w.list)
	if err != nil {
		return nil, err
	}
	length, err := w.length(head.skip)
	if err != nil {
		return nil, err
	}
	decoder, err := opus.NewDecoder(player.Rate, head.channels)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrFormat, err)
	}
	s := &Stream{decoder: decoder, whole: w.list[headPackets:], header: head, length: length}
	s.begin()
	return s, nil
}

// header is what OpusHead says of the sound; RFC 7845, 5.1.
type header struct {
	channels int
	skip     int64   // frames to drop at the start
	factor   float32 // from the decoder's integers to samples, the output gain included
}

// parseHead reads OpusHead and checks that the tags follow it.
func parseHead(list [][]byte) (h header, err error) {
	if len(list) < headPackets || len(list[0]) < headSize || string(list[0][:8]) != "OpusHead" {
		return h, fmt.Errorf("%w: it has no Opus header", ErrFormat)
	}
	head := list[0]
	if head[8]>>4 != 0 || head[9] < 1 || head[9] > 2 || head[18] != 0 {
		return h, fmt.Errorf("%w: version %d, %d channels, mapping %d", ErrFormat, head[8], head[9], head[18])
	}
	if len(list[1]) < 8 || string(list[1][:8]) != "OpusTags" {
		return h, errors.New("it has no Opus tags")
	}
	decibels := float64(int16(binary.LittleEndian.Uint16(head[16:]))) / 256
	h.channels = int(head[9])
	h.skip = int64(binary.LittleEndian.Uint16(head[10:]))
	h.factor = float32(math.Pow(10, decibels/20) / -math.MinInt16)
	return h, nil
}

// length is how many frames are to be played, skip of them already dropped. The
// pages' granules must agree with what the packets hold; only the last page may
// count less, which trims the end.
func (w *packets) length(skip int64) (int64, error) {
	held, base, done, first := int64(0), int64(0), headPackets, true
	for _, m := range w.marks {
		if m.packets <= headPackets {
			continue
		}
		n, err := duration(w.list[done:m.packets])
		if err != nil {
			return 0, fmt.Errorf("after packet %d: %w", done, err)
		}
		held, done = held+n, m.packets
		if first {
			base, first = max(m.granule-held, 0), false // above 0 where a recording was cut out of a longer one
		}
		counted := m.granule - base
		if counted > held || counted < held && !m.last || counted < 0 {
			return 0, fmt.Errorf("%d frames where its pages count %d", held, counted)
		}
		if m.last {
			held = counted
		}
	}
	if held <= skip {
		return 0, fmt.Errorf("%w: it holds no sound", ErrFormat)
	}
	return held - skip, nil
}

// duration is how many frames packets hold together.
func duration(packets [][]byte) (sum int64, err error) {
	for _, packet := range packets {
		n, err := opus.PacketDuration(packet)
		if err != nil {
			return 0, err
		}
		sum += int64(n)
	}
	return sum, nil
}
