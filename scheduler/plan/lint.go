package plan

import (
	"cmp"
	"slices"
	"time"

	"loaphuong/scheduler"
)

// Lint says what a person should know about an input before it is planned: by
// level, the gravest first, and then by what it is about.
//
// It looks at the windows that begin in [in.From, in.Until), and a year ahead
// where a timing is in question. What shows at many stations is one finding: At
// is the first instant, and Count how many stations, but for DayOverFull and
// DayUnderFloor how many days, for OftenRuns how many times on the fullest day,
// for SeldomRuns and OddHour how many times in the year, and for SameItemTwice
// how many times in the list. Retired stations and emergencies are left alone.
//
// Have and Want are a window's room and what it would hold (WindowTooShort,
// WindowOverFull), the time that is not quiet and the window (WindowQuiet), the
// time to the next window and this window (WindowsOverlap), what a rule allows
// and what there is (WindowOverCap; both 0 where it is the sessions that are too
// many), the room of a day and what is owed (DayOverFull), the windows of a day
// and what a rule demands (DayUnderFloor).
func Lint(in Input) []scheduler.Finding {
	l := newLinter(in)
	l.lintAreas()
	for _, p := range l.places {
		l.lintPlace(p)
	}
	for _, s := range in.Selections {
		l.lintSelection(s)
	}
	for _, p := range in.Programmes {
		l.lintTiming(scheduler.Finding{Programme: p.ID}, p, l.zoneFor(p.Area, ""))
		l.lintOrder(p)
	}
	return l.findings()
}

// linter gathers findings.
type linter struct {
	in         Input
	holidays   scheduler.Calendar // of the days looked at, the lunar ones reckoned
	recordings map[scheduler.RecordingID]scheduler.Recording
	recalled   map[scheduler.RecordingID]bool
	topics     map[lintTopic][]*scheduler.Recording // those not recalled, the newest first
	withdrawn  map[lintTopic]bool                   // topics that are recalled as a whole
	places     []*lintPlace
	found      map[lintKey]*lintTally
}

// lintTopic is a topic of a letter.
type lintTopic struct {
	directive scheduler.DirectiveID
	topic     int
}

// lintYear is how far ahead a timing is looked at.
const lintYear = 366 * 24 * time.Hour

func newLinter(in Input) *linter {
	l := &linter{in: in, found: map[lintKey]*lintTally{}}
	last := in.From.Add(lintYear)
	if last.Before(in.Until) {
		last = in.Until
	}
	l.holidays = lintHolidays(in.Holidays, in.From.Add(-24*time.Hour), last.Add(24*time.Hour))
	l.readRecordings()
	l.places = lintPlaces(in)
	for _, p := range l.places {
		l.openDebts(p)
	}
	return l
}

// lintHolidays is a calendar with the same holidays in a span, each day of them
// by its date, so that it is quickly asked.
func lintHolidays(c scheduler.Calendar, from, until time.Time) (solar scheduler.Calendar) {
	for day, name := range c.Between(scheduler.DateOf(from), scheduler.DateOf(until)) {
		solar = append(solar, scheduler.Holiday{Name: name, Year: day.Year, Month: day.Month, Day: day.Day, Days: 1})
	}
	return solar
}

// readRecordings sorts the recordings by ID and by topic.
func (l *linter) readRecordings() {
	l.recordings = map[scheduler.RecordingID]scheduler.Recording{}
	l.topics, l.recalled = map[lintTopic][]*scheduler.Recording{}, map[scheduler.RecordingID]bool{}
	for i, r := range l.in.Recordings {
		l.recordings[r.ID], l.recalled[r.ID] = r, l.isRecalled(r.ID, r.Directive, r.Topic)
		if k := (lintTopic{r.Directive, r.Topic}); !l.recalled[r.ID] {
			l.topics[k] = append(l.topics[k], &l.in.Recordings[i])
		}
	}
	for _, all := range l.topics {
		slices.SortFunc(all, func(a, b *scheduler.Recording) int {
			return cmp.Or(b.Created.Compare(a.Created), cmp.Compare(b.ID, a.ID))
		})
	}
	l.withdrawn = map[lintTopic]bool{}
	for _, o := range l.in.Obligations {
		l.withdrawn[lintTopic{o.Directive, o.Topic}] = l.isRecalled("", o.Directive, o.Topic)
	}
}

func (l *linter) isRecalled(id scheduler.RecordingID, d scheduler.DirectiveID, topic int) bool {
	return slices.ContainsFunc(l.in.Recalls, func(c scheduler.Recall) bool { return c.Takes(id, d, topic) })
}

