package clock

import (
	"fmt"
	"log/slog"
	"time"
)

// centreName is the source that wins where two contradict each other.
const centreName = "centre"

// Estimator makes one estimate of the samples of all sources.
//
//   - The samples of a source's last ten minutes count, so far as they do not
//     contradict each other; the estimate is the middle of what they have in common.
//   - One that contradicts those before it is set aside. Once four that were
//     set aside agree, they replace the others: something has jumped.
//   - The source with the least uncertainty is believed. One that contradicts
//     the centre, by more than both uncertainties, is not: the centre has
//     shown its certificate, and it is its schedule that the station airs.
//   - After some hours, sooner on a quick link, it knows what the steady clock
//     gains and allows for it.
//
// It belongs to one goroutine. A machine that boots begins with a new one,
// since its steady clock begins anew.
type Estimator struct {
	log      *slog.Logger
	tracks   map[string]*track
	estimate Estimate
	refused  map[string]bool // sources that contradict the centre, as of the last sample
}

// NewEstimator is an estimator without samples, which logs what it makes of
// contradictions.
func NewEstimator(log *slog.Logger) *Estimator {
	return &Estimator{log: log, tracks: map[string]*track{}, refused: map[string]bool{}}
}

// Add takes in a sample of the source that has the name. It refuses one that
// cannot be true.
func (e *Estimator) Add(name string, s Sample) error {
	_, err := e.add(name, s)
	return err
}

// Estimate is what is known as of the last sample; ok is false before the first.
func (e *Estimator) Estimate() (est Estimate, ok bool) {
	return e.estimate, len(e.tracks) > 0
}

func (e *Estimator) add(name string, s Sample) (verdict, error) {
	if err := s.Validate(); err != nil {
		return odd, fmt.Errorf("take the time from %s: %w", name, err)
	}
	t := e.tracks[name]
	if t == nil {
		t = &track{}
		e.tracks[name] = t
	}
	found := t.add(s.span())
	if found == jumped {
		e.log.Warn("the time has jumped: what was heard before is forgotten", "source", name)
	}
	e.estimate = e.believed(max(s.Answered, e.estimate.Steady))
	return found, nil
}

// believed is the best estimate of those that do not contradict the centre's.
func (e *Estimator) believed(steady time.Duration) (best Estimate) {
	centre := e.tracks[centreName]
	for name, t := range e.tracks {
		est := t.estimate(name, steady)
		if centre != nil && e.refuses(est, centre.estimate(centreName, steady)) {
			continue
		}
		if best.Source == "" || est.better(best) {
			best = est
		}
	}
	return best
}

// refuses reports whether an estimate contradicts the centre's, and logs when
// its source begins to.
func (e *Estimator) refuses(est, centre Estimate) bool {
	refused := est.contradicts(centre)
	if refused && !e.refused[est.Source] {
		e.log.Warn("two sources of time contradict each other: the centre is believed",
			"refused", est.Source, "ahead", est.At.Sub(centre.At), "uncertainty", est.Uncertainty+centre.Uncertainty)
	}
	e.refused[est.Source] = refused
	return refused
}

// better reports whether e is to be preferred to another estimate of the same
// steady time. The name decides between equals, so that they do not alternate.
func (e Estimate) better(o Estimate) bool {
	if e.Uncertainty != o.Uncertainty {
		return e.Uncertainty < o.Uncertainty
	}
	return e.Source < o.Source
}

// contradicts reports whether not both estimates of one steady time can be true.
func (e Estimate) contradicts(o Estimate) bool {
	return e.At.Sub(o.At).Abs() > e.Uncertainty+o.Uncertainty
}
