package centre

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"testing"
	"time"

	"loaphuong/devices"
	"loaphuong/scheduler"
)

// TestWhatIsOnAirStays: a publication in the middle of a window changes nothing
// of it, not even what has yet to begin, and does not plan it twice.
func TestWhatIsOnAirStays(t *testing.T) {
	b := newBench(t)
	b.publish(clock(4, 0, 0))
	before := b.expected(tanHung)
	b.record("r2-moi", 2, 3*minute)
	if got := b.publish(clock(5, 0, 30)); got != "tan-hung 2" {
		t.Fatalf("given: %s", got)
	}
	want := []string{"05:01:01 r2", "05:00:00 r1", "05:01:01 r2-moi"} // what is left of today, and tomorrow
	if got := b.ahead(tanHung, clock(5, 0, 30), days(2)-time.Hour); !slices.Equal(got, append(want, "05:00:00 r1", "05:01:01 r2-moi")[:len(got)]) {
		t.Errorf("the schedule goes on with %v, want %v", got, want)
	}
	after := b.expected(tanHung)
	for id, f := range before {
		if f.Start.Before(clock(6, 0, 0)) && after[id] != f {
			t.Errorf("%s at %v was expected and is now %+v", f.Recording, f.Start, after[id])
		}
	}
}

// TestFilesComeAsTheyAreNeeded: also those that only the window on air needs,
// whose recording has been replaced meanwhile.
func TestFilesComeAsTheyAreNeeded(t *testing.T) {
	b := newBench(t)
	b.publish(clock(4, 0, 0))
	other := b.record("r2", 2, minute) // the same recording, made anew
	other.Digest, other.Size = digestOf("r2-lai"), 4321
	other.Approval.Digest = other.Digest
	must(t, b.store.PutRecording(t.Context(), other))
	b.record("r1-moi", 1, minute)
	b.publish(clock(5, 0, 30))
	want := []devices.File{
		{Digest: digestOf("r2"), Size: sizeOf("r2")}, // in half a minute
		{Digest: digestOf("r1-moi"), Size: sizeOf("r1-moi")},
		{Digest: digestOf("r2-lai"), Size: 4321},
		{Digest: digestOf("r1"), Size: sizeOf("r1")}, // it is on air, and nothing more needs it
	}
	if got := b.held(tanHung).Files; !slices.Equal(got, want) {
		t.Errorf("files are\n%v, want\n%v", got, want)
	}
	must(t, b.held(tanHung).Check())
}

func TestTheLockHoldsAWindow(t *testing.T) {
	for _, c := range []struct {
		now  time.Time
		want string // the first item of the day
	}{
		{clock(4, 59, 50).Add(-time.Millisecond), "05:00:00 r1-moi"}, // just in time
		{clock(4, 59, 50), "05:00:00 r1-moi"},
		{clock(4, 59, 50).Add(time.Millisecond), "05:00:00 r1"}, // too late
		{clock(4, 59, 59), "05:00:00 r1"},
		{clock(5, 0, 0), "05:00:00 r1"},
	} {
		t.Run(c.now.Format("15:04:05.000"), func(t *testing.T) {
			b := newBench(t)
			b.publish(clock(4, 0, 0))
			b.record("r1-moi", 1, minute)
			b.publish(c.now)
			if got := b.ahead(tanHung, c.now, days(1)-minute); got[0] != c.want {
				t.Errorf("the day is %v, want %s first", got, c.want)
			}
		})
	}
}

// TestWithdrawal: what no longer stands in the schedule is marked where it is
// still to come, and stays as it is where it is past.
func TestWithdrawal(t *testing.T) {
	b := newBench(t)
	b.publish(clock(4, 0, 0))
	must(t, b.store.DeleteProgramme(t.Context(), "sang"))
	now := clock(5, 0, 30).Add(days(2)) // the second item of the day is still to come
	b.publish(now)
	for _, f := range b.facts(anBinh) {
		gone := f.Programme == "sang" && f.Start.After(now)
		if f.Withdrawn != gone {
			t.Errorf("%s of %s at %v: withdrawn %v", f.Recording, f.Programme, f.Start, f.Withdrawn)
		}
	}
	second := now.Truncate(time.Second).Add(31 * time.Second)
	kept := 0
	for _, f := range b.facts(tanHung) {
		past := f.Start.Before(now) || f.Start.Equal(second)
		if f.Programme == "sang" && f.Withdrawn == past {
			t.Errorf("%s at %v: withdrawn %v", f.Recording, f.Start, f.Withdrawn)
		}
		if f.Programme == "sang" && !f.Withdrawn {
			kept++
		}
	}
	if kept != 6 {
		t.Errorf("%d airings of three mornings are kept", kept)
	}
	b.window("sang", "0 5 * * *")                          // an error; it comes back
	must(t, b.store.DeleteProgramme(t.Context(), "chieu")) // where everything had found its place
	b.publish(now.Add(time.Hour))
	back := 0
	for _, f := range b.expected(tanHung) {
		if f.Programme == "sang" && f.Start.After(now.Add(days(1)-time.Hour)) {
			back++
		}
	}
	if back == 0 {
		t.Error("what was withdrawn is not expected again")
	}
}

