package rehearsal

import (
	"slices"
	"time"
)

// agenda is what is going to happen, in order; what is to happen at the same
// instant happens in the order in which it was put down.
type agenda []engagement

// engagement is something to do at an instant. A name lets it be put off.
type engagement struct {
	at   time.Time
	name string
	do   func()
}

// put puts something down, in the place of what has the same name; "" is none.
func (a *agenda) put(at time.Time, name string, do func()) {
	if name != "" {
		a.drop(name)
	}
	i, _ := slices.BinarySearchFunc(*a, at, func(e engagement, at time.Time) int {
		if e.at.After(at) {
			return 1
		}
		return -1
	})
	*a = slices.Insert(*a, i, engagement{at, name, do})
}

// drop forgets what has a name.
func (a *agenda) drop(name string) {
	*a = slices.DeleteFunc(*a, func(e engagement) bool { return e.name == name })
}

// take removes what comes first.
func (a *agenda) take() engagement {
	first := (*a)[0]
	*a = slices.Delete(*a, 0, 1)
	return first
}
