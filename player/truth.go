package player

import "time"

// tell puts a reading in force. One that differs little from the one before is
// followed by what sounds, a frame at a time; one that differs more is another
// time, which what sounds takes as it is and goes on.
func (s *stage) tell(r Reading, sounds time.Time) {
	if r == s.reading {
		return
	}
	by := r.At(sounds).Sub(s.reading.At(sounds))
	s.reading = r
	for v := range s.sounding {
		v.shift(by)
	}
	for _, v := range s.waiting {
		v.shift(by)
	}
}

// shift moves what v knows of instants past to another true time.
func (v *voice) shift(by time.Duration) {
	for _, at := range []*time.Time{&v.took, &v.until, &v.left} {
		if !at.IsZero() {
			*at = at.Add(by)
		}
	}
	if by.Abs() > skipAhead {
		v.zero = v.zero.Add(by)
	}
}

// compare tells the pace of every item that sounds how far it is off at t, when
// n frames are about to be played. A live stream, whose Length is not known,
// has a clock of its own and is left alone.
func (s *stage) compare(t time.Time, n int) {
	for v := range s.sounding {
		if !v.begun || !v.left.IsZero() || v.Length <= 0 {
			continue
		}
		behind := t.Sub(v.zero) - Duration(v.frames)
		if behind.Abs() > adrift {
			v.zero = v.zero.Add(behind)
			behind = 0
		}
		v.pace.observe(behind, n)
	}
}
