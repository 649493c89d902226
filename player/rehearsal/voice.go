package rehearsal

import (
	"time"

	"loaphuong/player"
)

// voice is an item with what has become of it.
type voice struct {
	player.Item
	took  time.Time     // when it first sounded; zero before
	since time.Time     // since when it sounds without a break
	over  time.Time     // until when it does,
	why   player.Reason // and why it does not sound whole
	by    string
	heard time.Duration // before since, in this pass

	left   time.Time // since when it is interrupted; zero where it is not
	breaks int
	away   time.Duration // without the break it is in
	again  bool          // it will begin anew
}

// recovers reports whether v sounds again after it was cut.
func (v *voice) recovers() bool {
	if r, ok := v.Stream.(player.Rewinder); ok && v.Recovery == player.Restarts {
		v.again = r.Rewind() == nil
	}
	return v.Recovery == player.Resumes || v.again
}

// latest is when v must sound, or sound again; zero where it may wait for ever.
func (v *voice) latest() time.Time {
	if v.took.IsZero() {
		return v.Latest
	}
	return v.ResumeBy
}

// due is when v may take a free card.
func (v *voice) due() time.Time {
	if v.took.IsZero() {
		return v.Start
	}
	return v.left
}

// cuts is when v takes the card from another, if it does.
func (v *voice) cuts(w *voice) (at time.Time, ok bool) {
	switch {
	case w == nil || v.Rank < w.Rank:
		return at, false
	case v.Rank > w.Rank:
		return v.due(), true
	case v.Cuts.IsZero() || !v.took.IsZero() || v.Cuts.Sub(w.took) <= late:
		return at, false
	case v.Cuts.Before(v.Start):
		return v.Start, true
	}
	return v.Cuts, true
}

// better is the one of two waiting items that goes first: of the higher rank,
// then of the lower turn, then of the earlier start, then the one placed first.
func (m *mixer) better(i, j int) int {
	if i < 0 {
		return j
	}
	v, w := m.waiting[i], m.waiting[j]
	if w.Rank > v.Rank || w.Rank == v.Rank && (w.Turn < v.Turn || w.Turn == v.Turn && w.Start.Before(v.Start)) {
		return j
	}
	return i
}

// instead is back, or the best of what would cut it at once.
func (m *mixer) instead(back int) int {
	best := -1
	for i, v := range m.waiting {
		if at, ok := v.cuts(m.waiting[back]); ok && v.took.IsZero() && !at.After(m.now) {
			best = m.better(best, i)
		}
	}
	if best < 0 {
		return back
	}
	return best
}

// due is the best of what waits and may take a free card, -1 for none: what was
// interrupted before what waits, unless that would cut it.
func (m *mixer) due() int {
	best, back := -1, -1
	for i, v := range m.waiting {
		switch {
		case !v.took.IsZero():
			back = m.better(back, i)
		case !v.Start.After(m.now):
			best = m.better(best, i)
		}
	}
	if back >= 0 && (best < 0 || m.waiting[best].Rank <= m.waiting[back].Rank) {
		best = m.instead(back)
	}
	return best
}

// progress is the last sign of progress that v has given at now, if it has.
func (v *voice) progress(now time.Time) (player.Event, bool) {
	heard := (v.heard + now.Sub(v.since)).Truncate(beat)
	return player.Event{Kind: player.Progress, Key: v.Key, At: v.since.Add(heard - v.heard), Heard: heard,
		Interruptions: v.breaks, Away: v.away}, heard > 0
}

// set moves what has been of v along with a clock that was set.
func (v *voice) set(by time.Duration) {
	for _, at := range []*time.Time{&v.took, &v.since, &v.over, &v.left} {
		if !at.IsZero() {
			*at = at.Add(by)
		}
	}
}
