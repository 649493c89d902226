package scheduler

import (
	"cmp"
	"slices"
	"time"
)

// Window is one occurrence of a programme at a station, as it was published.
type Window struct {
	Programme ProgrammeID
	Station   StationID
	Start     time.Time // of its first airing
	End       time.Time // of its last
}

// Windows gathers airings into the windows they belong to, by start, programme
// and station. What was withdrawn is of none. Airings of one playlist follow one
// another in a window; where the places begin anew, so does the next occurrence.
func Windows(airings []AiringFacts) []Window {
	airings = slices.DeleteFunc(slices.Clone(airings), func(a AiringFacts) bool { return a.Withdrawn })
	slices.SortStableFunc(airings, func(a, b AiringFacts) int {
		return cmp.Or(cmp.Compare(a.Station, b.Station), cmp.Compare(a.Playlist, b.Playlist), a.Start.Compare(b.Start))
	})
	var all []Window
	for i, a := range airings {
		if i > 0 && follows(airings[i-1], a) {
			last := &all[len(all)-1]
			last.End = a.Start.Add(a.Duration)
			continue
		}
		all = append(all, Window{a.Programme, a.Station, a.Start, a.Start.Add(a.Duration)})
	}
	slices.SortFunc(all, compareWindows)
	return slices.CompactFunc(all, func(a, b Window) bool {
		return a.Station == b.Station && a.Programme == b.Programme && a.Start.Equal(b.Start)
	})
}

// follows reports whether b is a later entry of the occurrence that a is of.
func follows(a, b AiringFacts) bool {
	return a.Station == b.Station && a.Playlist == b.Playlist && a.Entry < b.Entry
}

// compareWindows puts the longer of two windows that begin together first.
func compareWindows(a, b Window) int {
	return cmp.Or(a.Start.Compare(b.Start), cmp.Compare(a.Programme, b.Programme), cmp.Compare(a.Station, b.Station), b.End.Compare(a.End))
}
