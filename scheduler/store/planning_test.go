package store_test

import (
	"errors"
	"reflect"
	"strings"
	"testing"
	"time"

	"loaphuong/scheduler"
	"loaphuong/scheduler/store"
)

func TestRules(t *testing.T) {
	s := withStations(t, open(t), "tan-hung")
	rule := func(id scheduler.RuleID, area scheduler.AreaID, sessions int) scheduler.Rule {
		return scheduler.Rule{ID: id, Name: "Hai buổi", Area: area, Weekdays: []time.Weekday{1, 5}, From: scheduler.Date{Year: 2026, Month: 10, Day: 5},
			Holidays: scheduler.NoOnHolidays, Bounds: scheduler.Bounds{Sessions: sessions, Quiet: []scheduler.QuietHours{{From: 1260, Until: 300}}}}
	}
	for _, r := range []scheduler.Rule{rule("b", "tinh", 2), rule("a", "xa-tan-hung", 3), rule("b", "tinh", 5)} {
		must(t, s.PutRule(t.Context(), r))
	}
	list := get[[]scheduler.Rule](t)
	if got := list(s.Rules(t.Context())); !reflect.DeepEqual(got, []scheduler.Rule{rule("a", "xa-tan-hung", 3), rule("b", "tinh", 5)}) {
		t.Errorf("the rules are %+v", got)
	}
	if err := s.PutRule(t.Context(), rule("c", "khong-co", 1)); !errors.Is(err, scheduler.ErrNotFound) {
		t.Errorf("a rule of no area: %v", err)
	}
	must(t, s.DeleteRule(t.Context(), "b"))
	if err := s.DeleteRule(t.Context(), "b"); !errors.Is(err, scheduler.ErrNotFound) {
		t.Errorf("delete it twice: %v", err)
	}
	if got := list(s.Rules(t.Context())); len(got) != 1 {
		t.Errorf("one is deleted and %d are left", len(got))
	}
}

func TestPublicHolidaysAreThere(t *testing.T) {
	want := scheduler.Calendar{
		{ID: "chien-thang", Name: "Ngày Chiến thắng", Month: time.April, Day: 30, Days: 1},
		{ID: "gio-to", Name: "Giỗ Tổ Hùng Vương", Month: 3, Day: 10, Lunar: true, Days: 1},
		{ID: "quoc-khanh", Name: "Quốc khánh", Month: time.September, Day: 2, Days: 2, Before: 1},
		{ID: "quoc-te-lao-dong", Name: "Ngày Quốc tế Lao động", Month: time.May, Day: 1, Days: 1},
		{ID: "tet-duong-lich", Name: "Tết Dương lịch", Month: time.January, Day: 1, Days: 1},
		{ID: "tet-nguyen-dan", Name: "Tết Nguyên đán", Month: 1, Day: 1, Lunar: true, Days: 5, Before: 1},
	}
	got := get[scheduler.Calendar](t)(open(t).Holidays(t.Context()))
	if !reflect.DeepEqual(got, want) {
		t.Errorf("the holidays are %+v\nwant %+v", got, want)
	}
	for _, h := range got {
		must(t, h.Check())
	}
}

func TestHolidays(t *testing.T) {
	s := open(t)
	tet := scheduler.Holiday{ID: "tet-nguyen-dan", Name: "Tết Đinh Mùi", Month: 1, Day: 1, Lunar: true, Days: 7, Before: 2, Year: 2027, Off: true}
	must(t, s.PutHoliday(t.Context(), tet))
	must(t, s.PutHoliday(t.Context(), scheduler.Holiday{ID: "hoi-lang", Name: "Hội làng", Month: 2, Day: 12, Lunar: true, Days: 3}))
	must(t, s.DeleteHoliday(t.Context(), "quoc-te-lao-dong"))
	if err := s.DeleteHoliday(t.Context(), "quoc-te-lao-dong"); !errors.Is(err, scheduler.ErrNotFound) {
		t.Errorf("delete it twice: %v", err)
	}
	got := get[scheduler.Calendar](t)(s.Holidays(t.Context()))
	if len(got) != 6 || got[2].ID != "hoi-lang" || got[5] != tet {
		t.Errorf("the holidays are %+v", got)
	}
}

func TestRecalls(t *testing.T) {
	s := open(t)
	first := scheduler.Recall{ID: "1", Directive: "a", Topic: 2, Why: "sai số điện thoại", By: "Lan", At: noon,
		Stations: []scheduler.StationRevision{{Station: "tan-hung", Revision: 7}}}
	second := scheduler.Recall{ID: "2", Recording: "tin-1", Why: "sai ngày", By: "Lan", At: noon.Add(time.Hour)}
	must(t, s.PutRecall(t.Context(), first))
	must(t, s.PutRecall(t.Context(), second))
	first.LiftedBy, first.LiftedAt = "Hoa", noon.Add(2*time.Hour)
	must(t, s.PutRecall(t.Context(), first))
	if got := get[[]scheduler.Recall](t)(s.Recalls(t.Context())); !reflect.DeepEqual(got, []scheduler.Recall{second, first}) {
		t.Errorf("the recalls are %+v", got)
	}
	if got := get[scheduler.Recall](t)(s.Recall(t.Context(), "1")); !reflect.DeepEqual(got, first) {
		t.Errorf("the recall is %+v", got)
	}
	if _, err := s.Recall(t.Context(), "x"); !errors.Is(err, scheduler.ErrNotFound) {
		t.Errorf("no such recall: %v", err)
	}
}

