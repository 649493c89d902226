package scheduler_test

import (
	"strings"
	"testing"
	"time"

	"loaphuong/scheduler"
)

// never is the bound that bounds nothing.
var never = time.Time{}

func TestCronAccepts(t *testing.T) {
	for _, c := range []struct{ spec, normal string }{
		{"30 5 * * *", "30 5 * * *"},         // every day at 05:30
		{"  30\t5 * *  * ", "30 5 * * *"},    // white space is one space
		{"0 5 * * 7", "0 5 * * 0"},           // 7 is Sunday
		{"0 5 * * SUN", "0 5 * * 0"},         // so is SUN
		{"0 5 * * sun,Wed", "0 5 * * 0,3"},   // names in any case
		{"0 5 * * MON,FRI", "0 5 * * 1,5"},   // a list of names
		{"0 5 * * 5,1,5", "0 5 * * 1,5"},     // in order, once each
		{"0 5 * * FRI-SUN", "0 5 * * 0,5,6"}, // a range that ends on Sunday
		{"0 5 * * 5-7", "0 5 * * 0,5,6"},     // the same in digits
		{"0 5 * * 5-0", "0 5 * * 0,5,6"},     // Sunday as 0 at the end
		{"0 5 * * MON-SUN", "0 5 * * *"},     // the whole week
		{"0 5 * * 0-6", "0 5 * * *"},         // the whole week
		{"0 5 * * 0-7", "0 5 * * *"},         // Sunday twice
		{"0 5 * * SUN-SUN", "0 5 * * 0"},     // one day
		{"0 5 * * MON-FRI", "0 5 * * 1,2,3,4,5"},
		{"0 5 * * MON-FRI/2", "0 5 * * 1,3,5"},
		{"0 5 * * */2", "0 5 * * 0,2,4,6"},
		{"0 5 * * */1", "0 5 * * *"},
		{"0 5 * * 2/2", "0 5 * * 2,4,6"}, // from Tuesday to the end of the week
		{"0 5 * * 1/7", "0 5 * * 1"},     // the step leaves the week
		{"0 5 * * ?", "0 5 * * *"},
		{"0 5 * * 1,*", "0 5 * * *"},
		{"0 5 ? * MON", "0 5 ? * 1"},
		{"0 5 1 * *", "0 5 1 * *"},
		{"0 5 1,15 JAN-MAR *", "0 5 1,15 JAN-MAR *"},
		{"0 5 29 2 *", "0 5 29 2 *"},     // comes every four years
		{"0 5 31 1,4 *", "0 5 31 1,4 *"}, // in January at least
		{"0 5 30 2,3 *", "0 5 30 2,3 *"}, // in March at least
		{"0,30 5,11,17 * * *", "0,30 5,11,17 * * *"},
		{"*/5 * * * *", "*/5 * * * *"}, // 5 minutes, also over the hour and midnight
		{"3/5 * * * *", "3/5 * * * *"}, // the same, from minute 3
		{"0-55/5 5 * * *", "0-55/5 5 * * *"},
		{"58 23 * * *", "58 23 * * *"},
		{"05 05 * * 01", "05 05 * * 1"}, // leading zeros
	} {
		got, err := scheduler.Cron(c.spec, never, never)
		if err != nil || got.Spec() != c.normal {
			t.Errorf("%q: got %q, %v; want %q", c.spec, got.Spec(), err, c.normal)
		}
	}
}

