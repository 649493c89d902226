package agent

import (
	"crypto/ed25519"
	"strings"
	"testing"
	"time"

	"loaphuong/devices"
	"loaphuong/scheduler"
)

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
		b.powerCut()
		b.until(75 * time.Second)
		b.begin()
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

func TestAnItemThatWaitedForAnotherIsAiredAfterARestart(t *testing.T) {
	for _, how := range []string{"told to end", "power cut"} {
		t.Run(how, func(t *testing.T) {
			inBench(t, func(b *bench) {
				s := b.schedule(1, 60*time.Second, "a@8s")
				add(&s, scheduler.Ordinary, 20*time.Second, 62*time.Second, "b") // it waits for a
				b.publish(s)
				b.until(65 * time.Second)
				if how == "power cut" {
					b.powerCut()
				} else {
					b.end()
				}
				b.begin()
				b.until(2 * time.Minute)
				b.want("b", scheduler.Late, "")
			})
		})
	}
}

func TestWhatWasIntendedAndThenWithdrawnHasALastWord(t *testing.T) {
	inBench(t, func(b *bench) {
		b.publish(b.schedule(1, 60*time.Second, "a"))
		b.until(58 * time.Second) // the intent is written
		b.end()
		b.send(devices.ScheduleChannel, 2, time.Hour, b.schedule(2, 3*time.Minute, "b"))
		b.begin()
		b.until(2 * time.Minute)
		b.want("a", scheduler.Missed, scheduler.Withdrawn)
	})
}

func TestAScheduleOnDiskThatNoLongerOpens(t *testing.T) {
	inBench(t, func(b *bench) {
		b.publish(b.schedule(1, 60*time.Second, "a", "b"))
		b.until(58 * time.Second)
		b.end()
		_, b.key, _ = ed25519.GenerateKey(nil) // the station was enrolled anew
		b.broker.Forget()
		b.begin()
		b.until(2 * time.Minute)
		b.want("a", scheduler.Missed, scheduler.Withdrawn) // it was announced
		if b.state.Revision != 0 || !strings.Contains(b.state.Error, "on disk is not valid") {
			t.Errorf("revision %d, error %q", b.state.Revision, b.state.Error)
		}
		b.publish(b.schedule(2, 3*time.Minute, "c"))
		b.until(4 * time.Minute)
		b.want("c", scheduler.Aired, "")
	})
}

func TestWhatTheOldScheduleHadDueIsClosedByTheNextRun(t *testing.T) {
	inBench(t, func(b *bench) {
		s := b.schedule(1, 60*time.Second, "a")
		b.send(devices.ScheduleChannel, 1, time.Hour, s) // its file is not there
		b.until(65 * time.Second)
		b.publish(b.schedule(2, 3*time.Minute, "b"))
		b.powerCut()
		b.begin()
		b.until(5 * time.Minute)
		b.want("a", scheduler.Missed, scheduler.PowerLost)
		b.want("b", scheduler.Aired, "")
	})
}

func TestThePowerGoesJustAfterAScheduleThatCameLate(t *testing.T) {
	inBench(t, func(b *bench) {
		b.publish(b.schedule(1, 3*time.Minute, "b"))
		s := b.schedule(2, 3*time.Minute, "b")
		add(&s, scheduler.Ordinary, 10*time.Minute, 30*time.Second, "a") // its file is not there
		b.broker.Cut(string(station))
		b.send(devices.ScheduleChannel, 2, time.Hour, s)
		b.until(90 * time.Second)
		b.broker.Restore(string(station))
		b.pass(time.Second)
		b.powerCut()
		b.begin()
		b.until(20 * time.Minute)
		b.want("a", scheduler.Missed, scheduler.FileAbsent)
	})
}

