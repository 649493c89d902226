package agent

import (
	"cmp"
	"math/rand/v2"
	"os"
	"strconv"
	"testing"
	"time"

	"loaphuong/player"
	"loaphuong/scheduler"
)

// clockSteps is how many times a clock is set: a hundred take a second; FAULTS
// asks for another number.
func clockSteps(t *testing.T) int {
	asked := os.Getenv("FAULTS")
	n, err := strconv.Atoi(cmp.Or(asked, "100"))
	if err != nil || n < 1 {
		t.Fatalf("FAULTS=%s: give a number of faults", asked)
	}
	return n
}

// deck is a mixer that follows the station's time, a look at a time, and keeps
// how often each item has begun.
type deck struct {
	*desk
	items map[string]*turn
	begun map[string]int
}

// turn is an item at the deck.
type turn struct {
	player.Item
	sounds  bool
	since   time.Duration // in steady time
	stopped bool
}

func (k *deck) Place(item player.Item) error { k.items[item.Key] = &turn{Item: item}; return nil }
func (k *deck) SetVolume(int)                {}
func (k *deck) Stop(key string) {
	if i := k.items[key]; i != nil {
		i.stopped = true
	}
}

// play does what the mixer does between two looks.
func (k *deck) play() {
	for key, i := range k.items {
		p := k.a.pending[scheduler.AiringID(key)]
		if p == nil {
			k.t.Errorf("%s is at the mixer and nowhere else", key)
			continue
		}
		now := k.a.clock.now(k.wall)
		e := player.Event{Key: key, At: now, Heard: k.mono - i.since}
		switch {
		case i.sounds && (i.stopped || e.Heard >= p.Duration):
			e.Kind, e.Heard = player.Ended, min(e.Heard, p.Duration)
		case i.sounds:
			continue
		case i.stopped:
			e.Kind, e.Heard = player.Ended, 0
		case now.After(p.Start.Add(p.Grace)):
			e.Kind, e.Heard = player.TooLate, 0
		case !now.Before(p.Start):
			e.Kind, e.Heard = player.Started, 0
			i.sounds, i.since = true, k.mono
			k.begun[key]++
		default:
			continue
		}
		if i.stopped {
			e.Reason = player.Stopped
		}
		if e.Kind != player.Started {
			delete(k.items, key)
		}
		k.a.heard(e)
	}
}

// lives lets time pass with a look every second.
func (k *deck) lives(span time.Duration) {
	for ; span > 0; span -= time.Second {
		k.wall, k.mono = k.wall.Add(time.Second), k.mono+time.Second
		k.a.look(k.a.clock.now(k.wall))
		k.play()
	}
}

// restarts is what a power cut does in the same boot of the machine.
func (k *deck) restarts() {
	k.restart()
	k.a.mixer, k.items = k, map[string]*turn{}
	if err := k.a.recover(k.wall); err != nil {
		k.t.Fatal(err)
	}
}

// TestAClockThatIsSetAgainAndAgain sets the station's clock by seconds to years,
// to and fro, with power cuts in between. Every other station learns the time on
// the way, and from then on none of that may matter. When the clock is right at last, every
// airing has one last word, and none has begun twice.
func TestAClockThatIsSetAgainAndAgain(t *testing.T) {
	const steps = 25 // in one life
	outcomes := map[scheduler.State]int{}
	all := 0
	for seed := range uint64(1 + (clockSteps(t)-1)/steps) {
		atDesk(t, func(d *desk) {
			k := &deck{desk: d, begun: map[string]int{}}
			k.restarts()
			k.setAgainAndAgain(rand.New(rand.NewPCG(seed, 5)), steps, seed%2 == 1)
			n := k.judge(outcomes)
			all += n
		})
	}
	t.Logf("%d airings: %v", all, outcomes)
}

func (k *deck) setAgainAndAgain(dice *rand.Rand, steps int, learns bool) {
	s := k.schedule(1, time.Hour, "later")
	s.Lease = k.wall.Add(30 * 24 * time.Hour)
	add(&s, scheduler.Ordinary, 50*time.Second, 0, "in minute 0", "1", "2", "3", "4")
	last := &s.Playlists[len(s.Playlists)-1]
	for i := range last.Entries {
		last.Entries[i].Offset = time.Duration(i) * time.Minute
	}
	var err error
	if last.Timing, err = scheduler.Cron("*/5 * * * *", k.wall, k.wall.Add(24*time.Hour)); err != nil {
		k.t.Fatal(err)
	}
	*last = last.Seal()
	k.give(s)
	var wrong time.Duration
	for range steps {
		k.lives(time.Duration(dice.IntN(100)) * time.Second)
		by := []time.Duration{time.Second, time.Minute, time.Hour, 24 * time.Hour, year}[dice.IntN(5)]
		by = time.Duration(dice.Int64N(int64(4*by))) - 2*by
		if dice.IntN(3) == 0 {
			by = -wrong // somebody has put it right
		}
		wrong += by
		k.wall = k.wall.Add(by)
		switch n := dice.IntN(8); {
		case n == 0 && learns:
			k.learns(k.wall.Add(-wrong))
		case n == 1:
			k.restarts()
		}
	}
	k.wall = k.wall.Add(-wrong)
	k.lives(2 * doubt)
}

// judge expects one last word of every airing, and counts them.
func (k *deck) judge(outcomes map[scheduler.State]int) (n int) {
	batch, err := k.book.Batch(station, time.Time{}, 100000)
	if err != nil {
		k.t.Fatal(err)
	}
	words := map[scheduler.AiringID]int{}
	for _, line := range batch.Records {
		if line.Kind == scheduler.AsRunEnd {
			words[line.Airing]++
			outcomes[line.Outcome]++
		}
	}
	for _, a := range scheduler.Airings(station, k.a.held.zone, k.a.held.Playlists, k.a.held.Issued, k.wall.Add(-2*time.Minute)) {
		n++
		if words[a.ID] != 1 || k.begun[string(a.ID)] > 1 {
			k.t.Errorf("airing of %s has %d last words and has begun %d times", a.Start, words[a.ID], k.begun[string(a.ID)])
		}
	}
	return n
}
