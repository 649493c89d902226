package cmd

import (
	"database/sql"
	"encoding/json"
	"fmt"
	"path/filepath"
	"strings"
	"text/tabwriter"
	"time"

	"loaphuong/player/agent"
	"loaphuong/scheduler"
)

// progressEvery is how often a station notes how much has been heard: what it
// says of an airing that it could not see the end of is short by that at most.
const progressEvery = 5 * time.Second

// tolerance is for the time from a sample to its line, and from a kill to when
// the test has seen it, on a busy machine.
const tolerance = time.Second

// told is what is known of one airing.
type told struct {
	scheduler.Airing
	station scheduler.StationID
	start   scheduler.AsRun // its start line, if there is one
	end     scheduler.AsRun // its last word
	starts  int
	ends    int
	begun   int // how often it went on air by what the agent told its log file, written or not
}

// expected is what every station is to air, by the function it uses itself.
func (f *field) expected(from, until time.Time) map[scheduler.AiringID]*told {
	f.t.Helper()
	zone, err := time.LoadLocation(scheduler.DefaultZone)
	f.must(err)
	all := map[scheduler.AiringID]*told{}
	for _, p := range f.posts {
		lists, err := f.desk().Playlists(f.t.Context(), p.id)
		f.must(err)
		for _, a := range scheduler.Airings(p.id, zone, lists, from, until) {
			all[a.ID] = &told{Airing: a, station: p.id}
		}
	}
	if len(all) == 0 {
		f.t.Fatal("nothing is to be aired")
	}
	return all
}

// judge checks all that is promised, and prints the table.
func (f *field) judge(expected map[scheduler.AiringID]*told, r scheduler.AirtimeReport, harms []harm) {
	f.t.Helper()
	f.await(3*time.Minute, "the outboxes to be empty", f.outboxesEmpty)
	f.close()
	kill(f.centre)
	numbers := f.readLines(expected)
	for _, p := range f.posts {
		p.checkLogbook(expected, numbers[p.id])
	}
	f.readLogs(expected)
	for id, a := range expected {
		if a.begun > 1 && !diskHarmed(harms, a.station, a.Start, a.Start.Add(a.Grace+a.Duration)) {
			f.t.Errorf("%s: airing %s of %s went on air %d times", a.station, id, a.Start, a.begun)
		}
		if a.ends != 1 || a.starts > 1 {
			f.t.Errorf("%s: airing %s of %s: %d last words, %d beginnings", a.station, id, a.Start, a.ends, a.starts)
		}
	}
	if total := r.Total; total.Expected != len(expected) || total.Aired+total.Late+total.Partial+total.Missed != len(expected) {
		f.t.Errorf("%d airings, and the ledger has %+v", len(expected), total)
	}
	f.t.Logf("in the air: %s; why not aired: %v", r.Total.Sounded, reasons(r))
	f.judgeSounded(expected, harms)
	f.judgeHeard(expected, harms)
	f.t.Logf("%d airings\n%s", len(expected), f.table(expected, harms))
}

func (f *field) outboxesEmpty() bool {
	states, err := f.desk().StationStates(f.t.Context())
	if err != nil {
		return false
	}
	for _, x := range states {
		if x.State == nil || !x.State.Online || x.State.Outbox > 0 {
			return false
		}
	}
	return true
}

// readLines reads what the centre keeps, checks every chain, and returns how far
// each station's goes.
func (f *field) readLines(expected map[scheduler.AiringID]*told) map[scheduler.StationID]scheduler.AsRun {
	f.t.Helper()
	db, err := sql.Open("sqlite", filepath.Join(f.centreData(), "centre.db"))
	f.must(err)
	defer db.Close()
	var apart int
	f.must(db.QueryRow(`SELECT count(*) FROM quarantine`).Scan(&apart))
	if apart != 0 {
		f.t.Errorf("%d lines were kept apart", apart)
	}
	rows, err := db.Query(`SELECT station, body FROM asrun ORDER BY station, log, number`)
	f.must(err)
	defer rows.Close()
	last := map[scheduler.StationID]scheduler.AsRun{}
	for rows.Next() {
		var station scheduler.StationID
		var body []byte
		var line scheduler.AsRun
		f.must(rows.Scan(&station, &body))
		f.must(json.Unmarshal(body, &line))
		f.checkLink(station, last[station], line)
		last[station] = line
		f.note(expected, line)
	}
	f.must(rows.Err())
	return last
}

// checkLink checks that a line is the next of its station's one log.
func (f *field) checkLink(station scheduler.StationID, before, line scheduler.AsRun) {
	f.t.Helper()
	switch {
	case line.Number != before.Number+1 || before.Number > 0 && line.Log != before.Log:
		f.t.Errorf("%s: line %d of log %s comes after line %d of log %s", station, line.Number, line.Log, before.Number, before.Log)
	case before.Number > 0 && line.Previous != before.Hash():
		f.t.Errorf("%s: line %d does not follow from the one before", station, line.Number)
	}
}

func (f *field) note(expected map[scheduler.AiringID]*told, line scheduler.AsRun) {
	if line.Kind == scheduler.AsRunClock { // when the station learnt the time
		return
	}
	a := expected[line.Airing]
	switch {
	case a == nil:
		f.t.Errorf("line %d speaks of %s, which was not expected", line.Number, line.Airing)
	case line.Kind == scheduler.AsRunStart:
		a.start = line
		a.starts++
	case line.Kind == scheduler.AsRunEnd:
		a.end = line
		a.ends++
	}
}

