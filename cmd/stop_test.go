package cmd

import (
	"context"
	"database/sql"
	"errors"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
	_ "modernc.org/sqlite"

	"loaphuong/scheduler"
)

// TestStopEverywhere: stations that air are silent within two seconds of one
// button, while the centre can write nothing to its database.
func TestStopEverywhere(t *testing.T) {
	t.Parallel()
	s := newSystem(t, true)
	d := s.letter(shortLetter(1, 1), longScript())
	stations := []scheduler.StationID{"xa-1", "xa-2", "xa-3"}
	for _, id := range stations {
		s.addStation(id, "silent")
	}
	at := nextMinute()
	s.programme("sang", at, 3*time.Minute)
	s.publish()
	begins := s.airings("xa-1", at, d)[0].Start
	link, err := s.loaphuong("sign-in", "--name", "Trần Thị Bình")
	s.must(err)
	link, _, _ = strings.Cut(link, "\n")
	b := newBrowser(t)
	b.do("sign in", chromedp.Navigate(link), click(".signin form button"), ready(`form[action="/sign-out"]`), chromedp.Navigate(s.door.Page), click(".stopall summary"))
	b.see("stop-1")
	until(begins.Add(5 * time.Second))
	s.says("xa-3 yes", "station", "stop", "xa-3", "--by", "Lan") // one alone
	open := s.lockDatabase()
	stopped := time.Now()
	b.do("stop everything", click(".stopall button"), ready(".notice.good"))
	t.Logf("told after %s", time.Since(stopped))
	if took := time.Since(stopped); took > 2*time.Second {
		t.Errorf("to tell them took %s", took)
	}
	open()
	b.see("stop-2")
	r := s.awaitLedger(at, at.Add(time.Minute), time.Minute)
	if r.Total.Partial != len(stations) || reasons(r)[scheduler.Stopped] != len(stations) {
		t.Errorf("report: %+v, %v", r.Total, reasons(r))
	}
	list, err := s.desk().Airings(t.Context(), scheduler.AirtimeQuery{From: at, Until: at.Add(time.Minute)})
	s.must(err)
	for _, a := range list {
		if silent := a.EndedAt.Sub(stopped); silent > 2*time.Second {
			t.Errorf("%s was silent %s after", a.Station, silent)
		}
	}
	if said, err := s.loaphuong("station", "stop", "--by", "Lan"); err == nil || !strings.Contains(said, "say where") {
		t.Errorf("to stop nowhere: %v: %s", err, said)
	}
}

// lockDatabase keeps everybody else from writing to the centre's database until
// the returned function is called.
func (s *system) lockDatabase() (open func()) {
	s.t.Helper()
	db, err := sql.Open("sqlite", filepath.Join(s.centreData(), "centre.db"))
	s.must(err)
	ctx := context.Background()
	c, err := db.Conn(ctx)
	s.must(err)
	_, err = c.ExecContext(ctx, "PRAGMA busy_timeout = 5000; BEGIN IMMEDIATE")
	s.must(err)
	return func() {
		_, err := c.ExecContext(ctx, "ROLLBACK")
		s.must(errors.Join(err, c.Close(), db.Close()))
	}
}
