package store_test

import (
	"errors"
	"fmt"
	"math"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"loaphuong/devices"
	"loaphuong/scheduler"
	"loaphuong/scheduler/store"
)

// oneStation is a store in which tan-hung owes n airings from noon on.
func oneStation(t testing.TB, n int) (*store.Store, []scheduler.Airing) {
	t.Helper()
	s := withStations(t, open(t), "tan-hung")
	all := airings("tan-hung", noon, n)
	publish(t, s, 1, noon.Add(-time.Hour), all)
	return s, all
}

func TestIngestAppliesWhatIsSaid(t *testing.T) {
	s, all := oneStation(t, 2)
	lines := logOf("log", all)
	lines[5].Outcome, lines[5].Sounded, lines[5].Reason, lines[5].Detail = scheduler.Partial, 9*time.Second, scheduler.PowerLost, "mất điện"
	chain("log", lines)
	receipt := ingest(t, s, "tan-hung", "log", lines...)
	if !reflect.DeepEqual(receipt, devices.Receipt{Log: "log", Accepted: []uint64{1, 2, 3, 4, 5, 6}}) {
		t.Errorf("the receipt is %+v", receipt)
	}
	want := scheduler.AiringFacts{Airing: all[1], Revision: 1, StartedAt: lines[4].At, EndedAt: lines[5].At, Sounded: 9 * time.Second,
		Outcome: scheduler.Partial, Reason: scheduler.PowerLost, Detail: "mất điện", Evidence: scheduler.EvidenceDrained, Card: "USB"}
	if got := get[scheduler.AiringFacts](t)(s.Airing(t.Context(), all[1].ID)); !reflect.DeepEqual(got, want) {
		t.Errorf("the airing is %+v\nwant %+v", got, want)
	}
	got := get[[]scheduler.AsRun](t)(s.Lines(t.Context(), all[1].ID))
	if len(got) != 3 || got[2].Hash() != lines[5].Hash() {
		t.Errorf("the lines came back changed: %+v", got)
	}
}

func TestIngestAgainIsSilent(t *testing.T) {
	s, all := oneStation(t, 2)
	lines := logOf("log", all)
	first := ingest(t, s, "tan-hung", "log", append(lines, lines...)...) // twice in one batch
	before := snapshot(t, s)
	second := ingest(t, s, "tan-hung", "log", lines...)
	if !reflect.DeepEqual(first, second) || len(first.Rejected) != 0 || len(first.Accepted) != 6 {
		t.Errorf("first receipt %+v, second %+v", first, second)
	}
	if after := snapshot(t, s); !reflect.DeepEqual(after, before) {
		t.Errorf("the same lines again changed the facts:\n%+v\n%+v", before, after)
	}
}

func TestIngestQuarantines(t *testing.T) {
	line := func(change func(*scheduler.AsRun)) func([]scheduler.Airing) scheduler.AsRun {
		return func(all []scheduler.Airing) scheduler.AsRun {
			l := played(all[1])[2]
			l.Log, l.Number = "log", 4
			change(&l)
			return l
		}
	}
	cases := []struct {
		line func([]scheduler.Airing) scheduler.AsRun
		want string // in the reason
	}{
		{line(func(l *scheduler.AsRun) { l.Number = 3 }), "another line is already held under number 3"},
		{line(func(l *scheduler.AsRun) { l.Outcome = "" }), `end with outcome ""`},
		{line(func(l *scheduler.AsRun) { l.Number = 0 }), "no log, number or airing"},
		{line(func(l *scheduler.AsRun) { l.Airing = "deadbeef" }), "was never to air deadbeef"},
		{line(func(l *scheduler.AsRun) { l.Log = "log-2" }), `it is of log "log-2"`},
		{line(func(l *scheduler.AsRun) { l.Number = math.MaxUint64 }), "beyond all reason"},
		{line(func(l *scheduler.AsRun) { l.Number = math.MaxInt64 }), "beyond all reason"},
		{func(all []scheduler.Airing) scheduler.AsRun { // the airing that has ended, once more
			l := played(all[0])[2]
			l.Log, l.Number, l.Outcome = "log", 4, scheduler.Missed
			return l
		}, "had already ended"},
	}
	for _, c := range cases {
		s, all := oneStation(t, 2)
		ingest(t, s, "tan-hung", "log", logOf("log", all[:1])...)
		bad := c.line(all)
		receipt := ingest(t, s, "tan-hung", "log", bad)
		if len(receipt.Rejected) != 1 || receipt.Rejected[0].Number != bad.Number || len(receipt.Accepted) != 0 ||
			!strings.Contains(receipt.Rejected[0].Reason, c.want) {
			t.Errorf("%s: the receipt is %+v", c.want, receipt)
			continue
		}
		kept := get[[]store.Quarantined](t)(s.Quarantine(t.Context()))
		if len(kept) != 1 || kept[0].Reason != receipt.Rejected[0].Reason || kept[0].Line.Hash() != bad.Hash() ||
			kept[0].Station != "tan-hung" || kept[0].Log != "log" || !kept[0].Received.Equal(noon) {
			t.Errorf("%s: in quarantine are %+v", c.want, kept)
		}
		if f := get[scheduler.AiringFacts](t)(s.Airing(t.Context(), all[0].ID)); f.Outcome != scheduler.Aired {
			t.Errorf("%s: the airing that was aired became %s", c.want, f.Outcome)
		}
	}
}