// selection is a playlist of an area that is made so many minutes after noon.
func selection(id scheduler.SelectionID, area scheduler.AreaID, minutes int) scheduler.Selection {
	return scheduler.Selection{ID: id, Title: "Ngày hội", Area: area, Recordings: []scheduler.RecordingID{"tin-2", "tin-1"},
		Timing: scheduler.Once(noon.Add(24 * time.Hour)), Length: time.Hour, Class: scheduler.Priority,
		By: "Lan", Created: noon.Add(time.Duration(minutes) * time.Minute)}
}

func TestSelectionIsPutFoundAndDeleted(t *testing.T) {
	s := withStations(t, open(t), "tan-hung")
	want := selection("l1", "tinh", 0)
	must(t, s.PutSelection(t.Context(), want))
	want.Title, want.Alone, want.MakesGood = "Ngày hội toàn dân", true, "missed"
	must(t, s.PutSelection(t.Context(), want))
	if got := get[scheduler.Selection](t)(s.Selection(t.Context(), "l1")); !reflect.DeepEqual(got, want) {
		t.Errorf("it came back as %+v\nwant %+v", got, want)
	}
	nowhere := selection("l2", "", 0)
	nowhere.Station = "khong-co"
	for _, lost := range []scheduler.Selection{nowhere, selection("l2", "khong-co", 0)} {
		if err := s.PutSelection(t.Context(), lost); !errors.Is(err, scheduler.ErrNotFound) {
			t.Errorf("put it for area %q, station %q: %v", lost.Area, lost.Station, err)
		}
	}
	must(t, s.DeleteSelection(t.Context(), "l1"))
	if err := s.DeleteSelection(t.Context(), "l1"); !errors.Is(err, scheduler.ErrNotFound) {
		t.Errorf("delete it twice: %v", err)
	}
	if _, err := s.Selection(t.Context(), "l1"); !errors.Is(err, scheduler.ErrNotFound) {
		t.Errorf("find what is deleted: %v", err)
	}
}

func TestAiringIsMadeGoodOnce(t *testing.T) {
	s := withStations(t, open(t), "tan-hung")
	good := func(id scheduler.SelectionID, airing scheduler.AiringID) scheduler.Selection {
		sel := selection(id, "tinh", 0)
		sel.MakesGood = airing
		return sel
	}
	put := func(sel scheduler.Selection, ok bool, why string) {
		t.Helper()
		err := s.PutSelection(t.Context(), sel)
		if ok != (err == nil) || !ok && (!errors.Is(err, scheduler.ErrConflict) || !strings.Contains(err.Error(), `is being made good already, by playlist l1 "Ngày hội"`)) {
			t.Errorf("%s: %v", why, err)
		}
	}
	put(good("l1", "a"), true, "nobody made it good")
	put(good("l1", "a"), true, "it is the same one, changed")
	put(good("l2", "a"), false, "another person has taken it up")
	put(good("l2", "b"), true, "it is another airing")
	put(good("l2", "a"), false, "it is turned to what another makes good")
	put(good("l3", ""), true, "it makes nothing good")
	put(good("l4", ""), true, "nor does this one")
	must(t, s.DeleteSelection(t.Context(), "l1"))
	put(good("l4", "a"), true, "the other one is deleted")
}

func TestSelectionFilter(t *testing.T) {
	s := withStations(t, open(t), "tan-hung", "an-binh")
	tomorrow := noon.Add(24 * time.Hour)
	daily := func(until time.Time) scheduler.Timing {
		return get[scheduler.Timing](t)(scheduler.Cron("30 5 * * *", time.Time{}, until))
	}
	put := func(id scheduler.SelectionID, minutes int, area scheduler.AreaID, station scheduler.StationID, p scheduler.ProgrammeID, when scheduler.Timing) {
		sel := selection(id, area, minutes)
		sel.Station, sel.Programme, sel.Timing = station, p, when
		must(t, s.PutSelection(t.Context(), sel))
	}
	put("a", 5, "tinh", "", "", scheduler.Once(tomorrow))
	put("b", 4, "xa-tan-hung", "", "sang", scheduler.Timing{})
	put("c", 3, "", "tan-hung", "sang", daily(time.Time{}))
	put("d", 2, "xa-an-binh", "an-binh", "chieu", daily(tomorrow))
	cases := []struct {
		filter store.SelectionFilter
		want   string
	}{
		{store.SelectionFilter{}, "dcba"}, // the oldest first
		{store.SelectionFilter{Programme: "sang"}, "cb"},
		{store.SelectionFilter{Areas: []scheduler.AreaID{"tinh"}}, "a"},
		{store.SelectionFilter{Areas: []scheduler.AreaID{"tinh", "xa-tan-hung"}}, "cba"}, // c by its station
		{store.SelectionFilter{Station: "an-binh"}, "d"},
		{store.SelectionFilter{From: tomorrow.Add(-time.Millisecond)}, "dcba"},
		{store.SelectionFilter{From: tomorrow}, "cba"},                       // until is exclusive, an instant is not
		{store.SelectionFilter{From: tomorrow.Add(time.Millisecond)}, "cb"},  // these go on for good
		{store.SelectionFilter{From: tomorrow.Add(time.Microsecond)}, "cba"}, // finer than instants are kept
		{store.SelectionFilter{Programme: "sang", Station: "tan-hung", From: tomorrow.Add(time.Hour)}, "c"},
		{store.SelectionFilter{Programme: "trua"}, ""},
	}
	for _, c := range cases {
		var got string
		for _, sel := range get[[]scheduler.Selection](t)(s.Selections(t.Context(), c.filter)) {
			got += string(sel.ID)
		}
		if got != c.want {
			t.Errorf("%+v chooses %q, want %q", c.filter, got, c.want)
		}
	}
}
