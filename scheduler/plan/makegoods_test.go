package plan_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"loaphuong/scheduler"
	"loaphuong/scheduler/plan"
)

// TestMakeGoods reads what is proposed for airings of topic 1 that were missed,
// from Wednesday on, in windows of ten minutes at 5, 11 and 17 o'clock that hold
// topic 1 once and topic 2 twice a day in items of four minutes.
func TestMakeGoods(t *testing.T) {
	type in = *plan.Input
	missed := func(n int) (all []scheduler.JudgedAiring) {
		for i := range n {
			j := scheduler.JudgedAiring{State: scheduler.Missed}
			j.ID, j.Station, j.Directive, j.Topic, j.Recording = scheduler.AiringID(fmt.Sprint("hong-", i)), "tan-hung", "letter", 1, "r1"
			all = append(all, j)
		}
		return all
	}
	first := func(change func(*scheduler.JudgedAiring)) []scheduler.JudgedAiring {
		all := missed(1)
		change(&all[0])
		return all
	}
	until := func(n int) func(in) { return func(in in) { in.Obligations[0].Until = day(t, n) } }
	for _, c := range []struct {
		why    string
		missed []scheduler.JudgedAiring
		change func(in)
		want   string
	}{
		{"the next window without it", missed(1), nil, "Wed 11:00"},
		{"several take each other no room", missed(3), nil, "Wed 11:00, Wed 17:00, Thu 11:00"},
		{"until its end", missed(4), until(2), "Wed 11:00, Wed 17:00, spacing, spacing"},
		{"no longer owed", missed(1), until(1), ""},
		{"nothing is missed", nil, nil, ""},
		{"of no letter", first(func(j *scheduler.JudgedAiring) { j.Directive = "" }), nil, ""},
		{"of no topic that is owed", first(func(j *scheduler.JudgedAiring) { j.Topic = 7 }), nil, ""},
		{"itself making good", first(func(j *scheduler.JudgedAiring) { j.MakesGood = "x" }), nil, ""},
		{"of no station", first(func(j *scheduler.JudgedAiring) { j.Station = "khong" }), nil, ""},
		{"no window has room", missed(1), func(in in) { in.Recordings[0].Duration = 11 * minute }, "window-full"},
		{"one session a day", missed(1), func(in in) { bound(in, scheduler.Bounds{Sessions: 2}) }, "Wed 11:00"},
		{"quiet hours", missed(1), func(in in) { in.Stations[0].Quiet = []scheduler.QuietHours{{From: 600, Until: 1000}} }, "Wed 17:00"},
		{"spacing", missed(1), func(in in) { bound(in, scheduler.Bounds{Spacing: 8 * time.Hour}) }, "Wed 17:00"},
		{"recalled", missed(1), func(in in) { in.Recalls = []scheduler.Recall{{Recording: "r1"}} }, "recalled"},
		{"retired", missed(1), func(in in) { in.Stations[0].Retired = true }, "retired"},
		{"no programme", missed(1), func(in in) { in.Programmes = nil }, "no-programme"},
		{"taken up already", missed(2), func(in in) {
			in.Selections = []scheduler.Selection{{
				ID: "x", Title: "x", Station: "tan-hung", By: "Lan", Programme: "p", MakesGood: "hong-0",
				Timing: scheduler.Once(monday(t).AddDate(0, 0, 2).Add(11 * time.Hour)), Recordings: []scheduler.RecordingID{"r1"},
			}}
		}, "Wed 11:00 x by Lan, Wed 17:00"},
	} {
		in := world(t)
		in.Programmes = []scheduler.Programme{programme(t, "p", "0 5,11,17 * * *", 10*minute)}
		in.Obligations = []scheduler.Obligation{owed(t, 1, 1, func(o *scheduler.Obligation) { o.Until = day(t, 4) }), owed(t, 2, 2)}
		in.Recordings = []scheduler.Recording{recorded(1, 4*minute), recorded(2, 4*minute)}
		in = holding(in, made(t, in))
		in.From = in.From.AddDate(0, 0, 2)
		if c.change != nil {
			c.change(&in)
		}
		var got []string
		for _, g := range plan.MakeGoods(in, c.missed) {
			line := string(g.Why)
			if g.Programme != "" {
				line = g.At.In(in.From.Location()).Format("Mon 15:04")
			}
			if g.Selection != "" {
				line += fmt.Sprintf(" %s by %s", g.Selection, g.By)
			}
			if g.Deadline != in.Obligations[0].Until || g.Missed.ID == "" {
				t.Errorf("%s: %+v", c.why, g)
			}
			got = append(got, line)
		}
		if got := strings.Join(got, ", "); got != c.want {
			t.Errorf("%s: %s\nwant %s", c.why, got, c.want)
		}
	}
}

// TestMakeGoodIsPlaced: what is proposed and taken up stands where it was
// proposed when the plan is made again, and nothing owed is lost by it.
func TestMakeGoodIsPlaced(t *testing.T) {
	proposed, placed := 0, 0
	for seed := range uint64(150) {
		in := everything(t, seed)
		first := made(t, in)
		next := later(in, first, 30*time.Hour)
		var missed []scheduler.JudgedAiring
		for _, a := range next.Kept {
			missed = append(missed, scheduler.JudgedAiring{AiringFacts: scheduler.AiringFacts{Airing: a}, State: scheduler.Missed})
		}
		next.Kept = nil
		before := made(t, next)
		next = holding(next, before)
		for n, g := range plan.MakeGoods(next, missed) {
			if g.Programme == "" || !g.At.Before(next.Until) {
				continue
			}
			proposed++
			again := next
			again.Selections = append(again.Selections[:len(again.Selections):len(again.Selections)], scheduler.Selection{
				ID: scheduler.SelectionID(fmt.Sprint("bu-", n)), Title: "Bù", Station: g.Missed.Station, By: "Lan", Programme: g.Programme,
				Timing: scheduler.Once(g.At), Recordings: []scheduler.RecordingID{g.Missed.Recording}, MakesGood: g.Missed.ID,
			})
			p := made(t, again)
			lawful(t, again, p)
			for _, a := range airings(again, p, scheduler.Station{ID: g.Missed.Station}, again.From) {
				if a.MakesGood == g.Missed.ID {
					placed++
				}
			}
			if n == 3 {
				break
			}
		}
	}
	if placed < 50 || placed*10 < proposed*9 {
		t.Errorf("%d of %d were placed", placed, proposed)
	}
}
