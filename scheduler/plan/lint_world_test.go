package plan_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"loaphuong/scheduler"
	"loaphuong/scheduler/plan"
)

// ward is an input with nothing to find: two communes of a province, two
// programmes a day, one topic, and a week from Monday, 2 March 2026.
type ward struct {
	plan.Input
	t testing.TB
}

func newWard(t testing.TB) *ward {
	areas, err := scheduler.NewTree([]scheduler.Area{{ID: "tinh"}, {ID: "xa", Parent: "tinh"}, {ID: "xa-khac", Parent: "tinh"}, {ID: "trong", Parent: "tinh"}})
	if err != nil {
		t.Fatal(err)
	}
	w := &ward{t: t, Input: plan.Input{Areas: areas}}
	w.From, w.Until = w.at("2026-03-02 00:00"), w.at("2026-03-09 00:00")
	w.Stations = []scheduler.Station{{ID: "a", Area: "xa"}, {ID: "b", Area: "xa-khac"}, {ID: "cu", Area: "trong", Retired: true}}
	w.Programmes = []scheduler.Programme{w.programme("sang", "0 5 * * *", 30*time.Minute), w.programme("chieu", "0 17 * * *", 30*time.Minute)}
	w.owe("tinh", 1, nil)
	w.record("r1", 1, 5*time.Minute)
	return w
}

func (w *ward) at(s string) time.Time {
	zone, err := time.LoadLocation(scheduler.DefaultZone)
	if err != nil {
		w.t.Fatal(err)
	}
	at, err := time.ParseInLocation("2006-01-02 15:04", s, zone)
	if err != nil {
		w.t.Fatal(err)
	}
	return at
}

func (w *ward) cron(spec string) scheduler.Timing {
	timing, err := scheduler.Cron(spec, time.Time{}, time.Time{})
	if err != nil {
		w.t.Fatal(err)
	}
	return timing
}

func (w *ward) programme(id scheduler.ProgrammeID, spec string, length time.Duration) scheduler.Programme {
	return scheduler.Programme{ID: id, Name: string(id), Area: "tinh", Timing: w.cron(spec), Length: length, Class: scheduler.Ordinary}
}

// run adds a programme of 20 minutes, and gives it to be changed.
func (w *ward) run(id scheduler.ProgrammeID, spec string) *scheduler.Programme {
	w.Programmes = append(w.Programmes, w.programme(id, spec, 20*time.Minute))
	return &w.Programmes[len(w.Programmes)-1]
}

// owe adds an obligation, once a day in March unless it is changed.
func (w *ward) owe(area scheduler.AreaID, topic int, change func(*scheduler.Obligation)) {
	o := scheduler.Obligation{ID: fmt.Sprint("o", len(w.Obligations)), Directive: "thu", Topic: topic, Area: area, PerDay: 1}
	o.From, o.Until = scheduler.Date{Year: 2026, Month: 3, Day: 1}, scheduler.Date{Year: 2026, Month: 3, Day: 31}
	if change != nil {
		change(&o)
	}
	w.Obligations = append(w.Obligations, o)
}

// record adds an approved recording, of no topic where that is 0.
func (w *ward) record(id scheduler.RecordingID, topic int, length time.Duration) *scheduler.Recording {
	r := scheduler.Recording{ID: id, Title: string(id), Topic: topic, Duration: length, Digest: scheduler.DigestOf([]byte(id)), Language: "vi"}
	if topic > 0 {
		r.Directive = "thu"
	}
	r.Approval = scheduler.Approval{By: "Hùng", Digest: r.Digest}
	w.Recordings = append(w.Recordings, r)
	return &w.Recordings[len(w.Recordings)-1]
}

// list adds a person's playlist.
func (w *ward) list(area scheduler.AreaID, programme scheduler.ProgrammeID, recordings ...scheduler.RecordingID) *scheduler.Selection {
	id := scheduler.SelectionID(fmt.Sprint("s", len(w.Selections)+1))
	w.Selections = append(w.Selections, scheduler.Selection{ID: id, Title: string(id), Area: area, Programme: programme, Recordings: recordings, By: "Hùng"})
	return &w.Selections[len(w.Selections)-1]
}

// own adds a playlist with windows of its own, of 20 minutes.
func (w *ward) own(spec string) *scheduler.Selection {
	s := w.list("tinh", "", "r1")
	s.Timing, s.Length, s.Class = w.cron(spec), 20*time.Minute, scheduler.Ordinary
	return s
}

