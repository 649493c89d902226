package scheduler_test

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"loaphuong/scheduler"
)

func TestParseDate(t *testing.T) {
	for _, c := range []struct {
		in       string
		want     scheduler.Date
		complete bool
	}{
		{"2021-08-27", scheduler.Date{Year: 2021, Month: 8, Day: 27}, true},
		{"2021-08", scheduler.Date{Year: 2021, Month: 8}, false}, // the day is left blank in a draft
		{"2021", scheduler.Date{Year: 2021}, false},
		{"", scheduler.Date{}, false},
		{"2024-02-29", scheduler.Date{Year: 2024, Month: 2, Day: 29}, true}, // a leap day
	} {
		got, err := scheduler.ParseDate(c.in)
		if err != nil || got != c.want || got.String() != c.in || got.Complete() != c.complete || got.IsZero() != (c.in == "") {
			t.Errorf("%q: got %+v (%s), %v; want %+v", c.in, got, got, err, c.want)
		}
	}
	for _, in := range []string{"2023-02-29", "2021-13-01", "27/8/2021", "2021-8-27", "21-08-27", "2021-08-27T", " 2021-08-27", "0000-01-01", "0000", "nay"} {
		if got, err := scheduler.ParseDate(in); err == nil || !strings.Contains(err.Error(), "want YYYY-MM-DD") || !got.IsZero() {
			t.Errorf("%q: got %s, %v", in, got, err)
		}
	}
}

func TestDateJSON(t *testing.T) {
	var got struct{ From, Until scheduler.Date }
	const text = `{"From":"2021-08-27","Until":"2021-10"}`
	if err := json.Unmarshal([]byte(text), &got); err != nil {
		t.Fatal(err)
	}
	if b, err := json.Marshal(got); err != nil || string(b) != text {
		t.Errorf("becomes %s, %v", b, err)
	}
	if err := json.Unmarshal([]byte(`{"From":"27/8/2021"}`), &got); err == nil {
		t.Error("a date in Vietnamese order is read")
	}
}

func TestDateComplete(t *testing.T) {
	for _, d := range []scheduler.Date{{Year: 2023, Month: 2, Day: 29}, {Year: 2021, Month: 13, Day: 1}, {Year: 2021, Day: 1}, {Month: 1, Day: 1}} {
		if d.Complete() {
			t.Errorf("%+v is a real day", d)
		}
	}
}

func TestDateBefore(t *testing.T) {
	for _, c := range []struct {
		d, e string
		want bool
	}{
		{"2021-08-27", "2021-08-28", true},
		{"2021-09-30", "2021-10-01", true},
		{"2021-12-31", "2022-01-01", true},
		{"2021-08-27", "2021-08-27", false},
		{"2021-08-28", "2021-08-27", false},
		{"", "2021-08-27", true}, // unknown is before everything
	} {
		d, _ := scheduler.ParseDate(c.d)
		e, _ := scheduler.ParseDate(c.e)
		if got := d.Before(e); got != c.want {
			t.Errorf("%q before %q: %v", c.d, c.e, got)
		}
	}
}

// TestDateStart: the first instant of a day is midnight where there is one.
func TestDateStart(t *testing.T) {
	for _, c := range []struct{ zone, day, want string }{
		{scheduler.DefaultZone, "2026-03-02", "2026-03-02T00:00:00+07:00"},
		{"Europe/Berlin", "2026-03-29", "2026-03-29T00:00:00+01:00"},
		{"Africa/Cairo", "2026-04-24", "2026-04-24T01:00:00+03:00"},   // the clock jumps over midnight
		{"America/Havana", "2026-11-01", "2026-11-01T00:00:00-04:00"}, // midnight comes twice
		{"UTC", "2026-03-02", "2026-03-02T00:00:00Z"},
	} {
		d, err := scheduler.ParseDate(c.day)
		if err != nil {
			t.Fatal(err)
		}
		got := d.Start(zoneOf(t, c.zone))
		if got.Format(time.RFC3339) != c.want || scheduler.DateOf(got) != d || scheduler.DateOf(got.Add(-1)) == d {
			t.Errorf("%s starts in %s at %s, want %s", c.day, c.zone, got.Format(time.RFC3339), c.want)
		}
	}
}

func TestDaysApart(t *testing.T) {
	for _, c := range []struct {
		from, to string
		days     int
	}{
		{"2026-03-02", "2026-03-02", 0},
		{"2026-02-28", "2026-03-01", 1},
		{"2024-02-28", "2024-03-01", 2}, // a leap year
		{"2026-12-31", "2027-01-01", 1},
		{"2026-03-02", "2026-02-28", -2},
	} {
		from, to := date(t, c.from), date(t, c.to)
		if got := from.DaysUntil(to); got != c.days {
			t.Errorf("from %s to %s: %d days", c.from, c.to, got)
		}
		if got := from.AddDays(c.days); got != to {
			t.Errorf("%s and %d days: %s", c.from, c.days, got)
		}
	}
}
