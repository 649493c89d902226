package store_test

import (
	"errors"
	"reflect"
	"testing"
	"time"

	"loaphuong/devices"
	"loaphuong/scheduler"
	"loaphuong/scheduler/store"
)

func TestPublishWithdrawsOnlyWhatIsToCome(t *testing.T) {
	s := withStations(t, open(t), "tan-hung", "an-binh")
	all := airings("tan-hung", noon, 6)
	other := airings("an-binh", noon, 6)
	publish(t, s, 1, noon.Add(-time.Hour), all)
	publish(t, s, 1, noon.Add(-time.Hour), other)
	early := chain("log", played(all[4])) // it was played early, by a station that has not seen the new schedule
	ingest(t, s, "tan-hung", "log", early[0])

	publish(t, s, 2, noon.Add(2*time.Minute), all[5:])
	want := []bool{false, false, false, true, false, false} // past, past, due now, withdrawn, said, kept
	check(t, s, "tan-hung", want, []scheduler.Revision{1, 1, 1, 1, 1, 1})
	check(t, s, "an-binh", make([]bool, 6), []scheduler.Revision{1, 1, 1, 1, 1, 1}) // another station's

	publish(t, s, 3, noon.Add(2*time.Minute), all[3:])
	check(t, s, "tan-hung", make([]bool, 6), []scheduler.Revision{1, 1, 1, 3, 1, 1}) // expected again, as of revision 3
	must(t, s.Publish(t.Context(), publication("tan-hung", 4, noon, nil)))
	check(t, s, "tan-hung", []bool{false, true, true, true, false, true}, []scheduler.Revision{1, 1, 1, 3, 1, 1})
}

func check(t *testing.T, s *store.Store, station scheduler.StationID, withdrawn []bool, revisions []scheduler.Revision) {
	t.Helper()
	var w []bool
	var r []scheduler.Revision
	for _, f := range facts(t, s, scheduler.AiringFilter{Stations: []scheduler.StationID{station}}) {
		w, r = append(w, f.Withdrawn), append(r, f.Revision)
	}
	if !reflect.DeepEqual(w, withdrawn) || !reflect.DeepEqual(r, revisions) {
		t.Errorf("%s: withdrawn %v of revisions %v\nwant %v of %v", station, w, r, withdrawn, revisions)
	}
}

func facts(t testing.TB, s *store.Store, f scheduler.AiringFilter) []scheduler.AiringFacts {
	t.Helper()
	return get[[]scheduler.AiringFacts](t)(s.Airings(t.Context(), f))
}

func TestPublishRefuses(t *testing.T) {
	s := withStations(t, open(t), "tan-hung")
	all := airings("tan-hung", noon, 3)
	publish(t, s, 1, noon, all)
	cases := []struct {
		p    store.Publication
		want error
		why  string
	}{
		{publication("tan-hung", 1, noon, nil), scheduler.ErrConflict, "it was published already"},
		{publication("tan-hung", 3, noon, nil), scheduler.ErrConflict, "one was left out"},
		{publication("tan-hung", 2, noon, airings("an-binh", noon, 1)), scheduler.ErrConflict, "it holds another's airing"},
		{publication("khong-co", 1, noon, nil), scheduler.ErrNotFound, "there is no such station"},
	}
	for _, c := range cases {
		if err := s.Publish(t.Context(), c.p); !errors.Is(err, c.want) {
			t.Errorf("%s: %v, want %v", c.why, err, c.want)
		}
	}
	for _, f := range facts(t, s, scheduler.AiringFilter{}) {
		if f.Withdrawn {
			t.Error("a publication that was refused withdrew an airing")
		}
	}
}

func TestLatestSchedule(t *testing.T) {
	s := withStations(t, open(t), "tan-hung", "an-binh")
	publish(t, s, 1, noon, airings("tan-hung", noon, 1))
	publish(t, s, 2, noon.Add(time.Hour), airings("tan-hung", noon, 2))
	got := get[store.Published](t)(s.LatestSchedule(t.Context(), "tan-hung"))
	if got.Revision != 2 || string(got.Sealed) != "signed 2\x00" || got.By != "Lan" || !got.At.Equal(noon.Add(time.Hour)) {
		t.Errorf("the latest schedule is %+v", got)
	}
	if _, err := s.LatestSchedule(t.Context(), "an-binh"); !errors.Is(err, scheduler.ErrNotFound) {
		t.Errorf("latest of a station that has none: %v", err)
	}
	latest := get[map[scheduler.StationID]scheduler.Revision](t)(s.LatestRevisions(t.Context()))
	if !reflect.DeepEqual(latest, map[scheduler.StationID]scheduler.Revision{"tan-hung": 2}) {
		t.Errorf("latest revisions are %v", latest)
	}
}

