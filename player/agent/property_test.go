package agent

import (
	"cmp"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"loaphuong/devices"
	"loaphuong/scheduler"
)

// TestEveryAiringHasOneEnd lives through quarters of an hour in which everything
// goes wrong: schedules come, late or twice, and take things back, the power
// goes, the agent is restarted, the link is cut, the card is pulled, files are
// away and the disk is full. What is true afterwards is in judge_test.go.
func TestEveryAiringHasOneEnd(t *testing.T) {
	for seed := range uint64(8) {
		t.Run(fmt.Sprint("seed ", seed), func(t *testing.T) {
			t.Parallel()
			inBench(t, func(b *bench) {
				l := &life{bench: b, dice: rand.New(rand.NewPCG(seed, 7))}
				l.publish(3)
				for l.now().Before(start().Add(10 * time.Minute)) {
					l.trouble()
				}
				l.recover()
				l.see()
				b.pass(9 * time.Minute) // longer than anything that is to come
				l.judge()
			})
		})
	}
}

// life is what happens to a station.
type life struct {
	*bench
	dice *rand.Rand
	last devices.Schedule // published
	held []holding
	made int // playlists
}

// holding is a schedule that the station has taken.
type holding struct {
	devices.Schedule
	notBefore, notAfter time.Time // when it took it
}

// trouble is one thing after another.
func (l *life) trouble() {
	switch l.dice.IntN(12) {
	case 0, 1, 2:
		l.publish(1 + l.dice.IntN(2))
	case 3, 10:
		l.end()
		l.off()
		l.begin()
	case 4, 11:
		l.powerCut()
		l.off()
		l.begin()
	case 5:
		l.broker.Cut(string(station))
		l.wait(60)
		l.publish(1)
		l.wait(60)
		l.broker.Restore(string(station))
	case 6:
		l.card.pull()
		l.wait(30)
		l.card.plug()
	case 7:
		l.full.Store(true)
		l.wait(10)
		l.full.Store(false)
		l.pass(2 * diskRetry)
	case 8:
		l.command(fmt.Sprint("stop", l.dice.Uint64()))
	case 9:
		l.files.lose(l.someItem())
	}
	l.see()
	if l.dice.IntN(3) > 0 { // else the next thing comes at once
		l.wait(20)
	}
}

// wait lets at most so many seconds pass.
func (l *life) wait(seconds int) {
	l.pass(time.Duration(l.dice.IntN(seconds*1000)) * time.Millisecond)
	l.see()
}

// off is a while without an agent, long or short, in which there may be news.
func (l *life) off() {
	if l.dice.IntN(2) == 0 {
		l.wait(40)
	}
	if l.dice.IntN(3) == 0 {
		l.publish(1)
	}
}

// recover puts all in order.
func (l *life) recover() {
	l.broker.Restore(string(station))
	l.card.plug()
	l.full.Store(false)
	for _, p := range l.last.Playlists {
		for _, e := range p.Entries {
			l.files.offer(e.Title)
		}
	}
}

// see notes the schedule that the station holds.
func (l *life) see() {
	l.pass(50 * time.Millisecond)
	raw, at, err := l.book.Schedule()
	if err != nil || len(raw) == 0 {
		return // the book is closed, or empty
	}
	e, err := devices.NewKeyring(l.public()).Open(raw, station, devices.ScheduleChannel, time.Time{})
	if err != nil {
		l.t.Fatal(err)
	}
	var s devices.Schedule
	if err := devices.Decode(e.Body, &s); err != nil {
		l.t.Fatal(err)
	}
	if n := len(l.held); n == 0 || l.held[n-1].Revision < s.Revision {
		l.held = append(l.held, holding{s, at, l.now()})
	}
}

// publish sends a schedule that has so many further playlists, and may lack some
// of those before it.
func (l *life) publish(more int) {
	now := l.now().UTC()
	next := l.schedule(l.last.Revision+1, 0)
	next.Playlists, next.Files = nil, nil
	next.Issued, next.Lease = now, now.Add(time.Hour)
	if l.dice.IntN(10) == 0 {
		next.Volume = 0
	}
	for _, p := range l.last.Playlists {
		if l.dice.IntN(5) > 0 { // else it is recalled, or over, or cut short
			next.Playlists = append(next.Playlists, p)
		}
	}
	for range more {
		next.Playlists = append(next.Playlists, l.playlist(now))
	}
	next.Files = filesOf(next.Playlists)
	l.last = next
	for _, f := range next.Playlists {
		for _, e := range f.Entries {
			if l.dice.IntN(8) > 0 {
				l.files.offer(e.Title)
			}
		}
	}
	l.send(devices.ScheduleChannel, uint64(next.Revision), time.Hour, next)
	l.see()
}

// playlist is a new one, within the next minutes.
func (l *life) playlist(now time.Time) scheduler.Playlist {
	l.made++
	class := []scheduler.Class{scheduler.Ordinary, scheduler.Ordinary, scheduler.Priority, scheduler.Emergency}[l.dice.IntN(4)]
	at := now.Add(time.Duration(l.dice.IntN(120000)) * time.Millisecond)
	timing := scheduler.Once(at)
	if l.dice.IntN(6) == 0 {
		timing, _ = scheduler.Cron("*/5 * * * *", now, start().Add(16*time.Minute))
	}
	p := scheduler.Playlist{
		Programme: scheduler.ProgrammeID(fmt.Sprint("p", l.made)), Class: class, Timing: timing,
		Grace: time.Duration(l.dice.IntN(90)) * time.Second,
	}
	offset := time.Duration(0)
	for i := range 1 + l.dice.IntN(3) {
		item := fmt.Sprintf("p%di%d@%ds", l.made, i, 1+l.dice.IntN(25))
		e := scheduler.Entry{Offset: offset, Title: item, Digest: scheduler.DigestOf([]byte(item)), Duration: lengthOf([]byte(item))}
		p.Entries = append(p.Entries, e)
		offset += e.Duration + time.Duration(l.dice.IntN(3000))*time.Millisecond
	}
	return p.Seal()
}

// someItem is one of those of the last schedule.
func (l *life) someItem() string {
	p := l.last.Playlists[l.dice.IntN(len(l.last.Playlists))]
	return p.Entries[l.dice.IntN(len(p.Entries))].Title
}

func filesOf(playlists []scheduler.Playlist) (files []devices.File) {
	for _, p := range playlists {
		for _, e := range p.Entries {
			files = append(files, devices.File{Digest: e.Digest, Size: int64(len(e.Title))})
		}
	}
	slices.SortFunc(files, func(x, y devices.File) int { return cmp.Compare(x.Digest, y.Digest) })
	return slices.Compact(files)
}
