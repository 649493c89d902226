package plan_test

import (
	"strings"
	"testing"
	"time"

	"loaphuong/scheduler"
	"loaphuong/scheduler/plan"
)

const minute = time.Minute

// TestWindows reads which topics stand in which windows of the week.
func TestWindows(t *testing.T) {
	weekly := func(n int, days ...time.Weekday) func(*scheduler.Obligation) {
		return func(o *scheduler.Obligation) { o.PerDay, o.PerWeek, o.Weekdays = 0, n, days }
	}
	on := func(days ...time.Weekday) func(*scheduler.Obligation) {
		return func(o *scheduler.Obligation) { o.Weekdays = days }
	}
	minutes := func(n int) func(*scheduler.Obligation) {
		return func(o *scheduler.Obligation) { o.MinutesPerDay = n }
	}
	between := func(from, until int) func(*scheduler.Obligation) {
		return func(o *scheduler.Obligation) { o.From, o.Until = day(t, from), day(t, until) }
	}
	type owes = []scheduler.Obligation
	for _, c := range []struct {
		why   string
		specs string // of programmes of 15 minutes each
		owes  owes   // of items of 5 minutes each
		want  string
	}{
		{"two days of the week", "0 5 * * *", owes{owed(t, 1, 1, on(time.Tuesday, time.Sunday))}, "Tue 05:00 1, Sun 05:00 1"},
		{"from Wednesday until Thursday", "0 5 * * *", owes{owed(t, 1, 1, between(2, 3))}, "Wed 05:00 1, Thu 05:00 1"},
		{"before the week", "0 5 * * *", owes{owed(t, 1, 1, between(-9, -1))}, ""},
		{"after the week", "0 5 * * *", owes{owed(t, 1, 1, between(7, 9))}, ""},
		{"in the order of the obligations", "0 5 * * 1", owes{owed(t, 2, 1), owed(t, 1, 1)}, "Mon 05:00 2 1"},
		{"no more than is owed", "0 5,11,17 * * 1", owes{owed(t, 1, 2)}, "Mon 05:00 1, Mon 11:00 1"},
		{"three a day", "0 5,11,17 * * 1", owes{owed(t, 1, 3), owed(t, 2, 2)}, "Mon 05:00 1 2, Mon 11:00 1 2, Mon 17:00 1"},
		{"once in a window, however much is owed", "0 5 * * 1", owes{owed(t, 1, 3)}, "Mon 05:00 1"},
		{"the furthest behind first", "0 5 * * 1", owes{owed(t, 1, 1), owed(t, 2, 2), owed(t, 3, 3), owed(t, 4, 1)}, "Mon 05:00 2 3"},
		{"what is left over goes to the next window", "0 5,17 * * 1", owes{owed(t, 1, 1), owed(t, 2, 1), owed(t, 3, 1)}, "Mon 05:00 1 2, Mon 17:00 3"},
		{"turn and turn about", "0 5 * * 1-3", owes{owed(t, 1, 1), owed(t, 2, 1), owed(t, 3, 1)}, "Mon 05:00 1 2, Tue 05:00 1 3, Wed 05:00 2 3"},
		{"twice a week is on two days", "0 5,17 * * *", owes{owed(t, 1, 0, weekly(2))}, "Mon 05:00 1, Tue 05:00 1"},
		{"twice a week on the days named", "0 5 * * *", owes{owed(t, 1, 0, weekly(2, time.Monday, time.Friday))}, "Mon 05:00 1, Fri 05:00 1"},
		{"more a week than days named", "0 5,11,17 * * *", owes{owed(t, 1, 0, weekly(3, time.Monday, time.Friday))}, "Mon 05:00 1, Mon 11:00 1, Fri 05:00 1"},
		{"more a week than days", "0 5,17 * * *", owes{owed(t, 1, 0, weekly(8))}, "Mon 05:00 1, Mon 17:00 1, Tue 05:00 1, Wed 05:00 1, Thu 05:00 1, Fri 05:00 1, Sat 05:00 1, Sun 05:00 1"},
		{"owed by commune and province: one airing serves both", "0 5,17 * * 1", owes{owed(t, 1, 1), owed(t, 1, 2)}, "Mon 05:00 1, Mon 17:00 1"},
		{"ten minutes a day are two items of five", "0 5,11,17 * * 1", owes{owed(t, 1, 1, minutes(10))}, "Mon 05:00 1, Mon 11:00 1"},
		{"eleven are three", "0 5,11,17,18 * * 1", owes{owed(t, 1, 1, minutes(11))}, "Mon 05:00 1, Mon 11:00 1, Mon 17:00 1"},
		{"minutes that the number reaches already", "0 5,11,17 * * 1", owes{owed(t, 1, 3, minutes(5))}, "Mon 05:00 1, Mon 11:00 1, Mon 17:00 1"},
		{"at the hour the letter wishes for", "0 5,11,17 * * 1", owes{owed(t, 1, 1, func(o *scheduler.Obligation) { o.Hours = []scheduler.TimeOfDay{17*60 + 30} })}, "Mon 17:00 1"},
		{"owed by the commune next door", "0 5 * * 1", owes{owed(t, 1, 1, func(o *scheduler.Obligation) { o.Area = "xa-khac" })}, ""},
		{"nothing is owed", "0 5 * * *", nil, ""},
	} {
		in := world(t)
		in.Programmes = []scheduler.Programme{programme(t, "p", c.specs, 15*minute)}
		in.Obligations = c.owes
		for n := range 4 {
			in.Recordings = append(in.Recordings, recorded(n+1, 5*minute))
		}
		p := made(t, in)
		if got := strings.Join(heard(in, p), ", "); got != c.want {
			t.Errorf("%s: %s\nwant %s", c.why, got, c.want)
		}
		honest(t, in, p)
	}
}

