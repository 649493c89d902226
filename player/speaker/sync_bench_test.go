package speaker_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"testing"
	"time"

	"loaphuong/player"
	"loaphuong/player/speaker"
	"loaphuong/player/speaker/testcard"
)

// The environment of a child that plays for BenchmarkSync: ALSA's configuration
// is the process's, so two cards need two.
const (
	syncStart  = "SYNC_START"   // in ns since 1970; tells a test binary that it is such a child
	syncLasts  = "SYNC_LASTS"   // how long to play
	syncLength = "SYNC_MINUTES" // how long the benchmark plays, for whoever runs it
)

// syncDrift is how wrong the two cards' clocks are, in millionths, each its way.
const syncDrift = 80

// BenchmarkSync has two processes play the same sound from one instant, on
// cards of which one is too fast and the other too slow, and compares every
// second what was at the converters. SYNC_MINUTES says for how long; 3 without.
func BenchmarkSync(b *testing.B) {
	minutes := 3.0
	if set, err := strconv.ParseFloat(os.Getenv(syncLength), 64); err == nil {
		minutes = set
	}
	lasts := time.Duration(minutes * float64(time.Minute))
	for b.Loop() {
		start := time.Now().Add(5 * time.Second).Round(0)
		fast, slow := driftingCard(b, syncDrift), driftingCard(b, -syncDrift)
		playing := []*exec.Cmd{playOn(b, fast, start, lasts), playOn(b, slow, start, lasts)}
		for _, c := range playing {
			if err := c.Wait(); err != nil {
				b.Fatalf("a player: %v", err)
			}
		}
		report(b, apartAt(b, fast, slow, start, lasts))
	}
}

// driftingCard builds a card of its own whose clock is wrong by drift.
func driftingCard(b *testing.B, drift int) *testcard.Card {
	dir, err := os.MkdirTemp(memory(), "speaker-sync")
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { os.RemoveAll(dir) })
	card, err := testcard.Build(dir, drift)
	if err != nil {
		b.Fatal(err)
	}
	return card
}

// playOn starts this program again to play on a card.
func playOn(b *testing.B, card *testcard.Card, start time.Time, lasts time.Duration) *exec.Cmd {
	c := exec.Command(os.Args[0], "-test.run", "^$")
	c.Env = append(os.Environ(), syncStart+"="+fmt.Sprint(start.UnixNano()), syncLasts+"="+lasts.String(), "ALSA_CONFIG_PATH="+filepath.Clean(card.Config))
	c.Stdout, c.Stderr = os.Stderr, os.Stderr
	if err := c.Start(); err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { _ = c.Process.Kill() })
	return c
}

// playAlong is a child: it plays and returns its exit status. It reports whether
// this process is one.
func playAlong() (code int, child bool) {
	nanoseconds, err := strconv.ParseInt(os.Getenv(syncStart), 10, 64)
	if err != nil {
		return 0, false
	}
	lasts, err := time.ParseDuration(os.Getenv(syncLasts))
	if err != nil {
		return 1, true
	}
	start, now := time.Unix(0, nanoseconds), time.Now()
	ctx, cancel := context.WithDeadline(context.Background(), start.Add(lasts+time.Second))
	defer cancel()
	mixer := player.NewMixer(func(player.Event) {})
	item := player.Item{Key: "long", Start: now.Add(start.Sub(now)), Length: lasts, Gain: 1, Stream: &hiss{left: player.Frames(lasts), dice: rand.New(rand.NewPCG(1, 2))}}
	if err := mixer.Place(item); err != nil {
		return 1, true
	}
	hurry()
	go func() { _ = mixer.Run(ctx) }()
	if err := speaker.New("", 0).Run(ctx, mixer); err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1, true
	}
	fmt.Fprintf(os.Stderr, "underruns: %d\n", mixer.Underruns())
	return 0, true
}
