package store_test

import (
	"encoding/json"
	"slices"
	"testing"
	"time"

	"loaphuong/devices"
	"loaphuong/scheduler"
	"loaphuong/scheduler/store"
)

func toJSON(t testing.TB, v any) string {
	t.Helper()
	return string(get[[]byte](t)(json.Marshal(v)))
}

// filled are the lines of an airing whose audio was not there.
func filled(a scheduler.Airing) []scheduler.AsRun {
	return []scheduler.AsRun{
		{Kind: scheduler.AsRunFill, Airing: a.ID, Planned: a.Start, At: a.Start.Add(a.Duration), Sounded: 40 * time.Second,
			Detail: "in its place: Nhạc xuân", Evidence: scheduler.EvidenceDrained},
		{Kind: scheduler.AsRunEnd, Airing: a.ID, Planned: a.Start, At: a.Start.Add(a.Duration), Outcome: scheduler.Missed, Reason: scheduler.FileAbsent},
	}
}

// heardBack is the line in which an airing is graded.
func heardBack(a scheduler.Airing, grade scheduler.Evidence, detail string) scheduler.AsRun {
	return scheduler.AsRun{Kind: scheduler.AsRunHeard, Airing: a.ID, Planned: a.Start, At: a.Start.Add(a.Duration + 4*time.Second), Evidence: grade, Detail: detail}
}

func TestWhatIsHeardBack(t *testing.T) {
	const played, missed = scheduler.Aired, scheduler.Missed
	heard, deaf := scheduler.EvidenceHeard, scheduler.EvidenceDrained
	for _, c := range []struct {
		why     string
		outcome scheduler.State
		grades  []scheduler.Evidence
		want    scheduler.Evidence
		shown   string
	}{
		{"it was heard", played, []scheduler.Evidence{heard}, heard, "lời 0"},
		{"it was heard in part", scheduler.Partial, []scheduler.Evidence{heard}, heard, "lời 0"},
		{"it was heard late", scheduler.Late, []scheduler.Evidence{heard}, heard, "lời 0"},
		{"it was not heard", played, []scheduler.Evidence{scheduler.EvidencePlanned}, deaf, "lời 0"}, // lowers nothing
		{"the best grade counts", played, []scheduler.Evidence{deaf, heard, deaf}, heard, "lời 1"},
		{"the first of two counts", played, []scheduler.Evidence{heard, heard}, heard, "lời 0"},
		{"no station is a person", played, []scheduler.Evidence{scheduler.EvidenceConfirmed}, heard, "lời 0"},
		{"a miss stays one", missed, []scheduler.Evidence{heard}, deaf, "lời 0"},
		{"nobody listened", played, nil, deaf, ""},
	} {
		s, all := oneStation(t, 1)
		end := endOf(all[0], func(l *scheduler.AsRun) { l.Outcome = c.outcome })
		lines := []scheduler.AsRun{end}
		for i, grade := range c.grades {
			lines = append(lines, heardBack(all[0], grade, "lời "+string(rune('0'+i))))
		}
		slices.Reverse(chain("log", lines))
		ingest(t, s, "tan-hung", "log", lines...)
		f := get[scheduler.AiringFacts](t)(s.Airing(t.Context(), all[0].ID))
		if f.Evidence != c.want || f.HeardBack != c.shown || f.Outcome != c.outcome {
			t.Errorf("%s: %s, heard back %q, outcome %s", c.why, f.Evidence, f.HeardBack, f.Outcome)
		}
	}
}

// endOf is the end line of an airing that went well, changed.
func endOf(a scheduler.Airing, change func(*scheduler.AsRun)) scheduler.AsRun {
	end := played(a)[2]
	change(&end)
	return end
}

func TestWhatAnEndSaysBesides(t *testing.T) {
	s, all := oneStation(t, 1)
	end := endOf(all[0], func(l *scheduler.AsRun) { l.Stalls, l.Quiet, l.Interruptions = 3, 40*time.Second, 2 })
	again := endOf(all[0], func(l *scheduler.AsRun) { l.Stalls, l.Detail = 9, "a second end" })
	ingest(t, s, "tan-hung", "log", chain("log", []scheduler.AsRun{end, again})...)
	f := get[scheduler.AiringFacts](t)(s.Airing(t.Context(), all[0].ID))
	if f.Stalls != 3 || f.Quiet != 40*time.Second || f.Interruptions != 2 || !f.Silent() {
		t.Errorf("the airing is %+v", f)
	}
}

// Whatever sounds in an airing's place, the airing is what its own lines say.
func TestWhatSoundsInTheirPlace(t *testing.T) {
	s, all := oneStation(t, 2)
	lines := append(filled(all[0]), filled(all[1])[0], filled(all[1])[0])
	lines[3].Detail, lines[3].Sounded = "in its place: Dân ca", 5*time.Second // the agent began anew meanwhile
	ingest(t, s, "tan-hung", "log", chain("log", lines)...)
	got := facts(t, s, scheduler.AiringFilter{})
	if f := got[0]; f.Outcome != scheduler.Missed || f.Sounded != 0 || f.Filled != "Nhạc xuân" || f.FilledFor != 40*time.Second || f.Evidence != 0 {
		t.Errorf("the first is %+v", f)
	}
	if f := got[1]; f.Outcome != "" || !f.StartedAt.IsZero() || f.Filled != "Nhạc xuân; Dân ca" || f.FilledFor != 45*time.Second {
		t.Errorf("the second, of which no more was said, is %+v", f)
	}
}

func TestLinesThatWereLost(t *testing.T) {
	s, all := oneStation(t, 4)
	lines := logOf("log", all)
	since, through := noon.Add(-time.Hour), noon.Add(30*time.Minute)
	lost := func(n uint64) devices.Batch {
		return devices.Batch{Station: "tan-hung", Log: "log", Number: 12, Through: through, Since: all[1].Start.Add(1), Lost: n}
	}
	for _, c := range []struct {
		why        string
		batch      devices.Batch
		contiguous uint64
		lost       uint64
		covered    []int // airings of which a watermark that is complete speaks
	}{
		{"the first line", devices.Batch{Station: "tan-hung", Log: "log", Records: lines[:1], Number: 12, Through: through, Since: since}, 1, 0, nil},
		{"six are lost, one of which has come", lost(6), 6, 5, nil},
		{"what is left comes", with(lost(6), lines[6:]...), 12, 5, []int{2, 3}},
		{"one of the lost was on its way", with(lost(6), lines[2]), 12, 4, []int{2, 3}},
		{"an older word", lost(3), 12, 4, []int{2, 3}},
		{"more than there is", lost(1 << 63), 12, 4, []int{2, 3}},
	} {
		get[devices.Receipt](t)(s.Ingest(t.Context(), c.batch, noon.Add(time.Hour)))
		log := get[[]store.Log](t)(s.Logs(t.Context()))[0]
		if log.Contiguous != c.contiguous || log.Lost != c.lost || log.Highest != 12 {
			t.Errorf("%s: the log is %+v", c.why, log)
		}
		marks := get[[]scheduler.Watermark](t)(s.Watermarks(t.Context()))
		for i, a := range all {
			covers := slices.ContainsFunc(marks, func(m scheduler.Watermark) bool { return m.Covers(a.Start) })
			if covers != slices.Contains(c.covered, i) {
				t.Errorf("%s: airing %d is covered: %v by %+v", c.why, i, covers, marks)
			}
		}
	}
}

func with(b devices.Batch, lines ...scheduler.AsRun) devices.Batch {
	b.Records = lines
	return b
}
