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
	if a.ledger[p.ID].Phase != intended {
		if err := a.write(p, scheduler.AsRun{Kind: scheduler.AsRunIntent, At: now, Evidence: scheduler.EvidenceVerified}); err != nil {
			p.reason, p.detail, p.again = scheduler.DiskFailed, err.Error(), a.clock.steady()+tryAgain
			return
		}
	}
	err := a.mixer.Place(a.itemOf(p, stream))
	if err != nil {
		p.reason, p.detail = scheduler.FileDamaged, err.Error()
		a.miss(p, now)
		return
	}
	p.placed, p.reason, p.detail = true, "", ""
}
