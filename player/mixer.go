package player

import (
	"context"
	"sync"
	"sync/atomic"
	"time"
)

// Mixer places items on their instants and says what became of each. One item
// has the card at a time; the others wait, or cut it, or go on under it.
//
//   - The first sample of an item sounds at its Start, to the sample, by what
//     the card knows when that period is filled. An item whose Start is past
//     begins at once, unless Latest is more than 5 ms past. Two that are planned
//     back to back are heard without a frame between them.
//   - A higher rank cuts a lower one with a fade of 10 ms, or of its FadeOut
//     where there is as much notice, that is over at the other's Start; 2 ms
//     where there was no notice. An equal rank does so from its Cuts on. Nothing
//     is cut for an item whose stream has not one frame, and what was heard to
//     within 2 ms of its Length was not cut.
//   - What was cut and recovers waits, and goes on as soon as nothing of its own
//     rank that would cut it, and nothing of a higher rank, is due.
//   - An item of known Length follows true time once it has begun: single
//     frames are dropped or doubled, at most one in 5 ms, so that it is within
//     0.5 ms on a card 80 ppm wrong. On a card that is right every bit is kept.
//     What it is off by more than 250 ms, as after a long stall, it stays off.
//   - A change of the reading by 20 ms at most is followed like that; a greater
//     one moves what waits and leaves what sounds, from where it is, alone.
//   - Events come in order from [Mixer.Run]'s goroutine when their instant has
//     come, never earlier, and never while a lock is held: the callback may
//     call the mixer, and may block without harm to the sound.
//   - [Mixer.Fill] waits for nobody. It tries the lock it shares with the other
//     methods, and what it cannot exchange now it exchanges a period later. It
//     allocates only when more than 64 items wait or events pend at once.
//
// All methods but Fill, Lost and Run may be called from any goroutine. Run must
// run for events to come.
type Mixer struct {
	events  func(Event)
	volume  atomic.Uint32 // in percent
	reading atomic.Pointer[Reading]
	stalls  atomic.Int64
	fills   atomic.Int64
	wake    chan struct{} // tells Run to look again
	desk    desk
	gauge   gauge

	air   sync.Mutex // guards stage; Fill holds it, so others may only while no card fills
	stage stage
}

// room is how many items and events fit before anything must be allocated.
const room = 64

// NewMixer makes a mixer at full volume that tells events what was heard.
func NewMixer(events func(Event)) *Mixer {
	m := &Mixer{
		events: events,
		wake:   make(chan struct{}, 1),
		desk:   desk{keys: make(map[string]bool), pending: make([]word, 0, room)},
		stage:  stage{beds: make([]*voice, 0, int(RankEmergency)), waiting: make([]*voice, 0, room), out: make([]word, 0, room), volume: 1},
	}
	m.volume.Store(100)
	m.reading.Store(&Reading{})
	return m
}

// Place asks for an item to sound. It refuses one that is invalid or whose key
// is still in the mixer; every item it takes ends in one Ended or TooLate.
func (m *Mixer) Place(item Item) error {
	if err := item.validate(); err != nil {
		return err
	}
	if err := m.desk.place(newVoice(item)); err != nil {
		return err
	}
	m.nudge()
	return nil
}

// Stop ends the item of key: a waiting one at once, the sounding one after a
// fade of 10 ms. An unknown key is no error, since items end by themselves.
func (m *Mixer) Stop(key string) {
	m.desk.ask(order{stop: key})
	m.nudge()
}

// StopAll ends every item that was placed before.
func (m *Mixer) StopAll() {
	m.desk.ask(order{all: true})
	m.nudge()
}

// SetVolume sets the factor on everything, in percent of full scale; it is held
// within 0 and 100. The sound follows within 10 ms.
func (m *Mixer) SetVolume(percent int) {
	m.volume.Store(uint32(min(max(percent, 0), 100)))
}

// SetReading tells what true time it is. Every instant of an Item and an Event
// is in true time, by the reading in force when it is mixed; see [Mixer] for
// what happens to items that sound meanwhile.
func (m *Mixer) SetReading(r Reading) { m.reading.Store(&r) }

