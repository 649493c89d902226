package scheduler

import (
	"strings"
	"testing"
	"time"
)

// refused checks what an error says; "" wants none.
func refused(t *testing.T, why string, err error, says string) {
	t.Helper()
	if says == "" && err != nil || says != "" && (err == nil || !strings.Contains(err.Error(), says)) {
		t.Errorf("%s: got error %v, want one with %q", why, err, says)
	}
}

func TestRunningOrder(t *testing.T) {
	items, tune := Piece{Kind: Items}, Piece{Kind: Tune, Recordings: []RecordingID{"t"}}
	for _, c := range []struct {
		why   string
		order []Piece
		says  string
	}{
		{"none at all", nil, ""},
		{"a whole programme", []Piece{tune, {Kind: RelayTime, Length: time.Minute}, items, {Kind: Music, Recordings: []RecordingID{"m"}, Length: time.Minute}}, ""},
		{"no place for items", []Piece{tune}, "0 places for items"},
		{"two places for items", []Piece{items, items}, "2 places for items"},
		{"a tune of nothing", []Piece{{Kind: Tune}, items}, "place 1 of the running order: tune: it has no recording"},
		{"a tune with a length", []Piece{{Kind: Tune, Recordings: []RecordingID{"t"}, Length: 1}, items}, "only a relay and music have one"},
		{"a relay of no length", []Piece{{Kind: RelayTime}, items}, "relay: give it a length"},
		{"a relay of a recording", []Piece{{Kind: RelayTime, Length: time.Minute, Recordings: []RecordingID{"r"}}, items}, "no recordings"},
		{"items of a person's choice", []Piece{{Kind: Items, Recordings: []RecordingID{"r"}}}, "the plan chooses them"},
		{"another word", []Piece{{Kind: "news"}, items}, `piece "news": use tune`},
	} {
		refused(t, c.why, checkOrder(c.order), c.says)
	}
}

func TestRules(t *testing.T) {
	for _, c := range []struct {
		why    string
		change func(*Rule)
		says   string
	}{
		{"two sessions a day", func(r *Rule) {}, ""},
		{"a bad name", func(r *Rule) { r.ID = "Hai buổi" }, "rule name"},
		{"nothing bounded", func(r *Rule) { r.Sessions = 0 }, "it bounds nothing"},
		{"an exception that lifts all", func(r *Rule) { r.Sessions, r.Exception, r.Basis = 0, true, "Công văn 12/UBND" }, ""},
		{"an exception of nobody", func(r *Rule) { r.Exception = true }, "names the letter"},
		{"fewer than no sessions", func(r *Rule) { r.Sessions = -1 }, "sessions from 0 up"},
		{"a day of 25 hours", func(r *Rule) { r.DayLength = 25 * time.Hour }, "from 0 to 24h"},
		{"a floor over the cap", func(r *Rule) { r.DayLength, r.DayFloor = time.Hour, 2*time.Hour }, "cannot both be"},
		{"until before from", func(r *Rule) { r.From, r.Until = Date{2026, 3, 2}, Date{2026, 3, 1} }, "is before from"},
		{"holidays now and then", func(r *Rule) { r.Holidays = "some" }, "use"},
		{"quiet at 25 o'clock", func(r *Rule) { r.Bounds.Quiet = []QuietHours{{From: 1500}} }, "quiet hours from minute 1500"},
	} {
		r := Rule{ID: "hai-buoi", Area: "tinh", Bounds: Bounds{Sessions: 2}}
		c.change(&r)
		refused(t, c.why, r.Check(), c.says)
	}
}

