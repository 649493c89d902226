package agent

import (
	"strings"
	"testing"
	"time"

	"loaphuong/devices"
	"loaphuong/scheduler"
)

// evergreen gives a schedule a list of what may sound in the place of others,
// which the station has.
func (b *bench) evergreen(s *devices.Schedule, items ...string) {
	for _, item := range items {
		data := []byte(item)
		s.Evergreen = append(s.Evergreen, scheduler.Entry{
			Recording: scheduler.RecordingID(item), Title: item, Digest: scheduler.DigestOf(data), Duration: lengthOf(data), Approver: "Mai",
		})
		s.Files = append(s.Files, devices.File{Digest: scheduler.DigestOf(data), Size: int64(len(data))})
		b.files.offer(item)
	}
}

// without publishes a schedule of whose playlists the station gets no audio.
func (b *bench) without(s devices.Schedule) {
	b.send(devices.ScheduleChannel, uint64(s.Revision), s.Lease.Sub(b.now()), s)
	b.pass(time.Second)
}

// appear gives the station a file.
func (b *bench) appear(item string) {
	b.files.mu.Lock()
	defer b.files.mu.Unlock()
	b.files.have[scheduler.DigestOf([]byte(item))] = []byte(item)
}

// near checks a length of time to within the fades of a second each.
func near(t *testing.T, what string, got, want time.Duration) {
	t.Helper()
	if off := got - want; off.Abs() > 100*time.Millisecond {
		t.Errorf("%s: %s, want %s", what, got, want)
	}
}

func TestSomethingElseSoundsInThePlaceOfWhatIsNotThere(t *testing.T) {
	for _, trouble := range []string{"the file is absent", "the file is damaged", "what there is ends sooner"} {
		t.Run(trouble, func(t *testing.T) {
			inBench(t, func(b *bench) {
				s := b.schedule(1, 60*time.Second, "a@30s")
				filler := "folk@2m"
				if trouble == "what there is ends sooner" {
					filler = "folk@20s"
				}
				b.evergreen(&s, filler)
				if trouble == "the file is damaged" {
					b.files.spoil("a@30s")
				}
				b.without(s)
				b.until(59900 * time.Millisecond)
				if b.card.any() != 0 {
					t.Error("it sounds before the time")
				}
				b.until(3 * time.Minute)
				reason := scheduler.FileAbsent
				if trouble == "the file is damaged" {
					reason = scheduler.FileDamaged
				}
				end := b.want("a@30s", scheduler.Missed, reason)
				fills := b.of(scheduler.AsRunFill)
				if len(fills) != 1 {
					t.Fatalf("%d lines of fills", len(fills))
				}
				length := min(30*time.Second, lengthOf([]byte(filler)))
				line := fills[0]
				near(t, "it is said to have sounded", line.Sounded, length)
				near(t, "it sounded", b.card.any(), length)
				if full := b.card.heard(filler); full < length-2100*time.Millisecond || full > length-900*time.Millisecond {
					t.Errorf("it was at its full level for %s of %s: it should come and go in a second", full, length)
				}
				if line.Airing != end.Airing || !strings.Contains(line.Detail, filler) || line.Approver != "Mai" || line.Digest != s.Evergreen[0].Digest {
					t.Errorf("its line: %+v", line)
				}
				b.onAirFrom(60 * time.Second)
			})
		})
	}
}

// onAirFrom checks when anything was first heard, by true time.
func (b *bench) onAirFrom(at time.Duration) {
	b.t.Helper()
	b.card.mu.Lock()
	defer b.card.mu.Unlock()
	var first time.Time
	for _, began := range b.card.began {
		if first.IsZero() || began.Before(first) {
			first = began
		}
	}
	if off := first.Add(b.time.behind).Sub(start().Add(at)); first.IsZero() || off.Abs() > 20*time.Millisecond {
		b.t.Errorf("the first sound was %s off", off)
	}
}

