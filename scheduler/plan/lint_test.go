package plan_test

import (
	"slices"
	"testing"
	"time"

	"loaphuong/scheduler"
	"loaphuong/scheduler/plan"
)

// TestLintWindows: overlaps, quiet hours, caps, room, and the days they make.
func TestLintWindows(t *testing.T) {
	const m = time.Minute
	quiet := func(from, until int) []scheduler.QuietHours {
		return []scheduler.QuietHours{{From: from, Until: until}}
	}
	type o = *scheduler.Obligation
	lints(t, []lintCase{
		{"all is well", func(w *ward) {}, ""},

		{"two windows at a time", func(w *ward) { w.run("trua", "20 5 * * *") }, "warning windows-overlap sang trua @Mon 05:20 20m0s/30m0s ×2"},
		{"a window right after", func(w *ward) { w.run("trua", "30 5 * * *") }, ""},
		{"at one of two communes", func(w *ward) { w.run("trua", "20 5 * * 3").Area = "xa" }, "warning windows-overlap sang trua @Wed 05:20 20m0s/30m0s ×1"},
		{"two windows at a time in other places", func(w *ward) { w.run("trua", "30 5 * * *").Area = "xa"; w.run("trua2", "30 5 * * *").Area = "xa-khac" }, ""},
		{"longer than the time to its next", func(w *ward) { w.run("trua", "0,15 11 * * *") }, "warning windows-overlap trua trua @Mon 11:15 15m0s/20m0s ×2"},
		{"an emergency over a window", func(w *ward) { w.run("khan", "20 5 * * *").Class = scheduler.Emergency }, ""},
		{"a list of one's own over a window", func(w *ward) { w.own("20 5 * * *") }, "note windows-overlap s1 sang @Mon 05:20 20m0s/30m0s ×2"},
		{"a list of one's own between windows", func(w *ward) { w.own("0 11 * * *") }, ""},
		{"two lists of one's own at a time", func(w *ward) { w.own("0 11 * * *"); w.own("15 11 * * *") }, "warning windows-overlap s1 s2 @Mon 11:15 15m0s/20m0s ×2"},
		{"only on the holiday, when the other is off", func(w *ward) {
			w.Holidays = scheduler.Calendar{{ID: "le", Month: 3, Day: 4, Days: 1}}
			w.Programmes[0].Holidays, w.run("le", "0 5 4 3 *").Holidays = scheduler.NoOnHolidays, scheduler.OnHolidays
		}, "note seldom-runs le @Wed 05:00 ×1 runs 1"},

		{"twins", func(w *ward) { w.run("doi", "0 5 * * *").Length = 30 * m }, "warning twin doi sang @Mon 05:00 ×2"},
		{"the same hours, another length", func(w *ward) { w.run("doi", "0 5 * * *") }, "warning windows-overlap doi sang @Mon 05:00 0s/20m0s ×2"},
		{"the same hours in another commune", func(w *ward) { w.run("doi", "0 11 * * *").Area = "xa"; w.run("doi2", "0 11 * * *").Area = "xa-khac" }, ""},

		{"quiet in part", func(w *ward) { w.Stations[0].Quiet = quiet(17*60+20, 18*60) }, "warning window-quiet chieu @Mon 17:00 20m0s/30m0s ×1"},
		{"quiet as a whole", func(w *ward) { w.Stations[0].Quiet = quiet(16*60, 18*60) }, "error window-quiet chieu @Mon 17:00 0s/30m0s ×1"},
		{"quiet by a rule", func(w *ward) { w.rule(scheduler.Bounds{Quiet: quiet(0, 5*60+1)}) }, "warning window-quiet sang q1 @Mon 05:00 29m0s/30m0s ×2"},
		{"quiet in one commune in part, in the other as a whole", func(w *ward) {
			w.Stations[0].Quiet, w.Stations[1].Quiet = quiet(17*60+20, 18*60), quiet(16*60, 18*60)
		}, "error window-quiet chieu @Mon 17:00 0s/30m0s ×2"},
		{"quiet from five in the morning in another zone", func(w *ward) {
			w.Stations[0].Quiet, w.Stations[0].Zone = quiet(5*60, 5*60+10), "Asia/Tokyo"
			w.Stations[1].Quiet, w.Stations[1].Zone = quiet(5*60, 5*60+10), "nowhere"
		}, "warning window-quiet sang @Mon 03:00 20m0s/30m0s ×2"},
		{"quiet right before and after", func(w *ward) { w.rule(scheduler.Bounds{Quiet: quiet(17*60+30, 5*60)}) }, ""},
		{"quiet, and an emergency", func(w *ward) {
			w.Stations[0].Quiet, w.run("khan", "0 11 * * *").Class = quiet(11*60, 12*60), scheduler.Emergency
		}, ""},

		{"more sessions than a rule allows", func(w *ward) { w.rule(scheduler.Bounds{Sessions: 1}) }, "warning window-over-cap chieu q1 @Mon 17:00 ×2"},
		{"as many sessions as a rule allows", func(w *ward) { w.rule(scheduler.Bounds{Sessions: 2}) }, ""},
		{"a longer session", func(w *ward) {
			w.rule(scheduler.Bounds{SessionLength: 30*m - 1}).Weekdays = []time.Weekday{time.Friday}
		}, "warning window-over-cap chieu q1 @Fri 17:00 29m59.999999999s/30m0s ×2; warning window-over-cap sang q1 @Fri 05:00 29m59.999999999s/30m0s ×2"},
		{"a session as long as allowed", func(w *ward) { w.rule(scheduler.Bounds{SessionLength: 30 * m}) }, ""},
		{"longer days", func(w *ward) { w.rule(scheduler.Bounds{DayLength: 59 * m}) }, "warning window-over-cap q1 @Mon 05:00 59m0s/1h0m0s ×2"},
		{"days as long as allowed", func(w *ward) { w.rule(scheduler.Bounds{DayLength: 60 * m}) }, ""},
		{"an exception stands in the rule's place", func(w *ward) {
			w.rule(scheduler.Bounds{Sessions: 1})
			w.rule(scheduler.Bounds{Sessions: 5}).Exception = true
		}, ""},

		{"silence on Sundays", func(w *ward) { w.rule(scheduler.Bounds{Silent: true}).Weekdays = []time.Weekday{time.Sunday} }, "warning window-silent chieu q1 @Sun 17:00 ×2; warning window-silent sang q1 @Sun 05:00 ×2"},
		{"silence after the week", func(w *ward) {
			w.rule(scheduler.Bounds{Silent: true}).From = scheduler.Date{Year: 2026, Month: 3, Day: 9}
		}, ""},

		{"a tune and a relay longer than the window", func(w *ward) {
			w.record("t", 0, 11*m)
			w.run("tiep", "0 11 * * *").Order = w.order(w.tune("t"), w.relay(9*m))
		}, "error window-too-short tiep @Mon 11:00 20m0s/20m1s ×2"},
		{"a relay that fills the window", func(w *ward) {
			w.run("tiep", "0 11 * * *").Order = w.order(w.relay(20 * m))
		}, ""},
		{"no room for any recording that is owed", func(w *ward) { w.run("ngan", "0 11 * * *").Length = 5*m - 1 }, "warning window-too-short ngan @Mon 11:00 4m59.999999999s/5m0s ×2"},
		{"room for one", func(w *ward) { w.run("ngan", "0 11 * * *").Length = 5 * m }, ""},
		{"no room, and nothing owed on its day", func(w *ward) { w.Obligations[0].Weekdays = []time.Weekday{1}; w.run("ngan", "0 11 * * 2").Length = m }, ""},

		{"a list longer than its window", func(w *ward) { w.record("dai", 0, 30*m+1); w.list("tinh", "sang", "dai") }, "error window-over-full sang s1 @Mon 05:00 30m0s/30m0.000000001s ×2"},
		{"a list as long as its window", func(w *ward) { w.record("dai", 0, 30*m); w.list("tinh", "sang", "dai") }, ""},
		{"a list that leaves no room to another", func(w *ward) { w.record("dai", 0, 20*m); w.list("tinh", "sang", "dai"); w.list("xa", "sang", "dai") }, "error window-over-full sang s2 @Mon 05:00 9m59s/20m0s ×1"},
		{"a list beside a tune", func(w *ward) {
			w.record("t", 0, 26*m)
			w.Programmes[0].Order = w.order(w.tune("t"))
			w.list("tinh", "sang", "r1")
		}, "error window-over-full sang s1 @Mon 05:00 3m59s/5m0s ×2"},
		{"a list alone has the tune's room, too", func(w *ward) {
			w.record("t", 0, 20*m)
			w.record("dai", 0, 30*m)
			w.Programmes[0].Order = w.order(w.tune("t"))
			w.list("tinh", "sang", "dai").Alone = true
		}, ""},
		{"a list of one's own longer than its window", func(w *ward) {
			w.record("dai", 0, 21*m)
			w.own("0 11 * * *").Recordings = []scheduler.RecordingID{"dai"}
		}, "error window-over-full s1 @Mon 11:00 20m0s/21m0s ×2"},

		{"more owed than a day holds", func(w *ward) {
			w.owe("xa", 2, nil)
			w.record("r2", 2, 29*m)
			w.owe("xa", 3, nil)
			w.record("r3", 3, 27*m)
		}, "error day-over-full xa @Mon 00:00 1h0m2s/1h1m3s ×7"},
		{"the language a commune wants is longer", func(w *ward) {
			w.Stations[0].Languages, w.Stations[1].Languages = []string{"tay", "vi"}, []string{"vi"}
			w.record("r2", 1, 61*m).Language = "tay"
		}, "error day-over-full tinh @Mon 00:00 1h0m2s/1h1m1s ×7; warning window-too-short chieu @Mon 17:00 30m0s/1h1m0s ×1; warning window-too-short sang @Mon 05:00 30m0s/1h1m0s ×1"},
		{"a language no commune wants is longer", func(w *ward) {
			w.Stations[0].Languages, w.Stations[1].Languages = []string{"vi"}, []string{"vi"}
			w.record("r2", 1, 61*m).Language = "tay"
		}, ""},
		{"a commune whose languages nobody has recorded", func(w *ward) { w.Stations[0].Languages = []string{"tay"} }, ""},
		{"as much owed as a day holds", func(w *ward) {
			w.owe("xa", 2, nil)
			w.record("r2", 2, 24*m)
			w.owe("xa", 3, nil)
			w.record("r3", 3, 30*m)
		}, ""},
		{"more minutes owed on two days", func(w *ward) {
			w.owe("tinh", 2, func(x o) { x.MinutesPerDay, x.PerDay, x.Weekdays = 56, 0, []time.Weekday{2, 4} })
			w.record("r2", 2, 4*m)
		}, "error day-over-full tinh @Tue 00:00 1h0m2s/1h1m15s ×2"},
		{"the same topic owed twice over", func(w *ward) {
			w.owe("tinh", 1, func(x o) { x.PerDay = 9 })
			w.owe("xa", 1, func(x o) { x.PerDay = 9 })
		}, ""},
		{"a number a week spread over its days", func(w *ward) { w.owe("tinh", 2, func(x o) { x.PerDay, x.PerWeek = 0, 14 }); w.record("r2", 2, 27*m) }, ""},
		{"too much a week", func(w *ward) { w.owe("tinh", 2, func(x o) { x.PerDay, x.PerWeek = 0, 14 }); w.record("r2", 2, 28*m) }, "error day-over-full tinh @Mon 00:00 1h0m2s/1h1m3s ×7"},
		{"caps narrow the day", func(w *ward) { w.rule(scheduler.Bounds{DayLength: 4 * m}).Area = "xa"; w.Programmes = w.Programmes[:1] }, "error day-over-full xa @Mon 00:00 4m1s/5m1s ×7; warning window-over-cap q1 @Mon 05:00 4m0s/30m0s ×1"},
		{"a list takes the day's room", func(w *ward) {
			w.record("dai", 0, 26*m)
			w.list("tinh", "sang", "dai")
			w.Programmes = w.Programmes[:1]
		}, "error day-over-full tinh @Mon 00:00 4m0s/5m1s ×7"},
		{"a list of what is owed takes none", func(w *ward) { w.list("tinh", "sang", "r1").Alone = true; w.Programmes = w.Programmes[:1] }, ""},

		{"less than a rule demands", func(w *ward) { w.rule(scheduler.Bounds{DayFloor: 61 * m}) }, "warning day-under-floor q1 tinh @Mon 00:00 1h0m0s/1h1m0s ×7"},
		{"as much as a rule demands", func(w *ward) { w.rule(scheduler.Bounds{DayFloor: 60 * m}) }, ""},
		{"part of a day", func(w *ward) {
			w.rule(scheduler.Bounds{DayFloor: 60 * m})
			w.From, w.Until = w.at("2026-03-02 06:00"), w.at("2026-03-03 12:00")
		}, ""},
	})
}

