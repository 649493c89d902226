package plan

import (
	"cmp"
	"fmt"
	"slices"
	"time"

	"loaphuong/scheduler"
)

// Gap is the silence between two items of a playlist.
const Gap = time.Second

// Input is everything a plan depends on.
type Input struct {
	From, Until time.Time // the span to plan, until exclusive
	Areas       scheduler.Tree
	Stations    []scheduler.Station
	Programmes  []scheduler.Programme
	Obligations []scheduler.Obligation
	Recordings  []scheduler.Recording
	// Kept are airings of occurrences before From. Those of the same day or
	// week count towards what is owed.
	Kept []scheduler.Airing
}

// Plan is what every station is to play and what that promises.
type Plan struct {
	Playlists map[scheduler.StationID][]scheduler.Playlist
	Promises  []scheduler.Promise
}

// Make plans every station.
func Make(in Input) (Plan, error) {
	p := Plan{Playlists: make(map[scheduler.StationID][]scheduler.Playlist, len(in.Stations))}
	voices, waiting := approved(in.Recordings)
	kept := map[scheduler.StationID][]scheduler.Airing{}
	for _, a := range in.Kept {
		kept[a.Station] = append(kept[a.Station], a)
	}
	for _, s := range in.Stations {
		zone, err := s.Location()
		if err != nil {
			return Plan{}, fmt.Errorf("plan: %w", err)
		}
		d := desk{station: s, zone: zone, quiet: s.Quiet}
		d.openDebts(in, voices, waiting)
		d.credit(kept[s.ID])
		for _, b := range d.debts {
			b.Owed = d.owed(*b, in.From, in.Until)
		}
		p.Playlists[s.ID] = d.fill(in)
		for _, b := range d.debts {
			p.Promises = append(p.Promises, b.settled())
		}
	}
	return p, nil
}

// theme is a topic of a letter.
type theme struct {
	directive scheduler.DirectiveID
	topic     int
}

// approved finds the newest approved recording of each topic, and the topics
// that have only recordings that wait for approval.
func approved(all []scheduler.Recording) (voices map[theme]scheduler.Recording, waiting map[theme]bool) {
	voices, waiting = map[theme]scheduler.Recording{}, map[theme]bool{}
	for _, r := range all {
		k := theme{r.Directive, r.Topic}
		if !r.Approved() {
			waiting[k] = true
			continue
		}
		if old, ok := voices[k]; !ok || newer(r, old) {
			voices[k] = r
		}
	}
	return voices, waiting
}

func newer(a, b scheduler.Recording) bool {
	return cmp.Or(a.Created.Compare(b.Created), cmp.Compare(a.ID, b.ID)) > 0
}

// desk plans one station.
type desk struct {
	station scheduler.Station
	zone    *time.Location
	quiet   []scheduler.QuietHours
	debts   []*debt   // in the order of the obligations
	free    time.Time // when what is placed has ended
}

// openDebts lists what the station owes in the span.
func (d *desk) openDebts(in Input, voices map[theme]scheduler.Recording, waiting map[theme]bool) {
	for _, o := range in.Obligations {
		if !in.Areas.Within(d.station.Area, o.Area) {
			continue
		}
		k := theme{o.Directive, o.Topic}
		b := &debt{obligation: often(o, voices[k]), recording: voices[k], Promise: scheduler.Promise{
			Station: d.station.ID, Obligation: o.ID, Directive: o.Directive, Topic: o.Topic,
			Shortfall: scheduler.NoProgramme,
		}}
		switch {
		case b.recording.ID != "":
		case waiting[k]:
			b.Shortfall = scheduler.NotApproved
		default:
			b.Shortfall = scheduler.NoRecording
		}
		d.debts = append(d.debts, b)
	}
}

// often is the obligation with its minutes a day as airings of its recording.
// Until there is a recording, nobody knows how many these are.
func often(o scheduler.Obligation, r scheduler.Recording) scheduler.Obligation {
	if o.MinutesPerDay == 0 || r.Duration <= 0 {
		return o
	}
	wanted := time.Duration(o.MinutesPerDay) * time.Minute
	if airings := int((wanted + r.Duration - 1) / r.Duration); airings > o.PerDay && airings*7 > o.PerWeek {
		o.PerDay, o.PerWeek = airings, 0
	}
	return o
}

// credit counts what was placed before the span.
func (d *desk) credit(kept []scheduler.Airing) {
	slices.SortFunc(kept, func(a, b scheduler.Airing) int { return a.Start.Compare(b.Start) })
	var window scheduler.Airing // the first of the occasion that a belongs to
	for _, a := range kept {
		if a.Playlist != window.Playlist || a.Entry <= window.Entry || a.Start.Sub(window.Start) > scheduler.MaxLength {
			window = a
		}
		d.free = a.Start.Add(a.Duration + Gap)
		day := scheduler.DateOf(a.Start.In(d.zone))
		for _, b := range d.debts {
			if b.turn(day); b.theme() == (theme{a.Directive, a.Topic}) && b.needed(day) {
				b.place(window.Start)
			}
		}
	}
}

// owed counts the airings that the obligation asks for in the span, beyond
// those credited.
func (d *desk) owed(b debt, from, until time.Time) (n int) {
	for day := scheduler.DateOf(from.In(d.zone)); day.Start(d.zone).Before(until); day = next(day) {
		for b.turn(day); b.needed(day); {
			b.place(from)
			n++
		}
	}
	return n
}

// binds reports whether the obligation is in force on a day.
func binds(o scheduler.Obligation, day scheduler.Date) bool {
	if day.Before(o.From) || o.Until.Before(day) {
		return false
	}
	weekday := day.Start(time.UTC).Weekday()
	return len(o.Weekdays) == 0 || slices.Contains(o.Weekdays, weekday)
}

func next(d scheduler.Date) scheduler.Date {
	return scheduler.DateOf(d.Start(time.UTC).AddDate(0, 0, 1))
}

func monday(d scheduler.Date) scheduler.Date {
	t := d.Start(time.UTC)
	return scheduler.DateOf(t.AddDate(0, 0, -(int(t.Weekday())+6)%7))
}