// lintKey is what findings have in common that are one.
type lintKey struct {
	code      scheduler.FindingCode
	programme scheduler.ProgrammeID
	selection scheduler.SelectionID
	rule      scheduler.RuleID
	topic     lintTopic
	recording scheduler.RecordingID
	area      scheduler.AreaID
	station   scheduler.StationID
	other     string
	measured  bool
}

// lintTally is one finding with where and when it shows.
type lintTally struct {
	scheduler.Finding
	places map[*lintPlace]bool
	days   map[scheduler.Date]bool
}

// add takes a finding in. Of several that are one, the first instant, the
// gravest level and the measures that miss each other most remain.
func (l *linter) add(f scheduler.Finding) *lintTally {
	k := lintKey{f.Code, f.Programme, f.Selection, f.Rule, lintTopic{f.Directive, f.Topic}, f.Recording, f.Area, f.Station, f.Other, f.Want > 0}
	t := l.found[k]
	if t == nil {
		t = &lintTally{Finding: f, places: map[*lintPlace]bool{}, days: map[scheduler.Date]bool{}}
		l.found[k] = t
		return t
	}
	if !f.At.IsZero() && (t.At.IsZero() || f.At.Before(t.At)) {
		t.At = f.At
	}
	if lintRank(f.Level) < lintRank(t.Level) {
		t.Level = f.Level
	}
	if f.Want-f.Have > t.Want-t.Have {
		t.Have, t.Want = f.Have, f.Want
	}
	return t
}

// at takes a finding in that shows at the stations of a place.
func (l *linter) at(p *lintPlace, f scheduler.Finding) { l.add(f).places[p] = true }

// on takes a finding in that shows on a day.
func (l *linter) on(day scheduler.Date, f scheduler.Finding) { l.add(f).days[day] = true }

// findings counts and sorts what was found.
func (l *linter) findings() (all []scheduler.Finding) {
	for _, t := range l.found {
		for p := range t.places {
			t.Count += len(p.stations)
		}
		t.Count += len(t.days)
		t.At = t.At.UTC()
		all = append(all, t.Finding)
	}
	slices.SortFunc(all, func(a, b scheduler.Finding) int {
		return cmp.Or(
			cmp.Compare(lintRank(a.Level), lintRank(b.Level)), cmp.Compare(a.Programme, b.Programme), cmp.Compare(a.Selection, b.Selection),
			cmp.Compare(a.Rule, b.Rule), cmp.Compare(a.Directive, b.Directive), cmp.Compare(a.Topic, b.Topic), cmp.Compare(a.Recording, b.Recording),
			cmp.Compare(a.Area, b.Area), cmp.Compare(a.Station, b.Station), cmp.Compare(a.Code, b.Code), cmp.Compare(a.Other, b.Other), cmp.Compare(a.Want, b.Want))
	})
	return all
}

func lintRank(l scheduler.Level) int {
	return slices.Index([]scheduler.Level{scheduler.Wrong, scheduler.Doubt, scheduler.Mention}, l)
}

// lintAreas finds what is meant for areas without stations.
func (l *linter) lintAreas() {
	settled := map[scheduler.AreaID]bool{}
	for _, p := range l.places {
		for area := range p.chain {
			settled[area] = true
		}
	}
	none := func(area scheduler.AreaID, f scheduler.Finding) {
		if f.Level, f.Code, f.Area = scheduler.Doubt, scheduler.AreaNoStation, area; !settled[area] {
			l.add(f)
		}
	}
	for _, p := range l.in.Programmes {
		none(p.Area, scheduler.Finding{Programme: p.ID})
	}
	for _, r := range l.in.Rules {
		none(r.Area, scheduler.Finding{Rule: r.ID})
	}
	for _, o := range l.in.Obligations {
		if o.Until.Before(scheduler.DateOf(l.in.From)) || scheduler.DateOf(l.in.Until).Before(o.From) {
			continue
		}
		none(o.Area, scheduler.Finding{Directive: o.Directive, Topic: o.Topic})
	}
	for _, s := range l.in.Selections {
		if !slices.ContainsFunc(l.places, func(p *lintPlace) bool { return p.plays(s) }) && !l.isOver(s) {
			l.add(scheduler.Finding{Level: scheduler.Doubt, Code: scheduler.AreaNoStation, Selection: s.ID, Area: s.Area, Station: s.Station})
		}
	}
}

// zoneFor is the zone of the first station of an area, or of one station.
func (l *linter) zoneFor(area scheduler.AreaID, station scheduler.StationID) *time.Location {
	for _, p := range l.places {
		if p.chain[area] || slices.Contains(p.stations, station) {
			return p.zone
		}
	}
	return lintZone(scheduler.Station{})
}
