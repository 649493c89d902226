package agent

import (
	"crypto/ed25519"
	"os"
	"strings"
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

func TestAnAgentToldToEndSaysSoAndGoesOnAfterwards(t *testing.T) {
	inBench(t, func(b *bench) {
		b.publish(b.schedule(1, 60*time.Second, "a", "b", "c"))
		b.until(62 * time.Second)
		b.end()
		b.pass(time.Second)
		if b.state.Online {
			t.Error("it did not say goodbye")
		}
		if line := b.want("a", scheduler.Partial, scheduler.AgentStopped); line.Sounded.Round(time.Second) != 2*time.Second {
			t.Errorf("a sounded for %s, want 2 s", line.Sounded)
		}
		b.until(68 * time.Second)
		b.begin()
		b.until(100 * time.Second)
		b.want("b", scheduler.Aired, "")
		b.want("c", scheduler.Aired, "")
	})
}

func TestPowerLostWhileAnItemSounds(t *testing.T) {
	inBench(t, func(b *bench) {
		b.publish(b.schedule(1, 60*time.Second, "a", "b", "c"))
		b.until(62 * time.Second)
		b.broker.Cut(string(station)) // what the old agent says from here on is lost
		after := b.path + ".power"
		if err := b.book.snapshot(after); err != nil {
			t.Fatal(err)
		}
		b.until(75 * time.Second)
		b.end()
		b.broker.Restore(string(station))
		b.path = after
		b.begin() // the disk as it was when the power went, 14 s later
		b.until(2 * time.Minute)
		b.want("a", scheduler.Partial, scheduler.PowerLost)
		b.want("b", scheduler.Late, "") // its time was 70 s, the power was back at 76 s
		b.want("c", scheduler.Aired, "")
	})
}

func TestItemsDueWhileThePowerWasOffAreMissed(t *testing.T) {
	inBench(t, func(b *bench) {
		b.publish(b.schedule(1, 60*time.Second, "a"))
		b.end()
		b.until(10 * time.Minute)
		b.begin()
		b.pass(time.Minute)
		b.want("a", scheduler.Missed, scheduler.PowerLost)
	})
}

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

func TestACommandIsObeyedOnce(t *testing.T) {
	inBench(t, func(b *bench) {
		b.publish(b.schedule(1, 60*time.Second, "a", "b"))
		b.until(61 * time.Second)
		raw := b.send(devices.CommandChannel, 1, time.Hour, devices.Command{ID: "c1", Verb: devices.StopAiring})
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

func TestALostBrokerForgetsNothingThatMatters(t *testing.T) {
	inBench(t, func(b *bench) {
		b.publish(b.schedule(1, 60*time.Second, "a"))
		b.broker.Forget()
		b.until(90 * time.Second)
		b.want("a", scheduler.Aired, "")
	})
}

func TestTwoAgentsCannotShareALogbook(t *testing.T) {
	path := t.TempDir() + "/logbook.db"
	first, err := OpenLogbook(path, time.Now())
	if err != nil {
		t.Fatal(err)
	}
	defer first.Close()
	if _, err := OpenLogbook(path, time.Now()); err == nil || !strings.Contains(err.Error(), "another agent") {
		t.Errorf("the second got %v", err)
	}
}

// snapshot copies the logbook as the disk has it now.
func (b *Logbook) snapshot(path string) error {
	tx, err := b.db.Begin(false)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	defer f.Close()
	_, err = tx.WriteTo(f)
	return err
}
