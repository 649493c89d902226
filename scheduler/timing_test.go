package scheduler_test

import (
	"encoding/json"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"loaphuong/scheduler"
)

func zoneOf(t testing.TB, name string) *time.Location {
	t.Helper()
	zone, err := time.LoadLocation(name)
	if err != nil {
		t.Fatal(err)
	}
	return zone
}

// zones are one without clock changes and two with: by an hour at night, and by
// half an hour.
func zones(t testing.TB) []*time.Location {
	return []*time.Location{zoneOf(t, scheduler.DefaultZone), zoneOf(t, "Europe/Berlin"), zoneOf(t, "Australia/Lord_Howe")}
}

func cronOf(t testing.TB, spec string) scheduler.Timing {
	t.Helper()
	timing, err := scheduler.Cron(spec, never, never)
	if err != nil {
		t.Fatal(err)
	}
	return timing
}

// keepsPromises checks that occurrences are in range, in order, spaced, and the
// same when the span is cut in two.
func keepsPromises(t *testing.T, timing scheduler.Timing, from, until time.Time, zone *time.Location) {
	t.Helper()
	all := timing.Within(from, until, zone)
	for i, at := range all {
		if at.Before(from) || !at.Before(until) || at.Location() != time.UTC {
			t.Fatalf("%q in %s: %s is not in [%s, %s) UTC", timing.Spec(), zone, at, from, until)
		}
		// A clock change brings two wall times together.
		changes := zone.String() != scheduler.DefaultZone
		if i > 0 && (!at.After(all[i-1]) || !changes && at.Sub(all[i-1]) < scheduler.MinSpacing) {
			t.Fatalf("%q in %s: %s follows %s", timing.Spec(), zone, at, all[i-1])
		}
	}
	for _, cut := range []time.Time{from, from.Add(until.Sub(from) / 3), until} {
		if parts := slices.Concat(timing.Within(from, cut, zone), timing.Within(cut, until, zone)); !slices.Equal(parts, all) {
			t.Fatalf("%q in %s from %s until %s, cut at %s: %v, want %v", timing.Spec(), zone, from, until, cut, parts, all)
		}
	}
	if next := timing.Next(from, zone); len(all) > 0 && !next.Equal(all[0]) {
		t.Fatalf("%q in %s: next from %s is %s, want %s", timing.Spec(), zone, from, next, all[0])
	}
}

func sameThroughJSON(t *testing.T, timing scheduler.Timing) {
	t.Helper()
	b, err := json.Marshal(timing)
	if err != nil {
		t.Fatal(err)
	}
	var got scheduler.Timing
	if err := json.Unmarshal(b, &got); err != nil || !reflect.DeepEqual(got, timing) {
		t.Fatalf("%s becomes %+v, %v; want %+v", b, got, err, timing)
	}
}

