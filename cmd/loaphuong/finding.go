package main

import (
	"cmp"
	"fmt"
	"strings"
	"time"

	"loaphuong/scheduler"
)

// findingSentence says what was found, on what, how much, when first unless the
// times themselves are told, and what to do.
func findingSentence(f scheduler.Finding, k catalogue, zone *time.Location) string {
	says, todo := findingWords(f.Code)
	var b strings.Builder
	if of := findingSubject(f, k); of != "" {
		fmt.Fprintf(&b, "%s: ", of)
	}
	b.WriteString(says)
	if f.Other != "" {
		fmt.Fprintf(&b, " (%s)", f.Other)
	}
	b.WriteString(measureWords(f))
	if !f.At.IsZero() && len(f.Runs) == 0 {
		fmt.Fprintf(&b, ", first on %s", f.At.In(zone).Format(zoneLayout))
	}
	b.WriteString(countWords(f))
	fmt.Fprintf(&b, "; %s", todo)
	return b.String()
}

// measureWords says by how much what there is misses what is wanted.
func measureWords(f scheduler.Finding) string {
	if f.Want == 0 {
		return ""
	}
	format := map[scheduler.FindingCode]string{
		scheduler.WindowsOverlap: ": after %s of its %s",
		scheduler.WindowQuiet:    ": %s of its %s is not quiet",
		scheduler.WindowOverCap:  ": %s is allowed of its %s",
		scheduler.DayOverFull:    ": there is room for %s of the %s owed",
		scheduler.DayUnderFloor:  ": %s of the %s demanded",
	}[f.Code]
	return fmt.Sprintf(cmp.Or(format, ": there is room for %s of %s"), span(f.Have), span(f.Want))
}

// countWords says at how many stations it shows, or how many times.
func countWords(f scheduler.Finding) string {
	format := map[scheduler.FindingCode]string{
		scheduler.DayOverFull:   ", on %d days",
		scheduler.DayUnderFloor: ", on %d days",
		scheduler.OftenRuns:     ", up to %d times",
		scheduler.SeldomRuns:    ", %d times in a year",
		scheduler.OddHour:       ", %d times in a year",
		scheduler.SameItemTwice: ", %d times",
	}[f.Code]
	if f.Count < 2 {
		return ""
	}
	return fmt.Sprintf(cmp.Or(format, ", at %d stations"), f.Count)
}

// findingSubject names what a finding is about.
func findingSubject(f scheduler.Finding, k catalogue) string {
	var parts []string
	for _, p := range []struct{ what, name string }{
		{"playlist", k.playlist(f.Selection)}, {"programme", string(f.Programme)}, {"rule", string(f.Rule)},
		{"letter", k.number(f.Directive)}, {"topic", brief(k.topic(f.Directive, f.Topic), 50)}, {"recording", string(f.Recording)},
		{"area", string(f.Area)}, {"station", string(f.Station)},
	} {
		if p.name != "" {
			parts = append(parts, p.what+" "+p.name)
		}
	}
	return strings.Join(parts, ", ")
}
