package plan

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"loaphuong/scheduler"
)

// book is the input, opened where it is needed: by area, by station, by topic.
type book struct {
	in         Input
	shelf      shelf
	zones      map[string]*time.Location
	byArea     map[scheduler.AreaID]*entries
	byStation  map[scheduler.StationID][]int // selections for one station
	kept       map[scheduler.StationID][]*scheduler.Airing
	localities map[string]*locality
	localOf    map[scheduler.AreaID]*locality
}

// entries are what is meant for an area, by their places in the input.
type entries struct{ programmes, obligations, rules, selections []int }

// locality is what is meant for an area and for all those above it, each in the
// order of the input. Areas to which nothing of their own is said share one.
type locality struct {
	programmes  []*programme
	obligations []scheduler.Obligation
	rules       []scheduler.Rule
	selections  []*scheduler.Selection
}

func newBook(in Input) *book {
	b := &book{
		in:         in,
		shelf:      newShelf(in.Recordings, in.Recalls),
		zones:      map[string]*time.Location{},
		byArea:     map[scheduler.AreaID]*entries{},
		byStation:  map[scheduler.StationID][]int{},
		kept:       map[scheduler.StationID][]*scheduler.Airing{},
		localities: map[string]*locality{},
		localOf:    map[scheduler.AreaID]*locality{},
	}
	for i := range in.Kept {
		a := &in.Kept[i]
		b.kept[a.Station] = append(b.kept[a.Station], a)
	}
	b.file()
	return b
}

// file notes where everything is meant for.
func (b *book) file() {
	at := func(a scheduler.AreaID) *entries {
		if b.byArea[a] == nil {
			b.byArea[a] = &entries{}
		}
		return b.byArea[a]
	}
	for i, p := range b.in.Programmes {
		at(p.Area).programmes = append(at(p.Area).programmes, i)
	}
	for i, o := range b.in.Obligations {
		at(o.Area).obligations = append(at(o.Area).obligations, i)
	}
	for i, r := range b.in.Rules {
		at(r.Area).rules = append(at(r.Area).rules, i)
	}
	for i, s := range b.in.Selections {
		if s.Station != "" {
			b.byStation[s.Station] = append(b.byStation[s.Station], i)
		} else {
			at(s.Area).selections = append(at(s.Area).selections, i)
		}
	}
}

// zone is the station's, loaded once.
func (b *book) zone(s scheduler.Station) (*time.Location, error) {
	name := cmp.Or(s.Zone, scheduler.DefaultZone)
	if zone := b.zones[name]; zone != nil {
		return zone, nil
	}
	zone, err := s.Location()
	if err == nil {
		b.zones[name] = zone
	}
	return zone, err
}

// local is what is meant for an area.
func (b *book) local(area scheduler.AreaID) *locality {
	if l := b.localOf[area]; l != nil {
		return l
	}
	var found []*entries
	var names []string
	for a, n := area, 0; n <= len(b.in.Areas) && a != ""; n++ {
		if e := b.byArea[a]; e != nil {
			found, names = append(found, e), append(names, string(a))
		}
		a = b.in.Areas[a].Parent
	}
	key := strings.Join(names, " ")
	if b.localities[key] == nil {
		b.localities[key] = b.gather(found)
	}
	b.localOf[area] = b.localities[key]
	return b.localOf[area]
}

// gather merges what is meant for the areas of a chain.
func (b *book) gather(found []*entries) *locality {
	l := &locality{}
	for _, i := range merged(found, func(e *entries) []int { return e.programmes }) {
		l.programmes = append(l.programmes, b.shelf.programme(b.in.Programmes[i]))
	}
	for _, i := range merged(found, func(e *entries) []int { return e.obligations }) {
		l.obligations = append(l.obligations, b.in.Obligations[i])
	}
	for _, i := range merged(found, func(e *entries) []int { return e.rules }) {
		l.rules = append(l.rules, b.in.Rules[i])
	}
	for _, i := range merged(found, func(e *entries) []int { return e.selections }) {
		l.selections = append(l.selections, &b.in.Selections[i])
	}
	return l
}

func merged(found []*entries, of func(*entries) []int) (all []int) {
	for _, e := range found {
		all = append(all, of(e)...)
	}
	slices.Sort(all)
	return all
}

// selections are those that a station plays, the oldest first.
func (b *book) selections(s scheduler.Station, l *locality) []*scheduler.Selection {
	all := slices.Clone(l.selections)
	for _, i := range b.byStation[s.ID] {
		all = append(all, &b.in.Selections[i])
	}
	slices.SortStableFunc(all, func(x, y *scheduler.Selection) int {
		return cmp.Or(x.Created.Compare(y.Created), cmp.Compare(x.ID, y.ID))
	})
	return all
}
