package plan_test

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"loaphuong/scheduler"
	"loaphuong/scheduler/plan"
)

// explained is the explanation of an hour of the Wednesday, in one line: for
// each window its hour, its entries with why, and the others with why.
func explained(t *testing.T, in plan.Input, hour time.Duration) (line string) {
	t.Helper()
	all, err := plan.Explain(in, in.Stations[0].ID, monday(t).AddDate(0, 0, 2).Add(hour))
	if err != nil {
		t.Fatal(err)
	}
	for _, w := range all {
		line += w.From.In(in.From.Location()).Format("[Mon 15:04")
		for _, e := range w.Entries {
			line += fmt.Sprintf(" %s:%s%s", e.Airing.Recording, e.Why, e.By)
		}
		for _, o := range w.Others {
			line += fmt.Sprintf(" %d:%s", o.Topic, o.Why)
		}
		line += string(" " + w.Why)[:min(1, len(w.Why))] + string(w.Why) + "]"
	}
	return line
}

// TestExplain asks about windows of ten minutes at 5 and 17 o'clock, in which
// topic 1 is owed once a day in items of four minutes.
func TestExplain(t *testing.T) {
	type in = *plan.Input
	owes := func(o scheduler.Obligation) func(in) {
		return func(in in) { in.Obligations = append(in.Obligations, o) }
	}
	second := func(change func(*scheduler.Obligation)) func(in) { return owes(owed(t, 2, 1, change)) }
	weekly := func(n int) func(in) {
		return second(func(o *scheduler.Obligation) { o.PerDay, o.PerWeek = 0, n })
	}
	for _, c := range []struct {
		why   string
		hour  time.Duration
		plan  func(in) // before it is planned
		after func(in) // before it is explained
		want  string
	}{
		{"within a window", 5 * time.Hour, nil, nil, "[Wed 05:00 r1:owed]"},
		{"between two", 8 * time.Hour, nil, nil, "[Wed 05:00 r1:owed][Wed 17:00 1:met nothing-due]"},
		{"nothing is owed", 17 * time.Hour, nil, nil, "[Wed 17:00 1:met nothing-due]"},
		{"not yet", 17 * time.Hour, second(func(o *scheduler.Obligation) { o.From = day(t, 3) }), nil, "[Wed 17:00 1:met 2:not-yet nothing-due]"},
		{"over", 17 * time.Hour, second(func(o *scheduler.Obligation) { o.Until = day(t, 1) }), nil, "[Wed 17:00 1:met 2:over nothing-due]"},
		{"another day", 17 * time.Hour, second(func(o *scheduler.Obligation) { o.Weekdays = []time.Weekday{time.Friday} }), nil, "[Wed 17:00 1:met 2:other-day nothing-due]"},
		{"twice a week is met", 17 * time.Hour, weekly(2), nil, "[Wed 17:00 1:met 2:met nothing-due]"},
		{"five a week are spread", 17 * time.Hour, weekly(7), nil, "[Wed 17:00 1:met 2:met nothing-due]"},
		{"no recording", 5 * time.Hour, owes(owed(t, 4, 1)), nil, "[Wed 05:00 r1:owed 4:no-recording]"},
		{"recalled since", 5 * time.Hour, nil, func(in in) { in.Recalls = []scheduler.Recall{{Recording: "r2"}}; owes(owed(t, 2, 1))(in) }, "[Wed 05:00 r1:owed 2:recalled]"},
		{"no room", 5 * time.Hour, func(in in) {
			in.Programmes[0] = programme(t, "p", "0 5 * * *", 10*minute)
			owes(owed(t, 3, 1))(in)
		}, nil, "[Wed 05:00 r1:owed 3:window-full]"},
		{"asked for since", 5 * time.Hour, nil, owes(owed(t, 2, 1)), "[Wed 05:00 r1:owed 2:published]"},
		{"approved since", 5 * time.Hour, nil, func(in in) {
			owes(owed(t, 3, 1))(in)
			in.Recordings[2].Approval.At = in.From
			in.Issued = map[scheduler.StationID]time.Time{"tan-hung": in.From.Add(-1)}
		}, "[Wed 05:00 r1:owed 3:published]"},
		{"too soon after another", 17 * time.Hour, func(in in) {
			in.Obligations[0].PerDay = 2
			bound(in, scheduler.Bounds{Spacing: 13 * time.Hour})
		}, nil, "[Wed 17:00 1:spacing nothing-due]"},
		{"a cap", 17 * time.Hour, func(in in) {
			in.Obligations[0].PerDay = 2
			bound(in, scheduler.Bounds{Sessions: 1})
		}, nil, "[Wed 17:00 1:cap cap]"},
		{"a silent day", 17 * time.Hour, func(in in) { bound(in, scheduler.Bounds{Silent: true}) }, nil, "[Wed 17:00 1:cap cap]"},
		{"quiet hours", 17 * time.Hour, func(in in) {
			in.Obligations[0].PerDay = 2
			in.Stations[0].Quiet = []scheduler.QuietHours{{From: 17 * 60, Until: 18 * 60}}
		}, nil, "[Wed 17:00 1:quiet-hours quiet-hours]"},
		{"a holiday", 17 * time.Hour, func(in in) {
			in.Holidays = scheduler.Calendar{{ID: "le", Name: "Lễ", Month: 3, Day: 4, Days: 1}}
			in.Programmes[0].Holidays = scheduler.NoOnHolidays
		}, nil, "[Wed 17:00 1:holiday holiday]"},
		{"another language", 17 * time.Hour, func(in in) { in.Programmes[0].Language = "rad" }, nil, "[Wed 17:00 1:language nothing-due]"},
		{"retired", 17 * time.Hour, func(in in) { in.Stations[0].Retired = true }, nil, "[Wed 17:00 1:retired retired]"},
		{"a person's", 5 * time.Hour, func(in in) {
			in.Selections = []scheduler.Selection{{ID: "x", Area: "tinh", Programme: "p", By: " Lan", Recordings: []scheduler.RecordingID{"a"}}}
		}, nil, "[Wed 05:00 a:picked Lan r1:owed]"},
		{"a person's alone", 5 * time.Hour, func(in in) {
			in.Selections = []scheduler.Selection{{ID: "x", Area: "tinh", Programme: "p", By: " Lan", Alone: true, Recordings: []scheduler.RecordingID{"a"}}}
		}, nil, "[Wed 05:00 a:picked Lan 1:alone]"},
		{"what makes good", 5 * time.Hour, func(in in) {
			in.Selections = []scheduler.Selection{{ID: "x", Area: "tinh", Programme: "p", By: " Lan", MakesGood: "hong", Recordings: []scheduler.RecordingID{"a"}}}
		}, nil, "[Wed 05:00 a:makes-good Lan r1:owed]"},
		{"the running order", 5 * time.Hour, func(in in) {
			in.Programmes[0].Order = []scheduler.Piece{{Kind: scheduler.Tune, Recordings: []scheduler.RecordingID{"a"}}, {Kind: scheduler.Items}, {Kind: scheduler.Music, Recordings: []scheduler.RecordingID{"a"}, Length: minute}}
		}, nil, "[Wed 05:00 a:fixed r1:owed a:filler]"},
	} {
		in := world(t)
		in.Programmes = []scheduler.Programme{programme(t, "p", "0 5,17 * * *", 10*minute)}
		in.Obligations = []scheduler.Obligation{owed(t, 1, 1)}
		in.Recordings = []scheduler.Recording{recorded(1, 4*minute), recorded(2, 4*minute), recorded(3, 9*minute), sound("a", minute)}
		if c.plan != nil {
			c.plan(&in)
		}
		in = holding(in, made(t, in))
		if c.after != nil {
			c.after(&in)
		}
		if got := explained(t, in, c.hour); got != c.want {
			t.Errorf("%s: %s\nwant %s", c.why, got, c.want)
		}
	}
}

