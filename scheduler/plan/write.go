package plan

import (
	"slices"
	"time"

	"loaphuong/scheduler"
)

// playlists makes playlists of the windows. Windows of one programme that
// follow each other with the same entries are one playlist, cron-timed from the
// first to the last; one between them in which there is nothing divides it.
func (d *desk) playlists() (lists []scheduler.Playlist) {
	open := map[*programme]*run{}
	var runs []*run
	for _, w := range d.windows {
		entries := w.entries()
		r := open[w.programme]
		if r != nil && slices.Equal(r.entries, entries) {
			r.last = w.at
			continue
		}
		r = &run{programme: w.programme, entries: entries, first: w.at, last: w.at}
		open[w.programme] = r
		runs = append(runs, r)
	}
	for _, r := range runs {
		if len(r.entries) > 0 {
			lists = append(lists, r.playlist())
		}
	}
	return lists
}

// run is a row of windows with the same entries.
type run struct {
	programme   *programme
	entries     []scheduler.Entry
	first, last time.Time
}

func (r *run) playlist() scheduler.Playlist {
	return scheduler.Playlist{
		Programme: r.programme.ID,
		Title:     r.programme.Name,
		Class:     r.programme.Class,
		Timing:    r.programme.Timing.Bounded(r.first, r.last.Add(time.Minute)),
		Grace:     r.programme.Grace,
		Start:     r.programme.Start,
		Wait:      r.programme.Wait,
		Entries:   r.entries,
	}.Seal()
}

// entries writes out what the window airs, in the running order.
func (w *window) entries() []scheduler.Entry {
	if w.used() == 0 {
		return nil
	}
	p := page{at: w.begin}
	if !w.alone {
		p.pieces(w, false)
	}
	for _, x := range w.picked {
		p.write(x.voice.recording, "", x.by.MakesGood)
	}
	for _, x := range w.items {
		p.write(x.voice.recording, "", "")
	}
	if !w.alone {
		p.pieces(w, true)
	}
	return p.entries
}

// page is entries being written, one after another.
type page struct {
	at      time.Duration
	entries []scheduler.Entry
}

// pieces writes the fixed pieces and the music before the items, or after them.
func (p *page) pieces(w *window, after bool) {
	for i, x := range w.programme.pieces {
		if x.after != after {
			continue
		}
		list := x.airs
		switch x.Kind {
		case scheduler.RelayTime:
			p.at += x.length()
		case scheduler.Music:
			list = nil
			if w.music != nil {
				list = w.music[i]
			}
		}
		for _, r := range list {
			p.write(r, x.Kind, "")
		}
	}
}

func (p *page) write(r *scheduler.Recording, piece scheduler.PieceKind, good scheduler.AiringID) {
	p.entries = append(p.entries, scheduler.Entry{
		Offset:    p.at,
		Recording: r.ID,
		Title:     r.Title,
		Digest:    r.Digest,
		Duration:  r.Duration,
		Approver:  r.Approval.By,
		Directive: r.Directive,
		Topic:     r.Topic,
		Piece:     piece,
		MakesGood: good,
	})
	p.at += r.Duration + Gap
}
