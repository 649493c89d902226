package plan

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"loaphuong/scheduler"
)

// lintPlace is stations that are alike in all that Lint looks at, which looks at
// them once.
type lintPlace struct {
	area      scheduler.AreaID          // the lowest that anything is meant for
	chain     map[scheduler.AreaID]bool // all areas that one of the stations lies in
	stations  []scheduler.StationID
	zone      *time.Location
	quiet     []scheduler.QuietHours
	languages []string

	programmes []scheduler.Programme
	rules      []scheduler.Rule
	debts      []lintDebt
	selections []scheduler.Selection

	days    []lintDay // in order
	windows []lintWindow
}

// lintPlaces puts stations together, in the order of their first stations.
// Areas that nothing is meant for make no difference.
func lintPlaces(in Input) (places []*lintPlace) {
	meant, own := lintMeant(in)
	byKey := map[string]*lintPlace{}
	for _, s := range in.Stations {
		if s.Retired {
			continue
		}
		chain := lintChain(in.Areas, s.Area)
		named := slices.DeleteFunc(slices.Clone(chain), func(a scheduler.AreaID) bool { return !meant[a] })
		key := fmt.Sprint(named, s.Zone, s.Quiet, s.Languages)
		if own[s.ID] {
			key = "of its own: " + string(s.ID)
		}
		p := byKey[key]
		if p == nil {
			p = &lintPlace{chain: map[scheduler.AreaID]bool{}, zone: lintZone(s), quiet: s.Quiet, languages: s.Languages}
			if p.area = s.Area; len(named) > 0 {
				p.area = named[0]
			}
			byKey[key] = p
			places = append(places, p)
		}
		p.stations = append(p.stations, s.ID)
		for _, a := range chain {
			p.chain[a] = true
		}
	}
	for _, p := range places {
		p.gather(in)
	}
	return places
}

// lintMeant are the areas that anything is meant for, and the stations that
// have a selection of their own.
func lintMeant(in Input) (areas map[scheduler.AreaID]bool, stations map[scheduler.StationID]bool) {
	areas, stations = map[scheduler.AreaID]bool{}, map[scheduler.StationID]bool{}
	for _, p := range in.Programmes {
		areas[p.Area] = true
	}
	for _, r := range in.Rules {
		areas[r.Area] = true
	}
	for _, o := range in.Obligations {
		areas[o.Area] = true
	}
	for _, s := range in.Selections {
		if s.Station != "" {
			stations[s.Station] = true
			continue
		}
		areas[s.Area] = true
	}
	return areas, stations
}

// lintChain is an area and those above it.
func lintChain(t scheduler.Tree, area scheduler.AreaID) (chain []scheduler.AreaID) {
	for area != "" && !slices.Contains(chain, area) {
		chain = append(chain, area)
		area = t[area].Parent
	}
	return chain
}

// lintZone is a station's zone; [Make] is what refuses one that is none.
func lintZone(s scheduler.Station) *time.Location {
	zone, err := s.Location()
	if err != nil {
		return time.UTC
	}
	return zone
}

// gather lists what holds at the place.
func (p *lintPlace) gather(in Input) {
	for _, x := range in.Programmes {
		if p.chain[x.Area] {
			p.programmes = append(p.programmes, x)
		}
	}
	for _, x := range in.Rules {
		if p.chain[x.Area] {
			p.rules = append(p.rules, x)
		}
	}
	for _, x := range in.Selections {
		if p.plays(x) {
			p.selections = append(p.selections, x)
		}
	}
}

// plays reports whether a selection is for the stations of the place.
func (p *lintPlace) plays(s scheduler.Selection) bool {
	if s.Station != "" {
		return slices.Contains(p.stations, s.Station)
	}
	return p.chain[s.Area]
}

// lintDay is a day of the span at a place.
type lintDay struct {
	scheduler.Date
	from    time.Time
	whole   bool // all of it lies in the span
	windows int  // of programmes
	rules   []scheduler.Rule
	bounds  scheduler.Bounds
}

