package scheduler_test

import (
	"testing"

	"loaphuong/scheduler"
)

// holidays are some of Vietnam's.
func holidays() scheduler.Calendar {
	return scheduler.Calendar{
		{ID: "duong-lich", Name: "Tết Dương lịch", Month: 1, Day: 1, Days: 1},
		{ID: "tet", Name: "Tết Nguyên đán", Month: 1, Day: 1, Lunar: true, Days: 5, Before: 1},
		{ID: "gio-to", Name: "Giỗ Tổ", Month: 3, Day: 10, Lunar: true, Days: 1},
		{ID: "giai-phong", Name: "30 tháng 4", Month: 4, Day: 30, Days: 2},
		{ID: "quoc-khanh", Name: "Quốc khánh", Month: 9, Day: 2, Days: 2, Before: 1},
		{ID: "giao-thua", Month: 12, Day: 30, Lunar: true, Days: 1},
		{ID: "cuoi-nam", Name: "Cuối năm", Month: 1, Day: 1, Days: 3, Before: 2, Year: 2027},
		{ID: "tuan-le", Name: "Tuần lễ", Month: 12, Day: 28, Days: 7, Year: 2029},
		{ID: "nhuan", Name: "Ngày nhuận", Month: 2, Day: 29, Days: 1},
		{ID: "ram", Name: "Rằm tháng 6", Month: 6, Day: 15, Lunar: true, Days: 1, Year: 2025},
		{ID: "bo", Name: "Bỏ", Month: 5, Day: 19, Days: 1, Off: true},
		{ID: "bo-am", Name: "Bỏ", Month: 4, Day: 15, Lunar: true, Days: 1, Off: true},
	}
}

func TestCalendar(t *testing.T) {
	for _, c := range []struct{ day, want string }{
		{"2026-01-01", "Tết Dương lịch"},
		{"2026-01-02", ""},
		{"2026-02-15", ""},
		{"2026-02-16", "Tết Nguyên đán"}, // the day before
		{"2026-02-17", "Tết Nguyên đán"},
		{"2026-02-20", "Tết Nguyên đán"}, // the fourth day, with the one before it the fifth
		{"2026-02-21", ""},
		{"2025-01-28", "Tết Nguyên đán"},
		{"2024-02-09", "Tết Nguyên đán"}, // the 30th as well: the first of the calendar counts
		{"2026-04-26", "Giỗ Tổ"},
		{"2025-04-07", "Giỗ Tổ"},
		{"2026-05-01", "30 tháng 4"}, // over the end of the month
		{"2026-05-02", ""},
		{"2026-09-01", "Quốc khánh"},
		{"2026-08-31", ""},
		{"2026-09-03", ""},
		{"2026-12-29", ""},
		{"2026-12-30", "Cuối năm"}, // of a day in the next year
		{"2027-01-01", "Tết Dương lịch"},
		{"2027-12-31", ""},        // the year after, no more
		{"2030-01-03", "Tuần lễ"}, // of a day in the year before
		{"2030-01-04", ""},
		{"2028-02-29", "Ngày nhuận"},
		{"2027-03-01", ""}, // a year without it
		{"2025-07-09", "Rằm tháng 6"},
		{"2025-08-08", ""}, // the 15th of the leap sixth month
		{"2026-07-28", ""}, // of another lunar year
		{"2026-05-19", ""}, // not observed
		{"2026-05-31", ""},
	} {
		if got := holidays().On(date(t, c.day)); got != c.want {
			t.Errorf("%s: %q, want %q", c.day, got, c.want)
		}
	}
	if got := (scheduler.Calendar{{ID: "giao-thua", Month: 12, Day: 30, Lunar: true, Days: 1}}).On(date(t, "2024-02-09")); got != "giao-thua" {
		t.Errorf("a holiday without a name is %q", got)
	}
}

// TestCalendarBetween holds a span against its days.
func TestCalendarBetween(t *testing.T) {
	from, until := date(t, "2024-12-20"), date(t, "2027-03-01")
	names, n := holidays().Between(from, until), 0
	for day := from; !until.Before(day); day = day.AddDays(1) {
		if names[day] != holidays().On(day) {
			t.Errorf("%s: %q, alone %q", day, names[day], holidays().On(day))
		}
		if names[day] != "" {
			n++
		}
	}
	if n != len(names) || n == 0 {
		t.Errorf("%d days named, %d of them in the span", len(names), n)
	}
	if got := holidays().Between(until, from); len(got) != 0 {
		t.Errorf("a span that ends before it begins has %v", got)
	}
}

func BenchmarkCalendarOn(b *testing.B) {
	days, calendar := date(b, "2026-03-02"), holidays()
	for b.Loop() {
		calendar.On(days)
	}
}
