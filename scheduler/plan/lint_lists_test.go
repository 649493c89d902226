package plan_test

import (
	"testing"
	"time"

	"loaphuong/scheduler"
)

// TestLintTopics: what is owed, and where.
func TestLintTopics(t *testing.T) {
	const m = time.Minute
	type o = *scheduler.Obligation
	lints(t, []lintCase{
		{"no audio", func(w *ward) { w.owe("tinh", 2, nil) }, "error topic-no-audio thu topic 2 @Mon 00:00 ×2"},
		{"no audio in its language", func(w *ward) { w.owe("xa", 1, func(x o) { x.Language = "tay" }) }, "error topic-no-audio thu topic 1 @Mon 00:00 ×1"},
		{"no audio but a recalled one", func(w *ward) { w.recall(scheduler.Recall{Recording: "r1"}) }, "error topic-no-audio thu topic 1 @Mon 00:00 ×2"},
		{"no audio, for it is recalled as a topic", func(w *ward) { w.recall(scheduler.Recall{Directive: "thu", Topic: 1}) }, ""},
		{"no audio for what is over", func(w *ward) { w.owe("tinh", 2, func(x o) { x.Until = x.From }) }, ""},
		{"audio that waits for approval", func(w *ward) { w.Recordings[0].Approval.Digest = "" }, "error topic-not-approved thu topic 1 @Mon 00:00 ×2"},
		{"a newer one that waits for approval", func(w *ward) { w.record("r2", 1, m).Approval.By = "" }, ""},
		{"owed on a day without windows", func(w *ward) {
			w.Programmes = w.Programmes[:0]
			w.run("hai", "0 11 * * 1")
			w.owe("xa", 1, func(x o) { x.Weekdays = []time.Weekday{2} })
		}, "error topic-no-window thu topic 1 @Tue 00:00 ×1"},
		{"owed on one day with windows", func(w *ward) { w.Programmes = w.Programmes[:0]; w.run("hai", "0 11 * * 1") }, ""},
		{"a commune without programmes", func(w *ward) { w.Programmes[0].Area, w.Programmes[1].Area = "xa", "xa" }, "error topic-no-window thu topic 1 @Mon 00:00 ×1"},

		{"things for an area without stations", func(w *ward) {
			w.run("x", "0 11 * * *").Area = "trong"
			w.owe("trong", 9, nil)
			w.rule(scheduler.Bounds{Silent: true}).Area = "trong"
			w.list("trong", "x", "r1")
		}, "warning area-no-station thu trong topic 9; warning area-no-station q1 trong; warning area-no-station s1 trong; warning area-no-station x trong"},
		{"a list for a station that is retired", func(w *ward) { w.list("tinh", "sang", "r1").Station = "cu" }, "warning area-no-station s1 tinh cu"},
		{"a list for a station", func(w *ward) { w.list("", "sang", "r1").Station = "b" }, ""},
	})
}

