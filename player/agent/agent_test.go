package agent

import (
	"testing"
	"time"

	"loaphuong/devices"
	"loaphuong/scheduler"
)

func TestItemsAreAiredOnTimeAndReceipted(t *testing.T) {
	inBench(t, func(b *bench) {
		b.publish(b.schedule(1, 60*time.Second, "a", "b"))
		b.until(100 * time.Second)
		for i, item := range []string{"a", "b"} {
			line := b.want(item, scheduler.Aired, "")
			ended := start().Add(65*time.Second + time.Duration(i)*10*time.Second)
			if off := line.At.Sub(ended).Abs(); off > time.Millisecond || line.Sounded != 5*time.Second {
				t.Errorf("%s ended %s off and sounded for %s", item, off, line.Sounded)
			}
			if line.Evidence != scheduler.EvidenceDrained || line.Approver != "Lan" || line.Card != "silent" {
				t.Errorf("%s: %+v", item, line)
			}
		}
		if n := b.book.Waiting(); n != 0 || len(b.lines) != 6 {
			t.Errorf("%d lines wait and %d came, want 0 and 6", n, len(b.lines))
		}
		b.pass(time.Minute)
		if b.through.Before(start().Add(100 * time.Second)) {
			t.Errorf("the watermark stands at %s", b.through)
		}
	})
}

func TestWithoutALinkEverythingIsAiredAndReportedLater(t *testing.T) {
	inBench(t, func(b *bench) {
		b.publish(b.schedule(1, 60*time.Second, "a", "b", "c"))
		b.broker.Cut(string(station))
		b.until(10 * time.Minute)
		if len(b.lines) != 0 {
			t.Fatalf("%d lines came through a cut link", len(b.lines))
		}
		b.broker.Restore(string(station))
		b.pass(30 * time.Second)
		for _, item := range []string{"a", "b", "c"} {
			b.want(item, scheduler.Aired, "")
		}
	})
}

func TestLinesAreSentAgainUntilReceipted(t *testing.T) {
	inBench(t, func(b *bench) {
		b.deaf = true
		b.publish(b.schedule(1, 60*time.Second, "a"))
		b.until(3 * time.Minute)
		if n := b.book.Waiting(); n != 3 {
			t.Errorf("%d lines wait without a receipt, want 3", n)
		}
		b.mu.Lock()
		b.deaf = false
		b.mu.Unlock()
		b.pass(30 * time.Second)
		if n := b.book.Waiting(); n != 0 {
			t.Errorf("%d lines wait after the receipt", n)
		}
	})
}

func TestWhatKeepsAnItemFromTheAirIsSaid(t *testing.T) {
	cases := []struct {
		name   string
		change func(b *bench, s *devices.Schedule)
		reason scheduler.Reason
	}{
		{"the file never comes", func(b *bench, s *devices.Schedule) { b.files.withdraw("a") }, scheduler.FileAbsent},
		{"the file is damaged", func(b *bench, s *devices.Schedule) { b.files.spoil("a") }, scheduler.FileDamaged},
		{"quiet hours", func(b *bench, s *devices.Schedule) {
			s.Quiet = []scheduler.QuietHours{{From: 12 * 60, Until: 13 * 60}} // 05:01 UTC is 12:01 there
		}, scheduler.InQuietHours},
		{"the volume is 0", func(b *bench, s *devices.Schedule) { s.Volume = 0 }, scheduler.Muted},
		{"the lease is over", func(b *bench, s *devices.Schedule) { s.Lease = start().Add(30 * time.Second) }, scheduler.LeaseOver},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			inBench(t, func(b *bench) {
				s := b.schedule(1, 60*time.Second, "a")
				b.files.offer("a")
				c.change(b, &s)
				b.send(devices.ScheduleChannel, 1, time.Hour, s)
				b.until(3 * time.Minute)
				if line := b.want("a", scheduler.Missed, c.reason); line.Sounded != 0 {
					t.Errorf("it sounded for %s", line.Sounded)
				}
			})
		})
	}
}

func TestAFileThatComesWithinTheGraceIsAiredLate(t *testing.T) {
	inBench(t, func(b *bench) {
		s := b.schedule(1, 60*time.Second, "a")
		b.send(devices.ScheduleChannel, 1, time.Hour, s)
		b.until(50 * time.Second)
		b.files.mu.Lock()
		b.files.offered = nil
		b.files.mu.Unlock()
		b.until(65 * time.Second)
		d := scheduler.DigestOf([]byte("a"))
		b.files.mu.Lock()
		b.files.have[d] = []byte("a")
		b.files.mu.Unlock()
		b.until(90 * time.Second)
		b.want("a", scheduler.Late, "")
	})
}

func TestAStationThatDoesNotKnowTheTimeIsSilent(t *testing.T) {
	inBench(t, func(b *bench) {
		s := b.schedule(1, 60*time.Second, "a")
		s.Issued = time.Now().Add(365 * 24 * time.Hour) // the centre is a year ahead of this clock
		b.publish(s)
		b.until(2 * time.Minute)
		if b.state.ClockOK || len(b.ends("a")) != 0 {
			t.Errorf("clock said to be right: %t; last words: %d", b.state.ClockOK, len(b.ends("a")))
		}
	})
}

func TestALostBrokerForgetsNothingThatMatters(t *testing.T) {
	inBench(t, func(b *bench) {
		b.publish(b.schedule(1, 60*time.Second, "a"))
		b.broker.Forget()
		b.until(90 * time.Second)
		b.want("a", scheduler.Aired, "")
	})
}
