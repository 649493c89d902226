package speaker_test

import (
	"errors"
	"fmt"
	"math"
	"os"
	"testing"
	"time"

	"loaphuong/player"
	"loaphuong/player/speaker"
	"loaphuong/player/speaker/testcard"
)

// wholePeriod is a whole number of frames at every usual rate. ALSA's converter
// rounds the frames of any other period: with 2048 the pitch is wrong by 0.03 %
// on a card of 44.1 kHz and by 0.09 % on one of 16 kHz.
const wholePeriod = 1920

// TestCardsOfOtherKinds plays a second through ALSA's converters on cards that
// do not take what we send.
func TestCardsOfOtherKinds(t *testing.T) {
	for name, kind := range map[string]testcard.Kind{
		"44.1 kHz":               {Rate: 44100},
		"16 kHz":                 {Rate: 16000},
		"16-bit stereo":          {Channels: 2, S16: true},
		"44.1 kHz 16-bit stereo": {Rate: 44100, Channels: 2, S16: true},
	} {
		t.Run(name, func(t *testing.T) {
			virtual, card := swapped(t, kind), speaker.New("", wholePeriod)
			var problem string
			for range 5 { // a busy machine may make underruns; not five times
				if problem = soundsAt(t, virtual, card, float64(kind.Rate)); problem == "" {
					return
				}
			}
			t.Error(problem)
		})
	}
}

// swapped puts another virtual card in the place of the usual one for a test.
func swapped(t *testing.T, kind testcard.Kind) *testcard.Card {
	t.Helper()
	dir, err := os.MkdirTemp(memory(), "speaker")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(dir) })
	virtual, err := testcard.Make(dir, kind)
	if err != nil {
		t.Fatal(err)
	}
	t.Setenv("ALSA_CONFIG_PATH", virtual.Config)
	t.Cleanup(func() { // ends oto's thread, which would play on
		if err := virtual.Unplug(); err != nil {
			t.Error(err)
		}
		time.Sleep(100 * time.Millisecond)
	})
	return virtual
}

// soundsAt plays a second and says what is wrong with what a card of some rate
// heard: its beginning, its length or its pitch.
func soundsAt(t *testing.T, virtual *testcard.Card, card player.Card, rate float64) string {
	t.Helper()
	if rate == 0 {
		rate = player.Rate
	}
	begun := time.Now()
	start := begun.Add(800 * time.Millisecond)
	play(t, card, player.Item{Key: "a", Start: start, Length: time.Second, Gain: 1, Stream: &chirp{length: player.Rate}})
	all := soundings(t, virtual, begun)
	if len(all) != 1 {
		return fmt.Sprintf("it has %d pieces", len(all))
	}
	slip, seconds := all[0].at.Sub(start), float64(len(all[0].frames))/rate
	alike := chirpLike(all[0].frames, rate)
	t.Logf("it began %v from its instant, %.4f s long, correlation %.4f", slip, seconds, alike)
	if slip.Abs() > 50*time.Millisecond || math.Abs(seconds-1) > 0.005 || alike < 0.99 {
		return fmt.Sprintf("it began %v from its instant, %.4f s long, correlation %.4f", slip, seconds, alike)
	}
	return ""
}

// chirpLike compares frames with the chirp as a card of some rate would have it,
// at the best of the beginnings within a millisecond: converters shift a little.
func chirpLike(frames []float32, rate float64) (best float64) {
	for shift := -1.0; shift <= 1; shift += 0.02 {
		var xx, yy, xy float64
		for i, f := range frames {
			x, y := float64(f), chirpAtTime(float64(i)/rate+shift/1000)
			xx, yy, xy = xx+x*x, yy+y*y, xy+x*y
		}
		best = max(best, xy/math.Sqrt(xx*yy))
	}
	return best
}

func chirpAtTime(t float64) float64 { return 0.5 * math.Sin(2*math.Pi*(200*t+800*t*t)) }

func TestACardWithoutPermission(t *testing.T) {
	virtual := swapped(t, testcard.Kind{})
	if err := virtual.Deny(); err != nil {
		t.Fatal(err)
	}
	err := speaker.New("", 0).Run(t.Context(), player.NewMixer(func(player.Event) {}))
	if !errors.Is(err, speaker.ErrPermission) {
		t.Errorf("%v, want what to do about permissions", err)
	}
	if err := virtual.Permit(); err != nil {
		t.Fatal(err)
	}
}
