package plan_test

import (
	"fmt"
	"math/rand/v2"
	"reflect"
	"slices"
	"testing"
	"time"

	"loaphuong/scheduler"
	"loaphuong/scheduler/plan"
)

// honest checks what holds of every plan.
func honest(t *testing.T, in plan.Input, p plan.Plan) {
	t.Helper()
	for _, s := range in.Stations {
		for _, l := range p.Of(s.ID).Playlists {
			fits(t, in, s, l)
		}
		all := airings(in, p, s, in.From)
		for i, a := range all {
			if i > 0 && a.Start.Before(all[i-1].Start.Add(all[i-1].Duration)) {
				t.Fatalf("%s: %s at %s begins before %s ends", s.ID, a.Title, a.Start, all[i-1].Title)
			}
			quiet := func(q scheduler.QuietHours) bool { return q.Touches(a.Start.In(in.From.Location()), a.Duration) }
			if a.Class != scheduler.Emergency && slices.ContainsFunc(s.Quiet, quiet) {
				t.Fatalf("%s: %s at %s for %s in quiet hours %v", s.ID, a.Title, a.Start, a.Duration, s.Quiet)
			}
		}
	}
	for _, x := range p.Promises() {
		if x.Promised < 0 || x.Promised > x.Owed || (x.Shortfall != "") != (x.Promised < x.Owed) {
			t.Fatalf("the promise %+v does not add up", x)
		}
	}
	if again := made(t, in); !reflect.DeepEqual(again, p) {
		t.Fatal("a second plan of the same is another")
	}
}

// fits checks a playlist against its programme and what it may hold.
func fits(t *testing.T, in plan.Input, s scheduler.Station, l scheduler.Playlist) {
	t.Helper()
	if err := l.Check(); err != nil {
		t.Fatal(err)
	}
	i := slices.IndexFunc(in.Programmes, func(p scheduler.Programme) bool { return p.ID == l.Programme })
	if i < 0 || !in.Areas.Within(s.Area, in.Programmes[i].Area) || l.Length() > in.Programmes[i].Length {
		t.Fatalf("%s: playlist %s of %s does not fit its programme", s.ID, l.ID, l.Length())
	}
	zone := in.From.Location()
	windows := in.Programmes[i].Timing.Within(in.From, in.Until, zone)
	for _, at := range l.Timing.Within(time.Time{}.AddDate(1999, 0, 0), in.Until.AddDate(1, 0, 0), zone) {
		if !slices.Contains(windows, at) {
			t.Fatalf("%s: playlist %s at %s, which is no window of the span", s.ID, l.ID, at)
		}
	}
	topics := map[int]bool{}
	for _, e := range l.Entries {
		r := in.Recordings[slices.IndexFunc(in.Recordings, func(r scheduler.Recording) bool { return r.ID == e.Recording })]
		if !r.Approved() || e.Digest != r.Approval.Digest || e.Duration != r.Duration || e.Topic != r.Topic || e.Approver != r.Approval.By {
			t.Fatalf("%s: entry %+v is not the approved recording %+v whole", s.ID, e, r)
		}
		if topics[e.Topic] {
			t.Fatalf("%s: topic %d is twice in playlist %s", s.ID, e.Topic, l.ID)
		}
		topics[e.Topic] = true
	}
}

// TestEveryPlanIsHonest draws worlds in which much does not fit.
func TestEveryPlanIsHonest(t *testing.T) {
	placed := 0
	for seed := range uint64(200) {
		in := drawn(t, seed)
		p := made(t, in)
		honest(t, in, p)
		countsAreTrue(t, in, p)
		for _, x := range p.Promises() {
			placed += x.Promised
		}
		if t.Failed() {
			t.Fatalf("seed %d", seed)
		}
	}
	if placed < 1000 {
		t.Errorf("only %d airings were placed: the worlds are too poor to prove anything", placed)
	}
}

