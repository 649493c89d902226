package main

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"loaphuong/scheduler"
)

// TestChangesAreToldTogether plans 25 windows, of which five are alike.
func TestChangesAreToldTogether(t *testing.T) {
	t.Parallel()
	var changes []scheduler.Change
	for i := range 25 {
		c := scheduler.Change{Programme: "sang", At: at("05:00:00").AddDate(0, 0, i), Added: []string{"Tin"}, Stations: []scheduler.StationID{"xa-2", "xa-1"}}
		if i >= 5 {
			c.Removed, c.Stations = []string{fmt.Sprint("Tin ", i)}, []scheduler.StationID{"xa-1", "xa-2", "xa-3", "xa-4"}
		}
		changes = append(changes, c)
	}
	zone := time.FixedZone("", 7*3600)
	var few, all strings.Builder
	printChanges(&few, changes, catalogue{}, zone, false)
	wantAll(t, "few", few.String(), "23/11/2026 05:00 +07:00 sang, xa-1, xa-2, and 4 more until 27/11/2026 + Tin|28/11/2026 05:00 +07:00 sang, 4 stations + Tin - Tin 5|changes that --all shows beside these: 1")
	printChanges(&all, changes, catalogue{}, zone, true)
	wantAll(t, "all", all.String(), "17/12/2026")
	if strings.Contains(all.String(), "--all") || strings.Contains(few.String(), "17/12/2026") {
		t.Error("the last change is not told when all is asked for, or is when not")
	}
}
