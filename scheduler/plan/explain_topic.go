package plan

import (
	"math"
	"time"

	"loaphuong/scheduler"
)

// standing is how a debt stands on a day, or in its week where it counts by the
// week.
func (b *debt) standing(day int) scheduler.Standing {
	if b.weekly < math.MaxInt {
		return scheduler.Standing{Owed: b.weekly, Placed: b.weeks[day/7].met, Weekly: true}
	}
	return scheduler.Standing{Owed: b.daily, Placed: b.heard[day]}
}

// explainTopic says why a debt does not stand in a window.
func (d *desk) explainTopic(w *window, b *debt) scheduler.ExplainedTopic {
	o := b.obligation
	e := scheduler.ExplainedTopic{Obligation: o.ID, Directive: o.Directive, Topic: o.Topic, Owed: b.standing(w.day)}
	if r := d.usual(o); r != nil {
		e.Title = r.Title
	}
	if e.Why = d.notDue(w, b); e.Why != "" {
		return e
	}
	why, h := d.obstacle(w, b)
	e.Why, e.Want, e.Have, e.Last = scheduler.Because(why), h.want, h.have, h.last
	if h.fits || d.newer(b) {
		// Had it been there to be placed, it would have been.
		e.Why, e.Want, e.Have = scheduler.BecauseLocked, 0, 0
	}
	return e
}

// notDue is why a debt asks for nothing in a window, if so.
func (d *desk) notDue(w *window, b *debt) scheduler.Because {
	o, day := b.obligation, d.days[w.day].date
	switch {
	case d.station.Retired:
		return scheduler.Because(scheduler.OffDuty)
	case day.Before(o.From):
		return scheduler.BecauseNotYet
	case o.Until.Before(day):
		return scheduler.BecauseOver
	case !b.binds[w.day]:
		return scheduler.BecauseOtherDay
	case w.shut != "":
		return w.shut
	case w.alone:
		return scheduler.BecauseOtherPart
	case b.weeks[w.day/7].met >= b.weekly, b.weekly == math.MaxInt && b.heard[w.day] >= b.daily:
		return scheduler.BecauseMet
	case b.heard[w.day] >= b.daily:
		return scheduler.BecauseSpread
	}
	return ""
}

// newer reports whether the recording of a debt was made or approved only after
// the station was given what it holds.
func (d *desk) newer(b *debt) bool {
	r, issued := d.usual(b.obligation), d.in.Issued[d.station.ID]
	return r != nil && !issued.IsZero() && (r.Created.After(issued) || r.Approval.At.After(issued))
}

// tooSoonAfter is the airing nearest to an instant that an item on a topic would
// come too close to, zero where there is none.
func (d *desk) tooSoonAfter(w *window, topic int, start time.Time) (last time.Time) {
	nearest := d.days[w.day].spacing
	look := func(at time.Time) {
		if apart := start.Sub(at).Abs(); apart < nearest {
			last, nearest = at, apart
		}
	}
	for _, at := range d.topics[topic].kept {
		look(at)
	}
	for _, n := range d.topics[topic].placed {
		v := d.windows[n]
		for _, list := range [][]item{v.picked, v.items} {
			for _, x := range list {
				if x.topic == topic {
					look(v.at.Add(x.offset))
				}
			}
		}
	}
	return last
}
