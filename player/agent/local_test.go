package agent

import (
	"errors"
	"strings"
	"testing"
	"time"

	"go.etcd.io/bbolt"

	"loaphuong/devices"
	"loaphuong/player/localpage"
	"loaphuong/scheduler"
)

// tam is who stands in front of the station.
const tam = "Tám"

func (b *bench) operator() Operator { return Operator{b.agent} }

// asks asks something of the agent that it must do.
func (b *bench) asks(err error) {
	b.t.Helper()
	if err != nil {
		b.t.Error(err)
	}
}

func TestAStopAtTheStation(t *testing.T) {
	inBench(t, func(b *bench) {
		s := b.schedule(1, 60*time.Second, "a@20s")
		add(&s, scheduler.Ordinary, time.Minute, 65*time.Second, "waits")
		add(&s, scheduler.Ordinary, time.Minute, 72*time.Second, "to-come")
		b.publish(s)
		b.until(70 * time.Second)
		b.asks(b.operator().Stop(tam))
		b.until(3 * time.Minute)
		line := b.want("a@20s", scheduler.Partial, scheduler.Stopped)
		near(t, "it is said to have sounded", line.Sounded, 10*time.Second)
		if !strings.Contains(line.Detail, tam) {
			t.Errorf("the log does not say who: %s", line.Detail)
		}
		b.want("waits", scheduler.Missed, scheduler.Stopped)
		b.want("to-come", scheduler.Aired, "")
	})
}

func TestTheVolumeSetAtTheStation(t *testing.T) {
	cases := []struct {
		name string
		then func(b *bench, s *devices.Schedule)
		want int
	}{
		{"holds", func(*bench, *devices.Schedule) {}, 30},
		{"holds when the centre publishes the same as before", func(b *bench, s *devices.Schedule) { b.publish(*s) }, 30},
		{"holds after a restart", func(b *bench, _ *devices.Schedule) { b.end(); b.begin() }, 30},
		{"holds after a power cut", func(b *bench, _ *devices.Schedule) { b.reboot(); b.begin() }, 30},
		{"gives way to another of the centre's", func(b *bench, s *devices.Schedule) { s.Volume = 70; b.publish(*s) }, 70},
		{"gives way to the next one set", func(b *bench, _ *devices.Schedule) { b.asks(b.operator().SetVolume(55, tam)) }, 55},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			inBench(t, func(b *bench) {
				s := b.schedule(1, 90*time.Second, "a")
				b.publish(s)
				b.asks(b.operator().SetVolume(30, tam))
				s.Revision, s.Issued = 2, b.now()
				b.pass(2 * time.Second)
				c.then(b, &s)
				b.pass(2 * time.Second)
				if v := b.operator().View(); v.Volume != c.want || b.state.Volume != c.want {
					t.Errorf("the volume is %d, and the centre is told %d, want %d", v.Volume, b.state.Volume, c.want)
				}
				b.until(2 * time.Minute)
				b.want("a", scheduler.Aired, "")
				b.atLevel("a", float32(c.want)/100)
			})
		})
	}
}

// atLevel checks that nothing sounded but an item, and that at a share of its level.
func (b *bench) atLevel(item string, share float32) {
	b.t.Helper()
	b.card.mu.Lock()
	defer b.card.mu.Unlock()
	for level := range b.card.began {
		if off := level/levelOf([]byte(item)) - share; off > 1e-5 || off < -1e-5 {
			b.t.Errorf("%s sounded at %v of its level, want %v", item, level/levelOf([]byte(item)), share)
		}
	}
}

func TestAVolumeThatIsNoneIsRefused(t *testing.T) {
	inBench(t, func(b *bench) {
		for _, percent := range []int{-1, 101, 1 << 40} {
			if err := b.operator().SetVolume(percent, tam); err == nil {
				t.Errorf("%d is taken", percent)
			}
		}
	})
}

