package clock_test

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"loaphuong/player/clock"
)

// era brings a bubble's time, which begins in 2000, to where a source is believed.
const era = 27 * 365 * 24 * time.Hour

// truth is the true time in a bubble.
func truth() time.Time { return time.Now().Add(era) }

var errDown = errors.New("no link")

// machine is a computer in a bubble whose steady clock gains some ppm, more by
// day than by night.
type machine struct {
	began         time.Time
	drift, warmth float64      // ppm, and by how much that swings
	jumped        atomic.Int64 // nanoseconds that the steady clock has gained at once
}

// booting is the steady time at which a machine's life in a test begins.
const booting = 40 * time.Second

func boots(drift, warmth float64) *machine {
	return &machine{began: time.Now(), drift: drift, warmth: warmth}
}

func (m *machine) steady() time.Duration {
	real := time.Since(m.began)
	day := (24 * time.Hour).Seconds() / (2 * math.Pi)
	swing := m.warmth * day * (1 - math.Cos(real.Seconds()/day)) // its integral
	return booting + time.Duration(m.jumped.Load()) + real + time.Duration((m.drift*real.Seconds()+swing)*1e3)
}

// peer is a source in a bubble. Its methods may be used by any goroutine.
type peer struct {
	name    string
	machine *machine
	way     func(r *rand.Rand) (there, back time.Duration)

	mu    sync.Mutex
	r     *rand.Rand
	down  bool
	ahead time.Duration // how far it is off
	asked []time.Time   // when, in the bubble
}

func newPeer(name string, m *machine, seed uint64) *peer {
	return &peer{name: name, machine: m, way: lan, r: rand.New(rand.NewPCG(seed, 1))}
}

// lan takes well below a millisecond.
func lan(r *rand.Rand) (there, back time.Duration) {
	one := func() time.Duration { return time.Duration(100+r.IntN(100)) * time.Microsecond }
	return one(), one()
}

// mobile takes 50 to 350 ms, shared between the ways as it happens.
func mobile(r *rand.Rand) (there, back time.Duration) {
	both := 50*time.Millisecond + time.Duration(r.Int64N(int64(300*time.Millisecond)))
	there = time.Duration(r.Int64N(int64(both)))
	return there, both - there
}

func (p *peer) Name() string { return p.name }

// set changes the peer.
func (p *peer) set(change func(p *peer)) {
	p.mu.Lock()
	defer p.mu.Unlock()
	change(p)
}

// ask notes a question and draws its fate.
func (p *peer) ask() (there, back, ahead time.Duration, down bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.asked = append(p.asked, time.Now())
	there, back = p.way(p.r)
	return there, back, p.ahead, p.down
}

// times forgets and returns when the peer was asked.
func (p *peer) times() []time.Time {
	p.mu.Lock()
	defer p.mu.Unlock()
	all := p.asked
	p.asked = nil
	return all
}

func (p *peer) Measure(ctx context.Context) (s clock.Sample, err error) {
	there, back, ahead, down := p.ask()
	if ctx.Err() != nil {
		return s, ctx.Err()
	}
	if down {
		return s, errDown
	}
	s.Asked = p.machine.steady()
	time.Sleep(there)
	s.Received = truth().Add(ahead)
	time.Sleep(time.Millisecond)
	s.Sent = truth().Add(ahead)
	time.Sleep(back)
	s.Answered = p.machine.steady()
	return s, nil
}

// following is a Follow under way in a bubble.
type following struct {
	t     *testing.T
	nudge chan struct{}
	log   *lines

	mu    sync.Mutex
	heard []clock.Estimate
}

// inFollow runs f in a bubble while the sources are followed.
func inFollow(t *testing.T, set func() []clock.Source, f func(w *following)) {
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		w := &following{t: t, nudge: make(chan struct{}), log: &lines{}}
		done := make(chan error)
		sources := set()
		go func() {
			done <- clock.Follow(ctx, slog.New(slog.NewTextHandler(w.log, nil)), sources, w.nudge, w.told)
		}()
		f(w)
		cancel()
		if err := <-done; err != nil {
			t.Error(err)
		}
	})
}

func (w *following) told(e clock.Estimate) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.heard = append(w.heard, e)
}

// last is the newest estimate, and how many were told in all.
func (w *following) last() (clock.Estimate, int) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if len(w.heard) == 0 {
		return clock.Estimate{}, 0
	}
	return w.heard[len(w.heard)-1], len(w.heard)
}

// off is the error of an estimate now, and what it says of itself.
func (w *following) off(m *machine) (wrong, uncertainty time.Duration) {
	w.t.Helper()
	e, n := w.last()
	if n == 0 {
		w.t.Fatal("nothing was told")
	}
	at, uncertainty := e.Time(m.steady())
	return at.Sub(truth()).Abs(), uncertainty
}

// lines collects a log.
type lines struct {
	mu  sync.Mutex
	all strings.Builder
}

var _ io.Writer = (*lines)(nil)

func (l *lines) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.all.Write(p)
}

// count is how many lines hold a text.
func (l *lines) count(text string) int {
	l.mu.Lock()
	defer l.mu.Unlock()
	return strings.Count(l.all.String(), text)
}

// quantile sorts all and returns the one that so large a part is not above.
func quantile(all []time.Duration, part float64) time.Duration {
	slices.Sort(all)
	return all[min(int(part*float64(len(all))), len(all)-1)]
}
