package cmd

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"loaphuong/scheduler"
)

// TestAPersonAtTheStation: whoever is at the station's PC sees what comes and
// what is on air, makes it quieter, and stops it; the centre is told.
func TestAPersonAtTheStation(t *testing.T) {
	t.Parallel()
	s := newSystem(t, false)
	d := s.letter(shortLetter(1, 1), longScript())
	port, err := freePort()
	s.must(err)
	page := "127.0.0.1:" + port
	s.env["xa-1"] = []string{"LOAPHUONG_AGENT_PAGE=" + page}
	s.addStation("xa-1", "silent")
	at := nextMinute()
	s.programme("sang", at, 3*time.Minute)
	s.publish()
	a := s.airings("xa-1", at, d)[0]

	b := newBrowser(t)
	b.do("see what comes", chromedp.Navigate("http://"+page), ready("#next-"+string(a.ID)))
	b.see("station-1-waits")
	until(a.Start)
	b.do("see it on air", ready("#air.on #air-"+string(a.ID)))
	until(a.Start.Add(5 * time.Second))
	b.do("look again", chromedp.Reload(), ready("#fact-card meter"))
	if level := ask[float64](b, `document.querySelector("#fact-card meter").value`); level < -40 || level > -10 {
		t.Errorf("it sounds at %.0f dBFS", level)
	}
	b.see("station-2-on-air")
	b.do("make it quieter", click(`#volume-step button:first-of-type`), ready(`.notice.good`))
	if volume := ask[string](b, `document.getElementById("percent").textContent`); volume != "90 %" {
		t.Errorf("the volume is %q", volume)
	}
	b.do("stop it", click("#stop button"), ready("#air-nothing"))
	b.see("station-3-stopped")
	var list []scheduler.JudgedAiring
	s.await(30*time.Second, "the centre to know", func() bool {
		list, err = s.desk().Airings(t.Context(), scheduler.AirtimeQuery{From: at, Until: at.Add(time.Minute)})
		return err == nil && len(list) == 1 && list[0].State == scheduler.Partial
	})
	if list[0].Reason != scheduler.Stopped {
		t.Errorf("the ledger has %+v", list[0])
	}
}

// TestAStationWithNothingButAStick: a station whose centre and broker are gone
// takes its schedule and its audio from a stick, airs, and gives its report back
// on the same.
func TestAStationWithNothingButAStick(t *testing.T) {
	t.Parallel()
	s := newSystem(t, false)
	d := s.letter(shortLetter(1, 1), "Bản tin thử.")
	s.env["xa-1"] = []string{"LOAPHUONG_AGENT_TRUST_CLOCK=true"} // there is nobody to learn the time from
	s.addStation("xa-1", "silent")
	kill(s.agents["xa-1"])
	at := nextMinute()
	s.programme("sang", at, time.Minute)
	_, err := s.desk().Publish(t.Context(), "Lan")
	s.must(err)
	a := s.airings("xa-1", at, d)[0]
	stick := filepath.Join(s.dir, "stick.zip")
	s.says("1 of 1 audio files", "bundle", "export", "xa-1", "-o", stick)
	kill(s.centre)

	s.startAgent("xa-1")
	data := []string{"--data", s.stationData("xa-1")}
	s.await(20*time.Second, "the agent to be on duty", func() bool {
		said, err := s.agent(append([]string{"status"}, data...)...)
		return err == nil && said != ""
	})
	if said, err := s.agent(append([]string{"bundle", "import", stick}, data...)...); err != nil || !strings.Contains(said, fmt.Sprint("schedule ", 1)) {
		t.Fatalf("bundle import: %v: %s", err, said)
	}
	until(a.Start.Add(a.Duration + 2*time.Second))
	report := filepath.Join(s.dir, "report.zip")
	if said, err := s.agent(append([]string{"bundle", "export", "-o", report}, data...)...); err != nil {
		t.Fatalf("bundle export: %v: %s", err, said)
	}
	s.endAgent("xa-1")
	s.startCentre()
	s.says("xa-1", "bundle", "import", report)
	list, err := s.desk().Airings(t.Context(), scheduler.AirtimeQuery{From: at, Until: at.Add(time.Minute)})
	s.must(err)
	if len(list) != 1 || list[0].State != scheduler.Aired {
		t.Errorf("the ledger has %+v", list)
	}
}
