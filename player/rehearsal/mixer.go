package rehearsal

import (
	"fmt"
	"slices"
	"time"

	"loaphuong/player"
)

// The mixer's own timings, as in package player.
const (
	fade   = 10 * time.Millisecond  // from a stop to the end
	late   = 5 * time.Millisecond   // how much later than Latest an item still begins
	lack   = 2 * time.Millisecond   // of what a cut takes from an item that counts as whole
	notice = 500 * time.Millisecond // until it is seen, once a second, that an item is too late for a card that is gone
	beat   = 5 * time.Second        // heard between two signs of progress
)

// mixer is a model of player.Mixer: the same rules over lengths instead of
// samples. Instants are of the station's clock.
type mixer struct {
	now     time.Time
	card    bool // it runs
	voice   *voice
	beds    []*voice       // that go on under it, each of a higher rank than the one before
	waiting []*voice       // in the order they came; what was interrupted is among them
	said    []player.Event // not yet told
}

// Place implements agent.Mixer.
func (m *mixer) Place(item player.Item) error {
	if m.has(item.Key) {
		return fmt.Errorf("place %q: %w", item.Key, player.ErrDuplicate)
	}
	switch v := (&voice{Item: item}); {
	case !m.overdue(v):
		m.waiting = append(m.waiting, v)
	case m.card:
		m.say(v, player.TooLate, player.PlacedLate, "")
	default:
		m.say(v, player.TooLate, player.DeviceLost, "")
	}
	return nil
}

func (m *mixer) has(key string) bool {
	for _, v := range append(m.sounding(), m.waiting...) {
		if v.Key == key {
			return true
		}
	}
	return false
}

// sounding is a list of what sounds, the voice last.
func (m *mixer) sounding() []*voice {
	list := slices.Clone(m.beds)
	if m.voice != nil {
		list = append(list, m.voice)
	}
	return list
}

// Stop implements agent.Mixer.
func (m *mixer) Stop(key string) {
	for i, v := range m.waiting {
		if v.Key == key {
			m.say(m.take(i), player.Ended, player.Stopped, "")
			return
		}
	}
	for _, v := range m.sounding() {
		if v.Key == key && v.over.After(m.now.Add(fade)) {
			v.over, v.why, v.by = m.now.Add(fade), player.Stopped, ""
		}
	}
}

// SetVolume implements agent.Mixer. Nobody listens.
func (m *mixer) SetVolume(int) {}

// next is when something happens of itself, zero where nothing does.
func (m *mixer) next() (at time.Time) {
	sooner := func(t time.Time) {
		if !t.IsZero() && (at.IsZero() || t.Before(at)) {
			at = t
		}
	}
	for _, v := range m.sounding() {
		sooner(v.over)
	}
	for _, v := range m.waiting {
		if latest := v.latest(); !latest.IsZero() && m.card {
			sooner(latest.Add(late + 1))
		} else if !latest.IsZero() {
			sooner(latest.Add(notice))
		}
		if m.card && m.voice == nil {
			sooner(v.due())
		} else if cuts, ok := v.cuts(m.voice); m.card && ok {
			sooner(cuts)
		}
	}
	if at.Before(m.now) && !at.IsZero() {
		return m.now
	}
	return at
}

// turn does what is to be done at now, and returns what there is to tell.
func (m *mixer) turn(now time.Time) []player.Event {
	m.now = now
	for m.act() {
	}
	said := m.said
	m.said = nil
	return said
}

// act does one thing that is due, or reports that there is none.
func (m *mixer) act() bool {
	for i, v := range m.sounding() {
		if !v.over.After(m.now) {
			m.finish(i)
			return true
		}
	}
	switch v := m.voice; {
	case v != nil:
		m.expire(player.Busy, v.Key)
		return m.contend()
	case m.card:
		m.expire(player.DeviceLost, "")
		return m.begin()
	}
	for i, v := range m.waiting {
		if latest := v.latest(); !latest.IsZero() && !m.now.Before(latest.Add(notice)) {
			m.drop(i, player.DeviceLost, "")
			return true
		}
	}
	return false
}

