package agent

import (
	"cmp"
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
	reason scheduler.Reason // what has kept it from being aired so far, or has ended it
	detail string
	again  time.Duration // when to try again, in steady time
	set    bool          // the clock was set while it was with the mixer
	away   bool          // it is interrupted and may go on
	back   bool          // it is to come back from the mixer, to be tried again
	filled bool          // something else was asked to sound in its place

	last *scheduler.AsRun // its last line, until that is on the disk
}

// waits reports whether p is with the mixer, has not begun and may yet.
func (p *pending) waits() bool {
	return p.placed && p.begun.IsZero() && p.last == nil && p.reason == ""
}

// look brings the due ledger up to now: what is due is admitted and tried, what
// can no longer be aired is closed.
func (a *Agent) look(now time.Time) {
	a.flush()
	if set := a.clock.look(now); set.Abs() > step {
		a.noticeSet(set)
	}
	if a.noticeValid(a.clock.valid(now)); !a.clockOK {
		a.gap = scheduler.ClockInvalid
		return
	}
	a.admit(now)
	for _, p := range a.inOrder() {
		switch {
		case p.last != nil:
		case p.waits():
			a.watch(p, now)
			a.approach(p, now)
		case !p.placed && a.clock.steady() >= p.again:
			a.attempt(p, now)
		}
	}
	a.flush()
	a.advance(now)
}

// noticeSet notes that the clock was set: what waits at the mixer may be too
// late now for no other reason, and what is sent is not to wait until a clock
// that was ahead has come so far again.
func (a *Agent) noticeSet(by time.Duration) {
	a.Log.Warn("the clock was set", "by", by)
	a.gap = scheduler.ClockInvalid
	a.talk.shift(by)
	for _, p := range a.pending {
		p.set = p.set || p.waits()
	}
}

func (a *Agent) noticeValid(valid bool) {
	a.talk.unsent = a.talk.unsent || valid != a.clockOK
	a.clockOK = valid
}

// inOrder lists what is pending by start, so that lines come in order.
func (a *Agent) inOrder() []*pending {
	if len(a.pending) == 0 {
		return nil
	}
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
		a.fillFor(p, now)
		return
	}
	a.place(p, stream, now)
}

// begunBy is how long the mixer's word that an item has begun may take.
const begunBy = time.Second

// watch takes an airing back from the mixer when it has waited there until it
// is forbidden, as behind another item until quiet hours begin.
func (a *Agent) watch(p *pending, now time.Time) {
	if reason, detail := a.forbidden(p, now.Add(-begunBy)); reason != "" {
		a.stop(p, reason, detail)
	}
}

// stop ends an airing that is with the mixer; its last line comes with the
// mixer's word.
func (a *Agent) stop(p *pending, reason scheduler.Reason, detail string) {
	p.reason, p.detail = reason, detail
	a.mixer.Stop(string(p.ID))
}

// recalledWhy is what the log says of audio that the centre has recalled.
const recalledWhy = "the centre has recalled it"

// forbidden says what of the schedule forbids an airing, "" where nothing does.
func (a *Agent) forbidden(p *pending, now time.Time) (scheduler.Reason, string) {
	start := p.Start
	if now.After(start) {
		start = now
	}
	if !start.Before(a.held.Lease) {
		return scheduler.LeaseOver, "the schedule was valid until " + a.held.Lease.UTC().Format(time.RFC3339)
	}
	if slices.Contains(a.held.Recalled, p.Digest) {
		return scheduler.Withdrawn, recalledWhy
	}
	if a.loudness() == 0 && p.Class != scheduler.Emergency {
		return scheduler.Muted, "the volume is 0"
	}
	for _, q := range a.held.Quiet {
		if p.Class != scheduler.Emergency && q.Touches(start.In(a.held.zone), p.Duration) {
			return scheduler.InQuietHours, fmt.Sprintf("quiet from %02d:%02d to %02d:%02d", q.From/60, q.From%60, q.Until/60, q.Until%60)
		}
	}
	return "", ""
}

// place writes the intent and gives the airing to the mixer.
func (a *Agent) place(p *pending, stream player.Stream, now time.Time) {
	if err := a.intend(p, now); err != nil {
		p.reason, p.detail, p.again = scheduler.DiskFailed, err.Error(), a.clock.steady()+tryAgain
		return
	}
	err := a.mixer.Place(a.itemOf(p, stream))
	if err != nil {
		p.reason, p.detail = scheduler.FileDamaged, err.Error()
		a.miss(p, now)
		return
	}
	p.placed, p.reason, p.detail = true, "", ""
}

// intend writes what must be on the disk before the mixer has an airing.
func (a *Agent) intend(p *pending, now time.Time) error {
	if phase := a.ledger[p.ID].Phase; phase != intended && phase != committed {
		if err := a.write(p, scheduler.AsRun{Kind: scheduler.AsRunIntent, At: now, Evidence: scheduler.EvidenceVerified}); err != nil {
			return err
		}
	}
	if at, known := a.commits(p); !known || now.Before(at) {
		return nil
	}
	return a.commit(p)
}

// brink is how long before it may begin an airing is committed.
const brink = 3 * tick

// commit writes that an airing is about to begin. If the power goes from then on,
// it is not begun again: its first sample may have been heard, and the disk may
// have taken nothing any more.
func (a *Agent) commit(p *pending) error {
	e := a.ledger[p.ID]
	if e.Phase != intended {
		return nil
	}
	if err := a.Book.Commit(p.ID); err != nil {
		return err
	}
	e.Phase = committed
	a.ledger[p.ID] = e
	return nil
}

// approach commits an airing at the mixer whose time has come near. If the disk
// does not take that, the airing comes back to be tried again, since nobody would
// know that it was heard; but not where it may be heard by now.
func (a *Agent) approach(p *pending, now time.Time) {
	at, known := a.commits(p)
	if !p.waits() || !known || now.Before(at) {
		return
	}
	err := a.commit(p)
	if err == nil || !now.Before(at.Add(brink-tick)) {
		return
	}
	a.Log.Error("write that it is about to begin; it waits until the disk takes that", "airing", p.ID, "err", err)
	p.back, p.again = true, a.clock.steady()+tryAgain
	a.stop(p, scheduler.DiskFailed, err.Error())
}

// commits is when an airing at the mixer is to be committed: shortly before its
// start, or before what is on air by then is planned to be over. What is late
// itself is over when it is over, and until then it is not known.
func (a *Agent) commits(p *pending) (at time.Time, known bool) {
	at = p.Start
	for _, q := range a.pending {
		if q == p || !q.placed || q.last != nil || q.away || !q.Start.Before(p.Start) || rankOf(q.Class) < rankOf(p.Class) {
			continue
		}
		if q.begun.Sub(q.Start) > step {
			return p.Start, false
		}
		at = later(at, q.Start.Add(q.Duration))
	}
	if !p.Cuts.IsZero() && p.Cuts.Before(at) {
		at = later(p.Start, p.Cuts)
	}
	return at.Add(-brink), true
}
