package ledger

import (
	"slices"
	"time"

	"loaphuong/devices"
	"loaphuong/scheduler"
)

// Slack is how long after the last moment at which an airing could begin or end
// its word is still waited for before it is called unknown: the time a line
// needs from the station's outbox to the centre.
const Slack = 5 * time.Second

// Judge says where an airing stands at now, and why where that is known. The
// marks are those of its station; state is what the station last said of itself,
// or nil. The first line that applies decides:
//
//	the station says it was heard, whole, late or in part → that, with its reason
//	a person excused it                                   → waived
//	withdrawn, and nothing of it sounded                  → recalled (withdrawn)
//	the station says it was missed                        → missed, with its reason
//	begun, and not yet past start+duration+grace+[Slack]  → airing
//	begun, and past that                                  → unknown
//	due, and a complete watermark covers its start        → missed (not-in-schedule)
//	past start+grace+[Slack]                              → unknown
//	the station holds no schedule that has it             → planned
//	it does, and is online with file, card and clock fine → ready
//	it does, and is not                                   → delivered
//
// What was heard stands above all else, even for an airing that was withdrawn or
// excused: nobody may take it back. A miss does not, because a miss is what
// people excuse, and what was recalled was no longer owed.
func Judge(f scheduler.AiringFacts, marks []scheduler.Watermark, state *devices.State, now time.Time) (scheduler.State, scheduler.Reason) {
	covers := func(m scheduler.Watermark) bool { return m.Station == f.Station && m.Covers(f.Start) }
	lastStart := f.Start.Add(f.Grace + Slack)
	switch {
	case heard(f.Outcome):
		return f.Outcome, f.Reason
	case f.Waiver.Given():
		return scheduler.Waived, f.Reason
	case f.Withdrawn && f.StartedAt.IsZero() && f.Sounded == 0:
		return scheduler.Recalled, scheduler.Withdrawn
	case f.Outcome == scheduler.Missed:
		return scheduler.Missed, f.Reason
	case !f.StartedAt.IsZero() && !now.After(lastStart.Add(f.Duration)):
		return scheduler.OnAir, ""
	case !f.StartedAt.IsZero():
		return scheduler.Unknown, ""
	case f.Start.Before(now) && slices.ContainsFunc(marks, covers):
		return scheduler.Missed, scheduler.NotScheduled
	case now.After(lastStart):
		return scheduler.Unknown, ""
	}
	return ahead(f, state), ""
}

// ahead says how far the preparation for an airing to come has got.
func ahead(f scheduler.AiringFacts, state *devices.State) scheduler.State {
	switch {
	case state == nil || state.Revision < f.Revision:
		return scheduler.Planned
	case state.Online && state.CardOK && state.ClockOK && !slices.Contains(state.Missing, f.Digest):
		return scheduler.Ready
	}
	return scheduler.Delivered
}

// heard reports whether a station closes with s what at least in part sounded.
func heard(s scheduler.State) bool { return s.Final() && s != scheduler.Missed }