func TestRulesTogether(t *testing.T) {
	monday, sunday, tet := Date{2026, 3, 2}, Date{2026, 3, 8}, Date{2026, 2, 17}
	calendar := Calendar{{ID: "tet", Name: "Tết", Month: 2, Day: 17, Days: 1}}
	always := Rule{Bounds: Bounds{Sessions: 3, DayLength: time.Hour, DayFloor: time.Minute, Spacing: time.Minute}}
	narrow := Rule{Bounds: Bounds{Sessions: 2, SessionLength: time.Minute, DayFloor: time.Hour, Quiet: []QuietHours{{From: 60, Until: 120}}}}
	sundays := Rule{Weekdays: []time.Weekday{time.Sunday}, Bounds: Bounds{Silent: true}}
	campaign := Rule{From: sunday, Until: sunday, Exception: true, Bounds: Bounds{Sessions: 5}}
	atTet := Rule{Holidays: OnHolidays, Bounds: Bounds{Sessions: 1}}
	offTet := Rule{Holidays: NoOnHolidays, Bounds: Bounds{Sessions: 4}}
	for _, c := range []struct {
		why   string
		day   Date
		rules []Rule
		want  Bounds
	}{
		{"no rules bound nothing", monday, nil, Bounds{}},
		{"one alone", monday, []Rule{always}, always.Bounds},
		{"the narrower cap and the higher floor", monday, []Rule{always, narrow}, Bounds{Sessions: 2, SessionLength: time.Minute, DayLength: time.Hour, DayFloor: time.Hour, Spacing: time.Minute, Quiet: narrow.Bounds.Quiet}},
		{"another weekday", monday, []Rule{sundays}, Bounds{}},
		{"its weekday", sunday, []Rule{sundays}, Bounds{Silent: true}},
		{"a campaign stands in place of all", sunday, []Rule{always, sundays, campaign}, Bounds{Sessions: 5}},
		{"and only on its days", monday, []Rule{always, campaign}, always.Bounds},
		{"a holiday", tet, []Rule{atTet, offTet}, atTet.Bounds},
		{"no holiday", monday, []Rule{atTet, offTet}, offTet.Bounds},
	} {
		got := BoundsOn(c.rules, c.day, calendar)
		if len(got.Quiet) != len(c.want.Quiet) || got.Silent != c.want.Silent || got.Sessions != c.want.Sessions || got.SessionLength != c.want.SessionLength ||
			got.DayLength != c.want.DayLength || got.DayFloor != c.want.DayFloor || got.Spacing != c.want.Spacing {
			t.Errorf("%s: %+v, want %+v", c.why, got, c.want)
		}
	}
}

func TestHolidays(t *testing.T) {
	for _, c := range []struct {
		why    string
		change func(*Holiday)
		says   string
	}{
		{"the national day", func(h *Holiday) {}, ""},
		{"no name", func(h *Holiday) { h.ID = "" }, "holiday name"},
		{"the 31st of a lunar month", func(h *Holiday) { h.Lunar, h.Day = true, 31 }, "days 1 to 30"},
		{"month 13", func(h *Holiday) { h.Month = 13 }, "months 1 to 12"},
		{"no days", func(h *Holiday) { h.Days = 0 }, "1 to 31 days"},
		{"all days before", func(h *Holiday) { h.Before = 1 }, "fewer before"},
		{"the year 3000", func(h *Holiday) { h.Year = 3000 }, "1900 to 2199"},
	} {
		h := Holiday{ID: "quoc-khanh", Month: 9, Day: 2, Days: 1}
		c.change(&h)
		refused(t, c.why, h.Check(), c.says)
	}
}

func TestSelections(t *testing.T) {
	five, err := Cron("0 5 * * *", time.Time{}, time.Time{})
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		why    string
		change func(*Selection)
		says   string
	}{
		{"for the windows of a programme", func(s *Selection) {}, ""},
		{"in windows of its own", func(s *Selection) { s.Programme, s.Timing, s.Length, s.Class = "", five, time.Minute, Ordinary }, ""},
		{"no title", func(s *Selection) { s.Title = "" }, "give it a title"},
		{"nobody's", func(s *Selection) { s.By = "" }, "name the person"},
		{"nowhere", func(s *Selection) { s.Area = "" }, "name the area or the station"},
		{"of nothing", func(s *Selection) { s.Recordings = nil }, "0 recordings"},
		{"of too much", func(s *Selection) { s.Recordings = make([]RecordingID, MaxSelection+1) }, "want 1 to 500"},
		{"a length of somebody else's window", func(s *Selection) { s.Length = 1 }, "leave the length out"},
		{"no time at all", func(s *Selection) { s.Programme = "" }, "say when it is played"},
		{"windows of no length", func(s *Selection) { s.Programme, s.Timing = "", five }, "length 0s"},
		{"of no class", func(s *Selection) { s.Programme, s.Timing, s.Length = "", five, time.Minute }, `class ""`},
	} {
		s := Selection{Title: "Lễ", Area: "tinh", Programme: "sang", Recordings: []RecordingID{"r"}, By: "Lan"}
		c.change(&s)
		refused(t, c.why, s.Check(), c.says)
	}
}

