package plan_test

import (
	"strings"
	"testing"
	"time"

	"loaphuong/scheduler"
	"loaphuong/scheduler/plan"
)

// TestBounds reads what two days hold, Monday and Tuesday, with windows of ten
// minutes at 5, 11 and 17 o'clock and topics 1 and 2 owed twice a day in items
// of four minutes.
func TestBounds(t *testing.T) {
	type in = *plan.Input
	rule := func(b scheduler.Bounds, change ...func(*scheduler.Rule)) func(in) {
		r := scheduler.Rule{ID: "q", Area: "tinh", Bounds: b}
		for _, c := range change {
			c(&r)
		}
		return func(in in) { in.Rules = append(in.Rules, r) }
	}
	mondays := func(r *scheduler.Rule) { r.Weekdays = []time.Weekday{time.Monday} }
	exception := func(r *scheduler.Rule) { r.Exception = true; mondays(r) }
	holiday := func(u scheduler.HolidayUse) func(in) {
		return func(in in) {
			in.Holidays = scheduler.Calendar{{ID: "le", Name: "Lễ", Month: 3, Day: 3, Days: 1}}
			in.Programmes[0].Holidays = u
		}
	}
	const all = "Mon 05:00 1 2, Mon 11:00 1 2, Tue 05:00 1 2, Tue 11:00 1 2"
	for _, c := range []struct {
		why    string
		change []func(in)
		want   string
	}{
		{"no rule", nil, all},
		{"one session a day", []func(in){rule(scheduler.Bounds{Sessions: 1})}, "Mon 05:00 1 2, Tue 05:00 1 2"},
		{"one session on Mondays", []func(in){rule(scheduler.Bounds{Sessions: 1}, mondays)}, "Mon 05:00 1 2, Tue 05:00 1 2, Tue 11:00 1 2"},
		{"a rule of the commune next door", []func(in){rule(scheduler.Bounds{Sessions: 1}, func(r *scheduler.Rule) { r.Area = "xa-khac" })}, all},
		{"an exception stands in place of it", []func(in){rule(scheduler.Bounds{Sessions: 1}), rule(scheduler.Bounds{Sessions: 5}, exception)}, "Mon 05:00 1 2, Mon 11:00 1 2, Tue 05:00 1 2"},
		{"sessions of five minutes", []func(in){rule(scheduler.Bounds{SessionLength: 5 * minute})}, "Mon 05:00 1, Mon 11:00 2, Mon 17:00 1, Tue 05:00 2, Tue 11:00 1, Tue 17:00 2"},
		{"thirteen minutes a day", []func(in){rule(scheduler.Bounds{DayLength: 13 * minute})}, "Mon 05:00 1 2, Mon 11:00 1, Tue 05:00 1 2, Tue 11:00 2"},
		{"a silent Monday", []func(in){rule(scheduler.Bounds{Silent: true}, mondays)}, "Tue 05:00 1 2, Tue 11:00 1 2"},
		{"a silent Monday, and an emergency", []func(in){rule(scheduler.Bounds{Silent: true}, mondays), func(in in) { in.Programmes[0].Class = scheduler.Emergency }}, all},
		{"quiet before noon by a rule", []func(in){rule(scheduler.Bounds{Quiet: []scheduler.QuietHours{{From: 6 * 60, Until: 12 * 60}}})}, "Mon 05:00 1 2, Mon 17:00 1 2, Tue 05:00 1 2, Tue 17:00 1 2"},
		{"seven hours apart", []func(in){rule(scheduler.Bounds{Spacing: 7 * time.Hour})}, "Mon 05:00 1 2, Mon 17:00 1 2, Tue 05:00 1 2, Tue 17:00 1 2"},
		{"thirteen hours apart", []func(in){rule(scheduler.Bounds{Spacing: 13 * time.Hour})}, "Mon 05:00 1 2, Tue 05:00 1 2"},
		{"not on holidays", []func(in){holiday(scheduler.NoOnHolidays)}, "Mon 05:00 1 2, Mon 11:00 1 2"},
		{"only on holidays", []func(in){holiday(scheduler.OnHolidays)}, "Tue 05:00 1 2, Tue 11:00 1 2"},
		{"a relay is a session", []func(in){rule(scheduler.Bounds{Sessions: 1}), func(in in) {
			p := programme(t, "relay", "0 4 * * 1", 10*minute)
			p.Order = []scheduler.Piece{{Kind: scheduler.RelayTime, Length: 9 * minute}, {Kind: scheduler.Items}}
			in.Programmes = append(in.Programmes, p)
		}}, "Tue 05:00 1 2"},
	} {
		in := world(t)
		in.Until = in.From.AddDate(0, 0, 2)
		in.Programmes = []scheduler.Programme{programme(t, "p", "0 5,11,17 * * *", 10*minute)}
		in.Obligations = []scheduler.Obligation{owed(t, 1, 2), owed(t, 2, 2)}
		in.Recordings = []scheduler.Recording{recorded(1, 4*minute), recorded(2, 4*minute)}
		for _, change := range c.change {
			change(&in)
		}
		p := made(t, in)
		if got := strings.Join(heard(in, p), ", "); got != c.want {
			t.Errorf("%s: %s\nwant %s", c.why, got, c.want)
		}
		lawful(t, in, p)
	}
}

