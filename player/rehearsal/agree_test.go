package rehearsal

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"loaphuong/devices"
	"loaphuong/devices/memory"
	"loaphuong/player"
	"loaphuong/player/agent"
	"loaphuong/player/silent"
	"loaphuong/scheduler"
)

// TestStepsSayWhatTheAgentSays lives the same life twice: as a rehearsal, and
// with the agent as it runs in a commune, its loops, the true mixer and a card
// that takes its time, in fake time. Both must write the same lines.
func TestStepsSayWhatTheAgentSays(t *testing.T) {
	for seed := range uint64(3) {
		t.Run(fmt.Sprint("seed ", seed), func(t *testing.T) {
			t.Parallel()
			const span = 20 * time.Minute
			stepped := newWorld(t, seed, span, Power, Link, Card, Disk)
			ticking := newWorld(t, seed, span, Power, Link, Card, Disk)
			stepped.bandwidth, ticking.bandwidth = quick, quick
			stepped.run(stepped.show(), span+10*time.Minute)
			synctest.Test(t, func(t *testing.T) { ticking.live(t, span+10*time.Minute) })
			if len(stepped.lines) < 40 {
				t.Errorf("there are no more than %d lines", len(stepped.lines))
			}
			sameLines(t, stepped.centre, ticking.centre)
		})
	}
}

// quick is a bandwidth at which it hardly matters which of two files comes first:
// that is where the two differ, by chance and by the length of one file.
const quick = 50_000_000

// sameLines compares what two lives of one station say, apart from the names of
// the logs and what follows from them.
func sameLines(t *testing.T, got, want *centre) {
	t.Helper()
	type point struct {
		airing scheduler.AiringID
		kind   scheduler.AsRunKind
	}
	wanted := map[point]scheduler.AsRun{}
	for _, line := range want.inOrder() {
		wanted[point{line.Airing, line.Kind}] = line
	}
	for _, line := range got.inOrder() {
		at := point{line.Airing, line.Kind}
		other, ok := wanted[at]
		off, more := line.At.Sub(other.At), line.Sounded-other.Sounded
		if !ok || line.Outcome != other.Outcome || line.Reason != other.Reason || line.Evidence != other.Evidence ||
			off.Abs() > slack || more.Abs() > slack {
			t.Errorf("%s, planned for %s, is told as\n\t%s, and should be\n\t%s", line.Airing, line.Planned.Sub(monday()), tell(line), tell(other))
		}
		delete(wanted, at)
	}
	for _, line := range wanted {
		t.Errorf("%s, planned for %s, is not told: %s", line.Airing, line.Planned.Sub(monday()), tell(line))
	}
}

// slack is how far two tellings may be apart: a tick of the one is not that of
// the other, and what has failed is tried again a second later.
const slack = 1100 * time.Millisecond

func tell(r scheduler.AsRun) string {
	return fmt.Sprintf("%s at %s: %s %s %s %s (%s)", r.Kind, r.At.Sub(monday()), r.Outcome, r.Reason, r.Sounded, r.Evidence, r.Detail)
}

// commune is a station with all its loops.
type commune struct {
	*world
	t      *testing.T
	broker *memory.Broker
	path   string
	cuts   int
	disk   shelf // only what is there of it
	stop   func()

	mu    sync.Mutex
	fails map[Kind]bool
	pull  context.CancelFunc // of the card's run
}

// live lives a world's life in the bubble of t.
func (w *world) live(t *testing.T, span time.Duration) {
	time.Sleep(time.Until(after(0)))
	c := &commune{
		world: w, t: t, broker: memory.NewBroker(), path: filepath.Join(t.TempDir(), "book"), disk: newShelf(), fails: map[Kind]bool{},
	}
	centre := c.broker.Link(devices.CentreName)
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	var hearing sync.Mutex
	go centre.Run(ctx, devices.Session{
		Client:    devices.CentreName,
		Subscribe: []string{devices.AllStations(devices.StateChannel), devices.AllStations(devices.AsRunChannel)},
		Receive: func(m devices.Message) {
			hearing.Lock()
			defer hearing.Unlock()
			for _, answer := range w.hear(m, time.Now()) {
				time.AfterFunc(delay, func() { centre.Send(ctx, answer) })
			}
		},
	})
	var plan agenda
	for _, o := range w.outages {
		plan.put(o.From, "", func() { c.begin(o.Kind) })
		plan.put(o.Until, "", func() { c.end(o.Kind, &plan) })
	}
	plan.put(after(0), "", func() { c.start(&plan) })
	for i, m := range w.given {
		plan.put(w.published[i].Issued, "", func() { centre.Send(ctx, m) })
	}
	for len(plan) > 0 {
		e := plan.take()
		c.pass(e.at)
		e.do()
	}
	c.pass(after(span))
	c.stop()
}

