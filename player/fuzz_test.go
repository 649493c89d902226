package player_test

import (
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"loaphuong/player"
)

// FuzzMixer plays a random programme and checks what holds for every one: each
// item placed ends exactly once, nothing follows its end, events come in the
// order of their instants, what is said to have been heard is what the card was
// given, a whole item is whole, and never do two sound at full gain.
func FuzzMixer(f *testing.F) {
	for seed := range uint64(40) {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, seed uint64) {
		within(t, func(t *testing.T, d *desk) {
			p := &programme{desk: d, dice: rand.New(rand.NewPCG(seed, 1)), items: map[string]player.Item{}, length: map[string]int{}, beds: seed%2 == 1}
			for range 40 {
				p.act()
				d.turn(1 + p.dice.IntN(6000))
			}
			d.turn(12 * player.Rate)
			d.StopAll()
			d.turn(player.Rate)
			p.check()
		})
	})
}

// programme is random items and what is known of them.
type programme struct {
	*desk
	dice    *rand.Rand
	items   map[string]player.Item
	length  map[string]int // of each stream, in frames
	skipped time.Duration  // by the card, altogether
	lost    bool           // the card was lost at least once
	told    bool           // true time was, at least once
	beds    bool           // some go on under others
}

// act does one random thing.
func (p *programme) act() {
	switch p.dice.IntN(16) {
	case 0:
		p.Stop(fmt.Sprint(p.dice.IntN(len(p.items) + 1)))
	case 1:
		p.StopAll()
	case 2:
		p.Lost()
		p.lost = true
	case 3:
		skip := time.Duration(p.dice.IntN(60)) * time.Millisecond
		p.epoch = p.epoch.Add(skip)
		p.skipped += skip
	case 4:
		p.tell()
	default:
		p.place(p.item())
	}
}

// tell gives another true time, a little other as a rule.
func (p *programme) tell() {
	by := time.Duration(p.dice.IntN(40)-20) * time.Millisecond
	if p.dice.IntN(8) == 0 {
		by *= 1000
	}
	if p.dice.IntN(2) == 0 {
		p.SetReading(player.Reading{Machine: p.epoch, True: p.epoch.Add(by)})
		p.told = true
	}
}

// item makes a random one; half of the streams are whole.
func (p *programme) item() player.Item {
	frames := p.dice.IntN(player.Rate / 2)
	key := fmt.Sprint(len(p.items))
	item := tone(key, p.at(len(p.frames)+p.dice.IntN(20000)-5000), frames, player.Rank(p.dice.IntN(6)), 0.25)
	if p.dice.IntN(2) == 0 {
		item.Latest = item.Start.Add(time.Duration(p.dice.IntN(200)) * time.Millisecond)
	}
	p.vary(&item)
	switch p.dice.IntN(6) {
	case 0:
		item.Stream = &tape{left: frames, value: 0.25, err: errors.New("bad packet")}
	case 1:
		item.Length *= 2
	case 2:
		item.Stream = &pausing{tape: tape{left: frames, value: 0.25, err: io.EOF}, pause: p.dice.IntN(50)}
	case 3:
		item.Stream = &reel{tape{frames, 0.25, io.EOF}, frames, p.dice.IntN(3) == 0}
	case 4:
		item.Length = 0
	}
	p.items[key], p.length[key] = item, frames
	return item
}

// vary gives an item what it may do to others and they to it.
func (p *programme) vary(item *player.Item) {
	item.Recovery, item.Turn = player.Recovery(p.dice.IntN(3)), p.dice.IntN(3)
	if p.dice.IntN(3) == 0 {
		item.Cuts = item.Start.Add(time.Duration(p.dice.IntN(300)) * time.Millisecond)
	}
	if p.dice.IntN(3) == 0 {
		item.ResumeBy = item.Start.Add(time.Duration(p.dice.IntN(2000)) * time.Millisecond)
	}
	if p.dice.IntN(4) == 0 {
		item.FadeIn, item.FadeOut = time.Duration(p.dice.IntN(300))*time.Millisecond, time.Duration(p.dice.IntN(300))*time.Millisecond
	}
	if p.beds && p.dice.IntN(3) == 0 {
		item.Under = 0.5
	}
}

// check compares the events with each other and with the frames the card was
// given.
func (p *programme) check() {
	heard, resumed := int64(0), 0
	for key := range p.items {
		heard += p.checkItem(key)
		resumed += p.last(key).Interruptions
	}
	p.checkOrder()
	sounded := int64(0)
	for _, frame := range p.frames {
		if frame != 0 {
			sounded++
		}
	}
	followed := sounded/200 + int64(resumed) // frames dropped or doubled, and one at each return that is silent
	restarts := slices.ContainsFunc(p.events, func(e player.Event) bool { return e.Kind == player.Resumed && e.Heard == 0 })
	if !p.beds && !restarts && (heard > sounded+followed || heard < sounded-followed && !p.lost) {
		p.t.Errorf("%d frames heard by the events, %d sounded", heard, sounded)
	}
}

// checkItem checks what is said of one item and returns the frames of it that
// were heard.
func (p *programme) checkItem(key string) int64 {
	events, frames := p.of(key), int64(p.length[key])
	for i, e := range events {
		if over := e.Kind == player.Ended || e.Kind == player.TooLate; over != (i == len(events)-1) {
			p.t.Fatalf("%s: event %d of %+v", key, i, events)
		}
		if first := e.Kind == player.Started; first != (i == 0) && e.Heard > 0 {
			p.t.Fatalf("%s: %+v does not begin with its start", key, events)
		}
	}
	end := p.last(key)
	n := player.Frames(end.Heard)
	if end.Reason == "" && n < frames-96 || n > frames || end.Kind == player.TooLate && n > 0 || end.Quiet > end.Heard {
		p.t.Errorf("%s of %d frames: %+v", key, frames, end)
	}
	_, plain := p.items[key].Stream.(*tape)
	spent, known := end.At.Sub(events[0].At), end.Heard+end.Away
	slack := known/200 + 2*time.Millisecond
	if plain && !p.lost && !p.told && end.Kind == player.Ended && end.Heard > 0 && (spent < known-slack || spent > known+slack+p.skipped) {
		p.t.Errorf("%s: %v from its start to its end, %+v", key, spent, end)
	}
	return n
}

// checkOrder checks that events come in order, and that of what sounds at any
// time all but one is under others and of a lower rank.
func (p *programme) checkOrder() {
	sounding := map[string]bool{}
	for i, e := range p.events {
		if i > 0 && e.At.Before(p.events[i-1].At) && !p.lost && !p.told {
			p.t.Errorf("%+v comes after %+v", e, p.events[i-1])
		}
		switch e.Kind {
		case player.Started, player.Resumed:
			sounding[e.Key] = true
		case player.Interrupted, player.Ended, player.TooLate:
			delete(sounding, e.Key)
		}
		full, ranks := 0, map[player.Rank]bool{}
		for key := range sounding {
			item := p.items[key]
			if ranks[item.Rank] = true; item.Under == 0 {
				full++
			}
		}
		if full > 1 || len(ranks) != len(sounding) {
			p.t.Errorf("after %+v there sound %v", e, sounding)
		}
	}
}
