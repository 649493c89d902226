package centre

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"loaphuong/devices"
	"loaphuong/scheduler"
	"loaphuong/scheduler/web"
)

// atFour runs f at four in the morning of the first day, in fake time.
func atFour(t *testing.T, f func(t *testing.T, b *bench)) {
	synctest.Test(t, func(t *testing.T) {
		time.Sleep(time.Until(clock(4, 0, 0)))
		f(t, openBench(t))
	})
}

// published publishes through the desk.
func (b *bench) published() scheduler.Publication {
	b.t.Helper()
	return get[scheduler.Publication](b.t)(b.desk.Publish(b.t.Context(), "Lan"))
}

// holds has a station say that it holds a revision.
func (b *bench) holds(id scheduler.StationID, revision scheduler.Revision) {
	b.t.Helper()
	s := devices.State{Station: id, Session: "s", Online: true, At: time.Now(), Revision: revision}
	must(b.t, b.intake.take(b.t.Context(), state(id, s), time.Now()))
}

func TestADraftChangesNothing(t *testing.T) {
	atFour(t, func(t *testing.T, b *bench) {
		first := get[scheduler.Publication](t)(b.desk.Draft(t.Context()))
		if !first.DryRun || len(first.Stations) != 0 || len(first.Changes) == 0 || len(first.Promises) != 3 {
			t.Fatalf("the draft has %d stations, %d changes, %d promises", len(first.Stations), len(first.Changes), len(first.Promises))
		}
		morning := first.Changes[0]
		if !morning.At.Equal(clock(5, 0, 0)) || morning.Programme != "sang" || len(morning.Removed) != 0 {
			t.Errorf("the first change is %+v", morning)
		}
		if _, err := b.store.LatestSchedule(t.Context(), tanHung); !errors.Is(err, scheduler.ErrNotFound) {
			t.Errorf("something was published: %v", err)
		}
		if done := b.published(); given(done) != "an-binh 1, tan-hung 1" || done.By != "Lan" || len(done.Changes) != len(first.Changes) {
			t.Errorf("and then %s with %d changes by %q", given(done), len(done.Changes), done.By)
		}
		b.record("r1-moi", 1, minute)
		for _, c := range get[scheduler.Publication](t)(b.desk.Draft(t.Context())).Changes {
			if !slices.Equal(c.Added, []string{"r1-moi"}) || !slices.Equal(c.Removed, []string{"r1"}) || len(c.Stations) != 2 {
				t.Fatalf("a new recording changes %+v", c)
			}
		}
	})
}

func TestARecallReachesEveryStation(t *testing.T) {
	atFour(t, func(t *testing.T, b *bench) {
		b.published()
		time.Sleep(time.Until(clock(5, 0, 30))) // r1 is on air, r2 comes in half a minute
		got := get[scheduler.RecallStatus](t)(b.desk.Recall(t.Context(), scheduler.Recall{Directive: "thu", By: "Hùng", Why: "sai số điện thoại"}))
		if !slices.Equal(got.Outstanding, []scheduler.StationID{anBinh, tanHung}) {
			t.Errorf("outstanding are %v", got.Outstanding)
		}
		held := b.held(tanHung)
		if held.Revision != 2 || !slices.Contains(held.Recalled, digestOf("r1")) || !slices.Contains(held.Recalled, digestOf("r2")) {
			t.Errorf("schedule %d recalls %v", held.Revision, held.Recalled)
		}
		if left := b.ahead(tanHung, clock(6, 0, 0), days(3)); len(left) != 0 {
			t.Errorf("still to come: %v", left)
		}
		for _, f := range b.facts(tanHung) {
			if f.Withdrawn != f.Start.After(time.Now()) {
				t.Errorf("%s at %s is withdrawn: %v", f.Recording, f.Start, f.Withdrawn)
			}
		}
		b.holds(anBinh, 2)
		b.holds(tanHung, 1)
		all := get[[]scheduler.RecallStatus](t)(b.desk.Recalls(t.Context()))
		if len(all) != 1 || !slices.Equal(all[0].Outstanding, []scheduler.StationID{tanHung}) {
			t.Errorf("one has acknowledged: %+v", all)
		}
		sums := get[scheduler.AirtimeReport](t)(b.desk.Airtime(t.Context(), scheduler.AirtimeQuery{Until: clock(23, 0, 0)})).Total
		if sums.Recalled != 1 || !sums.Balances() { // r2 of the morning; what is on air is for the stations to tell
			t.Errorf("the day's ledger says %+v", sums)
		}
		must(t, b.desk.LiftRecall(t.Context(), got.ID, "Lan"))
		if err := b.desk.LiftRecall(t.Context(), got.ID, "Lan"); !errors.Is(err, scheduler.ErrConflict) {
			t.Errorf("lifted twice: %v", err)
		}
		b.published()
		if left := b.ahead(tanHung, clock(6, 0, 0), days(3)); len(left) == 0 {
			t.Error("what is no longer recalled is not planned again")
		}
	})
}

