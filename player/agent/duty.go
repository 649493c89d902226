package agent

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"time"

	"loaphuong/player"
	"loaphuong/scheduler"
)

// pending is an airing that is due or about to be and not yet closed.
type pending struct {
	scheduler.Airing
	placed bool             // it is with the mixer, its intent is written
	begun  time.Time        // when its first sample was heard
	reason scheduler.Reason // what has kept it from being aired so far
	detail string

	unwritten *scheduler.AsRun // its last line, while the disk takes none
}

// look brings the due ledger up to now: what is due is admitted and tried, what
// can no longer be aired is closed.
func (a *Agent) look(now time.Time) {
	a.noticeStep(now)
	if !a.clock.valid(now) {
		a.gap = scheduler.ClockInvalid
		return
	}
	a.admit(now)
	for _, p := range a.inOrder() {
		switch {
		case p.unwritten != nil:
			a.close(p, *p.unwritten)
		case !p.placed:
			a.attempt(p, now)
		}
	}
	a.advance(now)
}

// noticeStep looks again from where the clock is when it was set back. The
// ledger keeps what was done from being done twice.
func (a *Agent) noticeStep(now time.Time) {
	if !a.seen.IsZero() {
		moved := now.Round(0).Sub(a.seen.Round(0)) - now.Sub(a.seen)
		if moved.Abs() > step {
			a.Log.Warn("the clock was set", "by", moved)
			a.gap = scheduler.ClockInvalid
		}
		if moved < -step && now.Before(a.cursor) {
			a.cursor = now
		}
	}
	a.seen = now
}

// admit makes every airing between the cursor and a little ahead of now
// pending, unless the ledger knows it.
func (a *Agent) admit(now time.Time) {
	if a.held.Revision == 0 {
		return
	}
	from := a.cursor
	if from.Before(a.held.Issued) {
		from = a.held.Issued // what was due before is not in this schedule, on either side
	}
	for _, air := range scheduler.Airings(a.Station, a.held.zone, a.held.Playlists, from, now.Add(lead)) {
		if a.pending[air.ID] == nil && a.ledger[air.ID].Phase != closed {
			a.pending[air.ID] = a.firstSeen(air, now)
		}
	}
	a.gap = ""
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

// inOrder lists what is pending by start, so that lines come in order.
func (a *Agent) inOrder() []*pending {
	list := make([]*pending, 0, len(a.pending))
	for _, p := range a.pending {
		list = append(list, p)
	}
	slices.SortFunc(list, func(x, y *pending) int {
		return cmp.Or(x.Start.Compare(y.Start), cmp.Compare(x.ID, y.ID))
	})
	return list
}

// attempt hands an airing to the mixer, or notes what stands against it.
func (a *Agent) attempt(p *pending, now time.Time) {
	if now.After(p.Start.Add(p.Grace)) {
		a.miss(p, now)
		return
	}
	if reason, detail := a.forbidden(p, now); reason != "" {
		p.reason, p.detail = reason, detail
		if !p.Start.After(now) { // until then it may yet change
			a.miss(p, now)
		}
		return
	}
	stream, reason, err := a.load(p)
	if err != nil {
		if p.reason != reason {
			a.Log.Warn("cannot air yet", "airing", p.ID, "title", p.Title, "err", err)
		}
		p.reason, p.detail = reason, err.Error()
		return
	}
	a.place(p, stream, now)
}

// forbidden says what of the schedule forbids an airing, "" where nothing does.
func (a *Agent) forbidden(p *pending, now time.Time) (scheduler.Reason, string) {
	start := p.Start
	if now.After(start) {
		start = now
	}
	if !start.Before(a.held.Lease) {
		return scheduler.LeaseOver, "the schedule was valid until " + a.held.Lease.UTC().Format(time.RFC3339)
	}
	if a.held.Volume == 0 && p.Class != scheduler.Emergency {
		return scheduler.Muted, "the volume is 0"
	}
	for _, q := range a.held.Quiet {
		if p.Class != scheduler.Emergency && q.Touches(start.In(a.held.zone), p.Duration) {
			return scheduler.InQuietHours, fmt.Sprintf("quiet from %02d:%02d to %02d:%02d", q.From/60, q.From%60, q.Until/60, q.Until%60)
		}
	}
	return "", ""
}

// load reads, verifies and opens the audio of an airing.
func (a *Agent) load(p *pending) (player.Stream, scheduler.Reason, error) {
	if !a.cardNews.ok {
		return nil, scheduler.DeviceLost, fmt.Errorf("the sound card %s does not run: %s", a.Card.Name(), a.cardNews.err)
	}
	if !a.Files.Has(p.Digest) {
		if found := a.spoilt[p.Digest]; found != "" {
			return nil, scheduler.FileDamaged, errors.New(found)
		}
		return nil, scheduler.FileAbsent, fmt.Errorf("the audio %s has not come: %s", p.Digest[:12], cmp.Or(a.fetchErr, "it is being fetched"))
	}
	data, err := a.Files.Read(p.Digest)
	if err != nil {
		a.spoilt[p.Digest] = err.Error()
		a.require()
		return nil, scheduler.FileDamaged, err
	}
	stream, err := a.Decode(data)
	if err != nil {
		return nil, scheduler.FileDamaged, fmt.Errorf("the audio %s cannot be played: %w", p.Digest[:12], err)
	}
	return stream, "", nil
}

// place writes the intent and gives the airing to the mixer.
func (a *Agent) place(p *pending, stream player.Stream, now time.Time) {
	if a.ledger[p.ID].Phase != intended {
		if err := a.write(p, scheduler.AsRun{Kind: scheduler.AsRunIntent, At: now, Evidence: scheduler.EvidenceVerified}); err != nil {
			p.reason, p.detail = scheduler.DiskFailed, err.Error()
			return
		}
	}
	err := a.mixer.Place(player.Item{
		Key:    string(p.ID),
		Start:  p.Start,
		Latest: p.Start.Add(p.Grace),
		Length: p.Duration,
		Rank:   rankOf(p.Class),
		Gain:   1,
		Stream: stream,
	})
	if err != nil {
		p.reason, p.detail = scheduler.FileDamaged, err.Error()
		a.miss(p, now)
		return
	}
	p.placed, p.reason, p.detail = true, "", ""
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

// advance moves the cursor to now, or to the first airing still open.
func (a *Agent) advance(now time.Time) {
	a.cursor = now
	for _, p := range a.pending {
		if p.Start.Before(a.cursor) {
			a.cursor = p.Start
		}
	}
	if now.Sub(a.saved).Abs() < saveCursor {
		return
	}
	forgotten, err := a.Book.SetCursor(a.cursor)
	if err != nil {
		a.Log.Error("write cursor", "err", err)
		return
	}
	for _, id := range forgotten {
		delete(a.ledger, id)
	}
	a.saved = now
}