// Playing returns the key of the item that is being heard at full gain, "" when
// it is silent.
func (m *Mixer) Playing() string {
	m.desk.mu.Lock()
	defer m.desk.mu.Unlock()
	if n := len(m.desk.playing); n > 0 {
		return m.desk.playing[n-1]
	}
	return ""
}

// Underruns is how often the card has skipped forward while an item sounded.
func (m *Mixer) Underruns() int64 { return m.stalls.Load() }

// Level is how loud the last whole second was that went to the card, as its root
// mean square in dBFS; -Inf is silence, or no card.
func (m *Mixer) Level() float64 { return m.gauge.level() }

// Fill implements [Source]. Only the card calls it, from one goroutine.
func (m *Mixer) Fill(buf []float32, sounds time.Time) {
	m.air.Lock()
	defer m.air.Unlock()
	m.fills.Add(1)
	m.stage.tell(*m.reading.Load(), sounds)
	if m.desk.mu.TryLock() {
		m.desk.carryOut(&m.stage, m.stage.reading.At(sounds), PlacedLate)
		m.desk.mu.Unlock()
	}
	m.stage.fill(buf, sounds, float32(m.volume.Load())/100)
	m.gauge.add(buf)
	m.stalls.Store(m.stage.stalls)
	if len(m.stage.out) > 0 && m.desk.mu.TryLock() {
		m.desk.collect(&m.stage)
		m.desk.mu.Unlock()
		m.nudge()
	}
}

// Lost tells the mixer that the card's Run has returned: what was delivered and
// not yet heard will not be. What sounded ends with DeviceLost; what waits, or
// was interrupted, goes on waiting for a card.
func (m *Mixer) Lost() { m.silence(DeviceLost) }

// silence ends what sounds now and revokes what is not yet heard. Stopped is
// the end of everything, and so of what was interrupted too.
func (m *Mixer) silence(reason Reason) {
	m.air.Lock()
	defer m.air.Unlock()
	m.desk.mu.Lock()
	defer m.desk.mu.Unlock()
	now := time.Now()
	m.stage.fall(m.stage.reading.At(now), reason, reason == Stopped)
	m.gauge.reset()
	m.desk.collect(&m.stage)
	m.desk.revoke(now, reason)
	m.nudge()
}

// nudge makes Run look again, without waiting for it.
func (m *Mixer) nudge() {
	select {
	case m.wake <- struct{}{}:
	default:
	}
}

// watch is how often Run looks whether a card still fills.
const watch = time.Second

// Run delivers events as they are heard until ctx ends. Then what sounds or was
// interrupted ends with Stopped, and what has not begun is forgotten with no
// event: whoever placed it is ending too, and may place it again.
func (m *Mixer) Run(ctx context.Context) error {
	timer, look := time.NewTimer(watch), time.NewTicker(watch)
	defer timer.Stop()
	defer look.Stop()
	filled := int64(-1)
	for {
		timer.Reset(m.deliver(time.Now()))
		select {
		case <-ctx.Done():
			m.silence(Stopped)
			m.deliver(time.Now())
			return nil
		case <-m.wake:
		case <-timer.C:
		case <-look.C:
			filled = m.standIn(filled)
		}
	}
}

// deliver hands out what has been heard at now and returns how long until
// there may be more.
func (m *Mixer) deliver(now time.Time) time.Duration {
	for {
		e, heard, due := m.desk.next(now)
		if heard {
			m.events(e)
			continue
		}
		if due.IsZero() {
			return watch
		}
		return min(max(due.Sub(now), 0), watch)
	}
}

// standIn does the audio thread's bookkeeping where no period has been filled
// since filled was returned, so that items are stopped and become too late
// while there is no card.
func (m *Mixer) standIn(filled int64) int64 {
	count := m.fills.Load()
	if count != filled || !m.desk.busy() {
		return count
	}
	m.air.Lock()
	defer m.air.Unlock()
	m.desk.mu.Lock()
	defer m.desk.mu.Unlock()
	now := time.Now()
	m.stage.tell(*m.reading.Load(), now)
	t := m.stage.reading.At(now)
	m.desk.carryOut(&m.stage, t, DeviceLost)
	m.stage.expire(t, DeviceLost, "")
	m.desk.collect(&m.stage)
	m.nudge()
	return count
}
