package heard

import (
	"fmt"
	"time"
)

const (
	// windowLength is the piece of an airing that matches or does not: long
	// enough to hold some twenty syllables.
	windowLength = 4 * time.Second
	windowSlots  = int(windowLength / slot)
	// lagLeast and lagMost bound the delay, in slots: a captured sound that seems
	// to come before it was sent is the two clocks' noise.
	lagLeast, lagMost = -5, int(2 * time.Second / slot)
	// stray is how many slots a window's own delay may be from the common one.
	stray = 2
	// alike is the correlation from which a window matches. In 20 000 windows
	// compared with other speech the best of all delays had at most 0.51 in 999
	// of a thousand; a hall with an echo of a second leaves 0.62 in 99 of a
	// hundred.
	alike = 0.6
	// alikeAlone is the same for a window that is the only one, which may choose
	// its delay.
	alikeAlone = 0.7
	// enough is the share of the windows that must.
	enough = 0.8
)

// Grade is how well what was captured matches what was sent.
type Grade struct {
	Heard   bool
	Share   float64       // of the windows, those that match
	Delay   time.Duration // from sending to capturing, the same for all windows that match
	Windows int           // of four seconds in which something to judge by was sent
	Why     string        // the judgement in words
}

// judge compares what was sent in slots from…to with what was captured. What was
// not captured does not match.
func judge(sent, captured *tape, from, to int) Grade {
	windows := sounding(sent, from, to)
	if len(windows) == 0 {
		return Grade{Why: "nothing was sent that it could be judged by"}
	}
	var compared []likeness
	for _, w := range windows {
		if l, known := w.compare(captured); known {
			compared = append(compared, l)
		}
	}
	g := Grade{Windows: len(windows), Why: "nothing was captured"}
	if len(compared) > 0 {
		g.fill(compared)
	}
	return g
}

// fill completes a grade by the likeness of those windows that were captured.
func (g *Grade) fill(compared []likeness) {
	match, least := 0, alike
	if g.Windows == 1 {
		least = alikeAlone
	}
	lag, found := common(compared)
	for _, l := range compared {
		if found && l.near(lag) >= least {
			match++
		}
	}
	g.Share = float64(match) / float64(g.Windows)
	g.Heard = g.Share >= enough
	if g.Heard {
		g.Delay = time.Duration(lag+lagLeast) * slot
	}
	g.Why = fmt.Sprintf("%d of %d windows match, %d were captured", match, g.Windows, len(compared))
}
