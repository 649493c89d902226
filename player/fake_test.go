package player_test

import (
	"context"
	"io"
	"math"
	"testing"
	"testing/synctest"
	"time"

	"loaphuong/player"
)

// period is how many frames the fake card asks for at once.
const period = 1024

// tape is a stream of n frames of one value, with the error it ends with.
type tape struct {
	left  int
	value float32
	err   error
}

func (s *tape) Read(buf []float32) (int, error) {
	if s.left == 0 {
		return 0, s.err
	}
	n := min(len(buf), s.left)
	for i := range buf[:n] {
		buf[i] = s.value
	}
	s.left -= n
	return n, nil
}

// tone is an item of n frames of value that is whole.
func tone(key string, start time.Time, n int, rank player.Rank, value float32) player.Item {
	return player.Item{Key: key, Start: start, Length: player.Duration(int64(n)), Rank: rank, Gain: 1,
		Stream: &tape{left: n, value: value, err: io.EOF}}
}

// desk is a mixer under a fake card inside fake time: it keeps every frame and
// every event. Frame 0 sounds at its epoch.
type desk struct {
	*player.Mixer
	t      *testing.T
	epoch  time.Time
	frames []float32
	events []player.Event
	heard  []time.Time // when each event was delivered
	cancel context.CancelFunc
}

// within runs a test on a desk in a synctest bubble.
func within(t *testing.T, test func(t *testing.T, d *desk)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		d := &desk{t: t, epoch: time.Now().Add(player.Duration(period))}
		d.Mixer = player.NewMixer(func(e player.Event) {
			d.events = append(d.events, e)
			d.heard = append(d.heard, time.Now())
		})
		ctx, cancel := context.WithCancel(t.Context())
		d.cancel = cancel
		done := make(chan error, 1)
		go func() { done <- d.Run(ctx) }()
		test(t, d)
		cancel()
		if err := <-done; err != nil {
			t.Errorf("Run: %v", err)
		}
	})
}

// at is the instant of frame n.
func (d *desk) at(n int) time.Time { return d.epoch.Add(player.Duration(int64(n))) }

// turn fills until n frames more have been delivered, each period one ahead.
func (d *desk) turn(n int) {
	for end := len(d.frames) + n; len(d.frames) < end; {
		buf := make([]float32, min(period, end-len(d.frames)))
		d.Fill(buf, d.at(len(d.frames)))
		d.frames = append(d.frames, buf...)
		time.Sleep(player.Duration(int64(len(buf))))
	}
	synctest.Wait()
}

// place places or fails the test. Run sees it before it returns, and so holds no
// lock when the next period is filled.
func (d *desk) place(items ...player.Item) {
	d.t.Helper()
	defer synctest.Wait()
	for _, item := range items {
		if err := d.Place(item); err != nil {
			d.t.Fatal(err)
		}
	}
}

// first is the first frame of value, -1 for none.
func (d *desk) first(value float32) int {
	for i, f := range d.frames {
		if math.Abs(float64(f-value)) < 1e-6 {
			return i
		}
	}
	return -1
}

// count is how many frames have value.
func (d *desk) count(value float32) (n int) {
	for _, f := range d.frames {
		if math.Abs(float64(f-value)) < 1e-6 {
			n++
		}
	}
	return n
}

// of are the events of one item.
func (d *desk) of(key string) (events []player.Event) {
	for _, e := range d.events {
		if e.Key == key {
			events = append(events, e)
		}
	}
	return events
}

// last is the last event of one item.
func (d *desk) last(key string) player.Event {
	events := d.of(key)
	if len(events) == 0 {
		d.t.Fatalf("no event of %q among %v", key, d.events)
	}
	return events[len(events)-1]
}

// expect compares the last event of an item, its instant to within a frame and
// what was heard of it to within the rounding of a nanosecond or two.
func (d *desk) expect(want player.Event) {
	d.t.Helper()
	got := d.last(want.Key)
	slip := got.At.Sub(want.At).Abs()
	if (got.Heard - want.Heard).Abs() <= 3 {
		got.Heard = want.Heard
	}
	got.At = want.At
	if got != want || slip > player.Duration(1)+1 {
		d.t.Errorf("%s: %+v, want %+v; its instant is off by %v", want.Key, got, want, slip)
	}
}
