package ledger_test

import (
	"testing"
	"time"

	"loaphuong/devices"
	"loaphuong/scheduler"
	"loaphuong/scheduler/ledger"
)

// start is when the airing of the tests is due; it lasts a minute and may begin
// half a minute late.
var start = time.Date(2026, 10, 5, 12, 0, 0, 0, time.UTC)

func airing() scheduler.AiringFacts {
	return scheduler.AiringFacts{Revision: 3, Airing: scheduler.Airing{ID: "x", Station: "tan-hung", Start: start,
		Duration: time.Minute, Grace: 30 * time.Second, Digest: "d"}}
}

// situation is what is known, built up word by word.
type situation struct {
	facts scheduler.AiringFacts
	marks []scheduler.Watermark
	state *devices.State
}

type fact func(*situation)

func said(outcome scheduler.State, reason scheduler.Reason) fact {
	return func(s *situation) { s.facts.Outcome, s.facts.Reason = outcome, reason }
}

func begun(s *situation)     { s.facts.StartedAt = start.Add(time.Millisecond) }
func sounded(s *situation)   { s.facts.Sounded = time.Second }
func withdrawn(s *situation) { s.facts.Withdrawn = true }
func waived(s *situation) {
	s.facts.Waiver = scheduler.Waiver{By: "Lan", Why: "mất điện", At: start}
}
func late10s(s *situation) { s.facts.StartedAt = start.Add(10 * time.Second) }

// mark is a watermark over the time from since to through, in seconds from start.
func mark(since, through time.Duration) fact {
	return func(s *situation) {
		s.marks = append(s.marks, scheduler.Watermark{Station: "tan-hung", Log: "log", Complete: true,
			Since: start.Add(since * time.Second), Through: start.Add(through * time.Second)})
	}
}

func incomplete(s *situation) { s.marks[len(s.marks)-1].Complete = false }
func elsewhere(s *situation)  { s.marks[len(s.marks)-1].Station = "an-binh" }
func endless(s *situation)    { s.marks[len(s.marks)-1].Since = time.Time{} }

// holds is a station that is fine and holds a revision.
func holds(r scheduler.Revision) fact {
	return func(s *situation) {
		s.state = &devices.State{Station: "tan-hung", Online: true, Revision: r, CardOK: true, ClockOK: true, Missing: []scheduler.Digest{"other"}}
	}
}

func offline(s *situation)     { s.state.Online = false }
func cardLost(s *situation)    { s.state.CardOK = false }
func clockless(s *situation)   { s.state.ClockOK = false }
func fileLacking(s *situation) { s.state.Missing = []scheduler.Digest{"other", "d"} }

