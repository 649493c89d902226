package rehearsal

import (
	"context"
	"errors"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"loaphuong/devices"
	"loaphuong/scheduler"
)

// rehearsed lives through a campaign week's first days with some outages: 05:00
// items of 2, 3, 4, 5 and 1 minutes, 11:30 of 2, 3 and 4, 16:30 of 5, 1, 2, 3, 4.
func rehearsed(t *testing.T, script string, days int) *centre {
	t.Helper()
	c := newCentre(t)
	outages := outagesOf(t, script).For(station, after(0), after(week), 1)
	show := open(t, Station{ID: station, Keys: c.keys(), From: after(-time.Hour), Outages: outages, Dir: t.TempDir()})
	show.Give(c.week(station, 1, after(-time.Hour)), after(-50*time.Minute))
	c.run(show, time.Duration(days)*24*time.Hour-10*time.Minute)
	c.judgeChain()
	return c
}

// outcomes counts the last words by outcome and reason.
func (c *centre) outcomes() map[string]int {
	all := map[string]int{}
	for _, line := range c.lastWords() {
		all[strings.TrimSpace(string(line.Outcome)+" "+string(line.Reason))]++
	}
	return all
}

func TestWhatBecomesOfADay(t *testing.T) {
	for _, c := range []struct {
		script string
		want   string
	}{
		{"", "aired:13"},
		{"*,power,2026-11-23 05:01,2026-11-23 05:30", "aired:8 missed power:4 partial power:1"},
		{"*,power,2026-11-23 05:01,2026-11-23 05:04", "aired:8 late:4 partial power:1"},  // the others followed within their grace
		{"*,power,2026-11-23 04:30,2026-11-24 04:00", "missed power:13"},                 // it is on again the next day
		{"*,link,2026-11-23 05:01,2026-11-23 23:30", "aired:13"},                         // told later
		{"*,link,2026-11-23 04:05,2026-11-23 05:25", "aired:8 missed not-in-schedule:5"}, // the schedule came too late
		{"*,card,2026-11-23 05:01,2026-11-23 05:03", "aired:8 late:4 partial device-lost:1"},
		{"*,disk,2026-11-23 05:01,2026-11-23 05:30", "aired:9 missed disk:4"},           // no airing without a written intent
		{"*,clock,2026-11-23 05:01,2026-11-23 05:30", "aired:9 missed clock-invalid:4"}, // in 1970 it is silent
		{"*,clock,2026-11-23 12:00,2026-11-23 15:00,2h", "aired:13"},                    // nothing is due then
		{"*,power,2026-11-23 05:01,2026-11-23 06:00\n*,link,2026-11-23 04:30,2026-11-23 23:00", "aired:8 missed power:4 partial power:1"},
	} {
		days := 1
		if strings.Contains(c.script, "11-24") {
			days = 2
		}
		got := rehearsed(t, c.script, days).outcomes()
		want := parseCounts(t, c.want)
		if days == 2 {
			want["aired"] += 13
		}
		if len(got) != len(want) {
			t.Errorf("%s: %v, want %v", c.script, got, want)
			continue
		}
		for k, n := range want {
			if got[k] != n {
				t.Errorf("%s: %v, want %v", c.script, got, want)
				break
			}
		}
	}
}

// parseCounts reads "aired:8 missed power:5".
func parseCounts(t *testing.T, s string) map[string]int {
	t.Helper()
	all := map[string]int{}
	for _, part := range regexp.MustCompile(`([a-z -]+):(\d+)`).FindAllStringSubmatch(s, -1) {
		n, err := strconv.Atoi(part[2])
		if err != nil {
			t.Fatal(err)
		}
		all[strings.TrimSpace(part[1])] = n
	}
	return all
}

func TestAPowerCutLeavesAnItemPartial(t *testing.T) {
	c := rehearsed(t, "*,power,2026-11-22T22:01:33Z,2026-11-22T22:30:00Z", 1)
	for _, line := range c.lastWords() {
		if line.Outcome == scheduler.Partial && (line.Sounded != 90*time.Second || !line.Planned.Equal(monday()) || !line.At.Equal(after(30*time.Minute))) {
			t.Errorf("%s: %s were heard", line.At, line.Sounded) // as far as the mixer had said when the power went
		}
	}
	if n := c.outcomes()["partial power"]; n != 1 {
		t.Errorf("%d were partial", n)
	}
}

