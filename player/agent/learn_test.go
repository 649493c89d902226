package agent

import (
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"loaphuong/devices"
	"loaphuong/scheduler"
)

// sinceEpoch is how far the clock of a machine is behind that begins at the
// epoch of its makers at each boot, here that of the bubbles of fake time.
func sinceEpoch() time.Duration {
	return start().Sub(time.Date(2000, 1, 1, 0, 0, 0, 0, time.UTC)) - time.Minute
}

// onTime checks that an item was first heard on its instant, by true time.
func (b *bench) onTime(item string, at time.Duration) {
	b.t.Helper()
	first := b.card.first(item)
	if off := first.Add(b.time.behind).Sub(start().Add(at)); first.IsZero() || off.Abs() > 2*time.Millisecond {
		b.t.Errorf("%s was heard %s off", item, off)
	}
}

// of are the lines of a kind that the centre has, in order.
func (b *bench) of(kind scheduler.AsRunKind) (lines []scheduler.AsRun) {
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, line := range (&life{bench: b}).inOrder() {
		if line.Kind == kind {
			lines = append(lines, line)
		}
	}
	return lines
}

func TestAMachineThatDoesNotKnowTheTimeLearnsIt(t *testing.T) {
	cases := []struct {
		name   string
		behind time.Duration
		doubt  string
	}{
		{"it began at its epoch", sinceEpoch(), "it has no battery"},
		{"it began at its epoch, and nobody told", sinceEpoch(), ""}, // the schedule was signed after that
		{"it is three hours ahead and doubted", -3 * time.Hour, "it has no battery"},
		{"it is right and doubted", 0, "it has no battery"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			inBenchBehind(t, c.behind, func(b *bench) {
				b.time.doubt = c.doubt
				b.reboot()
				b.begin()
				s := b.schedule(1, 30*time.Second, "before") // its grace is over when the time is learnt
				add(&s, scheduler.Ordinary, 10*time.Second, 90*time.Second, "a")
				b.publish(s)
				b.until(60 * time.Second)
				if b.card.any() != 0 || b.state.ClockOK || !b.through.IsZero() {
					t.Errorf("heard %s; its clock is right: %t; it speaks for all before %s", b.card.any(), b.state.ClockOK, b.through)
				}
				b.teach(0)
				b.until(3 * time.Minute)
				b.want("before", scheduler.Missed, scheduler.ClockInvalid)
				line := b.want("a", scheduler.Aired, "")
				b.onTime("a", 90*time.Second)
				if off := line.At.Sub(start().Add(95 * time.Second)); off.Abs() > time.Millisecond {
					t.Errorf("its end is said %s off", off)
				}
				if c := line.Clock; c.Source != "centre" || c.Uncertainty < 20*time.Millisecond || (c.Offset-b.time.behind).Abs() > time.Millisecond {
					t.Errorf("the line says of the clock %+v", c)
				}
				if told := b.state.Clock; !b.state.ClockOK || told.Source != "centre" || told.Synced.Sub(start().Add(time.Minute)).Abs() > time.Second {
					t.Errorf("the state says of the clock %+v", told)
				}
			})
		})
	}
}

func TestLinesFromBeforeTheTimeWasLearntCanBeTimed(t *testing.T) {
	inBenchBehind(t, -90*time.Second, func(b *bench) {
		b.publish(b.schedule(1, 5*time.Minute, "a@30s"))
		b.until(4 * time.Minute) // it began half a minute ago, by this clock 90 s later
		b.teach(0)
		b.until(10 * time.Minute)
		clocks, starts := b.of(scheduler.AsRunClock), b.of(scheduler.AsRunStart)
		if len(clocks) != 1 || len(starts) != 1 {
			t.Fatalf("%d clock lines and %d starts", len(clocks), len(starts))
		}
		if starts[0].Clock.Known() || starts[0].Clock.Boot != clocks[0].Clock.Boot {
			t.Errorf("the start says of the clock %+v, the clock line %+v", starts[0].Clock, clocks[0].Clock)
		}
		truly := clocks[0].Clock.At(clocks[0].At, starts[0].Clock)
		if heard := b.card.first("a@30s").Add(b.time.behind); truly.Sub(heard).Abs() > 100*time.Millisecond {
			t.Errorf("its start is worked out as %s, and was heard at %s", truly, heard)
		}
	})
}

func TestTheClockLineIsWrittenOncePerBootAndOnCorrections(t *testing.T) {
	inBench(t, func(b *bench) {
		b.publish(b.schedule(1, time.Hour, "a"))
		want := func(n int, what string) {
			t.Helper()
			b.pass(time.Minute)
			if got := len(b.of(scheduler.AsRunClock)); got != n {
				t.Errorf("%s: %d clock lines, want %d", what, got, n)
			}
		}
		want(0, "before")
		b.teach(0)
		want(1, "the time is learnt")
		for range 30 {
			b.teach(100 * time.Millisecond)
			b.pass(time.Minute)
		}
		want(1, "it is learnt again and again")
		b.teach(-5 * time.Second)
		want(2, "it was off by 5 s")
		b.teach(-4 * time.Second)
		want(2, "it was off by a second")
		b.end()
		b.begin()
		b.teach(-4 * time.Second)
		want(2, "a restart in the same boot")
		b.reboot()
		b.begin()
		b.teach(0)
		want(3, "another boot")
	})
}