func TestJudge(t *testing.T) {
	const past = 36 * time.Second // start + grace + slack, and a second more
	cases := []struct {
		at     time.Duration // from start
		facts  []fact
		want   scheduler.State
		reason scheduler.Reason
	}{
		// what the station says
		{past, []fact{said(scheduler.Aired, "")}, scheduler.Aired, ""},
		{past, []fact{said(scheduler.Late, scheduler.CardBusy)}, scheduler.Late, scheduler.CardBusy},
		{past, []fact{said(scheduler.Partial, scheduler.PowerLost)}, scheduler.Partial, scheduler.PowerLost},
		{past, []fact{said(scheduler.Missed, scheduler.FileAbsent)}, scheduler.Missed, scheduler.FileAbsent},
		{-time.Hour, []fact{said(scheduler.Aired, "")}, scheduler.Aired, ""},          // before its time: still its word
		{past, []fact{said(scheduler.Aired, ""), mark(-60, 60)}, scheduler.Aired, ""}, // its word is more than its watermark
		{past, []fact{said(scheduler.Aired, ""), withdrawn}, scheduler.Aired, ""},     // a recall that came too late
		{past, []fact{said(scheduler.Partial, ""), withdrawn}, scheduler.Partial, ""}, // or in the middle
		{past, []fact{said(scheduler.Aired, ""), waived}, scheduler.Aired, ""},        // excused for nothing
		{past, []fact{said(scheduler.Missed, scheduler.PowerLost), waived}, scheduler.Waived, scheduler.PowerLost},
		{past, []fact{said(scheduler.Missed, scheduler.PowerLost), withdrawn}, scheduler.Recalled, scheduler.Withdrawn},
		{past, []fact{said(scheduler.Missed, scheduler.Withdrawn)}, scheduler.Missed, scheduler.Withdrawn}, // withdrawn too late to count as recalled

		// what people say
		{-time.Hour, []fact{waived}, scheduler.Waived, ""},
		{past, []fact{waived, mark(-60, 60)}, scheduler.Waived, ""},
		{past, []fact{waived, withdrawn}, scheduler.Waived, ""},
		{-time.Hour, []fact{withdrawn}, scheduler.Recalled, scheduler.Withdrawn},
		{past, []fact{withdrawn, mark(-60, 60)}, scheduler.Recalled, scheduler.Withdrawn},
		{time.Second, []fact{withdrawn, begun}, scheduler.OnAir, ""}, // it sounds all the same
		{past, []fact{withdrawn, sounded}, scheduler.Unknown, ""},

		// on air
		{time.Second, []fact{begun}, scheduler.OnAir, ""},
		{time.Second, []fact{begun, mark(-60, 60)}, scheduler.OnAir, ""},
		{20 * time.Second, []fact{late10s}, scheduler.OnAir, ""},
		{95 * time.Second, []fact{begun}, scheduler.OnAir, ""},   // duration + grace + slack
		{96 * time.Second, []fact{begun}, scheduler.Unknown, ""}, // the power may have failed
		{96 * time.Second, []fact{begun, mark(-60, 600)}, scheduler.Unknown, ""},

		// nothing said, and somebody vouches for it
		{time.Second, []fact{mark(-60, 1)}, scheduler.Missed, scheduler.NotScheduled},
		{time.Second, []fact{mark(0, 1)}, scheduler.Missed, scheduler.NotScheduled},          // from its very start on
		{time.Second, []fact{mark(-60, 0), holds(0)}, scheduler.Planned, ""},                 // up to its start, exclusive
		{0, []fact{mark(-60, 60), holds(3)}, scheduler.Ready, ""},                            // nobody can vouch for what is to come
		{past, []fact{mark(1, 60)}, scheduler.Unknown, ""},                                   // a log that was begun afterwards
		{past, []fact{mark(-60, 60), incomplete}, scheduler.Unknown, ""},                     // lines are on their way
		{past, []fact{mark(-60, 60), elsewhere}, scheduler.Unknown, ""},                      // another station's
		{past, []fact{mark(-60, 60), endless}, scheduler.Unknown, ""},                        // a log that does not say since when
		{past, []fact{mark(1, 60), mark(-90, 20)}, scheduler.Missed, scheduler.NotScheduled}, // an older log does
		{past, []fact{mark(-90, -30), mark(1, 60)}, scheduler.Unknown, ""},                   // between two logs

		// nothing said, and nobody does
		{35 * time.Second, nil, scheduler.Planned, ""}, // it may still begin
		{35*time.Second + 1, nil, scheduler.Unknown, ""},
		{past, []fact{holds(3)}, scheduler.Unknown, ""},

		// to come
		{-time.Hour, nil, scheduler.Planned, ""},
		{-time.Hour, []fact{holds(2)}, scheduler.Planned, ""},
		{-time.Hour, []fact{holds(3)}, scheduler.Ready, ""},
		{-time.Hour, []fact{holds(4)}, scheduler.Ready, ""},
		{-time.Hour, []fact{holds(3), offline}, scheduler.Delivered, ""},
		{-time.Hour, []fact{holds(3), cardLost}, scheduler.Delivered, ""},
		{-time.Hour, []fact{holds(3), clockless}, scheduler.Delivered, ""},
		{-time.Hour, []fact{holds(3), fileLacking}, scheduler.Delivered, ""},
		{time.Second, []fact{holds(3)}, scheduler.Ready, ""}, // due, and its word is on its way
	}
	for i, c := range cases {
		s := situation{facts: airing()}
		for _, f := range c.facts {
			f(&s)
		}
		state, reason := ledger.Judge(s.facts, s.marks, s.state, start.Add(c.at))
		if state != c.want || reason != c.reason {
			t.Errorf("case %d: %s after its start: %s (%s), want %s (%s)\n%+v", i, c.at, state, reason, c.want, c.reason, s)
		}
	}
}
