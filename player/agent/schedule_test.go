package agent

import (
	"testing"
	"time"

	"loaphuong/devices"
	"loaphuong/scheduler"
)

func TestAScheduleThatComesAfterTheTime(t *testing.T) {
	inBench(t, func(b *bench) {
		s := b.schedule(1, 60*time.Second, "a")
		b.broker.Cut(string(station))
		b.publish(s)
		b.until(2 * time.Minute)
		b.broker.Restore(string(station))
		b.pass(time.Minute)
		b.want("a", scheduler.Missed, scheduler.NotScheduled)
	})
}

func TestWhatANewerScheduleNoLongerHasIsNotAired(t *testing.T) {
	inBench(t, func(b *bench) {
		b.publish(b.schedule(1, 60*time.Second, "a"))
		b.until(30 * time.Second)
		b.publish(b.schedule(2, 60*time.Second, "b"))
		b.until(2 * time.Minute)
		b.want("b", scheduler.Aired, "")
		if len(b.ends("a")) != 0 {
			t.Error("a was withdrawn and has a last word")
		}
	})
}

func TestWhatIsDueByTheOldScheduleStaysDue(t *testing.T) {
	inBench(t, func(b *bench) {
		s := b.schedule(1, 60*time.Second, "a")
		b.publish(s)
		b.card.pull()
		b.until(65 * time.Second)
		b.publish(b.schedule(2, 3*time.Minute, "b")) // its files are others
		b.card.plug()
		b.until(2 * time.Minute)
		b.want("a", scheduler.Late, "")
	})
}

func TestARecalledItemThatHasNotBegunDoesNotBegin(t *testing.T) {
	inBench(t, func(b *bench) {
		s := b.schedule(1, 60*time.Second, "a@30s")
		add(&s, scheduler.Ordinary, time.Minute, 70*time.Second, "b") // it waits for a
		b.publish(s)
		b.until(65 * time.Second)
		s.Revision, s.Playlists, s.Issued = 2, s.Playlists[:1], time.Now()
		b.broker.Cut(string(station))
		b.publish(s)
		b.until(75 * time.Second)
		b.broker.Restore(string(station))
		b.until(3 * time.Minute)
		b.want("a@30s", scheduler.Aired, "")
		b.want("b", scheduler.Missed, scheduler.Withdrawn)
		if b.card.heard("b") != 0 {
			t.Error("b was heard")
		}
	})
}

func TestAVolumeOfZero(t *testing.T) {
	inBench(t, func(b *bench) {
		s := b.schedule(1, 60*time.Second, "a@20s", "never")
		s.Playlists = s.Playlists[:0]
		add(&s, scheduler.Ordinary, 20*time.Second, 60*time.Second, "a@20s")
		add(&s, scheduler.Ordinary, 30*time.Second, 65*time.Second, "b") // it waits for a
		add(&s, scheduler.Emergency, 20*time.Second, 90*time.Second, "alarm")
		b.publish(s)
		b.until(70 * time.Second)
		s.Revision, s.Volume, s.Issued = 2, 0, time.Now()
		b.publish(s)
		b.until(3 * time.Minute)
		if line := b.want("a@20s", scheduler.Partial, scheduler.Muted); (line.Sounded - 10*time.Second).Abs() > time.Second {
			t.Errorf("a is said to have sounded for %s", line.Sounded)
		}
		b.want("b", scheduler.Missed, scheduler.Muted)
		b.want("alarm", scheduler.Aired, "")
		if got := b.card.heard("alarm"); (got - 5*time.Second).Abs() > 100*time.Millisecond {
			t.Errorf("the alarm was heard for %s", got)
		}
	})
}

func TestAnItemThatWaitsIsNotBegunWhenItMayNot(t *testing.T) {
	cases := []struct {
		name   string
		change func(s *devices.Schedule)
		reason scheduler.Reason
	}{
		{"the lease is over", func(s *devices.Schedule) { s.Lease = start().Add(80 * time.Second) }, scheduler.LeaseOver},
		{"quiet hours begin", func(s *devices.Schedule) {
			s.Quiet = []scheduler.QuietHours{{From: 12*60 + 2, Until: 13 * 60}} // 05:02 UTC is 12:02 there
		}, scheduler.InQuietHours},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			inBench(t, func(b *bench) {
				s := b.schedule(1, 60*time.Second, "a@58s")
				add(&s, scheduler.Ordinary, 10*time.Minute, 70*time.Second, "b") // it waits for a
				c.change(&s)
				b.files.offer("a@58s")
				b.files.offer("b")
				b.send(devices.ScheduleChannel, 1, time.Hour, s)
				b.until(5 * time.Minute)
				b.want("a@58s", scheduler.Aired, "")
				b.want("b", scheduler.Missed, c.reason)
			})
		})
	}
}

func TestTwoItemsAtOnce(t *testing.T) {
	inBench(t, func(b *bench) {
		s := b.schedule(1, 60*time.Second, "long@90s")
		add(&s, scheduler.Ordinary, 20*time.Second, 65*time.Second, "same")
		add(&s, scheduler.Priority, 20*time.Second, 100*time.Second, "higher@20s")
		add(&s, scheduler.Ordinary, time.Minute, 101*time.Second, "next")
		s.Playlists = append(s.Playlists, s.Playlists[3]) // the same one twice
		b.publish(s)
		b.until(5 * time.Minute)
		b.want("long@90s", scheduler.Aired, "") // interrupted, it goes on, before what waits
		b.want("same", scheduler.Missed, scheduler.CardBusy)
		b.want("higher@20s", scheduler.Aired, "")
		b.want("next", scheduler.Missed, scheduler.CardBusy)
	})
}
