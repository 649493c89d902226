package agent

import (
	"testing"
	"time"

	"loaphuong/devices"
	"loaphuong/player"
	"loaphuong/scheduler"
)

// desk is an agent that does not run: a test is its duty, and its clock.
type desk struct {
	*bench
	a    *Agent
	wall time.Time
	mono time.Duration
}

// atDesk runs f with an agent whose card is fine.
func atDesk(t *testing.T, f func(d *desk)) {
	inBench(t, func(b *bench) {
		b.end()
		d := &desk{bench: b, wall: time.Now().Round(0)}
		d.restart()
		f(d)
		b.stop = func() { b.book.Close() }
	})
}

// restart makes a new agent, as after a power cut.
func (d *desk) restart() {
	if d.a != nil {
		d.book.Close()
	}
	d.create()
	d.a = d.agent
	d.a.clock.steady = func() time.Duration { return d.mono }
	d.a.cardNews.ok = true
}

// live lets time pass with a look every second.
func (d *desk) live(span time.Duration) {
	for ; span > 0; span -= time.Second {
		d.wall, d.mono = d.wall.Add(time.Second), d.mono+time.Second
		d.a.look(d.wall)
	}
}

// set sets the clock.
func (d *desk) set(by time.Duration) { d.wall = d.wall.Add(by); d.a.look(d.wall) }

// give gives a schedule to the agent, all of whose files are there.
func (d *desk) give(s devices.Schedule) {
	d.t.Helper()
	for _, l := range s.Playlists {
		for _, e := range l.Entries {
			d.files.have[e.Digest] = []byte(e.Title)
		}
	}
	raw := d.send(devices.ScheduleChannel, uint64(s.Revision), 10000*time.Hour, s)
	if err := d.a.accept(raw, d.wall); err != nil {
		d.t.Error(err)
	}
}

// mixes plays the mixer's part for an item.
func (d *desk) mixes(item string, kind player.EventKind, reason player.Reason, heard time.Duration) {
	d.t.Helper()
	for id, p := range d.a.pending {
		if p.Title == item && p.placed {
			d.a.heard(player.Event{Kind: kind, Key: string(id), At: d.wall, Reason: reason, Heard: heard})
			return
		}
	}
	d.t.Errorf("%s is not with the mixer", item)
}

// outcomes are the last words in the outbox.
func (d *desk) outcomes(item string) (all []scheduler.AsRun) {
	batch, err := d.book.Batch(station, time.Time{}, 1000)
	if err != nil {
		d.t.Fatal(err)
	}
	for _, line := range batch.Records {
		if line.Kind == scheduler.AsRunEnd && line.Digest == scheduler.DigestOf([]byte(item)) {
			all = append(all, line)
		}
	}
	return all
}

// ended checks that an item has one last word, and which.
func (d *desk) ended(item string, outcome scheduler.State, reason scheduler.Reason) {
	d.t.Helper()
	all := d.outcomes(item)
	if len(all) != 1 || all[0].Outcome != outcome || all[0].Reason != reason {
		d.t.Errorf("%s has %d last words: %+v, want %s because %q", item, len(all), all, outcome, reason)
	}
}

const year = 365 * 24 * time.Hour

func TestAClockThatJumpsAYearAheadAndBack(t *testing.T) {
	atDesk(t, func(d *desk) {
		s := d.schedule(1, 60*time.Second, "a")
		add(&s, scheduler.Ordinary, 20*time.Second, 5*time.Minute, "b")
		d.give(s)
		d.live(time.Until(start().Add(20 * time.Second)))
		d.set(year)
		d.live(20 * time.Second)
		if d.a.clock.valid(d.wall) {
			t.Error("the clock is believed")
		}
		d.set(-year)
		d.live(20 * time.Second)
		d.mixes("a", player.Started, "", 0)
		d.mixes("a", player.Ended, "", 5*time.Second)
		d.ended("a", scheduler.Aired, "")
		if len(d.outcomes("b")) != 0 {
			t.Error("b was closed before its time")
		}
	})
}

func TestAClockThatStaysAheadIsBelievedInTheEnd(t *testing.T) {
	atDesk(t, func(d *desk) {
		s := d.schedule(1, 60*time.Second, "a")
		d.give(s)
		d.live(20 * time.Second)
		d.set(30 * 24 * time.Hour)
		d.live(doubt + 40*time.Second) // thirty days, a day at a look
		d.ended("a", scheduler.Missed, scheduler.ClockInvalid)
		if behind := d.wall.Sub(d.a.through()); behind > time.Minute {
			t.Errorf("the watermark is %s behind", behind)
		}
	})
}

