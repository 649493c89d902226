package centre

import (
	"errors"
	"math"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"loaphuong/devices"
	"loaphuong/scheduler"
	"loaphuong/scheduler/store"
)

func TestFirstPublication(t *testing.T) {
	b := newBench(t)
	now := clock(4, 0, 0)
	if got := b.publish(now); got != "an-binh 1, tan-hung 1" {
		t.Fatalf("given: %s", got)
	}
	sent := b.schedules(tanHung, now)
	if len(sent) != 1 || sent[0].Revision != 1 || !sent[0].Issued.Equal(now) || !sent[0].Lease.Equal(now.Add(lease)) || sent[0].Volume != 80 {
		t.Fatalf("the station was sent %+v", sent)
	}
	if got := b.ahead(tanHung, now, days(1)); !slices.Equal(got, []string{"05:00:00 r1", "05:01:01 r2"}) {
		t.Errorf("the first day has %v", got)
	}
	if got := len(b.expected(tanHung)); got != 28 {
		t.Errorf("%d airings are expected of two topics in two weeks", got)
	}
	if kept := get[store.Published](t)(b.store.LatestSchedule(t.Context(), tanHung)); kept.By != "Lan" || !kept.At.Equal(now) {
		t.Errorf("kept as published by %q at %v", kept.By, kept.At)
	}
}

func TestNothingChangedPublishesNothing(t *testing.T) {
	b := newBench(t)
	b.publish(clock(4, 0, 0))
	b.heard(tanHung)
	for _, now := range []time.Time{
		clock(4, 0, 0),
		clock(4, 59, 49),              // the window is not locked yet
		clock(4, 59, 50),              // now it is
		clock(5, 0, 0),                // it begins
		clock(5, 0, 30),               // the first item is on air
		clock(5, 1, 1),                // the second begins
		clock(5, 2, 2),                // all is over
		clock(16, 59, 55),             // an empty window
		clock(5, 0, 30).Add(days(3)),  // three days later
		clock(4, 0, 0).Add(lease / 2), // half of the lease is left
	} {
		if got := b.publish(now); got != "" {
			t.Errorf("publishing at %v gave %s", now, got)
		}
	}
}

func TestOnlyAffectedStationsGetARevision(t *testing.T) {
	b := newBench(t)
	b.publish(clock(4, 0, 0))
	b.heard(anBinh)
	b.record("r2-moi", 2, minute)
	if got := b.publish(clock(4, 10, 0)); got != "tan-hung 2" {
		t.Errorf("given: %s", got)
	}
	if got := b.heard(anBinh); len(got) != 0 {
		t.Errorf("the other station was sent %d messages", len(got))
	}
	if got := b.ahead(tanHung, clock(4, 10, 0), days(1)); !slices.Equal(got, []string{"05:00:00 r1", "05:01:01 r2-moi"}) {
		t.Errorf("the first day has %v", got)
	}
}

func TestWhatAStationIsMakesARevision(t *testing.T) {
	for name, change := range map[string]func(*scheduler.Station){
		"volume": func(s *scheduler.Station) { s.Volume = 40 },
		"quiet":  func(s *scheduler.Station) { s.Quiet = []scheduler.QuietHours{{From: 22 * 60, Until: 4 * 60}} },
		"area":   func(s *scheduler.Station) { s.Area = "xa-b" },
		"zone":   func(s *scheduler.Station) { s.Zone = "Asia/Bangkok" }, // the same instants
	} {
		t.Run(name, func(t *testing.T) {
			b := newBench(t)
			b.publish(clock(4, 0, 0))
			s := get[scheduler.Station](t)(b.store.Station(t.Context(), tanHung))
			change(&s)
			b.putStation(s)
			if got := b.publish(clock(4, 10, 0)); got != "tan-hung 2" {
				t.Errorf("given: %s", got)
			}
			if got := b.publish(clock(4, 20, 0)); got != "" {
				t.Errorf("and then once more: %s", got)
			}
			held := b.held(tanHung)
			if held.Volume != s.Volume || !slices.Equal(held.Quiet, s.Quiet) || held.Zone != s.Zone {
				t.Errorf("the schedule has volume %d, quiet %v, zone %s", held.Volume, held.Quiet, held.Zone)
			}
		})
	}
}

func TestRenewalKeepsAirings(t *testing.T) {
	b := newBench(t)
	b.publish(clock(4, 0, 0))
	before := b.expected(tanHung)
	half := clock(4, 0, 0).Add(lease / 2)
	for _, c := range []struct {
		at   time.Time
		want scheduler.Revision
	}{
		{half, 1},                         // just enough
		{half.Add(time.Second), 2},        // less than half is left
		{half.Add(90 * time.Minute), 2},   // on the day itself, nothing more
		{half.Add(lease/2 + minute), 3},   // and again
		{half.Add(lease/2 + 2*minute), 3}, // once
	} {
		must(t, b.publisher.Renew(t.Context(), at(c.at)))
		if got := b.held(tanHung).Revision; got != c.want {
			t.Errorf("at %v the revision is %d, want %d", c.at, got, c.want)
		}
	}
	after := b.expected(tanHung)
	for id, f := range before {
		if after[id] != f {
			t.Errorf("%s at %v is now %+v", f.Recording, f.Start, after[id])
		}
	}
	if len(after) <= len(before) {
		t.Error("a renewal expects nothing new")
	}
}

