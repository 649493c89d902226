package clock_test

import (
	"errors"
	"log/slog"
	"math/rand/v2"
	"testing"
	"time"

	"loaphuong/player/clock"
)

// noon is a true time, and bootAt the steady time at it.
var noon = time.Date(2026, 3, 2, 12, 0, 0, 0, time.UTC)

const bootAt = 17 * time.Minute

// sample was asked so long after noon, on a steady clock that gains ppm, by a
// source that is ahead.
func sample(after, there, back, ahead time.Duration, ppm float64) clock.Sample {
	gained := func(d time.Duration) time.Duration { return bootAt + d + time.Duration(float64(d)*ppm/1e6) }
	return clock.Sample{
		Asked:    gained(after),
		Received: noon.Add(after + there + ahead),
		Sent:     noon.Add(after + there + ahead + time.Millisecond),
		Answered: gained(after + there + time.Millisecond + back),
	}
}

// even is a sample of a good clock over a link of 5 ms.
func even(after, ahead time.Duration) clock.Sample {
	return sample(after, 5*time.Millisecond, 5*time.Millisecond, ahead, 0)
}

func newEstimator() (*clock.Estimator, *lines) {
	log := &lines{}
	return clock.NewEstimator(slog.New(slog.NewTextHandler(log, nil))), log
}

// feed adds samples that must be taken.
func feed(t *testing.T, e *clock.Estimator, name string, all ...clock.Sample) {
	t.Helper()
	for _, s := range all {
		if err := e.Add(name, s); err != nil {
			t.Fatal(err)
		}
	}
}

// offAt is how far ahead of the truth the estimate is so long after noon.
func offAt(t *testing.T, e *clock.Estimator, after time.Duration) (ahead, uncertainty time.Duration) {
	t.Helper()
	est, ok := e.Estimate()
	if !ok {
		t.Fatal("there is no estimate")
	}
	at, uncertainty := est.Time(bootAt + after)
	return at.Sub(noon.Add(after)), uncertainty
}

func TestImpossibleSamplesAreRefused(t *testing.T) {
	for why, change := range map[string]func(s *clock.Sample){
		"a board that boots in 1970":    func(s *clock.Sample) { s.Received, s.Sent = time.Unix(60, 0), time.Unix(60, 0) },
		"nothing said":                  func(s *clock.Sample) { s.Received, s.Sent = time.Time{}, time.Time{} },
		"the year before":               func(s *clock.Sample) { s.Received = time.Date(2023, 12, 31, 23, 59, 59, 0, time.UTC) },
		"the year after":                func(s *clock.Sample) { s.Sent = time.Date(2101, 1, 1, 0, 0, 0, 0, time.UTC) },
		"answered before it was asked":  func(s *clock.Sample) { s.Answered = s.Asked - 1 },
		"sent before it was received":   func(s *clock.Sample) { s.Sent = s.Received.Add(-1) },
		"longer there than on the way":  func(s *clock.Sample) { s.Sent = s.Sent.Add(10*time.Millisecond + 1) },
		"a source that is surer than 0": func(s *clock.Sample) { s.Doubt = -1 },
	} {
		e, _ := newEstimator()
		s := even(0, 0)
		if err := s.Validate(); err != nil {
			t.Fatal(err)
		}
		change(&s)
		if err := e.Add("centre", s); !errors.Is(err, clock.ErrImpossible) {
			t.Errorf("%s: %v", why, err)
		}
		if _, ok := e.Estimate(); ok {
			t.Errorf("%s: there is an estimate", why)
		}
	}
}

// TestTheUncertaintyIsTrue draws links, quartzes and silences: the error never
// exceeds the uncertainty, between the samples and long after them.
func TestTheUncertaintyIsTrue(t *testing.T) {
	for seed := range uint64(2000) {
		r := rand.New(rand.NewPCG(seed, 2))
		ppm := r.Float64()*200 - 100
		slow := []time.Duration{time.Millisecond, 50 * time.Millisecond, 2 * time.Second}[r.IntN(3)]
		e, log := newEstimator()
		after := time.Duration(0)
		for range 30 {
			there, back := time.Duration(r.Int64N(int64(slow))), time.Duration(r.Int64N(int64(slow)))
			feed(t, e, "centre", sample(after, there, back, 0, ppm))
			after += 2*slow + time.Duration(r.Int64N(int64(10*time.Minute)))>>r.IntN(12)
			est, _ := e.Estimate()
			steady := bootAt + after + time.Duration(float64(after)*ppm/1e6)
			at, uncertainty := est.Time(steady)
			if wrong := at.Sub(noon.Add(after)).Abs(); wrong > uncertainty {
				t.Fatalf("seed %d, %v after noon: off by %v, within %v; %.1f ppm, measured %.1f", seed, after, wrong, uncertainty, ppm, est.Drift)
			}
		}
		if log.count("jumped") > 0 {
			t.Errorf("seed %d: nothing has jumped", seed)
		}
	}
}

