package agent

import (
	"testing"
	"time"

	"loaphuong/scheduler"
)

func TestTheCardIsLostAndComesBack(t *testing.T) {
	cases := []struct {
		name    string
		away    [2]time.Duration // from and until, after the start
		outcome scheduler.State
		reason  scheduler.Reason
	}{
		{"before the item", [2]time.Duration{40 * time.Second, 50 * time.Second}, scheduler.Aired, ""},
		{"into its time", [2]time.Duration{40 * time.Second, 65 * time.Second}, scheduler.Late, ""},
		{"between placing and start", [2]time.Duration{58 * time.Second, 65 * time.Second}, scheduler.Late, ""},
		{"past its grace", [2]time.Duration{40 * time.Second, 90 * time.Second}, scheduler.Missed, scheduler.DeviceLost},
		{"past its grace, from when it was placed", [2]time.Duration{58 * time.Second, 90 * time.Second}, scheduler.Missed, scheduler.DeviceLost},
		{"while it sounds", [2]time.Duration{62 * time.Second, 70 * time.Second}, scheduler.Partial, scheduler.DeviceLost},
		{"after it", [2]time.Duration{66 * time.Second, 70 * time.Second}, scheduler.Aired, ""},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			inBench(t, func(b *bench) {
				s := b.schedule(1, 60*time.Second, "a")
				add(&s, scheduler.Ordinary, 20*time.Second, 2*time.Minute, "later")
				b.publish(s)
				b.until(c.away[0])
				b.card.pull()
				b.until(c.away[1])
				b.card.plug()
				b.until(3 * time.Minute)
				if line := b.want("a", c.outcome, c.reason); (line.Sounded - b.card.heard("a")).Abs() > 50*time.Millisecond {
					t.Errorf("it is said to have sounded for %s and did for %s", line.Sounded, b.card.heard("a"))
				}
				b.want("later", scheduler.Aired, "")
			})
		})
	}
}
