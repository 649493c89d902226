package player_test

import (
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"testing"
	"time"

	"loaphuong/player"
)

// FuzzMixer plays a random programme and checks what holds for every one:
// each item placed ends exactly once, nothing follows its end, what is said to
// have been heard is what the card was given, and a whole item is whole.
func FuzzMixer(f *testing.F) {
	for seed := range uint64(16) {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, seed uint64) {
		within(t, func(t *testing.T, d *desk) {
			p := &programme{desk: d, dice: rand.New(rand.NewPCG(seed, 1)), items: map[string]int{}}
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
	dice  *rand.Rand
	items map[string]int // frames of each stream
	lost  bool           // the card was lost at least once
}

// act does one random thing.
func (p *programme) act() {
	switch p.dice.IntN(12) {
	case 0:
		p.Stop(fmt.Sprint(p.dice.IntN(len(p.items) + 1)))
	case 1:
		p.StopAll()
	case 2:
		p.Lost()
		p.lost = true
	case 3:
		p.epoch = p.epoch.Add(time.Duration(p.dice.IntN(60)) * time.Millisecond)
	default:
		p.place(p.item())
	}
}

// item makes a random one; half of the streams are whole.
func (p *programme) item() player.Item {
	frames := p.dice.IntN(player.Rate / 2)
	key := fmt.Sprint(len(p.items))
	p.items[key] = frames
	item := tone(key, p.at(len(p.frames)+p.dice.IntN(20000)-5000), frames, player.Rank(p.dice.IntN(3)), 0.25)
	if p.dice.IntN(2) == 0 {
		item.Latest = item.Start.Add(time.Duration(p.dice.IntN(200)) * time.Millisecond)
	}
	switch p.dice.IntN(6) {
	case 0:
		item.Stream = &tape{left: frames, value: 0.25, err: errors.New("bad packet")}
	case 1:
		item.Length *= 2
	case 2:
		item.Stream = &pausing{tape: tape{left: frames, value: 0.25, err: io.EOF}, pause: p.dice.IntN(50)}
	}
	return item
}

// check compares the events with the frames the card was given.
func (p *programme) check() {
	heard := int64(0)
	for key, frames := range p.items {
		events := p.of(key)
		for i, e := range events {
			if over := e.Kind == player.Ended || e.Kind == player.TooLate; over != (i == len(events)-1) {
				p.t.Fatalf("%s: event %d of %+v", key, i, events)
			}
		}
		end := p.last(key)
		if n := player.Frames(end.Heard); end.Reason == "" && n != int64(frames) || n > int64(frames) || end.Kind == player.TooLate && n > 0 {
			p.t.Errorf("%s of %d frames: %+v", key, frames, end)
		}
		heard += player.Frames(end.Heard)
	}
	sounded := int64(0)
	for _, frame := range p.frames {
		if frame != 0 {
			sounded++
		}
	}
	if heard > sounded || heard != sounded && !p.lost {
		p.t.Errorf("%d frames heard by the events, %d sounded", heard, sounded)
	}
}
