package plan_test

import (
	"fmt"
	"math/rand/v2"
	"runtime"
	"testing"
	"time"

	"loaphuong/scheduler"
	"loaphuong/scheduler/plan"
)

// province is a province of so many communes with a station each: 200
// obligations, 3 programmes of 30 minutes a day, four weeks, and some communes
// with programmes and obligations of their own.
func province(t testing.TB, stations, owners int) plan.Input {
	r := rand.New(rand.NewPCG(1, 2))
	in := world(t)
	in.Until = in.From.AddDate(0, 0, 28)
	areas := []scheduler.Area{{ID: "tinh"}}
	in.Stations = nil
	for i := range stations {
		area := scheduler.AreaID(fmt.Sprint("xa-", i))
		areas = append(areas, scheduler.Area{ID: area, Parent: "tinh"})
		in.Stations = append(in.Stations, scheduler.Station{ID: scheduler.StationID(fmt.Sprint("dai-", i)), Area: area, Zone: scheduler.DefaultZone})
	}
	var err error
	if in.Areas, err = scheduler.NewTree(areas); err != nil {
		t.Fatal(err)
	}
	for i, spec := range []string{"0 5 * * *", "30 11 * * *", "0 17 * * *"} {
		in.Programmes = append(in.Programmes, programme(t, scheduler.ProgrammeID(fmt.Sprint("p", i)), spec, 30*time.Minute))
	}
	for n := range 200 {
		o := owed(t, n+1, r.IntN(3))
		o.From, o.Until = day(t, r.IntN(20)-10), day(t, 10+r.IntN(30))
		if o.PerDay == 0 {
			o.PerWeek = 1 + r.IntN(5)
		}
		if n%8 == 0 {
			o.Class = scheduler.Priority
		}
		if n < owners {
			o.Area = scheduler.AreaID(fmt.Sprint("xa-", n))
		}
		in.Obligations = append(in.Obligations, o)
		in.Recordings = append(in.Recordings, recorded(n+1, time.Duration(45+r.IntN(240))*time.Second))
	}
	for i := range owners {
		p := programme(t, scheduler.ProgrammeID(fmt.Sprint("rieng-", i)), "45 18 * * *", 15*time.Minute)
		p.Area = scheduler.AreaID(fmt.Sprint("xa-", i))
		in.Programmes = append(in.Programmes, p)
	}
	return in
}

// BenchmarkProvince plans 500 stations in ten groups for four weeks.
func BenchmarkProvince(b *testing.B) {
	in := province(b, 500, 9)
	b.ReportAllocs()
	for b.Loop() {
		p := made(b, in)
		b.ReportMetric(float64(len(p.Groups)), "groups")
	}
}

// BenchmarkAgain plans a province again a day later, with what was published as
// held.
func BenchmarkAgain(b *testing.B) {
	in := province(b, 500, 9)
	first := made(b, in)
	in.From, in.Until = in.From.AddDate(0, 0, 1), in.Until.AddDate(0, 0, 1)
	in.Held = map[scheduler.StationID][]scheduler.Playlist{}
	for _, s := range in.Stations {
		in.Held[s.ID] = first.Of(s.ID).Playlists
		in.Kept = append(in.Kept, scheduler.Airings(s.ID, in.From.Location(), first.Of(s.ID).Playlists, in.From.AddDate(0, 0, -1), in.From)...)
	}
	b.ReportAllocs()
	for b.Loop() {
		made(b, in)
	}
}

// BenchmarkStations shows what more stations cost.
func BenchmarkStations(b *testing.B) {
	for _, n := range []int{500, 2000, 10000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			in := province(b, n, 9)
			b.ReportAllocs()
			for b.Loop() {
				p := made(b, in)
				b.ReportMetric(float64(len(p.Promises())), "promises")
			}
			var m runtime.MemStats
			runtime.ReadMemStats(&m)
			b.ReportMetric(float64(m.Sys)/(1<<20), "MiB")
		})
	}
}

// BenchmarkExpandYear lists the airings of a station in a year.
func BenchmarkExpandYear(b *testing.B) {
	in := province(b, 1, 0)
	lists := made(b, in).Of("dai-0").Playlists
	for i := range lists {
		timing, err := scheduler.Cron(lists[i].Timing.Spec(), time.Time{}, time.Time{})
		if err != nil {
			b.Fatal(err)
		}
		lists[i].Timing = timing
	}
	lists = lists[:3]
	b.ReportAllocs()
	n := 0
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	for b.Loop() {
		n += len(scheduler.Airings("dai-0", in.From.Location(), lists, in.From, in.From.AddDate(1, 0, 0)))
	}
	runtime.ReadMemStats(&after)
	b.ReportMetric(float64(n)/b.Elapsed().Seconds(), "airings/s")
	b.ReportMetric(float64(after.Mallocs-before.Mallocs)/float64(n), "allocs/airing")
}