// rule adds a rule for the province.
func (w *ward) rule(b scheduler.Bounds) *scheduler.Rule {
	w.Rules = append(w.Rules, scheduler.Rule{ID: scheduler.RuleID(fmt.Sprint("q", len(w.Rules)+1)), Area: "tinh", Bounds: b})
	return &w.Rules[len(w.Rules)-1]
}

func (w *ward) recall(r scheduler.Recall) { w.Recalls = append(w.Recalls, r) }

// told writes findings as "level code what=… @Mon 05:00 have/want ×count runs n".
func (w *ward) told(all []scheduler.Finding) string {
	var lines []string
	for _, f := range all {
		words := []string{string(f.Level), string(f.Code)}
		for _, x := range []any{f.Programme, f.Selection, f.Rule, f.Directive, f.Recording, f.Area, f.Station, f.Other} {
			if s := fmt.Sprint(x); s != "" {
				words = append(words, s)
			}
		}
		if f.Topic != 0 {
			words = append(words, fmt.Sprint("topic ", f.Topic))
		}
		if !f.At.IsZero() {
			words = append(words, f.At.In(w.From.Location()).Format("@Mon 15:04"))
		}
		if f.Want != 0 {
			words = append(words, fmt.Sprint(f.Have, "/", f.Want))
		}
		if f.Count != 0 {
			words = append(words, fmt.Sprint("×", f.Count))
		}
		if len(f.Runs) > 0 {
			words = append(words, fmt.Sprint("runs ", len(f.Runs)))
		}
		lines = append(lines, strings.Join(words, " "))
	}
	return strings.Join(lines, "; ")
}

// lintCase is one line of what is found, or, with an empty want, of what only
// looks like it.
type lintCase struct {
	why  string
	make func(w *ward)
	want string
}

func lints(t *testing.T, cases []lintCase) {
	t.Helper()
	for _, c := range cases {
		w := newWard(t)
		c.make(w)
		if got := w.told(plan.Lint(w.Input)); got != c.want {
			t.Errorf("%s:\n got %s\nwant %s", c.why, got, c.want)
		}
	}
}

// order is a running order with items at its end.
func (w *ward) order(pieces ...scheduler.Piece) []scheduler.Piece {
	return append(pieces, scheduler.Piece{Kind: scheduler.Items})
}

func (w *ward) tune(ids ...scheduler.RecordingID) scheduler.Piece {
	return scheduler.Piece{Kind: scheduler.Tune, Recordings: ids}
}

func (w *ward) music(ids ...scheduler.RecordingID) scheduler.Piece {
	return scheduler.Piece{Kind: scheduler.Music, Recordings: ids}
}

func (w *ward) relay(length time.Duration) scheduler.Piece {
	return scheduler.Piece{Kind: scheduler.RelayTime, Length: length}
}

// newProvince has 500 stations in as many communes, 30 of them with a programme
// and an obligation of their own, 200 obligations, a rule, and four weeks.
func newProvince(t testing.TB) *ward {
	w := newWard(t)
	w.Until = w.From.AddDate(0, 0, 28)
	w.Stations = nil
	w.Holidays = scheduler.Calendar{{ID: "tet", Month: 1, Day: 1, Lunar: true, Days: 5, Before: 1}, {ID: "gio-to", Month: 3, Day: 10, Lunar: true, Days: 1}}
	w.rule(scheduler.Bounds{SessionLength: 25 * time.Minute}).Holidays = scheduler.NoOnHolidays
	w.run("trua", "30 11 * * *").Holidays = scheduler.NoOnHolidays
	for i := range 500 {
		id := scheduler.AreaID(fmt.Sprint("x", i))
		w.Areas[id] = scheduler.Area{ID: id, Parent: "tinh"}
		w.Stations = append(w.Stations, scheduler.Station{ID: scheduler.StationID(id), Area: id})
		if i < 30 {
			w.run(scheduler.ProgrammeID(id), fmt.Sprint(i, " 18 * * *")).Area = id
			w.owe(id, 1000+i, nil)
		}
	}
	for i := range 170 {
		w.owe("tinh", 2+i, nil)
		w.record(scheduler.RecordingID(fmt.Sprint("t", i)), 2+i, time.Duration(1+i%5)*time.Minute)
	}
	return w
}
