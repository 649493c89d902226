package plan

import (
	"time"

	"loaphuong/scheduler"
)

// promises says of every debt how far it is met, and if not, why.
func (d *desk) promises() []scheduler.Promise {
	var all []scheduler.Promise
	for _, b := range d.debts {
		p := scheduler.Promise{
			Obligation: b.obligation.ID, Directive: b.obligation.Directive, Topic: b.obligation.Topic,
			Owed: b.owed, Promised: min(b.met()-b.kept, b.owed),
		}
		if p.Promised < p.Owed {
			p.Shortfall = d.shortfall(b)
		}
		all = append(all, p)
	}
	return all
}

// shortfall is what keeps a debt most often from being met, on the days on
// which it is not.
func (d *desk) shortfall(b *debt) scheduler.Shortfall {
	if d.station.Retired {
		return scheduler.OffDuty
	}
	if lack := d.lack(b); lack != "" {
		return lack
	}
	return d.mostOften(func(w *window) scheduler.Shortfall {
		if !b.binds[w.day] || b.gain(w.day) == 0 || w.shut == scheduler.BecauseHoliday {
			return ""
		}
		why, _ := d.obstacle(w, b)
		return why
	})
}

// mostOften is the most frequent of what is said of the windows, of equals the
// one first reached; where nothing is said, there are too few.
func (d *desk) mostOften(of func(*window) scheduler.Shortfall) scheduler.Shortfall {
	counts := map[scheduler.Shortfall]int{}
	best := scheduler.NoProgramme
	for _, w := range d.windows {
		why := of(w)
		if why == "" {
			continue
		}
		if counts[why]++; counts[why] > counts[best] {
			best = why
		}
	}
	return best
}

// lack is why a debt could not be met in any window, if so.
func (d *desk) lack(b *debt) scheduler.Shortfall {
	k := d.topics[b.topic].theme
	if d.shelf.voice(k, languagesFor(b.obligation, d.station, "")) == nil {
		return d.shelf.lack(k)
	}
	return ""
}

// hurdle measures an obstacle.
type hurdle struct {
	want, have time.Duration
	last       time.Time // the airing that it would come too close to
	fits       bool      // there is none
}

// obstacle is what keeps a debt out of a window, "" where it stands in it.
func (d *desk) obstacle(w *window, b *debt) (scheduler.Shortfall, hurdle) {
	k := d.topics[b.topic].theme
	voice := d.shelf.voice(k, languagesFor(b.obligation, d.station, w.programme.Language))
	switch {
	case w.has(b.topic):
		return "", hurdle{}
	case w.shut != "":
		return scheduler.Capped, hurdle{}
	case d.lack(b) != "":
		return d.lack(b), hurdle{}
	case voice == nil:
		return scheduler.NoLanguage, hurdle{}
	case w.alone:
		return scheduler.WindowFull, hurdle{want: voice.Duration}
	}
	return d.noRoom(w, b, voice)
}

// noRoom is why there is no room in a window for an item of a length, beside
// what is in it: the window itself, quiet hours, rules, or another airing.
func (d *desk) noRoom(w *window, b *debt, recording *scheduler.Recording) (scheduler.Shortfall, hurdle) {
	length := recording.Duration
	r := d.roomIn(w)
	taken := w.taken()
	for _, x := range w.items {
		taken += x.voice.recording.Duration + Gap
	}
	h := hurdle{want: length, have: max(r.capped-taken, 0)}
	switch c := (candidate{topic: b.topic, voice: &voice{recording: recording}}); {
	case !d.mayStand(w, r, c):
		h.last = d.tooSoonAfter(w, b.topic, w.at.Add(r.begin+w.programme.lead))
		return scheduler.TooClose, h
	case taken+length > r.window:
		return scheduler.WindowFull, h
	case taken+length > r.quiet:
		return scheduler.QuietWindow, h
	case taken+length > r.capped:
		return scheduler.Capped, h
	}
	h.fits = true
	return scheduler.WindowFull, h
}
