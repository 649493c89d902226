package plan

import (
	"cmp"
	"slices"
	"time"

	"loaphuong/scheduler"
)

// room is where a window may air anything and how long, with all others as they
// are: as the window itself would let it, as quiet hours would, and as rules do.
// Each is at most the one before; what counts is the last.
type room struct {
	begin                 time.Duration // from the beginning of the window
	window, quiet, capped time.Duration
}

// roomIn measures the room in a window as if nothing stood in it yet.
func (d *desk) roomIn(w *window) room {
	var r room
	r.begin, r.window = d.stretch(w)
	r.quiet = min(r.window, max(w.quiet-r.begin, 0))
	r.capped = r.quiet
	b, day := d.boundsOf(w), &d.days[w.day]
	sessions, used := day.sessions, day.used
	if w.programme.Class != scheduler.Emergency && w.used() > 0 {
		sessions, used = sessions-1, used-w.used()
	}
	if b.SessionLength > 0 {
		r.capped = min(r.capped, b.SessionLength)
	}
	if b.DayLength > 0 {
		r.capped = min(r.capped, max(b.DayLength-used, 0))
	}
	if b.Sessions > 0 && sessions >= b.Sessions {
		r.capped = 0
	}
	return r
}

// stretch is the longest time in a window in which nothing else is on air, the
// earliest of those. Where something stands in the window already, it is the
// time from when that begins.
func (d *desk) stretch(w *window) (begin, length time.Duration) {
	end := w.at.Add(w.programme.Length)
	free := w.at
	if w.used() > 0 {
		free = w.at.Add(w.begin)
	}
	for _, s := range append(d.taken(w), span{end, end}) {
		if w.used() > 0 && !s.from.Before(free) {
			return w.begin, s.from.Sub(free)
		}
		if until := s.from; until.Sub(free) > length {
			begin, length = free.Sub(w.at), until.Sub(free)
		}
		if s.until.After(free) {
			free = s.until
		}
	}
	return begin, length
}

// taken lists the times in which something else is on air while a window lasts,
// in order.
func (d *desk) taken(w *window) (all []span) {
	end := w.at.Add(w.programme.Length)
	add := func(s span) {
		if s.until.After(w.at) && s.from.Before(end) {
			all = append(all, s)
		}
	}
	for _, s := range d.onAir {
		add(s)
	}
	for _, n := range w.near {
		if v := d.windows[n]; v.used() > 0 {
			add(v.busy())
		}
	}
	slices.SortFunc(all, func(a, b span) int { return cmp.Or(a.from.Compare(b.from), a.until.Compare(b.until)) })
	return all
}

// untilQuiet is how long from the beginning of a window, at most its length,
// nothing need be quiet. A window over midnight heeds the quiet hours of both
// days.
func (d *desk) untilQuiet(w *window) time.Duration {
	length := w.programme.Length
	if w.programme.Class == scheduler.Emergency {
		return length
	}
	quiet := slices.Concat(d.station.Quiet, d.days[w.day].bounds.Quiet)
	if last := d.dayOf(w.at.Add(length - 1)); last != w.day {
		quiet = append(quiet, d.boundsOn(last).Quiet...)
	}
	quiet = slices.DeleteFunc(quiet, func(q scheduler.QuietHours) bool { return q.From == q.Until })
	if len(quiet) == 0 {
		return length
	}
	for at, left := w.at.In(d.zone), length; left > 0; {
		if slices.ContainsFunc(quiet, func(q scheduler.QuietHours) bool { return q.Covers(at) }) {
			return length - left
		}
		step := time.Minute - time.Duration(at.Second())*time.Second - time.Duration(at.Nanosecond())
		at, left = at.Add(step), left-step
	}
	return length
}

// boundsOn is what rules allow on the n-th day, which may lie beyond the span.
func (d *desk) boundsOn(n int) scheduler.Bounds {
	if n < len(d.days) {
		return d.days[n].bounds
	}
	return scheduler.BoundsOn(d.local.rules, d.days[0].date.AddDays(n), d.in.Holidays)
}

// spaced reports whether an item on a topic may begin in a window at an instant,
// with respect to all other windows.
func (d *desk) spaced(w *window, topic int, start time.Time) bool {
	for i := len(d.topics[topic].kept) - 1; i >= 0; i-- {
		if apart := start.Sub(d.topics[topic].kept[i]); apart < d.days[w.day].spacing && -apart < d.days[w.day].spacing {
			return false
		}
	}
	for _, n := range w.close {
		v := d.windows[n]
		spacing := d.days[max(v.day, w.day)].spacing
		for _, list := range [][]item{v.picked, v.items} {
			for _, x := range list {
				if apart := start.Sub(v.at.Add(x.offset)); x.topic == topic && apart < spacing && -apart < spacing {
					return false
				}
			}
		}
	}
	return true
}
