package main

import (
	"fmt"
	"strings"
	"testing"
	"time"
	"unicode/utf8"
)

func TestTimesAreRead(t *testing.T) {
	t.Parallel()
	zone := time.FixedZone("", 7*3600)
	for _, c := range []struct{ given, want string }{
		{"2026-11-23 05:02", "2026-11-22T22:02:00Z"},
		{"2026-11-23 05:02:30", "2026-11-22T22:02:30Z"},
		{"2026-11-23T05:02", "2026-11-22T22:02:00Z"},
		{"23/11/2026 05:02", "2026-11-22T22:02:00Z"}, // as they are printed
		{"2026-11-23T05:02:00+09:00", "2026-11-22T20:02:00Z"},
		{"2026-11-23", ""}, // a day is no time
		{"05:02", ""},
		{"", ""},
	} {
		got, err := moment("at", c.given, zone)
		if err != nil && c.want != "" || err == nil && got.Format(time.RFC3339) != c.want {
			t.Errorf("%q: %s, %v, want %s", c.given, got, err, c.want)
		}
	}
}

func TestWeekdaysAreRead(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ given, want string }{
		{"mon,fri", "[Monday Friday]"},
		{"t2-t4,CN", "[Monday Tuesday Wednesday Sunday]"},
		{"sat-mon", "[Saturday Sunday Monday]"}, // over the end of the week
		{"sun-sun", "[Sunday]"},
		{"", "[]"},
		{"monday", "no"},
		{"mon-", "no"},
		{"t8", "no"},
	} {
		got, err := parseWeekdays(strings.FieldsFunc(c.given, func(r rune) bool { return r == ',' }))
		if said := fmt.Sprint(got); err == nil && said != c.want || (err != nil) != (c.want == "no") {
			t.Errorf("%q: %s, %v, want %s", c.given, said, err, c.want)
		}
	}
}

func TestQuietHoursAreRead(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ given, want string }{
		{"22:00-04:30", "22:00-04:30"},
		{" 9:00 - 10:00", "09:00-10:00"},
		{"22:00", "no"},
		{"22:00-22:00", "no"}, // no time at all
		{"22:00-24:30", "no"},
	} {
		got, err := parseQuiet([]string{c.given})
		if err == nil && quietWords(got[0]) != c.want || (err != nil) != (c.want == "no") {
			t.Errorf("%q: %v, %v, want %s", c.given, got, err, c.want)
		}
	}
}

func TestLengthsAreShort(t *testing.T) {
	t.Parallel()
	for d, want := range map[time.Duration]string{
		0: "0s", 10 * time.Second: "10s", 10 * time.Minute: "10m", 70 * time.Second: "1m10s", 2 * time.Hour: "2h", time.Hour + time.Second: "1h0m1s", 1499 * time.Millisecond: "1s",
	} {
		if got := span(d); got != want {
			t.Errorf("%s is told as %s, want %s", d, got, want)
		}
	}
}

func TestParagraphsAreWrapped(t *testing.T) {
	t.Parallel()
	got := wrapped("  " + strings.Repeat("đài ", 60) + strings.Repeat("x", 120))
	lines := strings.Split(got, "\n")
	for i, l := range lines {
		if utf8.RuneCountInString(l) > width && !strings.Contains(l, "xxx") || !strings.HasPrefix(l, []string{"  đ", "      "}[min(i, 1)]) {
			t.Errorf("line %d: %q", i, l)
		}
	}
	if strings.Join(strings.Fields(got), "") != strings.Repeat("đài", 60)+strings.Repeat("x", 120) || len(lines) != 4 {
		t.Errorf("%d lines: %s", len(lines), got)
	}
}
