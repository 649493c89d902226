package agent

import (
	"testing"
	"time"

	"loaphuong/scheduler"
)

// TestAudioMakesRoomForTheLog: what is aired last goes first, and the log is
// written at once.
func TestAudioMakesRoomForTheLog(t *testing.T) {
	inBench(t, func(b *bench) {
		s := b.schedule(1, 60*time.Second, "a", "b")
		add(&s, scheduler.Ordinary, time.Minute, time.Hour, "late")
		b.publish(s)
		b.none.Store(true)
		b.files.sheds = func() { b.full.Store(false) }
		b.files.withdraw("nothing")
		b.until(61 * time.Second)
		b.full.Store(true)
		b.until(66 * time.Second) // a has ended
		if n := len(b.files.shed); n != 1 || b.full.Load() {
			t.Fatalf("audio made room %d times", n)
		}
		if b.files.Has(s.Files[2].Digest) && len(b.files.fetched) == 3 {
			t.Error("it is not the last of the list that went")
		}
		b.until(2 * time.Minute)
		b.want("a", scheduler.Aired, "")
		b.want("b", scheduler.Aired, "")
		b.until(62 * time.Minute)
		b.want("late", scheduler.Aired, "") // it was fetched again
	})
}

// TestAudioStaysWhereItDoesNotHelp: a disk that another program fills is not
// emptied of all audio in a minute, and the station does not speak of it on and on.
func TestAudioStaysWhereItDoesNotHelp(t *testing.T) {
	inBench(t, func(b *bench) {
		b.publish(b.schedule(1, 62*time.Second, "a", "b", "c"))
		b.until(63 * time.Second)
		b.none.Store(true)
		b.full.Store(true)
		b.until(68 * time.Second)
		states, _ := b.during(func() { b.pass(5 * time.Minute) })
		if n := len(b.files.shed); n > 11 || n < 2 {
			t.Errorf("audio made room %d times in five minutes", n)
		}
		if states > 21 {
			t.Errorf("%d states in five minutes", states)
		}
		b.full.Store(false)
		b.pass(time.Minute)
		b.want("a", scheduler.Aired, "")
	})
}

// TestADiskThatRefusesForAnotherReasonKeepsItsAudio, as one that is worn out.
func TestADiskThatRefusesForAnotherReasonKeepsItsAudio(t *testing.T) {
	inBench(t, func(b *bench) {
		b.publish(b.schedule(1, 60*time.Second, "a"))
		b.until(61 * time.Second)
		b.full.Store(true)
		b.until(2 * time.Minute)
		if n := len(b.files.shed); n != 0 {
			t.Errorf("audio made room %d times", n)
		}
		b.full.Store(false)
		b.pass(time.Minute)
		b.want("a", scheduler.Aired, "")
	})
}

func TestADiskThatIsLowIsSaidToBe(t *testing.T) {
	inBench(t, func(b *bench) {
		b.publish(b.schedule(1, time.Hour, "a"))
		b.files.mu.Lock()
		b.files.low = true
		b.files.mu.Unlock()
		b.pass(time.Minute)
		if !b.state.DiskLow || !b.complains("disk") || !b.operator().View().Disk.Low {
			t.Errorf("the centre is told %t, the page complains: %t", b.state.DiskLow, b.complains("disk"))
		}
	})
}
