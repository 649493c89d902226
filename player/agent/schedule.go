package agent

import (
	"fmt"
	"slices"
	"time"

	"loaphuong/devices"
	"loaphuong/scheduler"
)

// schedule is what the station holds and airs from.
type schedule struct {
	devices.Schedule
	zone     *time.Location
	digest   scheduler.Digest // of the signed bytes
	accepted time.Time        // airings due before this were not the station's to air; zero where it did not know the time
}

// openSchedule checks signed bytes and takes the schedule out of them.
func (a *Agent) openSchedule(raw []byte, now time.Time) (schedule, error) {
	e, err := a.Keys.Open(raw, a.Station, devices.ScheduleChannel, now)
	if err != nil {
		return schedule{}, err
	}
	var s devices.Schedule
	if err := devices.Decode(e.Body, &s); err != nil {
		return schedule{}, fmt.Errorf("schedule: %w", err)
	}
	if s.Station != a.Station || uint64(s.Revision) != e.Sequence {
		return schedule{}, fmt.Errorf("schedule %d: %w", s.Revision, devices.ErrNotForUs)
	}
	if err := s.Check(); err != nil {
		return schedule{}, err
	}
	zone, err := time.LoadLocation(s.Zone)
	return schedule{Schedule: s, zone: zone, digest: scheduler.DigestOf(raw)}, err
}

// judged is the time by which a message is judged: none where the station does
// not know it. The lease is checked before each airing in any case.
func (a *Agent) judged(now time.Time) time.Time {
	if !a.clock.valid(now) || now.Year() < 2020 {
		return time.Time{}
	}
	return now
}

// accept takes a schedule from the centre if it is newer than the one held. The
// old one stands for what is due before the new one was issued, the new one for
// all that is due after that, on both sides.
func (a *Agent) accept(raw []byte, now time.Time) error {
	next, err := a.openSchedule(raw, a.judged(now))
	switch {
	case err != nil:
		return err
	case next.digest == a.held.digest:
		return nil
	case next.Revision <= a.held.Revision:
		return fmt.Errorf("schedule %d: %w: revision %d", next.Revision, devices.ErrReplayed, a.held.Revision)
	}
	next.accepted = a.judged(now) // zero where that is not known, or the clock would be blamed on the centre
	a.look(now)
	a.inherit(next, now)
	from := earlier(a.cursor, next.Issued) // what came due while the schedule was on its way is this station's to answer for
	if err := a.Book.KeepSchedule(raw, next.accepted, from, a.inherited(next, now)); err != nil {
		return err
	}
	a.withdraw(next, now)
	a.legacy = a.files()
	a.take(next)
	a.cursor, a.refused = from, ""
	a.expanse = expanse{end: next.Issued}
	a.Log.Info("schedule accepted", "revision", next.Revision, "playlists", len(next.Playlists), "files", len(next.Files))
	a.look(now)
	a.spread = a.spreadOf(now)
	a.require() // after the look, so that what is due at once is fetched first
	return nil
}

// inherit makes pending what the old schedule has due before the next was
// issued. The clock may be behind that, or not be known.
func (a *Agent) inherit(next schedule, now time.Time) {
	if a.held.Revision == 0 {
		return
	}
	a.expand(next.Issued)
	a.admitUntil(next.Issued, now)
}

// inherited are the pending airings that are due by the old schedule, whether
// the next one has them or not. They go into the ledger with the next one, so
// that they are closed whatever happens.
func (a *Agent) inherited(next schedule, now time.Time) map[scheduler.AiringID]entry {
	all := map[scheduler.AiringID]entry{}
	for id, p := range a.pending {
		due := p.Start.Before(next.Issued) || !p.Start.After(now)
		if due && a.ledger[id].Phase == "" {
			all[id] = entry{Phase: inherited, Planned: p.Start, Digest: p.Digest, Approver: p.Approver}
		}
	}
	return all
}

// take makes s the schedule that is aired from.
func (a *Agent) take(s schedule) {
	a.held = s
	a.clock.floor = s.Issued
	a.mute()
	a.recall()
	a.talk.unsent = true
	for d := range a.spoilt {
		if !slices.ContainsFunc(s.Files, func(f devices.File) bool { return f.Digest == d }) {
			delete(a.spoilt, d)
		}
	}
}

// mute sets the volume, and cuts what nobody would hear. A station at volume 0
// airs emergencies alone, in full.
func (a *Agent) mute() {
	if volume := a.loudness(); volume > 0 {
		a.mixer.SetVolume(volume)
		return
	}
	for _, p := range a.pending {
		if !p.begun.IsZero() && p.last == nil && p.Class != scheduler.Emergency {
			a.stop(p, scheduler.Muted, "the volume was set to 0")
		}
	}
	a.dropFills(func(*fill) bool { return true }) // the mixer goes to full volume
	a.mixer.SetVolume(100)
}

// recall cuts what the centre has recalled, at once.
func (a *Agent) recall() {
	for _, p := range a.pending {
		if p.placed && p.last == nil && slices.Contains(a.held.Recalled, p.Digest) {
			a.stop(p, scheduler.Withdrawn, recalledWhy)
		}
	}
	a.dropFills(func(f *fill) bool {
		return slices.ContainsFunc(f.audio, func(d scheduler.Digest) bool { return slices.Contains(a.held.Recalled, d) })
	})
}

// withdraw drops what the next schedule has taken out and has not begun. What
// had come due or was about to has a last word.
func (a *Agent) withdraw(next schedule, now time.Time) {
	still := a.both(next)
	for _, p := range a.inOrder() {
		const why = "a newer schedule no longer has it"
		switch {
		case p.Start.Before(next.Issued) || still[p.ID] || !p.begun.IsZero() || p.last != nil:
		case p.placed:
			a.stop(p, scheduler.Withdrawn, why)
		case p.Start.After(now) && a.ledger[p.ID].Phase == "":
			delete(a.pending, p.ID)
		default:
			p.reason, p.detail = scheduler.Withdrawn, why
			a.miss(p, now)
		}
	}
}

// both is which of the pending airings the next schedule has too.
func (a *Agent) both(next schedule) map[scheduler.AiringID]bool {
	have := map[scheduler.AiringID]bool{}
	for _, p := range a.pending { // one by one: a clock that was set may have put years between them
		for _, air := range scheduler.Airings(a.Station, next.zone, next.Playlists, p.Start, p.Start.Add(1)) {
			have[air.ID] = true
		}
	}
	return have
}
