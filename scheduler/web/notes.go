package web

import (
	"strings"
	"time"

	"loaphuong/devices"
	"loaphuong/scheduler"
)

// note is something about an airing beside what came of it.
type note struct {
	Text    string
	Flagged bool // a person should look into it
}

// besides is what the station said of an airing besides, what is flagged first.
func (v *view) besides(f scheduler.AiringFacts, zone *time.Location) (all []note) {
	add := func(is, flagged bool, key string, args ...any) {
		if is {
			all = append(all, note{v.T(key, args...), flagged})
		}
	}
	add(f.Silent(), true, "note.quiet", "quiet", v.Span(f.Quiet), "sounded", v.Span(f.Sounded))
	add(f.Stalls > 0, false, "note.stalls", "n", f.Stalls)
	add(f.Interruptions > 0, false, "note.interruptions", "n", f.Interruptions)
	add(f.FilledFor > 0, false, "note.filled", "span", v.Span(f.FilledFor), "what", f.Filled)
	add(f.HeardBack != "", false, "note.heard", "what", f.HeardBack)
	add(!f.SaidStartedAt.IsZero(), false, "note.said.start", "at", v.said(f.SaidStartedAt, zone))
	add(!f.SaidEndedAt.IsZero(), false, "note.said.end", "at", v.said(f.SaidEndedAt, zone))
	return all
}

// said is an instant by a clock that may be years off.
func (v *view) said(t time.Time, zone *time.Location) string {
	return v.Moment(t, zone) + " " + v.Date(scheduler.DateOf(t.In(zone)))
}

// clock says in few words whether a station's clock is right, and by whom.
func (v *view) clock(st devices.State) string {
	switch {
	case !st.ClockOK:
		return v.T("fact.clock.fails")
	case st.Clock.Source == "":
		return v.T("fact.clock.own")
	}
	return v.T("fact.clock.by", "source", v.timeSource(st.Clock.Source), "within", v.exactly(st.Clock.Uncertainty))
}

// timeSource says where a station has learnt the time; what it calls otherwise
// than these words know shows as it is.
func (v *view) timeSource(source string) string {
	if server, ok := strings.CutPrefix(source, "ntp:"); ok {
		return server
	}
	if source == "centre" {
		return v.T("fact.clock.centre")
	}
	return source
}

// exactly is a length in seconds, to the millisecond.
func (v *view) exactly(d time.Duration) string { return v.Number(d.Seconds(), 3) }

// timeFact is how far the machine's own clock is off, and since when that is
// known; "" where it is not.
func (v *view) timeFact(st devices.State) string {
	if st.Clock.Source == "" {
		return ""
	}
	sign := ""
	if st.Clock.Offset >= 0 {
		sign = "+"
	}
	return v.T("fact.offset.of", "offset", sign+v.exactly(st.Clock.Offset), "at", v.When(st.Clock.Synced, v.Zone))
}