func TestWhatWasLearntIsKnownAfterARestartInTheSameBoot(t *testing.T) {
	for _, how := range []string{"told to end", "power cut of the agent alone", "another boot"} {
		t.Run(how, func(t *testing.T) {
			inBenchBehind(t, sinceEpoch(), func(b *bench) {
				b.publish(b.schedule(1, 60*time.Second, "a"))
				b.teach(0)
				b.until(30 * time.Second)
				switch how {
				case "told to end":
					b.end()
				case "another boot":
					b.reboot()
				default:
					b.powerCut()
				}
				b.until(40 * time.Second)
				b.begin()
				b.until(2 * time.Minute)
				if how == "another boot" {
					if b.card.any() != 0 || b.state.ClockOK {
						t.Errorf("it was heard for %s; its clock is right: %t", b.card.any(), b.state.ClockOK)
					}
					return
				}
				b.want("a", scheduler.Aired, "")
				b.onTime("a", 60*time.Second)
			})
		})
	}
}

func TestABootWithoutANameIsNoBootBefore(t *testing.T) {
	inBench(t, func(b *bench) {
		if err := b.book.KeepTime("", b.estimate(0)); err != nil {
			t.Fatal(err)
		}
		if e, err := b.book.Time(""); err != nil || e.Source != "" {
			t.Errorf("what was learnt is %+v: %v", e, err)
		}
	})
}

// TestTheTimeLearntLeaps: what lies between is aired late within its grace, and
// otherwise missed for the clock's sake; nothing is aired twice.
func TestTheTimeLearntLeaps(t *testing.T) {
	cases := []struct {
		name    string
		at      time.Duration // when it is learnt
		behind  time.Duration // the clock until then
		outcome scheduler.State
		reason  scheduler.Reason
	}{
		{"over it, within its grace", 70 * time.Second, 40 * time.Second, scheduler.Late, ""},
		{"over it and its grace", 100 * time.Second, 60 * time.Second, scheduler.Missed, scheduler.ClockInvalid},
		{"past it while it waits at the mixer", 69 * time.Second, 11 * time.Second, scheduler.Late, ""},
		{"past its grace while it waits at the mixer", 99 * time.Second, 41 * time.Second, scheduler.Missed, scheduler.ClockInvalid},
		{"back before it while it waits at the mixer", 28 * time.Second, -30 * time.Second, scheduler.Aired, ""},
		{"back before it after it", 40 * time.Second, -50 * time.Second, scheduler.Aired, ""}, // aired too soon, and not once more
		{"back before it while it sounds", 22 * time.Second, -40 * time.Second, scheduler.Aired, ""},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			inBenchBehind(t, c.behind, func(b *bench) {
				s := b.schedule(1, 60*time.Second, "a")
				s.Issued = start().Add(-4 * time.Hour).Add(-time.Minute)
				add(&s, scheduler.Ordinary, 10*time.Second, 10*time.Minute, "later")
				b.publish(s)
				b.until(c.at)
				b.teach(0)
				b.until(12 * time.Minute)
				b.want("a", c.outcome, c.reason)
				b.want("later", scheduler.Aired, "")
				b.onTime("later", 10*time.Minute)
				if heard := b.card.heard("a"); heard > 5*time.Second+50*time.Millisecond {
					t.Errorf("it was heard for %s", heard)
				}
			})
		})
	}
}

// TestATimeThatGoesBackByHoursRepeatsNothing: a clock that was ahead has aired
// too soon, and what it aired is not aired once more.
func TestATimeThatGoesBackByHoursRepeatsNothing(t *testing.T) {
	inBenchBehind(t, -3*time.Hour, func(b *bench) {
		b.publish(b.schedule(1, 3*time.Hour+60*time.Second, "a", "b"))
		b.until(67 * time.Second)
		b.teach(0)
		b.until(3*time.Hour + 5*time.Minute)
		b.want("a", scheduler.Aired, "")
		b.want("b", scheduler.Aired, "")
		b.onTime("b", 3*time.Hour+70*time.Second)
		if heard := b.card.heard("a"); heard > 5*time.Second+50*time.Millisecond {
			t.Errorf("it was heard for %s", heard)
		}
	})
}

// TestAScheduleThatAWrongClockRefused: by a clock that is hours behind, what the
// centre signs is not valid yet.
func TestAScheduleThatAWrongClockRefused(t *testing.T) {
	inBenchBehind(t, 3*time.Hour, func(b *bench) {
		s := b.schedule(1, 90*time.Second, "a")
		b.publish(s)
		b.mu.Lock()
		b.pushy = b.send(devices.ScheduleChannel, 1, time.Hour, s) // the centre sends it to a station that lacks it
		b.mu.Unlock()
		b.until(60 * time.Second)
		b.teach(0)
		b.until(3 * time.Minute)
		b.want("a", scheduler.Aired, "")
		b.onTime("a", 90*time.Second)
	})
}

