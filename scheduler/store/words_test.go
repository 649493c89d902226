package store_test

import (
	"errors"
	"reflect"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"loaphuong/devices"
	"loaphuong/scheduler"
	"loaphuong/scheduler/store"
)

func TestAreasKeepTheirTree(t *testing.T) {
	s := withStations(t, open(t), "tan-hung")
	cases := []struct {
		area scheduler.Area
		ok   bool
	}{
		{scheduler.Area{ID: "tinh", Name: "Tỉnh mới"}, true},                     // renamed
		{scheduler.Area{ID: "thon", Name: "Thôn", Parent: "xa-tan-hung"}, true},  // deeper
		{scheduler.Area{ID: "thon", Name: "Thôn", Parent: "tinh"}, true},         // moved
		{scheduler.Area{ID: "ap", Parent: "khong-co"}, false},                    // under nothing
		{scheduler.Area{ID: "tinh", Name: "Tỉnh", Parent: "xa-tan-hung"}, false}, // under itself
		{scheduler.Area{ID: "Xã", Name: "a name where the ID should be"}, false},
	}
	for _, c := range cases {
		if err := s.PutArea(t.Context(), c.area); (err == nil) != c.ok {
			t.Errorf("put %+v: %v", c.area, err)
		}
	}
	want := []scheduler.Area{
		{ID: "thon", Name: "Thôn", Parent: "tinh"}, {ID: "tinh", Name: "Tỉnh mới"}, {ID: "xa-tan-hung", Name: "Xã tan-hung", Parent: "tinh"},
	}
	if got := get[[]scheduler.Area](t)(s.Areas(t.Context())); !reflect.DeepEqual(got, want) {
		t.Errorf("areas are %v\nwant %v", got, want)
	}
}

func TestStations(t *testing.T) {
	s := withStations(t, open(t), "an-binh", "tan-hung")
	changed := scheduler.Station{ID: "tan-hung", Name: "Đài Tân Hưng", Area: "xa-tan-hung", Zone: scheduler.DefaultZone,
		Phone: "0220", Volume: 80, Quiet: []scheduler.QuietHours{{From: 1260, Until: 300}},
		Languages: []string{"hmn", "vi"}, Retired: true}
	must(t, s.PutStation(t.Context(), changed))
	list := get[[]scheduler.Station](t)
	if got := list(s.Stations(t.Context(), "xa-tan-hung", "tinh")); !reflect.DeepEqual(got, []scheduler.Station{changed}) {
		t.Errorf("stations of the area are %+v", got)
	}
	if got := list(s.Stations(t.Context())); len(got) != 2 || got[0].ID != "an-binh" {
		t.Errorf("all stations are %+v", got)
	}
	if err := s.PutStation(t.Context(), scheduler.Station{ID: "moi", Area: "khong-co"}); !errors.Is(err, scheduler.ErrNotFound) {
		t.Errorf("a station of no area: %v", err)
	}
	if err := s.PutStation(t.Context(), scheduler.Station{ID: "+/#"}); err == nil {
		t.Error("a station was accepted whose name is a topic filter")
	}
	if _, err := s.Station(t.Context(), "khong-co"); !errors.Is(err, scheduler.ErrNotFound) {
		t.Errorf("no such station: %v", err)
	}
}

func TestCodeIsTakenOnce(t *testing.T) {
	s := withStations(t, open(t), "tan-hung")
	must(t, s.PutCode(t.Context(), "h1", "tan-hung", noon.Add(time.Hour)))
	var taken atomic.Int32
	var group sync.WaitGroup
	for range 8 {
		group.Go(func() {
			if c, err := s.TakeCode(t.Context(), "h1", noon); err != nil {
				t.Error(err)
			} else if c.Taken {
				taken.Add(1)
			}
		})
	}
	group.Wait()
	if taken.Load() != 1 {
		t.Errorf("it was taken %d times", taken.Load())
	}
}

func TestCodes(t *testing.T) {
	s := withStations(t, open(t), "tan-hung")
	expires := noon.Add(time.Hour)
	must(t, s.PutCode(t.Context(), "h1", "tan-hung", expires))
	must(t, s.PutCode(t.Context(), "h2", "tan-hung", expires))
	cases := []struct {
		hash string
		now  time.Time
		want store.CodeResult
	}{
		{"h1", noon, store.CodeResult{Station: "tan-hung", Taken: true, Expires: expires}},
		{"h1", noon.Add(time.Minute), store.CodeResult{Station: "tan-hung", Used: noon, Expires: expires}}, // used
		{"h2", expires, store.CodeResult{Station: "tan-hung", Expires: expires}},                           // at its expiry it is over
		{"h2", expires.Add(-time.Second), store.CodeResult{Station: "tan-hung", Taken: true, Expires: expires}},
	}
	for _, c := range cases {
		if got := get[store.CodeResult](t)(s.TakeCode(t.Context(), c.hash, c.now)); got != c.want {
			t.Errorf("take %s at %v: %+v, want %+v", c.hash, c.now, got, c.want)
		}
	}
	if _, err := s.TakeCode(t.Context(), "h3", noon); !errors.Is(err, scheduler.ErrNotFound) {
		t.Errorf("take a code that never was: %v", err)
	}
	if err := s.PutCode(t.Context(), "h1", "tan-hung", expires); !errors.Is(err, scheduler.ErrConflict) {
		t.Errorf("put the same code again: %v", err)
	}
	if err := s.PutCode(t.Context(), "h4", "khong-co", expires); !errors.Is(err, scheduler.ErrNotFound) {
		t.Errorf("put a code for no station: %v", err)
	}
}