func TestWhatFillsGivesWay(t *testing.T) {
	t.Run("to the audio itself, within its grace", func(t *testing.T) {
		inBench(t, func(b *bench) {
			s := b.schedule(1, 60*time.Second, "a@30s")
			b.evergreen(&s, "folk@2m")
			b.without(s)
			b.until(70 * time.Second)
			b.appear("a@30s")
			b.until(3 * time.Minute)
			b.want("a@30s", scheduler.Late, "")
			near(t, "it was heard", b.card.heard("a@30s"), 30*time.Second)
			near(t, "all sounded", b.card.any(), 40*time.Second+200*time.Millisecond)
			if fills := b.of(scheduler.AsRunFill); len(fills) != 1 || fills[0].Sounded > 11*time.Second {
				t.Errorf("the lines of fills: %+v", fills)
			}
		})
	})
	t.Run("to the audio itself, just before its time", func(t *testing.T) {
		inBench(t, func(b *bench) {
			s := b.schedule(1, 60*time.Second, "a@30s")
			b.evergreen(&s, "folk@2m")
			b.without(s)
			b.until(59600 * time.Millisecond)
			b.appear("a@30s")
			b.until(3 * time.Minute)
			b.want("a@30s", scheduler.Aired, "")
			b.onTime("a@30s", 60*time.Second)
			if n := len(b.of(scheduler.AsRunFill)); n != 0 || b.card.heard("folk@2m") != 0 {
				t.Errorf("%d fills, heard for %s", n, b.card.heard("folk@2m"))
			}
		})
	})
	for _, class := range []scheduler.Class{scheduler.Ordinary, scheduler.Priority, scheduler.Emergency} {
		t.Run("to what is due, "+string(class), func(t *testing.T) {
			inBench(t, func(b *bench) {
				s := b.schedule(1, 60*time.Second, "a@30s")
				add(&s, class, 20*time.Second, 75*time.Second, "b")
				b.evergreen(&s, "folk@2m")
				b.files.offer("b")
				b.without(s)
				b.until(3 * time.Minute)
				b.want("b", scheduler.Aired, "")
				b.onTime("b", 75*time.Second)
				near(t, "all sounded", b.card.any(), 20*time.Second)
				if fills := b.of(scheduler.AsRunFill); len(fills) != 1 || fills[0].Sounded > 15100*time.Millisecond {
					t.Errorf("the lines of fills: %+v", fills)
				}
			})
		})
	}
}

func TestNothingElseSounds(t *testing.T) {
	cases := []struct {
		name   string
		change func(b *bench, s *devices.Schedule)
	}{
		{"where there is no list", func(b *bench, s *devices.Schedule) { s.Evergreen = nil }},
		{"in quiet hours", func(b *bench, s *devices.Schedule) { s.Quiet = []scheduler.QuietHours{{From: 12 * 60, Until: 13 * 60}} }},
		{"if quiet hours begin meanwhile", func(b *bench, s *devices.Schedule) {
			s.Quiet = []scheduler.QuietHours{{From: 12*60 + 1, Until: 13 * 60}}
		}},
		{"at volume 0", func(b *bench, s *devices.Schedule) { s.Volume = 0 }},
		{"after the lease", func(b *bench, s *devices.Schedule) { s.Lease = start().Add(50 * time.Second) }},
		{"that was recalled", func(b *bench, s *devices.Schedule) { s.Recalled = append(s.Recalled, s.Evergreen[0].Digest) }},
		{"that is not there either", func(b *bench, s *devices.Schedule) { b.files.withdraw("folk@2m") }},
		{"that is damaged too", func(b *bench, s *devices.Schedule) { b.files.spoil("folk@2m") }},
		{"for what is recalled", func(b *bench, s *devices.Schedule) {
			s.Recalled = append(s.Recalled, s.Playlists[0].Entries[0].Digest)
		}},
		{"for less than ten seconds", func(b *bench, s *devices.Schedule) {
			s.Playlists = nil
			add(s, scheduler.Ordinary, 20*time.Second, time.Minute, "a@9s")
		}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			inBench(t, func(b *bench) {
				s := b.schedule(1, 60*time.Second, "a@30s")
				b.evergreen(&s, "folk@2m")
				c.change(b, &s)
				b.without(s)
				b.until(3 * time.Minute)
				if n := len(b.of(scheduler.AsRunFill)); n != 0 || b.card.any() != 0 {
					t.Errorf("%d lines, and %s sounded", n, b.card.any())
				}
			})
		})
	}
}

