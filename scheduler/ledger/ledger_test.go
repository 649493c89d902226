package ledger_test

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"reflect"
	"strings"
	"testing"
	"time"

	"loaphuong/devices"
	"loaphuong/scheduler"
	"loaphuong/scheduler/ledger"
)

// source is a store in memory. It notes the order in which it is asked.
type source struct {
	areas      []scheduler.Area
	stations   []scheduler.Station
	directives []scheduler.Directive
	airings    []scheduler.AiringFacts
	marks      []scheduler.Watermark
	states     []devices.State
	recalls    []scheduler.Recall
	asked      []string
	broken     string // what it cannot answer
}

func answer[T any](s *source, what string, v T) (T, error) {
	s.asked = append(s.asked, what)
	if s.broken == what {
		var none T
		return none, errors.New("the disk is gone")
	}
	return v, nil
}

func (s *source) Areas(context.Context) ([]scheduler.Area, error) { return answer(s, "areas", s.areas) }
func (s *source) Stations(context.Context, ...scheduler.AreaID) ([]scheduler.Station, error) {
	return answer(s, "stations", s.stations)
}
func (s *source) Directives(context.Context) ([]scheduler.Directive, error) {
	return answer(s, "directives", s.directives)
}
func (s *source) Watermarks(context.Context) ([]scheduler.Watermark, error) {
	return answer(s, "watermarks", s.marks)
}
func (s *source) States(context.Context) ([]devices.State, error) {
	return answer(s, "states", s.states)
}
func (s *source) Recalls(context.Context) ([]scheduler.Recall, error) {
	return answer(s, "recalls", s.recalls)
}
func (s *source) Airings(_ context.Context, f scheduler.AiringFilter) ([]scheduler.AiringFacts, error) {
	home := map[scheduler.StationID]scheduler.AreaID{}
	for _, st := range s.stations {
		home[st.ID] = st.Area
	}
	var chosen []scheduler.AiringFacts
	for _, a := range s.airings {
		if f.Chooses(a.Airing, home[a.Station]) {
			chosen = append(chosen, a)
		}
	}
	return answer(s, "airings", chosen)
}

func (s *source) ledger() *ledger.Ledger { return ledger.New(s) }

// province is two communes, one of them with a hamlet that has a station of its
// own, and two letters, the newer one first.
func province() *source {
	return &source{
		areas: []scheduler.Area{{ID: "tinh", Name: "Tỉnh"}, {ID: "tan-hung", Name: "Xã Tân Hưng", Parent: "tinh"},
			{ID: "an-binh", Name: "Xã An Bình", Parent: "tinh"}, {ID: "thon-1", Name: "Thôn 1", Parent: "an-binh"}},
		stations: []scheduler.Station{
			{ID: "dai-tan-hung", Name: "Đài Tân Hưng", Area: "tan-hung", Zone: "Asia/Ho_Chi_Minh"},
			{ID: "dai-an-binh", Name: "Đài An Bình", Area: "an-binh", Zone: "Asia/Ho_Chi_Minh"},
			{ID: "dai-thon-1", Name: "Đài thôn 1", Area: "thon-1", Zone: "Asia/Tokyo"}},
		directives: []scheduler.Directive{
			{ID: "new", Number: "12/UBND", Subject: "phòng cháy", Topics: []scheduler.Topic{{Ordinal: 1, Title: "Phòng cháy"}}},
			{ID: "old", Number: "3168/UBND-VP", Subject: "tiêm chủng", Topics: []scheduler.Topic{{Ordinal: 1, Title: "Tiêm vắc-xin"}, {Ordinal: 2, Title: "=cmd|' /C calc'!A0"}}}},
	}
}

