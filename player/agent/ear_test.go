package agent

import (
	"context"
	"sync"
	"testing"
	"time"

	"loaphuong/player"
	"loaphuong/scheduler"
)

// fakeEar hears what it is told to.
type fakeEar struct {
	mu     sync.Mutex
	deaf   bool
	frames int64
	runs   int
	asked  [][2]time.Time
}

// Tap implements [Ear].
func (e *fakeEar) Tap(src player.Source) player.Source { return earTap{e, src} }

type earTap struct {
	ear *fakeEar
	src player.Source
}

// Fill implements [player.Source].
func (t earTap) Fill(buf []float32, sounds time.Time) {
	t.src.Fill(buf, sounds)
	t.ear.mu.Lock()
	defer t.ear.mu.Unlock()
	for _, sample := range buf {
		if sample != 0 {
			t.ear.frames++
		}
	}
}

// Run implements [Ear].
func (e *fakeEar) Run(ctx context.Context) error {
	e.mu.Lock()
	e.runs++
	e.mu.Unlock()
	<-ctx.Done()
	return nil
}

// Grade implements [Ear].
func (e *fakeEar) Grade(from, to time.Time) (bool, string) {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.asked = append(e.asked, [2]time.Time{from, to})
	return !e.deaf, "as it is told"
}

// inBenchWithEar runs f with an agent that listens, on a machine that is an hour
// behind and has learnt the time.
func inBenchWithEar(t *testing.T, f func(b *bench, e *fakeEar)) {
	inBenchBehind(t, time.Hour, func(b *bench) {
		e := &fakeEar{}
		b.with(func(p *Parts) { p.Ear = e })
		b.teach(0)
		f(b, e)
	})
}

func TestWhatWasAiredIsListenedTo(t *testing.T) {
	for _, deaf := range []bool{false, true} {
		inBenchWithEar(t, func(b *bench, e *fakeEar) {
			e.deaf = deaf
			s := b.schedule(1, 60*time.Second, "a@20s")
			add(&s, scheduler.Ordinary, 10*time.Second, 2*time.Minute, "absent@20s")
			b.files.offer("a@20s")
			b.without(s)
			b.until(3 * time.Minute)
			end := b.want("a@20s", scheduler.Aired, "")
			if end.Evidence != scheduler.EvidenceDrained {
				t.Errorf("its end is proved by %s", end.Evidence)
			}
			b.want("absent@20s", scheduler.Missed, scheduler.FileAbsent)
			evidence := scheduler.EvidenceHeard
			if deaf {
				evidence = scheduler.EvidenceDrained
			}
			lines := b.of(scheduler.AsRunHeard)
			if len(lines) != 1 || lines[0].Airing != end.Airing || lines[0].Evidence != evidence || lines[0].Detail != "as it is told" || lines[0].Number != end.Number+1 {
				t.Errorf("what is said of it: %+v", lines)
			}
			if after := lines[0].At.Sub(end.At); after < earDelay || after > earDelay+time.Second {
				t.Errorf("it is graded %s after its end", after)
			}
			at := start().Add(60*time.Second - time.Hour) // by the machine's clock
			if len(e.asked) != 1 || e.asked[0][0].Sub(at).Abs() > 5*time.Millisecond || e.asked[0][1].Sub(at.Add(20*time.Second)).Abs() > 5*time.Millisecond {
				t.Errorf("it listened to what was sent at %v", e.asked)
			}
			near(t, "through the tap came", player.Duration(e.frames), 20*time.Second)
			near(t, "and was heard", b.card.any(), 20*time.Second)
			if e.runs != 1 {
				t.Errorf("it ran %d times", e.runs)
			}
		})
	}
}

func TestWhatWasCutIsListenedToAsFarAsItSounded(t *testing.T) {
	inBenchWithEar(t, func(b *bench, e *fakeEar) {
		b.publish(b.schedule(1, 60*time.Second, "a@20s"))
		b.until(65 * time.Second)
		b.command("stop")
		b.until(2 * time.Minute)
		b.want("a@20s", scheduler.Partial, scheduler.Stopped)
		if len(b.of(scheduler.AsRunHeard)) != 1 || len(e.asked) != 1 {
			t.Fatalf("it was graded %d times", len(e.asked))
		}
		near(t, "it listened to", e.asked[0][1].Sub(e.asked[0][0]), 5*time.Second)
	})
}

// TestAnAgentThatEndsBeforeItHasListened: the airing is as good as without.
func TestAnAgentThatEndsBeforeItHasListened(t *testing.T) {
	for _, how := range []string{"told to end", "power cut"} {
		t.Run(how, func(t *testing.T) {
			inBenchWithEar(t, func(b *bench, e *fakeEar) {
				b.publish(b.schedule(1, 60*time.Second, "a"))
				b.until(67 * time.Second)
				if how == "power cut" {
					b.powerCut()
				} else {
					b.end()
				}
				b.pass(30 * time.Second)
				b.begin()
				b.pass(time.Minute)
				b.want("a", scheduler.Aired, "")
				if n := len(b.of(scheduler.AsRunHeard)); n != 0 {
					t.Errorf("%d lines of what was heard", n)
				}
			})
		})
	}
}