// TestAnotherZoneInventsNothing: what 05:00 means elsewhere was never on air
// here.
func TestAnotherZoneInventsNothing(t *testing.T) {
	b := newBench(t)
	b.publish(clock(4, 0, 0))
	s := get[scheduler.Station](t)(b.store.Station(t.Context(), tanHung))
	s.Zone = "UTC"
	b.putStation(s)
	now := clock(12, 0, 30) // 05:00:30 in the new zone
	b.publish(now)
	if got := b.ahead(tanHung, now, 11*time.Hour); len(got) != 0 {
		t.Errorf("the afternoon has %v", got)
	}
	s.Zone = scheduler.DefaultZone
	b.putStation(s)
	b.publish(clock(5, 0, 30).Add(days(1))) // back again, and now it is on no air
	if got := b.ahead(tanHung, clock(5, 0, 30).Add(days(1)), minute); len(got) != 0 {
		t.Errorf("what was to be at another time has begun by itself: %v", got)
	}
}

// TestTheLedgerBalances publishes at odd moments while things change, and lets
// the station air and tell half of it. Every airing that was not planned
// otherwise in time is in the ledger once, and no topic was planned twice on a day.
func TestTheLedgerBalances(t *testing.T) {
	b := newBench(t)
	now := clock(4, 0, 0)
	for n := range 9 {
		b.record(scheduler.RecordingID(fmt.Sprint("r", n%2+1, "-", n)), n%2+1, time.Duration(n+1)*7*time.Second+time.Duration(n)*123457)
		b.publish(now)
		if n%3 == 0 {
			b.tell(now)
		}
		now = now.Add(13*time.Hour + time.Duration(n)*17*time.Minute + time.Duration(n)*333*time.Microsecond)
	}
	report := get[scheduler.AirtimeReport](t)(b.desk.Ledger.Airtime(context.Background(), scheduler.AirtimeQuery{}, now))
	all := len(b.expected(tanHung)) + len(b.expected(anBinh))
	sum := report.Total
	if states := sum.Aired + sum.Late + sum.Partial + sum.Missed + sum.Recalled + sum.Waived + sum.Unknown + sum.OnAir + sum.Upcoming; sum.Expected != all || states != all {
		t.Errorf("%d airings, %d expected, %d in states: %+v", all, sum.Expected, states, sum)
	}
	if sum.Aired == 0 || all == len(b.facts(tanHung))+len(b.facts(anBinh)) || sum.Unknown == 0 || sum.Upcoming == 0 {
		t.Errorf("the test is not about much: %+v", sum)
	}
	perDay := map[string]int{}
	for f := range maps.Values(b.expected(tanHung)) {
		perDay[f.Start.Add(7*time.Hour).Format(time.DateOnly)+fmt.Sprint(" topic ", f.Topic)]++
	}
	for day, n := range perDay {
		if n != 1 {
			t.Errorf("on %s it is planned %d times", day, n)
		}
	}
}

// tell has the station say of all that is past that it was aired.
func (b *bench) tell(now time.Time) {
	var lines []scheduler.AsRun
	previous := scheduler.Digest("")
	for _, f := range b.facts(tanHung) {
		if f.Start.Before(now) && !f.Withdrawn {
			line := aired(f.Airing, uint64(len(lines)+1), previous)
			lines, previous = append(lines, line), line.Hash()
		}
	}
	must(b.t, b.intake.take(b.t.Context(), asrun(tanHung, devices.Batch{Station: tanHung, Log: "so", Records: lines}), now))
}

// aired is a station's last word on an airing that went well.
func aired(a scheduler.Airing, number uint64, previous scheduler.Digest) scheduler.AsRun {
	return scheduler.AsRun{
		Log: "so", Number: number, Previous: previous, Kind: scheduler.AsRunEnd, Airing: a.ID, Planned: a.Start,
		At: a.Start.Add(a.Duration), Digest: a.Digest, Sounded: a.Duration, Outcome: scheduler.Aired, Evidence: scheduler.EvidenceDrained,
	}
}

// TestOfLostLinesNothingIsKnown: a line that had to make room at the station
// makes its airing unknown, not missed, and holds up nothing that comes after.
func TestOfLostLinesNothingIsKnown(t *testing.T) {
	b := newBench(t)
	b.publish(clock(4, 0, 0))
	now, facts := clock(6, 0, 0).Add(days(1)), b.facts(tanHung)
	batch := devices.Batch{
		Station: tanHung, Log: "so", Records: []scheduler.AsRun{aired(facts[1].Airing, 2, "the hash of what is lost")},
		Number: 2, Through: now, Since: facts[0].Start.Add(1), Lost: 1,
	}
	must(t, b.intake.take(t.Context(), asrun(tanHung, batch), now))
	judged := get[[]scheduler.JudgedAiring](t)(b.desk.Ledger.Airings(t.Context(), scheduler.AirtimeQuery{Station: tanHung}, now))
	for i, want := range []scheduler.State{scheduler.Unknown, scheduler.Aired, scheduler.Missed} {
		if judged[i].State != want {
			t.Errorf("airing %d is %s (%s), want %s", i, judged[i].State, judged[i].Why, want)
		}
	}
}
