package rehearsal

import (
	"cmp"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"loaphuong/devices"
	"loaphuong/scheduler"
)

// world is a station to which everything happens by chance: schedules that come
// and take things back, items of all classes that are in each other's way, and
// outages of every kind.
type world struct {
	*centre
	dice      *rand.Rand
	span      time.Duration
	published []devices.Schedule
	given     []devices.Message // at their Issued
	outages   []Outage
	made      int
	bandwidth int64
}

// newWorld makes one that lasts for a span, with outages of some kinds.
func newWorld(t testing.TB, seed uint64, span time.Duration, fails ...Kind) *world {
	w := &world{centre: newCentre(t), dice: rand.New(rand.NewPCG(seed, 11)), span: span}
	for at := time.Duration(0); at < span; at += span/8 + w.chance(span/8) {
		w.publish(at)
	}
	for _, k := range fails {
		for range 1 + w.dice.IntN(3) {
			o := Outage{Kind: k, From: after(w.chance(span)).Truncate(time.Second)}
			o.Until = o.From.Add(time.Second + w.chance(span/8)).Truncate(time.Second)
			if k == Clock && w.dice.IntN(2) == 0 {
				o.By = w.chance(6*time.Hour) - 3*time.Hour
			}
			w.outages = append(w.outages, o)
		}
	}
	w.outages = spans(w.outages)
	return w
}

// chance is any time below d.
func (w *world) chance(d time.Duration) time.Duration {
	return time.Duration(w.dice.Int64N(int64(d)))
}

// publish makes a schedule with most of the playlists of the one before and
// some more.
func (w *world) publish(at time.Duration) {
	next := devices.Schedule{
		Station: station, Revision: scheduler.Revision(len(w.published) + 1), Issued: after(at),
		Lease: after(at + 2*w.span), Zone: scheduler.DefaultZone, Volume: 100,
	}
	if n := len(w.published); n > 0 {
		for _, p := range w.published[n-1].Playlists {
			if w.dice.IntN(4) > 0 {
				next.Playlists = append(next.Playlists, p)
			}
		}
	}
	for range 2 + w.dice.IntN(3) {
		next.Playlists = append(next.Playlists, w.playlist(at))
	}
	if w.dice.IntN(5) == 0 {
		from := w.dice.IntN(24 * 60)
		next.Quiet = []scheduler.QuietHours{{From: from, Until: (from + 30) % (24 * 60)}}
	}
	next.Files = filesOf(next.Playlists)
	w.published = append(w.published, next)
	w.given = append(w.given, w.seal(station, devices.ScheduleChannel, uint64(next.Revision), next.Issued, 10*w.span, next))
}

// playlist is a new one that begins within the next part of the span.
func (w *world) playlist(at time.Duration) scheduler.Playlist {
	w.made++
	class := []scheduler.Class{scheduler.Ordinary, scheduler.Ordinary, scheduler.Priority, scheduler.Emergency}[w.dice.IntN(4)]
	timing := scheduler.Once(after(at + w.chance(w.span/4)).Truncate(time.Second).Add(500 * time.Millisecond))
	if w.dice.IntN(3) == 0 {
		timing, _ = scheduler.Cron("*/20 * * * *", after(at), after(2*w.span))
	}
	p := scheduler.Playlist{
		Programme: scheduler.ProgrammeID(fmt.Sprint("p", w.made)), Class: class, Timing: timing,
		Grace: time.Duration(w.dice.IntN(120)) * time.Second,
	}
	var offset time.Duration
	for i := range 1 + w.dice.IntN(4) {
		title := fmt.Sprint("p", w.made, " item ", i)
		e := scheduler.Entry{
			Offset: offset, Title: title, Digest: scheduler.DigestOf([]byte(title)), Duration: time.Duration(5+w.dice.IntN(90)) * time.Second,
		}
		p.Entries = append(p.Entries, e)
		offset += e.Duration + time.Duration(w.dice.IntN(5))*time.Second
	}
	return p.Seal()
}

// filesOf are the files of playlists, of 8000 bytes a second of sound.
func filesOf(playlists []scheduler.Playlist) (files []devices.File) {
	for _, p := range playlists {
		for _, e := range p.Entries {
			files = append(files, devices.File{Digest: e.Digest, Size: int64(e.Duration/time.Second) * 8000})
		}
	}
	slices.SortFunc(files, func(x, y devices.File) int { return cmp.Compare(x.Digest, y.Digest) })
	return slices.Compact(files)
}

// show opens the show of a world, with all that is published.
func (w *world) show() *Show {
	s := open(w.t, Station{ID: station, Keys: w.keys(), From: after(0), Outages: w.outages, Dir: w.t.TempDir(), Bandwidth: w.bandwidth})
	for i, m := range w.given {
		s.Give(m, w.published[i].Issued)
	}
	return s
}
