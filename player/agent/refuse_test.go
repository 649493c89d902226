package agent

import (
	"crypto/ed25519"
	"strings"
	"testing"
	"time"

	"loaphuong/devices"
	"loaphuong/scheduler"
)

func TestWhatIsNotTheCentresWordIsRefused(t *testing.T) {
	_, stranger, _ := ed25519.GenerateKey(nil)
	cases := []struct {
		name string
		send func(b *bench)
		says string
	}{
		{"signed by another", func(b *bench) {
			b.key, stranger = stranger, b.key
			b.publish(b.schedule(2, 60*time.Second, "x"))
			b.key, stranger = stranger, b.key
		}, "not signed"},
		{"not an envelope", func(b *bench) { b.sendRaw(devices.ScheduleChannel, []byte(`{"revision":9}`)) }, "not signed"},
		{"for another station", func(b *bench) {
			s := b.schedule(2, 60*time.Second, "x")
			s.Station = "other"
			b.publish(s)
		}, "meant for another"},
		{"an older revision", func(b *bench) {
			b.publish(b.schedule(5, 10*time.Minute, "y"))
			b.publish(b.schedule(4, 60*time.Second, "x"))
		}, "older than what is held"},
		{"expired", func(b *bench) { b.send(devices.ScheduleChannel, 2, -time.Second, b.schedule(2, 60*time.Second, "x")) }, "not valid at this time"},
		{"a receipt in the place of a schedule", func(b *bench) {
			raw := b.send(devices.ReceiptChannel, 1, time.Hour, devices.Receipt{Log: "none"})
			b.sendRaw(devices.ScheduleChannel, raw)
		}, "meant for another"},
		{"changed on the way", func(b *bench) {
			raw := b.send(devices.ReceiptChannel, 1, time.Hour, b.schedule(2, 60*time.Second, "x"))
			b.sendRaw(devices.ScheduleChannel, []byte(strings.Replace(string(raw), "A", "B", 1)))
		}, "not signed"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			inBench(t, func(b *bench) {
				b.publish(b.schedule(1, 30*time.Minute, "held"))
				b.files.offer("x")
				c.send(b)
				b.until(3 * time.Minute)
				if len(b.ends("x")) != 0 {
					t.Error("it was taken")
				}
				if !strings.Contains(b.state.Error, c.says) {
					t.Errorf("the state says %q, want something with %q", b.state.Error, c.says)
				}
			})
		})
	}
}

func TestACommandIsObeyedOnce(t *testing.T) {
	inBench(t, func(b *bench) {
		b.publish(b.schedule(1, 60*time.Second, "a", "b"))
		b.until(61 * time.Second)
		raw := b.command("c1")
		b.until(71 * time.Second)
		b.want("a", scheduler.Partial, scheduler.Stopped)
		b.sendRaw(devices.CommandChannel, raw)
		b.until(90 * time.Second)
		b.want("b", scheduler.Aired, "")
		if !strings.Contains(b.state.Error, "older than what is held") {
			t.Errorf("the state says %q", b.state.Error)
		}
	})
}

func TestAStopIsObeyedWhateverTheDiskTakes(t *testing.T) {
	inBench(t, func(b *bench) {
		b.publish(b.schedule(1, 60*time.Second, "a"))
		b.until(62 * time.Second)
		b.full.Store(true)
		b.command("c1")
		b.pass(2 * time.Second)
		if heard := b.card.heard("a"); heard > 2500*time.Millisecond {
			t.Errorf("it was heard for %s", heard)
		}
		b.full.Store(false)
		b.until(2 * time.Minute)
		b.want("a", scheduler.Partial, scheduler.Stopped)
	})
}

func TestAStopCommandLeavesWhatIsToCome(t *testing.T) {
	inBench(t, func(b *bench) {
		b.publish(b.schedule(1, 60*time.Second, "a@9s", "b"))
		b.until(68 * time.Second) // b is with the mixer
		b.command("c1")
		b.until(90 * time.Second)
		b.want("a@9s", scheduler.Partial, scheduler.Stopped)
		b.want("b", scheduler.Aired, "")
	})
}

func TestACommandIsObeyedOnceAlsoAfterARestart(t *testing.T) {
	inBench(t, func(b *bench) {
		b.publish(b.schedule(1, 60*time.Second, "a", "b"))
		b.until(61 * time.Second)
		raw := b.command("c1")
		b.pass(time.Second)
		b.end()
		b.begin()
		b.until(71 * time.Second)
		b.sendRaw(devices.CommandChannel, raw)
		b.until(90 * time.Second)
		b.want("b", scheduler.Aired, "")
	})
}