// TestAMissIsMadeGood by an airing that says what it makes good, on top of what
// is owed, and once.
func TestAMissIsMadeGood(t *testing.T) {
	atFour(t, func(t *testing.T, b *bench) {
		b.published()
		time.Sleep(time.Until(clock(5, 30, 0)))
		line := aired(b.facts(anBinh)[0].Airing, 1, "")
		line.Outcome, line.Sounded, line.Reason = scheduler.Missed, 0, scheduler.PowerLost
		batch := devices.Batch{Station: anBinh, Log: "so", Records: []scheduler.AsRun{line}}
		must(t, b.intake.take(t.Context(), asrun(anBinh, batch), time.Now()))
		all := get[[]scheduler.MakeGood](t)(b.desk.MakeGoods(t.Context()))
		if len(all) != 1 || all[0].Missed.ID != line.Airing || !all[0].At.Equal(clock(17, 0, 0)) || all[0].Recording != "r1" {
			t.Fatalf("proposed is %+v", all)
		}
		if _, err := b.desk.MakeGood(t.Context(), "khac", "Lan"); !errors.Is(err, scheduler.ErrNotFound) {
			t.Errorf("what was not missed: %v", err)
		}
		get[scheduler.Selection](t)(b.desk.MakeGood(t.Context(), line.Airing, "Lan"))
		if _, err := b.desk.MakeGood(t.Context(), line.Airing, "Lan"); !errors.Is(err, scheduler.ErrConflict) {
			t.Errorf("a second time: %v", err)
		}
		var makes []scheduler.AiringFacts
		for _, f := range b.expected(anBinh) {
			if f.MakesGood == line.Airing {
				makes = append(makes, f)
			}
		}
		if len(makes) != 1 || makes[0].Recording != "r1" || !makes[0].Start.Equal(clock(17, 0, 0)) {
			t.Fatalf("made good by %+v", makes)
		}
		if tomorrow := b.ahead(anBinh, clock(4, 0, 0).Add(days(1)), days(1)); !slices.Equal(tomorrow, []string{"05:00:00 r1"}) {
			t.Errorf("tomorrow has %v", tomorrow)
		}
		if got := given(b.published()); got != "" {
			t.Errorf("published again: %s", got)
		}
	})
}

func TestEveryMissIsMadeGoodByPolicy(t *testing.T) {
	atFour(t, func(t *testing.T, b *bench) {
		b.published()
		time.Sleep(time.Until(clock(5, 30, 0)))
		line := aired(b.facts(anBinh)[0].Airing, 1, "")
		line.Outcome, line.Sounded, line.Reason = scheduler.Partial, time.Second, scheduler.PowerLost
		batch := devices.Batch{Station: anBinh, Log: "so", Records: []scheduler.AsRun{line}}
		must(t, b.intake.take(t.Context(), asrun(anBinh, batch), time.Now()))
		for range 2 {
			must(t, b.desk.MakeAllGood(t.Context()))
		}
		all := get[[]scheduler.MakeGood](t)(b.desk.MakeGoods(t.Context()))
		if len(all) != 1 || all[0].By != ByPolicy || all[0].Selection == "" || b.held(anBinh).Revision != 2 {
			t.Errorf("taken up: %+v, schedule %d", all, b.held(anBinh).Revision)
		}
		lines := get[[]scheduler.AuditEntry](t)(b.desk.AuditEntries(t.Context(), scheduler.AuditFilter{By: scheduler.ByCentre}))
		if len(lines) != 2 || lines[1].Action != "make-good" || lines[1].Object != string(all[0].Missed.ID) || lines[0].Action != "publish" || lines[0].Status != 200 {
			t.Errorf("written down: %+v", lines)
		}
	})
}

