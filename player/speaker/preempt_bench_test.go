package speaker_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"loaphuong/player"
	"loaphuong/player/speaker"
)

// level is an endless stream of one loudness, so that what sounds can be told
// by looking at a single frame.
type level float32

// Read implements [player.Stream].
func (l level) Read(buf []float32) (int, error) {
	for i := range buf {
		buf[i] = float32(l)
	}
	return len(buf), nil
}

const (
	quietly level = 0.1
	loudly  level = 0.8
	between       = 0.5 // of the two
)

// BenchmarkPreemption measures how long after it was placed an emergency is at
// the converter while something ordinary sounds: 100 times, at odd moments,
// through oto and ALSA.
func BenchmarkPreemption(b *testing.B) {
	const times = 100
	card := speaker.New("", 0)
	var delays []time.Duration
	for b.Loop() {
		begun := time.Now()
		placed, skipped := interrupt(b, card, times)
		all := outbreaks(b, begun)
		for _, at := range placed {
			if d, found := after(all, at); found {
				delays = append(delays, d)
			}
		}
		b.ReportMetric(float64(times-len(delays)), "unheard")
		b.ReportMetric(float64(skipped), "underruns")
	}
	report(b, delays)
	replug(b, func() error { return nil })
}

// interrupt places an emergency while something ordinary sounds, n times. It
// returns when, and how often the card skipped meanwhile.
func interrupt(b *testing.B, card player.Card, n int) (placed []time.Time, skipped int64) {
	ctx, cancel := context.WithCancel(b.Context())
	mixer := player.NewMixer(func(player.Event) {})
	ran := make(chan error, 2)
	go func() { ran <- mixer.Run(ctx) }()
	go func() { ran <- card.Run(ctx, mixer) }()
	place := func(key string, rank player.Rank, l level) {
		if err := mixer.Place(player.Item{Key: key, Start: time.Now(), Rank: rank, Gain: 1, Stream: l}); err != nil {
			b.Error(err)
		}
	}
	<-time.After(time.Second) // until the card's clock knows the time
	for i := range n {
		place(fmt.Sprint("ordinary ", i), player.RankOrdinary, quietly)
		<-time.After(250*time.Millisecond + rand.N(50*time.Millisecond))
		placed = append(placed, time.Now())
		place(fmt.Sprint("emergency ", i), player.RankEmergency, loudly)
		<-time.After(200 * time.Millisecond)
		mixer.StopAll()
	}
	<-time.After(300 * time.Millisecond) // until the last is heard
	skipped = mixer.Underruns()
	cancel()
	for range 2 {
		if err := <-ran; err != nil {
			b.Error(err)
		}
	}
	return placed, skipped
}

// outbreaks are the instants at which it became loud at the converter.
func outbreaks(b *testing.B, since time.Time) (all []time.Time) {
	stretches, err := table.virtual.Heard()
	if err != nil {
		b.Fatal(err)
	}
	for _, s := range stretches {
		loud := false
		for i, f := range s.Frames {
			if f > between && !loud && s.At(i).After(since) {
				all = append(all, s.At(i))
			}
			loud = f > between
		}
	}
	return all
}

// after is how long after an instant the first of some others is; none is found
// where it is so late that it belongs to the next.
func after(all []time.Time, at time.Time) (time.Duration, bool) {
	for _, o := range all {
		if d := o.Sub(at); d >= 0 {
			return d, d < 400*time.Millisecond
		}
	}
	return 0, false
}
