package plan

import (
	"slices"
	"time"

	"loaphuong/scheduler"
)

// load puts into the windows of the desk what was published, and what was kept
// of the airings in them. Where both know a window, what is kept is what it
// was; except where first says that what was published comes first.
func (d *desk) load(kept []*scheduler.Airing, first func(*window) bool) {
	published := d.published()
	known, loose := d.sortIn(kept)
	for _, a := range loose {
		d.creditOne(a, d.dayOf(a.Start))
	}
	for _, w := range d.windows {
		w.aired = known[w]
		if len(w.aired) == 0 || first(w) && len(published[w]) > 0 {
			w.aired = published[w]
		}
		d.loadOne(w)
	}
	d.placeRelays()
}

// published are the airings of the playlists that the station holds, by window.
func (d *desk) published() map[*window][]scheduler.Airing {
	windows, found := d.bySlot(), map[*window][]scheduler.Airing{}
	for _, l := range d.in.Held[d.station.ID] {
		for _, at := range l.Timing.Within(d.in.From, d.in.Until, d.zone) {
			w := windows[slot{l.Programme, at.UnixNano()}]
			if w == nil {
				continue
			}
			once := l
			once.Timing = l.Timing.Bounded(at, at.Add(time.Minute))
			all := scheduler.Airings(d.station.ID, d.zone, []scheduler.Playlist{once}, at, at.Add(2*scheduler.MaxLength))
			found[w] = append(found[w], all...)
		}
	}
	return found
}

// bySlot finds windows by their programmes and instants.
func (d *desk) bySlot() map[slot]*window {
	windows := make(map[slot]*window, len(d.windows))
	for _, w := range d.windows {
		windows[slot{w.programme.ID, w.at.UnixNano()}] = w
	}
	return windows
}

// sortIn finds the windows of airings, and the airings that are in none.
func (d *desk) sortIn(kept []*scheduler.Airing) (known map[*window][]scheduler.Airing, loose []*scheduler.Airing) {
	known = map[*window][]scheduler.Airing{}
	for _, a := range kept {
		var in *window
		for _, w := range d.windows {
			if w.programme.ID == a.Programme && !a.Start.Before(w.at) && a.Start.Before(w.at.Add(w.programme.Length)) {
				in = w
			}
		}
		if in == nil {
			loose = append(loose, a)
		} else {
			known[in] = append(known[in], *a)
		}
	}
	return known, loose
}

// loadOne places the airings of a window where they are.
func (d *desk) loadOne(w *window) {
	slices.SortFunc(w.aired, func(a, b scheduler.Airing) int { return a.Start.Compare(b.Start) })
	items := []item{}
	d.account(w, -1)
	for i := range w.aired {
		a := &w.aired[i]
		if a.Piece != "" {
			continue
		}
		x := d.itemOf(a)
		x.offset = a.Start.Sub(w.at)
		if a.MakesGood == "" {
			items = append(items, x)
			continue
		}
		x.by = &scheduler.Selection{MakesGood: a.MakesGood}
		w.picked = append(w.picked, x)
	}
	w.items = items
	for _, x := range slices.Concat(w.picked, w.items) {
		d.count(w, x, 1)
	}
	if len(w.aired) > 0 {
		w.begin = max(w.aired[0].Start.Sub(w.at)-w.silence(w.aired[0].Piece), 0)
	}
	d.account(w, 1)
}

// silence is how much of the running order comes before the first airing of a
// window: relays, of which nothing is aired here.
func (w *window) silence(first scheduler.PieceKind) (sum time.Duration) {
	for _, p := range w.programme.pieces {
		if p.after || first != "" && p.Kind != scheduler.RelayTime {
			break
		}
		sum += p.length()
	}
	return sum
}

// itemOf is an airing as an item. One that makes good serves no debt.
func (d *desk) itemOf(a *scheduler.Airing) item {
	r := d.shelf.all[a.Recording]
	if r == nil || r.Duration != a.Duration {
		r = &scheduler.Recording{ID: a.Recording, Directive: a.Directive, Topic: a.Topic, Duration: a.Duration}
	}
	topic := d.topicFor(themeOf(a.Directive, a.Topic, a.Recording))
	v := d.voice(d.topics[topic], r)
	if a.MakesGood != "" {
		v.debts = nil
	}
	return item{topic: topic, voice: v}
}