// TestWhatFillsIsCut: it has no airing of its own by which it would be.
func TestWhatFillsIsCut(t *testing.T) {
	cases := []struct {
		name string
		cut  func(b *bench, s *devices.Schedule)
	}{
		{"when the centre recalls it", func(b *bench, s *devices.Schedule) {
			s.Recalled = append(s.Recalled, s.Evergreen[0].Digest)
			s.Evergreen = nil
			b.without(*s)
		}},
		{"when the centre sets the volume to 0", func(b *bench, s *devices.Schedule) {
			s.Volume = 0
			b.without(*s)
		}},
		{"when the volume is set to 0 here", func(b *bench, _ *devices.Schedule) {
			if err := (Operator{b.agent}).SetVolume(0, "Tám"); err != nil {
				b.t.Error(err)
			}
		}},
		{"when it is stopped here", func(b *bench, _ *devices.Schedule) {
			if err := (Operator{b.agent}).Stop("Tám"); err != nil {
				b.t.Error(err)
			}
		}},
		{"when the centre stops it", func(b *bench, _ *devices.Schedule) { b.command("stop") }},
		{"when the agent ends", func(b *bench, _ *devices.Schedule) {
			b.end()
			b.pass(30 * time.Second)
			b.begin()
		}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			inBench(t, func(b *bench) {
				s := b.schedule(1, 60*time.Second, "a@30s")
				b.evergreen(&s, "folk@2m")
				b.without(s)
				b.until(70 * time.Second)
				s.Revision, s.Issued = 2, b.now()
				c.cut(b, &s)
				b.until(3 * time.Minute)
				if any := b.card.any(); any < 10*time.Second || any > 12*time.Second {
					t.Errorf("it sounded for %s", any)
				}
				fills := b.of(scheduler.AsRunFill)
				if len(fills) != 1 {
					t.Fatalf("%d lines of fills", len(fills))
				}
				near(t, "it is said to have sounded", fills[0].Sounded, b.card.any())
			})
		})
	}
}

func TestTheNextFillBeginsWithTheNextTitle(t *testing.T) {
	cases := []struct {
		name string
		list string
		lost string
		want string
	}{
		{"one each", "x@2m y@2m z@2m", "", "x@2m|y@2m|z@2m|x@2m"},
		{"two each", "x@20s y@20s z@20s", "", "x@20s, y@20s|z@20s, x@20s|y@20s, z@20s|x@20s, y@20s"},
		{"one of them is not there", "x@2m y@2m z@2m", "x@2m", "y@2m|z@2m|y@2m|z@2m"},
		{"all of them and no more", "x@15s y@15s", "", "x@15s, y@15s|x@15s, y@15s|x@15s, y@15s|x@15s, y@15s"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			inBench(t, func(b *bench) {
				s := b.schedule(1, 60*time.Second, "a@30s")
				for i, item := range []string{"b@30s", "c@30s", "d@30s"} {
					add(&s, scheduler.Ordinary, 20*time.Second, time.Duration(i+2)*time.Minute, item)
				}
				b.evergreen(&s, strings.Fields(c.list)...)
				b.files.withdraw(c.lost)
				b.without(s)
				b.until(6 * time.Minute)
				var said []string
				for _, line := range b.of(scheduler.AsRunFill) {
					_, titles, _ := strings.Cut(line.Detail, ": ")
					said = append(said, titles)
				}
				if got := strings.Join(said, "|"); got != c.want {
					t.Errorf("filled with %s, want %s", got, c.want)
				}
			})
		})
	}
}

// TestAFillerThatIsNotThereIsNotCalledDamaged: an airing may need the same file.
func TestAFillerThatIsNotThereIsNotCalledDamaged(t *testing.T) {
	inBench(t, func(b *bench) {
		s := b.schedule(1, 60*time.Second, "a@30s")
		add(&s, scheduler.Ordinary, 20*time.Second, 2*time.Minute, "folk@1m")
		b.evergreen(&s, "folk@1m")
		b.files.withdraw("folk@1m")
		s.Files = s.Files[:2]
		b.without(s)
		b.until(4 * time.Minute)
		b.want("folk@1m", scheduler.Missed, scheduler.FileAbsent)
	})
}

// TestTheFillersGain: a schedule may have them softer.
func TestTheFillersGain(t *testing.T) {
	inBench(t, func(b *bench) {
		s := b.schedule(1, 60*time.Second, "a@30s")
		b.evergreen(&s, "folk@2m")
		s.Gains = map[scheduler.Class]float64{fillerClass: -6}
		b.without(s)
		b.until(2 * time.Minute)
		if b.card.heard("folk@2m") != 0 || b.card.any() == 0 {
			t.Errorf("it sounded for %s, at its full level for %s", b.card.any(), b.card.heard("folk@2m"))
		}
	})
}
