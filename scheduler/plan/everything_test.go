package plan_test

import (
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"loaphuong/scheduler"
	"loaphuong/scheduler/plan"
)

// everything is a world that uses every word there is: running orders, rules,
// holidays, languages, selections, recalls, classes, what was kept and what is
// held.
func everything(t testing.TB, seed uint64) plan.Input {
	r := rand.New(rand.NewPCG(seed, 11))
	in := drawn(t, seed)
	in.Until = in.From.Add(time.Duration(24+r.IntN(9*24)) * time.Hour)
	in.Stations = append(in.Stations, scheduler.Station{ID: "nghi", Area: "xa", Retired: r.IntN(2) == 0}, scheduler.Station{ID: "ban", Area: "xa"})
	in.Holidays = scheduler.Calendar{{ID: "le", Name: "Lễ", Month: 3, Day: 4 + r.IntN(5), Days: 1 + r.IntN(2)}}
	for i := range in.Recordings {
		in.Recordings[i].Language = []string{"vi", "vi", "vi", "rad"}[r.IntN(4)]
	}
	for i := range in.Stations {
		if r.IntN(3) == 0 {
			in.Stations[i].Languages = [][]string{{"rad", "vi"}, {"vi"}}[r.IntN(2)]
		}
	}
	extras := drawnExtras(r)
	for i := range in.Programmes {
		dressed(r, &in.Programmes[i], extras)
	}
	for i := range in.Obligations {
		dressedObligation(r, &in.Obligations[i])
	}
	for n := range r.IntN(4) {
		in.Rules = append(in.Rules, drawnRule(t, r, n))
	}
	in.Recordings = append(in.Recordings, extras...)
	for n := range r.IntN(5) {
		in.Selections = append(in.Selections, drawnSelection(t, r, in, n))
	}
	if r.IntN(3) == 0 {
		in.Recalls = append(in.Recalls, scheduler.Recall{ID: "thu", Directive: "letter", Topic: 1 + r.IntN(6)})
	}
	if r.IntN(3) == 0 {
		in.Recalls = append(in.Recalls, scheduler.Recall{ID: "thu-2", Recording: "nhac-1", LiftedBy: []string{"", "Hùng"}[r.IntN(2)]})
	}
	return in
}

// drawnExtras are tunes and music, of no letter; the last is not approved.
func drawnExtras(r *rand.Rand) (all []scheduler.Recording) {
	for i := range 5 {
		x := recorded(100+i, time.Duration(5+r.IntN(90))*time.Second+time.Duration(r.IntN(1e9)))
		x.ID, x.Directive, x.Topic = scheduler.RecordingID(fmt.Sprint("nhac-", i)), "", 0
		if i == 4 {
			x.Approval = scheduler.Approval{}
		}
		all = append(all, x)
	}
	return all
}

// dressed gives a programme more than a window.
func dressed(r *rand.Rand, p *scheduler.Programme, extras []scheduler.Recording) {
	some := func() []scheduler.RecordingID { return []scheduler.RecordingID{extras[r.IntN(len(extras))].ID} }
	p.Holidays = []scheduler.HolidayUse{scheduler.AnyDay, scheduler.AnyDay, scheduler.NoOnHolidays, scheduler.OnHolidays}[r.IntN(4)]
	p.Class = []scheduler.Class{scheduler.Ordinary, scheduler.Priority, scheduler.Ordinary, scheduler.Emergency}[r.IntN(4)]
	p.Language = []string{"", "", "", "vi", "rad"}[r.IntN(5)]
	music := func() {
		if r.IntN(3) == 0 {
			p.Order = append(p.Order, scheduler.Piece{Kind: scheduler.Music, Recordings: append(some(), some()...), Length: time.Duration(r.IntN(3)) * time.Minute})
		}
	}
	if r.IntN(2) == 0 {
		p.Order = []scheduler.Piece{{Kind: scheduler.Tune, Recordings: append(some(), some()...)}}
		if r.IntN(3) == 0 {
			p.Order = append(p.Order, scheduler.Piece{Kind: scheduler.RelayTime, Length: time.Duration(1+r.IntN(10)) * time.Minute})
		}
		music()
		p.Order = append(p.Order, scheduler.Piece{Kind: scheduler.Items})
		music()
		p.Order = append(p.Order, scheduler.Piece{Kind: scheduler.Closing, Recordings: some()})
	}
}

