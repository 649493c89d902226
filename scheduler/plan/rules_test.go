package plan_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"loaphuong/scheduler"
	"loaphuong/scheduler/plan"
)

// sitting is a window with what is aired in it.
type sitting struct {
	at      time.Time
	airings []scheduler.Airing
	kept    bool
}

func (s sitting) length() time.Duration {
	last := s.airings[len(s.airings)-1]
	return last.Start.Add(last.Duration).Sub(s.airings[0].Start)
}

// sittings are the windows of a station, kept and planned, in order.
func sittings(in plan.Input, p plan.Plan, s scheduler.Station) (all []sitting) {
	lists := slices.Concat(p.Of(s.ID).Playlists, in.Held[s.ID])
	add := func(a scheduler.Airing, kept bool) {
		at := windowOf(a, lists)
		i := slices.IndexFunc(all, func(x sitting) bool { return x.at.Equal(at) && x.airings[0].Programme == a.Programme })
		if i < 0 {
			i = len(all)
			all = append(all, sitting{at: at, kept: kept})
		}
		all[i].airings = append(all[i].airings, a)
	}
	for _, a := range in.Kept {
		if a.Station == s.ID {
			add(a, true)
		}
	}
	for _, a := range airings(in, p, s, in.From.Add(-1)) {
		add(a, false)
	}
	return all
}

// lawful checks the rules that a plan never breaks.
func lawful(t *testing.T, in plan.Input, p plan.Plan) {
	t.Helper()
	for _, s := range in.Stations {
		var rules []scheduler.Rule
		for _, r := range in.Rules {
			if in.Areas.Within(s.Area, r.Area) {
				rules = append(rules, r)
			}
		}
		all := sittings(in, p, s)
		if s.Retired && len(p.Of(s.ID).Playlists) > 0 {
			t.Fatalf("%s is retired and has playlists", s.ID)
		}
		for _, x := range all {
			if !x.kept {
				keepsHours(t, in, s, rules, x)
				isAllowed(t, in, x)
			}
		}
		keepsApart(t, in, rules, all)
		keepsCaps(t, in, rules, all)
	}
}

// keepsHours: within its window, not in quiet hours, not on a day it does not run.
func keepsHours(t *testing.T, in plan.Input, s scheduler.Station, rules []scheduler.Rule, x sitting) {
	t.Helper()
	zone := in.From.Location()
	p := programmeOf(in, x.airings[0].Programme)
	day := scheduler.DateOf(x.at.In(zone))
	b := scheduler.BoundsOn(rules, day, in.Holidays)
	last := x.airings[len(x.airings)-1]
	switch {
	case x.at.Before(in.From) || !x.at.Before(in.Until):
		t.Fatalf("%s at %s is not in the span", p.ID, x.at)
	case last.Start.Add(last.Duration).After(x.at.Add(p.Length)):
		t.Fatalf("%s at %s lasts beyond its window", p.ID, x.at)
	case !p.Holidays.Takes(day, in.Holidays):
		t.Fatalf("%s at %s: %q on %q", p.ID, x.at, p.Holidays, in.Holidays.On(day))
	case p.Class == scheduler.Emergency:
		return
	case b.Silent:
		t.Fatalf("%s at %s on a silent day", p.ID, x.at)
	}
	for _, a := range x.airings {
		end := scheduler.BoundsOn(rules, scheduler.DateOf(a.Start.Add(a.Duration-1).In(zone)), in.Holidays)
		for _, q := range slices.Concat(s.Quiet, b.Quiet, end.Quiet) {
			if q.Touches(a.Start.In(zone), a.Duration) {
				t.Fatalf("%s: %s at %s for %s in quiet hours %v", s.ID, a.Title, a.Start.In(zone), a.Duration, q)
			}
		}
	}
}

func programmeOf(in plan.Input, id scheduler.ProgrammeID) scheduler.Programme {
	for _, p := range in.Programmes {
		if p.ID == id {
			return p
		}
	}
	for _, s := range in.Selections {
		if s.Own().ID == id {
			return s.Own()
		}
	}
	return scheduler.Programme{}
}

// isAllowed: approved as it is, not recalled, in the language of the programme
// where nobody picked it.
func isAllowed(t *testing.T, in plan.Input, x sitting) {
	t.Helper()
	p := programmeOf(in, x.airings[0].Programme)
	picked := func(a scheduler.Airing) bool {
		return slices.ContainsFunc(in.Selections, func(s scheduler.Selection) bool { return slices.Contains(s.Recordings, a.Recording) })
	}
	for _, a := range x.airings {
		i := slices.IndexFunc(in.Recordings, func(r scheduler.Recording) bool { return r.ID == a.Recording })
		r := in.Recordings[i]
		if !r.Approved() || a.Digest != r.Approval.Digest || a.Duration != r.Duration {
			t.Fatalf("%s at %s is not as approved", a.Title, a.Start)
		}
		if slices.ContainsFunc(in.Recalls, func(c scheduler.Recall) bool { return c.Takes(r.ID, r.Directive, r.Topic) }) {
			t.Fatalf("%s at %s is recalled", a.Title, a.Start)
		}
		if a.Piece == "" && p.Language != "" && r.Language != p.Language && !picked(a) {
			t.Fatalf("%s at %s is in %s, its programme in %s", a.Title, a.Start, r.Language, p.Language)
		}
	}
}

