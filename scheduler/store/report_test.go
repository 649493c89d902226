package store_test

import (
	"errors"
	"reflect"
	"slices"
	"testing"
	"time"

	"loaphuong/devices"
	"loaphuong/scheduler"
	"loaphuong/scheduler/store"
)

func TestScheduleByRevision(t *testing.T) {
	s, _ := oneStation(t, 1)
	must(t, s.Publish(t.Context(), publication("tan-hung", 2, noon, nil)))
	for revision := scheduler.Revision(1); revision <= 2; revision++ {
		if got := get[store.Published](t)(s.Schedule(t.Context(), "tan-hung", revision)); got.Revision != revision {
			t.Errorf("schedule %d is %d", revision, got.Revision)
		}
	}
	if _, err := s.Schedule(t.Context(), "tan-hung", 3); !errors.Is(err, scheduler.ErrNotFound) {
		t.Errorf("schedule 3: %v", err)
	}
}

func TestHeldNumbers(t *testing.T) {
	s, all := oneStation(t, 2)
	lines := logOf("log", all)
	ingest(t, s, "tan-hung", "log", lines[1:3]...)
	batch := devices.Batch{Station: "tan-hung", Log: "log", Records: lines}
	got := get[[]uint64](t)(s.HeldNumbers(t.Context(), batch))
	slices.Sort(got)
	if !slices.Equal(got, []uint64{2, 3}) {
		t.Errorf("held are %v", got)
	}
	for why, b := range map[string]devices.Batch{
		"of another log": {Station: "tan-hung", Log: "other", Records: lines},
		"of no lines":    {Station: "tan-hung", Log: "log"},
	} {
		if got := get[[]uint64](t)(s.HeldNumbers(t.Context(), b)); len(got) != 0 {
			t.Errorf("%s: %v", why, got)
		}
	}
}

// TestWhatIsReportedGivesWayToNewerWord tells a story of states by link and by hand.
func TestWhatIsReportedGivesWayToNewerWord(t *testing.T) {
	s, _ := oneStation(t, 1)
	said := func(revision scheduler.Revision, minute int) devices.State {
		return devices.State{Station: "tan-hung", Session: "tay", Revision: revision, At: noon.Add(time.Duration(minute) * time.Minute)}
	}
	byLink := func(session string, online bool, revision scheduler.Revision, minute int) devices.State {
		st := said(revision, minute)
		st.Session, st.Online = session, online
		return st
	}
	for _, c := range []struct {
		why      string
		st       devices.State
		hand     bool
		received int // minute
		taken    bool
		online   bool
		holds    scheduler.Revision
	}{
		{"the first word", said(1, 0), true, 60, true, false, 1},
		{"the same again", said(1, 0), true, 70, false, false, 1},
		{"a later report", said(2, 30), true, 80, true, false, 2},
		{"the earlier one once more", said(1, 0), true, 90, false, false, 2},
		{"a clock that is years ahead", said(3, 1e6), true, 100, true, false, 3},
		{"does not outbid the next", said(4, 110), true, 120, true, false, 4},
		{"the station comes on the link", byLink("mot", true, 5, 130), false, 130, true, true, 5},
		{"an old report", said(4, 125), true, 140, false, true, 5},
		{"a report from between two words", said(6, 135), true, 140, true, true, 6},
		{"its will, still its own", byLink("mot", false, 0, 0), false, 150, true, false, 6},
	} {
		received := noon.Add(time.Duration(c.received) * time.Minute)
		taken := true
		if c.hand {
			taken = get[bool](t)(s.PutReported(t.Context(), c.st, received))
		} else {
			must(t, s.PutState(t.Context(), c.st, received))
		}
		got := get[[]devices.State](t)(s.States(t.Context()))[0]
		if taken != c.taken || got.Online != c.online || got.Revision != c.holds {
			t.Errorf("%s: taken %v, and it is %+v", c.why, taken, got)
		}
	}
	if _, err := s.PutReported(t.Context(), devices.State{Station: "khong-co"}, noon); !errors.Is(err, scheduler.ErrNotFound) {
		t.Errorf("a report of nobody: %v", err)
	}
}

func TestTheLastReportIsReceipted(t *testing.T) {
	s, _ := oneStation(t, 1)
	if got := get[[]devices.Receipt](t)(s.Receipts(t.Context(), "tan-hung")); len(got) != 0 {
		t.Errorf("before any report: %+v", got)
	}
	of := func(n uint64) []devices.Receipt {
		return []devices.Receipt{{Log: "log", Accepted: []uint64{n}, Rejected: []devices.Rejection{{Number: n + 1, Reason: "không nợ"}}}}
	}
	for _, c := range []struct {
		why     string
		made    time.Time
		carried uint64
		holds   uint64
	}{
		{"the first", noon, 1, 1},
		{"the next", noon.Add(time.Hour), 7, 7},
		{"the first again", noon, 1, 7},
		{"the next again", noon.Add(time.Hour), 9, 9},
	} {
		must(t, s.PutReport(t.Context(), "tan-hung", c.made, of(c.carried)))
		if got := get[[]devices.Receipt](t)(s.Receipts(t.Context(), "tan-hung")); !reflect.DeepEqual(got, of(c.holds)) {
			t.Errorf("%s: %+v", c.why, got)
		}
	}
	if err := s.PutReport(t.Context(), "khong-co", noon, nil); !errors.Is(err, scheduler.ErrNotFound) {
		t.Errorf("a report of nobody: %v", err)
	}
}
