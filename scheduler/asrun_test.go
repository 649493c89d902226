package scheduler_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"loaphuong/scheduler"
)

func line(number uint64, previous scheduler.Digest) scheduler.AsRun {
	return scheduler.AsRun{
		Log: "log", Number: number, Previous: previous, Kind: scheduler.AsRunEnd, Airing: "a", Outcome: scheduler.Aired,
		At: time.Date(2026, 3, 2, 5, 30, 0, 123456789, time.UTC), Sounded: time.Minute, Evidence: scheduler.EvidenceDrained,
		Clock: scheduler.Clock{Boot: "b", Monotonic: time.Hour, Offset: -time.Second},
	}
}

func TestAsRunCheck(t *testing.T) {
	for _, c := range []struct {
		change func(*scheduler.AsRun)
		want   string
	}{
		{func(r *scheduler.AsRun) {}, ""},
		{func(r *scheduler.AsRun) { r.Outcome, r.Reason, r.Sounded = scheduler.Missed, scheduler.PowerLost, 0 }, ""},
		{func(r *scheduler.AsRun) { r.Kind, r.Outcome = scheduler.AsRunIntent, "" }, ""},
		{func(r *scheduler.AsRun) { r.Kind, r.Outcome = scheduler.AsRunStart, "" }, ""},
		{func(r *scheduler.AsRun) { r.Log = "" }, "it has no log, number or airing"},
		{func(r *scheduler.AsRun) { r.Number = 0 }, "it has no log, number or airing"},
		{func(r *scheduler.AsRun) { r.Airing = "" }, "it has no log, number or airing"},
		{func(r *scheduler.AsRun) { r.Kind = "" }, `kind "" is none`},
		{func(r *scheduler.AsRun) { r.Kind = "played" }, `kind "played" is none`},
		{func(r *scheduler.AsRun) { r.Outcome = "" }, `end with outcome ""`},                         // over, and nothing came of it
		{func(r *scheduler.AsRun) { r.Outcome = scheduler.Waived }, `end with outcome "waived"`},     // not a station's word
		{func(r *scheduler.AsRun) { r.Kind = scheduler.AsRunIntent }, `intent with outcome "aired"`}, // not begun and over
		{func(r *scheduler.AsRun) { r.Kind = scheduler.AsRunStart }, `start with outcome "aired"`},   // begun and over
		{func(r *scheduler.AsRun) { r.Sounded = -1 }, "sounded for -1ns"},
	} {
		r := line(7, digestOf("6"))
		c.change(&r)
		err := r.Check()
		if (err == nil) != (c.want == "") || err != nil && !strings.Contains(err.Error(), c.want) {
			t.Errorf("got %v, want %q", err, c.want)
		}
	}
}

// broken is the number of the first line that does not follow from the one
// before, or 0.
func broken(lines []scheduler.AsRun) uint64 {
	var previous scheduler.Digest
	for i, r := range lines {
		if r.Previous != previous || r.Number != uint64(i+1) {
			return r.Number
		}
		previous = r.Hash()
	}
	return 0
}

// TestHashChain: whatever is changed or taken out shows at the next line.
func TestHashChain(t *testing.T) {
	chain := func() []scheduler.AsRun {
		lines := make([]scheduler.AsRun, 9)
		var previous scheduler.Digest
		for i := range lines {
			lines[i] = line(uint64(i+1), previous)
			previous = lines[i].Hash()
		}
		return lines
	}
	if got := broken(chain()); got != 0 {
		t.Fatalf("a whole log is broken at %d", got)
	}
	for what, change := range map[string]func(*scheduler.AsRun){
		"outcome":   func(r *scheduler.AsRun) { r.Outcome = scheduler.Missed },
		"time":      func(r *scheduler.AsRun) { r.At = r.At.Add(1) },
		"sounded":   func(r *scheduler.AsRun) { r.Sounded++ },
		"airing":    func(r *scheduler.AsRun) { r.Airing = "b" },
		"detail":    func(r *scheduler.AsRun) { r.Detail = " " },
		"evidence":  func(r *scheduler.AsRun) { r.Evidence++ },
		"clock":     func(r *scheduler.AsRun) { r.Clock.Uncertainty = 1 },
		"beginning": func(r *scheduler.AsRun) { r.Log = "another" },
	} {
		lines := chain()
		change(&lines[3])
		if got := broken(lines); got != 5 {
			t.Errorf("with another %s in line 4 the log is broken at %d, want 5", what, got)
		}
	}
	lines := chain()
	if got := broken(append(lines[:3:3], lines[4:]...)); got != 5 {
		t.Errorf("without line 4 the log is broken at %d, want 5", got)
	}
}

// TestHashSurvivesTheWire: the centre hashes what the station hashed.
func TestHashSurvivesTheWire(t *testing.T) {
	r := line(1, "")
	r.Detail = "mất điện <0,5 giờ> & \"sét\"\u2028"
	b, err := json.Marshal(r)
	if err != nil {
		t.Fatal(err)
	}
	var got scheduler.AsRun
	if err := json.Unmarshal(b, &got); err != nil || got.Hash() != r.Hash() {
		t.Errorf("%s has hash %s, before %s: %v", b, got.Hash(), r.Hash(), err)
	}
}

func TestEvidenceString(t *testing.T) {
	var got []string
	for e := scheduler.EvidencePlanned - 1; e <= scheduler.EvidenceConfirmed+1; e++ {
		got = append(got, fmt.Sprint(e))
	}
	if s := strings.Join(got, " "); s != "evidence(-1) planned verified started drained heard confirmed evidence(6)" {
		t.Errorf("grades are %s", s)
	}
}
