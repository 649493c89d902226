package player

import (
	"fmt"
	"sync"
	"time"
)

// desk is where the audio thread and everybody else meet. Its lock is held for
// a few appends at most, and the audio thread only ever tries it.
type desk struct {
	mu      sync.Mutex
	orders  []order         // not yet seen by the audio thread
	keys    map[string]bool // of items whose last event has not been delivered
	pending []Event         // not yet heard, in the order they will be
	playing string          // the key of the last Started without its Ended
}

// order is one thing asked of the audio thread: place an item, stop one, or
// stop all.
type order struct {
	place *voice
	stop  string
	all   bool
}

// place records an item or refuses its key.
func (d *desk) place(v *voice) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.keys[v.Key] {
		return fmt.Errorf("place %q: %w", v.Key, ErrDuplicate)
	}
	d.keys[v.Key] = true
	d.orders = append(d.orders, order{place: v})
	return nil
}

// ask records an order.
func (d *desk) ask(o order) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.orders = append(d.orders, o)
}

// carryOut hands all orders to the stage; late is the reason for an item that
// is too late on arrival. The caller holds both locks.
func (d *desk) carryOut(s *stage, t time.Time, late Reason) {
	for i, o := range d.orders {
		if o.place != nil {
			s.enter(o.place, t, late)
		} else {
			s.stop(o.stop, o.all, t)
		}
		d.orders[i] = order{}
	}
	d.orders = d.orders[:0]
}

// collect takes the stage's events. The caller holds both locks.
func (d *desk) collect(s *stage) {
	d.pending = append(d.pending, s.out...)
	s.out = s.out[:0]
}

// next takes the first pending event if it has been heard at now, otherwise it
// says when it will be; zero with nothing pending.
func (d *desk) next(now time.Time) (e Event, heard bool, due time.Time) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if len(d.pending) == 0 {
		return e, false, due
	}
	if e = d.pending[0]; e.At.After(now) {
		return e, false, e.At
	}
	d.pending = append(d.pending[:0], d.pending[1:]...)
	d.settle(e)
	return e, true, due
}

// settle keeps account of an event on its way out. The caller holds the lock.
func (d *desk) settle(e Event) {
	switch {
	case e.Kind == Started:
		d.playing = e.Key
	case e.last():
		delete(d.keys, e.Key)
		if d.playing == e.Key {
			d.playing = ""
		}
	}
}

// busy reports whether an item is left whose last event is not delivered.
func (d *desk) busy() bool {
	d.mu.Lock()
	defer d.mu.Unlock()
	return len(d.keys) > 0
}

// revoke turns what was delivered but not heard by now into the truth: nothing
// begins or goes on any more, and what would have ended, ends now for reason.
// The caller holds the lock.
func (d *desk) revoke(now time.Time, reason Reason) {
	kept := d.pending[:0]
	for _, e := range d.pending {
		switch unheard := e.At.Sub(now); {
		case unheard <= 0:
		case e.Kind == Ended && e.Heard > 0:
			e.At, e.Heard = now, max(0, e.Heard-unheard)
			e.Reason, e.By = reason, ""
		case e.last():
			e.At = now
		default:
			continue
		}
		kept = append(kept, e)
	}
	d.pending = kept
}
