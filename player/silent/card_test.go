package silent_test

import (
	"context"
	"path/filepath"
	"testing"
	"testing/synctest"
	"time"

	"loaphuong/player"
	"loaphuong/player/cardtest"
	"loaphuong/player/silent"
)

func TestCardContract(t *testing.T) {
	for name, card := range map[string]player.Card{
		"silent": silent.New(),
		"wav":    silent.NewWAV(filepath.Join(t.TempDir(), "air.wav")),
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) { cardtest.Run(t, card, cardtest.Exact()) })
		})
	}
}

func TestCardThatCannotOpen(t *testing.T) {
	cardtest.RunBroken(t, silent.NewWAV(filepath.Join(t.TempDir(), "no such folder", "air.wav")))
}

// slow is a source that stands still for a while at one of its fills, as a
// machine that was suspended does.
type slow struct {
	at     int
	stands time.Duration
	sounds []time.Time
	behind []time.Duration // how late each fill came for its own sound
}

func (s *slow) Fill(buf []float32, sounds time.Time) {
	s.sounds = append(s.sounds, sounds)
	s.behind = append(s.behind, time.Since(sounds))
	if len(s.sounds) == s.at {
		time.Sleep(s.stands)
	}
}

func TestAfterAStandstill(t *testing.T) {
	cases := []struct {
		name   string
		stands time.Duration
		skips  int
	}{
		{"a short one is caught up with", 900 * time.Millisecond, 0},
		{"a long one is time lost", 10 * time.Second, 1},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
				defer cancel()
				src := &slow{at: 50, stands: c.stands}
				if err := silent.New().Run(ctx, src); err != nil {
					t.Fatal(err)
				}
				skips := 0
				for i := 1; i < len(src.sounds); i++ {
					if src.sounds[i].Sub(src.sounds[i-1]) > 21*time.Millisecond {
						skips++
					}
					if src.behind[i] > time.Second {
						t.Errorf("fill %d came %v after its sound", i, src.behind[i])
					}
				}
				if skips != c.skips {
					t.Errorf("%d skips, want %d", skips, c.skips)
				}
			})
		})
	}
}
