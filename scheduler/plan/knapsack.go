package plan

import (
	"cmp"
	"slices"
)

// choice is something that may be put into a window: how many seconds it takes,
// at least one, and what it is worth.
type choice struct {
	size  int
	value int64
}

// packer chooses what goes into a window. It keeps its tables from one choice
// to the next.
type packer struct {
	order []dense
	nodes []node  // all that was thought of
	front []int32 // those of them that may still be a part of the best, by size and by value
	next  []int32
}

// dense is a choice with its value a second.
type dense struct {
	choice
	place   int
	density float64
}

// node is some of the choices together: one, and those of another node.
type node struct {
	size  int
	value int64
	place int
	with  int32
}

// pack finds the choices of the most value that together take no more than the
// capacity, exactly, and returns their places in ascending order. What is
// worth nothing is left out.
//
// It goes through the choices, those of the most value a second first, and
// keeps all sets of them that no other set beats in both size and value, and
// that could still become better than simply taking what fits.
func (p *packer) pack(all []choice, capacity int) (chosen []int) {
	if p.sort(all, capacity) <= capacity {
		for _, c := range p.order {
			chosen = append(chosen, c.place)
		}
		slices.Sort(chosen)
		return chosen
	}
	floor := p.simple(capacity)
	p.nodes = append(p.nodes[:0], node{place: -1})
	p.front = append(p.front[:0], 0)
	for _, c := range p.order {
		p.extend(c, capacity, floor)
	}
	best := p.front[len(p.front)-1] // the most value is also the greatest size
	for n := p.nodes[best]; n.place >= 0; n = p.nodes[n.with] {
		chosen = append(chosen, n.place)
	}
	slices.Sort(chosen)
	return chosen
}

// sort puts the choices in order that fit at all and are worth anything, and
// returns their size together.
func (p *packer) sort(all []choice, capacity int) (total int) {
	p.order = p.order[:0]
	for i, c := range all {
		if c.value > 0 && c.size <= capacity {
			p.order = append(p.order, dense{c, i, float64(c.value) / float64(c.size)})
			total += c.size
		}
	}
	slices.SortFunc(p.order, func(a, b dense) int {
		return cmp.Or(cmp.Compare(b.density, a.density), cmp.Compare(a.place, b.place))
	})
	return total
}

// simple is the value of taking what fits, in order.
func (p *packer) simple(capacity int) (value int64) {
	for _, c := range p.order {
		if c.size <= capacity {
			capacity -= c.size
			value += c.value
		}
	}
	return value
}

// extend merges the front with itself and one choice more. A set is dropped
// that does not reach the floor even if what is left of the capacity were
// filled with what this choice is worth a second.
func (p *packer) extend(c dense, capacity int, floor int64) {
	least := float64(floor) * (1 - 1e-12) // for what is lost in rounding
	p.next = p.next[:0]
	best := int64(-1)
	keep := func(n int32) {
		x := p.nodes[n]
		if x.value > best && float64(x.value)+float64(capacity-x.size)*c.density >= least {
			p.next, best = append(p.next, n), x.value
		}
	}
	old := 0
	for _, n := range p.front {
		x := node{p.nodes[n].size + c.size, p.nodes[n].value + c.value, c.place, n}
		if x.size > capacity {
			break
		}
		for old < len(p.front) && p.nodes[p.front[old]].size < x.size {
			keep(p.front[old])
			old++
		}
		if old < len(p.front) && p.nodes[p.front[old]].size == x.size && p.nodes[p.front[old]].value >= x.value {
			continue // the same for less
		}
		if x.value > best {
			p.nodes = append(p.nodes, x)
			keep(int32(len(p.nodes) - 1))
		}
	}
	for ; old < len(p.front); old++ {
		keep(p.front[old])
	}
	p.front, p.next = p.next, p.front
}
