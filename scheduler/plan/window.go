package plan

import (
	"cmp"
	"slices"
	"time"

	"loaphuong/scheduler"
)

// window is one occurrence of a programme, and what is placed in it.
type window struct {
	index     int
	programme *programme
	at        time.Time
	day       int
	wall      int               // minutes after midnight at which it begins
	shut      scheduler.Because // why nothing is aired in it at all
	quiet     time.Duration     // from its beginning to when it must be quiet, at most its length
	near      []int             // the windows that run at the same time
	close     []int             // those in which an item may come too soon after one in this
	held      []heldItem        // what stood in it before
	wanted    []*scheduler.Selection
	alone     bool               // a selection keeps everything else out
	aired     []scheduler.Airing // what was in it, where that is explained

	begin  time.Duration            // from at to the first sound, or relay
	relay  bool                     // its relay is on, whether anything else is in it or not
	picked []item                   // what a person put there
	items  []item                   // what the plan chose
	lead   time.Duration            // music before the items
	music  [][]*scheduler.Recording // by piece of the running order
	extra  time.Duration            // all the music, each piece with its gap
}

// item is a recording at its place in a window.
type item struct {
	topic  int
	voice  *voice
	offset time.Duration // from the beginning of the window
	by     *scheduler.Selection
}

// used is how long the window airs anything, relay and gaps included.
func (w *window) used() time.Duration {
	if len(w.picked) == 0 && len(w.items) == 0 && !w.relay {
		return 0
	}
	sum := w.fixed() + w.extra - Gap
	for _, x := range w.picked {
		sum += x.voice.recording.Duration + Gap
	}
	for _, x := range w.items {
		sum += x.voice.recording.Duration + Gap
	}
	return sum
}

// fixed is how long the running order is without items and music.
func (w *window) fixed() time.Duration {
	if w.alone {
		return 0
	}
	return w.programme.lead + w.programme.tail
}

// arrange gives the items their places, one after another.
func (w *window) arrange() {
	at := w.begin + w.lead
	if !w.alone {
		at += w.programme.lead
	}
	for _, list := range [][]item{w.picked, w.items} {
		for i := range list {
			list[i].offset = at
			at += list[i].voice.recording.Duration + Gap
		}
	}
}

// has reports whether a topic stands in the window.
func (w *window) has(topic int) bool {
	of := func(x item) bool { return x.topic == topic }
	return slices.ContainsFunc(w.items, of) || slices.ContainsFunc(w.picked, of)
}

// busy is the time that the window takes from others.
func (w *window) busy() span {
	from := w.at.Add(w.begin)
	return span{from.Add(-Gap), from.Add(w.used() + Gap)}
}

// openWindows lists the windows of the station in the span. Where two begin at
// once, that of a selection comes first.
func (d *desk) openWindows(selections []*scheduler.Selection) {
	for _, p := range d.local.programmes {
		d.occasions(p, selections)
	}
	for _, s := range selections {
		if s.Programme == "" {
			own := d.shelf.programme(s.Own())
			own.own = true
			d.occasions(own, []*scheduler.Selection{s})
		}
	}
	slices.SortStableFunc(d.windows, func(a, b *window) int {
		return cmp.Or(a.at.Compare(b.at), cmp.Compare(a.rank(), b.rank()), cmp.Compare(a.programme.ID, b.programme.ID))
	})
	for i, w := range d.windows {
		w.index = i
	}
	d.meet()
}

func (w *window) rank() int {
	if w.programme.own {
		return 0
	}
	return 1
}

// occasions opens the windows of a programme.
func (d *desk) occasions(p *programme, selections []*scheduler.Selection) {
	for _, at := range p.Timing.Within(d.in.From, d.in.Until, d.zone) {
		local := at.In(d.zone)
		w := &window{programme: p, at: at, day: d.dayOf(at), wall: local.Hour()*60 + local.Minute()}
		w.quiet = d.untilQuiet(w)
		switch {
		case !p.Holidays.Takes(d.days[w.day].date, d.in.Holidays):
			w.shut = scheduler.BecauseHoliday
		case d.boundsOf(w).Silent:
			w.shut = scheduler.Because(scheduler.Capped)
		}
		d.take(w, selections)
		d.windows = append(d.windows, w)
	}
}

// take finds the selections for a window. One that is alone keeps out the
// others that are not; one that makes good comes after all that is owed.
func (d *desk) take(w *window, selections []*scheduler.Selection) {
	for _, s := range selections {
		if w.programme.own || s.Takes(w.programme.ID, w.at, d.zone) {
			w.wanted = append(w.wanted, s)
			w.alone = w.alone || s.Alone && s.MakesGood == ""
		}
	}
	if w.alone {
		w.wanted = slices.DeleteFunc(w.wanted, func(s *scheduler.Selection) bool { return !s.Alone })
	}
}

// meet notes which windows run at the same time, and which so close together
// that an item in both could come too soon.
func (d *desk) meet() {
	for i, w := range d.windows {
		end := w.at.Add(w.programme.Length)
		for _, v := range d.windows[i+1:] {
			if v.at.Before(end) {
				w.near, v.near = append(w.near, v.index), append(v.near, w.index)
			}
			if !v.at.Before(end.Add(d.days[v.day].spacing)) {
				if v.at.Sub(end) > 24*time.Hour {
					break
				}
				continue
			}
			w.close, v.close = append(w.close, v.index), append(v.close, w.index)
		}
	}
}
