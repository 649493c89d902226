package plan

import (
	"cmp"
	"slices"
	"time"

	"loaphuong/scheduler"
)

// What is placed is worth, above all, what the obligations say; among plans
// that are equal in that, what stands where it stood is worth more, then what
// comes at an hour that the letter wishes for, and, where a window is filled for
// the first time, what is furthest behind and longest not heard. Each is too
// little to outweigh the one before.
const (
	owedUnit int64 = 1 << 44
	heldUnit int64 = 1 << 32
	hourUnit int64 = 1 << 20
)

// hourSpan is how far from a preferred hour a window may begin, in minutes.
const hourSpan = 30

// candidate is a topic that may be chosen for a window.
type candidate struct {
	topic int
	voice *voice
	gain  int64 // what one more airing of it is worth
}

// put places items in a window instead of those that stand in it, from begin on.
func (d *desk) put(w *window, begin time.Duration, items []item) {
	d.account(w, -1)
	for _, x := range w.items {
		d.count(w, x, -1)
	}
	w.begin, w.items = begin, items
	w.arrange()
	for _, x := range w.items {
		d.count(w, x, 1)
	}
	d.account(w, 1)
}

// count adds an airing of an item to what is placed, or takes it off.
func (d *desk) count(w *window, x item, sign int) {
	sum := 0
	for _, n := range x.voice.debts {
		if sign > 0 {
			sum += d.debts[n].hear(w.day)
		} else {
			sum += d.debts[n].unhear(w.day)
		}
	}
	d.worth += int64(sign) * (int64(sum)*owedUnit + d.bonus(w, x.topic, x.voice))
	t := d.topics[x.topic]
	at, there := slices.BinarySearch(t.placed, w.index)
	switch {
	case sign > 0:
		t.placed = slices.Insert(t.placed, at, w.index)
	case there:
		t.placed = slices.Delete(t.placed, at, at+1)
	}
}

// bonus is what a voice is worth in this of all windows, beside what is owed.
func (d *desk) bonus(w *window, topic int, v *voice) (sum int64) {
	if slices.ContainsFunc(w.held, func(h heldItem) bool { return h.topic == topic }) {
		sum = heldUnit
	}
	if v.hours {
		sum += d.wishes(w, v) * hourUnit
	}
	return sum
}

// wishes weighs the obligations that a voice serves and that would have it at
// the hour of a window.
func (d *desk) wishes(w *window, v *voice) (sum int64) {
	near := func(h scheduler.TimeOfDay) bool {
		apart := (w.wall - int(h) + 1440) % 1440
		return min(apart, 1440-apart) <= hourSpan
	}
	for _, n := range v.debts {
		if slices.ContainsFunc(d.debts[n].obligation.Hours, near) {
			sum += int64(d.debts[n].weight)
		}
	}
	return sum
}

// gain is what one more airing of a voice on a day is worth to the debts.
func (d *desk) gain(v *voice, day int) (sum int64) {
	for _, n := range v.debts {
		sum += int64(d.debts[n].gain(day))
	}
	return sum * owedUnit
}

// candidates are the topics that are worth another airing in a window in which
// they do not stand, each with the voice that is worth most.
func (d *desk) candidates(w *window, r room) []candidate {
	menu := d.menu(w.programme.Language)
	d.effort -= overhead + len(menu)
	all := d.scratch.candidates[:0]
	for _, x := range menu {
		best := candidate{topic: x.topic}
		for _, v := range x.voices {
			if g := d.gain(v, w.day); g > best.gain {
				best.voice, best.gain = v, g
			}
		}
		if best.gain > 0 && !w.has(x.topic) && d.mayStand(w, r, best) {
			all = append(all, best)
		}
	}
	d.scratch.candidates = all
	return all
}

