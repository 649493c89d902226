package agent

import (
	"fmt"
	"time"

	"loaphuong/player"
	"loaphuong/scheduler"
)

// heard turns what the mixer says into lines and ledger entries.
func (a *Agent) heard(e player.Event) {
	p := a.pending[scheduler.AiringID(e.Key)]
	if p == nil {
		return
	}
	var err error
	switch e.Kind {
	case player.Started:
		p.begun = e.At
		a.unsent = true
		a.Log.Info("on air", "airing", p.ID, "title", p.Title, "late", e.At.Sub(p.Start).Round(time.Millisecond))
		err = a.write(p, scheduler.AsRun{Kind: scheduler.AsRunStart, At: e.At, Evidence: scheduler.EvidenceStarted})
	case player.Progress:
		err = a.Book.Progress(p.ID, e.Heard)
	case player.TooLate, player.Ended:
		a.end(p, e)
	}
	if err != nil {
		a.Log.Error("write the logbook; the sound goes on", "airing", p.ID, "err", err)
	}
}

// end closes an airing with what was heard of it.
func (a *Agent) end(p *pending, e player.Event) {
	line := scheduler.AsRun{Kind: scheduler.AsRunEnd, At: e.At, Sounded: e.Heard, Evidence: scheduler.EvidenceDrained}
	line.Reason, line.Detail = reasonOf(e)
	if a.leaving && e.Reason == player.Stopped {
		line.Reason, line.Detail = scheduler.AgentStopped, "the agent was told to end"
	}
	if p.reason != "" {
		line.Reason, line.Detail = p.reason, p.detail
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
}

// reasonOf puts the mixer's reason in the words of the trade.
func reasonOf(e player.Event) (scheduler.Reason, string) {
	switch e.Reason {
	case "":
		return "", ""
	case player.Preempted:
		return scheduler.PreEmpted, "cut by " + e.By
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

// miss closes an airing of which nothing was heard.
func (a *Agent) miss(p *pending, now time.Time) {
	line := scheduler.AsRun{Kind: scheduler.AsRunEnd, At: now, Outcome: scheduler.Missed, Reason: p.reason, Detail: p.detail}
	if line.Reason == "" {
		line.Reason, line.Detail = scheduler.ClockInvalid, "its time had passed when it was first seen"
	}
	a.close(p, line)
}

// close writes the last line of an airing. One that cannot be written, as on a
// full disk, is kept and tried again at every look.
func (a *Agent) close(p *pending, line scheduler.AsRun) {
	if err := a.write(p, line); err != nil {
		p.unwritten = &line
		a.Log.Error("write the last line of an airing; it will be tried again", "airing", p.ID, "err", err)
		return
	}
	delete(a.pending, p.ID)
	a.unsent = true
	a.Log.Info("closed", "airing", p.ID, "title", p.Title, "outcome", line.Outcome, "sounded", line.Sounded.Round(time.Millisecond), "reason", line.Reason)
}

// write completes a line and appends it to the logbook.
func (a *Agent) write(p *pending, line scheduler.AsRun) error {
	line.Airing, line.Planned = p.ID, p.Start
	line.Digest, line.Approver = p.Digest, p.Approver
	line.Card, line.At = a.Card.Name(), line.At.UTC().Round(0)
	line.Clock = a.clock.stamp(time.Now())
	line, err := a.Book.Append(line)
	if err != nil {
		return err
	}
	a.ledger[p.ID] = entryOf(line)
	a.outbox++
	return nil
}

// recover reads the logbook and closes what the last run left open. An airing
// that was only intended and whose start is still to come is left to be aired.
func (a *Agent) recover(now time.Time) error {
	var err error
	if a.ledger, err = a.Book.Duties(); err != nil {
		return err
	}
	if a.cursor, err = a.Book.Cursor(); err != nil {
		return err
	}
	raw, accepted, err := a.Book.Schedule()
	if err != nil {
		return err
	}
	if len(raw) > 0 {
		held, err := a.openSchedule(raw, time.Time{})
		if err != nil {
			a.Log.Error("the schedule on disk is not valid; waiting for the centre's", "err", err)
		} else {
			held.accepted = accepted
			a.take(held)
		}
	}
	a.outbox = a.Book.Waiting()
	for id, e := range a.ledger {
		if e.Phase == started || (e.Phase == intended && !e.Planned.After(now)) {
			if err := a.interrupted(id, e, now); err != nil {
				return err
			}
		}
	}
	return nil
}

// interrupted closes an airing that the last run left open.
func (a *Agent) interrupted(id scheduler.AiringID, e entry, now time.Time) error {
	line := scheduler.AsRun{
		Kind: scheduler.AsRunEnd, At: now, Sounded: e.Heard, Reason: scheduler.PowerLost,
		Outcome: scheduler.Partial, Evidence: scheduler.EvidenceStarted,
		Detail: fmt.Sprintf("the agent ended while it was on air; at least %s were heard", e.Heard.Round(time.Second)),
	}
	if e.Phase == intended {
		line.Outcome, line.Evidence = scheduler.Missed, scheduler.EvidenceVerified
		line.Detail = "the agent ended just before it was to begin"
	}
	p := &pending{Airing: scheduler.Airing{ID: id, Start: e.Planned, Digest: e.Digest, Approver: e.Approver}}
	return a.write(p, line)
}
