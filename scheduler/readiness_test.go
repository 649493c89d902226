package scheduler

import (
	"math/rand/v2"
	"reflect"
	"testing"
	"time"
)

var five = time.Date(2026, 10, 5, 10, 0, 0, 0, time.UTC)

// well is a station with which everything is as it should be.
func well() StationReport {
	return StationReport{Station: "xa-1", Phone: "0220", Heard: five.Add(-20 * time.Second), Online: true, Held: 5, Published: 5, CardOK: true, ClockOK: true, Volume: 80}
}

func codes(r Readiness) (all []ReadinessCode) {
	for _, reason := range r.Reasons {
		all = append(all, reason.Code)
	}
	return all
}

func TestJudgeReadiness(t *testing.T) {
	type codeList = []ReadinessCode
	for name, c := range map[string]struct {
		change  func(*StationReport)
		verdict Verdict
		codes   codeList
	}{
		"all is well":              {func(*StationReport) {}, VerdictReady, nil},
		"heard 90 s ago":           {func(r *StationReport) { r.Heard = five.Add(-StatePatience) }, VerdictReady, nil},
		"heard before that":        {func(r *StationReport) { r.Heard = five.Add(-StatePatience - 1) }, VerdictUnknown, codeList{IsSilent}},
		"heard in the future":      {func(r *StationReport) { r.Heard = five.Add(StatePatience + 1) }, VerdictUnknown, codeList{IsSilent}},
		"never heard":              {func(r *StationReport) { *r = StationReport{Published: 5} }, VerdictUnknown, codeList{IsNeverHeard}},
		"nothing known at all":     {func(r *StationReport) { *r = StationReport{} }, VerdictUnknown, codeList{IsNeverHeard, HasNoSchedule}},
		"offline":                  {func(r *StationReport) { r.Online = false }, VerdictNotReady, codeList{IsOffline}},
		"offline for a day":        {func(r *StationReport) { r.Online, r.Heard = false, five.Add(-24*time.Hour) }, VerdictNotReady, codeList{IsOffline}},
		"an older schedule":        {func(r *StationReport) { r.Held = 4 }, VerdictNotReady, codeList{HasOld}},
		"a newer one than is kept": {func(r *StationReport) { r.Held = 6 }, VerdictReady, nil},
		"nothing published":        {func(r *StationReport) { r.Held, r.Published = 0, 0 }, VerdictNotReady, codeList{HasNoSchedule}},
		"files missing":            {func(r *StationReport) { r.Missing = 2 }, VerdictNotReady, codeList{LacksFiles}},
		"the card is gone":         {func(r *StationReport) { r.CardOK, r.CardErr = false, "no such device" }, VerdictNotReady, codeList{LostCard}},
		"the clock is not set":     {func(r *StationReport) { r.ClockOK = false }, VerdictNotReady, codeList{ClockUnset}},
		"the disk is full":         {func(r *StationReport) { r.DiskLow = true }, VerdictNotReady, codeList{DiskFull}},
		"muted":                    {func(r *StationReport) { r.Volume = 0 }, VerdictNotReady, codeList{IsMuted}},
		"log lines lost":           {func(r *StationReport) { r.Lost = 7 }, VerdictNotReady, codeList{LostLines}},
		"silent with no card":      {func(r *StationReport) { r.Heard, r.CardOK = five.Add(-time.Hour), false }, VerdictUnknown, codeList{IsSilent, LostCard}},
	} {
		r := well()
		c.change(&r)
		got := Window{Programme: "chieu", Start: five.Add(time.Hour)}.Judge(r, five)
		if got.Verdict != c.verdict || !reflect.DeepEqual(codes(got), c.codes) {
			t.Errorf("%s: %s %v, want %s %v", name, got.Verdict, codes(got), c.verdict, c.codes)
		}
		if got.Programme != "chieu" || got.Phone != r.Phone || !got.LastHeard.Equal(r.Heard) {
			t.Errorf("%s: %+v", name, got)
		}
	}
}

// TestNeverReadyOnLess: whatever of a good report is taken away, however many
// things at once, and however old it is, the station is not ready any more.
func TestNeverReadyOnLess(t *testing.T) {
	take := []func(*StationReport){
		func(r *StationReport) { r.Heard = time.Time{} },
		func(r *StationReport) { r.Heard = five.Add(-StatePatience - 1 - rand.N(1000*time.Hour)) },
		func(r *StationReport) { r.Online = false },
		func(r *StationReport) { r.Held = 0 },
		func(r *StationReport) { r.Published = 0 },
		func(r *StationReport) { r.CardOK = false },
		func(r *StationReport) { r.ClockOK = false },
		func(r *StationReport) { r.Volume = 0 },
	}
	for set := 1; set < 1<<len(take); set++ {
		r := well()
		for i, f := range take {
			if set&(1<<i) != 0 {
				f(&r)
			}
		}
		got := Window{}.Judge(r, five)
		if got.Verdict == VerdictReady || len(got.Reasons) == 0 {
			t.Fatalf("%+v is ready", r)
		}
	}
}

func TestRedList(t *testing.T) {
	all := []Readiness{{Station: "a", Verdict: VerdictReady}, {Station: "b", Verdict: VerdictUnknown}, {Station: "c", Verdict: VerdictNotReady}}
	if red := RedList(all); len(red) != 2 || red[0].Station != "b" || all[0].Station != "a" {
		t.Errorf("%v of %v", red, all)
	}
}

func TestWindows(t *testing.T) {
	airing := func(id StationID, list PlaylistID, entry int, start time.Duration) AiringFacts {
		return AiringFacts{Airing: Airing{Station: id, Programme: "p", Playlist: list, Entry: entry, Start: five.Add(start), Duration: time.Minute}}
	}
	gone := airing("a", "l", 0, -time.Hour)
	gone.Withdrawn = true
	got := Windows([]AiringFacts{
		gone,
		airing("a", "l", 0, 0), airing("b", "l", 0, 0), airing("a", "l", 1, time.Minute), // side by side
		airing("a", "l", 0, time.Hour),                             // the same playlist again
		airing("b", "l", 2, 2*time.Minute), airing("b", "m", 0, 0), // a hole, and another playlist of the same window
		airing("c", "l", 1, 5*time.Minute), airing("c", "l", 3, time.Hour), // the first was withdrawn
	})
	want := []Window{
		{"p", "a", five, five.Add(2 * time.Minute)},
		{"p", "b", five, five.Add(3 * time.Minute)},
		{"p", "c", five.Add(5 * time.Minute), five.Add(time.Hour + time.Minute)},
		{"p", "a", five.Add(time.Hour), five.Add(time.Hour + time.Minute)},
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
}
