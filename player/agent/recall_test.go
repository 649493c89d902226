package agent

import (
	"testing"
	"time"

	"loaphuong/scheduler"
)

// TestRecalledAudio: a recall cuts what is on air of it, keeps back what is
// still to come of the same playlist, and leaves the rest alone.
func TestRecalledAudio(t *testing.T) {
	inBench(t, func(b *bench) {
		s := b.schedule(1, 30*time.Second, "on-air", "to-come", "innocent")
		b.publish(s)
		b.until(33 * time.Second)
		s.Revision, s.Issued = 2, time.Now().UTC()
		s.Recalled = []scheduler.Digest{s.Playlists[0].Entries[0].Digest, s.Playlists[0].Entries[1].Digest}
		b.publish(s)
		b.until(3 * time.Minute)
		if line := b.want("on-air", scheduler.Partial, scheduler.Withdrawn); line.Sounded > 4*time.Second {
			t.Errorf("it went on for %s", line.Sounded)
		}
		b.want("to-come", scheduler.Missed, scheduler.Withdrawn)
		b.want("innocent", scheduler.Aired, "")
	})
}