// mayStand reports whether an item could begin at one end or the other of where
// a window has room for it, without coming too soon.
func (d *desk) mayStand(w *window, r room, c candidate) bool {
	if len(w.close) == 0 && len(d.topics[c.topic].kept) == 0 {
		return true
	}
	first := w.at.Add(r.begin + w.programme.lead)
	last := w.at.Add(r.begin + r.capped - w.programme.tail - c.voice.recording.Duration)
	return d.spaced(w, c.topic, first) || d.spaced(w, c.topic, last)
}

// mode is how a window is filled.
type mode struct {
	fresh bool // for the first time: the longest not heard comes first
	must  int  // a topic that is to stand in it, or -1
}

// fill chooses what is best in a window that holds no items, with all others as
// they are, and places it. What turns out to come too soon where it would stand
// is left out, and the rest chosen anew.
func (d *desk) fill(w *window, m mode) {
	if w.shut != "" || w.alone {
		return
	}
	r := d.roomIn(w)
	all := d.candidates(w, r)
	for len(all) > 0 {
		items := d.choose(w, r, all, m)
		if len(items) == 0 {
			return
		}
		d.put(w, r.begin, items)
		late := slices.IndexFunc(w.items, func(x item) bool { return !d.spaced(w, x.topic, w.at.Add(x.offset)) })
		if late < 0 {
			return
		}
		topic := w.items[late].topic
		d.put(w, r.begin, nil)
		all = slices.DeleteFunc(all, func(c candidate) bool { return c.topic == topic })
	}
}

// choose packs candidates into the room of a window.
func (d *desk) choose(w *window, r room, all []candidate, m mode) (items []item) {
	capacity := int((r.capped + Gap - w.taken()) / time.Second)
	choices := d.scratch.choices[:0]
	for i, c := range all {
		choices = append(choices, choice{size: c.voice.seconds, value: c.gain + d.bonus(w, c.topic, c.voice)})
		if c.topic == m.must {
			choices[i].value += 1 << 61
		}
	}
	if m.fresh {
		for i, n := range d.ranks(w, all) {
			choices[i].value += int64(n)
		}
	}
	d.scratch.choices = choices
	for _, i := range d.packer.pack(choices, capacity) {
		items = append(items, item{topic: all[i].topic, voice: all[i].voice})
	}
	return items
}

// taken is how much of the window is not for items of the plan's choice, each
// thing with its gap.
func (w *window) taken() time.Duration {
	sum := w.fixed()
	for _, x := range w.picked {
		sum += x.voice.recording.Duration + Gap
	}
	return sum
}

// ranks orders candidates: the furthest behind comes first, then the one that
// was heard longest ago, then the one whose airing before that is the longest
// ago, then the one owed first. The first has the highest rank.
func (d *desk) ranks(w *window, all []candidate) []int {
	type standing struct {
		place, behind int
		last, before  time.Time
	}
	list := make([]standing, len(all))
	for i, c := range all {
		list[i].place = i
		for _, n := range c.voice.debts {
			if d.debts[n].gain(w.day) > 0 {
				list[i].behind = max(list[i].behind, d.debts[n].behind(w.day))
			}
		}
		list[i].last, list[i].before = d.lastTwo(w, c.topic)
	}
	slices.SortFunc(list, func(x, y standing) int {
		return cmp.Or(cmp.Compare(y.behind, x.behind), x.last.Compare(y.last), x.before.Compare(y.before), cmp.Compare(x.place, y.place))
	})
	ranks := make([]int, len(all))
	for n, x := range list {
		ranks[x.place] = len(all) - n
	}
	return ranks
}

// lastTwo are the last windows before one in which a topic was heard, zero where
// it was not.
func (d *desk) lastTwo(w *window, topic int) (last, before time.Time) {
	t := d.topics[topic]
	n, _ := slices.BinarySearch(t.placed, w.index)
	heard := func(i int) time.Time {
		switch k := len(t.kept) + i; {
		case i >= 0:
			return d.windows[t.placed[i]].at
		case k >= 0:
			return t.kept[k]
		}
		return time.Time{}
	}
	return heard(n - 1), heard(n - 2)
}