func TestAtVolumeZeroEmergenciesAloneAreHeard(t *testing.T) {
	inBench(t, func(b *bench) {
		s := b.schedule(1, 60*time.Second, "a@20s")
		add(&s, scheduler.Priority, 20*time.Second, 90*time.Second, "priority")
		add(&s, scheduler.Emergency, 20*time.Second, 2*time.Minute, "alarm@10s")
		add(&s, scheduler.Ordinary, 20*time.Second, 3*time.Minute, "again")
		b.publish(s)
		b.until(70 * time.Second)
		b.asks(b.operator().SetVolume(0, tam))
		b.until(150 * time.Second)
		near(t, "a is said to have sounded", b.want("a@20s", scheduler.Partial, scheduler.Muted).Sounded, 10*time.Second)
		b.want("priority", scheduler.Missed, scheduler.Muted)
		b.want("alarm@10s", scheduler.Aired, "")
		near(t, "the alarm was heard at full volume", b.card.heard("alarm@10s"), 10*time.Second)
		b.asks(b.operator().SetVolume(100, tam))
		b.until(4 * time.Minute)
		b.want("again", scheduler.Aired, "")
	})
}

// TestAnEmergencyIsAsLoudHoweverLowTheStationIsSet, and what is at 0 dB is at
// full level.
func TestAnEmergencyIsAsLoudHoweverLowTheStationIsSet(t *testing.T) {
	for _, volume := range []int{0, 1, 30, 100} {
		inBench(t, func(b *bench) {
			s := b.schedule(1, time.Hour, "a")
			add(&s, scheduler.Emergency, 20*time.Second, time.Minute, "alarm")
			b.publish(s)
			b.asks(b.operator().SetVolume(volume, tam))
			b.until(90 * time.Second)
			b.want("alarm", scheduler.Aired, "")
			b.atLevel("alarm", 1)
		})
	}
}

// collision is a schedule of two priority playlists for the same time.
func (b *bench) collision() devices.Schedule {
	s := b.schedule(1, time.Hour, "later")
	s.Playlists = s.Playlists[:0]
	add(&s, scheduler.Priority, 2*time.Minute, 60*time.Second, "x@20s")
	add(&s, scheduler.Priority, 2*time.Minute, 60*time.Second, "y@20s")
	return s
}

func TestTheCommuneDecidesTheOrderOfPriorityItems(t *testing.T) {
	for n, items := range [][2]string{{"x@20s", "y@20s"}, {"y@20s", "x@20s"}} {
		for _, then := range []string{"goes on", "restarts", "loses its power", "gets a newer schedule"} {
			t.Run(items[0]+" first, and the station "+then, func(t *testing.T) {
				inBench(t, func(b *bench) {
					s := b.collision()
					b.publish(s)
					b.asks(b.operator().First(string(s.Playlists[n].ID)))
					switch then {
					case "restarts":
						b.end()
						b.begin()
					case "loses its power":
						b.reboot()
						b.begin()
					case "gets a newer schedule":
						s.Revision, s.Issued = 2, b.now()
						b.publish(s)
					}
					if all := b.operator().View().Collisions; len(all) != 1 || len(all[0].Slots) != 2 || all[0].Slots[0].Title != items[0] {
						t.Errorf("the page says %+v", all)
					}
					b.until(3 * time.Minute)
					b.want(items[0], scheduler.Aired, "")
					b.want(items[1], scheduler.Late, "")
				})
			})
		}
	}
}

func TestOfThreeThatCollideTheLastNamedGoesFirst(t *testing.T) {
	inBench(t, func(b *bench) {
		s := b.collision()
		add(&s, scheduler.Priority, 2*time.Minute, 60*time.Second, "z@20s")
		b.publish(s)
		for _, n := range []int{1, 0, 2} {
			b.asks(b.operator().First(string(s.Playlists[n].ID)))
		}
		b.until(3 * time.Minute)
		z, x, y := b.card.first("z@20s"), b.card.first("x@20s"), b.card.first("y@20s")
		if !z.Before(x) || !x.Before(y) {
			t.Errorf("z began at %s, x at %s, y at %s", z, x, y)
		}
		if err := b.operator().First("none"); err == nil {
			t.Error("a playlist that is not there goes first")
		}
	})
}

