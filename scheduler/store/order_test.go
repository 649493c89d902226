package store_test

import (
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"reflect"
	"testing"
	"time"

	"loaphuong/devices"
	"loaphuong/scheduler"
	"loaphuong/scheduler/store"
)

// held is everything that as-run lines lead to.
type held struct {
	airings    []scheduler.AiringFacts
	marks      []scheduler.Watermark
	logs       []store.Log
	quarantine map[string]string // line and log → reason; when it was received may differ
	lines      []scheduler.AsRun
}

func snapshot(t testing.TB, s *store.Store) held {
	t.Helper()
	h := held{
		airings:    facts(t, s, scheduler.AiringFilter{}),
		marks:      get[[]scheduler.Watermark](t)(s.Watermarks(t.Context())),
		logs:       get[[]store.Log](t)(s.Logs(t.Context())),
		quarantine: map[string]string{},
	}
	for _, q := range get[[]store.Quarantined](t)(s.Quarantine(t.Context())) {
		h.quarantine[fmt.Sprint(q.Station, q.Log, q.Line.Hash())] = q.Reason
	}
	for _, a := range h.airings {
		h.lines = append(h.lines, get[[]scheduler.AsRun](t)(s.Lines(t.Context(), a.ID))...)
	}
	return h
}

// disorder is the batches of two logs of a station, in which much is wrong: an
// airing that ends twice in one log and once more in the other, lines that
// contradict themselves or name what was never owed, a broken chain, a line
// that never comes.
func disorder(all []scheduler.Airing) []devices.Batch {
	lines := logOf("a", all)
	again := played(all[3])[2]
	again.Outcome, again.Detail = scheduler.Missed, "a second end"
	foreign := played(scheduler.Airing{ID: "deadbeef", Start: noon})
	foolish := played(all[4])[2]
	foolish.Sounded = -1
	lines = append(lines, again, foreign[1], foolish)
	chain("a", lines)
	lines[7].Previous = scheduler.DigestOf([]byte("broken"))
	lines = append(lines[:20], lines[21:]...)

	other := played(all[3])[2]
	other.Detail = "and once more"
	second := chain("b", append([]scheduler.AsRun{other}, played(all[5])[1]))
	return append(claims("a", lines), claims("b", second)...)
}

// claims are batches of one line each, every one with its own claim.
func claims(log string, lines []scheduler.AsRun) []devices.Batch {
	var all []devices.Batch
	for i, l := range lines {
		all = append(all, devices.Batch{Station: "tan-hung", Log: log, Records: lines[i : i+1 : i+1],
			Number: l.Number, Through: noon.Add(time.Duration(i) * time.Minute), Since: noon.Add(-time.Hour)})
	}
	return all
}

// jumble sends every batch at least once, in any order, some more than once,
// and some joined with others of the same log.
func jumble(r *rand.Rand, batches []devices.Batch) []devices.Batch {
	sent := append([]devices.Batch{}, batches...)
	for range len(batches) / 2 {
		sent = append(sent, batches[r.IntN(len(batches))])
	}
	r.Shuffle(len(sent), func(i, j int) { sent[i], sent[j] = sent[j], sent[i] })
	for i := range len(sent) / 2 {
		more := batches[r.IntN(len(batches))]
		if more.Log == sent[i].Log {
			sent[i].Records = append([]scheduler.AsRun{more.Records[0]}, sent[i].Records...)
		}
	}
	return sent
}

// Whatever the order, the repetitions and the batches, the facts are the same.
func TestIngestInAnyOrder(t *testing.T) { inAnyOrder(t, disorder, checkDisorder) }

// inAnyOrder ingests batches as they are, checks what comes of that, and then
// wants the same of them jumbled.
func inAnyOrder(t *testing.T, batches func([]scheduler.Airing) []devices.Batch, check func(*testing.T, held)) {
	t.Helper()
	seed := rand.Uint64()
	t.Logf("seed %d", seed)
	r := rand.New(rand.NewPCG(seed, 0))
	var want held
	for round := range 6 {
		s, all := oneStation(t, 8)
		sent := batches(all)
		if round > 0 {
			sent = jumble(r, sent)
		}
		for _, b := range sent {
			get[devices.Receipt](t)(s.Ingest(t.Context(), b, noon.Add(24*time.Hour)))
		}
		got := snapshot(t, s)
		if round == 0 {
			want = got
			check(t, want)
		} else if !reflect.DeepEqual(got, want) {
			t.Fatalf("round %d:\n%+v\nin order:\n%+v", round, got, want)
		}
	}
}

// checkDisorder makes sure that what is compared is what was meant.
func checkDisorder(t *testing.T, h held) {
	t.Helper()
	f := h.airings[3]
	if f.Outcome != scheduler.Aired || f.Detail != "" || len(h.quarantine) != 4 || len(h.lines) != 24-1+1+2 {
		t.Errorf("in order: airing %+v, %d in quarantine, %d lines", f, len(h.quarantine), len(h.lines))
	}
	if len(h.logs) != 2 || h.logs[0].Contiguous != 20 || h.logs[0].Highest != 27 || h.logs[0].Broken != 2 {
		t.Errorf("in order: logs %+v", h.logs)
	}
	if len(h.marks) != 3 || !h.marks[0].Through.Equal(noon.Add(19*time.Minute)) || h.marks[1].Complete {
		t.Errorf("in order: watermarks %+v", h.marks)
	}
}

func TestIngestSurvivesReopening(t *testing.T) {
	path := filepath.Join(t.TempDir(), "centre.db")
	s := withStations(t, openAt(t, path), "tan-hung")
	all := airings("tan-hung", noon, 4)
	publish(t, s, 1, noon, all)
	ingest(t, s, "tan-hung", "log", logOf("log", all)...)
	before := snapshot(t, s)
	must(t, s.Close())
	if after := snapshot(t, openAt(t, path)); !reflect.DeepEqual(after, before) {
		t.Errorf("after reopening:\n%+v\nbefore:\n%+v", after, before)
	}
}
