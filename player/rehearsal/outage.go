package rehearsal

import (
	"cmp"
	"fmt"
	"slices"
	"time"

	"loaphuong/scheduler"
)

// Kind is what fails in an outage.
type Kind string

// The kinds.
const (
	Power Kind = "power" // the machine is off, without warning
	Link  Kind = "link"  // the centre is out of reach
	Card  Kind = "card"  // the sound card is gone
	Disk  Kind = "disk"  // the disk takes nothing more
	Clock Kind = "clock" // the clock is set wrong, and set right again
)

// kinds lists what may fail.
func kinds() []Kind { return []Kind{Power, Link, Card, Disk, Clock} }

// parseKind is a kind by its word.
func parseKind(s string) (Kind, error) {
	if k := Kind(s); slices.Contains(kinds(), k) {
		return k, nil
	}
	return "", fmt.Errorf("outage %q is of no known kind: write one of %v", s, kinds())
}

// Outage is something that fails at a station for a while.
type Outage struct {
	Station     scheduler.StationID // "" for all
	Kind        Kind
	From, Until time.Time
	// By is how far a clock is set wrong. With 0 it falls back to 1970, as that
	// of a board without a battery does.
	By time.Duration
}

// spans makes one of outages of the same kind that overlap or touch, and lists
// all by their beginnings. What ends before it begins is left out.
func spans(all []Outage) []Outage {
	var list []Outage
	for _, k := range kinds() {
		list = append(list, joined(all, k)...)
	}
	slices.SortStableFunc(list, func(x, y Outage) int { return x.From.Compare(y.From) })
	return list
}

// joined are the outages of one kind, apart from one another. Of those that are
// joined the first says how far the clock is off.
func joined(all []Outage, k Kind) (list []Outage) {
	all = slices.DeleteFunc(slices.Clone(all), func(o Outage) bool { return o.Kind != k || !o.From.Before(o.Until) })
	slices.SortStableFunc(all, func(x, y Outage) int { return cmp.Or(x.From.Compare(y.From), x.Until.Compare(y.Until)) })
	for _, o := range all {
		if n := len(list); n == 0 || o.From.After(list[n-1].Until) {
			list = append(list, o)
		} else if o.Until.After(list[n-1].Until) {
			list[n-1].Until = o.Until
		}
	}
	return list
}
