package main

import (
	"testing"
	"time"

	"loaphuong/devices"
	"loaphuong/scheduler"
	"loaphuong/scheduler/web"
)

func TestWhoIsReady(t *testing.T) {
	t.Parallel()
	row := func(id scheduler.StationID, v scheduler.Verdict, words ...string) scheduler.Readiness {
		r := scheduler.Readiness{Station: id, Programme: "chieu", Start: at("17:00:00"), Verdict: v, Phone: "0220", LastHeard: at("16:59:00")}
		for _, w := range words {
			r.Reasons = append(r.Reasons, scheduler.ReadinessReason{Words: w})
		}
		return r
	}
	for name, c := range map[string]struct {
		all  []scheduler.Readiness
		code int
		want string
	}{
		"all are":         {[]scheduler.Readiness{row("a", scheduler.VerdictReady)}, exitSuccess, "START PROGRAMME|chieu a ready 0220"},
		"one is not":      {[]scheduler.Readiness{row("a", scheduler.VerdictReady), row("b", scheduler.VerdictNotReady, "disk full", "volume 0")}, exitNotMet, "b not-ready disk full; volume 0 0220"},
		"one is silent":   {[]scheduler.Readiness{row("b", scheduler.VerdictUnknown, "silent")}, exitNotMet, "b unknown silent 0220"},
		"nothing to come": {nil, exitSuccess, "START"},
	} {
		f := newFake(t, map[string]any{"GET /v1/readiness": c.all})
		code, out, talk := f.run("station", "ready", "--within", "90m")
		if code != c.code {
			t.Errorf("%s: status %d: %s", name, code, talk)
		}
		wantAll(t, name, out, c.want)
	}
	f := newFake(t, map[string]any{"GET /v1/readiness": []scheduler.Readiness{row("b", scheduler.VerdictUnknown, "silent")}})
	if code, out, _ := f.run("station", "ready", "-o", "csv"); code != exitNotMet {
		t.Errorf("status %d: %s", code, out)
	} else {
		wantAll(t, "csv", out, "START,PROGRAMME,STATION|,chieu,b,,unknown,silent,0220,")
	}
}

func TestTheAgeOfAStateCounts(t *testing.T) {
	t.Parallel()
	said := func(id scheduler.StationID, online bool, ago time.Duration) web.StationState {
		return web.StationState{Station: scheduler.Station{ID: id}, State: &devices.State{Online: online}, Heard: time.Now().Add(-ago)}
	}
	f := newFake(t, map[string]any{"GET /v1/stations": []web.StationState{
		said("a", true, 10*time.Second), said("b", true, 2*time.Minute), said("c", false, 10*time.Second),
	}})
	_, out, _ := f.run("station", "list")
	wantAll(t, "station list", out, "a online 0/0|b unknown 0/0|c offline 0/0")
}
