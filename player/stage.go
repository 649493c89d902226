package player

import "time"

// stage is what only the audio thread touches: the voices that sound, those
// that wait, and the events not yet handed over. It reads no clock and takes no
// lock; t is always the true time at which the frame in hand will be heard.
type stage struct {
	voice   *voice   // the one at full gain; nil only while nothing sounds
	beds    []*voice // those that go on under it, each of a higher rank than the one before
	waiting []*voice // in the order they came; those that were interrupted are among them
	out     []word
	reading Reading   // by which true time is told
	next    time.Time // when, on the machine's clock, the frame after the last one delivered was going to be heard; zero before the first
	volume  float32   // in force now; it follows the volume asked for
	stalls  int64     // times the card skipped forward while an item sounded
	seam    bool      // an item sounded up to the frame in hand
	part    [partFrames]float32
}

// skipAhead is how far sounds may move beyond what was expected before it is
// taken for a stall of the card and not for a correction of its clock, and true
// time before it is taken for another time.
const skipAhead = 20 * time.Millisecond

// seamFrames is how much too early an item may begin where the one before it
// has just ended, so that two that are planned back to back are heard so: 2 ms,
// by which the card's own clock may differ between the first's start and its
// end.
const seamFrames = Rate / 500

// partFrames is how much is read of a stream at once, the usual period or more.
const partFrames = 2048

// fill writes one period and leaves in out what it means; sounds is on the
// machine's clock.
func (s *stage) fill(buf []float32, sounds time.Time, volume float32) {
	s.arrive(sounds)
	t := s.reading.At(sounds)
	s.compare(t, len(buf))
	clear(buf)
	for n := 0; n < len(buf); {
		n += s.step(buf[n:], t.Add(Duration(int64(n))), volume)
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
	heard := false
	for v := range s.sounding {
		if v.begun {
			v.stalls++
			heard = true
		}
	}
	if heard {
		s.stalls++
	}
	s.expire(s.reading.At(sounds), DeviceLost, "")
}

// sounding visits the voices that sound, the one at full gain last.
func (s *stage) sounding(visit func(*voice) bool) {
	for _, v := range s.beds {
		if !visit(v) {
			return
		}
	}
	if s.voice != nil {
		visit(s.voice)
	}
}

// step writes at most len(buf) frames, up to the next thing that happens, and
// returns how many; 0 means that something happened without taking time.
func (s *stage) step(buf []float32, t time.Time, volume float32) int {
	if s.voice == nil {
		s.expire(t, DeviceLost, "")
		if !s.seam {
			s.volume = volume
		}
		return s.begin(buf, t)
	}
	s.expire(t, Busy, s.voice.Key)
	return s.sound(buf[:s.contend(len(buf), t)], t, volume)
}

// begin gives the card to the best item that is due, or back to the best of
// those that went on under another, or lets silence pass until the next is due.
func (s *stage) begin(buf []float32, t time.Time) int {
	i, wait := s.due(t, int64(len(buf)))
	if n := len(s.beds); n > 0 && (i < 0 || s.waiting[i].Rank <= s.beds[n-1].Rank) {
		s.raise()
		return 0
	}
	if i < 0 {
		s.seam = false
		return int(wait)
	}
	if v := s.take(i); s.ready(v, t) {
		s.voice = v
		v.enter(t)
	}
	return 0
}

// ready reports whether v can sound, and ends it where it cannot.
func (s *stage) ready(v *voice, t time.Time) bool {
	err := v.prime()
	if err != nil {
		s.end(v, v.whole(err), "", t)
	}
	return err == nil
}

// contend looks whether another item is to take the card from the voice: by a
// fade that is over when the other's instant comes, or at that instant where
// the voice goes on under it. It returns how many of limit frames may pass
// before that must be looked at again; 0 means that somebody else has the card.
func (s *stage) contend(limit int, t time.Time) int {
	v := s.voice
	s.reprieve(v, t)
	i, ahead := s.challenger(v, t)
	if i < 0 {
		return limit
	}
	n, window := int64(limit), max(fadeFrames, Frames(v.FadeOut))
	under := v.Under > 0 && v.cut.reason == "" && s.waiting[i].Rank > v.Rank
	switch {
	case v.endsWithin(ahead):
		return int(min(n, ahead+fadeFewest))
	case under && ahead > 0:
		return int(min(n, ahead))
	case ahead > window:
		return int(min(n, ahead-window))
	}
	if w := s.waiting[i]; w.prime() != nil {
		s.ready(s.take(i), t)
		return 0
	}
	if under {
		s.duck(s.take(i), t)
		return 0
	}
	v.fade(ahead, Preempted, s.waiting[i].Key)
	return limit
}

// sound lets the voices write into buf and returns the frames that passed.
func (s *stage) sound(buf []float32, t time.Time, volume float32) int {
	if len(buf) == 0 {
		return 0
	}
	n := s.play(s.voice, buf, t)
	for _, bed := range s.beds {
		s.play(bed, buf[:n], t)
	}
	power := s.master(buf[:n], volume)
	for v := range s.sounding {
		if v.given > 0 {
			v.meter.add(power*float64(v.given)/float64(n), v.given)
		}
	}
	s.conclude()
	return n
}

// play adds the next frames of v to buf and returns how many passed: all,
// except where v is over.
func (s *stage) play(v *voice, buf []float32, t time.Time) (n int) {
	v.given = 0
	for n < len(buf) && !v.over() {
		part := s.part[:min(len(s.part), len(buf)-n)]
		if v.cut.reason != "" {
			part = part[:min(int64(len(part)), v.cut.left)]
		}
		k, used := v.read(part)
		switch {
		case k > 0:
			s.count(v, part[:k], used, t.Add(Duration(int64(n))))
			for i, sample := range part[:k] {
				buf[n+i] += sample
			}
		case v.err == nil:
			k = len(part)
			v.starve(int64(k))
		}
		v.cut.left -= int64(k)
		n += k
	}
	v.gone = t.Add(Duration(int64(n)))
	return n
}

// count shapes frames that v has just written, which are used of its stream,
// and keeps account of them.
func (s *stage) count(v *voice, part []float32, used int, t time.Time) {
	if !v.begun || !v.left.IsZero() {
		s.appear(v, t)
	}
	v.shape(part)
	before := v.frames / progressFrames
	v.frames += int64(used)
	v.given += int64(len(part))
	v.starved = 0
	v.until = t.Add(Duration(int64(len(part))))
	if v.frames/progressFrames > before {
		s.say(v, v.event(Progress, v.until))
	}
}

// master makes of the sum of the voices what the card gets, and returns its
// sum of squares. The volume moves towards target so that turning it does not
// click.
func (s *stage) master(buf []float32, target float32) (power float64) {
	const step = 1.0 / fadeFrames
	volume := s.volume
	for i, sample := range buf {
		if volume != target {
			volume += min(max(target-volume, -step), step)
		}
		sample = clip(sample * volume)
		power += float64(sample) * float64(sample)
		buf[i] = sample
	}
	s.volume = volume
	return power
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
