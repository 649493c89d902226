package web

import (
	"strings"
	"testing"
	"time"

	"loaphuong/scheduler"
)

func day(year int, month time.Month, d int) scheduler.Date {
	return scheduler.Date{Year: year, Month: month, Day: d}
}

func testRules(t *testing.T, desk Desk) {
	ctx := t.Context()
	hours := scheduler.Rule{ID: "noi-thanh", Name: "Nội thành", Area: "ha-noi", Weekdays: []time.Weekday{time.Monday, time.Friday},
		Bounds: scheduler.Bounds{Sessions: 2, SessionLength: 15 * time.Minute, DayFloor: time.Minute, DayLength: time.Hour, Spacing: 30 * time.Minute, Quiet: []scheduler.QuietHours{{From: 1320, Until: 270}}}}
	campaign := scheduler.Rule{ID: "dai-hoi", Area: "ha-noi", From: day(2026, 3, 1), Until: day(2026, 3, 31), Holidays: scheduler.NoOnHolidays, Exception: true,
		Directive: letterID, Basis: "Kế hoạch 12-KH/TU", Bounds: scheduler.Bounds{Sessions: 5}}
	silent := scheduler.Rule{ID: "quoc-tang", Area: "ha-noi", Bounds: scheduler.Bounds{Silent: true}}
	for _, r := range []scheduler.Rule{hours, campaign, silent} {
		if err := desk.PutRule(ctx, r); err != nil {
			t.Fatal(err)
		}
	}
	same(t, must(desk.Rules(ctx))(t), []scheduler.Rule{hours, campaign, silent})
	refused(t, desk.PutRule(ctx, scheduler.Rule{ID: "x", Area: "ha-noi"}), scheduler.ErrInvalid, "it bounds nothing")
	refused(t, desk.DeleteRule(ctx, "none"), scheduler.ErrNotFound, "rule none")
	if err := desk.DeleteRule(ctx, "noi-thanh"); err != nil {
		t.Error(err)
	}
	same(t, must(desk.Rules(ctx))(t), []scheduler.Rule{campaign, silent})
}

func testHolidays(t *testing.T, desk Desk) {
	ctx := t.Context()
	tet := scheduler.Holiday{ID: "tet", Name: "Tết Nguyên đán", Month: 1, Day: 1, Lunar: true, Days: 7, Before: 2}
	once := scheduler.Holiday{ID: "bau-cu", Name: "Ngày bầu cử", Month: 3, Day: 15, Days: 1, Year: 2026, Off: true}
	for _, h := range []scheduler.Holiday{tet, once} {
		if err := desk.PutHoliday(ctx, h); err != nil {
			t.Fatal(err)
		}
	}
	same(t, must(desk.Holidays(ctx))(t), scheduler.Calendar{tet, once})
	tet.Day = 31
	refused(t, desk.PutHoliday(ctx, tet), scheduler.ErrInvalid, "days 1 to 30")
	refused(t, desk.DeleteHoliday(ctx, "none"), scheduler.ErrNotFound, "holiday none")
	if err := desk.DeleteHoliday(ctx, "tet"); err != nil {
		t.Error(err)
	}
	same(t, must(desk.Holidays(ctx))(t), scheduler.Calendar{once})
}

func testSelections(t *testing.T, desk Desk) {
	ctx := t.Context()
	must(desk.Speak(ctx, NewRecording{Title: "Nói", Script: "Kính thưa bà con"}))(t)
	want := scheduler.Selection{Title: "Tối thứ Bảy", Area: "hai-duong", Station: "cam-giang", Timing: must(scheduler.Cron("30 19 * * sat", now(), now().AddDate(0, 1, 0)))(t),
		Length: 20 * time.Minute, Class: scheduler.Priority, Recordings: []scheduler.RecordingID{"r1", "r9"}, Alone: true, MakesGood: "a1", By: "Hoa"}
	added := must(desk.PutSelection(ctx, want))(t)
	want.ID, want.Created = added.Selection.ID, now().UTC() // which the desk fills in
	same(t, added.Selection, want)
	if want.ID == "" || len(added.Findings) != 1 || added.Findings[0].Code != scheduler.AudioNotApproved || added.Missing == nil {
		t.Errorf("added %+v", added)
	}
	want.Programme, want.Timing, want.Length = "sang", scheduler.Timing{}, 0
	same(t, must(desk.PutSelection(ctx, want))(t).Selection, want)
	same(t, must(desk.Selections(ctx))(t), []scheduler.Selection{want})
	want.Recordings = nil
	_, err := desk.PutSelection(ctx, want)
	refused(t, err, scheduler.ErrInvalid, "it has 0 recordings")
	refused(t, desk.DeleteSelection(ctx, "none"), scheduler.ErrNotFound, "playlist none")
	if err := desk.DeleteSelection(ctx, want.ID); err != nil {
		t.Error(err)
	}
}

