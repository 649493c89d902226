package plan

import (
	"fmt"
	"slices"
	"time"

	"loaphuong/scheduler"
)

// Gap is the silence between two items of a playlist.
const Gap = time.Second

// DefaultSpacing is how long after an item began it may begin again, where no
// rule says.
const DefaultSpacing = 30 * time.Minute

// Input is everything a plan depends on.
type Input struct {
	From, Until time.Time // the span to plan, until exclusive
	Areas       scheduler.Tree
	Stations    []scheduler.Station
	Programmes  []scheduler.Programme
	Rules       []scheduler.Rule
	Holidays    scheduler.Calendar
	Obligations []scheduler.Obligation
	Recordings  []scheduler.Recording
	Selections  []scheduler.Selection
	Recalls     []scheduler.Recall
	// Kept are airings of occurrences before From. Those of the same day or
	// week count towards what is owed and what is capped, and nothing comes too
	// soon after one of them.
	Kept []scheduler.Airing
	// Held is what each station was given last. The plan begins with it and
	// moves nothing without gain.
	Held map[scheduler.StationID][]scheduler.Playlist
	// Issued is when that was, for [Explain] alone; a station that is not in it
	// was given it before all that could be asked for.
	Issued map[scheduler.StationID]time.Time
}

// Plan is what every station is to play and what that promises.
type Plan struct {
	Groups   []Group // in the order of their first stations
	stations []scheduler.StationID
	group    map[scheduler.StationID]int
}

// Group is the plan of stations that are alike in everything a plan depends on.
// They share what it holds.
type Group struct {
	Stations  []scheduler.StationID
	Playlists []scheduler.Playlist
	Promises  []scheduler.Promise // without a station, in the order of the obligations
}

// Make plans every station.
func Make(in Input) (Plan, error) {
	b := newBook(in)
	p := Plan{group: make(map[scheduler.StationID]int, len(in.Stations))}
	known := map[likeness]int{}
	for _, s := range in.Stations {
		zone, err := b.zone(s)
		if err != nil {
			return Plan{}, fmt.Errorf("plan: %w", err)
		}
		like := b.likeness(s, zone)
		i, ok := known[like]
		if !ok {
			i = len(p.Groups)
			known[like] = i
			p.Groups = append(p.Groups, b.plan(s, zone))
		}
		p.Groups[i].Stations = append(p.Groups[i].Stations, s.ID)
		p.stations = append(p.stations, s.ID)
		p.group[s.ID] = i
	}
	return p, nil
}

// plan makes the plan of a station and of all that are like it.
func (b *book) plan(s scheduler.Station, zone *time.Location) Group {
	d := b.desk(s, zone)
	if s.Retired {
		return Group{Promises: d.promises()}
	}
	d.placePicked()
	d.placeRelays()
	d.placeHeld()
	d.placeFresh()
	d.improve()
	d.placeMakeGoods()
	d.placeMusic()
	return Group{Playlists: d.playlists(), Promises: d.promises()}
}

// Of is the plan of a station, or the zero Group where it was not planned.
func (p Plan) Of(s scheduler.StationID) Group {
	if i, ok := p.group[s]; ok {
		return p.Groups[i]
	}
	return Group{}
}

// Promises are those of every station, in the order of [Input.Stations].
func (p Plan) Promises() []scheduler.Promise {
	n := 0
	for _, g := range p.Groups {
		n += len(g.Stations) * len(g.Promises)
	}
	all := make([]scheduler.Promise, 0, n)
	for _, s := range p.stations {
		all = append(all, p.Of(s).Promises...)
		for i := len(all) - len(p.Of(s).Promises); i < len(all); i++ {
			all[i].Station = s
		}
	}
	return slices.Clip(all)
}