func TestDirectives(t *testing.T) {
	s := open(t)
	put := func(id scheduler.DirectiveID, year int) bool {
		d := scheduler.Directive{ID: id, Number: "3168/UBND-VP", Date: scheduler.Date{Year: year, Month: 8, Day: 27},
			Topics: []scheduler.Topic{{Ordinal: 1, Title: "Tiêm vắc-xin"}}}
		return get[bool](t)(s.PutDirective(t.Context(), d, store.Letter{Text: "toàn văn " + string(id)}))
	}
	if !put("a", 2021) || !put("b", 2024) || !put("c", 2021) || put("a", 1999) {
		t.Error("a letter is new the first time, and only then")
	}
	var order string
	for _, d := range get[[]scheduler.Directive](t)(s.Directives(t.Context())) {
		order += string(d.ID)
	}
	if order != "bca" {
		t.Errorf("letters are listed as %q, want the newest first", order)
	}
	if d := get[scheduler.Directive](t)(s.Directive(t.Context(), "a")); d.Date.Year != 2021 || d.Topics[0].Title != "Tiêm vắc-xin" {
		t.Errorf("the letter came back as %+v", d)
	}
	if text := get[string](t)(s.DirectiveText(t.Context(), "a")); text != "toàn văn a" {
		t.Errorf("its text is %q", text)
	}
	if _, err := s.Directive(t.Context(), "x"); !errors.Is(err, scheduler.ErrNotFound) {
		t.Errorf("no such letter: %v", err)
	}
}

func TestObligations(t *testing.T) {
	s := withStations(t, open(t), "tan-hung")
	for _, id := range []scheduler.DirectiveID{"a", "b"} {
		get[bool](t)(s.PutDirective(t.Context(), scheduler.Directive{ID: id}, store.Letter{}))
	}
	o := func(id string, d scheduler.DirectiveID, area scheduler.AreaID, perDay int) scheduler.Obligation {
		return scheduler.Obligation{ID: id, Directive: d, Topic: 1, Area: area, PerDay: perDay, Weekdays: []time.Weekday{1, 5}}
	}
	must(t, s.PutObligations(t.Context(), []scheduler.Obligation{o("1", "a", "tinh", 1), o("2", "a", "xa-tan-hung", 2), o("3", "b", "tinh", 3)}))
	must(t, s.PutObligations(t.Context(), []scheduler.Obligation{o("2", "a", "xa-tan-hung", 4)}))
	must(t, s.PutObligations(t.Context(), nil))
	cases := []struct {
		filter store.ObligationFilter
		want   []scheduler.Obligation
	}{
		{store.ObligationFilter{}, []scheduler.Obligation{o("1", "a", "tinh", 1), o("2", "a", "xa-tan-hung", 4), o("3", "b", "tinh", 3)}},
		{store.ObligationFilter{Directive: "a"}, []scheduler.Obligation{o("1", "a", "tinh", 1), o("2", "a", "xa-tan-hung", 4)}},
		{store.ObligationFilter{Areas: []scheduler.AreaID{"tinh"}}, []scheduler.Obligation{o("1", "a", "tinh", 1), o("3", "b", "tinh", 3)}},
		{store.ObligationFilter{Directive: "x"}, nil},
	}
	for _, c := range cases {
		if got := get[[]scheduler.Obligation](t)(s.Obligations(t.Context(), c.filter)); !reflect.DeepEqual(got, c.want) {
			t.Errorf("obligations of %+v are %+v", c.filter, got)
		}
	}
	err := s.PutObligations(t.Context(), []scheduler.Obligation{o("4", "a", "tinh", 1), o("5", "x", "tinh", 1)})
	if n := len(get[[]scheduler.Obligation](t)(s.Obligations(t.Context(), store.ObligationFilter{}))); !errors.Is(err, scheduler.ErrNotFound) || n != 3 {
		t.Errorf("one of two owes to no letter: %v, and %d are held", err, n)
	}
}

