package player

import (
	"io"
	"time"
)

// duckFrames is how long it takes a voice to go under another and to come back:
// 150 ms, which is heard as giving way and not as a fault.
const duckFrames = Rate * 150 / 1000

// appear notes that v is heard from t on, for the first time or again. Where it
// is not far from its Start it keeps to that, as to the instant it is due.
func (s *stage) appear(v *voice, t time.Time) {
	if !v.begun {
		v.begun, v.zero = true, t
		if off := v.Start.Sub(t); off.Abs() <= Duration(seamFrames) {
			v.zero = t.Add(off)
		}
		s.say(v, v.event(Started, t))
		return
	}
	v.away += t.Sub(v.left)
	v.left, v.by = time.Time{}, ""
	v.zero, v.pace.behind = t.Add(-Duration(v.frames)), 0
	s.say(v, v.event(Resumed, t))
}

// duck lets the voice go on under v, which gets the card.
func (s *stage) duck(v *voice, t time.Time) {
	s.voice.gain.to(float64(s.voice.Under), duckFrames)
	s.beds = append(s.beds, s.voice)
	s.voice = v
	v.enter(t)
}

// raise gives the card back to the best of those that went on under another.
func (s *stage) raise() {
	last := len(s.beds) - 1
	s.voice, s.beds[last], s.beds = s.beds[last], nil, s.beds[:last]
	s.voice.gain.to(1, duckFrames)
}

// conclude settles what becomes of the voices that are over.
func (s *stage) conclude() {
	kept := s.beds[:0]
	for _, bed := range s.beds {
		if bed.over() {
			s.settle(bed, bed.gone)
		} else {
			kept = append(kept, bed)
		}
	}
	clear(s.beds[len(kept):])
	s.beds = kept
	if v := s.voice; v.over() {
		s.voice, s.seam = nil, true
		s.settle(v, v.gone)
		s.expire(v.gone, Busy, v.Key)
	}
}

// settle says what becomes of a voice that is over at t.
func (s *stage) settle(v *voice, t time.Time) {
	c := v.cut
	v.cut = cut{}
	switch {
	case v.err != nil:
		s.end(v, v.whole(v.err), "", t)
	case c.reason != Preempted:
		s.end(v, c.reason, c.by, t)
	case v.complete():
		s.end(v, v.whole(io.EOF), "", t)
	case v.Recovery == Resumes, v.Recovery == Restarts && v.rewind():
		s.interrupt(v, c.by, t)
	default:
		s.end(v, Preempted, c.by, t)
	}
}

// interrupt lets v wait until it can go on. One that was never heard waits as
// it did before.
func (s *stage) interrupt(v *voice, by string, t time.Time) {
	if v.gain, v.fall = steady(1), steady(1); v.begun {
		e := v.event(Interrupted, t)
		v.left, v.by = t, by
		v.breaks++
		e.By, e.Interruptions = by, v.breaks
		s.say(v, e)
	}
	s.waiting = append(s.waiting, v)
}

// end says what became of an item that will not sound any more.
func (s *stage) end(v *voice, reason Reason, by string, t time.Time) {
	e := v.event(Ended, t)
	e.Reason, e.By = reason, by
	s.say(v, e)
}

// late says that nothing of v will sound.
func (s *stage) late(v *voice, reason Reason, by string, t time.Time) {
	s.say(v, Event{Kind: TooLate, Key: v.Key, At: t, Reason: reason, By: by})
}

// say notes an event of v, with the machine's instant at which it may be told.
func (s *stage) say(v *voice, e Event) {
	w := word{Event: e, due: s.reading.machine(e.At)}
	if v.begun {
		w.until = s.reading.machine(v.until)
	}
	s.out = insert(s.out, w)
}

// fall ends what is being heard at the true time now, or would have been from
// what the card was given, for reason. Where all is true, it also ends what was
// interrupted.
func (s *stage) fall(now time.Time, reason Reason, all bool) {
	for v := range s.sounding {
		at := now
		if v.begun && v.left.IsZero() {
			at = v.until // what of it is not heard yet is taken off later
		}
		s.end(v, reason, "", at)
	}
	s.voice, s.seam = nil, false
	clear(s.beds)
	s.beds = s.beds[:0]
	for i := 0; i < len(s.waiting); {
		switch v := s.waiting[i]; {
		case v.begun && v.until.After(now): // it is still heard: the interruption is not
			s.take(i)
			v.left, v.breaks = time.Time{}, v.breaks-1
			s.end(v, reason, "", v.until)
		case v.begun && all:
			s.end(s.take(i), reason, "", now)
		default:
			i++
		}
	}
	s.next = time.Time{}
}
