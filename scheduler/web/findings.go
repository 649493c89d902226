package web

import (
	"cmp"
	"fmt"
	"slices"
	"time"

	"loaphuong/scheduler"
)

// findingRow is a finding in plain words.
type findingRow struct {
	badge
	What  string // is wrong
	Todo  string // about it
	About []aboutLink
	Facts []string // when, how often, how much
	Runs  []string // the next times
}

// aboutLink is one of the things that a finding is about, and what it is.
type aboutLink struct {
	Kind string
	link
}

// findings are those of a plan in words, the worst first.
func (k *known) findings(all []scheduler.Finding) []findingRow {
	var rows []findingRow
	for _, f := range all {
		rows = append(rows, k.finding(f))
	}
	slices.SortStableFunc(rows, func(a, b findingRow) int {
		return cmp.Compare(slices.Index(levels(), a.Look), slices.Index(levels(), b.Look))
	})
	return rows
}

// levels are the looks of findings, the worst first.
func levels() []look { return []look{bad, warn, dropped} }

// level is how much a finding matters, in words.
func (v *view) level(l scheduler.Level) badge {
	looks := map[scheduler.Level]look{scheduler.Wrong: bad, scheduler.Doubt: warn}
	return badge{cmp.Or(looks[l], dropped), v.T("level." + string(l))}
}

func (k *known) finding(f scheduler.Finding) findingRow {
	zone := k.Zone
	if f.Station != "" {
		zone = k.zone(k.view, f.Station)
	}
	return findingRow{
		badge: k.level(f.Level),
		What:  k.T("finding." + string(f.Code)),
		Todo:  k.T("todo." + string(f.Code)),
		About: k.about(f),
		Facts: k.measures(f, zone),
		Runs:  k.whens(f.Runs, zone),
	}
}

// about names what a finding is about, as far as it is about one.
func (k *known) about(f scheduler.Finding) []aboutLink {
	var all []aboutLink
	add := func(is bool, key string, l link) {
		if is {
			all = append(all, aboutLink{k.T(key), l})
		}
	}
	add(f.Programme != "", "about.programme", link{Text: k.programme(f.Programme)})
	add(f.Selection != "", "about.playlist", k.selection(f.Selection))
	add(f.Other != "", "about.other", k.other(f))
	add(f.Rule != "", "about.rule", k.rule(f.Rule))
	add(f.Directive != "", "about.letter", k.letter(f.Directive))
	add(f.Directive != "" && f.Topic > 0, "about.topic", k.topic(f.Directive, f.Topic))
	add(f.Recording != "", "about.recording", k.recording(f.Recording))
	add(f.Area != "", "about.area", link{Text: k.area(f.Area)})
	add(f.Station != "", "about.station", k.station(f.Station))
	return all
}

// other is the second of two that do not go together: another of the same kind.
func (k *known) other(f scheduler.Finding) link {
	if id := scheduler.SelectionID(f.Other); k.selections[id].ID != "" {
		return k.selection(id)
	}
	return link{Text: k.programme(scheduler.ProgrammeID(f.Other))}
}

// measures say when, how often and how much.
func (k *known) measures(f scheduler.Finding, zone *time.Location) []string {
	var all []string
	if !f.At.IsZero() {
		all = append(all, k.T("measure.at", "at", k.When(f.At, zone)))
	}
	if f.Have > 0 {
		all = append(all, k.T("measure.have", "length", k.Span(f.Have)))
	}
	if f.Want > 0 {
		all = append(all, k.T("measure.want", "length", k.Span(f.Want)))
	}
	if f.Count > 1 {
		all = append(all, k.T(countOf(f.Code), "n", f.Count))
	}
	return all
}

// countOf is the word for what a finding counts.
func countOf(code scheduler.FindingCode) string {
	switch code {
	case scheduler.DayOverFull, scheduler.DayUnderFloor:
		return "measure.days"
	case scheduler.OftenRuns, scheduler.SeldomRuns, scheduler.OddHour, scheduler.SameItemTwice:
		return "measure.count"
	}
	return "measure.stations"
}

// whens are instants with their days.
func (v *view) whens(all []time.Time, zone *time.Location) []string {
	var said []string
	for _, at := range all {
		said = append(said, v.dayAndTime(at, zone))
	}
	return said
}

// weekday is the short name of a day of the week.
func (w words) weekday(d time.Weekday) string { return w.T(fmt.Sprintf("short.%d", d)) }

// Shortfall is why less is promised than is owed; one that came later than these
// words shows as the plan gave it.
func (w words) Shortfall(s scheduler.Shortfall) string {
	if text, ok := w["shortfall."+string(s)]; ok {
		return text
	}
	return string(s)
}