func TestShortfalls(t *testing.T) {
	for _, c := range []struct {
		why            string
		change         func(*plan.Input)
		owed, promised int
		want           scheduler.Shortfall
	}{
		{"all is well", func(in *plan.Input) {}, 7, 7, ""},
		{"nobody recorded it", func(in *plan.Input) { in.Recordings = nil }, 7, 0, scheduler.NoRecording},
		{"nobody approved it", func(in *plan.Input) { in.Recordings[0].Approval = scheduler.Approval{} }, 7, 0, scheduler.NotApproved},
		{"its audio has changed since", func(in *plan.Input) { in.Recordings[0].Digest = scheduler.DigestOf(nil) }, 7, 0, scheduler.NotApproved},
		{"it is of another letter", func(in *plan.Input) { in.Recordings[0].Directive = "other" }, 7, 0, scheduler.NoRecording},
		{"no programme", func(in *plan.Input) { in.Programmes = nil }, 7, 0, scheduler.NoProgramme},
		{"the programme is next door's", func(in *plan.Input) { in.Programmes[0].Area = "xa-khac" }, 7, 0, scheduler.NoProgramme},
		{"no programme at the weekend", func(in *plan.Input) { in.Programmes[0] = programme(t, "p", "0 5 * * 1-5", 5*minute) }, 7, 5, scheduler.NoProgramme},
		{"one window a day and two owed", func(in *plan.Input) { in.Obligations[0].PerDay = 2 }, 14, 7, scheduler.NoProgramme},
		{"the windows are too short", func(in *plan.Input) { in.Programmes[0].Length = 5*minute - 1 }, 7, 0, scheduler.WindowFull},
		{"quiet hours begin within it", func(in *plan.Input) {
			in.Stations[0].Quiet = []scheduler.QuietHours{{From: 5*60 + 4, Until: 5*60 + 5}}
		}, 7, 0, scheduler.QuietWindow},
		{"quiet hours begin when it ends", func(in *plan.Input) {
			in.Stations[0].Quiet = []scheduler.QuietHours{{From: 5*60 + 5, Until: 4 * 60}}
		}, 7, 7, ""},
		{"an emergency heeds no quiet hours", func(in *plan.Input) {
			in.Stations[0].Quiet = []scheduler.QuietHours{{From: 0, Until: 1439}}
			in.Programmes[0].Class = scheduler.Emergency
		}, 7, 7, ""},
		{"a rule allows no session that long", func(in *plan.Input) { bound(in, scheduler.Bounds{SessionLength: 4 * minute}) }, 7, 0, scheduler.Capped},
		{"a rule allows nothing", func(in *plan.Input) { bound(in, scheduler.Bounds{Silent: true}) }, 7, 0, scheduler.Capped},
		{"a rule keeps days apart", func(in *plan.Input) { bound(in, scheduler.Bounds{Spacing: 24*time.Hour - 1}) }, 7, 7, ""},
		{"two windows and hours apart", func(in *plan.Input) {
			in.Obligations[0].PerDay = 2
			in.Programmes[0] = programme(t, "p", "0 5,6 * * *", 5*minute)
			bound(in, scheduler.Bounds{Spacing: 2 * time.Hour})
		}, 14, 7, scheduler.TooClose},
		{"one session is taken", func(in *plan.Input) {
			in.Obligations[0].PerDay = 2
			in.Programmes[0] = programme(t, "p", "0 5,6 * * *", 5*minute)
			bound(in, scheduler.Bounds{Sessions: 1})
		}, 14, 7, scheduler.Capped},
		{"a person has the windows for herself", func(in *plan.Input) {
			in.Selections = []scheduler.Selection{{ID: "x", Area: "tinh", Programme: "p", Alone: true, Recordings: []scheduler.RecordingID{"khac"}}}
		}, 7, 0, scheduler.WindowFull},
		{"it is recorded in another language", func(in *plan.Input) { in.Stations[0].Languages = []string{"rad"} }, 7, 0, scheduler.NoLanguage},
		{"the programme is in another language", func(in *plan.Input) { in.Programmes[0].Language = "rad" }, 7, 0, scheduler.NoLanguage},
		{"it is recalled", func(in *plan.Input) { in.Recalls = []scheduler.Recall{{Recording: "r1"}} }, 7, 0, scheduler.CalledBack},
		{"the station is retired", func(in *plan.Input) { in.Stations[0].Retired = true }, 7, 0, scheduler.OffDuty},
		{"its period begins after the span", func(in *plan.Input) { in.Obligations[0].From = day(t, 30) }, 0, 0, ""},
		{"three a week, and a span of two days", func(in *plan.Input) {
			in.Obligations[0].PerDay, in.Obligations[0].PerWeek = 0, 3
			in.Until = in.From.AddDate(0, 0, 2)
		}, 2, 2, ""},
	} {
		in := world(t)
		in.Programmes = []scheduler.Programme{programme(t, "p", "0 5 * * *", 5*minute)}
		in.Obligations = []scheduler.Obligation{owed(t, 1, 1)}
		in.Recordings = []scheduler.Recording{recorded(1, 5*minute)}
		c.change(&in)
		p := made(t, in)
		if got := p.Promises()[0]; got.Owed != c.owed || got.Promised != c.promised || got.Shortfall != c.want {
			t.Errorf("%s: %d owed, %d promised, %q; want %d, %d, %q", c.why, got.Owed, got.Promised, got.Shortfall, c.owed, c.promised, c.want)
		}
		honest(t, in, p)
	}
}

