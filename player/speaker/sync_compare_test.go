package speaker_test

import (
	"io"
	"math"
	"math/rand/v2"
	"testing"
	"time"

	"loaphuong/player"
	"loaphuong/player/speaker/testcard"
)

// hiss is noise without high tones, the same for every one: any second of it is
// like no other, and half a sample's shift changes it little.
type hiss struct {
	left int64
	dice *rand.Rand
	last float32
}

// Read implements [player.Stream].
func (h *hiss) Read(buf []float32) (n int, err error) {
	for ; n < len(buf) && h.left > 0; n++ {
		h.last += (h.dice.Float32() - 0.5 - h.last) / 4
		buf[n] = h.last
		h.left--
	}
	if h.left == 0 {
		err = io.EOF
	}
	return n, err
}

const (
	window = 2400                    // frames that are compared
	reach  = player.Rate * 60 / 1000 // how far apart two cards are looked for
	alike  = 0.8                     // the least correlation of the same sound
)

// take is what a card sounded without a pause, with the instant of each frame.
type take struct {
	frames []float32
	at     func(int) time.Time
}

// takes is everything that a card has sounded.
func takes(b *testing.B, card *testcard.Card) (all []take) {
	stretches, err := card.Heard()
	if err != nil {
		b.Fatal(err)
	}
	for _, s := range stretches {
		all = append(all, take{s.Frames, s.At})
	}
	return all
}

// apartAt is how much later the slow card sounded than the fast one, second by
// second. A second that one of them did not sound, or sounded more than 60 ms
// away, counts as 60 ms: it must not make the figures better.
func apartAt(b *testing.B, fast, slow *testcard.Card, start time.Time, lasts time.Duration) (all []time.Duration) {
	one, other := takes(b, fast), takes(b, slow)
	lost := 0
	for after := time.Second; after < lasts-time.Second; after += time.Second {
		apart, found := lagAt(one, other, start.Add(after))
		if !found {
			lost++
			apart = player.Duration(reach)
		}
		if int(after/time.Second)%30 == 1 {
			b.Logf("after %v: %v apart, found: %v", after, apart, found)
		}
		all = append(all, apart)
	}
	b.ReportMetric(float64(lost), "lost-s")
	return all
}

// lagAt compares what two cards sounded around an instant.
func lagAt(one, other []take, at time.Time) (time.Duration, bool) {
	a, from, ok := piece(one, at, 0)
	z, to, okToo := piece(other, at, reach)
	if !ok || !okToo {
		return 0, false
	}
	best, lag := 0.0, 0
	for i := 0; i+window <= len(z); i++ {
		if c := likeness(a, z[i:i+window]); c > best {
			best, lag = c, i
		}
	}
	return to(lag).Sub(from(0)), best >= alike
}

// piece is a window of what sounded at an instant with a margin on both sides,
// and when each frame of it did.
func piece(all []take, at time.Time, margin int) ([]float32, func(int) time.Time, bool) {
	for _, t := range all {
		ahead, second := at.Sub(t.at(0)), t.at(player.Rate).Sub(t.at(0))
		first := int(ahead.Seconds()/second.Seconds()*player.Rate) - margin
		if ahead >= 0 && first >= 0 && first+window+2*margin <= len(t.frames) {
			return t.frames[first : first+window+2*margin], func(i int) time.Time { return t.at(first + i) }, true
		}
	}
	return nil, nil, false
}

// likeness is the correlation of two pieces of one length.
func likeness(a, z []float32) float64 {
	var aa, zz, az float64
	for i := range a {
		x, y := float64(a[i]), float64(z[i])
		aa, zz, az = aa+x*x, zz+y*y, az+x*y
	}
	if aa == 0 || zz == 0 {
		return 0
	}
	return az / math.Sqrt(aa*zz)
}

// TestLagOfTwoCardsIsFound compares a sound with itself, begun later by what is
// to be found.
func TestLagOfTwoCardsIsFound(t *testing.T) {
	frames := make([]float32, 4*player.Rate)
	if _, err := (&hiss{left: int64(len(frames) + 1), dice: rand.New(rand.NewPCG(1, 2))}).Read(frames); err != nil {
		t.Fatal(err)
	}
	begun := time.Now()
	begins := func(at time.Time) []take {
		return []take{{frames, func(n int) time.Time { return at.Add(player.Duration(int64(n))) }}}
	}
	one := begins(begun)
	for _, want := range []time.Duration{0, time.Millisecond, -time.Millisecond, 29 * time.Millisecond, -29 * time.Millisecond, 59 * time.Millisecond} {
		got, found := lagAt(one, begins(begun.Add(want)), begun.Add(2*time.Second))
		if !found || (got-want).Abs() > 50*time.Microsecond {
			t.Errorf("%v apart: %v, %v", want, got, found)
		}
	}
	if got, found := lagAt(one, begins(begun.Add(80*time.Millisecond)), begun.Add(2*time.Second)); found {
		t.Errorf("80 ms apart is taken for %v", got)
	}
}
