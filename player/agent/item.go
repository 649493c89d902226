package agent

import (
	"cmp"
	"math"
	"slices"
	"time"

	"loaphuong/player"
	"loaphuong/scheduler"
)

// resumeWithin is how long after its time an airing that was interrupted may go
// on or begin again, beyond its grace. Later than that nobody waits for the end
// of a news item; it is made good instead.
const resumeWithin = 10 * time.Minute

// itemOf is an airing as the mixer gets it; docs/sound.md has the table.
func (a *Agent) itemOf(p *pending, stream player.Stream) player.Item {
	return player.Item{
		Key:      string(p.ID),
		Start:    p.Start,
		Latest:   p.Start.Add(p.Grace),
		Cuts:     p.Cuts,
		Length:   p.Duration,
		Rank:     rankOf(p.Class),
		Turn:     a.turnOf(p.Playlist),
		Gain:     a.gainOf(p.Class),
		Stream:   stream,
		Recovery: recoveryOf(p.Class),
		ResumeBy: p.Start.Add(p.Grace + p.Duration + resumeWithin),
	}
}

func rankOf(c scheduler.Class) player.Rank {
	switch c {
	case scheduler.Emergency:
		return player.RankEmergency
	case scheduler.Priority:
		return player.RankPriority
	}
	return player.RankOrdinary
}

// recoveryOf is what becomes of an airing that is cut: what is ordered with
// priority is heard in one piece, what is ordinary goes on where it was cut, and
// an emergency is cut only by another, which says what counts now.
func recoveryOf(c scheduler.Class) player.Recovery {
	switch c {
	case scheduler.Emergency:
		return player.Ends
	case scheduler.Priority:
		return player.Restarts
	}
	return player.Resumes
}

// gainOf is the factor on everything of a class. Emergencies sound at the full
// volume of the card, however low the station is set.
func (a *Agent) gainOf(c scheduler.Class) float32 {
	gain := math.Pow(10, a.held.Gains[c]/20)
	if c == scheduler.Emergency {
		gain *= 100 / float64(cmp.Or(a.loudness(), 100)) // at 0 the mixer is at full volume, for them alone
	}
	return float32(gain)
}

// turnOf is the place of a playlist in the order that the commune has set;
// those of which it said nothing come last.
func (a *Agent) turnOf(l scheduler.PlaylistID) int {
	if i := slices.Index(a.turns, l); i >= 0 {
		return i
	}
	return len(a.turns)
}
