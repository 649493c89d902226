package centre

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"testing"

	"loaphuong/config"
	"loaphuong/devices"
	"loaphuong/scheduler"
)

// standIn keeps an approved recording of no letter that stands in for others.
func (b *bench) standIn(id scheduler.RecordingID, title string) scheduler.Recording {
	b.t.Helper()
	r := b.record(id, 0, minute)
	r.Directive, r.Title, r.Evergreen = "", title, true
	must(b.t, b.store.PutRecording(b.t.Context(), r))
	return r
}

// standIns are the titles of what may stand in at a station.
func (b *bench) standIns(id scheduler.StationID) (titles []string) {
	for _, e := range b.held(id).Evergreen {
		titles = append(titles, e.Title)
	}
	return titles
}

func TestWhatStandsInForMissingAudio(t *testing.T) {
	b := newBench(t)
	now := clock(4, 0, 0)
	b.standIn("nhac-2", "Nhạc xuân")
	b.standIn("nhac-1", "Dân ca")
	waits := b.standIn("nhac-3", "Chưa duyệt")
	waits.Approval = scheduler.Approval{}
	must(t, b.store.PutRecording(t.Context(), waits))
	b.publish(now)
	owed := len(b.expected(tanHung))
	held := b.schedules(tanHung, now)[0]
	if got := b.standIns(tanHung); !slices.Equal(got, []string{"Dân ca", "Nhạc xuân"}) {
		t.Errorf("%q stand in", got)
	}
	if e := held.Evergreen[1]; e.Digest != digestOf("nhac-2") || e.Duration != minute || e.Approver != "Hùng" || e.Offset != 0 {
		t.Errorf("one of them is %+v", e)
	}
	last := []devices.File{{Digest: digestOf("nhac-1"), Size: sizeOf("nhac-1")}, {Digest: digestOf("nhac-2"), Size: sizeOf("nhac-2")}}
	if got := held.Files; len(got) != 4 || !slices.Equal(got[2:], last) {
		t.Errorf("files are %v", got)
	}
	if owed != 28 {
		t.Errorf("%d airings are expected, which are not only those of the two topics", owed)
	}
}

// TestTheListThatStandsInMakesARevision, and nothing that leaves it as it is does.
func TestTheListThatStandsInMakesARevision(t *testing.T) {
	b := newBench(t)
	ctx := t.Context()
	b.standIn("nhac-1", "Dân ca")
	b.publish(clock(4, 0, 0))
	for i, c := range []struct {
		why    string
		change func() error
		want   string
		titles []string
	}{
		{"nothing", func() error { return nil }, "", []string{"Dân ca"}},
		{"one more", func() error { b.standIn("nhac-2", "Nhạc xuân"); return nil }, "an-binh 2, tan-hung 2", []string{"Dân ca", "Nhạc xuân"}},
		{"one off", func() error { _, err := b.desk.PutEvergreen(ctx, "nhac-2", false); return err }, "an-binh 3, tan-hung 3", []string{"Dân ca"}},
		{"one on", func() error { _, err := b.desk.PutEvergreen(ctx, "nhac-2", true); return err }, "an-binh 4, tan-hung 4", []string{"Dân ca", "Nhạc xuân"}},
		{"one recalled", func() error {
			return b.store.PutRecall(ctx, scheduler.Recall{ID: "k", Recording: "nhac-1", By: "Lan", Why: "sai", At: clock(4, 0, 0)})
		}, "an-binh 5, tan-hung 5", []string{"Nhạc xuân"}},
	} {
		must(t, c.change())
		now := clock(4, 1+i, 0)
		if got := b.publish(now); got != c.want || !slices.Equal(b.standIns(tanHung), c.titles) {
			t.Errorf("%s: given %q, and %q stand in", c.why, got, b.standIns(tanHung))
		}
		if got := b.publish(now); got != "" {
			t.Errorf("%s, and then once more: %s", c.why, got)
		}
	}
	if _, err := b.desk.PutEvergreen(ctx, "khong-co", true); !errors.Is(err, scheduler.ErrNotFound) {
		t.Errorf("a recording that is not there: %v", err)
	}
}

func TestARecallFindsWhatStandsIn(t *testing.T) {
	entry := scheduler.Entry{Recording: "nhac", Directive: "thu", Topic: 2}
	s := devices.Schedule{Evergreen: []scheduler.Entry{entry}}
	for _, c := range []struct {
		recall scheduler.Recall
		want   bool
	}{
		{scheduler.Recall{Recording: "nhac"}, true},
		{scheduler.Recall{Directive: "thu"}, true},
		{scheduler.Recall{Directive: "thu", Topic: 2}, true},
		{scheduler.Recall{Directive: "thu", Topic: 1}, false},
		{scheduler.Recall{Recording: "khac"}, false},
	} {
		if got := holdsAny(s, c.recall); got != c.want {
			t.Errorf("%+v: %v", c.recall, got)
		}
	}
}

func TestOnlySoManyStandIn(t *testing.T) {
	var all []scheduler.Recording
	for i := range maxEvergreen + 5 {
		r := scheduler.Recording{ID: scheduler.RecordingID(fmt.Sprint(i)), Title: fmt.Sprintf("%02d", maxEvergreen+5-i), Digest: "d", Evergreen: true}
		r.Approval = scheduler.Approval{By: "Hùng", Digest: "d"}
		all = append(all, r)
	}
	if got := evergreen(all, nil); len(got) != maxEvergreen || got[0].Title != "01" {
		t.Errorf("%d stand in, the first of which is %q", len(got), got[0].Title)
	}
}

func TestGains(t *testing.T) {
	b := newBench(t)
	for i, c := range []struct {
		gains map[string]float64
		want  map[scheduler.Class]float64
		given string
	}{
		{map[string]float64{"emergency": 0, "filler": 0}, nil, "an-binh 1, tan-hung 1"},
		{nil, nil, ""},
		{map[string]float64{"emergency": 0, "filler": -6}, map[scheduler.Class]float64{"filler": -6}, "an-binh 2, tan-hung 2"},
		{map[string]float64{"filler": -6}, map[scheduler.Class]float64{"filler": -6}, ""},
		{map[string]float64{"filler": -9}, map[scheduler.Class]float64{"filler": -9}, "an-binh 3, tan-hung 3"},
	} {
		b.publisher.Gains = gainsOf(c.gains)
		if got := b.publish(clock(4, i, 0)); got != c.given {
			t.Errorf("%v: given %q, want %q", c.gains, got, c.given)
		}
		if got := b.held(tanHung); !maps.Equal(got.Gains, c.want) || got.Check() != nil {
			t.Errorf("%v: the schedule has %v", c.gains, got.Gains)
		}
	}
}

// TestDefaultGainsAreTaken by every station.
func TestDefaultGainsAreTaken(t *testing.T) {
	settings := get[config.Centre](t)(config.LoadCentre("", nil))
	b := newBench(t)
	b.publisher.Gains = gainsOf(settings.Gains)
	b.publish(clock(4, 0, 0))
	if got := b.held(tanHung); !maps.Equal(got.Gains, map[scheduler.Class]float64{"filler": -6}) || got.Check() != nil {
		t.Errorf("the schedule has %v", got.Gains)
	}
}