func dressedObligation(r *rand.Rand, o *scheduler.Obligation) {
	o.Class = []scheduler.Class{"", scheduler.Ordinary, scheduler.Priority}[r.IntN(3)]
	if r.IntN(5) == 0 {
		o.Language = []string{"vi", "rad"}[r.IntN(2)]
	}
	if r.IntN(4) == 0 {
		o.Hours = []scheduler.TimeOfDay{scheduler.TimeOfDay(r.IntN(24 * 60))}
	}
	if r.IntN(8) == 0 {
		o.MinutesPerDay = 1 + r.IntN(40)
	}
}

func drawnRule(t testing.TB, r *rand.Rand, n int) scheduler.Rule {
	u := scheduler.Rule{ID: scheduler.RuleID(fmt.Sprint("q", n)), Area: []scheduler.AreaID{"tinh", "xa"}[r.IntN(2)], Exception: r.IntN(5) == 0}
	for range 1 + r.IntN(2) {
		switch r.IntN(6) {
		case 0:
			u.Sessions = 1 + r.IntN(4)
		case 1:
			u.SessionLength = time.Duration(1+r.IntN(30)) * time.Minute
		case 2:
			u.DayLength = time.Duration(5+r.IntN(60)) * time.Minute
		case 3:
			u.Spacing = time.Duration(1+r.IntN(900)) * time.Minute
		case 4:
			u.Bounds.Quiet = []scheduler.QuietHours{{From: r.IntN(24 * 60), Until: r.IntN(24 * 60)}}
		case 5:
			u.Silent = true
		}
	}
	if u.Silent || r.IntN(2) == 0 {
		u.Weekdays = []time.Weekday{time.Weekday(r.IntN(7)), time.Weekday(r.IntN(7))}
	}
	if r.IntN(3) == 0 {
		u.From = day(t, r.IntN(9))
	}
	return u
}

func drawnSelection(t testing.TB, r *rand.Rand, in plan.Input, n int) scheduler.Selection {
	s := scheduler.Selection{ID: scheduler.SelectionID(fmt.Sprint("chon-", n)), Title: "Chọn", Area: "tinh", By: "Lan", Alone: r.IntN(3) == 0}
	if r.IntN(3) == 0 {
		s.Station = "tan-hung"
	}
	for range 1 + r.IntN(3) {
		s.Recordings = append(s.Recordings, in.Recordings[r.IntN(len(in.Recordings))].ID)
	}
	if r.IntN(3) == 0 {
		s.MakesGood = scheduler.AiringID(fmt.Sprint("hong-", n))
	}
	if len(in.Programmes) > 0 && r.IntN(2) == 0 {
		s.Programme = in.Programmes[r.IntN(len(in.Programmes))].ID
		return s
	}
	s.Length, s.Class = time.Duration(1+r.IntN(30))*time.Minute, scheduler.Ordinary
	if s.Timing = scheduler.Once(in.From.Add(time.Duration(r.IntN(5*24*60)) * time.Minute)); r.IntN(2) == 0 {
		s.Timing = programme(t, "x", "10 5 * * *", time.Minute).Timing
	}
	return s
}

// later is the world some time on: what was planned is held, and what was to be
// on air by then is kept.
func later(in plan.Input, p plan.Plan, by time.Duration) plan.Input {
	next := in
	next.From, next.Until = in.From.Add(by), in.Until.Add(by)
	next.Held, next.Kept = map[scheduler.StationID][]scheduler.Playlist{}, nil
	for _, s := range in.Stations {
		next.Held[s.ID] = p.Of(s.ID).Playlists
		for _, a := range scheduler.Airings(s.ID, in.From.Location(), p.Of(s.ID).Playlists, in.From, in.Until.Add(scheduler.MaxLength)) {
			if windowOf(a, p.Of(s.ID).Playlists).Before(next.From) {
				next.Kept = append(next.Kept, a)
			}
		}
	}
	return next
}

// windowOf is when the window of an airing begins, by the playlist that it is of.
func windowOf(a scheduler.Airing, lists []scheduler.Playlist) time.Time {
	for _, l := range lists {
		if l.ID == a.Playlist {
			return a.Start.Add(-l.Entries[a.Entry].Offset)
		}
	}
	return a.Start
}
