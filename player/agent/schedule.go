package agent

import (
	"fmt"
	"time"

	"loaphuong/devices"
	"loaphuong/scheduler"
)

// schedule is what the station holds and airs from.
type schedule struct {
	devices.Schedule
	zone     *time.Location
	digest   scheduler.Digest // of the signed bytes
	accepted time.Time        // airings due before this were not the station's to air
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

// accept takes a schedule from the centre if it is newer than the one held.
func (a *Agent) accept(raw []byte, now time.Time) error {
	judged := now
	if !a.clock.valid(now) || now.Year() < 2020 {
		judged = time.Time{} // the time is not known: the lease is checked before each airing
	}
	next, err := a.openSchedule(raw, judged)
	switch {
	case err != nil:
		return err
	case next.digest == a.held.digest:
		return nil
	case next.Revision <= a.held.Revision:
		return fmt.Errorf("schedule %d: %w: revision %d", next.Revision, devices.ErrReplayed, a.held.Revision)
	}
	next.accepted = now
	a.look(now) // what is due by the old schedule is due
	if err := a.Book.KeepSchedule(raw, now); err != nil {
		return err
	}
	a.withdraw(next, now)
	a.take(next)
	if next.Issued.Before(a.cursor) {
		a.cursor = next.Issued // what came due while the schedule was on its way is this station's to answer for
	}
	a.Log.Info("schedule accepted", "revision", next.Revision, "playlists", len(next.Playlists), "files", len(next.Files))
	a.require()
	a.look(now)
	return nil
}

// take makes s the schedule that is aired from.
func (a *Agent) take(s schedule) {
	a.held = s
	a.clock.floor = s.Issued
	a.mixer.SetVolume(s.Volume)
	a.unsent = true
}

// withdraw drops what was handed to the mixer and has not begun when the next
// schedule no longer has it.
func (a *Agent) withdraw(next schedule, now time.Time) {
	still := map[scheduler.AiringID]bool{}
	for _, air := range scheduler.Airings(a.Station, next.zone, next.Playlists, now, now.Add(2*lead)) {
		still[air.ID] = true
	}
	for id, p := range a.pending {
		if !p.Start.After(now) || still[id] {
			continue
		}
		if p.placed {
			p.reason, p.detail = scheduler.Withdrawn, "a newer schedule no longer has it"
			a.mixer.Stop(string(id))
			continue
		}
		delete(a.pending, id)
	}
}

// require asks for the files that are missing, in the order in which they are
// needed.
func (a *Agent) require() {
	if a.held.Revision == 0 {
		return
	}
	if err := a.Files.Keep(a.held.Files); err != nil {
		a.Log.Warn("clear files", "err", err)
	}
	missing := a.missing()
	select {
	case <-a.want: // an older wish is void
	default:
	}
	a.want <- missing
}

// missing lists the files of the schedule that are not there.
func (a *Agent) missing() []devices.File {
	var list []devices.File
	for _, f := range a.held.Files {
		if !a.Files.Has(f.Digest) {
			list = append(list, f)
		}
	}
	return list
}