func TestAnEstimateAges(t *testing.T) {
	e := clock.Estimate{Steady: bootAt, At: noon, Uncertainty: time.Millisecond}
	gaining := e
	gaining.Drift = 80
	for _, c := range []struct {
		why                string
		e                  clock.Estimate
		after, at, exactly time.Duration
	}{
		{"at once", e, 0, 0, time.Millisecond},
		{"after an hour 100 ppm", e, time.Hour, time.Hour, 361 * time.Millisecond},
		{"an hour before as well", e, -time.Hour, -time.Hour, 361 * time.Millisecond},
		{"half when the drift is known", gaining, time.Hour, time.Hour - 288*time.Millisecond, 181 * time.Millisecond},
		{"and before", gaining, -time.Hour, -time.Hour + 288*time.Millisecond, 181 * time.Millisecond},
	} {
		at, uncertainty := c.e.Time(bootAt + c.after)
		if got := at.Sub(noon); got != c.at || uncertainty != c.exactly {
			t.Errorf("%s: %v within %v, want %v within %v", c.why, got, uncertainty, c.at, c.exactly)
		}
	}
}

func TestAnUnevenLinkIsEvenedOut(t *testing.T) {
	e, _ := newEstimator()
	feed(t, e, "centre",
		sample(0, 10*time.Millisecond, 300*time.Millisecond, 0, 0), // quick there
		sample(time.Second, 300*time.Millisecond, 10*time.Millisecond, 0, 0))
	if ahead, uncertainty := offAt(t, e, 2*time.Second); ahead.Abs() > time.Millisecond || uncertainty > 11*time.Millisecond {
		t.Errorf("ahead by %v within %v", ahead, uncertainty)
	}
}

func TestAJumpIsBelievedWhenFourAgree(t *testing.T) {
	e, log := newEstimator()
	for i := range time.Duration(5) {
		feed(t, e, "centre", even(i*time.Minute, 0))
	}
	for i := range time.Duration(4) {
		if ahead, _ := offAt(t, e, (4+i)*time.Minute); ahead.Abs() > time.Millisecond {
			t.Errorf("after %d that contradict: ahead by %v", i, ahead)
		}
		feed(t, e, "centre", even((5+i)*time.Minute, time.Second))
	}
	if ahead, uncertainty := offAt(t, e, 8*time.Minute); (ahead-time.Second).Abs() > time.Millisecond || uncertainty > 6*time.Millisecond {
		t.Errorf("after the jump: ahead by %v within %v", ahead, uncertainty)
	}
	if log.count("the time has jumped") != 1 {
		t.Errorf("logged: %s", log.all.String())
	}
}

func TestLiarsThatDifferAreNotBelieved(t *testing.T) {
	e, _ := newEstimator()
	for i := range time.Duration(9) {
		feed(t, e, "centre", even(i*time.Minute, 0), even(i*time.Minute+time.Second, (i+1)*time.Second))
	}
	if ahead, _ := offAt(t, e, 9*time.Minute); ahead.Abs() > time.Millisecond {
		t.Errorf("ahead by %v", ahead)
	}
}

func TestStaleSamplesAreDropped(t *testing.T) {
	e, log := newEstimator()
	feed(t, e, "centre", even(0, 0))
	feed(t, e, "centre", even(10*time.Minute, 5*time.Second)) // young enough to be contradicted
	if ahead, _ := offAt(t, e, 10*time.Minute); ahead.Abs() > time.Millisecond {
		t.Errorf("one sample was believed against one: ahead by %v", ahead)
	}
	feed(t, e, "centre", even(20*time.Minute+time.Second, 7*time.Second))
	if ahead, _ := offAt(t, e, 20*time.Minute); (ahead - 7*time.Second).Abs() > time.Millisecond {
		t.Errorf("with all others stale: ahead by %v", ahead)
	}
	if log.count("jumped") != 0 {
		t.Error("a jump was logged")
	}
}

func TestTheCentreWins(t *testing.T) {
	e, log := newEstimator()
	for i := range time.Duration(3) {
		feed(t, e, "centre", even(i*time.Minute, 0))
		feed(t, e, "ntp a", sample(i*time.Minute, 50*time.Microsecond, 50*time.Microsecond, time.Minute, 0))
	}
	if est, _ := e.Estimate(); est.Source != "centre" {
		t.Errorf("%s is believed", est.Source)
	}
	if log.count("the centre is believed") != 1 {
		t.Errorf("logged: %s", log.all.String())
	}
}

func TestTheBetterOfTwoThatAgreeIsBelieved(t *testing.T) {
	e, log := newEstimator()
	feed(t, e, "centre", even(0, 0))
	feed(t, e, "ntp a", sample(0, 50*time.Microsecond, 50*time.Microsecond, 4*time.Millisecond, 0))
	if est, _ := e.Estimate(); est.Source != "ntp a" || est.Uncertainty > time.Millisecond {
		t.Errorf("%+v is believed", est)
	}
	doubtful := sample(time.Minute, 50*time.Microsecond, 50*time.Microsecond, 0, 0)
	doubtful.Doubt = time.Second
	d, _ := newEstimator()
	feed(t, d, "centre", even(time.Minute, 0))
	feed(t, d, "ntp a", doubtful)
	if est, _ := d.Estimate(); est.Source != "centre" {
		t.Errorf("%s is believed, though it doubts itself", est.Source)
	}
	if log.count("believed") != 0 {
		t.Errorf("logged: %s", log.all.String())
	}
}
