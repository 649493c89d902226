package scheduler_test

import (
	"slices"
	"testing"
	"time"

	"loaphuong/scheduler"
)

func date(t testing.TB, s string) scheduler.Date {
	t.Helper()
	d, err := scheduler.ParseDate(s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func TestOwes(t *testing.T) {
	day := func(s string) scheduler.Date { return date(t, s) }
	twice := scheduler.Demand{PerDay: 2}
	monFri := scheduler.Demand{PerWeek: 2, Weekdays: []time.Weekday{time.Monday, time.Friday}}
	until := func(s string) scheduler.Demand { return scheduler.Demand{Until: day(s)} }
	from := func(s string) scheduler.Demand { return scheduler.Demand{From: day(s)} }
	type demands = []scheduler.Demand
	for _, c := range []struct {
		why             string
		topic, letter   demands
		perDay, perWeek int
		weekdays        int
		from, until     string // today is the 2nd of March
	}{
		{"nothing is demanded: once a day for 30 days", nil, nil, 1, 0, 0, "2026-03-02", "2026-03-31"},
		{"the letter's number", nil, demands{twice}, 2, 0, 0, "2026-03-02", "2026-03-31"},
		{"the topic's comes before the letter's", demands{{PerDay: 3}}, demands{twice}, 3, 0, 0, "2026-03-02", "2026-03-31"},
		{"so does a weekly number before a daily", demands{{PerWeek: 3}}, demands{twice}, 0, 3, 0, "2026-03-02", "2026-03-31"},
		{"and a daily before a weekly, whose days are not its own", demands{twice}, demands{monFri}, 2, 0, 0, "2026-03-02", "2026-03-31"},
		{"a weekly number keeps its days", demands{monFri}, demands{twice}, 0, 2, 2, "2026-03-02", "2026-03-31"},
		{"days alone are the letter's word on a topic's number", demands{twice}, demands{{Weekdays: []time.Weekday{1}}}, 2, 0, 1, "2026-03-02", "2026-03-31"},
		{"two days in two demands are two days", nil, demands{{Weekdays: []time.Weekday{1}}, {Weekdays: []time.Weekday{1, 5}}}, 1, 0, 2, "2026-03-02", "2026-03-31"},
		{"the topic's days before the letter's", demands{{Weekdays: []time.Weekday{1}}}, demands{{Weekdays: []time.Weekday{2, 3}}}, 1, 0, 1, "2026-03-02", "2026-03-31"},
		{"a number's own days before others", demands{monFri, {Weekdays: []time.Weekday{6}}}, nil, 0, 2, 2, "2026-03-02", "2026-03-31"},
		{"days with an hour are one broadcast's", nil, demands{twice, {Weekdays: []time.Weekday{1}, Hours: []scheduler.TimeOfDay{300}}}, 2, 0, 0, "2026-03-02", "2026-03-31"},
		{"the day of a relayed ceremony is not the topic's period", nil, demands{{Relay: true, From: day("2026-03-12"), Until: day("2026-03-12")}}, 1, 0, 0, "2026-03-02", "2026-03-31"},
		{"a number said together with a relay counts", nil, demands{{Relay: true, PerDay: 6, Until: day("2026-03-12")}}, 6, 0, 0, "2026-03-02", "2026-03-12"},
		{"number and end in two demands of the topic", demands{twice, until("2026-03-15")}, nil, 2, 0, 0, "2026-03-02", "2026-03-15"},
		{"the topic's end before the letter's", demands{until("2026-03-10")}, demands{until("2026-03-20")}, 1, 0, 0, "2026-03-02", "2026-03-10"},
		{"ends today", nil, demands{until("2026-03-02")}, 1, 0, 0, "2026-03-02", "2026-03-02"},
		{"an end that is past is ignored", nil, demands{until("2026-03-01")}, 1, 0, 0, "2026-03-02", "2026-03-31"},
		{"and leaves room for the letter's", demands{until("2026-03-01")}, demands{until("2026-03-20")}, 1, 0, 0, "2026-03-02", "2026-03-20"},
		{"an end without a day is none", nil, demands{until("2026-03")}, 1, 0, 0, "2026-03-02", "2026-03-31"},
		{"begins in the future", nil, demands{from("2026-03-10")}, 1, 0, 0, "2026-03-10", "2026-04-08"},
		{"the topic's beginning before the letter's", demands{from("2026-03-05")}, demands{from("2026-03-10")}, 1, 0, 0, "2026-03-05", "2026-04-03"},
		{"began in the past: from today on", nil, demands{from("2026-01-01")}, 1, 0, 0, "2026-03-02", "2026-03-31"},
		{"begins and ends in one demand", demands{{PerDay: 3, From: day("2026-03-05"), Until: day("2026-03-07")}}, nil, 3, 0, 0, "2026-03-05", "2026-03-07"},
		{"four a month: one a week", demands{{PerMonth: 4}}, nil, 0, 1, 0, "2026-03-02", "2026-03-31"},
		{"five a month: two a week, so that a short month has them", demands{{PerMonth: 5}}, nil, 0, 2, 0, "2026-03-02", "2026-03-31"},
		{"five in all, in ten days", demands{{Total: 5, Until: day("2026-03-11")}}, nil, 0, 4, 0, "2026-03-02", "2026-03-11"},
		{"ten in all, in four days", demands{{Total: 10, Until: day("2026-03-05")}}, nil, 3, 0, 0, "2026-03-02", "2026-03-05"},
		{"the topic's number in all before the letter's a day", demands{{Total: 5}}, demands{twice}, 0, 2, 0, "2026-03-02", "2026-03-31"},
		{"before, on and after a day", demands{{Around: day("2026-03-20")}}, nil, 1, 0, 0, "2026-03-13", "2026-03-27"},
		{"a day that is near: from today", demands{{Around: day("2026-03-04")}}, nil, 1, 0, 0, "2026-03-02", "2026-03-11"},
		{"a wish obliges to nothing more", demands{{Text: "khung giờ vàng"}}, nil, 1, 0, 0, "2026-03-02", "2026-03-31"},
		{"often, but no number", demands{{Regular: true}}, nil, 1, 0, 0, "2026-03-02", "2026-03-31"},
		{"an end before the beginning is none", demands{until("2026-03-05")}, demands{from("2026-03-10")}, 1, 0, 0, "2026-03-10", "2026-04-08"},
	} {
		letter := scheduler.Directive{ID: "d", Demands: c.letter}
		got := scheduler.Owes(letter, scheduler.Topic{Ordinal: 3, Demands: c.topic}, "xa", day("2026-03-02"))
		if got.PerDay != c.perDay || got.PerWeek != c.perWeek || len(got.Weekdays) != c.weekdays ||
			got.From.String() != c.from || got.Until.String() != c.until {
			t.Errorf("%s: got %+v", c.why, got)
		}
		if got.Directive != "d" || got.Topic != 3 || got.Area != "xa" {
			t.Errorf("%s: owed by the wrong one: %+v", c.why, got)
		}
	}
}

func TestOwesNamesObligations(t *testing.T) {
	today := date(t, "2026-03-02")
	name := func(d scheduler.DirectiveID, topic int, area scheduler.AreaID, today scheduler.Date) string {
		return scheduler.Owes(scheduler.Directive{ID: d}, scheduler.Topic{Ordinal: topic}, area, today).ID
	}
	plain := name("d", 1, "xa", today)
	if name("d", 1, "xa", date(t, "2026-04-01")) != plain {
		t.Error("the same obligation has another name tomorrow")
	}
	if names := []string{plain, name("e", 1, "xa", today), name("d", 2, "xa", today), name("d", 1, "xb", today)}; len(slices.Compact(slices.Sorted(slices.Values(names)))) != 4 {
		t.Errorf("other obligations share names: %v", names)
	}
}

// TestOwesLeavesTheLetterAlone: the demands share their array with the caller.
func TestOwesLeavesTheLetterAlone(t *testing.T) {
	demands := make([]scheduler.Demand, 1, 4)
	letter := scheduler.Directive{Demands: []scheduler.Demand{{PerDay: 9}}}
	scheduler.Owes(letter, scheduler.Topic{Demands: demands}, "xa", date(t, "2026-03-02"))
	if got := demands[:2][1]; got.PerDay != 0 {
		t.Errorf("the topic's demands grew by %+v", got)
	}
}

func TestLapsed(t *testing.T) {
	until := func(s string) scheduler.Demand { return scheduler.Demand{Until: date(t, s)} }
	type demands = []scheduler.Demand
	for _, c := range []struct {
		why           string
		topic, letter demands
		want          string
	}{
		{"no end is demanded", demands{{PerDay: 2}}, nil, ""},
		{"it is past", demands{until("2026-02-28")}, nil, "2026-02-28"},
		{"it is today", demands{until("2026-03-02")}, nil, ""},
		{"the letter's is not past", demands{until("2026-02-28")}, demands{until("2026-04-01")}, ""},
		{"both are past: the later", demands{until("2026-01-31")}, demands{until("2026-02-28")}, "2026-02-28"},
		{"the week after a day is past", demands{{Around: date(t, "2026-02-20")}}, nil, "2026-02-27"},
	} {
		got := scheduler.Lapsed(scheduler.Directive{Demands: c.letter}, scheduler.Topic{Demands: c.topic}, date(t, "2026-03-02"))
		if got.String() != c.want {
			t.Errorf("%s: %s", c.why, got)
		}
	}
}
