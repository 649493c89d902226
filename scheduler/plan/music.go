package plan

import (
	"time"

	"loaphuong/scheduler"
)

// placeMusic gives the music of the running orders what room is left.
func (d *desk) placeMusic() {
	for _, w := range d.windows {
		if w.used() > 0 && !w.alone {
			d.fillMusic(w)
		}
	}
}

// fillMusic chooses the music of a window in turn, so that it differs from day
// to day and is the same however often it is planned.
func (d *desk) fillMusic(w *window) {
	spare := d.roomIn(w).capped - w.used()
	music := make([][]*scheduler.Recording, len(w.programme.pieces))
	var lead, sum time.Duration
	for i, p := range w.programme.pieces {
		if p.Kind != scheduler.Music {
			continue
		}
		chosen, length := p.music(w.turn(d), spare-sum)
		if !p.after && !d.moves(w, lead+length) {
			continue
		}
		music[i] = chosen
		sum += length
		if !p.after {
			lead += length
		}
	}
	d.account(w, -1)
	w.music, w.lead, w.extra = music, lead, sum
	w.arrange()
	d.account(w, 1)
}

// turn is where the music of a window begins: the number of its day and hour.
func (w *window) turn(d *desk) int {
	return scheduler.Date{Year: 1970, Month: 1, Day: 1}.DaysUntil(d.days[w.day].date) + w.wall/60
}

// moves reports whether the items of a window may stand so much later.
func (d *desk) moves(w *window, by time.Duration) bool {
	for _, list := range [][]item{w.picked, w.items} {
		for _, x := range list {
			if !d.spaced(w, x.topic, w.at.Add(x.offset+by)) {
				return false
			}
		}
	}
	return true
}