// countsAreTrue holds the promise for a topic that is owed once against the
// airings that are there.
func countsAreTrue(t *testing.T, in plan.Input, p plan.Plan) {
	t.Helper()
	for _, s := range in.Stations {
		there := map[int]int{}
		for _, a := range airings(in, p, s, in.From) {
			there[a.Topic]++
		}
		promised, times := map[int]int{}, map[int]int{}
		for _, x := range p.Promises() {
			if x.Station == s.ID {
				promised[x.Topic] += x.Promised
				times[x.Topic]++
			}
		}
		for topic, n := range there {
			if times[topic] == 1 && promised[topic] != n || times[topic] == 0 {
				t.Errorf("%s: topic %d is aired %d times and promised %d", s.ID, topic, n, promised[topic])
			}
		}
	}
}

// roomy is a drawn world with windows for everything, none of which overlap or
// go over midnight.
func roomy(t *testing.T, seed uint64) plan.Input {
	in := drawn(t, seed)
	in.From, in.Until = monday(t), monday(t).AddDate(0, 0, 14)
	in.Programmes = nil
	for i, spec := range []string{"0 5 * * *", "30 11 * * *", "0 17 * * *"} {
		in.Programmes = append(in.Programmes, programme(t, scheduler.ProgrammeID(fmt.Sprint("p", i)), spec, 4*time.Hour))
	}
	for i := range in.Stations {
		in.Stations[i].Quiet = nil
	}
	return in
}

// TestPlanAgainKeepsTheNames plans again from a later instant: what is to come
// keeps its names as long as everything fits, and so nothing is withdrawn.
func TestPlanAgainKeepsTheNames(t *testing.T) {
	for seed := range uint64(30) {
		in := roomy(t, seed)
		first := made(t, in)
		for _, c := range []struct{ later, running time.Duration }{
			{10 * time.Hour, 0}, {24 * time.Hour, 0}, {58 * time.Hour, 0}, {130 * time.Hour, 0}, {7 * 24 * time.Hour, 0}, {202 * time.Hour, 0},
			{5*time.Hour + time.Minute, 5 * time.Hour}, // within a window
		} {
			again := in
			again.From = in.From.Add(c.later)
			to := again.From.Add(c.running) // the window on air plays to its end
			for _, s := range in.Stations {
				again.Kept = append(again.Kept, scheduler.Airings(s.ID, in.From.Location(), first.Of(s.ID).Playlists, again.From.AddDate(0, 0, -8), to)...)
			}
			second := made(t, again)
			for _, s := range in.Stations {
				if got, want := airings(again, second, s, again.From), airings(in, first, s, to); !slices.Equal(got, want) {
					t.Fatalf("seed %d, %s later at %s: %d airings, before %d, or others", seed, c.later, s.ID, len(got), len(want))
				}
			}
			honest(t, again, second)
		}
	}
}

// TestOneMoreProgrammePromisesNoLess holds where items are of one length; with
// others, a window more may let in a long item that keeps out several short.
func TestOneMoreProgrammePromisesNoLess(t *testing.T) {
	sum := func(p plan.Plan) (n int) {
		for _, x := range p.Promises() {
			n += x.Promised
		}
		return n
	}
	for seed := range uint64(30) {
		r := rand.New(rand.NewPCG(seed, 1))
		in := roomy(t, seed)
		for i := range in.Recordings {
			in.Recordings[i].Duration = 5 * time.Minute
		}
		for i := range in.Programmes {
			in.Programmes[i].Length = time.Duration(1+r.IntN(25)) * time.Minute
		}
		all := in.Programmes
		r.Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
		last := 0
		for n := range len(all) + 1 {
			in.Programmes = all[:n]
			p := made(t, in)
			if got := sum(p); got < last {
				t.Fatalf("seed %d: with %d programmes %d airings are promised, with one less %d", seed, n, got, last)
			} else {
				last = got
			}
			honest(t, in, p)
		}
	}
}
