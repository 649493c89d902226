package centre

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"loaphuong/devices"
	"loaphuong/scheduler"
)

// TestAShortLastItemStays, also when the whole rest of the window is shorter
// than the lock.
func TestAShortLastItemStays(t *testing.T) {
	b := newBench(t)
	b.record("r2-ngan", 2, 5*time.Second)
	b.publish(clock(4, 0, 0))
	before := b.expected(tanHung)
	b.record("r2-dai", 2, minute)
	b.publish(clock(5, 1, 0))
	if got := b.ahead(tanHung, clock(5, 1, 0), minute); !slices.Equal(got, []string{"05:01:01 r2-ngan"}) {
		t.Errorf("a second before it begins, the schedule has %v", got)
	}
	for id, f := range b.expected(tanHung) {
		if f.Start.Equal(clock(5, 1, 1)) && before[id] != f {
			t.Errorf("it is now %+v", f)
		}
	}
}

// TestWhatCountsForTheDay: an airing that was recalled is owed again in the next
// window; one that was heard or has yet to be told of is not, nor one that was
// missed: that is made good by an airing that says so.
func TestWhatCountsForTheDay(t *testing.T) {
	evening := []string{"17:00:00 r1"}
	for _, c := range []struct {
		why     string
		outcome scheduler.State // "" where the station has said nothing
		delete  bool            // the morning's programme, before it begins
		want    []string
	}{
		{"nothing was said", "", false, nil},
		{"aired", scheduler.Aired, false, nil},
		{"missed", scheduler.Missed, false, nil},
		{"recalled", "", true, evening},
	} {
		t.Run(c.why, func(t *testing.T) {
			b := newBench(t)
			b.publish(clock(4, 0, 0))
			line := aired(b.facts(anBinh)[0].Airing, 1, "")
			if c.delete {
				must(t, b.store.DeleteProgramme(t.Context(), "sang"))
				b.publish(clock(4, 10, 0))
			}
			if line.Outcome = c.outcome; c.outcome != "" {
				batch := devices.Batch{Station: anBinh, Log: "so", Records: []scheduler.AsRun{line}}
				must(t, b.intake.take(t.Context(), asrun(anBinh, batch), clock(5, 10, 0)))
			}
			b.publish(clock(6, 0, 0))
			if got := b.ahead(anBinh, clock(6, 0, 0), days(1)/2); !slices.Equal(got, c.want) {
				t.Errorf("the rest of the day has %v, want %v", got, c.want)
			}
		})
	}
}

// TestWhatBeginsNowCountsOnce, although the database rounds its instants and an
// item rarely lasts whole milliseconds.
func TestWhatBeginsNowCountsOnce(t *testing.T) {
	b := newBench(t)
	b.record("r1-le", 1, minute+300*time.Microsecond)
	twice := get[[]scheduler.Obligation](t)(b.desk.Obligations(t.Context(), "thu"))[1]
	twice.PerDay = 2
	must(t, b.store.PutObligations(t.Context(), []scheduler.Obligation{twice}))
	b.publish(clock(4, 0, 0))
	b.publish(clock(5, 1, 1).Add(200 * time.Microsecond)) // a hundred before the second item
	if got := b.ahead(tanHung, clock(6, 0, 0), days(1)/2); !slices.Equal(got, []string{"17:00:00 r2"}) {
		t.Errorf("the rest of the day has %v", got)
	}
}

// TestWindowsTooSmallForEverythingRotateAlike: with more owed than fits, a plan
// made later chooses as the earlier one did, and nobody is sent anything.
func TestWindowsTooSmallForEverythingRotateAlike(t *testing.T) {
	b := newBench(t)
	for topic := 3; topic <= 9; topic++ {
		name := fmt.Sprint("o", topic)
		b.owe(name, topic, "tinh")
		b.record(scheduler.RecordingID("r"+name), topic, 4*minute)
	}
	b.publish(clock(4, 0, 0))
	for i := range 8 {
		now := clock(6+7*i, 0, 0)
		if got := b.publish(now); got != "" {
			t.Errorf("at %s: %s", now, got)
		}
	}
}