func TestIngestOfAnothersAiring(t *testing.T) {
	s := withStations(t, open(t), "tan-hung", "an-binh")
	all := airings("an-binh", noon, 1)
	publish(t, s, 1, noon, all)
	receipt := ingest(t, s, "tan-hung", "log", logOf("log", all)...)
	if len(receipt.Rejected) != 3 || len(receipt.Accepted) != 0 {
		t.Errorf("the receipt is %+v", receipt)
	}
	if f := facts(t, s, scheduler.AiringFilter{})[0]; f.Outcome != "" {
		t.Errorf("one station closed the airing of another: %+v", f)
	}
}

func TestIngestOfNobody(t *testing.T) {
	s, _ := oneStation(t, 1)
	if _, err := s.Ingest(t.Context(), devices.Batch{Station: "khong-co", Log: "log"}, noon); !errors.Is(err, scheduler.ErrNotFound) {
		t.Errorf("a batch of no station: %v", err)
	}
	if _, err := s.Ingest(t.Context(), devices.Batch{Station: "tan-hung"}, noon); err == nil {
		t.Error("a batch of no log was taken")
	}
}

func TestIngestOfMoreThanABatch(t *testing.T) {
	s, all := oneStation(t, 150)
	lines := logOf("log", all)
	receipt := ingest(t, s, "tan-hung", "log", lines...) // carried by hand, all at once
	if len(receipt.Accepted) != 450 || !slices.IsSorted(receipt.Accepted) {
		t.Errorf("%d of 450 lines accepted", len(receipt.Accepted))
	}
}

func TestChain(t *testing.T) {
	cut := func(lines []scheduler.AsRun) { lines[3].Previous = scheduler.DigestOf([]byte("another")) }
	forged := func(lines []scheduler.AsRun) { lines[0].Previous = scheduler.DigestOf([]byte("there is none")) }
	reworded := func(lines []scheduler.AsRun) { lines[2].Detail = "changed after the fact" }              // breaks the line after it
	foreign := func(lines []scheduler.AsRun) { lines[2].Airing = "deadbeef"; chain(lines[0].Log, lines) } // put apart, but the chain holds
	both := func(lines []scheduler.AsRun) { cut(lines); forged(lines) }
	cases := []struct {
		why    string
		change func([]scheduler.AsRun)
		broken int
	}{
		{"whole", func([]scheduler.AsRun) {}, 0},
		{"one line follows another", cut, 2}, // and the next no longer follows the changed one
		{"the first line follows something", forged, 2},
		{"a line was changed", reworded, 1},
		{"both", both, 4},
		{"a line was put apart", foreign, 0},
	}
	orders := [][]int{{0, 1, 2, 3, 4, 5}, {5, 4, 3, 2, 1, 0}, {2, 0, 4, 1, 5, 3}}
	s, all := oneStation(t, 2*len(cases)*len(orders))
	for _, c := range cases {
		for _, order := range orders {
			log := fmt.Sprint(c.why, order)
			lines := logOf(log, all[:2])
			all = all[2:]
			c.change(lines)
			for _, i := range order {
				ingest(t, s, "tan-hung", log, lines[i])
			}
			logs := get[[]store.Log](t)(s.Logs(t.Context()))
			i := slices.IndexFunc(logs, func(l store.Log) bool { return l.Log == log })
			if i < 0 || logs[i].Broken != c.broken || logs[i].Contiguous != 6 {
				t.Errorf("%s, in order %v: %+v, want %d broken", c.why, order, logs, c.broken)
			}
		}
	}
}

