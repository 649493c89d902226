package player

import "time"

// enter puts an item among those that wait, unless it is too late already, for
// the reason given.
func (s *stage) enter(v *voice, t time.Time, late Reason) {
	if overdue(v, t) {
		s.late(v, late, "", t)
		return
	}
	s.waiting = append(s.waiting, v)
}

// take removes the i-th waiting item, keeping the order of the others.
func (s *stage) take(i int) *voice {
	v := s.waiting[i]
	copy(s.waiting[i:], s.waiting[i+1:])
	s.waiting[len(s.waiting)-1] = nil
	s.waiting = s.waiting[:len(s.waiting)-1]
	return v
}

// stop ends the item of key, or every item where all is true: one that waits
// at once, the one that sounds after a fade.
func (s *stage) stop(key string, all bool, t time.Time) {
	for i := 0; i < len(s.waiting); {
		if !all && s.waiting[i].Key != key {
			i++
			continue
		}
		s.end(s.take(i), Stopped, "", t)
	}
	if s.voice != nil && (all || s.voice.Key == key) {
		s.voice.fade(fadeFrames, Stopped, "")
	}
}

// expire drops every waiting item whose Latest has passed at t.
func (s *stage) expire(t time.Time, reason Reason, by string) {
	for i := 0; i < len(s.waiting); {
		if !overdue(s.waiting[i], t) {
			i++
			continue
		}
		s.late(s.take(i), reason, by, t)
	}
}

// late says that nothing of v will sound.
func (s *stage) late(v *voice, reason Reason, by string, t time.Time) {
	s.out = append(s.out, Event{Kind: TooLate, Key: v.Key, At: t, Reason: reason, By: by})
}

// grace is how much later than Latest an item still begins: the corrections of
// a card's clock and the shortest fade of what it cuts, so that Latest may be
// the same instant as Start. It is too short to be noticed.
const grace = 5 * time.Millisecond

// overdue reports whether v may no longer begin at t.
func overdue(v *voice, t time.Time) bool {
	return !v.Latest.IsZero() && t.Sub(v.Latest) > grace
}