// TestOccurrences reads wall times: a clock in the zone shows want.
func TestOccurrences(t *testing.T) {
	const hcm, berlin = scheduler.DefaultZone, "Europe/Berlin"
	for _, c := range []struct{ zone, spec, from, until, want string }{
		{hcm, "30 5 * * *", "2026-03-01T00:00", "2026-03-03T05:31", "01T05:30 02T05:30 03T05:30"},
		{hcm, "30 5 * * *", "2026-03-01T05:30", "2026-03-02T05:30", "01T05:30"}, // from is in, until is out
		{hcm, "30 5 * * *", "2026-03-01T05:31", "2026-03-02T05:30", ""},
		{hcm, "0 17 * * FRI-SUN", "2026-03-01T00:00", "2026-03-09T00:00", "01T17:00 06T17:00 07T17:00 08T17:00"}, // the 1st is a Sunday
		{hcm, "0 5 31 * *", "2026-03-01T00:00", "2026-06-30T00:00", "31T05:00 31T05:00"},                         // April has none
		{hcm, "0 5 29 2 *", "2026-03-01T00:00", "2028-03-01T00:00", "29T05:00"},
		{hcm, "0 0 * * *", "2026-03-01T00:00", "2026-03-02T00:00", "01T00:00"},
		{berlin, "30 5 * * *", "2026-03-28T00:00", "2026-03-30T00:00", "28T05:30 29T05:30"},                  // 23 hours apart
		{berlin, "30 2 * * *", "2026-03-28T00:00", "2026-03-30T12:00", "28T02:30 29T03:00 30T02:30"},         // skipped: when the clock jumps
		{berlin, "*/30 2 * * *", "2026-03-29T00:00", "2026-03-30T00:00", "29T03:00"},                         // both skipped: once
		{berlin, "0,30 2,3 * * *", "2026-03-29T00:00", "2026-03-30T00:00", "29T03:00 29T03:30"},              // jumps to one that is due anyway
		{berlin, "30 2 * * *", "2026-03-29T03:00", "2026-03-29T04:00", "29T03:00"},                           // seen from the jump itself
		{berlin, "30 2 * * *", "2026-10-24T00:00", "2026-10-26T00:00", "24T02:30 25T02:30"},                  // repeated: once
		{berlin, "*/30 2 * * *", "2026-10-25T00:00", "2026-10-26T00:00", "25T02:00 25T02:30"},                // each once
		{berlin, "0 * * * *", "2026-10-25T01:00", "2026-10-25T05:00", "25T01:00 25T02:00 25T03:00 25T04:00"}, // two hours between 2 and 3
	} {
		zone := zoneOf(t, c.zone)
		at := func(s string) time.Time {
			got, err := time.ParseInLocation("2006-01-02T15:04", s, zone)
			if err != nil {
				t.Fatal(err)
			}
			return got
		}
		var got []string
		for _, o := range cronOf(t, c.spec).Within(at(c.from), at(c.until), zone) {
			got = append(got, o.In(zone).Format("02T15:04"))
		}
		if s := strings.Join(got, " "); s != c.want {
			t.Errorf("%q in %s from %s until %s: %s, want %s", c.spec, c.zone, c.from, c.until, s, c.want)
		}
	}
}

// TestRepeatedHourIsTheFirst pins the instant, which a wall time cannot tell.
func TestRepeatedHourIsTheFirst(t *testing.T) {
	timing, berlin := cronOf(t, "30 2 * * *"), zoneOf(t, "Europe/Berlin")
	first := time.Date(2026, 10, 25, 0, 30, 0, 0, time.UTC)
	if got := timing.Next(first.Add(-time.Hour), berlin); !got.Equal(first) {
		t.Errorf("next is %s, want the first 02:30, %s", got, first)
	}
	if got, want := timing.Next(first.Add(1), berlin), first.Add(25*time.Hour); !got.Equal(want) {
		t.Errorf("next after it is %s, want that of the day after, %s", got, want)
	}
}

// TestWithinIsAdditive draws specs and spans around clock changes.
func TestWithinIsAdditive(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	specs := []string{"30 5 * * *", "*/5 * * * *", "*/30 1-3 * * *", "0 2 * * *", "15 0,1,2,3,23 * * 7", "0 5 1 * *", "59 1 * * *"}
	changes := []int64{1774746000, 1792890000, 1775314800, 1791039600} // Berlin and Lord Howe, 2026
	for range 300 {
		from := time.Unix(changes[r.IntN(len(changes))]-r.Int64N(7*3600), r.Int64N(2)).UTC()
		keepsPromises(t, cronOf(t, specs[r.IntN(len(specs))]), from, from.Add(time.Duration(r.Int64N(int64(72*time.Hour)))), zones(t)[r.IntN(3)])
	}
}