func TestCronRefuses(t *testing.T) {
	for _, c := range []struct{ spec, want string }{
		{"", "it has 0 fields, want 5"},
		{"   ", "it has 0 fields, want 5"},
		{"30 5 * *", "it has 4 fields, want 5"},
		{"0 30 5 * * *", "it has 6 fields, want 5"}, // seconds are not read
		{"CRON_TZ=Asia/Ho_Chi_Minh", "leave the zone out"},
		{"CRON_TZ=Asia/Ho_Chi_Minh 30 5 * * *", "leave the zone out"},
		{"TZ=UTC", "leave the zone out"},
		{"TZ=UTC 30 5 * * *", "leave the zone out"},
		{"TZ=", "leave the zone out"},
		{"@daily", "write five fields"},
		{"@every 1h", "write five fields"},
		{"@every 1h 1 1 1", "write five fields"}, // five fields all the same
		{" @daily", "it has 1 fields"},
		{"61 5 * * *", "minutes go from 0 to 59"},
		{"30 24 * * *", "hours 0 to 23"},
		{"30 5 0 * *", "days 1 to 31"},
		{"30 5 32 * *", "days 1 to 31"},
		{"30 5 * 13 *", "months 1 to 12"},
		{"30 5 * * 8", "use 0 to 7"},
		{"30 5 * * -1", "use 0 to 7"},
		{"30 5 * * T2", "use 0 to 7"}, // thứ Hai
		{"30 5 * * *,Thu-x", "use 0 to 7"},
		{"30 5 * * MONDAY", "use 0 to 7"},
		{"30 5 * * MON-", "use 0 to 7"},
		{"30 5 * * 5-2", "the range ends before it begins"},
		{"30 5 * * 1/0", "a number from 1 to 7"},
		{"30 5 * * 1/x", "a number from 1 to 7"},
		{"30 5 * * 1-5/9223372036854775807", "a number from 1 to 7"}, // the sum would overflow
		{"5-1 5 * * *", "beyond end of range"},
		{"-5 5 * * *", "minutes go from 0 to 59"},
		{"0 *-5 * * *", "a range in it begins with * or ?"}, // would be every hour
		{"0 5 ?-x * *", "a range in it begins with * or ?"},
		{"*/0 5 * * *", "step of range should be a positive number"},
		{"1/2/3 5 * * *", "too many slashes"},
		{"99999999999999999999 5 * * *", "minutes go from 0 to 59"}, // more than an integer holds
		{"1.5 5 * * *", "minutes go from 0 to 59"},
		{"năm giờ ba mươi sáng", "use 0 to 7"},
		{"\x00 \xff 5 5 5", "minutes go from 0 to 59"},
		{", 5 * * *", "nothing between two commas"}, // no minute at all
		{"1,,2 5 * * *", "nothing between two commas"},
		{"0 5 * * 1,", "nothing between two commas"},
		{"0 5 31 2 *", "that day never comes"},
		{"0 5 30 2 *", "that day never comes"},
		{"0 5 31 4,6,9,11 *", "that day never comes"},
		{"0 5 1 * MON", "write * for one of them"},
		{"0 5 */2 * MON", "write * for one of them"},
		{"0 5 1-31 * MON", "write * for one of them"}, // every day, but not as *
		{"* * * * *", "come 1m apart: leave at least 5m"},
		{"*/4 5 * * *", "come 4m apart"},
		{"0,4 5 * * *", "come 4m apart"},
		{"0,56 * * * *", "come 4m apart"},    // over the hour
		{"2,58 0,23 * * *", "come 4m apart"}, // over midnight
		{"0 5 * * " + strings.Repeat("1,", 200) + "1", "it has 409 characters, want at most 250"},
		{strings.Repeat("* ", 1<<20), "want at most 250"},
	} {
		got, err := scheduler.Cron(c.spec, never, never)
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%.60q: got %q, %v; want %q", c.spec, got.Spec(), err, c.want)
		}
		if err != nil && (!got.IsZero() || len(err.Error()) > 400) {
			t.Errorf("%.60q: refused with timing %q in %d characters", c.spec, got.Spec(), len(err.Error()))
		}
	}
}

func TestCronBounds(t *testing.T) {
	day := time.Date(2026, 3, 2, 0, 0, 0, 0, time.UTC)
	for _, c := range []struct {
		from, until time.Time
		ok          bool
	}{
		{never, never, true},
		{day, never, true},
		{never, day, true},
		{day, day.Add(1), true},
		{day, day, false}, // no time in it
		{day.Add(1), day, false},
	} {
		if _, err := scheduler.Cron("0 5 * * *", c.from, c.until); (err == nil) != c.ok {
			t.Errorf("from %s until %s: %v", c.from, c.until, err)
		}
	}
}

// FuzzCron looks for a spec that panics, or is accepted and then does not keep
// what [scheduler.Timing] promises.
func FuzzCron(f *testing.F) {
	for _, spec := range []string{
		"30 5 * * *", "0 5 * * FRI-SUN", "0 5 31 2 *", "TZ=", "CRON_TZ=x", "@every 1h", "*/5 * * * *", "0 5 29 2 *", "2,58 0,23 * * *",
		"0 5 * * 1/9223372036854775807", ", , , , ,", "? ? ? ? ?", "0 2 * * 7", "*/30 1-3 * * *", "0 0 1 1 *", "",
	} {
		f.Add(spec, int64(1774742400), uint16(400)) // days before a clock change in Berlin
	}
	f.Fuzz(func(t *testing.T, spec string, unix int64, hours uint16) {
		timing, err := scheduler.Cron(spec, never, never)
		if err != nil {
			if !timing.IsZero() {
				t.Fatalf("%q: refused, and yet %q", spec, timing.Spec())
			}
			return
		}
		again, err := scheduler.Cron(timing.Spec(), never, never)
		if err != nil || again.Spec() != timing.Spec() {
			t.Fatalf("%q is normal %q, of which the normal is %q, %v", spec, timing.Spec(), again.Spec(), err)
		}
		from := time.Unix(unix%(1<<32), 0).UTC()
		until := from.Add(time.Duration(hours) * time.Hour / 64)
		for _, zone := range zones(t) {
			keepsPromises(t, timing, from, until, zone)
		}
		sameThroughJSON(t, timing)
	})
}
