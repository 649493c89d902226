package scheduler_test

import (
	"testing"
	"time"

	"loaphuong/scheduler"
)

func TestWatermarkCovers(t *testing.T) {
	noon := time.Date(2026, 10, 5, 12, 0, 0, 0, time.UTC)
	mark := func(complete bool, since, through time.Time) scheduler.Watermark {
		return scheduler.Watermark{Since: since, Through: through, Complete: complete}
	}
	cases := []struct {
		mark scheduler.Watermark
		want bool
	}{
		{mark(true, noon, noon.Add(1)), true},                   // from its first instant
		{mark(true, noon.Add(1), noon.Add(time.Hour)), false},   // begun afterwards
		{mark(true, noon.Add(-time.Hour), noon), false},         // through is exclusive
		{mark(false, noon.Add(-time.Hour), noon.Add(1)), false}, // lines are missing
		{mark(true, time.Time{}, noon.Add(time.Hour)), false},   // nobody knows since when
		{scheduler.Watermark{}, false},
	}
	for _, c := range cases {
		if got := c.mark.Covers(noon); got != c.want {
			t.Errorf("%+v covers noon: %v", c.mark, got)
		}
	}
}

func TestAiringFilterChooses(t *testing.T) {
	noon := time.Date(2026, 10, 5, 12, 0, 0, 0, time.UTC)
	a := scheduler.Airing{Station: "tan-hung", Start: noon, Directive: "d", Topic: 2}
	cases := []struct {
		filter scheduler.AiringFilter
		want   bool
	}{
		{scheduler.AiringFilter{}, true},
		{scheduler.AiringFilter{From: noon, Until: noon.Add(1)}, true},
		{scheduler.AiringFilter{From: noon.Add(1)}, false},
		{scheduler.AiringFilter{Until: noon}, false},
		{scheduler.AiringFilter{Areas: []scheduler.AreaID{"tinh", "xa"}}, true},
		{scheduler.AiringFilter{Areas: []scheduler.AreaID{"tinh"}}, false},
		{scheduler.AiringFilter{Stations: []scheduler.StationID{"tan-hung"}}, true},
		{scheduler.AiringFilter{Stations: []scheduler.StationID{"an-binh"}}, false},
		{scheduler.AiringFilter{Directive: "d", Topic: 2}, true},
		{scheduler.AiringFilter{Directive: "d", Topic: 1}, false},
		{scheduler.AiringFilter{Directive: "e"}, false},
	}
	for _, c := range cases {
		if got := c.filter.Chooses(a, "xa"); got != c.want {
			t.Errorf("%+v chooses it: %v", c.filter, got)
		}
	}
}
