package main

import (
	"fmt"
	"strings"
	"time"

	"loaphuong/scheduler"
	"loaphuong/scheduler/web"
)

// clockWords say by whom the clock of a station that was heard is right, and how far off that of its
// machine is.
func clockWords(s web.StationState) string {
	switch {
	case !s.State.ClockOK:
		return "not set"
	case s.State.Clock.Source == "":
		return "own clock"
	}
	return fmt.Sprintf("%s %+.3fs ±%.3fs", s.State.Clock.Source, s.State.Clock.Offset.Seconds(), s.State.Clock.Uncertainty.Seconds())
}

// troubleWords say what a person should know of a station that was heard.
func troubleWords(s web.StationState) string {
	var all []string
	add := func(is bool, says string) {
		if is {
			all = append(all, says)
		}
	}
	add(s.State.Error != "", s.State.Error)
	add(s.State.DiskLow, "disk low")
	add(s.State.Lost > 0, counted(int(s.State.Lost), "log line")+" lost at the station")
	add(s.State.Stalls > 0, "sound card skipped "+counted(int(s.State.Stalls), "time"))
	return strings.Join(all, "; ")
}

// besides say what else a station said of an airing.
func besides(f scheduler.AiringFacts, zone *time.Location) (all []string) {
	add := func(is bool, format string, args ...any) {
		if is {
			all = append(all, fmt.Sprintf(format, args...))
		}
	}
	add(f.Silent(), "SILENCE for %s of %s: listen to it", span(f.Quiet), span(f.Sounded))
	add(f.Stalls > 0, "the sound card skipped %s", counted(f.Stalls, "time"))
	add(f.Interruptions > 0, "it gave way %s and went on", counted(f.Interruptions, "time"))
	add(f.FilledFor > 0, "in its place for %s: %s", span(f.FilledFor), f.Filled)
	add(f.HeardBack != "", "heard back: %s", f.HeardBack)
	add(!f.SaidStartedAt.IsZero(), "by the station's clock, not yet set, begun at %s", f.SaidStartedAt.In(zone).Format(wallLayout))
	return all
}

// counted is a number of things: "1 line", "2 lines".
func counted(n int, thing string) string {
	if n == 1 {
		return "1 " + thing
	}
	return fmt.Sprintf("%d %ss", n, thing)
}