// finish ends or interrupts the i-th of what sounds; the card is free, too late
// for some.
func (m *mixer) finish(i int) {
	v := m.voice
	if i < len(m.beds) {
		v = m.beds[i]
		m.beds = slices.Delete(m.beds, i, i+1)
	} else {
		m.voice = nil
	}
	v.heard += v.over.Sub(v.since)
	if v.why == player.Preempted && v.Length-v.heard <= lack {
		v.why, v.by = "", ""
	}
	if v.why == player.Preempted && v.recovers() {
		v.breaks++
		m.say(v, player.Interrupted, "", v.by)
		v.left = v.over
		m.waiting = append(m.waiting, v)
	} else {
		m.say(v, player.Ended, v.why, v.by)
	}
	m.said[len(m.said)-1].At = v.over
	m.expire(player.Busy, v.Key)
}

// contend lets an item whose time has come cut the voice, or sound above it.
func (m *mixer) contend() bool {
	v, best := m.voice, -1
	for i, w := range m.waiting {
		if at, ok := w.cuts(v); ok && !at.After(m.now) {
			best = m.better(best, i)
		}
	}
	switch {
	case best < 0:
		return false
	case v.Under > 0 && m.waiting[best].Rank > v.Rank:
		m.beds = append(m.beds, v)
		m.sound(m.take(best))
	default:
		v.over, v.why, v.by = m.now, player.Preempted, m.waiting[best].Key
	}
	return true
}

// begin makes the best item that is due the voice, or has what went on under
// another come back.
func (m *mixer) begin() bool {
	best := m.due()
	if n := len(m.beds); n > 0 && (best < 0 || m.waiting[best].Rank <= m.beds[n-1].Rank) {
		m.voice, m.beds = m.beds[n-1], m.beds[:n-1]
		return true
	}
	if best >= 0 {
		m.sound(m.take(best))
	}
	return best >= 0
}

// sound gives the card to v, for the first time or again.
func (m *mixer) sound(v *voice) {
	kind := player.Started
	switch {
	case v.Length <= 0:
		m.say(v, player.Ended, player.Undecoded, "") // its stream has not one frame
		return
	case v.took.IsZero():
		v.took = m.now
	default:
		kind = player.Resumed
		v.away += m.now.Sub(v.left)
		v.left, v.why, v.by = time.Time{}, "", ""
	}
	if v.again {
		v.again, v.heard = false, 0
	}
	v.since, v.over = m.now, m.now.Add(v.Length-v.heard)
	m.voice = v
	m.say(v, kind, "", "")
}

// lose takes the card away.
func (m *mixer) lose() {
	for len(m.sounding()) > 0 {
		v := m.sounding()[0]
		v.over, v.why, v.by = m.now, player.DeviceLost, ""
		m.finish(0)
	}
	m.card = false
}

// progress is the last sign of progress that the voice has given, if it has
// given one. A show tells it only before the power goes, since until then the
// next one would take its place.
func (m *mixer) progress() (player.Event, bool) {
	if m.voice == nil {
		return player.Event{}, false
	}
	return m.voice.progress(m.now)
}

// set moves what has begun along with a clock that was set; what waits, waits
// for its instant by the new time.
func (m *mixer) set(by time.Duration) {
	m.now = m.now.Add(by)
	for _, v := range append(m.sounding(), m.waiting...) {
		v.set(by)
	}
}

// expire drops the waiting items whose time has passed.
func (m *mixer) expire(reason player.Reason, by string) {
	for i := 0; i < len(m.waiting); {
		if m.overdue(m.waiting[i]) {
			m.drop(i, reason, by)
		} else {
			i++
		}
	}
}

// drop ends a waiting item whose time has passed.
func (m *mixer) drop(i int, reason player.Reason, by string) {
	if v := m.take(i); v.took.IsZero() {
		m.say(v, player.TooLate, reason, by)
	} else {
		m.say(v, player.Ended, player.Preempted, v.by)
	}
}

func (m *mixer) overdue(v *voice) bool {
	latest := v.latest()
	return !latest.IsZero() && m.now.Sub(latest) > late
}

// take removes the i-th waiting item.
func (m *mixer) take(i int) *voice {
	v := m.waiting[i]
	m.waiting = append(m.waiting[:i], m.waiting[i+1:]...)
	return v
}

// say notes an event of v.
func (m *mixer) say(v *voice, kind player.EventKind, reason player.Reason, by string) {
	e := player.Event{Kind: kind, Key: v.Key, At: m.now, Heard: v.heard, Reason: reason, By: by, Interruptions: v.breaks, Away: v.away}
	if !v.left.IsZero() {
		e.Away += m.now.Sub(v.left)
	}
	m.said = append(m.said, e)
}
