package centre

import (
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"loaphuong/player/rehearsal"
	"loaphuong/scheduler"
)

// town makes a centre with so many stations, each of which owes thirteen topics
// a day, and returns the path of its database.
func town(t testing.TB, stations int) string {
	b := openBench(t)
	for n := range stations {
		b.putStation(scheduler.Station{ID: scheduler.StationID(fmt.Sprintf("dai-%03d", n)), Area: "xa-b", Zone: scheduler.DefaultZone, Volume: 80})
	}
	for topic := 3; topic <= 14; topic++ {
		b.owe(fmt.Sprint("o", topic), topic, "xa-b")
		b.record(scheduler.RecordingID(fmt.Sprint("r", topic)), topic, time.Duration(1+topic%3)*minute/2)
	}
	path := filepath.Join(t.TempDir(), "town.db")
	must(t, b.store.Snapshot(t.Context(), path))
	return path
}

// week is a rehearsal of the week after the tests' first day, with stations that
// lose power and link.
func week(t testing.TB, database, outages string) Rehearsal {
	script := get[rehearsal.Script](t)(rehearsal.Parse(strings.NewReader(outages), time.UTC))
	return Rehearsal{
		Database: database, Scratch: t.TempDir(), Lease: lease, From: clock(0, 0, 0).Add(days(2)), Days: 7, Outages: script, Seed: 1,
	}
}

// TestARehearsedWeekBalances: whatever fails, every airing expected has an end.
func TestARehearsedWeekBalances(t *testing.T) {
	t.Parallel()
	path := town(t, 2)
	for outages, want := range map[string]func(scheduler.Tally) bool{
		"": func(n scheduler.Tally) bool { return n.Aired == n.Expected },
		"*,power,random,5,3h\n*,link,random,3,20h\ndai-001,card,2026-03-05 20:00,2026-03-06 02:00\n": func(n scheduler.Tally) bool {
			return n.Missed > 0 && n.Unknown < n.Expected/10 && n.Aired > n.Expected/2 // who is cut off at the end has not told all
		},
		"dai-001,link,2026-02-01 00:00,2026-04-01 00:00\n": func(n scheduler.Tally) bool { return n.Unknown == 7*13 && n.Missed == 0 },
	} {
		r := get[scheduler.AirtimeReport](t)(week(t, path, outages).Run(t.Context(), clock(0, 0, 0)))
		if n := r.Total; !n.Balances() || n.Expected < 7*2*13 || n.OnAir+n.Upcoming > 0 || !want(n) {
			t.Errorf("with outages %q: %+v", outages, n)
		}
	}
}

func TestRehearsalsRefused(t *testing.T) {
	t.Parallel()
	path := town(t, 1)
	for why, c := range map[string]struct {
		change func(*Rehearsal)
		kind   error
	}{
		"no days":            {func(r *Rehearsal) { r.Days = 0 }, scheduler.ErrInvalid},
		"too many days":      {func(r *Rehearsal) { r.Days = MaxRehearsal + 1 }, scheduler.ErrInvalid},
		"a day that is past": {func(r *Rehearsal) { r.From = clock(0, 0, 0).Add(-1) }, scheduler.ErrInvalid},
		"no such station":    {func(r *Rehearsal) { r.Stations = []scheduler.StationID{"khong-co"} }, scheduler.ErrNotFound},
	} {
		r := week(t, path, "")
		c.change(&r)
		if _, err := r.Run(t.Context(), clock(0, 0, 0)); !errors.Is(err, c.kind) {
			t.Errorf("%s: %v", why, err)
		}
	}
}

// BenchmarkRehearsal lives through a week of a hundred stations with power cuts
// and lost links.
func BenchmarkRehearsal(b *testing.B) {
	path := town(b, 98)
	for b.Loop() {
		r, err := week(b, path, "*,power,random,3,2h\n*,link,random,3,6h\n").Run(b.Context(), clock(0, 0, 0))
		if err != nil || !r.Total.Balances() {
			b.Fatalf("%+v, %v", r.Total, err)
		}
		b.ReportMetric(float64(r.Total.Expected), "airings")
	}
}