func TestSelectionTakesWindows(t *testing.T) {
	at := time.Date(2026, 3, 2, 5, 0, 0, 0, time.UTC)
	mondays, err := Cron("0 5 * * 1", time.Time{}, time.Time{})
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		why  string
		s    Selection
		at   time.Time
		want bool
	}{
		{"every window", Selection{Programme: "sang"}, at, true},
		{"of another programme", Selection{Programme: "chieu"}, at, false},
		{"of its day", Selection{Programme: "sang", Timing: mondays}, at, true},
		{"of another day", Selection{Programme: "sang", Timing: mondays}, at.AddDate(0, 0, 1), false},
		{"this one alone", Selection{Programme: "sang", Timing: Once(at)}, at, true},
		{"not the next", Selection{Programme: "sang", Timing: Once(at)}, at.AddDate(0, 0, 7), false},
	} {
		if got := c.s.Takes("sang", c.at, time.UTC); got != c.want {
			t.Errorf("%s: %v", c.why, got)
		}
	}
}

// TestWhatARecallTook: a lifted recall still stands for the time it was in force.
func TestWhatARecallTook(t *testing.T) {
	at := time.Date(2026, 3, 2, 5, 0, 0, 0, time.UTC)
	a := Airing{Recording: "r", Directive: "d", Topic: 2, Start: at}
	for _, c := range []struct {
		why  string
		r    Recall
		want bool
	}{
		{"recalled before it began", Recall{Recording: "r", At: at.Add(-1)}, true},
		{"recalled after it began", Recall{Recording: "r", At: at.Add(1)}, false},
		{"lifted after it was to begin", Recall{Directive: "d", At: at.Add(-2), LiftedBy: "Lan", LiftedAt: at.Add(1)}, true},
		{"lifted before", Recall{Directive: "d", At: at.Add(-2), LiftedBy: "Lan", LiftedAt: at.Add(-1)}, false},
		{"of something else", Recall{Recording: "s", At: at.Add(-1)}, false},
	} {
		if got := c.r.Took(a); got != c.want {
			t.Errorf("%s: %v", c.why, got)
		}
	}
}

func TestRecalls(t *testing.T) {
	for _, c := range []struct {
		why  string
		r    Recall
		says string
	}{
		{"a recording", Recall{Recording: "r", By: "Lan", Why: "sai số"}, ""},
		{"a topic", Recall{Directive: "d", Topic: 2, By: "Lan", Why: "sai số"}, ""},
		{"nothing", Recall{By: "Lan", Why: "sai số"}, "name a recording, or a letter"},
		{"two things", Recall{Recording: "r", Directive: "d", By: "Lan", Why: "sai số"}, "name a recording, or a letter"},
		{"a topic of no letter", Recall{Recording: "r", Topic: 1, By: "Lan", Why: "sai số"}, "name a recording, or a letter"},
		{"by nobody", Recall{Recording: "r", Why: "sai số"}, "say who recalls it"},
		{"for nothing", Recall{Recording: "r", By: "Lan"}, "and why"},
	} {
		refused(t, c.why, c.r.Check(), c.says)
	}
	for _, c := range []struct {
		why  string
		r    Recall
		want bool
	}{
		{"the recording", Recall{Recording: "r"}, true},
		{"another recording", Recall{Recording: "s"}, false},
		{"the letter", Recall{Directive: "d"}, true},
		{"its topic", Recall{Directive: "d", Topic: 2}, true},
		{"another topic", Recall{Directive: "d", Topic: 3}, false},
		{"lifted", Recall{Recording: "r", LiftedBy: "Hùng"}, false},
	} {
		if got := c.r.Takes("r", "d", 2); got != c.want {
			t.Errorf("recall of %s: %v", c.why, got)
		}
	}
}
