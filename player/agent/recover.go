package agent

import (
	"errors"
	"fmt"
	"time"

	"loaphuong/scheduler"
)

// recover reads the logbook and settles what the last run left open.
func (a *Agent) recover(now time.Time) error {
	var err error
	if a.ledger, err = a.Book.Duties(); err != nil {
		return err
	}
	if a.cursor, err = a.Book.Cursor(); err != nil {
		return err
	}
	if err := errors.Join(a.recoverTime(now), a.recoverLocal()); err != nil {
		return err
	}
	now = a.clock.now(now)
	a.expanse.end = a.cursor
	if err := a.takeHeld(); err != nil {
		return err
	}
	a.talk.outbox = a.Book.Waiting()
	for id, e := range a.ledger {
		if e.Phase != closed && !a.reopen(id, e) {
			a.interrupted(id, e, now)
		}
	}
	a.flush()
	return nil
}

// takeHeld takes up the schedule on disk.
func (a *Agent) takeHeld() error {
	raw, accepted, err := a.Book.Schedule()
	if err != nil || len(raw) == 0 {
		return err
	}
	held, err := a.openSchedule(raw, time.Time{})
	if err != nil {
		a.refused = "the schedule on disk is not valid: " + err.Error()
		a.Log.Error("the schedule on disk is not valid; waiting for the centre's", "err", err)
		return nil
	}
	held.accepted = accepted
	a.take(held)
	if a.expanse.end.Before(held.Issued) {
		a.expanse.end = held.Issued // what was due before is not in this schedule, on either side
	}
	return nil
}

// reopen makes pending again an airing of which nothing was heard, if the
// schedule held still has it. It is aired if its time is to come or its grace
// not over.
func (a *Agent) reopen(id scheduler.AiringID, e entry) bool {
	if e.Phase == started || e.Phase == committed || a.held.Revision == 0 {
		return false
	}
	for _, air := range scheduler.Airings(a.Station, a.held.zone, a.held.Playlists, e.Planned, e.Planned.Add(1)) {
		if air.ID == id {
			a.pending[id] = &pending{Airing: air, reason: scheduler.PowerLost, detail: "the agent ended before it could begin"}
			return true
		}
	}
	return false
}

// interrupted closes an airing that the last run left open.
func (a *Agent) interrupted(id scheduler.AiringID, e entry, now time.Time) {
	line := scheduler.AsRun{
		Kind: scheduler.AsRunEnd, At: now, Sounded: e.Heard, Reason: scheduler.PowerLost,
		Outcome: scheduler.Partial, Evidence: scheduler.EvidenceStarted,
		Detail: fmt.Sprintf("the agent ended while it was on air; at least %s were heard", e.Heard.Round(time.Second)),
	}
	switch {
	case e.Phase == started:
	case e.Planned.After(now):
		line.Outcome, line.Evidence, line.Reason = scheduler.Missed, scheduler.EvidenceVerified, scheduler.Withdrawn
		line.Detail = "the agent no longer holds a schedule that has it"
	case e.Phase == committed:
		line.Outcome, line.Evidence = scheduler.Missed, scheduler.EvidenceVerified
		line.Detail = "the agent ended as it was about to begin; if any of it was heard, that could not be written"
	default:
		line.Outcome, line.Evidence = scheduler.Missed, scheduler.EvidenceVerified
		line.Detail = "the agent ended before it could begin"
	}
	a.pending[id] = &pending{Airing: scheduler.Airing{ID: id, Start: e.Planned, Digest: e.Digest, Approver: e.Approver}}
	a.close(a.pending[id], line)
}
