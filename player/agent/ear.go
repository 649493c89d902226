package agent

import (
	"context"
	"time"

	"loaphuong/player"
	"loaphuong/scheduler"
)

// earDelay is how long after an airing its grade is worked out: longer than
// sound takes on its way through amplifiers, and back.
const earDelay = 4 * time.Second

// runEar listens to the loudspeakers where there is something to listen with.
func (a *Agent) runEar(ctx context.Context) error {
	if a.Ear == nil {
		return nil
	}
	return a.Ear.Run(ctx)
}

// source is what the card plays.
func (a *Agent) source() player.Source {
	if a.Ear == nil {
		return a.sound
	}
	return a.Ear.Tap(a.sound)
}

// listenTo has an airing graded that has just ended at an instant. The grade is
// a line of its own, since the airing must not stay open for it.
func (a *Agent) listenTo(p *pending, ended time.Time) {
	if a.Ear == nil {
		return
	}
	from, to := a.clock.machine(p.begun), a.clock.machine(ended)
	time.AfterFunc(earDelay, func() {
		heard, detail := a.Ear.Grade(from, to)
		a.ask(func(now time.Time) error { // an agent that ends takes the grade with it
			line := a.complete(p, scheduler.AsRun{Kind: scheduler.AsRunHeard, At: now, Evidence: scheduler.EvidenceDrained, Detail: detail})
			if heard {
				line.Evidence = scheduler.EvidenceHeard
			}
			a.Log.Info("listened to", "airing", p.ID, "title", p.Title, "heard", heard, "detail", detail)
			a.backlog = append(a.backlog, unwritten{line: &line})
			return nil
		})
	})
}
