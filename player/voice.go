package player

import (
	"errors"
	"io"
	"time"
)

const (
	// fadeFrames is the longest fade of an item that is cut and asks for no
	// longer one: 10 ms is too short to be heard as a fade and long enough not
	// to click.
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
// to the audio thread. Its instants are in true time.
type voice struct {
	Item
	fades  fades
	head   []float32           // read ahead, not yet sounded
	buffer [headFrames]float32 // behind head
	failed error               // what the stream said when head was read
	primed bool                // head has been read

	gain    ramp  // 1, or less under others and when it comes back
	fall    ramp  // 1, or less on the way to a cut
	cut     cut   // its coming end
	err     error // what the stream said last; io.EOF when it is over
	frames  int64 // of the stream that went to the card, in this pass
	given   int64 // frames that went to the card in the last step, without silence
	starved int64 // frames of silence since the stream last gave something
	pace    pace
	meter   meter

	took    time.Time // when it first got the card; zero before
	zero    time.Time // when its first frame was due, moved by the time it was away
	until   time.Time // when the last frame delivered will have been heard
	gone    time.Time // when what was asked of it last will have been heard, silence included
	begun   bool      // a frame was delivered
	rewound bool      // it will begin again
	stalls  int       // times the card skipped forward while it sounded

	left   time.Time // since when it is interrupted; zero when it is not
	by     string    // by whom
	breaks int       // how often it was
	away   time.Duration
}

// cut is an item's coming end, or interruption: when and why.
type cut struct {
	left   int64  // frames of the fade to come
	reason Reason // "" means there is no cut
	by     string
}

func newVoice(i Item) *voice {
	return &voice{Item: i, fades: fadesOf(i), gain: steady(1), fall: steady(1)}
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

// rewind makes v begin again, or reports that it cannot.
func (v *voice) rewind() bool {
	r, ok := v.Stream.(Rewinder)
	if !ok || r.Rewind() != nil {
		return false
	}
	v.head, v.failed, v.primed, v.rewound = nil, nil, false, true
	return true
}

// enter gives v the card at t, for the first time or again. A pass that begins
// anew is counted anew; one that goes on comes in softly.
func (v *voice) enter(t time.Time) {
	switch {
	case v.took.IsZero():
		v.took = t
	case v.rewound:
		v.rewound, v.frames, v.stalls, v.meter, v.gain = false, 0, 0, meter{}, steady(1)
	case v.begun:
		v.gain = steady(0)
		v.gain.to(1, fadeFrames)
	}
}

// read is next with a frame dropped or doubled where true time asks for it.
// used is how many frames of the stream the n are.
func (v *voice) read(buf []float32) (n, used int) {
	owed := v.pace.owed()
	if owed == 0 || len(buf) < 3 {
		n = v.next(buf[:v.pace.reach(len(buf))])
		v.pace.since += int64(n)
		return n, n
	}
	buf = buf[:min(len(buf), stride)]
	if owed > 0 {
		used = v.next(buf)
	} else {
		used = v.next(buf[:len(buf)-1])
	}
	if used < 2 {
		return used, used
	}
	if n = used - owed; owed > 0 {
		drop(buf[:used])
	} else {
		double(buf[:n])
	}
	v.pace.corrected(owed)
	return n, used
}

// next is the stream's Read with what was read ahead in front of it. What the
// stream says is left in v.err.
func (v *voice) next(buf []float32) (n int) {
	switch {
	case len(v.head) > 0:
		n = copy(buf, v.head)
		v.head = v.head[n:]
	case v.failed != nil:
		v.err = v.failed
	default:
		n, v.err = v.pull(buf)
	}
	return n
}

// pull reads from the stream and does not believe an impossible count.
func (v *voice) pull(buf []float32) (int, error) {
	n, err := v.Stream.Read(buf)
	if n < 0 || n > len(buf) {
		return 0, errMiscounted
	}
	return n, err
}

// starve passes n frames of silence for a stream that has nothing now. They
// are not its fault in time: it goes on where it is.
func (v *voice) starve(n int64) {
	v.starved += n
	v.zero = v.zero.Add(Duration(n))
	if v.starved >= starvedFrames {
		v.err = errStarved
	}
}

// fade begins a cut of n frames, unless one as near is on already.
func (v *voice) fade(n int64, reason Reason, by string) {
	n = max(n, fadeFewest)
	if v.cut.reason == "" || n < v.cut.left {
		v.cut = cut{left: n, reason: reason, by: by}
		v.fall.to(0, n)
	} else if v.cut.reason == reason {
		v.cut.by = by
	}
}

// spare takes back a cut.
func (v *voice) spare() {
	v.cut = cut{}
	v.fall.to(1, fadeFrames)
}

// shape applies gain and fades to frames that were just read and makes silence
// of what is no number.
func (v *voice) shape(buf []float32) {
	plain := !v.gain.moves() && !v.fall.moves() && !v.fades.touch(v.frames, int64(len(buf)))
	factor := v.Gain * float32(v.gain.level*v.fall.level)
	for i, sample := range buf {
		if !plain {
			factor = v.Gain * float32(v.gain.next()*v.fall.next()*v.fades.at(v.frames+int64(i)))
		}
		if sample *= factor; sample != sample {
			sample = 0
		}
		buf[i] = sample
	}
}

// over reports whether v sounds no more: its stream has ended or it is cut.
func (v *voice) over() bool { return v.err != nil || v.cut.reason != "" && v.cut.left <= 0 }

// short reports whether more is missing of v than whole items lack.
func (v *voice) short() bool { return v.Length > 0 && Duration(v.frames) < v.Length-shortBy }

// whole is why an item whose stream ended with err was not heard whole.
func (v *voice) whole(err error) Reason {
	switch {
	case !errors.Is(err, io.EOF) || v.short():
		return Undecoded
	case v.stalls > 0:
		return Underrun
	}
	return ""
}

// event is an event of this item at t, with everything delivered counted as
// heard.
func (v *voice) event(kind EventKind, t time.Time) Event {
	e := Event{Kind: kind, Key: v.Key, At: t, Heard: Duration(v.frames),
		Stalls: v.stalls, Interruptions: v.breaks, Away: v.away}
	e.Quiet = min(v.meter.sum(), e.Heard) // which is counted before frames are dropped or doubled
	if !v.left.IsZero() {
		e.Away += t.Sub(v.left)
	}
	return e
}

// complete reports whether v was heard to within 2 ms of its Length, so that a
// cut took nothing from it.
func (v *voice) complete() bool {
	return v.begun && v.Length > 0 && v.fades.total-v.frames <= fadeFewest
}

// endsWithin reports whether v will be over by itself n frames from now, to
// within a millisecond by which it may be off true time. For how long it may be
// longer than its Length is bounded, since somebody waits for its end.
func (v *voice) endsWithin(n int64) bool {
	return v.Length > 0 && v.fades.total-v.frames <= n+Rate/1000 && n > -fadeFewest
}