func TestPlaylistsFromFiles(t *testing.T) {
	atFour(t, func(t *testing.T, b *bench) {
		load := func(name, body string, s scheduler.Selection) (web.LoadedSelection, error) {
			s.By = "Lan"
			return b.desk.LoadSelection(t.Context(), web.ListFile{Name: name, Body: strings.NewReader(body), Selection: s})
		}
		to := scheduler.Selection{Title: "Lễ", Area: "tinh", Programme: "sang", Alone: true}
		got := get[web.LoadedSelection](t)(load("le.m3u8", "#EXTM3U\n#EXTINF:60,r2\nr2\n", to))
		if !slices.Equal(got.Selection.Recordings, []scheduler.RecordingID{"r2"}) || len(got.Runs) != 5 || !got.Runs[0].Equal(clock(5, 0, 0)) {
			t.Fatalf("loaded %+v", got)
		}
		b.published()
		if morning := b.ahead(anBinh, clock(4, 0, 0), days(1)/2); !slices.Equal(morning, []string{"05:00:00 r2"}) {
			t.Errorf("the morning has %v", morning)
		}
		lost := get[web.LoadedSelection](t)(load("le.csv", "title\nr1\nkhong-co\n", to))
		if len(lost.Missing) != 1 || lost.Missing[0].Line != 3 || len(get[[]scheduler.Selection](t)(b.desk.Selections(t.Context()))) != 1 {
			t.Errorf("with a line of nothing: %+v", lost)
		}
		for why, c := range map[string]struct {
			s    scheduler.Selection
			kind error
		}{
			"no such programme": {scheduler.Selection{Title: "Lễ", Area: "tinh", Programme: "khong-co"}, scheduler.ErrNotFound},
			"no such area":      {scheduler.Selection{Title: "Lễ", Area: "khong-co", Programme: "sang"}, scheduler.ErrNotFound},
			"no time":           {scheduler.Selection{Title: "Lễ", Area: "tinh"}, scheduler.ErrInvalid},
			"no such station":   {scheduler.Selection{Title: "Lễ", Station: "khong-co", Programme: "sang"}, scheduler.ErrNotFound},
		} {
			if _, err := load("le.m3u8", "r2\n", c.s); !errors.Is(err, c.kind) {
				t.Errorf("%s: %v", why, err)
			}
		}
		must(t, b.desk.DeleteSelection(t.Context(), got.Selection.ID))
		b.published()
		if day := b.ahead(anBinh, clock(4, 0, 0), days(1)); !slices.Equal(day, []string{"17:00:00 r1"}) {
			t.Errorf("without it the day has %v: what had to give way has its place, and keeps it", day)
		}
	})
}

func TestLastWeekAgain(t *testing.T) {
	atFour(t, func(t *testing.T, b *bench) {
		b.published()
		monday := scheduler.DateOf(time.Now().In(time.FixedZone("+07", 7*3600)))
		for _, c := range []struct {
			why  string
			copy web.WeekCopy
			kind error
		}{
			{"nobody", web.WeekCopy{Area: "tinh", From: monday, To: monday.AddDays(7)}, scheduler.ErrInvalid},
			{"the same week", web.WeekCopy{Area: "tinh", From: monday, To: monday, By: "Lan"}, scheduler.ErrInvalid},
			{"no such area", web.WeekCopy{Area: "khong-co", From: monday, To: monday.AddDays(7), By: "Lan"}, scheduler.ErrNotFound},
			{"an empty week", web.WeekCopy{Area: "tinh", From: monday.AddDays(-70), To: monday.AddDays(7), By: "Lan"}, scheduler.ErrNotFound},
		} {
			if _, err := b.desk.CopyWeek(t.Context(), c.copy); !errors.Is(err, c.kind) {
				t.Errorf("%s: %v", c.why, err)
			}
		}
		made := get[[]scheduler.Selection](t)(b.desk.CopyWeek(t.Context(), web.WeekCopy{Area: "tinh", From: monday, To: monday.AddDays(7), By: "Lan"}))
		of := map[scheduler.StationID]int{}
		for _, s := range made {
			of[s.Station]++
			if s.Timing.At().Sub(clock(5, 0, 0)) < 0 || s.Programme != "sang" {
				t.Errorf("a copy of %s at %s", s.Programme, s.Timing.At())
			}
		}
		if of[tanHung] != of[anBinh] || of[tanHung] == 0 { // they differ: one has a topic more
			t.Errorf("copies by station: %v", of)
		}
	})
}

