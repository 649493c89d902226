package rehearsal

import (
	"fmt"
	"time"

	"loaphuong/player"
)

// The mixer's own timings, as in package player.
const (
	fade   = 10 * time.Millisecond  // from a stop to the end
	late   = 5 * time.Millisecond   // how much later than Latest an item still begins
	notice = 500 * time.Millisecond // until it is seen, once a second, that an item is too late for a card that is gone
	beat   = 5 * time.Second        // heard between two signs of progress
)

// mixer is a model of player.Mixer: the same rules over lengths instead of
// samples. Instants are of the station's clock.
type mixer struct {
	now     time.Time
	card    bool // it runs
	voice   *voice
	waiting []player.Item  // in the order they came
	said    []player.Event // not yet told
}

// voice is the item that sounds, until when, and why it does not sound whole.
type voice struct {
	player.Item
	begun, over time.Time
	reason      player.Reason
	by          string
}

// Place implements agent.Mixer.
func (m *mixer) Place(item player.Item) error {
	if m.has(item.Key) {
		return fmt.Errorf("place %q: %w", item.Key, player.ErrDuplicate)
	}
	switch {
	case !m.overdue(item):
		m.waiting = append(m.waiting, item)
	case m.card:
		m.say(player.TooLate, item.Key, player.PlacedLate, "")
	default:
		m.say(player.TooLate, item.Key, player.DeviceLost, "")
	}
	return nil
}

func (m *mixer) has(key string) bool {
	for _, item := range m.waiting {
		if item.Key == key {
			return true
		}
	}
	return m.voice != nil && m.voice.Key == key
}

// Stop implements agent.Mixer.
func (m *mixer) Stop(key string) {
	for i, item := range m.waiting {
		if item.Key == key {
			m.take(i)
			m.say(player.Ended, key, player.Stopped, "")
			return
		}
	}
	if v := m.voice; v != nil && v.Key == key && v.over.After(m.now.Add(fade)) {
		v.over, v.reason, v.by = m.now.Add(fade), player.Stopped, ""
	}
}

// SetVolume implements agent.Mixer. Nobody listens.
func (m *mixer) SetVolume(int) {}

// next is when something happens of itself, zero where nothing does.
func (m *mixer) next() (at time.Time) {
	sooner := func(t time.Time) {
		if at.IsZero() || t.Before(at) {
			at = t
		}
	}
	if m.voice != nil {
		sooner(m.voice.over)
	}
	for _, item := range m.waiting {
		switch {
		case !m.card:
			sooner(item.Latest.Add(notice))
		case m.voice == nil || item.Rank > m.voice.Rank:
			sooner(item.Start)
		}
		if m.card {
			sooner(item.Latest.Add(late + 1))
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
	switch v := m.voice; {
	case v != nil && !v.over.After(m.now):
		m.finish()
		return true
	case v != nil:
		m.expire(player.Busy, v.Key)
		return m.contend()
	case m.card:
		m.expire(player.DeviceLost, "")
		return m.begin()
	}
	for i, item := range m.waiting {
		if !m.now.Before(item.Latest.Add(notice)) {
			m.take(i)
			m.say(player.TooLate, item.Key, player.DeviceLost, "")
			return true
		}
	}
	return false
}

// finish ends the voice; the card is free, too late for some.
func (m *mixer) finish() {
	v := m.voice
	m.voice = nil
	m.said = append(m.said, player.Event{Kind: player.Ended, Key: v.Key, At: v.over, Heard: v.over.Sub(v.begun), Reason: v.reason, By: v.by})
	m.expire(player.Busy, v.Key)
}

// contend lets a higher rank whose time has come cut the voice.
func (m *mixer) contend() bool {
	for _, item := range m.waiting {
		if item.Rank > m.voice.Rank && !item.Start.After(m.now) {
			m.voice.over, m.voice.reason, m.voice.by = m.now, player.Preempted, item.Key
			return true
		}
	}
	return false
}

// begin makes the best item that is due the voice: of the highest rank, then of
// the earliest start, then the one placed first.
func (m *mixer) begin() bool {
	best := -1
	for i, item := range m.waiting {
		if item.Start.After(m.now) {
			continue
		}
		if best < 0 || item.Rank > m.waiting[best].Rank ||
			item.Rank == m.waiting[best].Rank && item.Start.Before(m.waiting[best].Start) {
			best = i
		}
	}
	if best < 0 {
		return false
	}
	item := m.take(best)
	if item.Length <= 0 {
		m.say(player.Ended, item.Key, player.Undecoded, "") // its stream has not one frame
		return true
	}
	m.voice = &voice{Item: item, begun: m.now, over: m.now.Add(item.Length)}
	m.say(player.Started, item.Key, "", "")
	return true
}

// lose takes the card away.
func (m *mixer) lose() {
	if v := m.voice; v != nil {
		v.over, v.reason, v.by = m.now, player.DeviceLost, ""
		m.finish()
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
	heard := m.now.Sub(m.voice.begun).Truncate(beat)
	return player.Event{Kind: player.Progress, Key: m.voice.Key, At: m.voice.begun.Add(heard), Heard: heard}, heard > 0
}

// set moves what sounds along with a clock that was set; what waits, waits for
// its instant by the new time.
func (m *mixer) set(by time.Duration) {
	m.now = m.now.Add(by)
	if m.voice != nil {
		m.voice.begun, m.voice.over = m.voice.begun.Add(by), m.voice.over.Add(by)
	}
}

// expire drops the waiting items whose Latest has passed.
func (m *mixer) expire(reason player.Reason, by string) {
	for i := 0; i < len(m.waiting); {
		if !m.overdue(m.waiting[i]) {
			i++
			continue
		}
		m.say(player.TooLate, m.take(i).Key, reason, by)
	}
}

func (m *mixer) overdue(item player.Item) bool { return m.now.Sub(item.Latest) > late }

// take removes the i-th waiting item.
func (m *mixer) take(i int) player.Item {
	item := m.waiting[i]
	m.waiting = append(m.waiting[:i], m.waiting[i+1:]...)
	return item
}

func (m *mixer) say(kind player.EventKind, key string, reason player.Reason, by string) {
	m.said = append(m.said, player.Event{Kind: kind, Key: key, At: m.now, Reason: reason, By: by})
}