// add adds an airing, minutes after start, and what is known of it.
func (s *source) add(station scheduler.StationID, d scheduler.DirectiveID, topic, minutes int, facts ...fact) {
	f := airing()
	f.Station, f.Directive, f.Topic = station, d, topic
	f.ID = scheduler.AiringID(fmt.Sprint(len(s.airings)))
	f.Start = start.Add(time.Duration(minutes) * time.Minute)
	sit := situation{facts: f}
	for _, fact := range facts {
		fact(&sit)
	}
	s.airings = append(s.airings, sit.facts)
}

func aired(at time.Duration) fact {
	return func(s *situation) {
		s.facts.Outcome, s.facts.StartedAt, s.facts.Sounded = scheduler.Aired, s.facts.Start.Add(at), time.Minute
	}
}

// week is the facts that the reports of the tests are made of.
func week() *source {
	s := province()
	s.add("dai-tan-hung", "old", 1, 0, aired(time.Millisecond))
	s.add("dai-tan-hung", "old", 1, 5, aired(0))
	s.add("dai-tan-hung", "old", 1, 10, said(scheduler.Missed, scheduler.PowerLost))
	s.add("dai-tan-hung", "old", 1, 600)
	s.add("dai-tan-hung", "old", 2, 15, said(scheduler.Late, scheduler.CardBusy), late10s, sounded)
	s.add("dai-an-binh", "old", 1, 20)
	s.add("dai-an-binh", "new", 1, 25, said(scheduler.Missed, scheduler.FileAbsent), waived)
	s.add("dai-an-binh", "new", 1, 30, withdrawn)
	s.add("dai-an-binh", "old", 1, 31, withdrawn) // planned otherwise: nobody recalled that letter
	s.recalls = []scheduler.Recall{{Directive: "new", At: start}}
	s.add("dai-thon-1", "new", 1, 35, said(scheduler.Partial, scheduler.PowerLost), aired(0), said(scheduler.Partial, scheduler.PowerLost))
	s.add("dai-thon-1", "", 0, 55, aired(0))
	s.add("dai-thon-1", "", 0, 59, func(s *situation) { s.facts.StartedAt = s.facts.Start })
	return s
}

// hour is when the week is judged.
func hour() time.Time { return start.Add(time.Hour) }