// The database must choose what the filter says it chooses.
func TestAiringFilter(t *testing.T) {
	s := withStations(t, open(t), "tan-hung", "an-binh")
	for _, id := range []scheduler.StationID{"tan-hung", "an-binh"} {
		publish(t, s, 1, noon, airings(id, noon, 9))
	}
	all := facts(t, s, scheduler.AiringFilter{})
	if len(all) != 18 || !reflect.DeepEqual(all[1].Airing, airings("tan-hung", noon, 1)[0]) {
		t.Fatalf("%d airings, the second is %+v", len(all), all[1])
	}
	cases := []scheduler.AiringFilter{
		{From: noon.Add(3 * time.Minute)},
		{Until: noon.Add(3 * time.Minute)},
		{From: noon.Add(time.Minute), Until: noon.Add(2 * time.Minute)},
		{From: noon.Add(time.Minute + time.Microsecond), Until: noon.Add(2*time.Minute + time.Microsecond)},
		{Areas: []scheduler.AreaID{"xa-an-binh", "tinh"}},
		{Areas: []scheduler.AreaID{"tinh"}},
		{Stations: []scheduler.StationID{"tan-hung"}, Topic: 2},
		{Directive: "letter", Topic: 3, Areas: []scheduler.AreaID{"xa-an-binh", "xa-tan-hung"}, From: noon.Add(4 * time.Minute)},
		{Directive: "another"},
	}
	for _, c := range cases {
		var want []scheduler.AiringFacts
		for _, f := range all {
			if c.Chooses(f.Airing, "xa-"+scheduler.AreaID(f.Station)) {
				want = append(want, f)
			}
		}
		if got := facts(t, s, c); !reflect.DeepEqual(got, want) {
			t.Errorf("%+v chooses %d airings, want %d", c, len(got), len(want))
		}
	}
}

func TestWaive(t *testing.T) {
	s := withStations(t, open(t), "tan-hung")
	a := airings("tan-hung", noon, 1)
	publish(t, s, 1, noon, a)
	must(t, s.WaiveAiring(t.Context(), a[0].ID, "Lan", "mất điện toàn xã", noon))
	got := get[scheduler.AiringFacts](t)(s.Airing(t.Context(), a[0].ID))
	if want := (scheduler.Waiver{By: "Lan", Why: "mất điện toàn xã", At: noon}); got.Waiver != want || !got.Waiver.Given() {
		t.Errorf("the waiver is %+v", got.Waiver)
	}
	if err := s.WaiveAiring(t.Context(), "x", "Lan", "mất điện", noon); !errors.Is(err, scheduler.ErrNotFound) {
		t.Errorf("waive what is not: %v", err)
	}
	if err := s.WaiveAiring(t.Context(), a[0].ID, "", "mất điện", noon); err == nil {
		t.Error("nobody waived an airing")
	}
	if _, err := s.Airing(t.Context(), "x"); !errors.Is(err, scheduler.ErrNotFound) {
		t.Errorf("no such airing: %v", err)
	}
}

func TestScheduleAt(t *testing.T) {
	s := withStations(t, open(t), "tan-hung", "an-binh")
	for i := range 3 {
		must(t, s.Publish(t.Context(), publication("tan-hung", scheduler.Revision(i+1), noon.Add(time.Duration(i/2)*time.Hour), nil)))
	}
	cases := []struct {
		at   time.Time
		want scheduler.Revision // 0: none
		why  string
	}{
		{noon.Add(-time.Millisecond), 0, "nothing was published yet"},
		{noon, 2, "it is published at the instant, and of two the later counts"},
		{noon.Add(time.Hour - time.Millisecond), 2, "the next is still to come"},
		{noon.Add(time.Hour), 3, "it has come"},
		{noon.Add(1000 * time.Hour), 3, "nothing came after it"},
	}
	for _, c := range cases {
		got, err := s.ScheduleAt(t.Context(), "tan-hung", c.at)
		if got.Revision != c.want || errors.Is(err, scheduler.ErrNotFound) != (c.want == 0) {
			t.Errorf("%s: revision %d, %v", c.why, got.Revision, err)
		}
	}
	if _, err := s.ScheduleAt(t.Context(), "an-binh", noon); !errors.Is(err, scheduler.ErrNotFound) {
		t.Errorf("the schedule of a station that has none: %v", err)
	}
}

func TestHeldSchedules(t *testing.T) {
	s := withStations(t, open(t), "tan-hung", "an-binh", "moi")
	latest := publication("tan-hung", 2, noon.Add(time.Hour), nil)
	latest.Schedule.Playlists = []scheduler.Playlist{{ID: "sang-1", Timing: scheduler.Once(noon), Entries: []scheduler.Entry{{Piece: scheduler.Tune}}}}
	other := publication("an-binh", 1, noon, nil)
	other.Schedule.Playlists = append([]scheduler.Playlist{{ID: "chieu-1", Timing: scheduler.Once(noon)}}, latest.Schedule.Playlists...)
	for _, p := range []store.Publication{publication("tan-hung", 1, noon, nil), other, latest} {
		must(t, s.Publish(t.Context(), p))
	}
	want := map[scheduler.StationID]devices.Schedule{"tan-hung": latest.Schedule, "an-binh": other.Schedule}
	if got := get[map[scheduler.StationID]devices.Schedule](t)(s.HeldSchedules(t.Context())); !reflect.DeepEqual(got, want) {
		t.Errorf("held are %+v\nwant %+v", got, want)
	}
}