func TestTheSoundCheck(t *testing.T) {
	cases := []struct {
		name    string
		at      time.Duration // an item of 20 s begins after 60 s
		change  func(b *bench)
		refused string
	}{
		{"long before", 10 * time.Second, func(*bench) {}, ""},
		{"just before", 45 * time.Second, func(*bench) {}, "about to be"},
		{"with the item at the mixer", 58 * time.Second, func(*bench) {}, "about to be"},
		{"while the item sounds", 70 * time.Second, func(*bench) {}, "on air"},
		{"after it", 90 * time.Second, func(*bench) {}, ""},
		{"before any schedule", 0, func(*bench) {}, ""},
		{"without a card", 10 * time.Second, func(b *bench) { b.card.pull(); b.pass(time.Second) }, "card"},
		{"at volume 0", 10 * time.Second, func(b *bench) { b.asks(b.operator().SetVolume(0, tam)) }, "volume"},
		{"twice at once", 10 * time.Second, func(b *bench) { b.asks(b.operator().SoundCheck()); b.pass(time.Second) }, "on air"},
		{"twice in turn", 10 * time.Second, func(b *bench) { b.asks(b.operator().SoundCheck()); b.pass(5 * time.Second) }, ""},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			inBench(t, func(b *bench) {
				if c.at > 0 {
					b.publish(b.schedule(1, 60*time.Second, "a@20s"))
					b.until(c.at)
				}
				c.change(b)
				before := b.card.any()
				err := b.operator().SoundCheck()
				if (err == nil) != (c.refused == "") || err != nil && !strings.Contains(err.Error(), c.refused) {
					t.Errorf("it is answered %v, want %q", err, c.refused)
				}
				if c.refused == "" {
					b.pass(5 * time.Second)
					near(t, "it sounded", (b.card.any() - before).Round(time.Second), checkLength)
				}
				b.card.plug()
				if lines := len(b.of(scheduler.AsRunFill)); lines != 0 {
					t.Errorf("%d lines about it", lines)
				}
			})
		})
	}
}

func TestTheViewIsTrue(t *testing.T) {
	inBench(t, func(b *bench) {
		if v := b.operator().View(); v.Revision != 0 || v.OnAir != nil || len(v.Next) != 0 || !v.Linked || v.Station != string(station) {
			t.Errorf("before the first schedule: %+v", v)
		}
		s := b.schedule(1, 60*time.Second, "a@20s")
		add(&s, scheduler.Ordinary, 20*time.Second, 2*time.Minute, "absent")
		b.files.offer("a@20s")
		b.without(s)
		v := b.operator().View()
		if v.Revision != 1 || len(v.Next) != 2 || !v.Next[0].Ready || v.Next[1].Ready || v.Next[1].Why != string(scheduler.FileAbsent) || v.Files != 2 || v.Missing != 1 {
			t.Errorf("before its time: %+v", v)
		}
		b.until(70 * time.Second)
		v = b.operator().View()
		if v.OnAir == nil || v.OnAir.Title != "a@20s" || len(v.Next) != 1 {
			t.Fatalf("while it sounds: %+v", v)
		}
		near(t, "it has sounded", v.OnAir.Heard, 10*time.Second)
		b.broker.Cut(string(station))
		b.card.pull()
		b.pass(time.Second)
		for _, kind := range []string{"link", "card", "files"} {
			if !b.complains(kind) {
				t.Errorf("the view has nothing about the %s", kind)
			}
		}
		b.card.plug()
		b.broker.Restore(string(station))
		b.until(5 * time.Minute)
		if v := b.operator().View(); len(v.Next) != 0 || v.OnAir != nil || v.Outbox != 0 || v.LastHeard.IsZero() {
			t.Errorf("afterwards: %+v", v)
		}
	})
}

// complains reports whether the view has a problem of a kind.
func (b *bench) complains(kind string) bool {
	for _, p := range b.operator().View().Problems {
		if p.Kind == kind {
			return true
		}
	}
	return false
}

// TestAViewOfADutyThatIsStuck: a disk that neither writes nor fails holds it up.
func TestAViewOfADutyThatIsStuck(t *testing.T) {
	inBench(t, func(b *bench) {
		b.publish(b.schedule(1, 60*time.Second, "a"))
		b.until(50 * time.Second)
		free := make(chan struct{})
		write := b.book.update
		b.book.update = func(f func(*bbolt.Tx) error) error {
			<-free
			return write(f)
		}
		b.until(62 * time.Second) // the intent is not written
		if v := b.operator().View(); len(v.Problems) != 1 || v.Problems[0].Kind != "disk" || v.Station != string(station) {
			t.Errorf("%+v", v)
		}
		if _, err := b.operator().Log(start()); !errors.Is(err, errBusy) {
			t.Errorf("the log: %v", err)
		}
		if err := b.operator().Stop(tam); !errors.Is(err, errBusy) {
			t.Errorf("a stop: %v", err)
		}
		close(free)
		b.pass(time.Second)
		if v := b.operator().View(); len(v.Problems) != 0 {
			t.Errorf("once it goes on: %+v", v.Problems)
		}
		b.until(3 * time.Minute)
		b.want("a", scheduler.Late, "")
	})
}