// TestExplainMeasures: an obstacle is said with its measure, and how the topic
// stands.
func TestExplainMeasures(t *testing.T) {
	in := world(t)
	in.Programmes = []scheduler.Programme{programme(t, "p", "0 5,17 * * *", 10*minute)}
	in.Obligations = []scheduler.Obligation{owed(t, 1, 2), owed(t, 3, 1), owed(t, 2, 0, func(o *scheduler.Obligation) { o.PerWeek = 3 })}
	in.Recordings = []scheduler.Recording{recorded(1, 4*minute), recorded(3, 9*minute), recorded(2, minute)}
	in.Rules = []scheduler.Rule{{ID: "q", Area: "tinh", Bounds: scheduler.Bounds{Spacing: 13 * time.Hour}}}
	in = holding(in, made(t, in))
	at := monday(t).Add(17 * time.Hour)
	all, err := plan.Explain(in, "tan-hung", at)
	if err != nil || len(all) != 1 {
		t.Fatalf("%d windows, %v", len(all), err)
	}
	morning, _ := plan.Explain(in, "tan-hung", at.Add(-12*time.Hour))
	for _, e := range append(morning, all...) {
		for _, x := range e.Entries {
			if x.Airing.ID == "" || x.Owed.Owed == 0 || x.Owed.Placed == 0 {
				t.Errorf("entry %+v", x)
			}
		}
	}
	if o := all[0].Others; len(all[0].Entries) != 1 || len(o) != 2 {
		t.Fatalf("%+v", all[0])
	} else if first := o[0]; first.Why != scheduler.Because(scheduler.TooClose) || !first.Last.Equal(at.Add(-12*time.Hour)) || first.Owed != (scheduler.Standing{Owed: 2, Placed: 1}) || first.Title != "r1" {
		t.Errorf("topic 1: %+v", first)
	} else if o[1].Owed.Owed != 3 || !o[1].Owed.Weekly {
		t.Errorf("topic 2: %+v", o[1])
	}
}

// TestExplainKept: what was on air is explained from what was kept, and counts.
func TestExplainKept(t *testing.T) {
	in := world(t)
	in.Programmes = []scheduler.Programme{programme(t, "p", "0 5,17 * * *", 10*minute)}
	in.Obligations = []scheduler.Obligation{owed(t, 1, 2)}
	in.Recordings = []scheduler.Recording{recorded(1, 4*minute)}
	p := made(t, in)
	in.Kept = scheduler.Airings("tan-hung", in.From.Location(), p.Of("tan-hung").Playlists, in.From, in.Until)
	want := "[Wed 05:00 r1:owed]"
	if got := explained(t, in, 5*time.Hour); got != want {
		t.Errorf("%s\nwant %s", got, want)
	}
	in.Held = holding(in, p).Held
	if got := explained(t, in, 5*time.Hour); got != want {
		t.Errorf("with what is held: %s\nwant %s", got, want)
	}
	if _, err := plan.Explain(in, "khong", in.From); !errors.Is(err, scheduler.ErrNotFound) {
		t.Errorf("a station that is not there: %v", err)
	}
	in.Stations[0].Zone = "Asia/Hanoi"
	if _, err := plan.Explain(in, "tan-hung", in.From); err == nil {
		t.Error("a station in no zone is explained")
	}
}
