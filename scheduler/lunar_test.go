package scheduler_test

import (
	"testing"

	"loaphuong/scheduler"
)

func TestLunar(t *testing.T) {
	for _, c := range []struct {
		solar string
		want  scheduler.LunarDay
	}{
		{"1968-01-29", scheduler.LunarDay{Year: 1968, Month: 1, Day: 1}}, // Tết; in China a day later
		{"1985-01-21", scheduler.LunarDay{Year: 1985, Month: 1, Day: 1}}, // in China a month later
		{"1985-03-21", scheduler.LunarDay{Year: 1985, Month: 2, Day: 1, Leap: true}},
		{"2007-02-17", scheduler.LunarDay{Year: 2007, Month: 1, Day: 1}}, // in China a day later
		{"2020-01-25", scheduler.LunarDay{Year: 2020, Month: 1, Day: 1}},
		{"2024-02-10", scheduler.LunarDay{Year: 2024, Month: 1, Day: 1}},
		{"2025-01-29", scheduler.LunarDay{Year: 2025, Month: 1, Day: 1}},
		{"2026-02-17", scheduler.LunarDay{Year: 2026, Month: 1, Day: 1}},
		{"2030-02-02", scheduler.LunarDay{Year: 2030, Month: 1, Day: 1}},  // in China a day later
		{"2053-02-18", scheduler.LunarDay{Year: 2053, Month: 1, Day: 1}},  // in China a day later
		{"2023-04-29", scheduler.LunarDay{Year: 2023, Month: 3, Day: 10}}, // Hùng Kings
		{"2024-04-18", scheduler.LunarDay{Year: 2024, Month: 3, Day: 10}},
		{"2025-04-07", scheduler.LunarDay{Year: 2025, Month: 3, Day: 10}},
		{"2026-04-26", scheduler.LunarDay{Year: 2026, Month: 3, Day: 10}},
		{"2020-05-22", scheduler.LunarDay{Year: 2020, Month: 4, Day: 30}},
		{"2020-05-23", scheduler.LunarDay{Year: 2020, Month: 4, Day: 1, Leap: true}},
		{"2020-06-21", scheduler.LunarDay{Year: 2020, Month: 5, Day: 1}},
		{"2023-03-22", scheduler.LunarDay{Year: 2023, Month: 2, Day: 1, Leap: true}},
		{"2025-07-25", scheduler.LunarDay{Year: 2025, Month: 6, Day: 1, Leap: true}},
		{"2028-06-23", scheduler.LunarDay{Year: 2028, Month: 5, Day: 1, Leap: true}},
		{"2033-12-22", scheduler.LunarDay{Year: 2033, Month: 11, Day: 1, Leap: true}}, // behind the solstice, on its day
		{"2024-02-09", scheduler.LunarDay{Year: 2023, Month: 12, Day: 30}},            // the last of a year
		{"2025-01-28", scheduler.LunarDay{Year: 2024, Month: 12, Day: 29}},            // which has no 30th
		{"2026-02-16", scheduler.LunarDay{Year: 2025, Month: 12, Day: 29}},
		{"1900-01-01", scheduler.LunarDay{Year: 1899, Month: 12, Day: 1}}, // the first day reckoned
		{"1899-12-31", scheduler.LunarDay{}},
		{"2200-01-01", scheduler.LunarDay{}},
		{"2026-02", scheduler.LunarDay{}},
	} {
		got := date(t, c.solar).Lunar()
		if got != c.want {
			t.Errorf("%s: %+v, want %+v", c.solar, got, c.want)
		}
		if back, ok := got.Solar(); ok != (c.want.Year != 0) || ok && back != date(t, c.solar) {
			t.Errorf("%s: back from %+v it is %s, %v", c.solar, got, back, ok)
		}
	}
}

func TestLunarDayThatIsNone(t *testing.T) {
	for _, l := range []scheduler.LunarDay{
		{Year: 2024, Month: 12, Day: 30}, // a short month
		{Year: 2024, Month: 1, Day: 1, Leap: true},
		{Year: 2025, Month: 5, Day: 1, Leap: true}, // the sixth is the leap month
		{Year: 2024, Month: 0, Day: 1},
		{Year: 2024, Month: 13, Day: 1},
		{Year: 2024, Month: 1, Day: 0},
		{Year: 1899, Month: 11, Day: 29}, // before 1900
		{Year: 2199, Month: 12, Day: 29}, // in 2200
		{Year: 1 << 40, Month: 1, Day: 1},
		{},
	} {
		if got, ok := l.Solar(); ok {
			t.Errorf("%+v is %s", l, got)
		}
	}
}

// TestLunarRoundTrip goes through the years that are reckoned, all days of every
// twentieth and the ends of all months: each follows the one before it, and leads back.
func TestLunarRoundTrip(t *testing.T) {
	last, step := scheduler.LunarDay{Year: 1899, Month: 11, Day: 30}, 1
	for day := date(t, "1900-01-01"); day.Year < 2200; day = day.AddDays(step) {
		l := day.Lunar()
		if back, ok := l.Solar(); !ok || back != day {
			t.Fatalf("%s is %+v, and that is %s, %v", day, l, back, ok)
		}
		if !follows(l, last, step) {
			t.Fatalf("%s is %+v, %d days after %+v", day, l, step, last)
		}
		last, step = l, 1
		if l.Day == 2 && day.Year%20 != 0 {
			step = 26
		}
	}
}

// follows reports whether one lunar day may come some days after another; only
// the next day may be in another month.
func follows(l, last scheduler.LunarDay, days int) bool {
	if l.Day > 1 {
		last.Day += days
		return l == last
	}
	months := l.Year*12 + l.Month - last.Year*12 - last.Month
	return days == 1 && last.Day >= 29 && (months == 1 && !l.Leap || months == 0 && l.Leap && !last.Leap)
}
