package player

import (
	"errors"
	"fmt"
	"math"
	"time"
)

// Rank orders items that want to sound at once: the higher is heard, the lower
// is cut. Equal ranks take turns.
type Rank int

// The ranks, from the lowest.
const (
	RankFiller Rank = iota
	RankOrdinary
	RankPriority
	RankRelay
	RankLive
	RankEmergency
)

// Stream is decoded audio. Read fills buf and returns the number of frames,
// io.EOF with or after the last of them; it must not block. A live stream that
// has nothing at the moment returns 0 and nil: silence sounds in its place and
// is not counted as heard.
type Stream interface {
	Read(buf []float32) (int, error)
}

// Rewinder is a Stream that can be read again from its first frame. Rewind is
// called by the audio thread and must not block.
type Rewinder interface {
	Rewind() error
}

// Recovery is what becomes of a sounding item that another one cuts.
type Recovery int

// The ways to recover.
const (
	Ends     Recovery = iota // it ends there
	Resumes                  // it goes on where it was cut
	Restarts                 // it sounds again from its beginning; one whose stream is no Rewinder, or fails to rewind, ends
)

// Item is one thing to sound. Its instants are in true time, as [Reading]
// says.
type Item struct {
	Key    string        // names the item in events; unique among those in the mixer
	Start  time.Time     // the instant of its first sample
	Latest time.Time     // begun later than this it is not begun at all; zero means never too late
	Cuts   time.Time     // from here on it cuts an item of its own rank that began before; zero means it waits its turn
	Length time.Duration // the length expected, for telling a short stream from a whole one; zero means unknown
	Rank   Rank
	Turn   int     // among items of one rank that are due the lowest goes first
	Gain   float32 // factor applied to every sample, 1 leaves it as it is
	Stream Stream  // belongs to the mixer from Place on

	Recovery Recovery      // what becomes of it when another cuts it
	ResumeBy time.Time     // cut and not sounding again by then it ends as pre-empted; zero means it never gives up
	FadeIn   time.Duration // how long it takes to its full level at its beginning
	FadeOut  time.Duration // how long it takes to silence at its end, if Length is known, and before a cut there is notice of
	Under    float32       // above zero it is not cut by a higher rank but goes on beneath it at this further gain, and counts as heard
}

// The errors of [Mixer.Place], for errors.Is.
var (
	// ErrDuplicate refuses a key that has not yet ended.
	ErrDuplicate = errors.New("an item of this key is in the mixer already")
	// ErrInvalid refuses an item that could never sound as asked.
	ErrInvalid = errors.New("invalid item")
)

// validate returns an error that wraps ErrInvalid and names what is wrong.
func (i Item) validate() error {
	switch {
	case i.Key == "":
		return fmt.Errorf("%w: it has no key", ErrInvalid)
	case i.Stream == nil:
		return fmt.Errorf("%w %q: it has no stream", ErrInvalid, i.Key)
	case i.Start.IsZero():
		return fmt.Errorf("%w %q: it has no start", ErrInvalid, i.Key)
	case !i.Latest.IsZero() && i.Latest.Before(i.Start):
		return fmt.Errorf("%w %q: its latest start is before its start", ErrInvalid, i.Key)
	case !factor(i.Gain):
		return fmt.Errorf("%w %q: gain %v", ErrInvalid, i.Key, i.Gain)
	case !factor(i.Under) || i.Under > 1:
		return fmt.Errorf("%w %q: gain %v under others", ErrInvalid, i.Key, i.Under)
	case i.FadeIn < 0 || i.FadeOut < 0:
		return fmt.Errorf("%w %q: a fade of less than nothing", ErrInvalid, i.Key)
	case i.Recovery < Ends || i.Recovery > Restarts:
		return fmt.Errorf("%w %q: recovery %d", ErrInvalid, i.Key, int(i.Recovery))
	}
	return nil
}

// factor reports whether samples can be multiplied by gain.
func factor(gain float32) bool {
	return gain >= 0 && !math.IsInf(float64(gain), 1)
}
