package plan

import (
	"slices"

	"loaphuong/scheduler"
)

// heldItem is an item that stood in a window of the plan before.
type heldItem struct {
	topic     int
	recording scheduler.RecordingID
}

// findHeld notes what stood in the windows.
func (d *desk) findHeld() {
	windows := d.bySlot()
	for _, l := range d.in.Held[d.station.ID] {
		for _, at := range l.Timing.Within(d.in.From, d.in.Until, d.zone) {
			if w := windows[slot{l.Programme, at.UnixNano()}]; w != nil {
				w.hold(d, l.Entries)
			}
		}
	}
}

// hold notes the items among the entries of a playlist.
func (w *window) hold(d *desk, entries []scheduler.Entry) {
	for _, e := range entries {
		if e.Piece == "" && e.MakesGood == "" {
			if topic, ok := d.topicOf[themeOf(e.Directive, e.Topic, e.Recording)]; ok {
				w.held = append(w.held, heldItem{topic, e.Recording})
			}
		}
	}
}

// placeHeld begins with what was published last, as far as it is still owed and
// may still stand where it stood.
func (d *desk) placeHeld() {
	d.findHeld()
	for _, w := range d.windows {
		if w.shut != "" || w.alone {
			continue
		}
		for _, h := range w.held {
			d.holdOn(w, h)
		}
	}
}

// holdOn places one more item in a window, where it goes.
func (d *desk) holdOn(w *window, h heldItem) {
	v := d.heldVoice(w, h)
	if v == nil || w.has(h.topic) || d.gain(v, w.day) == 0 {
		return
	}
	r := d.roomIn(w)
	items := slices.Clone(w.items)
	next := append(slices.Clone(items), item{topic: h.topic, voice: v})
	slices.SortFunc(next, func(x, y item) int { return x.topic - y.topic })
	d.put(w, r.begin, next)
	if w.used() > r.capped || !d.allSpaced(w) {
		d.put(w, r.begin, items)
	}
}

// heldVoice is the voice to air on a topic that stood in a window: the same, or,
// where there is a newer one, that.
func (d *desk) heldVoice(w *window, h heldItem) (found *voice) {
	for _, x := range d.menu(w.programme.Language) {
		if x.topic != h.topic {
			continue
		}
		for _, v := range x.voices {
			if found == nil || v.recording.ID == h.recording {
				found = v
			}
		}
	}
	return found
}