// TestLintOfEach holds stations looked at together against each looked at alone:
// what shows at a station alone shows at it among others.
func TestLintOfEach(t *testing.T) {
	w := newWard(t)
	w.owe("tinh", 2, nil)
	w.owe("xa", 3, nil)
	w.run("trua", "20 5 * * *").Area = "xa"
	w.rule(scheduler.Bounds{Sessions: 1}).Area = "xa-khac"
	w.list("", "sang", "r1", "x").Station = "e"
	w.Stations = append(w.Stations, scheduler.Station{ID: "c", Area: "xa"}, scheduler.Station{ID: "d", Area: "xa", Quiet: []scheduler.QuietHours{{From: 300, Until: 310}}}, scheduler.Station{ID: "e", Area: "xa"})
	type key struct {
		code      scheduler.FindingCode
		programme scheduler.ProgrammeID
		topic     int
	}
	alone := map[key]int{}
	for _, s := range w.Stations {
		in := w.Input
		in.Stations = []scheduler.Station{s}
		for _, f := range plan.Lint(in) {
			alone[key{f.Code, f.Programme, f.Topic}] += f.Count
		}
	}
	all := plan.Lint(w.Input)
	for _, f := range all {
		if n := alone[key{f.Code, f.Programme, f.Topic}]; n != f.Count {
			t.Errorf("%+v: alone it shows at %d", f, n)
		}
	}
	if len(all) != 6 {
		t.Errorf("%d findings: %s", len(all), w.told(all))
	}
	slices.Reverse(w.Stations)
	if again := w.told(plan.Lint(w.Input)); again != w.told(all) {
		t.Errorf("in another order of stations: %s\nwant %s", again, w.told(all))
	}
}

// BenchmarkLint is a province: 500 stations in 500 communes of which 30 have
// programmes of their own, 200 obligations, four weeks.
func BenchmarkLint(b *testing.B) {
	w := newProvince(b)
	for b.Loop() {
		plan.Lint(w.Input)
	}
}