func TestWatermark(t *testing.T) {
	s, all := oneStation(t, 4)
	lines := logOf("log", all)
	since, at := noon.Add(-time.Hour), func(minutes int) time.Time { return noon.Add(time.Duration(minutes) * time.Minute) }
	complete := func(through time.Time) scheduler.Watermark {
		return scheduler.Watermark{Station: "tan-hung", Log: "log", Since: since, Through: through, Complete: true}
	}
	claimed := func(through time.Time) scheduler.Watermark {
		return scheduler.Watermark{Station: "tan-hung", Log: "log", Since: since, Through: through}
	}
	bad := lines[3]
	bad.Airing = "deadbeef"
	steps := []struct {
		lines   []scheduler.AsRun
		number  uint64
		through time.Time
		want    []scheduler.Watermark
		why     string
	}{
		{lines[:3], 3, at(1), []scheduler.Watermark{complete(at(1))}, "all lines are held"},
		{nil, 3, at(2), []scheduler.Watermark{complete(at(2))}, "time goes on with nothing to say"},
		{lines[5:6], 6, at(3), []scheduler.Watermark{complete(at(2)), claimed(at(3))}, "two lines have not come"},
		{lines[6:9], 9, at(4), []scheduler.Watermark{complete(at(2)), claimed(at(4))}, "they still have not"},
		{lines[4:5], 5, at(3), []scheduler.Watermark{complete(at(2)), claimed(at(4))}, "one of them has"},
		{[]scheduler.AsRun{bad}, 6, at(3), []scheduler.Watermark{complete(at(4))}, "a line put apart closes the gap too"},
		{nil, 9, time.Time{}, []scheduler.Watermark{complete(at(4))}, "no claim at all"},
		{nil, 9, at(3), []scheduler.Watermark{complete(at(4))}, "an older claim comes late"},
		{nil, 9, at(90), []scheduler.Watermark{complete(at(60))}, "a claim for what is to come is cut to the present"},
		{nil, math.MaxUint64, at(60), []scheduler.Watermark{complete(at(60)), claimed(at(60))}, "a claim for lines that cannot be"},
	}
	for _, step := range steps {
		b := devices.Batch{Station: "tan-hung", Log: "log", Records: step.lines, Number: step.number, Through: step.through, Since: since}
		get[devices.Receipt](t)(s.Ingest(t.Context(), b, at(60)))
		if got := get[[]scheduler.Watermark](t)(s.Watermarks(t.Context())); !reflect.DeepEqual(got, step.want) {
			t.Errorf("%s: %+v\nwant %+v", step.why, got, step.want)
		}
	}
}

func TestWatermarkOfASecondLog(t *testing.T) {
	s, _ := oneStation(t, 1)
	for i, log := range []string{"log-1", "log-2"} {
		begun := noon.Add(time.Duration(i) * time.Hour)
		b := devices.Batch{Station: "tan-hung", Log: log, Since: begun, Through: begun.Add(time.Minute)}
		get[devices.Receipt](t)(s.Ingest(t.Context(), b, noon.Add(24*time.Hour)))
	}
	marks := get[[]scheduler.Watermark](t)(s.Watermarks(t.Context()))
	covered := func(at time.Time) bool {
		return slices.ContainsFunc(marks, func(m scheduler.Watermark) bool { return m.Covers(at) })
	}
	if len(marks) != 2 || !covered(noon) || covered(noon.Add(30*time.Minute)) || !covered(noon.Add(time.Hour)) {
		t.Errorf("the time between two logs is nobody's: %+v", marks)
	}
}
