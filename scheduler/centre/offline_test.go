package centre

import (
	"fmt"
	"testing"
	"time"

	"loaphuong/scheduler"
)

// TestSevenDaysAlone: stations that have no link for seven days, and some of
// them no power for hours of these, and are then online for one hour, have told
// the centre everything: no airing is unknown, and none is expected twice.
func TestSevenDaysAlone(t *testing.T) {
	t.Parallel()
	path := town(t, 3)
	const form = "2006-01-02 15:04"
	span := week(t, path, "")
	alone := fmt.Sprintf("*,link,%s,%s\n", span.From.UTC().Add(5*time.Minute).Format(form), span.Until().UTC().Format(form))
	for outages, want := range map[string]func(scheduler.Tally) bool{
		alone: func(n scheduler.Tally) bool { return n.Aired == n.Expected },
		alone + "dai-000,power,random,5,3h\ndai-001,card,random,3,1h\n": func(n scheduler.Tally) bool { return n.Missed > 0 && n.Aired > n.Expected/2 },
	} {
		r := week(t, path, outages)
		r.Lease = 10 * 24 * time.Hour
		report := get[scheduler.AirtimeReport](t)(r.Run(t.Context(), clock(0, 0, 0)))
		if n := report.Total; !n.Balances() || n.Expected < 7*3*13 || n.Unknown != 0 || n.OnAir+n.Upcoming > 0 || !want(n) {
			t.Errorf("with outages %q: %+v", outages, n)
		}
	}
}
