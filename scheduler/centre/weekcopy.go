package centre

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"loaphuong/scheduler"
	"loaphuong/scheduler/web"
)

// CopyWeek makes playlists of what was published for the week of one date, to
// be played in the windows of the same programmes in the week of another.
// Stations that had the same share a playlist where they are all of the area.
func (d *Desk) CopyWeek(ctx context.Context, c web.WeekCopy) ([]scheduler.Selection, error) {
	if err := checkWeekCopy(c); err != nil {
		return nil, scheduler.Invalid(err)
	}
	if err := d.wantArea(ctx, c.Area); err != nil {
		return nil, err
	}
	in, err := d.Publisher.input(ctx)
	if err != nil {
		return nil, err
	}
	stations := slices.DeleteFunc(in.Stations, func(s scheduler.Station) bool { return s.Retired || !in.Areas.Within(s.Area, c.Area) })
	byWindow := map[window]map[string][]scheduler.Station{} // and by what it held
	for _, s := range stations {
		if err := d.weekOf(ctx, s, in.Programmes, c, byWindow); err != nil {
			return nil, err
		}
	}
	made := []scheduler.Selection{}
	for _, w := range inTime(byWindow) {
		for _, items := range slices.Sorted(maps.Keys(byWindow[w])) {
			who := byWindow[w][items]
			done, err := d.copied(ctx, c, w, items, who, len(who) == len(stations))
			made = append(made, done...)
			if err != nil {
				return made, fmt.Errorf("copy the week of %s: %w", c.From, err)
			}
		}
	}
	if len(made) == 0 {
		return nil, fmt.Errorf("copy the week of %s to that of %s: %w: nothing was published for it whose windows are still to come", c.From, c.To, scheduler.ErrNotFound)
	}
	return made, nil
}

func checkWeekCopy(c web.WeekCopy) error {
	switch {
	case c.By == "":
		return fmt.Errorf("copy a week: %w", errNoName)
	case !c.From.Complete() || !c.To.Complete():
		return fmt.Errorf("copy a week: give a day of the week to copy and one of the week to fill")
	case c.From.Monday() == c.To.Monday():
		return fmt.Errorf("copy a week: %s and %s are of the same week", c.From, c.To)
	}
	return nil
}

// weekOf adds what a station had in the week, at the windows of the other week
// that are still to come. Fixed pieces are left out: the programme has them.
func (d *Desk) weekOf(ctx context.Context, s scheduler.Station, programmes []scheduler.Programme, c web.WeekCopy, byWindow map[window]map[string][]scheduler.Station) error {
	zone, err := s.Location()
	if err != nil {
		return err
	}
	monday := c.From.Monday()
	facts, err := d.Store.Airings(ctx, scheduler.AiringFilter{
		Stations: []scheduler.StationID{s.ID}, From: monday.Start(zone), Until: monday.AddDays(7).Start(zone),
	})
	if err != nil {
		return err
	}
	items := map[window][]string{}
	for _, f := range facts {
		if f.Withdrawn || f.Piece != "" {
			continue
		}
		if at := begins(f.Airing, programmes, zone); !at.IsZero() {
			w := window{f.Programme, at.In(zone).AddDate(0, 0, monday.DaysUntil(c.To.Monday())).UTC()}
			items[w] = append(items[w], string(f.Recording))
		}
	}
	for w, list := range items {
		if !w.at.After(time.Now().Add(Lock)) {
			continue
		}
		if byWindow[w] == nil {
			byWindow[w] = map[string][]scheduler.Station{}
		}
		key := strings.Join(list, " ")
		byWindow[w][key] = append(byWindow[w][key], s)
	}
	return nil
}

// begins is when the window began that an airing was in; zero where its
// programme is no longer there or no longer runs then.
func begins(a scheduler.Airing, programmes []scheduler.Programme, zone *time.Location) (at time.Time) {
	i := slices.IndexFunc(programmes, func(p scheduler.Programme) bool { return p.ID == a.Programme })
	if i < 0 {
		return at
	}
	for _, w := range programmes[i].Timing.Within(a.Start.Add(-programmes[i].Length), a.Start.Add(1), zone) {
		at = w
	}
	return at
}

// copied keeps the playlists of one window: one for the area where all its
// stations had the same, else one for each station.
func (d *Desk) copied(ctx context.Context, c web.WeekCopy, w window, items string, who []scheduler.Station, all bool) (made []scheduler.Selection, err error) {
	s := scheduler.Selection{
		Title: fmt.Sprintf("%s %s", w.programme, c.To.Monday()), Area: c.Area, Programme: w.programme,
		Timing: scheduler.Once(w.at), By: c.By,
	}
	for id := range strings.FieldsSeq(items) {
		s.Recordings = append(s.Recordings, scheduler.RecordingID(id))
	}
	for _, station := range who {
		if !all {
			s.Station = station.ID
		}
		done, err := d.PutSelection(ctx, s)
		if err != nil {
			return made, err
		}
		made = append(made, done.Selection)
		if all {
			break
		}
	}
	return made, nil
}

func inTime(byWindow map[window]map[string][]scheduler.Station) []window {
	return slices.SortedFunc(maps.Keys(byWindow), func(a, b window) int {
		return cmp.Or(a.at.Compare(b.at), cmp.Compare(a.programme, b.programme))
	})
}
