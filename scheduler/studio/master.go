package studio

import (
	"context"
	"fmt"
	"math"
)

const (
	tolerance  = 1.0 // LU from the target at which a file may still go on air
	near       = 0.5 // LU from the target at which no further attempt is made
	attempts   = 5   // encodings of one item; speech takes one or two
	overshoot  = 0.4 // dB by which a lowered ceiling goes below what was asked, so that one correction does
	lowestCeil = -23 // dBFS; ffmpeg's limiter goes no lower than -24
)

// master writes the on-air file and measures it as a station will hear it. The
// codec moves peaks by a decibel or so and the limiter takes a little loudness,
// by how much nobody can say beforehand; so what is measured corrects the next
// attempt.
func (s *Studio) master(ctx context.Context, kind, from, to string, heard Measurement) (Measurement, error) {
	var m Measurement
	l := s.guess(heard)
	for range attempts {
		if err := s.encode(ctx, kind, from, l, to); err != nil {
			return m, fmt.Errorf("write the on-air file: %w", err)
		}
		var err error
		if m, err = s.measure(ctx, "ogg", to); err != nil {
			return m, fmt.Errorf("read the on-air file back: %w", err)
		}
		if s.onTarget(m, near) {
			return m, nil
		}
		l = s.correct(l, m, heard)
	}
	if !s.onTarget(m, tolerance) {
		return m, fmt.Errorf("%w: %.1f LUFS with peaks of %.1f dBTP is as near as it came to %g and %g: its peaks stand too far above the rest: record it again, nearer to the microphone",
			ErrLoudness, m.Loudness, m.Peak, s.set.Target, s.set.TruePeak)
	}
	return m, nil
}

// onTarget reports whether m may go on air, within so many LU of the target.
func (s *Studio) onTarget(m Measurement, within float64) bool {
	return math.Abs(m.Loudness-s.set.Target) <= within && m.Peak <= s.set.TruePeak
}

// guess is the level for the first attempt. It allows for what was seen of
// speech: the encoder's low cut takes a quarter of a decibel, the limiter
// nearly one, and the encoder lifts peaks by one or two.
func (s *Studio) guess(heard Measurement) level {
	l := level{gain: s.set.Target - heard.Loudness + 0.25, ceiling: s.set.TruePeak - 1.8}.limited(heard)
	if l.limit {
		l.gain += 0.9
	}
	return l
}

// correct is the level for the next attempt when l gave m; heard is the
// original. It moves only what is off, since each of the two moves the other.
func (s *Studio) correct(l level, m, heard Measurement) level {
	if miss := s.set.Target - m.Loudness; math.Abs(miss) > near {
		l.gain += miss
		if l.limit {
			l.gain += miss / 2 // the limiter takes about a third of what is added
		}
	}
	if over := m.Peak - s.set.TruePeak; over > 0 {
		l.ceiling = max(l.ceiling-over-overshoot, lowestCeil)
	}
	return l.limited(heard)
}

// limited puts the limiter in where the gain lifts peaks over the ceiling.
func (l level) limited(heard Measurement) level {
	l.limit = heard.Peak+l.gain > l.ceiling
	return l
}
