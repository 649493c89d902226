package player

import (
	"fmt"
	"slices"
	"sync"
	"time"
)

// desk is where the audio thread and everybody else meet. Its lock is held for
// a few appends at most, and the audio thread only ever tries it.
type desk struct {
	mu      sync.Mutex
	orders  []order         // not yet seen by the audio thread
	keys    map[string]bool // of items whose last event has not been delivered
	pending []word          // not yet heard, in the order they will be
	playing []string        // the keys of what is heard, in the order it began
}

// word is an event on its way out, with what of it is on the machine's clock.
type word struct {
	Event
	due   time.Time // when it may be told
	until time.Time // when the last frame of the item that was delivered before it has been heard; zero for none
}

// insert adds a word to a list that is in order of when they are due, behind
// those of the same instant.
func insert(list []word, w word) []word {
	list = append(list, w)
	for i := len(list) - 1; i > 0 && list[i].due.Before(list[i-1].due); i-- {
		list[i], list[i-1] = list[i-1], list[i]
	}
	return list
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
	for _, w := range s.out {
		d.pending = insert(d.pending, w)
	}
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
	w := d.pending[0]
	if w.due.After(now) {
		return e, false, w.due
	}
	d.pending = append(d.pending[:0], d.pending[1:]...)
	d.settle(w.Event)
	return w.Event, true, due
}

// settle keeps account of an event on its way out. The caller holds the lock.
func (d *desk) settle(e Event) {
	switch e.Kind {
	case Started, Resumed:
		d.playing = append(d.playing, e.Key)
	case Interrupted, Ended, TooLate:
		d.playing = slices.DeleteFunc(d.playing, func(key string) bool { return key == e.Key })
	}
	if e.last() {
		delete(d.keys, e.Key)
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
	for _, w := range d.pending {
		if early := w.due.Sub(now); early > 0 {
			if !w.last() {
				continue
			}
			w.At, w.due = w.At.Add(-early), now
			w.unhear(now, reason)
		}
		kept = append(kept, w)
	}
	d.pending = kept
}

// unhear takes from a last event what of its item is not heard by now, and so
// never will be, for reason.
func (w *word) unhear(now time.Time, reason Reason) {
	if unheard := w.until.Sub(now); w.Heard > 0 && unheard > 0 {
		w.Heard = max(0, w.Heard-unheard)
		w.Quiet = min(w.Quiet, w.Heard)
		w.Reason, w.By = reason, ""
	}
}
