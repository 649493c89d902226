package main

import (
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"loaphuong/scheduler"
)

// maxRows is from how many rows on what is alike is told together, unless all
// is asked for.
const maxRows = 20

// promiseTable has a row for each promise of each station.
func promiseTable(promises []scheduler.Promise, k catalogue) table {
	t := table{heading: []string{"STATION", "LETTER", "TOPIC", "OWED", "PROMISED", "WHY NOT MORE"}}
	for _, p := range promises {
		t.add(string(p.Station), k.number(p.Directive), brief(k.topic(p.Directive, p.Topic), 30),
			fmt.Sprint(p.Owed), fmt.Sprint(p.Promised), shortfallWords(p.Shortfall))
	}
	return t
}

// groupedTable has a row for each topic and each area that owes it, and for
// each reason for which not all of it is promised. Its numbers are those of all
// stations together.
func groupedTable(promises []scheduler.Promise, k catalogue, areas map[string]scheduler.AreaID) table {
	type key struct {
		obligation string
		why        scheduler.Shortfall
	}
	var order []key
	groups := map[key]*scheduler.Promise{}
	stations := map[key]int{}
	for _, p := range promises {
		of := key{p.Obligation, p.Shortfall}
		if groups[of] == nil {
			order = append(order, of)
			groups[of] = &scheduler.Promise{Directive: p.Directive, Topic: p.Topic}
		}
		groups[of].Owed += p.Owed
		groups[of].Promised += p.Promised
		stations[of]++
	}
	t := table{heading: []string{"LETTER", "TOPIC", "AREA", "STATIONS", "OWED", "PROMISED", "WHY NOT MORE"}}
	for _, of := range order {
		g := groups[of]
		t.add(brief(k.number(g.Directive), 16), brief(k.topic(g.Directive, g.Topic), 22), brief(string(areas[of.obligation]), 14),
			fmt.Sprint(stations[of]), fmt.Sprint(g.Owed), fmt.Sprint(g.Promised), shortfallWords(of.why))
	}
	return t
}

// changed is the same change in one window of a programme or more.
type changed struct {
	scheduler.Change
	until time.Time // when the last of the windows begins
	times int
}

// together joins the changes that are the same in windows of a programme.
func together(changes []scheduler.Change) (all []*changed) {
	alike := map[string]*changed{}
	for _, c := range changes {
		key := fmt.Sprintf("%q %q %q %q", c.Programme, c.Added, c.Removed, c.Stations)
		if alike[key] == nil {
			alike[key] = &changed{Change: c}
			all = append(all, alike[key])
		}
		alike[key].until = c.At
		alike[key].times++
	}
	return all
}

// printChanges prints what would be added to and taken out of the windows.
func printChanges(w io.Writer, changes []scheduler.Change, k catalogue, zone *time.Location, all bool) {
	list := together(changes)
	shown := list
	if !all {
		shown = list[:min(len(list), maxRows)]
	}
	for _, c := range shown {
		fmt.Fprintf(w, "\n%s  %s, %s%s\n", c.At.In(zone).Format(zoneLayout), k.programme(c.Programme), stationWords(c.Stations), c.more(zone))
		for _, title := range c.Added {
			fmt.Fprintf(w, "  + %s\n", brief(title, width-4))
		}
		for _, title := range c.Removed {
			fmt.Fprintf(w, "  - %s\n", brief(title, width-4))
		}
	}
	if rest := len(list) - len(shown); rest > 0 {
		fmt.Fprintf(w, "\nchanges that --all shows beside these: %d\n", rest)
	}
}

// more tells of the windows after the first.
func (c changed) more(zone *time.Location) string {
	if c.times == 1 {
		return ""
	}
	return fmt.Sprintf(", and %d more until %s", c.times-1, c.until.In(zone).Format("02/01/2006"))
}

// stationWords names a few stations, or counts them.
func stationWords(ids []scheduler.StationID) string {
	if len(ids) > 3 {
		return fmt.Sprintf("%d stations", len(ids))
	}
	var names []string
	for _, id := range slices.Sorted(slices.Values(ids)) {
		names = append(names, string(id))
	}
	return strings.Join(names, ", ")
}
