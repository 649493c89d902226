package silent

import (
	"bytes"
	"encoding/binary"
	"math"
	"time"

	"loaphuong/player"
)

const (
	frameBytes = 2   // 16-bit mono
	headerSize = 654 // bytes before the first sample: what header returns
	// wavLimit is the size at which a file is full: RIFF counts its bytes in 32
	// bits, and readers that count them signed are as common as others, but a
	// file of 2 GiB is only 6 hours and one of 4 GiB is twelve.
	wavLimit = math.MaxUint32
	origin   = "Loaphuong"
)

// bext is the fixed part of the chunk of EBU Tech 3285, version 1, in file
// order. It is what makes a Wave file a Broadcast Wave file: it says when the
// first sample sounded.
type bext struct {
	Description   [256]byte
	Originator    [32]byte
	Reference     [32]byte
	Date          [10]byte // yyyy-mm-dd
	Time          [8]byte  // hh:mm:ss
	TimeReference uint64   // samples from midnight to sample 0; the standard's low word comes first
	Version       uint16
	UMID          [64]byte
	Reserved      [190]byte
}

// format is the fmt chunk for 16-bit mono PCM.
type format struct {
	Code, Channels    uint16
	Rate, BytesPerSec uint32
	BlockAlign, Bits  uint16
}

// chunk is a RIFF chunk's header.
type chunk struct {
	ID   [4]byte
	Size uint32
}

// header is everything before the samples of a file whose sample 0 sounded at
// start and which holds frames of them.
func header(start time.Time, frames int64) []byte {
	var fixed, file bytes.Buffer
	put(&fixed, [4]byte{'W', 'A', 'V', 'E'})
	put(&fixed, chunk{ID: [4]byte{'b', 'e', 'x', 't'}, Size: uint32(binary.Size(bext{}))})
	put(&fixed, describe(start))
	put(&fixed, chunk{ID: [4]byte{'f', 'm', 't', ' '}, Size: uint32(binary.Size(format{}))})
	put(&fixed, format{Code: 1, Channels: 1, Rate: player.Rate,
		BytesPerSec: player.Rate * frameBytes, BlockAlign: frameBytes, Bits: 8 * frameBytes})
	data := uint32(frames * frameBytes)
	put(&fixed, chunk{ID: [4]byte{'d', 'a', 't', 'a'}, Size: data})
	put(&file, chunk{ID: [4]byte{'R', 'I', 'F', 'F'}, Size: uint32(fixed.Len()) + data})
	return append(file.Bytes(), fixed.Bytes()...)
}

// describe fills the bext chunk for a file that begins at start. The clock of
// the file is UTC, as every instant that is recorded.
func describe(start time.Time) bext {
	start = start.UTC()
	year, month, day := start.Date()
	midnight := time.Date(year, month, day, 0, 0, 0, 0, time.UTC)
	b := bext{Version: 1, TimeReference: uint64(player.Frames(start.Sub(midnight)))}
	copy(b.Description[:], "What this station sounded, silence included")
	copy(b.Originator[:], origin)
	copy(b.Date[:], start.Format("2006-01-02"))
	copy(b.Time[:], start.Format("15:04:05"))
	return b
}

// put writes a value of fixed size, which a buffer cannot refuse.
func put(to *bytes.Buffer, value any) {
	_ = binary.Write(to, binary.LittleEndian, value)
}
