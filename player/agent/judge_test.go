package agent

import (
	"cmp"
	"crypto/ed25519"
	"slices"
	"time"

	"loaphuong/devices"
	"loaphuong/scheduler"
)

// claim is how far a batch said that the station's word reaches.
type claim struct {
	devices.Batch
	came time.Time
}

func (b *bench) public() ed25519.PublicKey { return b.key.Public().(ed25519.PublicKey) }

// judge checks what must be true of any life.
func (l *life) judge() {
	l.mu.Lock()
	defer l.mu.Unlock()
	ends := l.lastWords()
	for n := range l.held {
		for _, air := range l.owed(n, l.now()) {
			if _, ok := ends[air.ID]; !ok {
				l.t.Errorf("%s, due at %s by schedule %d, has no last word", air.Title, air.Start.Sub(start()), l.held[n].Revision)
			}
		}
	}
	l.judgeClaims(ends)
	l.judgeSound()
}

// owed are the airings that the n-th schedule held had due before an instant:
// until the next one was issued, and until it was taken.
func (l *life) owed(n int, until time.Time) []scheduler.Airing {
	zone, _ := time.LoadLocation(l.held[n].Zone)
	if n+1 < len(l.held) {
		next := l.held[n+1]
		until = earliest(until, latest(next.Issued, next.notBefore))
	}
	return scheduler.Airings(station, zone, l.held[n].Playlists, l.held[n].Issued, until)
}

// lastWords are the end lines. No airing has two, or two beginnings.
func (l *life) lastWords() map[scheduler.AiringID]scheduler.AsRun {
	ends, starts := map[scheduler.AiringID]scheduler.AsRun{}, map[scheduler.AiringID]bool{}
	for _, line := range l.inOrder() {
		_, over := ends[line.Airing]
		switch {
		case over:
			l.t.Errorf("line %d (%s) speaks of %s, which has ended", line.Number, line.Kind, line.Airing)
		case line.Kind == scheduler.AsRunEnd:
			ends[line.Airing] = line
		case line.Kind == scheduler.AsRunStart && starts[line.Airing]:
			l.t.Errorf("line %d: %s begins a second time", line.Number, line.Airing)
		case line.Kind == scheduler.AsRunStart:
			starts[line.Airing] = true
		}
	}
	return ends
}

func (l *life) inOrder() []scheduler.AsRun {
	var all []scheduler.AsRun
	for _, line := range l.lines {
		all = append(all, line)
	}
	slices.SortFunc(all, func(x, y scheduler.AsRun) int { return cmp.Compare(x.Number, y.Number) })
	return all
}

// judgeClaims checks that no watermark went past what was not closed, and that
// the last one has come far.
func (l *life) judgeClaims(ends map[scheduler.AiringID]scheduler.AsRun) {
	for _, c := range l.claims {
		for n := range l.held {
			if l.held[n].notAfter.After(c.came) {
				break
			}
			for _, air := range l.owed(n, c.Through) {
				if end, ok := ends[air.ID]; !ok || end.Number > c.Number {
					l.t.Errorf("at %s line %d claimed all through %s, but the end of %s, due at %s, is line %d",
						c.came.Sub(start()), c.Number, c.Through.Sub(start()), air.Title, air.Start.Sub(start()), end.Number)
				}
			}
		}
	}
	if behind := l.now().Sub(l.through); behind > time.Minute {
		l.t.Errorf("the watermark is %s behind", behind)
	}
}

// judgeSound compares what was said with what was heard: nothing sounds twice or
// at the same time as another, but for what was interrupted by it, and
// everything is told as it was.
func (l *life) judgeSound() {
	var over time.Time
	said, airings, cut := map[scheduler.Digest]time.Duration{}, map[scheduler.Digest]int{}, map[scheduler.Digest]bool{}
	begun := map[scheduler.AiringID]time.Time{}
	for _, line := range l.inOrder() {
		if line.Kind == scheduler.AsRunStart {
			begun[line.Airing] = line.At
		}
		if line.Kind != scheduler.AsRunEnd {
			continue
		}
		airings[line.Digest]++
		said[line.Digest] += line.Sounded
		cut[line.Digest] = cut[line.Digest] || line.Outcome == scheduler.Partial && line.Reason == scheduler.PowerLost
		if at := begun[line.Airing]; line.Sounded > 0 && !at.IsZero() && line.Interruptions == 0 && line.Reason != scheduler.PowerLost { // of what the power cut, nobody counted the interruptions
			if at.Before(over.Add(-50 * time.Millisecond)) {
				l.t.Errorf("%s began %s before another was over", line.Airing, over.Sub(at))
			}
			over = at.Add(line.Sounded)
		}
	}
	for item, length := range l.items() {
		d := scheduler.DigestOf([]byte(item))
		heard := l.card.heard(item)
		if heard > time.Duration(airings[d])*length+100*time.Millisecond {
			l.t.Errorf("%s was heard for %s in %d airings", item, heard, airings[d])
		}
		if off := heard - said[d]; off < -100*time.Millisecond || off > 100*time.Millisecond && !cut[d] {
			l.t.Errorf("%s was heard for %s, and is said to have been for %s", item, heard, said[d])
		}
	}
}

// items are all that was ever held, with their lengths.
func (l *life) items() map[string]time.Duration {
	all := map[string]time.Duration{}
	for _, h := range l.held {
		for _, p := range h.Playlists {
			for _, e := range p.Entries {
				all[e.Title] = e.Duration
			}
		}
	}
	return all
}

func earliest(x, y time.Time) time.Time {
	if y.Before(x) {
		return y
	}
	return x
}

func latest(x, y time.Time) time.Time {
	if y.After(x) {
		return y
	}
	return x
}
