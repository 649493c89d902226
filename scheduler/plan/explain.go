package plan

import (
	"fmt"
	"slices"
	"time"

	"loaphuong/scheduler"
)

// Explain says what stands in the windows of a station at an instant and why,
// and of all else that the station owes, why it does not. Where the instant lies
// in no window, it explains the last before and the first after it, of one day
// either way.
//
// [Input.Held] is what was in force at the instant; [Input.Kept] may hold any
// airings of that week, also some that are held. What became of an airing is for
// the caller to fill in.
func Explain(in Input, station scheduler.StationID, at time.Time) ([]scheduler.ExplainedWindow, error) {
	i := slices.IndexFunc(in.Stations, func(s scheduler.Station) bool { return s.ID == station })
	if i < 0 {
		return nil, fmt.Errorf("explain station %s: %w: it is not among the stations that are planned", station, scheduler.ErrNotFound)
	}
	zone, err := in.Stations[i].Location()
	if err != nil {
		return nil, fmt.Errorf("explain: %w", err)
	}
	const day = 24 * time.Hour
	in.From = scheduler.DateOf(at.Add(-day).In(zone)).Monday().Start(zone)
	in.Until = scheduler.DateOf(at.Add(day).In(zone)).Monday().AddDays(7).Start(zone)
	kept := newBook(Input{Kept: in.Kept}).kept[station]
	in.Kept = nil
	d := newBook(in).desk(in.Stations[i], zone)
	chosen := d.windowsAt(at)
	d.load(kept, func(w *window) bool { return slices.Contains(chosen, w) })
	all := make([]scheduler.ExplainedWindow, 0, len(chosen))
	for _, w := range chosen {
		all = append(all, d.explain(w))
	}
	return all, nil
}

// windowsAt lists the windows that an instant lies in, or those next to it.
func (d *desk) windowsAt(at time.Time) (found []*window) {
	var last, next *window
	for _, w := range d.windows {
		switch end := w.at.Add(w.programme.Length); {
		case !w.at.After(at) && at.Before(end):
			found = append(found, w)
		case !w.at.After(at) && at.Sub(end) < 24*time.Hour:
			last = w
		case w.at.After(at) && next == nil && w.at.Sub(at) < 24*time.Hour:
			next = w
		}
	}
	if len(found) == 0 {
		found = slices.DeleteFunc([]*window{last, next}, func(w *window) bool { return w == nil })
	}
	return found
}

// explain explains one window.
func (d *desk) explain(w *window) scheduler.ExplainedWindow {
	e := scheduler.ExplainedWindow{
		Programme: w.programme.ID, Name: w.programme.Name,
		From: w.at, Until: w.at.Add(w.programme.Length),
		Entries: []scheduler.ExplainedEntry{}, Others: []scheduler.ExplainedTopic{},
	}
	for _, a := range w.aired {
		e.Entries = append(e.Entries, d.explainEntry(w, a))
	}
	for _, b := range d.debts {
		if !w.has(b.topic) {
			e.Others = append(e.Others, d.explainTopic(w, b))
		}
	}
	if len(e.Entries) == 0 {
		e.Why = d.whyEmpty(w)
	}
	return e
}

// explainEntry says why something stands in a window.
func (d *desk) explainEntry(w *window, a scheduler.Airing) scheduler.ExplainedEntry {
	e := scheduler.ExplainedEntry{Why: scheduler.BecauseOwed}
	e.Airing.Airing = a
	switch a.Piece {
	case "":
	case scheduler.Music:
		e.Why = scheduler.BecauseFiller
		return e
	default:
		e.Why = scheduler.BecauseFixed
		return e
	}
	if topic, ok := d.topicOf[themeOf(a.Directive, a.Topic, a.Recording)]; ok {
		e.Owed = d.standingOf(topic, w.day)
	}
	for _, s := range w.wanted {
		if s.MakesGood == a.MakesGood && slices.Contains(s.Recordings, a.Recording) {
			e.Why, e.By = scheduler.BecausePicked, s.By
		}
	}
	if a.MakesGood != "" {
		e.Why = scheduler.BecauseMakesGood
	}
	return e
}

// standingOf is how the first obligation of a topic that binds on a day stands,
// or, where none does, the first.
func (d *desk) standingOf(topic, day int) scheduler.Standing {
	all := d.topics[topic].debts
	for _, n := range all {
		if d.debts[n].binds[day] {
			return d.debts[n].standing(day)
		}
	}
	if len(all) > 0 {
		return d.debts[all[0]].standing(day)
	}
	return scheduler.Standing{}
}

// whyEmpty is why nothing stands in a window.
func (d *desk) whyEmpty(w *window) scheduler.Because {
	r := d.roomIn(w)
	switch {
	case d.station.Retired:
		return scheduler.Because(scheduler.OffDuty)
	case w.shut != "":
		return w.shut
	case w.relay:
		return scheduler.BecauseFixed
	case w.quiet == 0:
		return scheduler.Because(scheduler.QuietWindow)
	case r.quiet > 0 && r.capped == 0:
		return scheduler.Because(scheduler.Capped)
	}
	return scheduler.BecauseNotOwed
}
