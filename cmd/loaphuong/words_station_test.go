package main

import (
	"testing"
	"time"

	"loaphuong/devices"
	"loaphuong/scheduler"
	"loaphuong/scheduler/web"
)

func TestStationsAreListedWithTheirClocks(t *testing.T) {
	t.Parallel()
	state := func(change func(*devices.State)) *devices.State {
		s := &devices.State{Online: true, Revision: 3, Card: "USB", CardOK: true, ClockOK: true}
		change(s)
		return s
	}
	f := newFake(t, map[string]any{"GET /v1/stations": []web.StationState{
		{Station: scheduler.Station{ID: "a"}, State: state(func(s *devices.State) {}), Published: 3},
		{Station: scheduler.Station{ID: "b"}, State: state(func(s *devices.State) { s.ClockOK = false }), Published: 3},
		{Station: scheduler.Station{ID: "c"}, State: state(func(s *devices.State) {
			s.Clock = devices.ClockState{Source: "ntp:vn.pool.ntp.org", Offset: -1250 * time.Millisecond, Uncertainty: 12 * time.Millisecond}
			s.Error, s.DiskLow, s.Lost, s.Stalls = "schedule 4: expired", true, 1, 2
		}), Published: 3},
		{Station: scheduler.Station{ID: "d"}, Published: 3},
	}})
	code, out, talk := f.run("station", "list")
	if code != 0 {
		t.Fatalf("status %d: %s", code, talk)
	}
	wantAll(t, "station list", out, "CLOCK OUTBOX|USB own clock|USB not set|ntp:vn.pool.ntp.org -1.250s ±0.012s|"+
		"schedule 4: expired; disk low; 1 log line lost at the station; sound card skipped 2 times|never heard")
}

func TestBesides(t *testing.T) {
	t.Parallel()
	a := scheduler.JudgedAiring{State: scheduler.Partial, AiringFacts: scheduler.AiringFacts{
		StartedAt: at("05:00:00"), SaidStartedAt: at("05:00:00").AddDate(-1, 0, 0), Sounded: time.Minute, Quiet: 40 * time.Second,
		Stalls: 1, Interruptions: 2, Filled: "Dân ca", FilledFor: 30 * time.Second, HeardBack: "3 of 20",
	}}
	wantAll(t, "what happened", happened(a, time.FixedZone("", 7*3600)), "heard for 1m|SILENCE for 40s of 1m|skipped 1 time;|gave way 2 times|"+
		"in its place for 30s: Dân ca|heard back: 3 of 20|not yet set, begun at 23/11/2025 05:00")
	if got := besides(scheduler.AiringFacts{Sounded: time.Minute, Quiet: time.Second}, time.UTC); len(got) != 0 {
		t.Errorf("of nothing remarkable it says %q", got)
	}
}

func TestRecordingsAreKeptForLater(t *testing.T) {
	t.Parallel()
	kept := scheduler.Recording{ID: "r1", Title: "Dân ca", Digest: "0123456789abcdef", Evergreen: true}
	for _, c := range []struct {
		line, out, talk, sent string
		code                  int
	}{
		{"recording evergreen r1 r2", "EVERGREEN|yes 0123456789ab Dân ca", "next publication", `PUT /v1/recordings/r1/evergreen {"evergreen":true}|PUT /v1/recordings/r2/evergreen {"evergreen":true}`, 0},
		{"recording evergreen r1 --off", "r1", "publish", `PUT /v1/recordings/r1/evergreen {"evergreen":false}`, 0},
		{"recording evergreen", "", "got no arguments", "", 2},
	} {
		f := newFake(t, map[string]any{"PUT /v1/recordings/r1/evergreen": kept, "PUT /v1/recordings/r2/evergreen": kept})
		code, out, talk := f.run(words(c.line)...)
		if code != c.code {
			t.Errorf("%s: status %d, want %d: %s", c.line, code, c.code, talk)
		}
		wantAll(t, c.line, out, c.out)
		wantAll(t, c.line+" (said)", talk, c.talk)
		wantAll(t, c.line+" (sent)", f.requests(), c.sent)
	}
}
