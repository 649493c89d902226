package main

import (
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"loaphuong/scheduler"
	"loaphuong/scheduler/web"
)

// at is an instant of the tests: a time of 23 November 2026 in Vietnam.
func at(clock string) time.Time {
	t, err := time.Parse("2006-01-02 15:04:05 -0700", "2026-11-23 "+clock+" +0700")
	if err != nil {
		panic(err) // the test's own words
	}
	return t
}

// told are answers of a centre that has a letter, two stations and something of
// everything.
func told() map[string]any {
	runs := []time.Time{at("23:10:00"), at("23:50:00")}
	missed := scheduler.JudgedAiring{State: scheduler.Missed, Why: scheduler.PowerLost, AiringFacts: scheduler.AiringFacts{
		Airing: scheduler.Airing{ID: "a1b2", Station: "xa-1", Start: at("05:00:00"), Duration: 70 * time.Second, Title: "Tổng đài 1022"}}}
	list := scheduler.Selection{ID: "sel1", Title: "Tết", Area: "tinh", Programme: "sang", Timing: scheduler.Once(at("05:30:00")), Recordings: []scheduler.RecordingID{"r1", "r2"}, By: "Lan"}
	findings := []scheduler.Finding{
		{Level: scheduler.Wrong, Code: scheduler.TopicNoAudio, Directive: "d1", Topic: 2, At: at("05:00:00")},
		{Level: scheduler.Doubt, Code: scheduler.OddHour, Programme: "khuya", Runs: runs, Count: 366},
	}
	return map[string]any{
		"GET /v1/directives":                []scheduler.Directive{{ID: "d1", Number: "3168/UBND-VP", Topics: []scheduler.Topic{{Ordinal: 1, Title: "Tổng đài 1022"}, {Ordinal: 2, Title: "Sóng và máy tính"}}}},
		"GET /v1/directives/d1/obligations": []scheduler.Obligation{{ID: "o1", Area: "tinh"}, {ID: "o2", Area: "huyen"}},
		"GET /v1/stations": []web.StationState{{Station: scheduler.Station{ID: "xa-1", Name: "Đài xã A", Zone: "Asia/Ho_Chi_Minh", Phone: "0912"}},
			{Station: scheduler.Station{ID: "xa-2", Area: "tinh", Retired: true}}},
		"GET /v1/findings":     findings,
		"GET /v1/rules":        []scheduler.Rule{{ID: "phuong", Area: "tinh", Weekdays: []time.Weekday{1, 5}, Exception: true, Holidays: scheduler.NoOnHolidays, Bounds: scheduler.Bounds{Sessions: 2, SessionLength: 15 * time.Minute, Quiet: []scheduler.QuietHours{{From: 1320, Until: 270}}}}},
		"GET /v1/holidays":     scheduler.Calendar{{ID: "tet", Name: "Tết", Month: 1, Day: 1, Lunar: true, Days: 5, Before: 1}, {ID: "xua", Month: 9, Day: 2, Days: 1, Year: 1990}, {ID: "cu", Month: 1, Day: 1, Days: 1, Off: true}},
		"GET /v1/selections":   []scheduler.Selection{list},
		"POST /v1/selections":  web.LoadedSelection{Selection: list, Runs: runs, Findings: []scheduler.Finding{{Level: scheduler.Wrong, Code: scheduler.AudioNotApproved, Selection: "sel1", Recording: "r2"}}},
		"POST /v1/week-copies": []scheduler.Selection{list},
		"GET /v1/make-goods": []scheduler.MakeGood{{Missed: missed, Deadline: scheduler.Date{Year: 2026, Month: 12, Day: 1}, Programme: "sang", At: at("17:00:00")},
			{Missed: missed, Why: scheduler.WindowFull}},
		"POST /v1/make-goods/a1b2": list,
		"POST /v1/recalls":         scheduler.RecallStatus{Recall: scheduler.Recall{ID: "k1", Recording: "r1", By: "Lan", At: at("08:00:00"), Stations: []scheduler.StationRevision{{Station: "xa-1", Revision: 4}}}, Outstanding: []scheduler.StationID{"xa-1"}},
		"GET /v1/recalls":          []scheduler.RecallStatus{{Recall: scheduler.Recall{ID: "k1", Directive: "d1", Topic: 2, By: "Lan", LiftedBy: "Hùng", At: at("08:00:00")}}},
		"GET /v1/publications/draft": scheduler.Publication{DryRun: true, Promises: []scheduler.Promise{{Station: "xa-1", Obligation: "o1", Directive: "d1", Topic: 2, Owed: 28, Shortfall: scheduler.NoRecording}},
			Changes: []scheduler.Change{{Programme: "list-sel1", At: at("05:00:00"), Added: []string{"Tin A"}, Stations: []scheduler.StationID{"xa-2"}}, {Programme: "sang", At: at("05:00:00"), Added: []string{"Tin A"}, Removed: []string{"Tin B"}, Stations: []scheduler.StationID{"xa-1"}},
				{Programme: "sang", At: at("05:00:00").AddDate(0, 0, 1), Added: []string{"Tin A"}, Removed: []string{"Tin B"}, Stations: []scheduler.StationID{"xa-1"}}}, Findings: findings},
		"POST /v1/publications": scheduler.Publication{Promises: province(), Findings: slices.Repeat(findings, 12), Stations: []scheduler.StationRevision{{Station: "xa-1", Revision: 7}}},
		"GET /v1/stations/xa-1/explanation": scheduler.Explanation{Station: "xa-1", At: at("05:02:00"), Revision: 3, By: "Lan", Issued: at("04:00:00"), Windows: []scheduler.ExplainedWindow{{
			Programme: "sang", Name: "Bản tin sáng", From: at("05:00:00"), Until: at("05:15:00"),
			Entries: []scheduler.ExplainedEntry{{Airing: missed, Why: scheduler.BecauseOwed, Owed: scheduler.Standing{Owed: 3, Placed: 2}}},
			Others: []scheduler.ExplainedTopic{{Directive: "d1", Topic: 2, Why: "window-full", Want: 310 * time.Second, Have: 123 * time.Second, Owed: scheduler.Standing{Owed: 2, Weekly: true}},
				{Topic: 3, Title: "Lũ", Why: "spacing", Last: at("04:45:00")}}}, {Programme: "trua", From: at("11:00:00"), Until: at("11:15:00"), Why: scheduler.BecauseHoliday}}},
	}
}

