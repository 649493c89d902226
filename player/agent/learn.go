package agent

import (
	"context"
	"time"

	"go.etcd.io/bbolt"

	"loaphuong/player"
	"loaphuong/player/clock"
	"loaphuong/scheduler"
)

// keepTime is how often what was learnt of the time is written down.
const keepTime = 10 * time.Minute

// runLearning follows the time of the centre, or of others.
func (a *Agent) runLearning(ctx context.Context) error {
	if a.Learn == nil {
		return nil
	}
	return a.Learn(ctx, a.nudge, func(e clock.Estimate) { deliver(ctx, a.learnt, e) })
}

// tookTime takes what was learnt of the time; machine is the present instant by
// the machine's clock. The log says when the station has learnt it in this boot,
// and when it is not what was believed.
func (a *Agent) tookTime(e clock.Estimate, machine time.Time) {
	first, believed := !a.clock.learnt(), a.clock.now(machine)
	a.adopt(e, machine)
	now := a.clock.now(machine)
	moved := now.Sub(believed)
	news := first || moved.Abs() > step
	if news {
		a.Log.Info("the time is known", "source", e.Source, "within", e.Uncertainty, "moved", moved.Round(time.Millisecond))
		a.backlog = append(a.backlog, unwritten{line: a.clockLine(now)})
		a.talk.unsent = true
	}
	if news || e.Steady-a.clock.kept >= keepTime {
		a.clock.kept = e.Steady
		if err := a.Book.KeepTime(a.clock.boot, e); err != nil {
			a.Log.Error("write the time", "err", err)
		}
	}
	a.look(now)
}

// clockLine says in the log what the time is.
func (a *Agent) clockLine(now time.Time) *scheduler.AsRun {
	return &scheduler.AsRun{Kind: scheduler.AsRunClock, At: now.UTC().Round(0), Card: a.Card.Name(), Clock: a.clock.stamp()}
}

// adopt makes e the time of everything here; machine is the present instant by
// the machine's clock.
func (a *Agent) adopt(e clock.Estimate, machine time.Time) {
	a.clock.known = e
	if a.sound != nil {
		a.sound.SetReading(player.Reading{Machine: machine, True: a.clock.now(machine)})
	}
}

// recoverTime takes up what an earlier run has learnt in this boot: the steady
// clock has counted on meanwhile.
func (a *Agent) recoverTime(machine time.Time) error {
	e, err := a.Book.Time(a.clock.boot)
	if err == nil && e.Source != "" && e.Steady <= a.clock.steady() {
		a.adopt(e, machine)
		a.clock.kept = e.Steady
	}
	return err
}

// keptTime is what was learnt, and in which boot.
type keptTime struct {
	Boot string `json:"boot"`
	clock.Estimate
}

// KeepTime notes what was learnt of the time in a boot.
func (b *Logbook) KeepTime(boot string, e clock.Estimate) error {
	return b.update(func(tx *bbolt.Tx) error {
		return putJSON(tx.Bucket([]byte(metaBucket)), []byte(clockKey), keptTime{boot, e})
	})
}

// Time is what was learnt of the time in a boot, the zero value where nothing
// was. A boot without a name is not known to be the same as before.
func (b *Logbook) Time(boot string) (clock.Estimate, error) {
	var kept keptTime
	err := b.db.View(func(tx *bbolt.Tx) error {
		return getJSON(tx.Bucket([]byte(metaBucket)), []byte(clockKey), &kept)
	})
	if boot == "" || kept.Boot != boot {
		return clock.Estimate{}, err
	}
	return kept.Estimate, err
}
