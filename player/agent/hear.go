package agent

import (
	"fmt"
	"time"

	"loaphuong/player/heard"
)

// ear is a listener as the agent asks it.
type ear struct{ *heard.Listener }

// Grade implements [Ear].
func (e ear) Grade(from, to time.Time) (bool, string) {
	g := e.Listener.Grade(from, to)
	if !g.Heard {
		return false, "not heard back: " + g.Why
	}
	return true, fmt.Sprintf("heard back in %.0f %% of %d stretches, %s later", 100*g.Share, g.Windows, g.Delay.Round(time.Millisecond))
}