func TestALostLinkDeliversAllLater(t *testing.T) {
	c := newCentre(t)
	outages := outagesOf(t, "*,link,2026-11-23 05:01,2026-11-25 12:00").For(station, after(0), after(week), 1)
	show := open(t, Station{ID: station, Keys: c.keys(), From: after(-time.Hour), Outages: outages, Dir: t.TempDir()})
	show.Give(c.week(station, 1, after(-time.Hour)), after(-50*time.Minute))
	c.run(show, 54*time.Hour)
	if show.Waiting() < 60 || len(c.lines) > 3 {
		t.Errorf("%d lines wait and %d came through a link that is down", show.Waiting(), len(c.lines))
	}
	if last := c.heard[len(c.heard)-1]; last.Online {
		t.Error("nobody has said that the station is off")
	}
	c.run(show, 55*time.Hour+time.Minute)
	if n := c.outcomes()["aired"]; show.Waiting() != 0 || n != 2*13+8 {
		t.Errorf("%d lines wait, %d were aired", show.Waiting(), n)
	}
}

func TestACentreThatDoesNotReceiptIsToldAgain(t *testing.T) {
	c := newCentre(t)
	show := open(t, Station{ID: station, Keys: c.keys(), From: after(-time.Hour), Dir: t.TempDir()})
	show.Give(c.week(station, 1, after(-time.Hour)), after(-50*time.Minute))
	c.deaf = true
	c.run(show, time.Hour)
	if c.batches < 50 || show.Waiting() != 15 {
		t.Errorf("%d batches, %d lines wait", c.batches, show.Waiting())
	}
	c.deaf = false
	c.run(show, time.Hour+time.Minute)
	if show.Waiting() != 0 {
		t.Errorf("%d lines wait", show.Waiting())
	}
}

func TestAScheduleOfAStrangerIsRefused(t *testing.T) {
	c := newCentre(t)
	show := open(t, Station{ID: station, Keys: c.keys(), From: after(-time.Hour), Dir: t.TempDir()})
	show.Give(newCentre(t).week(station, 1, after(-time.Hour)), after(-50*time.Minute))
	c.run(show, time.Hour)
	if last := c.heard[len(c.heard)-1]; last.Revision != 0 || !strings.Contains(last.Error, "not signed") {
		t.Errorf("it holds revision %d and says %q", last.Revision, last.Error)
	}
}

func TestAShowThatCannotBegin(t *testing.T) {
	whole := Station{ID: station, From: after(0), Dir: t.TempDir()}
	for _, c := range []struct {
		name   string
		change func(*Station)
	}{
		{"no name", func(s *Station) { s.ID = "" }},
		{"no beginning", func(s *Station) { s.From = time.Time{} }},
		{"no directory", func(s *Station) { s.Dir = "" }},
	} {
		s := whole
		if c.change(&s); s.ID == whole.ID {
			s.ID = station
		}
		if _, err := Open(s); err == nil || !strings.Contains(err.Error(), "rehearse station") {
			t.Errorf("%s: %v", c.name, err)
		}
	}
}

func TestAShowEndsWithItsContext(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	c := newCentre(t)
	show := open(t, Station{ID: station, Keys: c.keys(), From: after(0), Dir: t.TempDir()})
	err := show.Run(ctx, after(week), func(m devices.Message, at time.Time) []devices.Message {
		cancel()
		return c.hear(m, at)
	})
	if !errors.Is(err, context.Canceled) || !show.Now().Before(after(time.Hour)) {
		t.Errorf("%v at %s", err, show.Now())
	}
}

// TestShowsShareNothing runs two stations in turn, an hour of each.
func TestShowsShareNothing(t *testing.T) {
	dir := t.TempDir()
	var centres []*centre
	var shows []*Show
	for _, id := range []scheduler.StationID{"an-phu", "binh-minh"} {
		c := newCentre(t)
		show := open(t, Station{ID: id, Keys: c.keys(), From: after(-time.Hour), Dir: dir})
		show.Give(c.week(id, 1, after(-time.Hour)), after(-50*time.Minute))
		centres, shows = append(centres, c), append(shows, show)
	}
	for d := time.Duration(0); d < 23*time.Hour; d += time.Hour {
		for i, c := range centres {
			c.run(shows[i], d)
		}
	}
	for i, c := range centres {
		if n := c.outcomes()["aired"]; n != 13 {
			t.Errorf("%s aired %d", shows[i].ID, n)
		}
	}
}