func report(t testing.TB, s *source, q scheduler.AirtimeQuery) scheduler.AirtimeReport {
	t.Helper()
	r, err := s.ledger().Airtime(t.Context(), q, hour())
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func TestAirtime(t *testing.T) {
	r := report(t, week(), scheduler.AirtimeQuery{})
	var got []string
	for _, row := range r.Rows {
		got = append(got, strings.TrimRight(fmt.Sprintf("%s/%d %s %s %s: %s", row.Number, row.Topic, row.Title, row.StationName, row.AreaName, counts(row)), " "))
	}
	want := []string{
		"12/UBND/1 Phòng cháy Đài An Bình Xã An Bình: expected 2 recalled 1 waived 1",
		"12/UBND/1 Phòng cháy Đài thôn 1 Thôn 1: expected 1 partial 1 sounded 1m0s power 1",
		"3168/UBND-VP/1 Tiêm vắc-xin Đài An Bình Xã An Bình: expected 1 unknown 1",
		"3168/UBND-VP/1 Tiêm vắc-xin Đài Tân Hưng Xã Tân Hưng: expected 4 aired 2 missed 1 upcoming 1 sounded 2m0s power 1",
		"3168/UBND-VP/2 =cmd|' /C calc'!A0 Đài Tân Hưng Xã Tân Hưng: expected 1 late 1 sounded 1s busy 1",
		"/0  Đài thôn 1 Thôn 1: expected 2 aired 1 onAir 1 sounded 1m0s",
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("rows:\n%s\nwant:\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	if total := counts(scheduler.AirtimeRow{Tally: r.Total}); total != "expected 11 aired 3 late 1 partial 1 missed 1 recalled 1 waived 1 unknown 1 upcoming 1 onAir 1 sounded 4m1s" {
		t.Errorf("total: %s", total)
	}
	row := r.Rows[3]
	if !row.FirstAired.Equal(start.Add(time.Millisecond)) || !row.LastAired.Equal(start.Add(5*time.Minute)) {
		t.Errorf("it was heard from %v to %v", row.FirstAired, row.LastAired)
	}
}

func counts(t scheduler.AirtimeRow) string {
	var b strings.Builder
	for _, c := range []struct {
		name string
		n    int
	}{{"expected", t.Expected}, {"aired", t.Aired}, {"late", t.Late}, {"partial", t.Partial}, {"missed", t.Missed}, {"recalled", t.Recalled},
		{"waived", t.Waived}, {"unknown", t.Unknown}, {"upcoming", t.Upcoming}, {"onAir", t.OnAir}} {
		if c.n != 0 {
			fmt.Fprintf(&b, "%s %d ", c.name, c.n)
		}
	}
	if t.Sounded != 0 {
		fmt.Fprintf(&b, "sounded %s ", t.Sounded)
	}
	for why, n := range t.Reasons {
		fmt.Fprintf(&b, "%s %d ", why, n)
	}
	return strings.TrimSpace(b.String())
}

func TestQuery(t *testing.T) {
	cases := []struct {
		query scheduler.AirtimeQuery
		want  int
	}{
		{scheduler.AirtimeQuery{Area: "tinh"}, 11},
		{scheduler.AirtimeQuery{Area: "an-binh"}, 6}, // with the hamlet below
		{scheduler.AirtimeQuery{Area: "thon-1"}, 3},
		{scheduler.AirtimeQuery{Station: "dai-an-binh"}, 3},
		{scheduler.AirtimeQuery{Directive: "old"}, 6},
		{scheduler.AirtimeQuery{From: start.Add(5 * time.Minute), Until: start.Add(15 * time.Minute)}, 2},
		{scheduler.AirtimeQuery{Area: "tan-hung", Station: "dai-an-binh"}, 0},
		{scheduler.AirtimeQuery{Directive: "none"}, 0},
	}
	for _, c := range cases {
		judged, err := week().ledger().Airings(t.Context(), c.query, hour())
		if r := report(t, week(), c.query); err != nil || len(judged) != c.want || r.Total.Expected != c.want {
			t.Errorf("%+v: %d airings and %d in the report, want %d (%v)", c.query, len(judged), r.Total.Expected, c.want, err)
		}
	}
}

func TestQueryRefused(t *testing.T) {
	cases := []struct {
		query scheduler.AirtimeQuery
		kind  error
		want  string
	}{
		{scheduler.AirtimeQuery{Area: "khong-co"}, scheduler.ErrNotFound, "area khong-co"},
		{scheduler.AirtimeQuery{Station: "khong-co"}, scheduler.ErrNotFound, "station khong-co"},
		{scheduler.AirtimeQuery{From: start, Until: start}, scheduler.ErrInvalid, "from 2026-10-05T12:00:00Z is not before until"},
	}
	for _, c := range cases {
		_, err := week().ledger().Airtime(t.Context(), c.query, hour())
		if !errors.Is(err, c.kind) || !strings.Contains(err.Error(), c.want) {
			t.Errorf("airtime of %+v: %v, want %q", c.query, err, c.want)
		}
		if _, err := week().ledger().Airings(t.Context(), c.query, hour()); !errors.Is(err, c.kind) {
			t.Errorf("airings of %+v: %v, want %v", c.query, err, c.kind)
		}
	}
}

func TestSourceFails(t *testing.T) {
	for _, what := range []string{"areas", "stations", "recalls", "watermarks", "states", "airings", "directives"} {
		s := week()
		s.broken = what
		if r, err := s.ledger().Airtime(t.Context(), scheduler.AirtimeQuery{}, hour()); err == nil || r.Total.Expected != 0 {
			t.Errorf("without %s: a report of %d airings, %v", what, r.Total.Expected, err)
		}
	}
}

// A watermark that is read after the airings could vouch for one whose word
// came in between.
func TestWatermarksAreReadFirst(t *testing.T) {
	s := week()
	if _, err := s.ledger().Airings(t.Context(), scheduler.AirtimeQuery{}, hour()); err != nil {
		t.Fatal(err)
	}
	if asked := strings.Join(s.asked, " "); !strings.HasSuffix(asked, "watermarks states airings") {
		t.Errorf("asked for %s", asked)
	}
}

// Whatever is known, every airing is in exactly one state.
func TestStatesAddUp(t *testing.T) {
	seed := rand.Uint64()
	t.Logf("seed %d", seed)
	random := rand.New(rand.NewPCG(seed, 0))
	facts := []fact{begun, sounded, withdrawn, waived, late10s, aired(0), said(scheduler.Late, ""), said(scheduler.Partial, "x"),
		said(scheduler.Missed, "y"), said("nonsense", ""), said("", "")}
	for range 300 {
		s := randomly(random, facts)
		for _, d := range []scheduler.DirectiveID{"", "old", "new", "unheard-of"} {
			s.recalls = append(s.recalls, scheduler.Recall{Directive: d})
		}
		r := report(t, s, scheduler.AirtimeQuery{})
		var total scheduler.Tally
		for _, row := range append(r.Rows, scheduler.AirtimeRow{Tally: r.Total}) {
			sum := row.Aired + row.Late + row.Partial + row.Missed + row.Recalled + row.Waived + row.Unknown + row.Upcoming + row.OnAir
			if sum != row.Expected {
				t.Fatalf("%+v adds up to %d", row, sum)
			}
			total.Expected, total.Sounded = total.Expected+row.Expected, total.Sounded+row.Sounded
		}
		if r.Total.Expected != len(s.airings) || total.Expected != 2*r.Total.Expected || total.Sounded != 2*r.Total.Sounded {
			t.Fatalf("%d airings, a total of %d, and rows that add up to %d", len(s.airings), r.Total.Expected, total.Expected-r.Total.Expected)
		}
	}
}

func randomly(r *rand.Rand, facts []fact) *source {
	s := province()
	for range r.IntN(40) {
		var some []fact
		for range r.IntN(4) {
			some = append(some, facts[r.IntN(len(facts))])
		}
		s.add(s.stations[r.IntN(3)].ID, []scheduler.DirectiveID{"", "old", "new", "unheard-of"}[r.IntN(4)], r.IntN(3), r.IntN(120), some...)
	}
	for range r.IntN(3) {
		s.marks = append(s.marks, scheduler.Watermark{Station: s.stations[r.IntN(3)].ID, Complete: r.IntN(3) > 0,
			Since: start.Add(time.Duration(r.IntN(60)) * time.Minute), Through: start.Add(time.Duration(r.IntN(120)) * time.Minute)})
	}
	return s
}

// BenchmarkAirtime judges and counts a month of a province: 235 stations,
// 100 000 airings.
func BenchmarkAirtime(b *testing.B) {
	s := province()
	s.stations = nil
	for i := range 235 {
		id := scheduler.StationID(fmt.Sprintf("xa-%d", i))
		s.stations = append(s.stations, scheduler.Station{ID: id, Area: "tan-hung", Zone: scheduler.DefaultZone})
		s.marks = append(s.marks, scheduler.Watermark{Station: id, Complete: true, Since: start, Through: start.Add(720 * time.Hour)})
	}
	for i := range 100_000 {
		s.add(s.stations[i%235].ID, "old", 1+i%2, i%400, aired(0))
	}
	for b.Loop() {
		if r := report(b, s, scheduler.AirtimeQuery{}); r.Total.Aired != 100_000 {
			b.Fatal(r.Total)
		}
	}
	b.ReportMetric(1e5*float64(b.N)/b.Elapsed().Seconds(), "rows/s")
}