func TestRecordings(t *testing.T) {
	s := open(t)
	get[bool](t)(s.PutDirective(t.Context(), scheduler.Directive{ID: "a"}, store.Letter{}))
	old := scheduler.Recording{ID: "1", Title: "Tin", Directive: "a", Digest: "d1", Duration: 61_250_001, Created: noon}
	music := scheduler.Recording{ID: "2", Title: "Nhạc", Digest: "d2", Created: noon.Add(time.Hour)}
	must(t, s.PutRecording(t.Context(), old))
	must(t, s.PutRecording(t.Context(), music))
	approved := get[scheduler.Recording](t)(old.Approve("Lan", noon, "d1"))
	must(t, s.PutRecording(t.Context(), approved))
	list := get[[]scheduler.Recording](t)
	if got := list(s.Recordings(t.Context(), store.RecordingFilter{})); !reflect.DeepEqual(got, []scheduler.Recording{music, approved}) {
		t.Errorf("recordings are %+v", got)
	}
	if got := list(s.Recordings(t.Context(), store.RecordingFilter{Directive: "a", Approved: true})); !reflect.DeepEqual(got, []scheduler.Recording{approved}) {
		t.Errorf("approved recordings of the letter are %+v", got)
	}
	approved.Digest = "other audio"
	must(t, s.PutRecording(t.Context(), approved))
	if got := list(s.Recordings(t.Context(), store.RecordingFilter{Approved: true})); len(got) != 0 {
		t.Errorf("other audio is still approved: %+v", got)
	}
	if got := get[scheduler.Recording](t)(s.Recording(t.Context(), "1")); got.Digest != "other audio" {
		t.Errorf("the recording is %+v", got)
	}
	if _, err := s.Recording(t.Context(), "x"); !errors.Is(err, scheduler.ErrNotFound) {
		t.Errorf("no such recording: %v", err)
	}
}

func TestProgrammes(t *testing.T) {
	s := withStations(t, open(t), "tan-hung")
	timing := get[scheduler.Timing](t)(scheduler.Cron("30 5 * * *", time.Time{}, time.Time{}))
	p := scheduler.Programme{ID: "sang", Name: "Buổi sáng", Area: "tinh", Timing: timing, Length: time.Hour, Class: scheduler.Ordinary}
	must(t, s.PutProgramme(t.Context(), p))
	if got := get[scheduler.Programme](t)(s.Programme(t.Context(), "sang")); got.Timing.Spec() != "30 5 * * *" || got.Length != time.Hour {
		t.Errorf("the programme came back as %+v", got)
	}
	if got := get[[]scheduler.Programme](t)(s.Programmes(t.Context())); len(got) != 1 {
		t.Errorf("programmes are %+v", got)
	}
	must(t, s.DeleteProgramme(t.Context(), "sang"))
	if err := s.DeleteProgramme(t.Context(), "sang"); !errors.Is(err, scheduler.ErrNotFound) {
		t.Errorf("delete it twice: %v", err)
	}
}

func TestPresence(t *testing.T) {
	s := withStations(t, open(t), "tan-hung")
	online := func(session string, revision scheduler.Revision) devices.State {
		return devices.State{Station: "tan-hung", Session: session, Online: true, Revision: revision, CardOK: true, Missing: []scheduler.Digest{"d"}}
	}
	will := func(session string) devices.State { return devices.State{Station: "tan-hung", Session: session} }
	gone := online("s2", 5)
	gone.Online = false
	steps := []struct {
		say, want devices.State
		why       string
	}{
		{will("s0"), will("s0"), "a will is all that is known"},
		{online("s1", 4), online("s1", 4), "it is there"},
		{online("s2", 5), online("s2", 5), "it has restarted"},
		{will("s1"), online("s2", 5), "the broker notices late that the old connection is gone"},
		{will("s2"), gone, "it is gone, and what it held stays known"},
		{will("s1"), gone, "an old will again"},
		{online("s3", 6), online("s3", 6), "it is back"},
	}
	for i, step := range steps {
		must(t, s.PutState(t.Context(), step.say, noon.Add(time.Duration(i)*time.Minute)))
		if got := get[[]devices.State](t)(s.States(t.Context())); !reflect.DeepEqual(got, []devices.State{step.want}) {
			t.Errorf("%s: got %+v, want %+v", step.why, got, step.want)
		}
	}
	heard := get[map[scheduler.StationID]time.Time](t)(s.Heard(t.Context()))
	if !heard["tan-hung"].Equal(noon.Add(6 * time.Minute)) {
		t.Errorf("last heard %v", heard)
	}
	if err := s.PutState(t.Context(), devices.State{Station: "khong-co", Online: true}, noon); !errors.Is(err, scheduler.ErrNotFound) {
		t.Errorf("state of no station: %v", err)
	}
}