func TestAnAgentEndsSoonWhateverIsStuck(t *testing.T) {
	cases := []struct {
		name    string
		trouble func(b *bench)
	}{
		{"nothing", func(b *bench) {}},
		{"the card takes 2 s to end", func(b *bench) { b.card.hang(2 * time.Second) }},
		{"the card is lost", func(b *bench) { b.card.pull() }},
		{"the link is stuck", func(b *bench) { b.link.block(true) }},
		{"the link is cut", func(b *bench) { b.broker.Cut(string(station)) }},
		{"the disk is full", func(b *bench) { b.full.Store(true) }},
		{"the centre floods", func(b *bench) {
			for range 500 {
				b.send(devices.ReceiptChannel, 1, time.Hour, devices.Receipt{Log: "none"})
			}
		}},
	}
	for _, c := range cases {
		for _, at := range []time.Duration{59, 62, 90} { // before, while and long after an item sounds
			t.Run(c.name, func(t *testing.T) {
				inBench(t, func(b *bench) {
					b.publish(b.schedule(1, 60*time.Second, "a"))
					b.until(at * time.Second)
					c.trouble(b)
					b.end() // it complains of more than 5 s
					b.full.Store(false)
					b.broker.Restore(string(station))
					b.card.plug()
					b.begin()
					b.until(2 * time.Minute)
					if len(b.ends("a")) != 1 {
						t.Errorf("a has no last word after an end at %d s", at)
					}
				})
			})
		}
	}
}

func TestABeginningThatTheDiskRefusedIsWrittenLater(t *testing.T) {
	inBench(t, func(b *bench) {
		b.publish(b.schedule(1, 60*time.Second, "a@30s"))
		b.until(59 * time.Second)
		b.full.Store(true)
		b.until(62 * time.Second)
		b.full.Store(false)
		b.until(70 * time.Second)
		b.powerCut()
		b.begin()
		b.until(3 * time.Minute)
		b.want("a@30s", scheduler.Partial, scheduler.PowerLost)
		if heard := b.card.heard("a@30s"); heard > 11*time.Second {
			t.Errorf("it was heard for %s", heard)
		}
	})
}

func TestADiskThatIsFullAtTheStart(t *testing.T) {
	inBench(t, func(b *bench) {
		b.publish(b.schedule(1, 60*time.Second, "a@8s", "b"))
		b.until(65 * time.Second)
		b.powerCut()
		b.full.Store(true)
		b.begin()
		b.until(72 * time.Second)
		b.full.Store(false)
		b.until(2 * time.Minute)
		b.want("a@8s", scheduler.Partial, scheduler.PowerLost)
		b.want("b", scheduler.Late, "")
	})
}

// TestADiskThatTakesNothingAroundABeginning: whatever the disk keeps of it,
// nothing begins twice.
func TestADiskThatTakesNothingAroundABeginning(t *testing.T) {
	for name, c := range map[string]struct {
		full    time.Duration // from when on the disk takes nothing
		cut     bool          // whether the power goes while it does
		outcome scheduler.State
		reason  scheduler.Reason
	}{
		"before it is committed":               {58 * time.Second, false, scheduler.Late, ""},
		"before it is committed, and no power": {58 * time.Second, true, scheduler.Late, ""},
		"after that":                           {60*time.Second - 300*time.Millisecond, false, scheduler.Aired, ""},
		"after that, and no power":             {60*time.Second - 300*time.Millisecond, true, scheduler.Missed, scheduler.PowerLost},
	} {
		t.Run(name, func(t *testing.T) {
			inBench(t, func(b *bench) {
				b.publish(b.schedule(1, 60*time.Second, "a")) // with a grace of 20 s
				b.until(c.full)
				b.full.Store(true)
				b.until(63 * time.Second)
				if c.cut {
					b.powerCut()
				}
				b.full.Store(false)
				if c.cut {
					b.begin()
				}
				b.until(2 * time.Minute)
				b.want("a", c.outcome, c.reason)
				if heard := b.card.heard("a"); heard > 5*time.Second+50*time.Millisecond {
					t.Errorf("it was heard for %s", heard)
				}
			})
		})
	}
}