// province is what a plan promises 30 stations, of which half lack a recording.
func province() (all []scheduler.Promise) {
	for i := range 30 {
		p := scheduler.Promise{Station: "xa", Obligation: "o1", Directive: "d1", Topic: 1, Owed: 10, Promised: 10}
		if i%2 == 1 {
			p.Obligation, p.Promised, p.Shortfall = "o2", 0, scheduler.NotApproved
		}
		all = append(all, p)
	}
	return all
}

// TestPlanningIsTold types commands and looks at what is said: on which stream,
// with which status, and what the centre was sent. Pieces are parted by |.
func TestPlanningIsTold(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		line            string
		code            int
		out, talk, sent string
	}{
		{"lint", 3, "wrong: letter 3168/UBND-VP, topic 2. Sóng và máy tính: it is owed and nobody has recorded it, first on 23/11/2026 05:00 +07:00|loaphuong recording add|next: Mon 23/11/2026 23:10, Mon", "", ""},
		{"lint -o csv", 3, "LEVEL,CODE,WHAT|topic-no-audio|366 times in a year", "", ""},
		{"publish --dry-run", 0, "no recording yet|23/11/2026 05:00 +07:00  sang, xa-1, and 1 more until 24/11/2026\n  + Tin A\n  - Tin B|playlist Tết, xa-2 + Tin A", "wrong: letter|nothing was published", "GET /v1/publications/draft"},
		{"publish --dry-run -o json", 0, `"dryRun": true|"shortfall": "no-recording"`, "", ""},
		{"publish --by Lan", 0, "tinh   15        150   150|huyen  15        150   0         not approved yet", "beside these: 4|station xa-1: schedule 7", `POST /v1/publications {"by":"Lan"}`},
		{"publish --by Lan --all", 0, "xa       3168/UBND-VP  1. Tổng đài 1022  10", "", ""},
		{"publish", 2, "", "with --dry-run", ""},
		{"explain --station xa-1 --at '2026-11-23 05:02'", 0, "Đài xã A (xa-1) on Mon 23/11/2026 05:02:00|Schedule 3, published by Lan|because the station owes it, 2 of 3 that day|missed: the station was not running|3168/UBND-VP, 2. Sóng và máy tính: it is 5m10s long, and only 2m3s is left: 0 of 2 that week|another airing of it, at 23/11/2026 04:45|nothing: the programme does not run on this day|the first one after", "", "at=2026-11-22T22%3A02%3A00Z"},
		{"explain --station xa-1 --at 2026-11-22T22:02:00Z -o json", 0, `"revision": 3`, "", ""},
		{"explain --station xa-1 --at yesterday", 2, "", "use a time such as '2026-11-23 05:02' (in Asia/Ho_Chi_Minh)", ""},
		{"explain --station xa-9", 2, "", "station list", ""},
		{"rule add phuong --area tinh --weekdays mon-wed,cn --sessions 2 --session-length 15m --quiet 22:00-04:30 --from 2026-11-23", 0, "", "", `PUT /v1/rules/phuong {"area":"tinh","weekdays":[1,2,3,0],"from":"2026-11-23","sessions":2,"sessionLength":900000000000,"quiet":[{"from":1320,"until":270}]}`},
		{"rule add phuong --area tinh", 2, "", "it bounds nothing", ""},
		{"rule add phuong --area tinh --sessions 5 --exception", 2, "", "names the letter", ""},
		{"rule add phuong --area tinh --silent --weekdays monday", 2, "", "use mon, tue", ""},
		{"rule add phuong --area tinh --quiet 22h", 2, "", "use a span such as 22:00-04:30", ""},
		{"rule add phuong --area tinh --silent --from 23/11", 2, "", "use a day such as 2026-11-23", ""},
		{"rule list", 0, "Mon,Fri but holidays|2 sessions, 15m a session, quiet 22:00-04:30, an exception", "", ""},
		{"rule remove phuong", 0, "", "", "DELETE /v1/rules/phuong"},
		{"holiday add qk --name Qk --day 2/9 --days 2 --before 1", 0, "", "", `PUT /v1/holidays/qk {"name":"Qk","month":9,"day":2,"days":2,"before":1}`},
		{"holiday add qk --name Qk --day 31/13", 2, "", "use months 1 to 12", ""},
		{"holiday add qk --name Qk --day tet", 2, "", "such as 2/9", ""},
		{"holiday list", 0, "1/1 lunar|never|not observed", "", ""},
		{"holiday remove tet", 0, "", "", "DELETE /v1/holidays/tet"},
		{"playlist selections", 0, "sang 23/11/2026 05:30|sel1", "", ""},
		{"playlist add r1 r2 --title Tet --area tinh --at '2026-11-23 05:30' --length 20m --by Lan", 0, "sel1", "playlist Tết (sel1), recording r2: it names a recording that waits for approval|next: Mon 23/11/2026 23:10|publish", `"timing":{"at":"2026-11-22T22:30:00Z"},"length":1200000000000,"class":"ordinary","recordings":["r1","r2"]`},
		{"playlist add r1 --title Tet --station xa-1 --programme sang --by Lan", 0, "sel1", "", `{"title":"Tet","station":"xa-1","programme":"sang","recordings":["r1"],"by":"Lan"}`},
		{"playlist add r1 --title Tet --area tinh --by Lan", 2, "", "programme cron at", ""},
		{"playlist add r1 --title Tet --area tinh --cron 61 --by Lan", 2, "", "cron", ""},
		{"playlist add r1 --area tinh --programme sang --by Lan", 2, "", "give it a title", ""},
		{"playlist remove sel1", 0, "", "", "DELETE /v1/selections/sel1"},
		{"playlist copy-week --area tinh --from 2026-11-16 --to 2026-11-30 --by Lan", 0, "sel1", "", `{"area":"tinh","from":"2026-11-16","to":"2026-11-30","by":"Lan"}`},
		{"playlist copy-week --area tinh --from monday --to 2026-11-30 --by Lan", 2, "", "use a day such as", ""},
		{"make-good list", 0, "a1b2    xa-1     23/11 05:00|sang 23/11 17:00|windows full", "", ""},
		{"make-good take a1b2 --by Lan", 0, "sel1", "", `POST /v1/make-goods/a1b2 {"by":"Lan"}`},
		{"recall add --recording r1 --why sai --by Lan", 0, "recording r1|0 of 1|NOT YET FOLLOWED|Đài xã A  0912   never", "", `{"recording":"r1","why":"sai","by":"Lan"}`},
		{"recall add --recording r1 --directive d1 --why sai --by Lan", 2, "", "name a recording, or a letter", ""},
		{"recall list", 0, "letter 3168/UBND-VP, topic 2|lifted by Hùng", "", ""},
		{"recall lift k1 --by Lan", 0, "", "", `POST /v1/recalls/k1/lifting {"by":"Lan"}`},
		{"programme add sang --area tinh --cron '0 5 * * *' --tune r1 --relay 10m --music r7,r8 --music-length 5m --closing r2 --language vi --holidays skip", 0, "", "", `"order":[{"kind":"tune","recordings":["r1"]},{"kind":"relay","length":600000000000},{"kind":"items"},{"kind":"music","recordings":["r7","r8"],"length":300000000000},{"kind":"closing","recordings":["r2"]}],"language":"vi","holidays":"skip"`},
		{"programme add sang --area tinh --cron '0 5 * * *' --music-length 5m", 2, "", "music: it has no recording", ""},
		{"programme add sang --area tinh --cron '0 5 * * *' --relay 0s", 2, "", "relay: give it a length", ""},
		{"station add xa-2 --area tinh --languages vi,mww --retired --quiet 21:00-05:00", 0, "", "is retired", `"quiet":[{"from":1260,"until":300}],"languages":["vi","mww"],"retired":true`},
		{"station list", 0, "tinh  retired", "", ""},
		{"directive confirm d1 --area tinh --class priority --by Lan", 0, "", "", `"class":"priority"`},
	} {
		f := newFake(t, told())
		code, out, talk := f.run(words(c.line)...)
		if code != c.code {
			t.Errorf("%s: status %d, want %d: %s", c.line, code, c.code, talk)
		}
		wantAll(t, c.line, out, c.out)
		wantAll(t, c.line+" (said)", talk, c.talk)
		wantAll(t, c.line+" (sent)", f.requests(), c.sent)
		if strings.Contains(c.line, "-o") {
			continue
		}
		for l := range strings.Lines(out) {
			if n := utf8.RuneCountInString(l) - 1; n > width {
				t.Errorf("%s: %d columns: %s", c.line, n, l)
			}
		}
	}
}

// words cuts a line as a shell does that knows single quotes only.
func words(line string) (list []string) {
	for i, part := range strings.Split(line, "'") {
		if i%2 == 1 {
			list = append(list, part)
		} else {
			list = append(list, strings.Fields(part)...)
		}
	}
	return list
}
