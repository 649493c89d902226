package main

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"

	"loaphuong/scheduler/web"
)

func TestWhatAReportIsSaidToBe(t *testing.T) {
	taken := web.ReportTaken{Station: "xa-1", Made: at("18:00:00"), New: 7, State: true}
	ended, rejected, stale := taken, taken, taken
	ended.Ended, rejected.Rejected, stale.State = at("05:00:00"), 2, false
	path := filepath.Join(t.TempDir(), "report.zip")
	if err := os.WriteFile(path, []byte("report"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		taken web.ReportTaken
		want  string
	}{
		{taken, "xa-1|7 0 0"},
		{ended, "7 0 0 the station's certificate ended on|loaphuong station code xa-1"},
		{rejected, "7 0 2 rejected lines are kept apart"},
		{stale, "7 0 0 newer word of the station was held already"},
	} {
		f := newFake(t, map[string]any{"POST /v1/reports": c.taken})
		code, out, talk := f.run("bundle", "import", path)
		if code != exitSuccess {
			t.Errorf("status %d: %s", code, talk)
		}
		wantAll(t, "import", out, c.want)
		wantAll(t, "sent", f.requests(), "POST /v1/reports report")
	}
}

// TestAnAnswerThatIsNoBundleIsSaid: what was written is read back before
// anything good is said of it.
func TestAnAnswerThatIsNoBundleIsSaid(t *testing.T) {
	f := newFake(t, map[string]any{"GET /v1/stations/xa-1/bundle": "rác"})
	path := filepath.Join(t.TempDir(), "stick.zip")
	code, out, talk := f.run("bundle", "export", "xa-1", "-o", path, "--known")
	if code != exitFailed || out != "" {
		t.Errorf("status %d: %s", code, out)
	}
	wantAll(t, "export", talk, "not a whole bundle or report")
	wantAll(t, "sent", f.requests(), "GET /v1/stations/xa-1/bundle?audio=true&known=true")
}

func TestProgressIsForATerminal(t *testing.T) {
	var talk bytes.Buffer
	p := &progress{on: &talk}
	p.Write(make([]byte, 3*progressStep))
	p.end()
	if p.bytes != 3*progressStep || talk.Len() != 0 {
		t.Errorf("%d bytes, and it said %q", p.bytes, talk.String())
	}
}
