package cmd

import (
	"encoding/json"
	"fmt"
	"slices"
	"testing"
	"time"

	"loaphuong/scheduler"
	"loaphuong/scheduler/centre"
)

// Of the letter's topics these lack something.
const (
	notApproved = 12
	notRecorded = 13
)

// week is a province that is planned at the command line.
type week struct {
	*system
	letter     scheduler.DirectiveID
	zone       *time.Location
	stations   map[scheduler.StationID]scheduler.AreaID
	owed       []scheduler.Obligation
	recordings map[int]scheduler.Recording // by topic; 0 is the signature tune
	programmes []scheduler.Programme
	quiet      map[scheduler.AreaID]scheduler.QuietHours
	published  scheduler.Publication
	airings    map[scheduler.StationID][]scheduler.Airing // until the lease ends
}

// TestAWeekForThirtyStations reads a letter, has it recorded but for some, and
// publishes to thirty stations by one command: whatever a station owes it plays,
// or the shortfall that is told is the truth.
func TestAWeekForThirtyStations(t *testing.T) {
	t.Parallel()
	w := &week{system: newSystem(t, false), stations: map[scheduler.StationID]scheduler.AreaID{}, recordings: map[int]scheduler.Recording{},
		quiet: map[scheduler.AreaID]scheduler.QuietHours{"xa-3": {From: 16*60 + 30, Until: 18 * 60}}, airings: map[scheduler.StationID][]scheduler.Airing{}}
	var err error
	w.zone, err = time.LoadLocation(scheduler.DefaultZone)
	w.must(err)
	w.settle()
	w.confirmLetter()
	w.record()
	w.addProgrammes()
	w.must(json.Unmarshal([]byte(w.say("", "publish", "--by", "Lan", "-o", "json")), &w.published))
	w.readPlaylists()
	w.checkRevisions()
	w.checkAirings()
	w.checkPromises()
	w.checkPicked()
}

// lease is how long what is published holds.
const lease = 14 * 24 * time.Hour

// span is the time that was planned.
func (w *week) span() (from, until time.Time) {
	end := w.published.At.Add(lease).In(w.zone)
	return w.published.At.Add(centre.Lock), scheduler.DateOf(end).Start(w.zone) // of whole days
}

// readPlaylists expands what the stations were given, as they do.
func (w *week) readPlaylists() {
	from, until := w.span()
	for id := range w.stations {
		var lists []scheduler.Playlist
		w.must(json.Unmarshal([]byte(w.say("", "playlist", "list", string(id), "-o", "json")), &lists))
		w.airings[id] = scheduler.Airings(id, w.zone, lists, from, until.Add(scheduler.MaxLength))
	}
}

func (w *week) checkRevisions() {
	for _, s := range w.published.Stations {
		if s.Revision != 1 || w.stations[s.Station] == "" {
			w.t.Errorf("station %s was given revision %d", s.Station, s.Revision)
		}
	}
	if n := len(w.published.Stations); n != 30 {
		w.t.Errorf("%d stations were given a schedule, want 30", n)
	}
}

// checkAirings finds what overlaps, lies in quiet hours or may not be aired.
func (w *week) checkAirings() {
	for id, all := range w.airings {
		var end time.Time
		for _, a := range all {
			if a.Start.Before(end) {
				w.t.Errorf("%s: %s begins at %s before the end of another", id, a.Title, a.Start)
			}
			end = a.Start.Add(a.Duration)
			if q, ok := w.quiet[w.stations[id]]; ok && q.Touches(a.Start.In(w.zone), a.Duration) {
				w.t.Errorf("%s: %s begins at %s, in quiet hours", id, a.Title, a.Start)
			}
			if a.Approver != "Hùng" || a.Digest != w.recordings[a.Topic].Digest {
				w.t.Errorf("%s: %s is not what was approved", id, a.Title)
			}
		}
		if len(all) == 0 {
			w.t.Errorf("%s airs nothing", id)
		}
	}
}

// checkPromises holds each obligation of each station against its promise.
func (w *week) checkPromises() {
	promised := map[string]scheduler.Promise{}
	for _, p := range w.published.Promises {
		promised[string(p.Station)+p.Obligation] = p
	}
	if n := len(w.published.Promises); n != 30*notRecorded || n != len(promised) {
		w.t.Errorf("%d promises, %d of them different, want %d", n, len(promised), 30*notRecorded)
	}
	why := map[scheduler.Shortfall]int{}
	for id, area := range w.stations {
		for _, o := range w.owed {
			if o.Area == area {
				p := promised[string(id)+o.ID]
				why[p.Shortfall]++
				w.checkPromise(id, o, p)
			}
		}
	}
	w.t.Logf("why not more: %v", why)
}