// TestChoices reads which recordings stand in a window of nine minutes on a
// Monday; topics 1 and 2 are owed once a day in items of five minutes.
func TestChoices(t *testing.T) {
	in2 := func(name string, topic int, language string) scheduler.Recording {
		r := recorded(topic, 5*minute)
		r.ID, r.Language, r.Title = scheduler.RecordingID(name), language, name
		return r
	}
	both := []scheduler.Recording{in2("viet", 1, "vi"), in2("ede", 1, "rad")}
	both[1].Created = both[1].Created.Add(-time.Hour)
	type in = *plan.Input
	for _, c := range []struct {
		why    string
		change func(in)
		want   string
	}{
		{"the first owed, of equals", func(in in) {}, "Mon 05:00 r1@0s"},
		{"priority comes first", func(in in) { in.Obligations[1].Class = scheduler.Priority }, "Mon 05:00 r2@0s"},
		{"a wish for the hour, of equals", func(in in) { in.Obligations[1].Hours = []scheduler.TimeOfDay{5*60 + 30} }, "Mon 05:00 r2@0s"},
		{"a wish for another hour", func(in in) { in.Obligations[1].Hours = []scheduler.TimeOfDay{5*60 + 31} }, "Mon 05:00 r1@0s"},
		{"the longest not heard, of equals", func(in in) {
			in.Kept = []scheduler.Airing{{Station: "tan-hung", Start: in.From.Add(-20 * time.Hour), Directive: "letter", Topic: 1}}
		}, "Mon 05:00 r2@0s"},
		{"what is held, of equals", func(in in) {
			other := *in
			other.Obligations = in.Obligations[1:]
			in.Held = holding(other, made(t, other)).Held
		}, "Mon 05:00 r2@0s"},
		{"more than what is held", func(in in) {
			other := *in
			other.Obligations = in.Obligations[1:]
			in.Held = holding(other, made(t, other)).Held
			in.Obligations[0].Class = scheduler.Priority
		}, "Mon 05:00 r1@0s"},
		{"the newest where the station says nothing", func(in in) { in.Recordings = both }, "Mon 05:00 viet@0s"},
		{"the language most wanted", func(in in) { in.Recordings = both; in.Stations[0].Languages = []string{"rad", "vi"} }, "Mon 05:00 ede@0s"},
		{"the next, where there is none in it", func(in in) { in.Recordings = both; in.Stations[0].Languages = []string{"ce", "rad"} }, "Mon 05:00 ede@0s"},
		{"the programme's language", func(in in) {
			in.Recordings = both
			in.Stations[0].Languages, in.Programmes[0].Language = []string{"vi", "rad"}, "rad"
		}, "Mon 05:00 ede@0s"},
		{"the obligation's language", func(in in) { in.Recordings = both; in.Obligations[0].Language = "rad" }, "Mon 05:00 ede@0s"},
		{"recalled: the other", func(in in) {
			in.Recordings = both
			in.Recalls = []scheduler.Recall{{Recording: "viet"}}
		}, "Mon 05:00 ede@0s"},
		{"a topic recalled", func(in in) { in.Recalls = []scheduler.Recall{{Directive: "letter", Topic: 1}} }, "Mon 05:00 r2@0s"},
		{"a letter recalled", func(in in) { in.Recalls = []scheduler.Recall{{Directive: "letter"}} }, ""},
		{"a recall lifted", func(in in) { in.Recalls = []scheduler.Recall{{Directive: "letter", LiftedBy: "Lan"}} }, "Mon 05:00 r1@0s"},
	} {
		in := world(t)
		in.Until = in.From.AddDate(0, 0, 1)
		in.Programmes = []scheduler.Programme{programme(t, "p", "0 5 * * 1", 9*minute)}
		in.Obligations = []scheduler.Obligation{owed(t, 1, 1), owed(t, 2, 1)}
		in.Recordings = []scheduler.Recording{recorded(1, 5*minute), recorded(2, 5*minute)}
		c.change(&in)
		p := made(t, in)
		if got := entriesOf(in, p); got != c.want {
			t.Errorf("%s: %s\nwant %s", c.why, got, c.want)
		}
		lawful(t, in, p)
	}
}
