package player

import (
	"errors"
	"io"
	"time"
)

const (
	// fadeFrames is the longest fade of an item that is cut: 10 ms is too short
	// to be heard as a fade and long enough not to click.
	fadeFrames = Rate / 100
	// fadeFewest is the shortest one, for a cut that came without notice.
	fadeFewest = Rate / 500
	// headFrames is how much is read ahead of an item before it may begin.
	headFrames = Rate / 100
	// shortBy is how much a stream may lack of its Length and still be whole:
	// what encoders and file headers disagree about.
	shortBy = 50 * time.Millisecond
	// starvedFrames is how long a stream may have nothing before it has failed.
	starvedFrames = 2 * Rate
	// progressFrames is how much is heard between two Progress events.
	progressFrames = 5 * Rate
)

var (
	errMiscounted = errors.New("the stream returned an impossible number of frames")
	errStarved    = errors.New("the stream gave nothing for 2 s")
)

// voice is an item in the mixer with what has become of it so far. It belongs
// to the audio thread.
type voice struct {
	Item
	head    []float32           // read ahead, not yet sounded
	buffer  [headFrames]float32 // behind head
	failed  error               // what the stream said when head was read
	primed  bool                // head has been read
	frames  int64               // delivered to the card
	starved int64               // frames of silence since the stream last gave something
	until   time.Time           // when the last frame delivered will have been heard
	stalled bool                // the card skipped forward while it sounded
	cut     cut
}

// cut is an item's coming end: the fade it is in and why.
type cut struct {
	length, left int64 // of the fade, in frames; length 0 means there is no cut
	reason       Reason
	by           string
}

// prime reads the first frames, so that nothing is cut and no silence ends for
// an item that cannot sound. It returns an error where there is not one frame.
func (v *voice) prime() error {
	if !v.primed {
		v.primed = true
		var n int
		n, v.failed = v.pull(v.buffer[:])
		v.head = v.buffer[:n]
	}
	if len(v.head) == 0 {
		return v.failed
	}
	return nil
}

// read is the stream's Read with what was read ahead in front of it.
func (v *voice) read(buf []float32) (int, error) {
	if len(v.head) > 0 {
		n := copy(buf, v.head)
		v.head = v.head[n:]
		return n, nil
	}
	if v.failed != nil {
		return 0, v.failed
	}
	return v.pull(buf)
}

// pull reads from the stream and does not believe an impossible count.
func (v *voice) pull(buf []float32) (int, error) {
	n, err := v.Stream.Read(buf)
	if n < 0 || n > len(buf) {
		return 0, errMiscounted
	}
	return n, err
}

// fade begins a cut of at most n frames; one already begun stays as it is.
func (v *voice) fade(n int64, reason Reason, by string) {
	if v.cut.length > 0 {
		return
	}
	n = min(max(n, fadeFewest), fadeFrames)
	v.cut = cut{length: n, left: n, reason: reason, by: by}
}

// shape applies gain, volume and fade to frames that were just read and clips
// them; volume moves towards target so that turning it does not click.
func (v *voice) shape(buf []float32, volume, target float32) float32 {
	const step = 1.0 / fadeFrames
	for i, sample := range buf {
		volume += min(max(target-volume, -step), step)
		factor := v.Gain * volume
		if v.cut.length > 0 {
			factor *= float32(v.cut.left) / float32(v.cut.length)
			v.cut.left--
		}
		buf[i] = clip(sample * factor)
	}
	return volume
}

// clip keeps a sample within [-1, 1] and makes silence of what is no number.
func clip(s float32) float32 {
	switch {
	case s != s:
		return 0
	case s > 1:
		return 1
	case s < -1:
		return -1
	}
	return s
}

// whole is why an item whose stream ended with err was not heard whole.
func (v *voice) whole(err error) Reason {
	short := v.Length > 0 && Duration(v.frames) < v.Length-shortBy
	switch {
	case !errors.Is(err, io.EOF) || short:
		return Undecoded
	case v.stalled:
		return Underrun
	}
	return ""
}

// event is an event of this item with everything delivered counted as heard.
func (v *voice) event(kind EventKind, at time.Time) Event {
	return Event{Kind: kind, Key: v.Key, At: at, Heard: Duration(v.frames)}
}
