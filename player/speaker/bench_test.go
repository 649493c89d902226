package speaker_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"loaphuong/player"
	"loaphuong/player/speaker"
)

// BenchmarkStartError measures how far from its instant an item begins at the
// converter: 100 starts at odd instants, through oto and ALSA.
func BenchmarkStartError(b *testing.B) {
	const starts, spacing = 100, 150 * time.Millisecond
	var slips []time.Duration
	card := speaker.New("", 0)
	for b.Loop() {
		begun := time.Now()
		var items []player.Item
		for i := range starts {
			start := begun.Add(time.Second + time.Duration(i)*spacing + rand.N(20*time.Millisecond))
			items = append(items, player.Item{Key: fmt.Sprint(i), Start: start, Gain: 1, Stream: &chirp{length: 960}})
		}
		play(b, card, items...)
		all := heard(b, begun)
		for _, item := range items {
			slips = append(slips, nearest(all, item.Start))
		}
		b.ReportMetric(float64(len(all)-starts), "torn") // by underruns
	}
	report(b, slips)
	replug(b, func() error { return nil }) // or the next run's thread would play between this one's frames
}

// nearest is how far from start the sounding is that begins nearest to it. They
// are further apart than any that is wrong.
func nearest(all []sounding, start time.Time) time.Duration {
	best := time.Hour
	for _, s := range all {
		if slip := s.at.Sub(start); slip.Abs() < best.Abs() {
			best = slip
		}
	}
	return best
}

// report gives the middle and the ends of slips, by size, and their mean.
func report(b *testing.B, slips []time.Duration) {
	b.Helper()
	if len(slips) == 0 {
		b.Fatal("nothing was heard")
	}
	var mean time.Duration
	for i, s := range slips {
		mean += s
		slips[i] = s.Abs()
	}
	slices.Sort(slips)
	ms := func(d time.Duration) float64 { return float64(d) / float64(time.Millisecond) }
	b.ReportMetric(ms(mean)/float64(len(slips)), "ms-mean")
	b.ReportMetric(ms(slips[len(slips)/2]), "ms-p50")
	b.ReportMetric(ms(slips[(len(slips)*99-1)/100]), "ms-p99")
	b.ReportMetric(ms(slips[len(slips)-1]), "ms-max")
}
