package scheduler

import (
	"cmp"
	"fmt"
	"time"
)

// Area is a node of a tree of any depth. Tiers are data: no depth and no
// office has a meaning of its own.
type Area struct {
	ID     AreaID `json:"id"`
	Name   string `json:"name"`
	Parent AreaID `json:"parent,omitempty"` // empty for a root
}

// Tree answers questions about a set of areas.
type Tree map[AreaID]Area

// NewTree builds a tree and refuses areas whose parent is missing or that are
// their own ancestor.
func NewTree(areas []Area) (Tree, error) {
	t := make(Tree, len(areas))
	for _, a := range areas {
		t[a.ID] = a
	}
	for _, a := range areas {
		at := a
		for range len(areas) {
			if at.Parent == "" {
				break
			}
			up, ok := t[at.Parent]
			if !ok {
				return nil, fmt.Errorf("area %s: its parent %s does not exist: add the parent first", at.ID, at.Parent)
			}
			at = up
		}
		if at.Parent != "" {
			return nil, fmt.Errorf("area %s: it is its own ancestor: give it another parent", a.ID)
		}
	}
	return t, nil
}

// Within reports whether inner is outer or lies below it.
func (t Tree) Within(inner, outer AreaID) bool {
	for range len(t) + 1 {
		if inner == outer {
			return true
		}
		a, ok := t[inner]
		if !ok || a.Parent == "" {
			return false
		}
		inner = a.Parent
	}
	return false
}

// Station is one agent on a small PC at a commune.
type Station struct {
	ID     StationID `json:"id"`
	Name   string    `json:"name"`
	Area   AreaID    `json:"area"`
	Zone   string    `json:"zone"` // IANA name, "Asia/Ho_Chi_Minh"
	Phone  string    `json:"phone,omitempty"`
	Volume int       `json:"volume"` // 0 to 100 per cent
	// Quiet hours bind everything but emergencies.
	Quiet []QuietHours `json:"quiet,omitempty"`
	// Languages are those the station airs, the most wanted first, BCP 47;
	// empty: any.
	Languages []string `json:"languages,omitempty"`
	// Retired stations are sent nothing more to air.
	Retired bool `json:"retired,omitempty"`
}

// DefaultZone is the zone of a station that names none.
const DefaultZone = "Asia/Ho_Chi_Minh"

// Location loads the station's zone.
func (s Station) Location() (*time.Location, error) {
	loc, err := time.LoadLocation(cmp.Or(s.Zone, DefaultZone))
	if err != nil {
		return nil, fmt.Errorf("station %s: zone %q: use an IANA name such as %s", s.ID, s.Zone, DefaultZone)
	}
	return loc, nil
}

// QuietHours is a daily span of wall time in which nothing but an emergency
// sounds. Until before From spans midnight; equal ends are no time at all.
type QuietHours struct {
	From  int `json:"from"`  // minutes after midnight, 0 to 1439
	Until int `json:"until"` // minutes after midnight, exclusive
}

// CheckQuiet refuses quiet hours that are no times of a day.
func CheckQuiet(all []QuietHours) error {
	const day = 24 * 60
	for _, q := range all {
		if min(q.From, q.Until) < 0 || q.From >= day || q.Until > day {
			return fmt.Errorf("quiet hours from minute %d to %d: use 0 to %d", q.From, q.Until, day-1)
		}
	}
	return nil
}

// Covers reports whether the wall time of t lies in the quiet hours.
func (q QuietHours) Covers(t time.Time) bool {
	m := t.Hour()*60 + t.Minute()
	if q.From <= q.Until {
		return q.From <= m && m < q.Until
	}
	return m >= q.From || m < q.Until
}

// Touches reports whether any part of the span from t, lasting d, is quiet.
func (q QuietHours) Touches(t time.Time, d time.Duration) bool {
	if q.From == q.Until {
		return false
	}
	for at := t; at.Before(t.Add(d)); at = at.Add(time.Minute) {
		if q.Covers(at) {
			return true
		}
	}
	return q.Covers(t.Add(max(d-1, 0)))
}
