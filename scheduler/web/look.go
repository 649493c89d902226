package web

import (
	"cmp"
	"maps"
	"slices"

	"loaphuong/scheduler"
)

// look is how a state shows: a colour and a mark. The text always stands beside
// it, so that neither colour nor mark ever tells alone.
type look string

// The looks.
const (
	good    look = "good"    // heard as it should be
	warn    look = "warn"    // heard, not as it should be
	bad     look = "bad"     // not heard
	unsure  look = "unsure"  // nobody knows yet
	live    look = "live"    // sounding now
	soon    look = "soon"    // still to come
	dropped look = "dropped" // no longer owed
)

// looks are in the order in which people want to hear of them.
func looks() []look { return []look{good, warn, bad, unsure, live, soon, dropped} }

func lookOf(s scheduler.State) look {
	switch s {
	case scheduler.Aired:
		return good
	case scheduler.Late, scheduler.Partial:
		return warn
	case scheduler.Missed:
		return bad
	case scheduler.OnAir:
		return live
	case scheduler.Planned, scheduler.Delivered, scheduler.Ready:
		return soon
	case scheduler.Recalled, scheduler.Waived:
		return dropped
	}
	return unsure
}

// badge is a state or a verdict in words, with its look.
type badge struct {
	Look look
	Text string
}

// badgeOf is the badge of a state.
func (v *view) badgeOf(s scheduler.State) badge {
	return badge{lookOf(s), v.T("state." + string(s))}
}

// heard is how many airings sounded whole.
func heard(t scheduler.Tally) int { return t.Aired + t.Late }

// verdict is what a tally amounts to: the first line that applies. What went
// wrong comes before what is not known, and that before what is still to come.
func (v *view) verdict(t scheduler.Tally) badge {
	say := func(l look, key string) badge { return badge{l, v.T("verdict." + key)} }
	switch {
	case t.Missed > 0:
		return say(bad, "short")
	case t.Partial > 0:
		return say(warn, "partial")
	case t.Unknown > 0:
		return say(unsure, "unknown")
	case t.OnAir > 0:
		return say(live, "live")
	case t.Upcoming > 0 && heard(t) > 0:
		return say(good, "ontrack")
	case t.Upcoming > 0:
		return say(soon, "ahead")
	case t.Late > 0:
		return say(warn, "late")
	case t.Aired > 0:
		return say(good, "done")
	}
	return say(dropped, "void")
}

// counts are a tally by look.
func counts(t scheduler.Tally) map[look]int {
	return map[look]int{
		good:    t.Aired,
		warn:    t.Late + t.Partial,
		bad:     t.Missed,
		unsure:  t.Unknown,
		live:    t.OnAir,
		soon:    t.Upcoming,
		dropped: t.Recalled + t.Waived,
	}
}

// notes say what is behind the number of airings that were heard.
func (v *view) notes(t scheduler.Tally) []string {
	var said []string
	for _, c := range []struct {
		key string
		n   int
	}{
		{"late", t.Late}, {"partial", t.Partial}, {"missed", t.Missed}, {"unknown", t.Unknown},
		{"onAir", t.OnAir}, {"upcoming", t.Upcoming}, {"recalled", t.Recalled}, {"waived", t.Waived},
	} {
		if c.n > 0 {
			said = append(said, v.T("tally."+c.key, "n", c.n))
		}
	}
	return said
}

// whys say why airings were late, in part or missed, the most frequent first.
func (v *view) whys(reasons map[scheduler.Reason]int) []string {
	var said []string
	for _, r := range slices.SortedFunc(maps.Keys(reasons), func(a, b scheduler.Reason) int {
		return cmp.Or(reasons[b]-reasons[a], cmp.Compare(a, b))
	}) {
		said = append(said, v.T("tally.reason", "n", reasons[r], "why", v.Reason(r)))
	}
	return said
}

// plus adds two tallies.
func plus(a, b scheduler.Tally) scheduler.Tally {
	return scheduler.Tally{
		Expected: a.Expected + b.Expected,
		Aired:    a.Aired + b.Aired,
		Late:     a.Late + b.Late,
		Partial:  a.Partial + b.Partial,
		Missed:   a.Missed + b.Missed,
		Recalled: a.Recalled + b.Recalled,
		Waived:   a.Waived + b.Waived,
		Unknown:  a.Unknown + b.Unknown,
		OnAir:    a.OnAir + b.OnAir,
		Upcoming: a.Upcoming + b.Upcoming,
		Sounded:  a.Sounded + b.Sounded,
	}
}

// segment is one part of a bar, in hundredths of its length.
type segment struct {
	Look     look
	X, Width float64
}

// bar draws a tally to scale. It repeats what the text beside it says.
func bar(t scheduler.Tally) []segment {
	var parts []segment
	var x float64
	n := counts(t)
	for _, l := range looks() {
		if n[l] == 0 {
			continue
		}
		w := 100 * float64(n[l]) / float64(t.Expected)
		parts = append(parts, segment{l, x, w})
		x += w
	}
	return parts
}
