package plan_test

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"loaphuong/scheduler"
	"loaphuong/scheduler/plan"
)

// monday is the day the plans of these tests begin, at midnight in the
// stations' zone.
func monday(t testing.TB) time.Time {
	zone, err := time.LoadLocation(scheduler.DefaultZone)
	if err != nil {
		t.Fatal(err)
	}
	return time.Date(2026, 3, 2, 0, 0, 0, 0, zone)
}

func day(t testing.TB, n int) scheduler.Date { return scheduler.DateOf(monday(t).AddDate(0, 0, n)) }

// world is one station in a commune of a province, and a week to plan.
func world(t testing.TB) plan.Input {
	areas, err := scheduler.NewTree([]scheduler.Area{{ID: "tinh"}, {ID: "xa", Parent: "tinh"}, {ID: "xa-khac", Parent: "tinh"}})
	if err != nil {
		t.Fatal(err)
	}
	return plan.Input{
		From: monday(t), Until: monday(t).AddDate(0, 0, 7), Areas: areas,
		Stations: []scheduler.Station{{ID: "tan-hung", Area: "xa", Zone: scheduler.DefaultZone}},
	}
}

func programme(t testing.TB, id scheduler.ProgrammeID, spec string, length time.Duration) scheduler.Programme {
	timing, err := scheduler.Cron(spec, time.Time{}, time.Time{})
	if err != nil {
		t.Fatal(err)
	}
	return scheduler.Programme{ID: id, Name: string(id), Area: "tinh", Timing: timing, Length: length, Class: scheduler.Ordinary, Grace: scheduler.DefaultGrace}
}

// owed is what the commune owes topic n of the letter, all the week, unless the
// changes say otherwise.
func owed(t testing.TB, n, perDay int, changes ...func(*scheduler.Obligation)) scheduler.Obligation {
	o := scheduler.Obligation{ID: fmt.Sprint("o", n), Directive: "letter", Topic: n, Area: "tinh", From: day(t, -30), Until: day(t, 60), PerDay: perDay}
	for _, change := range changes {
		change(&o)
	}
	return o
}

// recorded is the approved recording of topic n.
func recorded(n int, length time.Duration) scheduler.Recording {
	name := fmt.Sprint("r", n)
	r := scheduler.Recording{
		ID: scheduler.RecordingID(name), Title: name, Directive: "letter", Topic: n, Duration: length,
		Digest: scheduler.DigestOf([]byte(name)), Created: time.Unix(1e9, 0).UTC(),
	}
	r.Approval = scheduler.Approval{By: "Hùng", Digest: r.Digest}
	return r
}

func made(t testing.TB, in plan.Input) plan.Plan {
	t.Helper()
	p, err := plan.Make(in)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// airings expands the plan of a station from an instant to the end of the span.
func airings(in plan.Input, p plan.Plan, s scheduler.Station, from time.Time) []scheduler.Airing {
	return scheduler.Airings(s.ID, in.From.Location(), p.Of(s.ID).Playlists, from, in.Until.Add(scheduler.MaxLength))
}

// heard lists the windows of the first station with their topics: "Mon 05:00 1 2".
func heard(in plan.Input, p plan.Plan) []string {
	windows := map[time.Time]string{}
	for _, l := range p.Of(in.Stations[0].ID).Playlists {
		for _, at := range l.Timing.Within(in.From, in.Until, in.From.Location()) {
			windows[at] = at.In(in.From.Location()).Format("Mon 15:04")
			for _, e := range l.Entries {
				windows[at] += fmt.Sprint(" ", e.Topic)
			}
		}
	}
	var list []string
	for _, at := range slices.SortedFunc(maps.Keys(windows), time.Time.Compare) {
		list = append(list, windows[at])
	}
	return list
}

// drawn is a world of random size in which much does not fit.
func drawn(t testing.TB, seed uint64) plan.Input {
	r := rand.New(rand.NewPCG(seed, 0))
	in := world(t)
	in.From = in.From.Add(time.Duration(r.IntN(3*24)) * time.Hour)
	in.Until = in.From.Add(time.Duration(1+r.IntN(12*24)) * time.Hour)
	in.Stations = append(in.Stations, scheduler.Station{ID: "khac", Area: "xa-khac", Zone: scheduler.DefaultZone})
	for i := range in.Stations {
		for range r.IntN(3) {
			in.Stations[i].Quiet = append(in.Stations[i].Quiet, scheduler.QuietHours{From: r.IntN(24 * 60), Until: r.IntN(24 * 60)})
		}
	}
	specs := []string{"0 5 * * *", "30 11 * * *", "0 17 * * *", "15 5 * * MON-FRI", "*/20 6-7 * * *", "50 23 * * *", "0 17 * * 7"}
	for i, spec := range specs {
		if r.IntN(2) == 0 {
			p := programme(t, scheduler.ProgrammeID(fmt.Sprint("p", i)), spec, time.Duration(1+r.IntN(40))*time.Minute)
			p.Area = []scheduler.AreaID{"tinh", "xa", "xa-khac"}[r.IntN(3)]
			in.Programmes = append(in.Programmes, p)
		}
	}
	for n := range 1 + r.IntN(8) {
		in.Obligations = append(in.Obligations, drawnObligation(t, r, n+1))
		if r.IntN(6) == 0 { // owed twice over
			in.Obligations = append(in.Obligations, drawnObligation(t, r, n+1))
		}
		in.Recordings = append(in.Recordings, drawnRecordings(r, n+1)...)
	}
	return in
}

func drawnObligation(t testing.TB, r *rand.Rand, n int) scheduler.Obligation {
	o := owed(t, n, r.IntN(4))
	o.Area = []scheduler.AreaID{"tinh", "tinh", "xa"}[r.IntN(3)]
	o.From, o.Until = day(t, r.IntN(8)-4), day(t, r.IntN(12))
	if o.PerDay == 0 {
		o.PerWeek = 1 + r.IntN(9)
	}
	if r.IntN(3) == 0 {
		o.Weekdays = []time.Weekday{time.Weekday(r.IntN(3)), time.Weekday(3 + r.IntN(4))}
	}
	return o
}

// drawnRecordings are none, one or several of a topic, approved or not.
func drawnRecordings(r *rand.Rand, n int) (all []scheduler.Recording) {
	for i := range r.IntN(4) {
		rec := recorded(n, time.Second+time.Duration(r.IntN(1200))*time.Second+time.Duration(r.IntN(1e9)))
		rec.ID += scheduler.RecordingID(fmt.Sprint("-", i))
		rec.Digest = scheduler.DigestOf([]byte(rec.ID))
		rec.Created = rec.Created.Add(time.Duration(r.IntN(3)) * time.Hour)
		if r.IntN(4) > 0 {
			rec.Approval.Digest = rec.Digest
		} // else the audio has changed since
		all = append(all, rec)
	}
	return all
}