// TestTheCentreHearsFromAStationWhoseTimeWentBack: what is sent is paced by a
// clock that may have been hours ahead.
func TestTheCentreHearsFromAStationWhoseTimeWentBack(t *testing.T) {
	inBenchBehind(t, -3*time.Hour, func(b *bench) {
		b.hear(false)
		b.publish(b.schedule(1, -150*time.Minute, "a")) // by this clock it is past, and a line waits for its receipt
		b.until(30 * time.Second)
		b.teach(0)
		b.hear(true)
		states, _ := b.during(func() { b.pass(2 * time.Minute) })
		if waits := b.book.Waiting(); states < 3 || waits != 0 {
			t.Errorf("%d states in two minutes, and %d lines wait", states, waits)
		}
		if behind := b.now().Sub(b.through); behind.Abs() > time.Minute {
			t.Errorf("the watermark is %s behind", behind)
		}
	})
}

// learns has the desk's agent learn the time, as wrong as it is told.
func (d *desk) learns(truly time.Time) {
	e := d.estimate(0)
	e.Steady, e.At = d.mono, truly
	d.a.tookTime(e, d.wall)
}

// lives lets time pass as for an agent that has learnt it.
func (d *desk) lives(span time.Duration) {
	for ; span > 0; span -= time.Second {
		d.wall, d.mono = d.wall.Add(time.Second), d.mono+time.Second
		d.a.look(d.a.clock.now(d.wall))
	}
}

// TestAClockSetAfterTheTimeWasLearntChangesNothing: seconds, hours or years, to
// and fro.
func TestAClockSetAfterTheTimeWasLearntChangesNothing(t *testing.T) {
	for _, by := range []time.Duration{3 * time.Second, -3 * time.Second, 3 * time.Hour, -3 * time.Hour, 20 * year, -20 * year} {
		t.Run(by.String(), func(t *testing.T) {
			atDesk(t, func(d *desk) {
				truth := d.wall
				s := d.schedule(1, 60*time.Second, "a")
				add(&s, scheduler.Ordinary, 20*time.Second, 2*time.Minute, "b")
				d.give(s)
				d.learns(truth)
				d.lives(20 * time.Second)
				d.wall = d.wall.Add(by)
				d.lives(time.Minute - 20*time.Second - truth.Sub(start()))
				if now := d.a.clock.now(d.wall); now.Sub(start().Add(time.Minute)).Abs() > time.Second || !d.a.clock.valid(now) {
					t.Errorf("it is %s by the station, and its clock is right: %t", now, d.a.clock.valid(now))
				}
				d.wall = d.wall.Add(-2 * by)
				d.lives(2 * time.Second)
				if !d.atMixer("a") || d.atMixer("b") {
					t.Error("a is not with the mixer, or b is")
				}
				if n := len(d.outcomes("a")) + len(d.outcomes("b")); n != 0 {
					t.Errorf("%d of them were closed", n)
				}
			})
		})
	}
}

// atMixer reports whether an item is with the mixer.
func (d *desk) atMixer(item string) bool {
	for _, p := range d.a.pending {
		if p.Title == item {
			return p.placed
		}
	}
	return false
}

func TestStepsTakeUpTheTimeThatWasLearntInTheSameBoot(t *testing.T) {
	inSteps(t, func(s *stepped) {
		e := s.estimate(0)
		e.Steady, e.At = 0, s.now
		if err := s.book.KeepTime("one", e); err != nil {
			t.Fatal(err)
		}
		if got, err := s.book.Time("one"); err != nil || got.Source != "centre" || !got.At.Equal(s.now) {
			t.Errorf("what was learnt is %+v: %v", got, err)
		}
		if got, err := s.book.Time("two"); err != nil || got.Source != "" {
			t.Errorf("in another boot it is %+v: %v", got, err)
		}
	})
}

// TestALinkThatComesUpAsksForTheTime: what was known may be old by then.
func TestALinkThatComesUpAsksForTheTime(t *testing.T) {
	inBench(t, func(b *bench) {
		synctest.Wait()
		for len(b.agent.nudge) > 0 {
			<-b.agent.nudge
		}
		b.broker.Cut(string(station))
		b.pass(time.Second)
		b.broker.Restore(string(station))
		b.pass(time.Minute)
		if len(b.agent.nudge) != 1 {
			t.Errorf("%d nudges", len(b.agent.nudge))
		}
	})
}

func TestWhatCannotBeWrittenOfTheTimeIsLearntAllTheSame(t *testing.T) {
	inBenchBehind(t, sinceEpoch(), func(b *bench) {
		b.publish(b.schedule(1, 60*time.Second, "a"))
		b.full.Store(true)
		b.teach(0)
		b.full.Store(false)
		b.until(2 * time.Minute)
		b.want("a", scheduler.Aired, "")
		if len(b.of(scheduler.AsRunClock)) != 1 {
			t.Error("the clock line was not written later")
		}
		if lines := b.of(scheduler.AsRunEnd); !slices.ContainsFunc(lines, func(l scheduler.AsRun) bool { return l.Clock.Known() }) {
			t.Error("the lines say nothing of the clock")
		}
	})
}
