package plan

import (
	"cmp"
	"slices"
	"time"

	"loaphuong/scheduler"
)

// occasion is one occurrence of a programme.
type occasion struct {
	programme scheduler.Programme
	at        time.Time
	entries   []scheduler.Entry
}

// fill places what is owed into the station's windows and returns the
// playlists.
func (d *desk) fill(in Input) []scheduler.Playlist {
	occasions := d.occasions(in)
	for i := range occasions {
		d.fillOne(&occasions[i])
	}
	return playlists(occasions)
}

// occasions lists the windows of the station in the span, in order.
func (d *desk) occasions(in Input) []occasion {
	var all []occasion
	for _, p := range in.Programmes {
		if !in.Areas.Within(d.station.Area, p.Area) {
			continue
		}
		for _, at := range p.Timing.Within(in.From, in.Until, d.zone) {
			all = append(all, occasion{programme: p, at: at})
		}
	}
	slices.SortStableFunc(all, func(a, b occasion) int {
		return cmp.Or(a.at.Compare(b.at), cmp.Compare(a.programme.ID, b.programme.ID))
	})
	return all
}

// fillOne fills one window with whole items, each topic once, from when the
// window before it lets go of the station. What is chosen stands in the order
// of the obligations, so that the same choice is the same playlist, whatever
// came before.
func (d *desk) fillOne(o *occasion) {
	day := scheduler.DateOf(o.at.In(d.zone))
	begin := max(d.free.Sub(o.at), 0)
	end := begin
	chosen := map[theme]bool{}
	for _, b := range d.inNeed(day) {
		length := b.recording.Duration
		switch {
		case chosen[b.theme()]: // the same airing serves both
		case end+length > o.programme.Length:
			b.Shortfall = scheduler.WindowFull
		case d.isQuiet(o.at.Add(end), length, o.programme.Class):
			b.Shortfall = scheduler.QuietWindow
		default:
			chosen[b.theme()] = true
			end += length + Gap
		}
	}
	d.arrange(o, day, chosen, begin)
}

// arrange writes the chosen topics into the window, one after another.
func (d *desk) arrange(o *occasion, day scheduler.Date, chosen map[theme]bool, offset time.Duration) {
	for _, b := range d.debts {
		if !chosen[b.theme()] {
			continue
		}
		if !slices.ContainsFunc(o.entries, func(e scheduler.Entry) bool { return e.Recording == b.recording.ID }) {
			o.entries = append(o.entries, entry(b.recording, offset))
			offset += b.recording.Duration + Gap
			d.free = o.at.Add(offset)
		}
		if b.needed(day) {
			b.place(o.at)
			b.Promised++
		}
	}
}

// inNeed lists the debts that may be placed on a day: furthest behind first,
// then longest not placed, then longest not placed before that, then in the
// order of the obligations.
func (d *desk) inNeed(day scheduler.Date) []*debt {
	var list []*debt
	for _, b := range d.debts {
		if b.turn(day); b.recording.ID != "" && b.needed(day) {
			list = append(list, b)
		}
	}
	slices.SortStableFunc(list, func(x, y *debt) int {
		return cmp.Or(cmp.Compare(y.behind(), x.behind()), x.last.Compare(y.last), x.before.Compare(y.before))
	})
	return list
}

func (d *desk) isQuiet(at time.Time, length time.Duration, c scheduler.Class) bool {
	return c != scheduler.Emergency && slices.ContainsFunc(d.quiet, func(q scheduler.QuietHours) bool {
		return q.Touches(at.In(d.zone), length)
	})
}

func entry(r scheduler.Recording, offset time.Duration) scheduler.Entry {
	return scheduler.Entry{
		Offset:    offset,
		Recording: r.ID,
		Title:     r.Title,
		Digest:    r.Digest,
		Duration:  r.Duration,
		Approver:  r.Approval.By,
		Directive: r.Directive,
		Topic:     r.Topic,
	}
}

// playlists makes playlists of the occasions. Occasions of one programme that
// follow each other with the same entries are one playlist, cron-timed from the
// first to the last.
func playlists(all []occasion) []scheduler.Playlist {
	open := map[scheduler.ProgrammeID]*run{}
	var runs []*run
	for _, o := range all {
		r := open[o.programme.ID]
		if r != nil && slices.Equal(r.entries, o.entries) {
			r.last = o.at
			continue
		}
		r = &run{occasion: o, last: o.at}
		open[o.programme.ID] = r
		runs = append(runs, r)
	}
	var lists []scheduler.Playlist
	for _, r := range runs {
		if len(r.entries) > 0 {
			lists = append(lists, r.playlist())
		}
	}
	return lists
}

// run is a row of occasions with the same entries.
type run struct {
	occasion
	last time.Time
}

func (r *run) playlist() scheduler.Playlist {
	return scheduler.Playlist{
		Programme: r.programme.ID,
		Title:     r.programme.Name,
		Class:     r.programme.Class,
		Timing:    r.programme.Timing.Bounded(r.at, r.last.Add(time.Minute)),
		Grace:     r.programme.Grace,
		Entries:   r.entries,
	}.Seal()
}
