package agent

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"loaphuong/scheduler"
)

func TestANewerScheduleIsFetchedBeforeTheRestOfTheOldOne(t *testing.T) {
	inBench(t, func(b *bench) {
		var old []string
		for i := range 20 {
			old = append(old, fmt.Sprint("old", i))
		}
		b.files.slow(10 * time.Second)
		b.publish(b.schedule(1, time.Hour, old...))
		b.publish(b.schedule(2, 60*time.Second, "new"))
		b.until(90 * time.Second)
		b.want("new", scheduler.Aired, "")
	})
}

func TestAFileThatVanishedIsFetchedAgain(t *testing.T) {
	inBench(t, func(b *bench) {
		b.publish(b.schedule(1, 60*time.Second, "a"))
		b.files.lose("a")
		b.until(90 * time.Second)
		b.want("a", scheduler.Aired, "")
	})
}

func TestADamagedFileIsFetchedAgain(t *testing.T) {
	inBench(t, func(b *bench) {
		b.publish(b.schedule(1, 60*time.Second, "a"))
		b.files.spoil("a")
		b.files.offer("a")
		b.until(90 * time.Second)
		b.want("a", scheduler.Aired, "")
	})
}

func TestWhatIsDueIsFetchedFirst(t *testing.T) {
	inBench(t, func(b *bench) {
		s := b.schedule(1, time.Hour, "c", "d")
		add(&s, scheduler.Ordinary, time.Minute, 60*time.Second, "a")
		b.publish(s)
		for _, item := range []string{"a", "c", "d"} {
			b.files.lose(item)
		}
		b.files.slow(time.Second)
		b.until(90 * time.Second)
		b.want("a", scheduler.Aired, "")
		if want := scheduler.DigestOf([]byte("a")); slices.Index(b.files.fetched, want) != 0 {
			t.Error("a was not fetched first")
		}
	})
}
