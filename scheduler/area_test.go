package scheduler_test

import (
	"strings"
	"testing"
	"time"

	"loaphuong/scheduler"
)

func TestTree(t *testing.T) {
	tree, err := scheduler.NewTree([]scheduler.Area{
		{ID: "thon", Parent: "xa"}, {ID: "xa", Parent: "tinh"}, {ID: "xa-khac", Parent: "tinh"}, {ID: "tinh"}, {ID: "tinh-khac"},
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		inner, outer scheduler.AreaID
		want         bool
	}{
		{"tinh", "tinh", true}, // an area lies within itself
		{"xa", "tinh", true},
		{"thon", "tinh", true}, // however deep
		{"tinh", "xa", false},  // not upwards
		{"xa", "xa-khac", false},
		{"thon", "tinh-khac", false},
		{"nowhere", "tinh", false},
		{"xa", "nowhere", false},
	} {
		if got := tree.Within(c.inner, c.outer); got != c.want {
			t.Errorf("%s within %s: %v", c.inner, c.outer, got)
		}
	}
}

func TestNewTreeRefuses(t *testing.T) {
	for _, c := range []struct {
		areas []scheduler.Area
		want  string
	}{
		{nil, ""},
		{[]scheduler.Area{{ID: "xa", Parent: "tinh"}}, "area xa: its parent tinh does not exist: add the parent first"},
		{[]scheduler.Area{{ID: "xa", Parent: "xa"}}, "area xa: it is its own ancestor"},
		{[]scheduler.Area{{ID: "a", Parent: "b"}, {ID: "b", Parent: "a"}}, "area a: it is its own ancestor"},
		{[]scheduler.Area{{ID: "tinh"}, {ID: "a", Parent: "b"}, {ID: "b", Parent: "c"}, {ID: "c", Parent: "b"}}, "it is its own ancestor"}, // leads into a circle
	} {
		_, err := scheduler.NewTree(c.areas)
		if (err == nil) != (c.want == "") || err != nil && !strings.Contains(err.Error(), c.want) {
			t.Errorf("%v: got %v, want %q", c.areas, err, c.want)
		}
	}
	circle := scheduler.Tree{"a": {ID: "a", Parent: "b"}, "b": {ID: "b", Parent: "a"}}
	if circle.Within("a", "c") { // and ends
		t.Error("a circle lies within another area")
	}
}

func TestStationLocation(t *testing.T) {
	for zone, want := range map[string]string{"": scheduler.DefaultZone, "Europe/Berlin": "Europe/Berlin"} {
		if got, err := (scheduler.Station{ID: "tan-hung", Zone: zone}).Location(); err != nil || got.String() != want {
			t.Errorf("zone %q is %s, %v", zone, got, err)
		}
	}
	if _, err := (scheduler.Station{ID: "tan-hung", Zone: "Asia/Hanoi"}).Location(); err == nil || !strings.Contains(err.Error(), `station tan-hung: zone "Asia/Hanoi": use an IANA name`) {
		t.Errorf("a zone that is none: %v", err)
	}
}

// clock is a wall time of one day as minutes after midnight.
func clock(s string) int {
	t, err := time.Parse("15:04", s)
	if err != nil {
		panic(err)
	}
	return t.Hour()*60 + t.Minute()
}

func TestQuietHours(t *testing.T) {
	for _, c := range []struct {
		from, until, at string
		lasting         time.Duration
		covers, touches bool
	}{
		{"12:00", "13:00", "11:59", time.Minute, false, false}, // ends as they begin
		{"12:00", "13:00", "11:59", time.Minute + 1, false, true},
		{"12:00", "13:00", "12:00", 0, true, true},
		{"12:00", "13:00", "12:59", time.Second, true, true},
		{"12:00", "13:00", "13:00", time.Hour, false, false},    // until is exclusive
		{"12:00", "13:00", "11:00", 3 * time.Hour, false, true}, // around them
		{"12:00", "12:01", "11:00", 3 * time.Hour, false, true}, // around one minute
		{"22:00", "05:00", "21:30", 30 * time.Minute, false, false},
		{"22:00", "05:00", "21:30", 31 * time.Minute, false, true},
		{"22:00", "05:00", "23:59", time.Second, true, true},
		{"22:00", "05:00", "00:00", time.Second, true, true}, // over midnight
		{"22:00", "05:00", "04:59", time.Second, true, true},
		{"22:00", "05:00", "05:00", 17 * time.Hour, false, false}, // all the day between
		{"22:00", "05:00", "05:00", 17*time.Hour + 1, false, true},
		{"00:00", "05:00", "23:00", 61 * time.Minute, false, true},
		{"05:00", "05:00", "05:00", 24 * time.Hour, false, false}, // no time at all
		{"22:00", "00:00", "23:30", time.Second, true, true},      // until midnight
		{"22:00", "00:00", "00:00", time.Second, false, false},
	} {
		q := scheduler.QuietHours{From: clock(c.from), Until: clock(c.until)}
		at := time.Date(2026, 3, 2, 0, clock(c.at), 0, 0, zoneOf(t, scheduler.DefaultZone))
		if got := q.Covers(at); got != c.covers {
			t.Errorf("%s to %s covers %s: %v", c.from, c.until, c.at, got)
		}
		if got := q.Touches(at, c.lasting); got != c.touches {
			t.Errorf("%s to %s touches %s for %s: %v", c.from, c.until, c.at, c.lasting, got)
		}
	}
}

// TestQuietHoursTouchWhatTheyCover holds Touches against Covers of every second.
func TestQuietHoursTouchWhatTheyCover(t *testing.T) {
	start := time.Date(2026, 3, 2, 0, 0, 17, 0, time.UTC)
	for from := 0; from < 24*60; from += 97 {
		q := scheduler.QuietHours{From: from, Until: (from * 7) % (24 * 60)}
		for at := start; at.Before(start.Add(24 * time.Hour)); at = at.Add(83 * time.Minute) {
			const lasting = 171 * time.Second
			want := false
			for s := time.Duration(0); s < lasting; s += time.Second {
				want = want || q.Covers(at.Add(s))
			}
			if got := q.Touches(at, lasting); got != want {
				t.Fatalf("%+v touches %s: %v", q, at.Format("15:04:05"), got)
			}
		}
	}
}
