package agent

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"loaphuong/devices"
	"loaphuong/scheduler"
)

// A station often pays for what it sends.

// during counts states and batches that come while f runs.
func (b *bench) during(f func()) (states, batches int) {
	b.mu.Lock()
	states, batches = b.states, b.batches
	b.mu.Unlock()
	f()
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.states - states, b.batches - batches
}

func TestNothingIsSaidOverAndOver(t *testing.T) {
	const quiet = 22 // a state and a watermark every 30 s for ten minutes, and what the trouble gives rise to
	cases := []struct {
		name    string
		trouble func(b *bench)
		states  int
		batches int
	}{
		{"no trouble", func(b *bench) {}, quiet, quiet},
		{"the card is away", func(b *bench) { b.card.pull() }, quiet, quiet},
		{"a file does not come", func(b *bench) {
			s := b.schedule(2, time.Hour, "absent")
			b.send(devices.ScheduleChannel, 2, time.Hour, s)
		}, quiet + 2, quiet},
		{"the centre sends a refused schedule at each state", func(b *bench) {
			s := b.schedule(2, time.Hour, "x")
			s.Zone = "Nowhere/Nowhere"
			raw := b.send(devices.ScheduleChannel, 2, time.Hour, s)
			b.mu.Lock()
			b.pushy = raw
			b.mu.Unlock()
		}, quiet, quiet},
		{"the disk is full when receipts come", func(b *bench) {
			b.hear(false)
			b.until(60 * time.Second) // an intent waits for its receipt
			b.full.Store(true)
			b.hear(true)
		}, quiet + 4, 2 * quiet},
		{"the centre receipts what is not there", func(b *bench) {
			for range 100 {
				b.send(devices.ReceiptChannel, 1, time.Hour, devices.Receipt{Log: b.book.Log(), Accepted: []uint64{900, 901}})
			}
		}, quiet, quiet},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			inBench(t, func(b *bench) {
				b.publish(b.schedule(1, 62*time.Second, "a"))
				if c.batches == quiet {
					b.until(2 * time.Minute)
				}
				states, batches := b.during(func() {
					c.trouble(b)
					b.pass(10 * time.Minute)
				})
				b.full.Store(false)
				if states > c.states || batches > c.batches {
					t.Errorf("%d states and %d batches in ten minutes, want at most %d and %d", states, batches, c.states, c.batches)
				}
				b.pass(time.Minute)
			})
		})
	}
}

func TestLinesThatGetNoReceiptAreTriedFewAtATime(t *testing.T) {
	inBench(t, func(b *bench) {
		b.hear(false)
		var items []string
		for i := range 40 {
			items = append(items, fmt.Sprint("item", i))
		}
		b.publish(b.schedule(1, 60*time.Second, items...))
		b.until(10 * time.Minute) // 120 lines
		states, batches := b.during(func() { b.pass(time.Minute) })
		if batches > 3 || states > 3 {
			t.Errorf("%d batches and %d states in a minute", batches, states)
		}
		b.mu.Lock()
		if most := len(b.latest); most > 20 {
			t.Errorf("a batch without a receipt has %d lines", most)
		}
		b.mu.Unlock()
		b.hear(true)
		b.pass(40 * time.Second)
		if n := b.book.Waiting(); n != 0 {
			t.Errorf("%d lines wait", n)
		}
	})
}

func TestTheWatermarkGoesOnWhileTheCardComesAndGoes(t *testing.T) {
	inBench(t, func(b *bench) {
		b.publish(b.schedule(1, time.Hour, "a"))
		for range 100 {
			b.card.pull()
			b.pass(3 * time.Second)
			b.card.plug()
			b.pass(3 * time.Second)
		}
		if behind := time.Since(b.through); behind > time.Minute {
			t.Errorf("the watermark is %s behind", behind)
		}
	})
}

func TestARefusalIsForgottenWhenAScheduleIsTaken(t *testing.T) {
	inBench(t, func(b *bench) {
		b.sendRaw(devices.ScheduleChannel, []byte("nonsense"))
		b.pass(time.Second)
		if b.state.Error == "" {
			t.Error("it does not say that it refused something")
		}
		b.publish(b.schedule(1, time.Hour, "a"))
		b.pass(time.Minute)
		if b.state.Error != "" {
			t.Errorf("it still says %q", b.state.Error)
		}
	})
}

func TestTheDiskIsFullForAWhile(t *testing.T) {
	inBench(t, func(b *bench) {
		b.publish(b.schedule(1, 60*time.Second, "a", "b", "c", "d"))
		b.until(62 * time.Second)
		b.full.Store(true)
		b.until(85 * time.Second)
		if b.state.OnAir != "" {
			t.Errorf("%s is said to be on air, and has ended", b.state.OnAir)
		}
		b.full.Store(false)
		b.until(2 * time.Minute)
		b.want("a", scheduler.Aired, "")
		for _, item := range []string{"b", "c", "d"} { // b was within its grace yet, and the others waited for it
			b.want(item, scheduler.Late, "")
		}
	})
}

// TestFilesThatComeTogetherAreToldTogether: a station with many files to fetch
// says soon that it has them all.
func TestFilesThatComeTogetherAreToldTogether(t *testing.T) {
	inBench(t, func(b *bench) {
		items := strings.Fields("a b c d e f g h i j k l m n o p q r s t u v w x y z")
		b.publish(b.schedule(1, 5*time.Minute, items...)) // near enough that it does not wait for its turn
		b.pass(3 * time.Second)
		b.mu.Lock()
		defer b.mu.Unlock()
		if b.state.Files != len(items) || len(b.state.Missing) != 0 {
			t.Errorf("4 s after publishing it says that it has %d of %d files", b.state.Files, len(items))
		}
	})
}