// openDays lists the days that the span touches, with what binds on them.
func (p *lintPlace) openDays(in Input, holidays scheduler.Calendar) {
	for day := scheduler.DateOf(in.From.In(p.zone)); ; day = day.AddDays(1) {
		from, next := day.Start(p.zone), day.AddDays(1).Start(p.zone)
		if !from.Before(in.Until) {
			return
		}
		d := lintDay{Date: day, from: from, whole: !from.Before(in.From) && !in.Until.Before(next)}
		d.rules = lintBinding(p.rules, day, holidays)
		d.bounds = scheduler.BoundsOn(d.rules, day, holidays)
		p.days = append(p.days, d)
	}
}

// lintBinding are the rules that bind on a day: the exceptions where there is
// one, as [scheduler.BoundsOn] has it.
func lintBinding(rules []scheduler.Rule, day scheduler.Date, holidays scheduler.Calendar) (binding []scheduler.Rule) {
	for _, r := range rules {
		if r.BindsOn(day, holidays) {
			binding = append(binding, r)
		}
	}
	if slices.ContainsFunc(binding, func(r scheduler.Rule) bool { return r.Exception }) {
		binding = slices.DeleteFunc(binding, func(r scheduler.Rule) bool { return !r.Exception })
	}
	return binding
}

// ruleThat is the first rule that binds on the day and is as asked.
func (d lintDay) ruleThat(is func(scheduler.Bounds) bool) scheduler.RuleID {
	for _, r := range d.rules {
		if is(r.Bounds) {
			return r.ID
		}
	}
	return ""
}

// lintWindow is one window at a place.
type lintWindow struct {
	scheduler.Programme
	selection scheduler.SelectionID // "" for a programme's
	at        time.Time
	day       int           // its place among the days
	room      time.Duration // of the whole window, as far as rules leave it
	audible   time.Duration // how much of the whole window is not quiet
	picked    []scheduler.Selection
}

func (w *lintWindow) end() time.Time { return w.at.Add(w.Length) }

// finding is a finding about the window.
func (w *lintWindow) finding(level scheduler.Level, code scheduler.FindingCode) scheduler.Finding {
	f := scheduler.Finding{Level: level, Code: code, At: w.at}
	if f.Selection = w.selection; w.selection == "" {
		f.Programme = w.ID
	}
	return f
}

// openWindows lists the windows of the place in the span, in order.
func (p *lintPlace) openWindows(in Input, holidays scheduler.Calendar) {
	for _, x := range p.programmes {
		p.openWindowsOf(in, holidays, x, "")
	}
	for _, s := range p.selections {
		if s.Programme == "" {
			p.openWindowsOf(in, holidays, s.Own(), s.ID)
		}
	}
	slices.SortStableFunc(p.windows, func(a, b lintWindow) int {
		if c := a.at.Compare(b.at); c != 0 {
			return c
		}
		return strings.Compare(string(a.ID), string(b.ID))
	})
	for i := range p.windows {
		p.windows[i].pick(p)
	}
}

func (p *lintPlace) openWindowsOf(in Input, holidays scheduler.Calendar, x scheduler.Programme, selection scheduler.SelectionID) {
	for _, at := range x.Timing.Within(in.From, in.Until, p.zone) {
		day := scheduler.DateOf(at.In(p.zone))
		if !x.Holidays.Takes(day, holidays) {
			continue
		}
		w := lintWindow{Programme: x, selection: selection, at: at, day: p.days[0].DaysUntil(day), room: x.Length}
		if most := p.days[w.day].bounds.SessionLength; most > 0 && x.Class != scheduler.Emergency {
			w.room = min(w.room, most)
		}
		w.audible = p.audible(&w)
		if p.windows = append(p.windows, w); selection == "" {
			p.days[w.day].windows++
		}
	}
}

// pick finds what persons have put into the window.
func (w *lintWindow) pick(p *lintPlace) {
	for _, s := range p.selections {
		if s.ID == w.selection || w.selection == "" && s.Takes(w.ID, w.at, p.zone) {
			w.picked = append(w.picked, s)
		}
	}
}

// isAlone reports whether a person's playlist keeps all else out of the window.
func (w *lintWindow) isAlone() bool {
	return w.selection != "" || slices.ContainsFunc(w.picked, func(s scheduler.Selection) bool { return s.Alone })
}
