package agent

import (
	"time"

	"loaphuong/scheduler"
)

// expanse is what the schedule held expands to, as far as it has been expanded.
// Every airing due before its end is in it, pending, or closed in the ledger.
//
// A schedule is expanded some time ahead, once, because that takes as long for
// a moment as for an hour; and no more than a day at a time, so that a station
// that was off for weeks is not deaf and silent while it catches up.
type expanse struct {
	ahead []scheduler.Airing // not yet pending, by start
	end   time.Time
}

const (
	foresight = time.Hour      // how far ahead of now the schedule is expanded
	stretch   = 24 * time.Hour // how much of it at most at one look
)

// admit makes every airing up to a little ahead of now pending, unless the
// ledger knows its end.
func (a *Agent) admit(now time.Time) {
	if a.held.Revision == 0 {
		return
	}
	due := now.Add(lead)
	if a.expanse.end.Before(due) {
		until := now.Add(foresight)
		if most := a.expanse.end.Add(stretch); most.Before(until) {
			until = most
		}
		a.expand(until)
	}
	a.admitUntil(due, now)
	if !a.expanse.end.Before(due) {
		a.gap = ""
	}
}

// expand expands the schedule held up to an instant.
func (a *Agent) expand(until time.Time) {
	if !a.expanse.end.Before(until) {
		return
	}
	more := scheduler.Airings(a.Station, a.held.zone, a.held.Playlists, a.expanse.end, until)
	a.expanse.ahead, a.expanse.end = append(a.expanse.ahead, more...), until
}

// admitUntil makes pending what is expanded and due before an instant.
func (a *Agent) admitUntil(due, now time.Time) {
	ahead := a.expanse.ahead
	for len(ahead) > 0 && ahead[0].Start.Before(due) {
		if id := ahead[0].ID; a.pending[id] == nil && a.ledger[id].Phase != closed {
			a.pending[id] = a.firstSeen(ahead[0], now)
		}
		ahead = ahead[1:]
	}
	if a.expanse.ahead = ahead; len(ahead) == 0 {
		a.expanse.ahead = nil // or what is behind it would be kept for ever
	}
}

// firstSeen is an airing as it becomes pending. One that is seen after its time
// has a reason for that.
func (a *Agent) firstSeen(air scheduler.Airing, now time.Time) *pending {
	p := &pending{Airing: air}
	switch {
	case !air.Start.Before(now.Add(-step)):
	case air.Start.Before(a.held.accepted):
		p.reason, p.detail = scheduler.NotScheduled, "the schedule came after its time"
	default:
		p.reason = a.gap
	}
	return p
}

// advance moves the cursor to now, or to the first airing that is still open or
// not yet looked at.
func (a *Agent) advance(now time.Time) {
	a.cursor = now
	if a.held.Revision != 0 && a.expanse.end.Before(now) {
		a.cursor = a.expanse.end
	}
	for _, p := range a.pending {
		if p.Start.Before(a.cursor) {
			a.cursor = p.Start
		}
	}
	if now.Sub(a.saved).Abs() >= saveCursor && !a.diskRests() {
		a.save(now)
	}
}

// save writes the cursor, and once a day forgets airings that nothing can bring
// back: those of long before both the cursor and the schedule held. The second
// holds if the clock is wrong.
func (a *Agent) save(now time.Time) {
	var before time.Time
	if now.Sub(a.tidied).Abs() >= tidyLedger && a.held.Revision != 0 {
		before = earlier(a.cursor, a.held.Issued).Add(-rememberDuties)
	}
	forgotten, err := a.Book.SetCursor(a.cursor, before)
	if err != nil {
		a.refusal = a.clock.steady()
		a.Log.Error("write cursor", "err", err)
		return
	}
	a.saved = now
	if !before.IsZero() {
		a.tidied = now
	}
	for _, id := range forgotten {
		delete(a.ledger, id)
	}
}

func earlier(x, y time.Time) time.Time {
	if y.Before(x) {
		return y
	}
	return x
}