func TestWhatBoundsAPlanIsChecked(t *testing.T) {
	b := newBench(t)
	ctx := t.Context()
	rule := scheduler.Rule{ID: "hai-buoi", Area: "tinh", Bounds: scheduler.Bounds{Sessions: 2}}
	change := func(f func(*scheduler.Rule)) error {
		r := rule
		f(&r)
		return b.desk.PutRule(ctx, r)
	}
	must(t, b.desk.PutRule(ctx, rule))
	must(t, b.desk.PutHoliday(ctx, scheduler.Holiday{ID: "hoi-lang", Name: "Hội làng", Month: 3, Day: 10}))
	for _, c := range []struct {
		why  string
		err  error
		kind error
	}{
		{"no such area", change(func(r *scheduler.Rule) { r.Area = "khong-co" }), scheduler.ErrNotFound},
		{"no such letter", change(func(r *scheduler.Rule) { r.Exception, r.Directive = true, "khong-co" }), scheduler.ErrNotFound},
		{"nothing bounded", change(func(r *scheduler.Rule) { r.Sessions = 0 }), scheduler.ErrInvalid},
		{"a day that never comes", b.desk.PutHoliday(ctx, scheduler.Holiday{ID: "x", Month: 13, Day: 1}), scheduler.ErrInvalid},
		{"recall of nothing", second(b.desk.Recall(ctx, scheduler.Recall{By: "Lan", Why: "sai"})), scheduler.ErrInvalid},
		{"recall of no such recording", second(b.desk.Recall(ctx, scheduler.Recall{Recording: "khong-co", By: "Lan", Why: "sai"})), scheduler.ErrNotFound},
		{"recall of no such topic", second(b.desk.Recall(ctx, scheduler.Recall{Directive: "thu", Topic: 3, By: "Lan", Why: "sai"})), scheduler.ErrNotFound},
		{"lift nothing", b.desk.LiftRecall(ctx, "khong-co", "Lan"), scheduler.ErrNotFound},
		{"lift as nobody", b.desk.LiftRecall(ctx, "khong-co", ""), scheduler.ErrInvalid},
		{"explain no such station", second(b.desk.Explain(ctx, "khong-co", clock(5, 0, 0))), scheduler.ErrNotFound},
	} {
		if !errors.Is(c.err, c.kind) {
			t.Errorf("%s: %v, want %v", c.why, c.err, c.kind)
		}
	}
}

func second[T any](_ T, err error) error { return err }

func TestWhyItPlays(t *testing.T) {
	atFour(t, func(t *testing.T, b *bench) {
		b.published()
		time.Sleep(time.Until(clock(5, 30, 0)))
		got := get[scheduler.Explanation](t)(b.desk.Explain(t.Context(), tanHung, clock(5, 0, 30)))
		if got.Revision != 1 || got.By != "Lan" || len(got.Windows) != 1 || len(got.Windows[0].Entries) != 2 {
			t.Fatalf("explained: %+v", got)
		}
		if e := got.Windows[0].Entries[0]; e.Why != scheduler.BecauseOwed || e.Airing.State != scheduler.Unknown || e.Airing.Recording != "r1" {
			t.Errorf("the first is %+v", e)
		}
		other := get[scheduler.Explanation](t)(b.desk.Explain(t.Context(), anBinh, clock(17, 1, 0)))
		if len(other.Windows) != 1 || len(other.Windows[0].Others) != 1 || other.Windows[0].Others[0].Why != scheduler.BecauseMet {
			t.Errorf("an empty window: %+v", other.Windows)
		}
	})
}
