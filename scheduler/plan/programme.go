package plan

import (
	"slices"
	"time"

	"loaphuong/scheduler"
)

// programme is a programme with the audio of its running order at hand.
type programme struct {
	scheduler.Programme
	pieces     []piece       // without the place for items
	lead, tail time.Duration // how long the fixed pieces and relays before and after the items are, each with its gap
	relay      bool
	own        bool // it is a selection's
}

// piece is a place in a running order.
type piece struct {
	scheduler.Piece
	airs  []*scheduler.Recording // those of its recordings that may be aired
	after bool                   // it comes after the items
}

// programme finds the audio of a running order. Recordings that may not be
// aired are left out of it.
func (s *shelf) programme(p scheduler.Programme) *programme {
	made := &programme{Programme: p}
	after := false
	for _, x := range p.Order {
		if x.Kind == scheduler.Items {
			after = true
			continue
		}
		set := piece{Piece: x, after: after}
		for _, id := range x.Recordings {
			if r := s.airs[id]; r != nil {
				set.airs = append(set.airs, r)
			}
		}
		made.pieces = append(made.pieces, set)
		made.relay = made.relay || x.Kind == scheduler.RelayTime
		if after {
			made.tail += set.length()
		} else {
			made.lead += set.length()
		}
	}
	return made
}

// length is how long the piece is, each of its recordings with its gap. Music
// takes only what is left.
func (p piece) length() (sum time.Duration) {
	switch p.Kind {
	case scheduler.Music:
		return 0
	case scheduler.RelayTime:
		return p.Length + Gap
	}
	for _, r := range p.airs {
		sum += r.Duration + Gap
	}
	return sum
}

// music is the whole pieces that fit in a time, each with its gap, in turn from
// the turn-th on.
func (p piece) music(turn int, room time.Duration) (chosen []*scheduler.Recording, sum time.Duration) {
	if p.Length > 0 {
		room = min(room, p.Length+Gap)
	}
	pieces := slices.DeleteFunc(slices.Clone(p.airs), func(r *scheduler.Recording) bool { return r.Duration <= 0 })
	for passed := 0; passed < len(pieces); turn++ {
		r := pieces[turn%len(pieces)]
		if sum+r.Duration+Gap > room {
			passed++
			continue
		}
		chosen, sum, passed = append(chosen, r), sum+r.Duration+Gap, 0
	}
	return chosen, sum
}