// bound sets a rule for the province.
func bound(in *plan.Input, b scheduler.Bounds) {
	in.Rules = append(in.Rules, scheduler.Rule{ID: "q", Area: "tinh", Bounds: b})
}

// TestNewestApprovedRecording: a newer one takes over only once it is approved.
func TestNewestApprovedRecording(t *testing.T) {
	in := world(t)
	in.Programmes = []scheduler.Programme{programme(t, "p", "0 5 * * *", 5*minute)}
	in.Obligations = []scheduler.Obligation{owed(t, 1, 1)}
	newer, newest := recorded(1, 2*minute), recorded(1, 3*minute)
	newer.ID, newer.Created = "newer", newer.Created.Add(1)
	newest.ID, newest.Created, newest.Approval = "newest", newest.Created.Add(2), scheduler.Approval{}
	in.Recordings = []scheduler.Recording{newest, newer, recorded(1, minute)}
	for _, l := range made(t, in).Of("tan-hung").Playlists {
		if len(l.Entries) != 1 || l.Entries[0].Recording != "newer" {
			t.Errorf("it plays %+v", l.Entries)
		}
	}
}

// TestOverlappingProgrammes: a station plays one thing at a time.
func TestOverlappingProgrammes(t *testing.T) {
	in := world(t)
	in.Programmes = []scheduler.Programme{programme(t, "xa", "0 5 * * *", 15*minute), programme(t, "tinh", "5 5 * * *", 15*minute)}
	for n := 1; n <= 3; n++ {
		in.Obligations = append(in.Obligations, owed(t, n, 1))
		in.Recordings = append(in.Recordings, recorded(n, 6*minute))
	}
	p := made(t, in)
	honest(t, in, p)
	got := airings(in, p, in.Stations[0], in.From)[:3]
	for i, want := range []time.Duration{0, 6*minute + plan.Gap, 12*minute + 2*plan.Gap} {
		if at := got[i].Start.Sub(monday(t).Add(5 * time.Hour)); at != want {
			t.Errorf("airing %d begins %s after five, want %s", i, at, want)
		}
	}
}