func (w *week) checkPromise(id scheduler.StationID, o scheduler.Obligation, p scheduler.Promise) {
	lack := map[int]scheduler.Shortfall{notApproved: scheduler.NotApproved, notRecorded: scheduler.NoRecording}[o.Topic]
	n := len(w.of(id, o.Topic))
	what := fmt.Sprintf("%s, topic %d: %d of %d promised (%s), %d placed", id, o.Topic, p.Promised, p.Owed, p.Shortfall, n)
	switch {
	case p.Owed == 0 || p.Promised > n || (p.Promised < p.Owed) != (p.Shortfall != ""):
		w.t.Errorf("%s", what)
	case lack != "":
		if p.Shortfall != lack || n > 0 {
			w.t.Errorf("%s, want %s", what, lack)
		}
	case slices.Contains([]scheduler.Shortfall{"", scheduler.NoProgramme, scheduler.WindowFull, scheduler.QuietWindow}, p.Shortfall):
		w.checkDays(id, o, p.Shortfall != "")
	default:
		w.t.Errorf("%s: that cannot be why", what)
	}
}

// of lists the airings of a topic at a station.
func (w *week) of(id scheduler.StationID, topic int) (all []scheduler.Airing) {
	for _, a := range w.airings[id] {
		if a.Topic == topic && a.Directive == w.letter {
			all = append(all, a)
		}
	}
	return all
}

// checkDays checks that on each day, and in each whole week, the topic stands as
// often as is owed, or is told to be short and no window has room for it.
func (w *week) checkDays(id scheduler.StationID, o scheduler.Obligation, told bool) {
	from, until := w.span()
	last := scheduler.DateOf(until.Add(-1).In(w.zone))
	for day := scheduler.DateOf(from.In(w.zone)); !last.Before(day); day = day.AddDays(1) {
		if !w.isShort(id, o, day) {
			continue
		}
		begin := day.Start(w.zone)
		if begin.After(from) && (!told || o.Area == "xa-1") {
			w.t.Errorf("%s, topic %d: too seldom on %s", id, o.Topic, day)
		}
		for _, p := range w.programmes {
			for _, at := range p.Timing.Within(begin, day.AddDays(1).Start(w.zone), w.zone) {
				if p.Area == o.Area && !at.Before(from) && at.Before(until) && w.couldTake(id, p, at, o.Topic) {
					w.t.Errorf("%s, topic %d: too seldom on %s, and %s has room for it", id, o.Topic, day, p.ID)
				}
			}
		}
	}
}

// isShort reports whether a topic is owed on a day and stands too seldom on it,
// or in its week where all of that is planned.
func (w *week) isShort(id scheduler.StationID, o scheduler.Obligation, day scheduler.Date) bool {
	if day.Before(o.From) || o.Until.Before(day) || len(o.Weekdays) > 0 && !slices.Contains(o.Weekdays, day.Weekday()) {
		return false
	}
	from, until := w.span()
	monday, sunday := day.Monday(), day.Monday().AddDays(6)
	planned := monday.Start(w.zone).After(from) && sunday.AddDays(1).Start(w.zone).Before(until)
	return w.count(id, o.Topic, day, day) < o.PerDay || planned && w.count(id, o.Topic, monday, sunday) < o.PerWeek
}

// count is how often a topic stands from one day to another.
func (w *week) count(id scheduler.StationID, topic int, from, until scheduler.Date) (n int) {
	for _, a := range w.of(id, topic) {
		if day := scheduler.DateOf(a.Start.In(w.zone)); !day.Before(from) && !until.Before(day) {
			n++
		}
	}
	return n
}

// couldTake reports whether a topic could stand in a window in which it does
// not. The planner reckons in whole seconds, with one of silence between items.
func (w *week) couldTake(id scheduler.StationID, p scheduler.Programme, at time.Time, topic int) bool {
	taken := func(d time.Duration) time.Duration { return (d + 2*time.Second - 1).Truncate(time.Second) }
	need := taken(w.recordings[topic].Duration)
	for _, a := range w.airings[id] {
		if a.Programme != p.ID || a.Start.Before(at) || !a.Start.Before(at.Add(p.Length)) {
			continue
		}
		if a.Topic == topic && a.Directive == w.letter {
			return false // too soon after itself
		}
		need += taken(a.Duration)
	}
	q, ok := w.quiet[p.Area]
	return need <= p.Length+time.Second && !(ok && q.Touches(at.In(w.zone), p.Length))
}

// checkPicked looks for what a person put into the Sundays, and nowhere else.
func (w *week) checkPicked() {
	for id, all := range w.airings {
		for _, a := range all {
			sunday := a.Programme == "trua-1" && a.Start.In(w.zone).Weekday() == time.Sunday
			if first := a.Entry == 0 && a.Directive == "" && a.Piece == ""; first != (sunday && a.Entry == 0) {
				w.t.Errorf("%s: %s stands at %s", id, a.Title, a.Start.In(w.zone))
			}
		}
	}
}
