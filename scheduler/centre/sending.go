package centre

import (
	"context"
	"fmt"
	"sync"
	"time"

	"loaphuong/devices"
	"loaphuong/scheduler"
)

// seal signs a schedule to its station. One that the wire does not take is
// refused: kept, it would never arrive.
func (p *Publisher) seal(s devices.Schedule) ([]byte, error) {
	sealed, err := devices.Seal(p.Key, devices.Envelope{
		To:        string(s.Station),
		Kind:      devices.ScheduleChannel,
		Sequence:  uint64(s.Revision),
		NotBefore: s.Issued.Add(-clockSlack),
		Expires:   s.Lease,
	}, s)
	if err != nil {
		return nil, err
	}
	if err := scheduleMessage(s.Station, sealed).Check(); err != nil {
		return nil, scheduler.Invalid(fmt.Errorf("schedule of %d playlists: %w: choose a shorter lease", len(s.Playlists), err))
	}
	return sealed, nil
}

// resending remembers when each station was sent which revision again.
type resending struct {
	mu   sync.Mutex
	last map[scheduler.StationID]sending
}

type sending struct {
	revision scheduler.Revision
	at       time.Time
}

// patience is how long a station is given to take a schedule before it is sent
// the same one again. A station that refuses it says so at once, with what it
// holds, and would otherwise be sent it as fast as both sides can speak.
const patience = 10 * time.Second

// Resend sends a station its latest schedule if that is newer than held.
func (p *Publisher) Resend(ctx context.Context, id scheduler.StationID, held scheduler.Revision, now time.Time) error {
	revision, err := p.Store.LatestRevision(ctx, id)
	if err != nil || revision <= held {
		return err
	}
	latest, err := p.Store.LatestSchedule(ctx, id)
	if err != nil {
		return err
	}
	p.again.mu.Lock()
	defer p.again.mu.Unlock()
	last := p.again.last[id]
	if last.revision == latest.Revision && now.Sub(last.at).Abs() < patience {
		return nil
	}
	if p.send(ctx, id, latest.Sealed) {
		if p.again.last == nil {
			p.again.last = map[scheduler.StationID]sending{}
		}
		p.again.last[id] = sending{latest.Revision, now}
	}
	return nil
}

// send reports whether the broker has taken the schedule.
func (p *Publisher) send(ctx context.Context, id scheduler.StationID, sealed []byte) bool {
	err := p.Link.Send(ctx, scheduleMessage(id, sealed))
	if err != nil {
		p.Log.Warn("schedule not sent; the station gets it when it next says what it holds", "station", id, "err", err)
	}
	return err == nil
}

func scheduleMessage(id scheduler.StationID, sealed []byte) devices.Message {
	return devices.Message{Topic: devices.Topic(id, devices.ScheduleChannel), Payload: sealed, Retained: true}
}