func TestBounded(t *testing.T) {
	day := func(d int) time.Time { return time.Date(2026, 3, d, 0, 0, 0, 0, time.UTC) }
	daily, once := cronOf(t, "0 12 * * *"), scheduler.Once(day(5))
	for i, c := range []struct {
		timing scheduler.Timing
		want   int
	}{
		{daily, 9},
		{daily.Bounded(never, never), 9},
		{daily.Bounded(day(3), never), 7},
		{daily.Bounded(never, day(3)), 2},
		{daily.Bounded(day(3), day(6)), 3},
		{daily.Bounded(day(3), day(6)).Bounded(day(2), day(8)), 3}, // never wider
		{daily.Bounded(day(3), day(6)).Bounded(day(4), day(5)), 1},
		{daily.Bounded(day(3), day(3)), 0},
		{daily.Bounded(day(6), day(3)), 0},
		{once, 1},
		{once.Bounded(day(5), day(6)), 1},
		{once.Bounded(day(6), never), 0}, // it is over
		{once.Bounded(never, day(5)), 0}, // until is exclusive
		{scheduler.Timing{}, 0},
		{scheduler.Timing{}.Bounded(day(1), day(2)), 0},
	} {
		if got := c.timing.Within(day(1), day(10), time.UTC); len(got) != c.want {
			t.Errorf("case %d: occurs at %v, want %d times", i, got, c.want)
		}
		if next := c.timing.Next(day(1), time.UTC); next.IsZero() != (c.want == 0) {
			t.Errorf("case %d: next is %s", i, next)
		}
		sameThroughJSON(t, c.timing)
	}
	if got := daily.Bounded(day(6), day(3)); !got.IsZero() {
		t.Errorf("a span without time gives %+v", got)
	}
}

func TestOnce(t *testing.T) {
	hcm := zoneOf(t, scheduler.DefaultZone)
	at := time.Date(2026, 3, 2, 5, 30, 0, 7, hcm)
	once := scheduler.Once(at)
	if !once.At().Equal(at) || once.At().Location() != time.UTC || once.Spec() != "" || once.IsZero() {
		t.Errorf("once is at %s with spec %q", once.At(), once.Spec())
	}
	keepsPromises(t, once, at.Add(-time.Hour), at.Add(time.Hour), hcm)
	if got := once.Within(at, at.Add(1), hcm); len(got) != 1 {
		t.Errorf("from its instant on it occurs at %v", got)
	}
	if got := once.Next(at.Add(1), hcm); !got.IsZero() {
		t.Errorf("after it, next is %s", got)
	}
}

func TestNextThatNeverComes(t *testing.T) {
	leap := cronOf(t, "0 5 29 2 *")
	if got := leap.Next(time.Date(2097, 1, 1, 0, 0, 0, 0, time.UTC), time.UTC); !got.IsZero() {
		t.Errorf("next is %s, more than five years on (2100 is no leap year)", got)
	}
	if got := (scheduler.Timing{}).Next(never, time.UTC); !got.IsZero() {
		t.Errorf("next of nothing is %s", got)
	}
}

func TestTimingJSON(t *testing.T) {
	for _, c := range []struct{ in, out, refused string }{
		{`{}`, `{}`, ""},
		{`{"cron":"0 5 * * 7"}`, `{"cron":"0 5 * * 0"}`, ""},
		{`{"cron":"0 5 * * *","from":"2026-03-01T07:00:00+07:00"}`, `{"cron":"0 5 * * *","from":"2026-03-01T00:00:00Z"}`, ""},
		{`{"at":"2026-03-01T05:30:00+07:00"}`, `{"at":"2026-02-28T22:30:00Z"}`, ""},
		{`{"cron":"0 5 * * *","at":"2026-03-01T05:30:00Z"}`, "", "cron or at, not both"},
		{`{"cron":"61 5 * * *"}`, "", "minutes go from 0 to 59"},
		{`{"cron":"0 5 * * *","from":"2026-03-02T00:00:00Z","until":"2026-03-01T00:00:00Z"}`, "", "is not before until"},
		{`{"at":"sáng"}`, "", "parsing time"},
		{`{"cron":5}`, "", "cannot unmarshal"},
	} {
		var timing scheduler.Timing
		err := json.Unmarshal([]byte(c.in), &timing)
		if c.refused != "" {
			if err == nil || !strings.Contains(err.Error(), c.refused) {
				t.Errorf("%s: got %v, want %q", c.in, err, c.refused)
			}
			continue
		}
		if out, _ := json.Marshal(timing); err != nil || string(out) != c.out {
			t.Errorf("%s: becomes %s, %v; want %s", c.in, out, err, c.out)
		}
	}
}
