package agent

import (
	"time"

	"loaphuong/player"
	"loaphuong/scheduler"
)

// heard turns what the mixer says into lines and ledger entries.
func (a *Agent) heard(e player.Event) {
	p := a.pending[scheduler.AiringID(e.Key)]
	if p == nil {
		a.heardElse(e)
	}
	if p == nil || p.last != nil {
		return
	}
	switch e.Kind {
	case player.Interrupted, player.Resumed:
		p.away = e.Kind == player.Interrupted
		a.talk.unsent = true
		a.Log.Info(e.Kind.String(), "airing", p.ID, "title", p.Title, "by", e.By)
		a.progress(p, e)
	case player.Started:
		p.begun = e.At
		a.talk.unsent = true
		a.Log.Info("on air", "airing", p.ID, "title", p.Title, "late", e.At.Sub(p.Start).Round(time.Millisecond))
		a.say(p, scheduler.AsRun{Kind: scheduler.AsRunStart, At: e.At, Evidence: scheduler.EvidenceStarted})
		a.flush()
	case player.Progress:
		a.progress(p, e)
	case player.TooLate, player.Ended:
		a.end(p, e)
		a.flush()
	}
}

// progress writes how much of an airing has been heard, in case the power goes.
func (a *Agent) progress(p *pending, e player.Event) {
	if err := a.Book.Progress(p.ID, e.Heard); err != nil {
		a.Log.Error("write how much was heard", "airing", p.ID, "err", err)
	}
}

// end closes an airing with what was heard of it.
func (a *Agent) end(p *pending, e player.Event) {
	if p.back && e.Kind == player.Ended && e.Heard == 0 {
		p.back, p.placed = false, false
		return
	}
	line := scheduler.AsRun{
		Kind: scheduler.AsRunEnd, At: e.At, Sounded: e.Heard, Evidence: scheduler.EvidenceDrained,
		Stalls: e.Stalls, Quiet: e.Quiet, Interruptions: e.Interruptions,
	}
	if e.Reason != "" { // an item that was to be stopped may have been heard whole
		line.Reason, line.Detail = a.whyEnded(p, e)
	}
	switch {
	case e.Heard == 0:
		line.Outcome, line.Evidence = scheduler.Missed, scheduler.EvidenceVerified
	case e.Reason != "":
		line.Outcome = scheduler.Partial
	case p.begun.Sub(p.Start) > scheduler.OnTime:
		line.Outcome = scheduler.Late
	default:
		line.Outcome = scheduler.Aired
	}
	a.close(p, line)
	if line.Outcome != scheduler.Missed {
		a.listenTo(p, e.At)
	}
}

// whyEnded is why an item was not heard whole: what the agent had against it
// comes before what the mixer saw of that.
func (a *Agent) whyEnded(p *pending, e player.Event) (scheduler.Reason, string) {
	switch {
	case p.reason != "":
		return p.reason, p.detail
	case a.leaving && e.Reason == player.Stopped:
		return scheduler.AgentStopped, "the agent was told to end"
	case e.Kind == player.TooLate && p.set && e.Reason != player.Busy:
		return scheduler.ClockInvalid, "the clock was set past its time"
	}
	return reasonOf(e)
}

// reasonOf puts the mixer's reason in the words of the trade.
func reasonOf(e player.Event) (scheduler.Reason, string) {
	switch e.Reason {
	case player.Preempted:
		return scheduler.PreEmpted, "cut by " + e.By // and it could not go on in time
	case player.Stopped:
		return scheduler.Stopped, "stopped before its end"
	case player.Undecoded:
		return scheduler.FileDamaged, "the audio could not be decoded to its end"
	case player.DeviceLost:
		return scheduler.DeviceLost, "the sound card went away"
	case player.Busy:
		return scheduler.CardBusy, "another item was on air: " + e.By
	case player.PlacedLate:
		return scheduler.FileAbsent, "its audio was ready too late"
	case player.Underrun:
		return scheduler.DeviceStall, "the sound card skipped"
	}
	return scheduler.Reason(e.Reason), ""
}

// miss closes an airing of which nothing was heard. Its line is written with
// those of the others at the end of the look.
func (a *Agent) miss(p *pending, now time.Time) {
	line := scheduler.AsRun{Kind: scheduler.AsRunEnd, At: now, Outcome: scheduler.Missed, Reason: p.reason, Detail: p.detail}
	if line.Reason == "" {
		line.Reason, line.Detail = scheduler.ClockInvalid, "its time had passed when it was first seen"
	}
	a.close(p, line)
}

// close gives an airing its last word.
func (a *Agent) close(p *pending, line scheduler.AsRun) {
	p.last = a.say(p, line)
	a.talk.unsent = true
}

// unwritten is a line that is not on the disk yet, and the pending airing that
// it is about, if it is about one.
type unwritten struct {
	*pending
	line *scheduler.AsRun
}

// say makes a line, which flush writes.
func (a *Agent) say(p *pending, line scheduler.AsRun) *scheduler.AsRun {
	line = a.complete(p, line)
	a.backlog = append(a.backlog, unwritten{p, &line})
	return &line
}

// flush writes the lines there are, all at once. What cannot be written, as on a
// full disk, is kept and tried again after a while.
func (a *Agent) flush() {
	if len(a.backlog) == 0 || a.diskRests() {
		return
	}
	lines := make([]scheduler.AsRun, len(a.backlog))
	for i, u := range a.backlog {
		lines[i] = *u.line
	}
	if err := a.append(lines...); err != nil {
		a.refusal = max(a.clock.steady(), 1)
		a.shed(err)
		a.Log.Error("write the logbook; the sound goes on, and it will be tried again", "lines", len(lines), "err", err)
		return
	}
	for _, u := range a.backlog {
		if u.pending == nil || u.line != u.last {
			continue
		}
		delete(a.pending, u.ID)
		if u.Start.After(a.settled) {
			a.settled = u.Start
		}
		a.Log.Info("closed", "airing", u.ID, "title", u.Title, "outcome", u.last.Outcome,
			"sounded", u.last.Sounded.Round(time.Millisecond), "reason", u.last.Reason)
	}
	a.backlog, a.refusal = nil, 0
}

// diskRests reports whether the disk has just refused what must be written.
func (a *Agent) diskRests() bool { return a.refusal != 0 && a.clock.steady()-a.refusal < diskRetry }

// complete fills in what every line about an airing says.
func (a *Agent) complete(p *pending, line scheduler.AsRun) scheduler.AsRun {
	line.Airing, line.Planned = p.ID, p.Start
	line.Digest, line.Approver = p.Digest, p.Approver
	if line.Kind == scheduler.AsRunEnd {
		line.Title = p.Title
	}
	line.Card, line.At = a.Card.Name(), line.At.UTC().Round(0)
	line.Clock = a.clock.stamp()
	return line
}

// write appends one line about an airing to the logbook.
func (a *Agent) write(p *pending, line scheduler.AsRun) error { return a.append(a.complete(p, line)) }

// append appends lines to the logbook, all or none. Others may have had to make
// room for them.
func (a *Agent) append(lines ...scheduler.AsRun) error {
	lost := a.Book.Lost()
	if err := a.Book.Append(lines...); err != nil {
		return err
	}
	for _, line := range lines {
		if moves(line) {
			a.ledger[line.Airing] = a.ledger[line.Airing].after(line)
		}
	}
	a.talk.outbox += len(lines) - int(a.Book.Lost()-lost)
	return nil
}
