package web

import (
	"math"
	"testing"
	"time"

	"loaphuong/scheduler"
)

func testView(lang string) *view {
	return &view{words: readLanguages(files)[lang], Lang: lang, Zone: now().Location(), Now: now()}
}

func TestVerdicts(t *testing.T) {
	v := testView(english)
	for _, c := range []struct {
		tally scheduler.Tally
		want  badge
	}{
		{scheduler.Tally{Aired: 3}, badge{good, "Done"}},
		{scheduler.Tally{Aired: 3, Upcoming: 1}, badge{good, "On track"}},
		{scheduler.Tally{Upcoming: 1}, badge{soon, "Not yet due"}},
		{scheduler.Tally{Aired: 2, Late: 1}, badge{warn, "Done, some late"}},
		{scheduler.Tally{Aired: 2, Partial: 1}, badge{warn, "Some in part"}},
		{scheduler.Tally{Aired: 2, Unknown: 1}, badge{unsure, "Awaiting word"}},     // unknown is not missed
		{scheduler.Tally{Missed: 1, Unknown: 5, Aired: 9}, badge{bad, "Short"}},     // a miss is told first
		{scheduler.Tally{Aired: 1, OnAir: 1, Upcoming: 1}, badge{live, "On air"}},   // before what is to come
		{scheduler.Tally{Recalled: 1, Waived: 1}, badge{dropped, "No longer owed"}}, // nothing left
		{scheduler.Tally{Aired: 1, Waived: 1}, badge{good, "Done"}},                 // the rest was excused
	} {
		if got := v.verdict(c.tally); got != c.want {
			t.Errorf("%+v: %v, want %v", c.tally, got, c.want)
		}
	}
}

func TestEveryStateHasALook(t *testing.T) {
	seen := map[look]bool{}
	for _, s := range states() {
		seen[lookOf(s)] = true
	}
	if len(seen) != len(looks()) || lookOf("of the future") != unsure {
		t.Errorf("looks in use: %v", seen)
	}
}

func TestABarIsFull(t *testing.T) {
	tally := scheduler.Tally{Expected: 7, Aired: 1, Late: 1, Missed: 2, Unknown: 1, Upcoming: 1, Waived: 1}
	var x float64
	for _, s := range bar(tally) {
		if math.Abs(s.X-x) > 1e-9 {
			t.Errorf("%s begins at %g, want %g", s.Look, s.X, x)
		}
		x += s.Width
	}
	if math.Abs(x-100) > 1e-9 {
		t.Errorf("it is %g long", x)
	}
}

func TestTheMatrixTurnsWhenThereAreManyStations(t *testing.T) {
	v := testView(english)
	topics := []scheduler.Topic{{Ordinal: 1, Title: "One"}, {Ordinal: 2, Title: "Two"}}
	var rows []scheduler.AirtimeRow
	for i := range maxColumns + 1 {
		id := scheduler.StationID("s" + string(rune('0'+i)))
		rows = append(rows, scheduler.AirtimeRow{Topic: 1, Station: id, Tally: scheduler.Tally{Expected: i, Aired: i}})
		if i == maxColumns-1 {
			m := v.newMatrix(topics, rows)
			if len(m.Rows) != 2 || len(m.Heads) != maxColumns {
				t.Errorf("%d by %d", len(m.Rows), len(m.Heads))
			}
		}
	}
	m := v.newMatrix(topics, append(rows, scheduler.AirtimeRow{Topic: 9, Title: "Gone", Station: "s0", Tally: scheduler.Tally{Expected: 1}}))
	if len(m.Rows) != maxColumns+1 || len(m.Heads) != 3 || m.Heads[2].Text != "9. Gone" {
		t.Fatalf("%d by %v", len(m.Rows), m.Heads)
	}
	if got := m.Rows[3].Cells[0]; got.Heard != 3 || got.Column != "1. One" || m.Rows[3].Cells[1].Any {
		t.Errorf("cell %+v", got)
	}
	if m.Total.Expected != 22 || m.Sums[0].Heard != 21 || m.Rows[3].Sum.Heard != 3 {
		t.Errorf("sums %d, %d and %d", m.Total.Expected, m.Sums[0].Heard, m.Rows[3].Sum.Heard)
	}
}

func TestTimesAndLengths(t *testing.T) {
	vi, en := testView(vietnamese), testView(english)
	tokyo := zoneOr("Asia/Tokyo", time.UTC)
	for _, c := range []struct{ got, want string }{
		{vi.Clock(now(), now().Location()), "17:15"},
		{vi.Clock(now(), tokyo), "19:15 (UTC+09:00)"},
		{vi.Date(scheduler.Date{Year: 2021, Month: 8, Day: 27}), "27/08/2021"},
		{en.Date(scheduler.Date{Year: 2021, Month: 8, Day: 27}), "27 Aug 2021"},
		{vi.Date(scheduler.Date{Year: 2021, Month: 10}), "10/2021"}, // the letter left the day blank
		{vi.Date(scheduler.Date{Year: 2021}), "2021"},
		{vi.When(now().AddDate(0, 0, 1), now().Location()), "17:15 ngày mai"},
		{en.When(now().AddDate(0, 0, -1), now().Location()), "17:15 yesterday"},
		{en.When(now().AddDate(0, 0, -2), now().Location()), "17:15 9 Mar 2026"},
		{en.When(time.Time{}, time.UTC), ""},
		{vi.Seconds(44260 * time.Millisecond), "44,3"},
		{en.Seconds(44260 * time.Millisecond), "44.3"},
		{vi.Span(3*time.Hour + 20*time.Minute), "3 giờ 20 phút"},
		{vi.Span(2 * time.Hour), "2 giờ"},
		{en.Span(80 * time.Second), "1 min 20 s"},
		{en.Span(time.Minute), "1 min"},
		{en.Span(0), "0 s"},
		{en.Ago(now().Add(time.Second)), "just now"}, // a station's clock may be ahead
		{en.Ago(now().Add(-59 * time.Minute)), "59 min ago"},
		{en.Ago(now().Add(-47 * time.Hour)), "47 h ago"},
		{en.Ago(now().Add(-49 * time.Hour)), "2 days ago"},
		{vi.Bytes(300 << 20), "300 MB"},
		{vi.Bytes(3 << 29), "1,5 GB"},
		{vi.Owed(scheduler.Obligation{PerWeek: 2, Weekdays: []time.Weekday{1, 5}}), "2 lượt/tuần, Thứ Hai, Thứ Sáu"},
	} {
		if c.got != c.want {
			t.Errorf("got %q, want %q", c.got, c.want)
		}
	}
	if zoneOr("No/Where", tokyo) != tokyo || zoneOr("", tokyo) != tokyo {
		t.Error("a zone that is none is not replaced")
	}
}
