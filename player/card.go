package player

import (
	"context"
	"time"
)

// Rate is the one sample rate, in frames a second.
const Rate = 48000

// Source is what a card pulls its frames from.
type Source interface {
	// Fill writes the next len(buf) frames. The first of them will be heard
	// at sounds, by the card's best knowledge, device latency included.
	Fill(buf []float32, sounds time.Time)
}

// Card is a sound card, real or not. Every implementation promises, and
// player/cardtest checks, that
//
//  1. Run pulls frames without a pause from its start until ctx ends, whether
//     or not anything sounds, never more than one period ahead of need;
//  2. successive calls of Fill carry successive frames, in one goroutine;
//  3. sounds grows by the length of the frames delivered, to within a
//     millisecond, except after an underrun, when it jumps forward;
//  4. Run returns nil when ctx ends and an error that names the card when the
//     card cannot be opened or is lost; it may then be run again.
type Card interface {
	// Name tells a person which card this is: "alsa:default", "silent".
	Name() string
	Run(ctx context.Context, src Source) error
}

// Frames is the number of frames in d, rounded to the nearest. It is right for
// any d: whole seconds are taken apart first, since 54 hours of nanoseconds
// times Rate overflow 64 bits.
func Frames(d time.Duration) int64 {
	half := time.Second / 2
	if d < 0 {
		half = -half
	}
	return int64(d/time.Second*Rate + (d%time.Second*Rate+half)/time.Second)
}

// Duration is the length of n frames, to the nanosecond below.
func Duration(n int64) time.Duration {
	return time.Duration(n/Rate)*time.Second + time.Duration(n%Rate)*time.Second/Rate
}