// keepsApart: one thing at a time, and no item too soon after itself.
func keepsApart(t *testing.T, in plan.Input, rules []scheduler.Rule, all []sitting) {
	t.Helper()
	var list []scheduler.Airing
	planned := map[scheduler.AiringID]scheduler.Date{}
	for _, x := range all {
		for _, a := range x.airings {
			list = append(list, a)
			if !x.kept {
				planned[a.ID] = scheduler.DateOf(x.at.In(in.From.Location()))
			}
		}
	}
	slices.SortFunc(list, func(a, b scheduler.Airing) int { return a.Start.Compare(b.Start) })
	last := map[string]time.Time{}
	for i, a := range list {
		day, isPlanned := planned[a.ID]
		if i > 0 && isPlanned && a.Start.Before(list[i-1].Start.Add(list[i-1].Duration)) {
			t.Fatalf("%s at %s begins before %s ends", a.Title, a.Start, list[i-1].Title)
		}
		if a.Piece != "" {
			continue
		}
		theme := fmt.Sprint(a.Directive, a.Topic)
		if a.Directive == "" {
			theme = string(a.Recording)
		}
		spacing := scheduler.BoundsOn(rules, day, in.Holidays).Spacing
		if spacing == 0 {
			spacing = plan.DefaultSpacing
		}
		if before, ok := last[theme]; ok && isPlanned && a.Start.Sub(before) < spacing {
			t.Fatalf("%s comes again at %s after %s, less than %s", a.Title, a.Start, before, spacing)
		}
		last[theme] = a.Start
	}
}

// keepsCaps: no more sessions and minutes than rules allow, unless what was
// aired before leaves the plan none to give.
func keepsCaps(t *testing.T, in plan.Input, rules []scheduler.Rule, all []sitting) {
	t.Helper()
	type total struct {
		sessions int
		length   time.Duration
		planned  bool
	}
	days := map[scheduler.Date]*total{}
	for _, x := range all {
		if x.airings[0].Class == scheduler.Emergency {
			continue
		}
		day := scheduler.DateOf(x.at.In(in.From.Location()))
		b := scheduler.BoundsOn(rules, day, in.Holidays)
		if b.SessionLength > 0 && !x.kept && x.length() > b.SessionLength {
			t.Fatalf("the window at %s lasts %s, and %s is allowed", x.at, x.length(), b.SessionLength)
		}
		if days[day] == nil {
			days[day] = &total{}
		}
		days[day].sessions++
		days[day].length += x.length()
		days[day].planned = days[day].planned || !x.kept
	}
	for day, x := range days {
		b := scheduler.BoundsOn(rules, day, in.Holidays)
		if x.planned && (b.Sessions > 0 && x.sessions > b.Sessions || b.DayLength > 0 && x.length > b.DayLength) {
			t.Fatalf("%s has %d sessions of %s in all, and %d of %s are allowed", day, x.sessions, x.length, b.Sessions, b.DayLength)
		}
	}
}

// TestRulesAreKept draws worlds with everything in them and plans them, again
// later, and again after something has changed.
func TestRulesAreKept(t *testing.T) {
	for seed := range uint64(250) {
		in := everything(t, seed)
		p := made(t, in)
		lawful(t, in, p)
		addsUp(t, in, p)
		next := later(in, p, time.Duration(seed%80)*time.Hour)
		again := made(t, next)
		lawful(t, next, again)
		addsUp(t, next, again)
		switch seed % 4 {
		case 0:
			next.Rules = append(slices.Clone(next.Rules), scheduler.Rule{ID: "moi", Area: "tinh", Bounds: scheduler.Bounds{Sessions: 1, Spacing: 3 * time.Hour}})
		case 1:
			next.Recordings = slices.Clone(next.Recordings)
			next.Recordings[0].Approval = scheduler.Approval{}
		case 2:
			next.Stations = slices.Clone(next.Stations)
			next.Stations[0].Quiet = []scheduler.QuietHours{{From: 300, Until: 310}}
		case 3:
			next.Programmes = slices.Clone(next.Programmes[min(1, len(next.Programmes)):])
		}
		lawful(t, next, made(t, next))
		if t.Failed() {
			t.Fatalf("seed %d", seed)
		}
	}
}

// addsUp checks that promises are what is there, and that stations alike share.
func addsUp(t *testing.T, in plan.Input, p plan.Plan) {
	t.Helper()
	for _, x := range p.Promises() {
		if x.Promised < 0 || x.Promised > x.Owed || (x.Shortfall != "") != (x.Promised < x.Owed) || x.Station == "" {
			t.Fatalf("the promise %+v does not add up", x)
		}
	}
	for _, s := range in.Stations {
		for _, l := range p.Of(s.ID).Playlists {
			if err := l.Check(); err != nil {
				t.Fatal(err)
			}
		}
	}
}