// TestKeptCounts: what was placed earlier in the day or week is not owed again.
func TestKeptCounts(t *testing.T) {
	in := world(t)
	in.Programmes = []scheduler.Programme{programme(t, "p", "0 5,11,17 * * *", 15*minute)}
	in.Obligations = []scheduler.Obligation{owed(t, 1, 2), owed(t, 2, 0, func(o *scheduler.Obligation) { o.PerWeek = 2 })}
	in.Recordings = []scheduler.Recording{recorded(1, minute), recorded(2, minute)}
	in.From = monday(t).AddDate(0, 0, 6).Add(10 * time.Hour) // Sunday at ten
	kept := func(day, hour, topic int, station scheduler.StationID) {
		at := monday(t).AddDate(0, 0, day).Add(time.Duration(hour) * time.Hour)
		in.Kept = append(in.Kept, scheduler.Airing{Station: station, Start: at, Duration: minute, Directive: "letter", Topic: topic})
	}
	kept(6, 5, 1, "tan-hung")  // today
	kept(5, 5, 1, "tan-hung")  // yesterday: another day's, and not in order
	kept(6, 5, 1, "khac")      // another station's
	kept(0, 5, 2, "tan-hung")  // this week
	kept(-1, 5, 2, "tan-hung") // last week's
	p := made(t, in)
	for i, want := range []int{1, 1} {
		if got := p.Promises()[i]; got.Owed != want || got.Promised != want || got.Shortfall != "" {
			t.Errorf("topic %d: %+v, want %d owed and promised", i+1, got, want)
		}
	}
	if got := strings.Join(heard(in, p), ", "); got != "Sun 11:00 1 2" {
		t.Errorf("heard %s", got)
	}
}

// TestOnePlaylistForTheSameWindows: days that are alike share a cron rule, and
// a day between that differs divides it.
func TestOnePlaylistForTheSameWindows(t *testing.T) {
	in := world(t)
	in.Programmes = []scheduler.Programme{programme(t, "p", "0 5 * * *", 15*minute)}
	in.Obligations = []scheduler.Obligation{owed(t, 1, 1), owed(t, 2, 1, func(o *scheduler.Obligation) { o.Weekdays = []time.Weekday{time.Wednesday} })}
	in.Recordings = []scheduler.Recording{recorded(1, minute), recorded(2, minute)}
	lists := made(t, in).Of("tan-hung").Playlists
	if len(lists) != 3 || lists[0].ID != lists[2].ID || lists[0].ID == lists[1].ID {
		t.Errorf("there are %d playlists", len(lists))
	}
}

func TestStationInNoZone(t *testing.T) {
	in := world(t)
	in.Stations[0].Zone = "Asia/Hanoi"
	if _, err := plan.Make(in); err == nil || !strings.Contains(err.Error(), "plan: station tan-hung") {
		t.Errorf("got %v", err)
	}
}
