package centre

import (
	"cmp"
	"maps"
	"slices"
	"strings"
	"time"

	"loaphuong/scheduler"
)

// window names an occurrence of a programme.
type window struct {
	programme scheduler.ProgrammeID
	at        time.Time
}

// changes compares what is published with what would be, from the end of the
// lock time to the end of the lease. Stations of which the same is to be said
// are said together.
func (d *draft) changes() []scheduler.Change {
	alike := map[string]*scheduler.Change{}
	known := map[string][]scheduler.Change{} // by what is held and what is planned
	for _, s := range d.in.Stations {
		before, after := d.held[s.ID].Playlists, d.made.Of(s.ID).Playlists
		key := names(before) + "|" + names(after) + "|" + d.zones[s.ID].String()
		changes, ok := known[key]
		if !ok {
			changes = d.compare(before, after, d.zones[s.ID])
			known[key] = changes
		}
		for _, c := range changes {
			key := strings.Join(slices.Concat([]string{string(c.Programme), c.At.String()}, c.Added, []string{"|"}, c.Removed), "\x00")
			if alike[key] == nil {
				alike[key] = &c
			}
			alike[key].Stations = append(alike[key].Stations, s.ID)
		}
	}
	all := make([]scheduler.Change, 0, len(alike))
	for _, key := range slices.Sorted(maps.Keys(alike)) {
		all = append(all, *alike[key])
	}
	slices.SortStableFunc(all, func(a, b scheduler.Change) int {
		return cmp.Or(a.At.Compare(b.At), cmp.Compare(a.Programme, b.Programme))
	})
	return all
}

// names are the names of playlists, with when they are in force.
func names(lists []scheduler.Playlist) string {
	var b strings.Builder
	for _, l := range lists {
		timing, _ := l.Timing.MarshalJSON()
		b.WriteString(string(l.ID))
		b.Write(timing)
	}
	return b.String()
}

// compare lists the windows in which two sets of playlists differ.
func (d *draft) compare(before, after []scheduler.Playlist, zone *time.Location) (all []scheduler.Change) {
	old, planned := d.titles(before, zone), d.titles(after, zone)
	windows := maps.Clone(old)
	maps.Copy(windows, planned)
	for w := range windows {
		c := scheduler.Change{Programme: w.programme, At: w.at, Added: without(planned[w], old[w]), Removed: without(old[w], planned[w])}
		if len(c.Added)+len(c.Removed) > 0 {
			all = append(all, c)
		}
	}
	return all
}

// titles are what the windows in the span hold, in order.
func (d *draft) titles(lists []scheduler.Playlist, zone *time.Location) map[window][]string {
	all := map[window][]string{}
	for _, l := range lists {
		for _, at := range l.Timing.Within(d.in.From, d.in.Until, zone) {
			for _, e := range l.Entries {
				w := window{l.Programme, at}
				all[w] = append(all[w], e.Title)
			}
		}
	}
	return all
}

// without is a without what is in b, one for one.
func without(a, b []string) (rest []string) {
	b = slices.Clone(b)
	for _, s := range a {
		if i := slices.Index(b, s); i >= 0 {
			b = slices.Delete(b, i, i+1)
			continue
		}
		rest = append(rest, s)
	}
	return rest
}
