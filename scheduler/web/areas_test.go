package web

import (
	"fmt"
	"strings"
	"testing"

	"loaphuong/scheduler"
)

func TestAreasAsATree(t *testing.T) {
	areas := []scheduler.Area{
		{ID: "thon-1", Name: "Thôn 1", Parent: "xa-1"}, {ID: "tinh", Name: "Tỉnh"}, {ID: "xa-1", Name: "Xã 1", Parent: "tinh"},
		{ID: "xa-2", Parent: "tinh"}, {ID: "lac", Parent: "mat"}, // whose parent is gone
		{ID: "a", Parent: "b"}, {ID: "b", Parent: "a"}, // which are no tree
	}
	var got []string
	for _, n := range flat(areaTree(areas, map[scheduler.AreaID]bool{"xa-1": true})) {
		got = append(got, fmt.Sprint(n.Indent, n.Name, n.Owing))
	}
	want := "Tỉnhfalse|\u2003Xã 1true|\u2003\u2003Thôn 1true|\u2003xa-2false|lacfalse"
	if strings.Join(got, "|") != want {
		t.Errorf("got %s, want %s", strings.Join(got, "|"), want)
	}
}

func TestAnAreaTakesInThoseBelowIt(t *testing.T) {
	areas := []scheduler.Area{{ID: "tinh"}, {ID: "xa-1", Parent: "tinh"}, {ID: "xa-2", Parent: "tinh"}, {ID: "thon", Parent: "xa-1"}}
	for _, c := range []struct{ chosen, want string }{
		{"", ""},
		{"xa-1", "xa-1"},
		{"xa-1 xa-2", "xa-1 xa-2"},
		{"thon tinh xa-1", "tinh"},
		{"thon xa-2", "thon xa-2"},
		{"xa-1 xa-1", "xa-1"},
		{"nowhere", "nowhere"}, // of which the desk is the judge
	} {
		var chosen []scheduler.AreaID
		for _, id := range strings.Fields(c.chosen) {
			chosen = append(chosen, scheduler.AreaID(id))
		}
		if got := strings.Trim(fmt.Sprint(topmost(areas, chosen)), "[]"); got != c.want {
			t.Errorf("%s: %s, want %s", c.chosen, got, c.want)
		}
	}
}