func TestRenewalLeavesAloneWhatNobodyPublished(t *testing.T) {
	b := newBench(t)
	must(t, b.publisher.Renew(t.Context(), at(clock(4, 0, 0))))
	if len(b.facts(tanHung)) != 0 {
		t.Error("a renewal published by itself")
	}
}

func TestResend(t *testing.T) {
	b := newBench(t)
	b.broker.Cut(devices.CentreName)
	now := clock(4, 0, 0)
	if got := b.publish(now); got != "an-binh 1, tan-hung 1" {
		t.Fatalf("with the link down, given: %s", got)
	}
	must(t, b.publisher.Resend(t.Context(), tanHung, 0, now)) // does not get through either
	b.broker.Restore(devices.CentreName)
	<-b.up
	if got := b.heard(tanHung); len(got) != 0 {
		t.Fatalf("%d messages came before the station spoke", len(got))
	}
	for _, c := range []struct {
		after time.Duration
		id    scheduler.StationID
		holds scheduler.Revision
		want  int
	}{
		{0, tanHung, 1, 0},
		{0, tanHung, 2, 0}, // newer than we know
		{0, tanHung, 0, 1},
		{time.Second, tanHung, 0, 0},             // it has just been sent, and was refused
		{time.Second, anBinh, 0, 1},              // another is another matter
		{patience, tanHung, 0, 1},                // but not for ever
		{patience - time.Hour, tanHung, 0, 1},    // the clock was set back
		{patience - time.Hour, "khong-co", 0, 0}, // nothing was ever published to it
	} {
		must(t, b.publisher.Resend(t.Context(), c.id, c.holds, now.Add(c.after)))
		if c.id == "khong-co" {
			continue
		}
		if got := len(b.schedules(c.id, now)); got != c.want {
			t.Errorf("%s after it says %d at %s: %d schedules, want %d", c.id, c.holds, c.after, got, c.want)
		}
	}
}

func TestTwoWhoPublishTakeTurns(t *testing.T) {
	b := newBench(t)
	var turns sync.WaitGroup
	given := make(chan int, 4)
	for range 4 {
		turns.Go(func() {
			done, err := b.publisher.Publish(t.Context(), "Lan", at(clock(4, 0, 0)))
			if err != nil {
				t.Error(err)
			}
			given <- len(done.Stations)
		})
	}
	turns.Wait()
	if sum := <-given + <-given + <-given + <-given; sum != 2 || b.held(tanHung).Revision != 1 {
		t.Errorf("%d schedules were given, and the revision is %d", sum, b.held(tanHung).Revision)
	}
}

// TestWhoWaitsPlansFromItsTurn: a plan from an instant that has passed would
// owe windows that no station can know of.
func TestWhoWaitsPlansFromItsTurn(t *testing.T) {
	b := newBench(t)
	b.publisher.mu.Lock()
	now, asked := clock(4, 59, 0), make(chan string)
	go func() {
		done, _ := b.publisher.Publish(t.Context(), "Lan", func() time.Time { return now })
		asked <- given(done)
	}()
	now = clock(5, 30, 0) // under the lock, which the clock is read behind
	b.publisher.mu.Unlock()
	<-asked
	if got := b.ahead(tanHung, clock(4, 0, 0), 14*time.Hour); !slices.Equal(got, []string{"17:00:00 r1", "17:01:01 r2"}) {
		t.Errorf("the day has %v", got)
	}
}

func TestOneStationsTroubleIsItsOwn(t *testing.T) {
	b := newBench(t)
	b.putStation(scheduler.Station{ID: "an-an", Zone: scheduler.DefaultZone, Quiet: slices.Repeat([]scheduler.QuietHours{{From: math.MaxInt, Until: math.MaxInt}}, 60_000)})
	done, err := b.publisher.Publish(t.Context(), "Lan", at(clock(4, 0, 0)))
	if !errors.Is(err, scheduler.ErrInvalid) || !errors.Is(err, devices.ErrMessage) || !strings.Contains(err.Error(), "an-an") || !strings.Contains(err.Error(), "shorter lease") {
		t.Errorf("a schedule that no broker takes: %v", err)
	}
	if got := given(done); got != "an-binh 1, tan-hung 1" {
		t.Errorf("the others were given: %s", got)
	}
	if _, err := b.store.LatestSchedule(t.Context(), "an-an"); !errors.Is(err, scheduler.ErrNotFound) {
		t.Errorf("it was kept, though it will never arrive: %v", err)
	}
}

func TestTheLastWindowIsOwedWhole(t *testing.T) {
	b := newBench(t)
	b.publisher.Lease = days(1)
	now := clock(5, 1, 0) // the lease will end in the middle of a window
	b.publish(now)
	held := b.held(tanHung)
	zone := get[*time.Location](t)(time.LoadLocation(held.Zone))
	all := scheduler.Airings(tanHung, zone, held.Playlists, now, now.Add(days(2)))
	if len(all) != 4 || len(b.expected(tanHung)) != len(all) {
		t.Errorf("the schedule has %d airings, and %d are expected", len(all), len(b.expected(tanHung)))
	}
}

// TestOnlyWholeDaysArePromised: of the day in which the lease ends, nothing is
// owed and nothing planned; the next publication does.
func TestOnlyWholeDaysArePromised(t *testing.T) {
	b := newBench(t)
	now := clock(4, 0, 0)
	done := get[scheduler.Publication](t)(b.publisher.Publish(t.Context(), "Lan", at(now)))
	for _, p := range done.Promises {
		if want := int(lease / days(1)); p.Owed != want || p.Promised != want {
			t.Errorf("%+v, want %d", p, want)
		}
	}
}