// TestLintTimings: when things run.
func TestLintTimings(t *testing.T) {
	const m = time.Minute
	lints(t, []lintCase{
		{"never", func(w *ward) { w.run("x", "0 11 29 2 *") }, "error never-runs x"},
		{"within a year", func(w *ward) { w.run("x", "0 11 1 3 *") }, "note seldom-runs x @Mon 11:00 ×1 runs 1"},
		{"no more", func(w *ward) { w.run("x", "0 11 * * *").Timing = scheduler.Once(w.at("2026-03-01 11:00")) }, "note never-runs x"},
		{"never, for it is no holiday", func(w *ward) { w.run("x", "0 11 * * *").Holidays = scheduler.OnHolidays }, "error never-runs x"},
		{"only at Tết", func(w *ward) {
			w.Holidays = scheduler.Calendar{{ID: "tet", Month: 1, Day: 1, Lunar: true, Days: 3}}
			w.run("x", "0 11 * * *").Holidays = scheduler.OnHolidays
		}, ""},
		{"seldom", func(w *ward) { w.run("x", "0 11 1,15 * *") }, "note seldom-runs x @Sun 11:00 ×24 runs 5"},
		{"weekly", func(w *ward) { w.run("x", "0 11 * * 1") }, ""},
		{"once", func(w *ward) { w.run("x", "0 11 * * *").Timing = scheduler.Once(w.at("2026-03-03 11:00")) }, ""},
		{"at night", func(w *ward) { w.run("x", "0 22 * * *") }, "warning odd-hour x @Mon 22:00 ×366 runs 5"},
		{"before people rise", func(w *ward) { w.run("x", "30 4 * * 0") }, "warning odd-hour x @Sun 04:30 ×52 runs 5"},
		{"before the night and after it", func(w *ward) { w.run("x", "59 21 * * *"); w.run("y", "31 4 * * *").Length = 5 * m }, ""},
		{"an emergency at night", func(w *ward) { w.run("x", "0 22 * * *").Class = scheduler.Emergency }, ""},
		{"often", func(w *ward) { w.run("x", "31 6-16 * * *"); w.run("y", "0 6-18 * * 3").Class = scheduler.Emergency }, "warning often-runs y @Wed 06:00 ×13 runs 5"},
		{"twelve times", func(w *ward) { w.run("y", "0 6-16,18 * * *") }, ""},
	})
}

// TestLintLists: what persons and running orders name.
func TestLintLists(t *testing.T) {
	const m = time.Minute
	lints(t, []lintCase{
		{"the same item twice", func(w *ward) { w.list("tinh", "sang", "r1", "r1", "r1") }, "note same-item-twice s1 r1 ×3"},
		{"the same item in two lists", func(w *ward) { w.list("tinh", "sang", "r1"); w.list("tinh", "sang", "r1") }, ""},
		{"audio that is not there", func(w *ward) { w.list("tinh", "sang", "x"); w.Programmes[1].Order = w.order(w.tune("y")) }, "error audio-missing s1 x; error audio-missing chieu y"},
		{"audio that is not approved", func(w *ward) { w.record("x", 0, m).Approval.Digest = "x"; w.list("tinh", "sang", "x") }, "error audio-not-approved s1 x"},
		{"audio that is recalled", func(w *ward) {
			w.record("x", 0, m)
			w.list("tinh", "sang", "x")
			w.recall(scheduler.Recall{Recording: "x"})
		}, "error audio-recalled s1 x"},
		{"a recall that was lifted", func(w *ward) {
			w.record("x", 0, m)
			w.list("tinh", "sang", "x")
			w.recall(scheduler.Recall{Recording: "x", LiftedBy: "Hùng"})
		}, ""},
		{"one piece of music of two", func(w *ward) { w.record("x", 0, m); w.Programmes[0].Order = w.order(w.music("x", "y")) }, "warning audio-missing sang y"},

		{"a programme that is not there", func(w *ward) { w.list("tinh", "x", "r1") }, "error no-such-programme x s1"},
		{"a timing that meets no window", func(w *ward) { w.list("tinh", "sang", "r1").Timing = w.cron("30 5 * * *") }, "error no-window-taken sang s1 @Mon 05:30 runs 5"},
		{"a timing that meets one", func(w *ward) { w.list("tinh", "sang", "r1").Timing = scheduler.Once(w.at("2026-05-02 05:00")) }, ""},
		{"a programme of another commune", func(w *ward) { w.run("x", "0 11 * * *").Area = "xa"; w.list("xa-khac", "x", "r1") }, "error no-window-taken x s1"},
		{"a list whose time is past", func(w *ward) { w.list("tinh", "x", "y", "y").Timing = scheduler.Once(w.at("2026-03-01 05:00")) }, ""},
		{"a list of its own whose time is past", func(w *ward) { w.own("0 1 * * *").Timing = scheduler.Once(w.at("2026-03-01 05:00")) }, ""},
		{"a list of one's own at night", func(w *ward) { w.own("0 1 * * *") }, "warning odd-hour s1 @Mon 01:00 ×366 runs 5"},
	})
}