// pass waits until an instant.
func (c *commune) pass(until time.Time) {
	time.Sleep(time.Until(until))
	synctest.Wait()
}

// start starts the agent, unless the power is off.
func (c *commune) start(plan *agenda) {
	if c.failing(Power) || c.stop != nil {
		return
	}
	c.broker.Cut(string(station))
	c.connect(plan)
	book, err := agent.OpenScratch(c.path, time.Now(), func() error {
		if c.failing(Disk) {
			return errFull
		}
		return nil
	})
	if err != nil {
		c.t.Fatal(err)
	}
	a, err := agent.New(agent.Parts{
		Station: station, Keys: c.keys(), Link: c.broker.Link(string(station)), Card: plugged{c}, Files: depot{c},
		Decode: func(data []byte) (player.Stream, error) { return &hum{player.Frames(c.lengthOf(data))}, nil },
		Book:   book, Version: "rehearsal", Log: slog.New(slog.DiscardHandler),
	})
	if err != nil {
		c.t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(c.t.Context())
	done := make(chan error, 1)
	go func() { done <- a.Run(ctx) }()
	c.stop = func() { cancel(); <-done; book.Close() }
}

// connect has the link come up as that of a show does.
func (c *commune) connect(plan *agenda) {
	plan.put(time.Now().Round(0).Add(connecting), string(Link), func() {
		if !c.failing(Link) {
			c.broker.Restore(string(station))
		}
	})
}

// begin begins an outage.
func (c *commune) begin(k Kind) {
	c.mu.Lock()
	c.fails[k] = true
	pull := c.pull
	c.mu.Unlock()
	switch {
	case k == Power && c.stop != nil:
		c.cutPower()
	case k == Link:
		c.broker.Cut(string(station))
	case k == Card && pull != nil:
		pull()
	}
}

// cutPower ends the agent so that nothing of its end is kept.
func (c *commune) cutPower() {
	c.broker.Cut(string(station))
	c.cuts++
	was, err := os.ReadFile(c.path)
	if err != nil {
		c.t.Fatal(err)
	}
	c.stop()
	c.stop = nil
	c.path = fmt.Sprint(c.path, c.cuts)
	if err := os.WriteFile(c.path, was, 0o600); err != nil {
		c.t.Fatal(err)
	}
}

// end ends an outage.
func (c *commune) end(k Kind, plan *agenda) {
	c.mu.Lock()
	c.fails[k] = false
	c.mu.Unlock()
	switch k {
	case Power:
		c.start(plan)
	case Link:
		c.connect(plan)
	}
}

func (c *commune) failing(k Kind) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.fails[k]
}

// lengthOf is how long the item of a title is.
func (c *commune) lengthOf(title []byte) time.Duration {
	for _, s := range c.published {
		for _, p := range s.Playlists {
			for _, e := range p.Entries {
				if e.Title == string(title) {
					return e.Duration
				}
			}
		}
	}
	return 0
}

// hum is sound of so many frames.
type hum struct{ left int64 }

func (h *hum) Read(buf []float32) (int, error) {
	n := min(int64(len(buf)), h.left)
	if h.left -= n; h.left == 0 {
		return int(n), io.EOF
	}
	return int(n), nil
}

// plugged is the silent card while it is there.
type plugged struct{ *commune }

func (p plugged) Name() string { return "rehearsal" }

func (p plugged) Run(ctx context.Context, src player.Source) error {
	running, pull := context.WithCancel(ctx)
	defer pull()
	p.mu.Lock()
	p.pull = pull
	gone := p.fails[Card]
	p.mu.Unlock()
	if gone {
		return errNoCard
	}
	if err := silent.New().Run(running, src); err != nil || ctx.Err() != nil {
		return err
	}
	return errNoCard
}

// depot is the disk, filled over the link as a show fills its own.
type depot struct{ *commune }

func (d depot) Has(digest scheduler.Digest) bool {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.disk.Has(digest)
}

func (d depot) Read(digest scheduler.Digest) ([]byte, error) {
	for _, s := range d.published {
		for _, p := range s.Playlists {
			for _, e := range p.Entries {
				if e.Digest == digest {
					return []byte(e.Title), nil
				}
			}
		}
	}
	return nil, errors.New("no such file")
}

func (d depot) Fetch(ctx context.Context, f devices.File) error {
	const slice = 20 * time.Millisecond
	for d.disk.part[f.Digest] < f.Size {
		if d.failing(Link) || d.failing(Disk) || ctx.Err() != nil {
			time.Sleep(time.Second)
			return errNoLink
		}
		time.Sleep(slice)
		d.disk.part[f.Digest] += d.bandwidth * int64(slice) / int64(time.Second)
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	d.disk.have[f.Digest] = true
	return nil
}

func (d depot) Shed([]devices.File, int64) error { return nil }

func (d depot) Room() agent.Room { return agent.Room{} }

func (d depot) Keep(files []devices.File) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.disk.Keep(files)
}