// checkLogbook compares the station's own log with what the centre has of it.
func (p *post) checkLogbook(expected map[scheduler.AiringID]*told, last scheduler.AsRun) {
	p.t.Helper()
	book, err := agent.OpenLogbook(filepath.Join(p.data(), "logbook.db"), time.Now())
	p.must(err)
	defer book.Close()
	batch, err := book.Batch(p.id, time.Time{}, 1)
	p.must(err)
	if batch.Log != last.Log || batch.Number != last.Number || len(batch.Records) > 0 {
		p.t.Errorf("%s has written %d lines in log %s, the centre has %d in %s, waiting: %d", p.id, batch.Number, batch.Log, last.Number, last.Log, book.Waiting())
	}
	duties, err := book.Duties()
	p.must(err)
	for id, a := range expected {
		if a.station == p.id && duties[id].Phase != "closed" {
			p.t.Errorf("%s: airing %s of %s is %q in its ledger", p.id, id, a.Start, duties[id].Phase)
		}
	}
}

// judgeSounded compares what was said of the airings that a kill cut with when
// the agent was killed. While a disk takes nothing, progress is not written
// either: those are counted apart.
func (f *field) judgeSounded(expected map[scheduler.AiringID]*told, harms []harm) {
	var cut, unwritten int
	var most, mostUnwritten time.Duration
	for id, a := range expected {
		if a.end.Outcome != scheduler.Partial || a.end.Reason != scheduler.PowerLost || a.starts != 1 {
			continue
		}
		heard := f.post(a.station).heard(a.start.At, a.Duration)
		short := heard - a.end.Sounded
		switch {
		case short < -tolerance:
			f.t.Errorf("%s: airing %s is said to have sounded for %s, and was on air for %s", a.station, id, a.end.Sounded, heard)
		case diskHarmed(harms, a.station, a.start.At, a.start.At.Add(heard)):
			unwritten++
			mostUnwritten = max(mostUnwritten, short)
		case short > progressEvery+tolerance:
			f.t.Errorf("%s: airing %s is said to have sounded for %s, and was on air for %s", a.station, id, a.end.Sounded, heard)
		default:
			cut++
			most = max(most, short)
		}
	}
	f.t.Logf("%d airings were cut by a kill: what is said is short by %s at most; %d more while the disk took nothing: by %s at most",
		cut, most.Round(time.Millisecond), unwritten, mostUnwritten.Round(time.Millisecond))
}

func (f *field) post(id scheduler.StationID) *post {
	for _, p := range f.posts {
		if p.id == id {
			return p
		}
	}
	return nil
}

// heard is how much of what began at an instant sounded before the agent ended.
func (p *post) heard(begun time.Time, length time.Duration) time.Duration {
	for _, end := range p.ended {
		if end.After(begun) {
			return min(length, end.Sub(begun))
		}
	}
	return length
}

// diskHarmed reports whether a station's disk took nothing at some time in
// between, or the agent had just waited to write again.
func diskHarmed(harms []harm, station scheduler.StationID, from, to time.Time) bool {
	for _, h := range harms {
		if h.part == ofDisk && h.station == station && h.from.Before(to) && h.to.Add(progressEvery+tolerance).After(from) {
			return true
		}
	}
	return false
}

// touches reports whether a fault fell into the time of an airing, from when it
// is handed to the mixer.
func (h harm) touches(a *told) bool {
	const lead = 3 * time.Second
	return (h.station == "" || h.station == a.station) && h.from.Before(a.Start.Add(a.Duration)) && h.to.After(a.Start.Add(-lead))
}

// table is what came of each kind of fault. An airing that several have touched
// is in several rows.
func (f *field) table(expected map[scheduler.AiringID]*told, harms []harm) string {
	var b strings.Builder
	w := tabwriter.NewWriter(&b, 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, "fault\thow\truns\ttouched\taired\tlate\tpartial\tmissed\tlost\tsaid twice\tsounded twice")
	for _, k := range f.possible() {
		n, runs := map[scheduler.State]int{}, 0
		touched, lost, double, again := 0, 0, 0, 0
		for _, h := range harms {
			if h.kind == k.name {
				runs++
			}
		}
		for _, a := range expected {
			if !touchedBy(harms, k.name, a) {
				continue
			}
			touched++
			n[a.end.Outcome]++
			lost += min(1, max(0, 1-a.ends))
			double += min(1, max(0, a.ends-1, a.starts-1))
			again += min(1, max(0, a.begun-1))
		}
		fmt.Fprintf(w, "%s\t%s\t%d\t%d\t%d\t%d\t%d\t%d\t%d\t%d\t%d\n", k.name, k.how, runs, touched,
			n[scheduler.Aired], n[scheduler.Late], n[scheduler.Partial], n[scheduler.Missed], lost, double, again)
	}
	w.Flush()
	return b.String()
}

func touchedBy(harms []harm, kind string, a *told) bool {
	for _, h := range harms {
		if h.kind == kind && h.touches(a) {
			return true
		}
	}
	return false
}
