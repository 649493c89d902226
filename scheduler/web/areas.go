package web

import (
	"slices"

	"loaphuong/scheduler"
)

// areaNode is an area with those below it.
type areaNode struct {
	scheduler.Area
	Depth  int  // of roots 0
	Owing  bool // it, or one above it, owes the letter already
	Below  []*areaNode
	Indent string // sets it in, in a list of one level
}

// areaTree sets areas out as a tree of any depth.
func areaTree(areas []scheduler.Area, owing map[scheduler.AreaID]bool) []*areaNode {
	known := map[scheduler.AreaID]bool{}
	below := map[scheduler.AreaID][]scheduler.Area{}
	for _, a := range areas {
		known[a.ID] = true
		below[a.Parent] = append(below[a.Parent], a)
	}
	var grow func(a scheduler.Area, depth int, owes bool) *areaNode
	grow = func(a scheduler.Area, depth int, owes bool) *areaNode {
		a.Name = named(a.Name, a.ID)
		n := &areaNode{Area: a, Depth: depth, Owing: owes || owing[a.ID]}
		for range depth {
			n.Indent += "\u2003"
		}
		for _, b := range below[a.ID] {
			n.Below = append(n.Below, grow(b, depth+1, n.Owing))
		}
		return n
	}
	var roots []*areaNode
	for _, a := range areas {
		if !known[a.Parent] {
			roots = append(roots, grow(a, 0, false))
		}
	}
	return roots
}

// flat is a tree as a list, each area followed by those below it.
func flat(roots []*areaNode) []areaNode {
	var all []areaNode
	for _, n := range roots {
		all = append(append(all, *n), flat(n.Below)...)
	}
	return all
}

// topmost leaves out of the chosen areas those that lie within another: a
// letter that a province owes is not owed by its communes once more.
func topmost(areas []scheduler.Area, chosen []scheduler.AreaID) []scheduler.AreaID {
	tree := scheduler.Tree{}
	for _, a := range areas {
		tree[a.ID] = a
	}
	var top []scheduler.AreaID
	for _, id := range chosen {
		within := slices.ContainsFunc(chosen, func(o scheduler.AreaID) bool { return o != id && tree.Within(id, o) })
		if !within && !slices.Contains(top, id) {
			top = append(top, id)
		}
	}
	return top
}
