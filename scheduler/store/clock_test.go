package store_test

import (
	"reflect"
	"slices"
	"testing"
	"time"

	"loaphuong/devices"
	"loaphuong/scheduler"
	"loaphuong/scheduler/store"
)

// wrong is how far from the true time the clock of a station is that has no
// battery.
const wrong = -300 * 24 * time.Hour

// untimed makes lines what a station writes in a boot before it knows the time:
// its clock is wrong, and only what counts from the boot, at true time, is right.
func untimed(boot string, booted time.Time, lines ...scheduler.AsRun) []scheduler.AsRun {
	for i := range lines {
		lines[i].Clock = scheduler.Clock{Boot: boot, Monotonic: lines[i].At.Sub(booted)}
		lines[i].At = lines[i].At.Add(wrong)
	}
	return lines
}

// clockLine is what the station says when it has learnt the time.
func clockLine(boot string, booted, at time.Time) scheduler.AsRun {
	return scheduler.AsRun{Kind: scheduler.AsRunClock, At: at,
		Clock: scheduler.Clock{Boot: boot, Monotonic: at.Sub(booted), Uncertainty: 20 * time.Millisecond, Source: "centre"}}
}

func TestLinesFromBeforeTheTimeWasKnown(t *testing.T) {
	booted, learnt := noon.Add(-time.Minute), noon.Add(10*time.Minute)
	s, all := oneStation(t, 1)
	lines := chain("log", append(untimed("b", booted, played(all[0])...), clockLine("b", booted, learnt)))
	for _, c := range []struct {
		why   string
		lines []scheduler.AsRun
		said  bool // what the line has is the only time there is
	}{
		{"the lines", lines[:3], true},
		{"the clock line", lines[3:], false},
		{"all of it once more", lines, false},
	} {
		receipt := ingest(t, s, "tan-hung", "log", c.lines...)
		f := get[scheduler.AiringFacts](t)(s.Airing(t.Context(), all[0].ID))
		want := f
		want.StartedAt, want.EndedAt = all[0].Start.Add(time.Millisecond), all[0].Start.Add(all[0].Duration)
		want.SaidStartedAt, want.SaidEndedAt = want.StartedAt.Add(wrong), want.EndedAt.Add(wrong)
		if c.said {
			want.StartedAt, want.EndedAt, want.SaidStartedAt, want.SaidEndedAt = want.SaidStartedAt, want.SaidEndedAt, time.Time{}, time.Time{}
		}
		if f != want || f.Outcome != scheduler.Aired || len(receipt.Rejected) > 0 || len(receipt.Accepted) != len(c.lines) {
			t.Errorf("%s: receipt %+v, and the airing is\n%+v, want\n%+v", c.why, receipt, f, want)
		}
	}
	kept := get[[]scheduler.AsRun](t)(s.Lines(t.Context(), all[0].ID))
	if len(kept) != 3 || kept[1].Hash() != lines[1].Hash() {
		t.Errorf("the lines themselves became %+v", kept)
	}
	if log := get[[]store.Log](t)(s.Logs(t.Context()))[0]; log.Contiguous != 4 || log.Broken != 0 {
		t.Errorf("the log is %+v", log)
	}
}

// What a clock line cannot say anything of keeps the time that it has.
func TestWhatIsNotReTimed(t *testing.T) {
	booted := noon.Add(-time.Hour)
	for why, change := range map[string]func(line, clock *scheduler.AsRun){
		"another boot":                    func(line, _ *scheduler.AsRun) { line.Clock.Boot = "other" },
		"no boot at all":                  func(line, clock *scheduler.AsRun) { line.Clock.Boot, clock.Clock.Boot = "", "" },
		"a time that was known":           func(line, _ *scheduler.AsRun) { line.Clock.Uncertainty = time.Second },
		"a clock that counts as none can": func(line, clock *scheduler.AsRun) { line.Clock.Monotonic, clock.At = 1<<62, noon.AddDate(7950, 0, 0) },
		"half a second":                   func(line, _ *scheduler.AsRun) { line.At = noon.Add(500 * time.Millisecond) }, // is put right and not worth a word
	} {
		s, all := oneStation(t, 1)
		line := untimed("b", booted, played(all[0])[1])[0]
		clock := clockLine("b", booted, noon.Add(time.Minute))
		change(&line, &clock)
		lines := chain("log", []scheduler.AsRun{line, clock})
		receipt := ingest(t, s, "tan-hung", "log", lines...)
		f := get[scheduler.AiringFacts](t)(s.Airing(t.Context(), all[0].ID))
		if len(receipt.Rejected) > 0 || !f.SaidStartedAt.IsZero() || f.StartedAt.Sub(line.At).Abs() > time.Second {
			t.Errorf("%s: receipt %+v, started %v, said %v", why, receipt, f.StartedAt, f.SaidStartedAt)
		}
	}
}

