package plan

import (
	"slices"
	"time"

	"loaphuong/scheduler"
)

// placePicked places what people have put together, before all else. What is
// not approved, does not fit or comes too soon is left out. It counts towards
// what is owed.
func (d *desk) placePicked() {
	for _, w := range d.windows {
		for _, s := range w.wanted {
			if s.MakesGood == "" && w.shut == "" {
				d.pick(w, s)
			}
		}
	}
}

// pick places the recordings of a selection, one after another, as far as they
// go.
func (d *desk) pick(w *window, s *scheduler.Selection) {
	for _, id := range s.Recordings {
		if r := d.shelf.airs[id]; r != nil {
			topic := d.topicFor(themeOf(r.Directive, r.Topic, r.ID))
			x := item{topic: topic, voice: d.voice(d.topics[topic], r), by: s}
			d.pickOne(w, x)
		}
	}
}

// pickOne places an item of a person's choice behind those that are there, where
// there is room for it.
func (d *desk) pickOne(w *window, x item) {
	r := d.roomIn(w)
	length := x.voice.recording.Duration
	if w.taken()+length > r.capped {
		return
	}
	start := r.begin
	if n := len(w.picked); n > 0 {
		start = w.picked[n-1].offset + w.picked[n-1].voice.recording.Duration + Gap
	} else if !w.alone {
		start += w.programme.lead
	}
	if !d.spaced(w, x.topic, w.at.Add(start)) || w.tooSoon(x.topic, start, d.days[w.day].spacing) {
		return
	}
	d.account(w, -1)
	w.begin, w.picked = r.begin, append(w.picked, x)
	w.arrange()
	d.count(w, x, 1)
	d.account(w, 1)
}

// tooSoon reports whether a topic is in the window too short a time before an
// offset.
func (w *window) tooSoon(topic int, start, spacing time.Duration) bool {
	return slices.ContainsFunc(w.picked, func(x item) bool { return x.topic == topic && start-x.offset < spacing })
}

// placeRelays switches on the relays of the windows that have one and room for
// it.
func (d *desk) placeRelays() {
	for _, w := range d.windows {
		if !w.programme.relay || w.shut != "" || w.alone {
			continue
		}
		if r := d.roomIn(w); len(w.picked) > 0 || r.capped >= w.fixed()-Gap {
			d.account(w, -1)
			w.relay, w.begin = true, r.begin
			d.account(w, 1)
		}
	}
}

// placeMakeGoods places what makes good, where what is owed has left room.
func (d *desk) placeMakeGoods() {
	for _, w := range d.windows {
		for _, s := range w.wanted {
			if s.MakesGood != "" && w.shut == "" {
				d.makeGood(w, s)
			}
		}
	}
}

// makeGood places the recordings of a selection ahead of the items in a window,
// as far as that harms nothing there. One that is to be alone takes only a
// window in which there is nothing.
func (d *desk) makeGood(w *window, s *scheduler.Selection) {
	if s.Alone {
		if w.used() > 0 {
			return
		}
		w.alone = true
	}
	for _, id := range s.Recordings {
		if r := d.shelf.airs[id]; r != nil {
			topic := d.topicFor(themeOf(r.Directive, r.Topic, r.ID))
			d.squeeze(w, item{topic: topic, voice: d.mute(r), by: s})
		}
	}
}

// squeeze puts an item behind those a person chose and ahead of the others, and
// takes it out again where it does not go,
// which it says.
func (d *desk) squeeze(w *window, x item) (ok bool) {
	if w.has(x.topic) {
		return false
	}
	r := d.roomIn(w)
	d.account(w, -1)
	w.begin, w.picked = r.begin, append(w.picked, x)
	w.arrange()
	if ok = w.used() <= r.capped && d.allSpaced(w); ok {
		d.count(w, x, 1)
	} else {
		w.picked = w.picked[:len(w.picked)-1]
		w.arrange()
	}
	d.account(w, 1)
	return ok
}

// mute is a recording whose airings serve no debt.
func (d *desk) mute(r *scheduler.Recording) *voice {
	return d.voice(&topic{}, r)
}

// allSpaced reports whether nothing in a window comes too soon.
func (d *desk) allSpaced(w *window) bool {
	late := func(x item) bool { return !d.spaced(w, x.topic, w.at.Add(x.offset)) }
	return !slices.ContainsFunc(w.picked, late) && !slices.ContainsFunc(w.items, late)
}