func TestAClockSetBackRepeatsNothing(t *testing.T) {
	atDesk(t, func(d *desk) {
		s := d.schedule(1, 60*time.Second, "a")
		add(&s, scheduler.Ordinary, 20*time.Second, 90*time.Second, "b")
		d.give(s)
		d.live(60 * time.Second)
		d.mixes("a", player.Started, "", 0)
		d.live(5 * time.Second)
		d.mixes("a", player.Ended, "", 5*time.Second)
		d.live(25 * time.Second) // b is with the mixer
		d.set(-time.Hour + time.Minute)
		s.Revision, s.Issued = 2, s.Issued.Add(-2*time.Minute)
		d.give(s) // the new schedule has it too
		d.live(time.Hour - time.Minute)
		d.mixes("b", player.Started, "", 0)
		s.Revision = 3
		d.give(s)
		d.mixes("b", player.Ended, "", 5*time.Second)
		d.live(time.Minute)
		d.ended("a", scheduler.Aired, "")
		if n := len(d.outcomes("b")); n != 1 || d.outcomes("b")[0].Sounded == 0 {
			t.Errorf("b: %+v", d.outcomes("b"))
		}
	})
}

func TestAnItemOnAirIsNotCutBecauseTheClockWasSetBack(t *testing.T) {
	atDesk(t, func(d *desk) {
		s := d.schedule(1, 60*time.Second, "a")
		d.give(s)
		d.live(61 * time.Second)
		d.mixes("a", player.Started, "", 0)
		d.set(-10 * time.Minute)
		next := d.schedule(2, time.Hour, "b")
		next.Issued = d.wall.Add(-time.Minute)
		d.give(next)
		d.live(4 * time.Second)
		d.mixes("a", player.Ended, "", 5*time.Second)
		d.ended("a", scheduler.Aired, "")
	})
}

func TestAClockSetPastAnItemAtTheMixer(t *testing.T) {
	atDesk(t, func(d *desk) {
		d.give(d.schedule(1, 60*time.Second, "a"))
		d.live(58 * time.Second)
		d.set(time.Hour)
		d.mixes("a", player.TooLate, player.DeviceLost, 0)
		d.ended("a", scheduler.Missed, scheduler.ClockInvalid)
	})
}

func TestTheLedgerForgetsNothingThatCanComeAgain(t *testing.T) {
	atDesk(t, func(d *desk) {
		d.give(d.schedule(1, 60*time.Second, "a"))
		d.live(60 * time.Second)
		d.mixes("a", player.Ended, "", 5*time.Second)
		d.set(year)
		d.live(doubt + time.Minute) // it is believed
		d.set(-year - 7*time.Minute)
		d.restart()
		d.live(3 * time.Minute)
		d.ended("a", scheduler.Aired, "")
		if len(d.a.pending) != 0 {
			t.Error("a is to be aired again")
		}
	})
}

func TestTheLedgerForgetsWhatIsLongPast(t *testing.T) {
	atDesk(t, func(d *desk) {
		d.give(d.schedule(1, 60*time.Second, "a"))
		d.live(60 * time.Second)
		d.mixes("a", player.Ended, "", 5*time.Second)
		d.wall, d.mono = d.wall.Add(70*24*time.Hour), d.mono+70*24*time.Hour
		s := d.schedule(2, 80*24*time.Hour, "b")
		s.Issued, s.Lease = d.wall, d.wall.Add(20*24*time.Hour)
		d.give(s)
		d.live(25 * time.Hour)
		if n := len(d.a.ledger); n != 0 {
			t.Errorf("the ledger has %d entries", n)
		}
		if all, err := d.book.Duties(); err != nil || len(all) != 0 {
			t.Errorf("on disk it has %d entries: %v", len(all), err)
		}
	})
}

func TestAStationThatBootsIn1970(t *testing.T) {
	atDesk(t, func(d *desk) {
		s := d.schedule(1, 60*time.Second, "a")
		d.give(s)
		d.live(30 * time.Second)
		d.restart()
		now := d.wall
		d.wall = time.Unix(60, 0)
		d.live(time.Minute) // a comes due, and the station does not know it
		next := d.schedule(2, 3*time.Minute, "b")
		next.Issued = now.Add(2 * time.Minute)
		d.give(next)
		d.receiptFor(d.wall)
		d.live(time.Minute)
		d.wall = now.Add(2*time.Minute + 20*time.Second)
		d.live(20 * time.Second)
		d.mixes("b", player.Ended, "", 5*time.Second)
		d.ended("a", scheduler.Missed, scheduler.ClockInvalid)
		d.ended("b", scheduler.Aired, "")
	})
}

// receiptFor checks that a receipt is taken whatever the clock says.
func (d *desk) receiptFor(now time.Time) {
	raw := d.send(devices.ReceiptChannel, 1, time.Hour, devices.Receipt{Log: d.book.Log()})
	if err := d.a.settle(raw, now); err != nil {
		d.t.Error(err)
	}
}
