package rehearsal

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"loaphuong/player"
	"loaphuong/player/silent"
)

// TestTheModelMixesAsTheMixer gives the same orders to the model and to the true
// mixer on a card that takes its time: items of all ranks that are in each
// other's way, stops, and a card that goes away.
func TestTheModelMixesAsTheMixer(t *testing.T) {
	for seed := range uint64(60) {
		t.Run(fmt.Sprint("seed ", seed), func(t *testing.T) {
			t.Parallel()
			orders := someOrders(seed)
			model := playModel(orders)
			var truth []player.Event
			synctest.Test(t, func(t *testing.T) { truth = playTruly(t, orders) })
			for _, o := range orders {
				if o.item.Key == "" {
					continue
				}
				got, want := of(model, o.item.Key), of(truth, o.item.Key)
				if len(got) != len(want) {
					t.Errorf("%s: the model said %v, the mixer %v", o.item.Key, got, want)
					continue
				}
				for i := range got {
					if !alike(got[i], want[i]) {
						t.Errorf("%s: the model said %+v, the mixer %+v", o.item.Key, got[i], want[i])
					}
				}
			}
		})
	}
}

// order is one thing asked of a mixer: an item to be placed, one to be stopped,
// or a card to be taken away or given back.
type order struct {
	at   time.Duration
	item player.Item // its stream is made by who plays it
	stop string
	card string // "off" or "on"
}

// someOrders are by chance. Items begin on the second and end beside it, so that
// hardly ever two things are closer to each other than the period of a card.
func someOrders(seed uint64) (list []order) {
	dice := rand.New(rand.NewPCG(seed, 5))
	for n := range 25 {
		at := time.Duration(n)*2*time.Second + 50*time.Millisecond
		key := fmt.Sprint("item ", n)
		start := after(at + time.Duration(1+dice.IntN(10))*time.Second)
		item := player.Item{
			Key: key, Start: start, Latest: start.Add(time.Duration(dice.IntN(12))*time.Second + 450*time.Millisecond), Gain: 1,
			Length: time.Duration(1+dice.IntN(8))*time.Second + 300*time.Millisecond, Rank: player.Rank(dice.IntN(3)),
		}
		if seed%2 == 1 {
			varied(&item, dice)
		}
		list = append(list, order{at: at, item: item})
		if dice.IntN(4) == 0 && (n < 9 || n > 13) { // without a card it takes a second or two until a stop is seen
			list = append(list, order{at: at + 700*time.Millisecond, stop: fmt.Sprint("item ", dice.IntN(n+1))})
		}
		switch n {
		case 9:
			list = append(list, order{at: at + 1300*time.Millisecond, card: "off"})
		case 13:
			list = append(list, order{at: at + 1300*time.Millisecond, card: "on"})
		}
	}
	return list
}

// varied gives an item a start mode, a recovery or a place under others.
func varied(item *player.Item, dice *rand.Rand) {
	switch dice.IntN(4) {
	case 0:
		item.Recovery = player.Resumes
	case 1:
		item.Recovery = player.Restarts
	case 2:
		item.Recovery, item.ResumeBy = player.Resumes, item.Start.Add(time.Duration(1+dice.IntN(20))*time.Second+600*time.Millisecond)
	}
	if item.Turn = dice.IntN(2); dice.IntN(3) == 0 {
		item.Cuts = item.Start.Add(time.Duration(dice.IntN(3)) * time.Second)
	}
	if dice.IntN(5) == 0 {
		item.Under = 0.25
	}
}

// again is a hum that can be rewound.
type again struct {
	hum
	whole int64
}

func (a *again) Rewind() error {
	a.left = a.whole
	return nil
}

// playLasts is how long the orders are played.
const playLasts = 2 * time.Minute

func playModel(orders []order) (events []player.Event) {
	m := &mixer{now: after(0), card: true}
	var plan agenda
	for _, o := range orders {
		plan.put(after(o.at), "", func() {
			switch {
			case o.card == "off":
				m.lose()
			case o.card == "on":
				m.card = true
			case o.stop != "":
				m.Stop(o.stop)
			default:
				o.item.Stream = &again{}
				m.Place(o.item)
			}
		})
	}
	for m.now.Before(after(playLasts)) {
		at := m.next()
		if len(plan) > 0 && (at.IsZero() || !plan[0].at.After(at)) {
			e := plan.take()
			events = append(events, m.turn(e.at)...)
			e.do()
			at = e.at
		}
		if at.IsZero() {
			break
		}
		events = append(events, m.turn(at)...)
	}
	return events
}

func playTruly(t *testing.T, orders []order) (events []player.Event) {
	time.Sleep(time.Until(after(-time.Second)))
	ctx, cancel := context.WithCancel(t.Context())
	m := player.NewMixer(func(e player.Event) {
		if e.Kind != player.Progress {
			events = append(events, e)
		}
	})
	done := make(chan error, 1)
	go func() { done <- m.Run(ctx) }()
	running, pull := context.WithCancel(ctx)
	defer pull()
	go silent.New().Run(running, m)
	for _, o := range orders {
		time.Sleep(time.Until(after(o.at)))
		switch {
		case o.card == "off":
			pull()
			synctest.Wait()
			m.Lost()
		case o.card == "on":
			go silent.New().Run(ctx, m)
		case o.stop != "":
			m.Stop(o.stop)
		default:
			whole := player.Frames(o.item.Length)
			o.item.Stream = &again{hum{whole}, whole}
			if err := m.Place(o.item); err != nil {
				t.Error(err)
			}
		}
	}
	time.Sleep(time.Until(after(playLasts)))
	cancel()
	<-done
	return events
}

// of are the events of one item.
func of(events []player.Event, key string) []player.Event {
	return slices.DeleteFunc(slices.Clone(events), func(e player.Event) bool { return e.Key != key })
}

// alike reports whether two events are the same but for a period and a fade,
// and where there is no card, for what it takes to see that.
func alike(x, y player.Event) bool {
	off := 40 * time.Millisecond
	if gaveUp := x.Kind == player.Ended && x.Interruptions > 0; gaveUp || x.Kind != player.Started && x.Heard == 0 {
		off = 1600 * time.Millisecond
	}
	return x.Kind == y.Kind && x.Reason == y.Reason && x.By == y.By && x.Interruptions == y.Interruptions &&
		(x.Away-y.Away).Abs() <= off && x.At.Sub(y.At).Abs() <= off && (x.Heard-y.Heard).Abs() <= 40*time.Millisecond
}