func TestAViewOfAnAgentThatHasEnded(t *testing.T) {
	inBench(t, func(b *bench) {
		o := b.operator()
		b.end()
		told := time.Now()
		if v := o.View(); len(v.Problems) == 0 || time.Since(told) > 0 {
			t.Errorf("%+v, after %s", v, time.Since(told))
		}
	})
}

func TestTheLogIsTrue(t *testing.T) {
	midnight := time.Date(2026, 11, 22, 17, 0, 0, 0, time.UTC) // in Hà Nội
	inBench(t, func(b *bench) {
		log := func(day time.Time) []localpage.Line {
			lines, err := b.operator().Log(day)
			b.asks(err)
			return lines
		}
		if lines := log(midnight); len(lines) != 0 {
			t.Errorf("before the first schedule: %+v", lines)
		}
		s := b.schedule(1, 60*time.Second, "a", "absent", "c@20s")
		s.Playlists[0].Entries[1].Digest = scheduler.DigestOf([]byte("elsewhere"))
		s.Playlists[0] = s.Playlists[0].Seal()
		s.Files[1] = devices.File{Digest: scheduler.DigestOf([]byte("elsewhere")), Size: 1}
		b.publish(s)
		b.until(90 * time.Second)
		b.asks(b.operator().Stop(tam))
		b.pass(time.Second)
		b.end()
		b.begin()
		lines := log(midnight)
		if len(lines) != 3 {
			t.Fatalf("%d lines", len(lines))
		}
		for i, want := range []localpage.Line{
			{Title: "a", Outcome: "aired", Evidence: "drained", Sounded: 5 * time.Second},
			{Title: "absent", Outcome: "missed", Reason: string(scheduler.FileAbsent), Evidence: lines[1].Evidence},
			{Title: "c@20s", Outcome: "partial", Reason: string(scheduler.Stopped), Evidence: "drained", Sounded: lines[2].Sounded},
		} {
			line := lines[i]
			want.Start, want.Begun, want.Length, want.Detail = line.Start, line.Begun, line.Length, line.Detail
			if line != want || line.Begun.IsZero() != (line.Sounded == 0) || line.Length == 0 || line.Start.Before(start()) {
				t.Errorf("line %d: %+v, want %+v", i, line, want)
			}
		}
		if !strings.Contains(lines[2].Detail, tam) {
			t.Errorf("it does not say who stopped it: %q", lines[2].Detail)
		}
		for _, day := range []time.Time{midnight.AddDate(0, 0, -1), midnight.AddDate(0, 0, 1)} {
			if lines := log(day); len(lines) != 0 {
				t.Errorf("on another day: %+v", lines)
			}
		}
	})
}

func TestChangesAreTold(t *testing.T) {
	inBench(t, func(b *bench) {
		change := b.operator().Changed()
		b.publish(b.schedule(1, time.Hour, "a"))
		select {
		case <-change:
		default:
			t.Error("a schedule has come, and nobody was told")
		}
		select {
		case <-b.operator().Changed():
			t.Error("the next change has come before it has")
		default:
		}
	})
}

func TestWhatTheDiskRefusesIsNotSet(t *testing.T) {
	inBench(t, func(b *bench) {
		s := b.collision()
		b.publish(s)
		b.full.Store(true)
		if err := b.operator().SetVolume(10, tam); err == nil {
			t.Error("a volume is set that is not kept")
		}
		if err := b.operator().First(string(s.Playlists[1].ID)); err == nil {
			t.Error("an order is set that is not kept")
		}
		b.full.Store(false)
		if v := b.operator().View(); v.Volume != 100 || v.Collisions[0].Slots[0].Playlist != string(s.Playlists[0].ID) {
			t.Errorf("the volume is %d, the collisions %+v", v.Volume, v.Collisions)
		}
	})
}