func TestAClockLineThatSaysNothing(t *testing.T) {
	s, all := oneStation(t, 1)
	vague, owned := clockLine("b", noon, noon), clockLine("b", noon, noon)
	vague.Clock.Uncertainty, owned.Airing = 0, all[0].ID
	receipt := ingest(t, s, "tan-hung", "log", chain("log", []scheduler.AsRun{vague, owned})...)
	if len(receipt.Rejected) != 2 {
		t.Errorf("the receipt is %+v", receipt)
	}
}

// boots is a station's story in two logs: it comes up without the time, learns
// it, learns better, loses its disk in the same boot, and comes up once more.
// Between that it fills, is listened to, and loses lines.
func boots(all []scheduler.Airing) []devices.Batch {
	first, second := noon.Add(-time.Minute), noon.Add(5*time.Minute)
	better := clockLine("one", first, noon.Add(9*time.Minute))
	better.Clock.Monotonic += 7 * time.Second // says otherwise, and comes second
	var lines []scheduler.AsRun
	lines = append(lines, untimed("one", first, played(all[0])...)...)
	lines = append(lines, clockLine("one", first, noon.Add(time.Minute)), better)
	lines = append(lines, filled(all[1])...)
	lines = append(lines, untimed("two", second, played(all[5])...)...)
	lines = append(lines, heardBack(all[5], scheduler.EvidenceHeard, "tần số khớp"), clockLine("two", second, noon.Add(20*time.Minute)))
	sent := claims("a", chain("a", lines))
	sent[len(sent)-1].Lost, sent[len(sent)-1].Since = 7, all[1].Start.Add(1)
	sent = slices.Delete(slices.Delete(sent, 6, 7), 0, 1) // the two that were lost and not yet sent

	other := append(untimed("one", first, played(all[2])...), untimed("never", first, played(all[3])...)...)
	return append(sent, claims("b", chain("b", other))...)
}

func TestClocksInAnyOrder(t *testing.T) {
	inAnyOrder(t, boots, func(t *testing.T, h held) {
		t.Helper()
		for i, reTimed := range []bool{true, false, true, false, false, true} {
			f := h.airings[i]
			if f.SaidStartedAt.IsZero() == reTimed || reTimed && f.StartedAt != f.Start.Add(time.Millisecond) {
				t.Errorf("airing %d started at %v, said %v", i, f.StartedAt, f.SaidStartedAt)
			}
		}
		if f := h.airings[5]; f.Evidence != scheduler.EvidenceHeard || f.HeardBack != "tần số khớp" {
			t.Errorf("heard is %+v", f)
		}
		if f := h.airings[1]; f.Outcome != "" || f.Filled != "Nhạc xuân" {
			t.Errorf("filled is %+v", f)
		}
		if log := h.logs[0]; log.Contiguous != 12 || log.Lost != 2 || len(h.quarantine) != 0 || log.Broken != 0 {
			t.Errorf("the log is %+v, quarantine %v", log, h.quarantine)
		}
	})
}

// A database from before stations learnt the time keeps its lines, and has them
// re-timed like any others.
func TestDatabaseWithoutClocksIsBroughtForward(t *testing.T) {
	path, exec := ofVersion(t, 7)
	a := airings("tan-hung", noon, 1)[0]
	booted := noon.Add(-time.Minute)
	lines := chain("log", append(untimed("b", booted, played(a)...), clockLine("b", booted, noon.Add(time.Hour))))
	exec(`INSERT INTO areas (id, name) VALUES ('tinh', 'Tỉnh')`)
	exec(`INSERT INTO stations (id, name, area, zone, phone, volume, quiet) VALUES ('tan-hung', 'Đài', 'tinh', '', '', 80, 'null')`)
	exec(`INSERT INTO airings (id, station, programme, playlist, entry, class, start, duration, grace, recording, title, digest,
		approver, directive, topic, revision) VALUES ($1, 'tan-hung', 'sang', 'sang-1', 0, 'ordinary', $2, 0, 0, '', '', '', '', '', 0, 1)`, a.ID, noon.UnixMilli())
	exec(`INSERT INTO logs (station, log, since, contiguous, complete) VALUES ('tan-hung', 'log', 0, 3, 0)`)
	for _, l := range lines[:3] {
		exec(`INSERT INTO asrun (station, log, number, hash, previous, airing, body, received) VALUES ('tan-hung', 'log', $1, $2, $3, $4, $5, 0)`,
			l.Number, l.Hash(), l.Previous, l.Airing, toJSON(t, l))
	}
	s := openAt(t, path)
	if got := get[[]scheduler.AsRun](t)(s.Lines(t.Context(), a.ID)); !reflect.DeepEqual(got, lines[:3]) {
		t.Errorf("the lines became %+v", got)
	}
	ingest(t, s, "tan-hung", "log", lines[3])
	if f := get[scheduler.AiringFacts](t)(s.Airing(t.Context(), a.ID)); !f.StartedAt.Equal(noon.Add(time.Millisecond)) || f.SaidStartedAt.IsZero() {
		t.Errorf("the airing is %+v", f)
	}
	if log := get[[]store.Log](t)(s.Logs(t.Context()))[0]; log.Contiguous != 4 || log.Lost != 0 {
		t.Errorf("the log is %+v", log)
	}
	checkIntegrity(t, path)
}
