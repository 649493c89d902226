package player

import "time"

// stage is what only the audio thread touches: the voice that sounds, those
// that wait, and the events not yet handed over. It reads no clock and takes no
// lock; t is always the instant the frame in hand will be heard.
type stage struct {
	voice   *voice
	waiting []*voice // in the order they came
	out     []Event
	next    time.Time // when the frame after the last one delivered was going to be heard; zero before the first
	volume  float32   // in force now; it follows the volume asked for
	stalls  int64     // times the card skipped forward while an item sounded
}

// skipAhead is how far sounds may move beyond what was expected before it is
// taken for a stall of the card and not for a correction of its clock.
const skipAhead = 20 * time.Millisecond

// fill writes one period and leaves in out what it means.
func (s *stage) fill(buf []float32, sounds time.Time, volume float32) {
	s.arrive(sounds)
	clear(buf)
	for n := 0; n < len(buf); {
		n += s.step(buf[n:], sounds.Add(Duration(int64(n))), volume)
	}
	s.next = sounds.Add(Duration(int64(len(buf))))
}

// arrive notices a card that skipped forward or has just come, and drops what
// became too late meanwhile.
func (s *stage) arrive(sounds time.Time) {
	came := s.next.IsZero()
	if !came && sounds.Sub(s.next) <= skipAhead {
		return
	}
	if s.voice != nil && s.voice.frames > 0 {
		s.voice.stalled = true
		s.stalls++
	}
	s.expire(sounds, DeviceLost, "")
}

// step writes at most len(buf) frames, up to the next thing that happens, and
// returns how many; 0 means that something happened without taking time.
func (s *stage) step(buf []float32, t time.Time, volume float32) int {
	if s.voice == nil {
		s.expire(t, DeviceLost, "")
		s.volume = volume
		return s.begin(buf, t)
	}
	s.expire(t, Busy, s.voice.Key)
	return s.sound(buf[:s.contend(len(buf), t)], t, volume)
}

// begin makes the best item that is due the voice, or lets silence pass until
// the next one is.
func (s *stage) begin(buf []float32, t time.Time) int {
	i, wait := s.due(t, int64(len(buf)))
	if i < 0 {
		return int(wait)
	}
	v := s.take(i)
	if err := v.prime(); err != nil {
		s.end(v, v.whole(err), "", t)
		return 0
	}
	s.voice = v
	return 0
}

// due is the index of the item to begin at t on a free card: of those whose
// Start has come the one of the highest rank, then of the earliest Start, then
// the one placed first. With none it is -1 and the frames until there may be
// one, at most limit.
func (s *stage) due(t time.Time, limit int64) (best int, wait int64) {
	best, wait = -1, limit
	for i, v := range s.waiting {
		if ahead := Frames(v.Start.Sub(t)); ahead > 0 {
			wait = min(wait, ahead)
			continue
		}
		if best < 0 || goesBefore(v, s.waiting[best]) {
			best = i
		}
	}
	return best, wait
}

// goesBefore orders two items that are both due; equal ones stay as they came.
func goesBefore(a, b *voice) bool {
	if a.Rank != b.Rank {
		return a.Rank > b.Rank
	}
	return a.Start.Before(b.Start)
}

// contend lets a higher rank cut the voice: the fade is over when the other
// item's Start comes. It returns how many of limit frames may pass before the
// next contender must be looked at, or the fade is over.
func (s *stage) contend(limit int, t time.Time) int {
	n := int64(limit)
	for i := 0; i < len(s.waiting) && s.voice.cut.length == 0; i++ {
		v := s.waiting[i]
		if v.Rank <= s.voice.Rank {
			continue
		}
		ahead := Frames(v.Start.Sub(t))
		if ahead > fadeFrames {
			n = min(n, ahead-fadeFrames)
			continue
		}
		if err := v.prime(); err != nil {
			s.take(i)
			i--
			s.end(v, v.whole(err), "", t)
			continue
		}
		s.voice.fade(ahead, Preempted, v.Key)
	}
	if s.voice.cut.length > 0 {
		n = min(int64(limit), s.voice.cut.left)
	}
	return int(n)
}

// sound lets the voice write into buf and returns the frames that passed.
func (s *stage) sound(buf []float32, t time.Time, volume float32) int {
	v := s.voice
	n, err := v.read(buf)
	if n == 0 && err == nil {
		n, err = s.starve(len(buf))
		t = t.Add(Duration(int64(n)))
	} else if n > 0 {
		s.count(buf[:n], t, volume)
		t = v.until
	}
	switch {
	case v.cut.length > 0 && v.cut.left <= 0:
		s.finish(v.cut.reason, v.cut.by, t)
	case err != nil:
		s.finish(v.whole(err), "", t)
	}
	return n
}

// starve passes n frames of silence for a stream that has nothing now.
func (s *stage) starve(n int) (int, error) {
	s.voice.starved += int64(n)
	if s.voice.cut.length > 0 {
		s.voice.cut.left -= int64(n)
	}
	if s.voice.starved >= starvedFrames {
		return n, errStarved
	}
	return n, nil
}

// count shapes the frames the voice has written and keeps account of them.
func (s *stage) count(buf []float32, t time.Time, volume float32) {
	v := s.voice
	if v.frames == 0 {
		s.out = append(s.out, v.event(Started, t))
	}
	s.volume = v.shape(buf, s.volume, volume)
	before := v.frames / progressFrames
	v.frames += int64(len(buf))
	v.starved = 0
	v.until = t.Add(Duration(int64(len(buf))))
	if v.frames/progressFrames > before {
		s.out = append(s.out, v.event(Progress, v.until))
	}
}

// finish ends the voice; the card is free at t, too late for some.
func (s *stage) finish(reason Reason, by string, t time.Time) {
	v := s.voice
	s.voice = nil
	s.end(v, reason, by, t)
	s.expire(t, Busy, v.Key)
}

// end says what became of an item that will not sound any more.
func (s *stage) end(v *voice, reason Reason, by string, t time.Time) {
	e := v.event(Ended, t)
	e.Reason, e.By = reason, by
	s.out = append(s.out, e)
}
