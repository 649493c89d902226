package player

import "time"

// enter puts an item among those that wait, unless it is too late already, for
// the reason given.
func (s *stage) enter(v *voice, t time.Time, late Reason) {
	if v.overdue(t) {
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
// at once, one that sounds after a fade.
func (s *stage) stop(key string, all bool, t time.Time) {
	for i := 0; i < len(s.waiting); {
		if !all && s.waiting[i].Key != key {
			i++
			continue
		}
		s.end(s.take(i), Stopped, "", t)
	}
	for v := range s.sounding {
		if all || v.Key == key {
			v.fade(fadeFrames, Stopped, "")
		}
	}
}

// expire drops every waiting item whose Latest has passed at t, and ends every
// interrupted one that could not go on by its ResumeBy.
func (s *stage) expire(t time.Time, reason Reason, by string) {
	for i := 0; i < len(s.waiting); {
		switch v := s.waiting[i]; {
		case !v.overdue(t):
			i++
		case v.begun:
			s.end(s.take(i), Preempted, v.by, t)
		default:
			s.late(s.take(i), reason, by, t)
		}
	}
}

// due is the index of the item to begin at t on a free card: the best of those
// whose time has come, or what was interrupted and is of no lower rank. With
// none it is -1 and the frames until there may be one, at most limit.
func (s *stage) due(t time.Time, limit int64) (best int, wait int64) {
	best, wait = -1, limit
	back := -1
	for i, v := range s.waiting {
		if v.begun {
			back = s.better(back, i)
		} else if ahead := v.ahead(t); ahead > 0 && !(s.seam && ahead <= seamFrames) {
			wait = min(wait, ahead)
		} else {
			best = s.better(best, i)
		}
	}
	if back >= 0 && (best < 0 || s.waiting[best].Rank <= s.waiting[back].Rank) {
		best = s.instead(back, t)
	}
	return best, wait
}

// better is the one of two indexes of waiting items that goes first; the first
// may be -1.
func (s *stage) better(i, j int) int {
	if i < 0 || s.waiting[j].goesBefore(s.waiting[i]) {
		return j
	}
	return i
}

// instead is back, which was interrupted, or the best of those that would cut
// it as soon as it went on.
func (s *stage) instead(back int, t time.Time) int {
	best := -1
	for i, v := range s.waiting {
		if at, ok := v.cutsAt(s.waiting[back], t); ok && i != back && !v.begun && !at.After(t) {
			best = s.better(best, i)
		}
	}
	if best < 0 {
		return back
	}
	return best
}

// challenger is the index of the item that is the first to take the card from
// the voice, and in how many frames from t; -1 where none is.
func (s *stage) challenger(voice *voice, t time.Time) (best int, ahead int64) {
	best = -1
	for i, v := range s.waiting {
		at, ok := v.cutsAt(voice, t)
		if !ok {
			continue
		}
		n := Frames(at.Sub(t))
		nearer := max(n, 0) - max(ahead, 0)
		if best < 0 || nearer < 0 || nearer == 0 && v.goesBefore(s.waiting[best]) {
			best, ahead = i, n
		}
	}
	return best, ahead
}

// reprieve takes back the cut of the voice where who was to cut it is not
// coming any more: it was stopped, or true time turned out to be another.
func (s *stage) reprieve(voice *voice, t time.Time) {
	if voice.cut.reason != Preempted {
		return
	}
	for _, v := range s.waiting {
		if v.Key != voice.cut.by {
			continue
		}
		if at, ok := v.cutsAt(voice, t); ok && Frames(at.Sub(t)) <= voice.cut.left+fadeFrames {
			return
		}
	}
	voice.spare()
}

// grace is how much later than Latest an item still begins: the corrections of
// a card's clock and the shortest fade of what it cuts, so that Latest may be
// the same instant as Start. It is too short to be noticed.
const grace = 5 * time.Millisecond

// overdue reports whether v may no longer begin, or go on, at t.
func (v *voice) overdue(t time.Time) bool {
	latest := v.Latest
	if v.begun {
		latest = v.ResumeBy
	}
	return !latest.IsZero() && t.Sub(latest) > grace
}

// ahead is how many frames from t on v may begin; what was interrupted may go
// on at once.
func (v *voice) ahead(t time.Time) int64 {
	if v.begun {
		return 0
	}
	return Frames(v.Start.Sub(t))
}

// cutsAt is when v takes the card from the voice, if it does: at once or at its
// Start where its rank is higher, at its Cuts where that is the same. Of its
// own rank it cuts only what began before its Cuts, so that two of one instant
// do not cut each other, and nothing after it has been heard.
func (v *voice) cutsAt(voice *voice, t time.Time) (time.Time, bool) {
	switch {
	case v.Rank < voice.Rank:
		return t, false
	case v.Rank > voice.Rank && v.begun:
		return t, true
	case v.Rank > voice.Rank:
		return v.Start, true
	case v.Cuts.IsZero() || v.begun || v.Cuts.Sub(voice.took) <= grace:
		return t, false
	case v.Cuts.Before(v.Start):
		return v.Start, true
	}
	return v.Cuts, true
}

// goesBefore orders two items that are both due: by rank, then by turn, then by
// start. Equal ones stay as they came.
func (v *voice) goesBefore(w *voice) bool {
	switch {
	case v.Rank != w.Rank:
		return v.Rank > w.Rank
	case v.Turn != w.Turn:
		return v.Turn < w.Turn
	}
	return v.Start.Before(w.Start)
}
