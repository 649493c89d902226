package agent

import (
	"context"
	"crypto/ed25519"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"testing/synctest"
	"time"

	"go.etcd.io/bbolt"

	"loaphuong/devices"
	"loaphuong/devices/memory"
	"loaphuong/scheduler"
)

const station = scheduler.StationID("thanh-mien")

// bench is a station on the silent card in fake time, and a centre that signs,
// listens and receipts.
type bench struct {
	t      *testing.T
	broker *memory.Broker
	centre devices.Link
	key    ed25519.PrivateKey
	files  *fakeFiles
	card   *testCard
	link   *testLink
	agent  *Agent
	book   *Logbook
	full   atomic.Bool // the disk takes nothing
	none   atomic.Bool // it says that this is for want of space
	room   uint64      // how many lines may wait; 0 for what is usual
	path   string
	adds   func(p *Parts) // what the agents have besides
	time   teacher
	cuts   int
	stop   func()

	mu      sync.Mutex
	deaf    bool   // the centre hears and does not receipt
	pushy   []byte // a schedule that the centre sends whenever a station says what it holds
	lines   map[uint64]scheduler.AsRun
	gone    uint64 // the last line that never came
	state   devices.State
	states  int               // how many have come,
	batches int               // and of these
	latest  []scheduler.AsRun // of the last batch
	claims  []claim
	through time.Time
}

// start is when every test begins: long after the machine's build.
func start() time.Time { return time.Date(2026, 11, 23, 5, 0, 0, 0, time.UTC) }

// inBench runs f beside an agent in a bubble of fake time.
func inBench(t *testing.T, f func(b *bench)) { inBenchBehind(t, 0, f) }

// inBenchBehind is inBench on a machine whose clock is behind true time, or
// ahead where that is negative.
func inBenchBehind(t *testing.T, behind time.Duration, f func(b *bench)) {
	synctest.Test(t, func(t *testing.T) {
		time.Sleep(time.Until(start().Add(-behind)))
		b := &bench{
			time: newTeacher(behind), t: t, broker: memory.NewBroker(), card: &testCard{}, lines: map[uint64]scheduler.AsRun{},
			files: &fakeFiles{have: map[scheduler.Digest][]byte{}},
		}
		_, b.key, _ = ed25519.GenerateKey(nil)
		b.centre = b.broker.Link(devices.CentreName)
		ctx, cancel := context.WithCancel(t.Context())
		defer cancel()
		go b.centre.Run(ctx, devices.Session{
			Client:    devices.CentreName,
			Subscribe: []string{devices.AllStations(devices.StateChannel), devices.AllStations(devices.AsRunChannel)},
			Receive:   b.receive,
		})
		b.path = filepath.Join(t.TempDir(), "logbook.db")
		b.begin()
		f(b)
		b.end()
		synctest.Wait() // for receipts on their way
		b.checkChain()
	})
}

// begin starts the agent on the logbook at path.
func (b *bench) begin() {
	b.create()
	ctx, cancel := context.WithCancel(b.t.Context())
	done := make(chan error, 1)
	go func() { done <- b.agent.Run(ctx) }()
	b.stop = func() {
		cancel()
		told := time.Now()
		if err := <-done; err != nil && !b.full.Load() {
			b.t.Error("agent:", err)
		}
		if took := time.Since(told); took > 5*time.Second {
			b.t.Errorf("it took %s to end", took)
		}
		b.book.Close()
	}
	b.pass(time.Second)
}

// create makes the agent.
func (b *bench) create() {
	var err error
	if b.book, err = OpenLogbook(b.path, time.Now()); err != nil {
		b.t.Fatal(err)
	}
	write := b.book.update
	b.book.update = func(f func(*bbolt.Tx) error) error {
		if b.full.Load() {
			return b.refusal()
		}
		return write(f)
	}
	if b.room > 0 {
		b.book.room = b.room
	}
	b.link = &testLink{Link: b.broker.Link(string(station))}
	parts := Parts{
		Station: station, Keys: devices.NewKeyring(b.public()),
		Link: b.link, Card: b.card, Files: b.files, Decode: decodeFake,
		Book: b.book, Version: "test", Log: slog.New(slog.DiscardHandler),
		Machine: b.time.machine(), Learn: b.time.learn,
	}
	if b.adds != nil {
		b.adds(&parts)
	}
	if b.agent, err = New(parts); err != nil {
		b.t.Fatal(err)
	}
}

// refusal is what a disk says that takes nothing.
func (b *bench) refusal() error {
	if b.none.Load() {
		return fmt.Errorf("write: %w", syscall.ENOSPC)
	}
	return errors.New("input/output error")
}

// with has the agent from here on with further parts.
func (b *bench) with(adds func(p *Parts)) {
	b.end()
	b.adds = adds
	b.begin()
}

func (b *bench) end() {
	if b.stop != nil {
		b.stop()
		b.stop = nil
	}
}

// powerCut ends the agent without a word: the next one finds the disk as it was
// at that moment.
func (b *bench) powerCut() {
	synctest.Wait()
	b.broker.Cut(string(station)) // what the old agent says from here on is lost
	b.cuts++
	after := fmt.Sprintf("%s.%d", b.path, b.cuts)
	if err := b.book.snapshot(after); err != nil {
		b.t.Fatal(err)
	}
	b.end()
	b.broker.Restore(string(station))
	b.path = after
}

// pass lets time pass.
func (b *bench) pass(d time.Duration) {
	time.Sleep(d)
	synctest.Wait()
}

// until lets time pass until s after the start of the test.
func (b *bench) until(s time.Duration) { b.pass(start().Add(s).Sub(b.now())) }

// snapshot copies the logbook as the disk has it now.
func (b *Logbook) snapshot(path string) error {
	tx, err := b.db.Begin(false)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	defer f.Close()
	_, err = tx.WriteTo(f)
	return err
}
