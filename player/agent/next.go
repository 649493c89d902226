package agent

import "time"

// quiet is how often a stepped station speaks that has nothing to say.
type quiet time.Duration

// instants finds the first of some instants that are to come.
type instants struct{ now, first time.Time }

// at adds an instant. One that has come, or comes within a tick, counts as the
// next tick: an agent with loops looks no sooner.
func (i *instants) at(t time.Time) {
	if soon := i.now.Add(tick); t.Before(soon) {
		t = soon
	}
	if i.first.IsZero() || t.Before(i.first) {
		i.first = t
	}
}

// Next is the first instant after now, by the station's clock as it goes now,
// at which a look would find something to do. It holds until one of the other
// methods is called or the clock is set. It is at least a tick ahead.
func (s *Steps) Next(now time.Time) time.Time {
	i := &instants{now: now}
	i.at(s.duty.saved.Add(saveCursor))
	s.duty.nextWrite(i)
	if s.duty.nextClock(i); s.duty.clock.valid(now) {
		s.duty.nextDue(i)
	}
	if s.duty.talk.up {
		s.duty.nextWord(i, s.quiet)
	}
	return i.first
}

// hasWord reports whether the centre is to hear of something now.
func (s *Steps) hasWord(now time.Time) bool {
	i := &instants{now: now.Add(-tick)}
	s.duty.nextWord(i, s.quiet)
	return !i.first.After(now)
}

// steadily adds an instant in steady time.
func (a *Agent) steadily(i *instants, at time.Duration) { i.at(i.now.Add(at - a.clock.steady())) }

// nextWrite is when lines that the disk has refused are written again.
func (a *Agent) nextWrite(i *instants) {
	switch {
	case len(a.backlog) == 0:
	case a.refusal == 0:
		i.at(i.now)
	default:
		a.steadily(i, a.refusal+diskRetry)
	}
}

// nextClock is when a clock that is not believed will be.
func (a *Agent) nextClock(i *instants) {
	valid := a.clock.valid(i.now)
	switch {
	case a.clock.ahead != 0:
		a.steadily(i, a.clock.since+doubt)
	case !valid:
		i.at(a.clock.floor.Add(-clockTolerance))
	case !a.clockOK:
		i.at(i.now)
	}
}

// nextDue is when something is admitted, tried or forbidden.
func (a *Agent) nextDue(i *instants) {
	if a.held.Revision != 0 {
		if a.gap != "" {
			i.at(i.now) // it is catching up, or has just done so
		}
		i.at(after(a.expanse.end.Add(-lead)))
		if len(a.expanse.ahead) > 0 {
			i.at(after(a.expanse.ahead[0].Start.Add(-lead)))
		}
	}
	for _, p := range a.pending {
		switch {
		case p.last != nil:
		case p.waits():
			i.at(p.Start.Add(begunBy)) // before that nothing forbids it that did not when it was placed
			if at, known := a.commits(p); known && a.ledger[p.ID].Phase == intended {
				i.at(at)
			}
		case !p.placed:
			a.steadily(i, p.again)
		}
	}
}

// nextWord is when the centre hears of something. A state or a watermark that
// says nothing new is put off for as long as the station may be quiet.
func (a *Agent) nextWord(i *instants, q quiet) {
	t := &a.talk
	if t.unsent {
		i.at(later(t.stated.Add(stateLeast), after(t.allowed.Add(-stateBurst*statePause))))
	}
	pause := max(time.Duration(q), heartbeat)
	i.at(t.stated.Add(pause))
	if !a.settled.IsZero() && !t.reached.After(a.settled) {
		pause = heartbeat
	}
	i.at(t.told.Add(pause))
	if t.outbox > 0 {
		i.at(t.sent.Add(t.patience()))
	}
}

// after is the first instant after t that a comparison can tell from it.
func after(t time.Time) time.Time { return t.Add(1) }

func later(x, y time.Time) time.Time {
	if y.After(x) {
		return y
	}
	return x
}
