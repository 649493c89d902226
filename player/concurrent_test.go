package player_test

import (
	"context"
	"fmt"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"loaphuong/player"
)

// TestEverybodyAtOnce is for the race detector: four goroutines place and stop
// while a card fills as fast as it can. Every item still ends exactly once.
func TestEverybodyAtOnce(t *testing.T) {
	const hands, each = 4, 200
	var ends atomic.Int64
	var all sync.WaitGroup
	m := player.NewMixer(func(e player.Event) {
		if e.Kind == player.Ended || e.Kind == player.TooLate {
			ends.Add(1)
			all.Done()
		}
	})
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	epoch := time.Now().Add(-time.Hour) // so that everything has been heard at once
	all.Add(hands * each)
	go func() { _ = m.Run(ctx) }()
	go func() {
		buf := make([]float32, period)
		for n := int64(0); ctx.Err() == nil; n += period {
			m.Fill(buf, epoch.Add(player.Duration(n%(1800*player.Rate))))
		}
	}()
	for hand := range hands {
		go func() {
			for i := range each {
				key := fmt.Sprint(hand, " ", i)
				if err := m.Place(tone(key, epoch, 100*i, player.Rank(i%3), 0.5)); err != nil {
					t.Error(err)
				}
				m.SetVolume(i)
				m.SetReading(player.Reading{Machine: epoch, True: epoch.Add(time.Duration(i%5) * time.Millisecond)})
				if m.Playing(); i%5 == 0 {
					m.Stop(key)
				}
			}
		}()
	}
	all.Wait()
	if n := ends.Load(); n != hands*each {
		t.Errorf("%d ends of %d items", n, hands*each)
	}
}