func testListFiles(t *testing.T, desk Desk) {
	ctx := t.Context()
	must(desk.AddRecording(ctx, NewRecording{Title: "Tin"}, "tin.mp3", strings.NewReader("audio")))(t)
	said := scheduler.Selection{Title: "Tối & mai?", Area: "hai-duong", Timing: scheduler.Once(now().Add(time.Hour)), Length: time.Minute, Class: scheduler.Priority, Alone: true, By: "Hoa"}
	load := func(list string) (LoadedSelection, error) {
		return desk.LoadSelection(ctx, ListFile{Name: "tối.m3u8", Body: strings.NewReader(list), Selection: said})
	}
	short := must(load("#EXTM3U\nr1\ntin.mp3\nnone.mp3\n"))(t)
	same(t, short.Missing, []MissingEntry{{Line: 3, Location: "tin.mp3", Candidates: []scheduler.RecordingID{"r1"}}, {Line: 4, Location: "none.mp3"}})
	if n := len(must(desk.Selections(ctx))(t)); n != 0 {
		t.Errorf("%d playlists are kept of a list with entries missing", n)
	}
	whole := must(load("r1\nr1\n"))(t)
	said.ID, said.Created, said.Recordings = whole.Selection.ID, now().UTC(), []scheduler.RecordingID{"r1", "r1"}
	same(t, must(desk.Selections(ctx))(t), []scheduler.Selection{said})
	said.ID, said.Title = "", ""
	_, err := load("r1")
	refused(t, err, scheduler.ErrInvalid, "give it a title")
}

func testWeekCopies(t *testing.T, desk Desk) {
	ctx := t.Context()
	c := WeekCopy{Area: "hai-duong", From: day(2026, 3, 4), To: day(2026, 3, 18), By: "Hoa"}
	made := must(desk.CopyWeek(ctx, c))(t)
	same(t, must(desk.Selections(ctx))(t), made)
	if made[0].Area != "hai-duong" || made[0].By != "Hoa" || !made[0].Timing.At().Equal(day(2026, 3, 16).Start(now().Location())) {
		t.Errorf("made %+v", made)
	}
	c.To = c.From
	_, err := desk.CopyWeek(ctx, c)
	refused(t, err, scheduler.ErrInvalid, "are in one week")
}

func testPlans(t *testing.T, desk Desk) {
	ctx, want := t.Context(), worldPlanning()
	same(t, must(desk.Lint(ctx))(t), want.findings)
	same(t, must(desk.Draft(ctx))(t), want.draft)
	at := now().UTC()
	explained := must(desk.Explain(ctx, "cam-giang", at))(t)
	want.explained.Station, want.explained.At, want.explained.Zone = "cam-giang", at, scheduler.DefaultZone
	same(t, explained, want.explained)
	_, err := desk.Explain(ctx, "none", at)
	refused(t, err, scheduler.ErrNotFound, "station none")
}

func testMakeGoods(t *testing.T, desk Desk) {
	ctx, want := t.Context(), worldPlanning().makeGoods
	same(t, must(desk.MakeGoods(ctx))(t), want)
	missed := want[0].Missed.ID
	s := must(desk.MakeGood(ctx, missed, "Hoa"))(t)
	if s.MakesGood != missed || s.By != "Hoa" || s.ID == "" {
		t.Errorf("made good by %+v", s)
	}
	_, err := desk.MakeGood(ctx, missed, "Hoa")
	refused(t, err, scheduler.ErrConflict, "does so")
	_, err = desk.MakeGood(ctx, "none", "Hoa")
	refused(t, err, scheduler.ErrNotFound, "missed airing none")
	_, err = desk.MakeGood(ctx, want[1].Missed.ID, "")
	refused(t, err, scheduler.ErrInvalid, "name the person")
}

func testRecalls(t *testing.T, desk Desk) {
	ctx := t.Context()
	before := must(desk.Recalls(ctx))(t)
	r := scheduler.Recall{Directive: letterID, Topic: 2, Why: "sai số điện thoại", By: "Hoa"}
	made := must(desk.Recall(ctx, r))(t)
	if made.ID == "" || made.Directive != r.Directive || made.Topic != 2 || made.Why != r.Why || made.By != "Hoa" || len(made.Outstanding) != 1 {
		t.Errorf("recalled %+v", made)
	}
	same(t, must(desk.Recalls(ctx))(t), append(before, made))
	_, err := desk.Recall(ctx, scheduler.Recall{Recording: "r1", By: "Hoa"})
	refused(t, err, scheduler.ErrInvalid, "say who recalls it and why")
	if err := desk.LiftRecall(ctx, made.ID, "Bình"); err != nil {
		t.Error(err)
	}
	refused(t, desk.LiftRecall(ctx, made.ID, "Hoa"), scheduler.ErrConflict, "Bình did so")
	refused(t, desk.LiftRecall(ctx, "none", "Hoa"), scheduler.ErrNotFound, "recall none")
	refused(t, desk.LiftRecall(ctx, made.ID, ""), scheduler.ErrInvalid, "name the person")
	if all := must(desk.Recalls(ctx))(t); !all[len(all)-1].Lifted() {
		t.Errorf("lifted %+v", all[len(all)-1])
	}
}
