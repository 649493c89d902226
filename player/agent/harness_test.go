package agent

import (
	"context"
	"crypto/ed25519"
	"encoding/json"
	"errors"
	"io"
	"log/slog"
	"path/filepath"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"loaphuong/devices"
	"loaphuong/devices/memory"
	"loaphuong/player"
	"loaphuong/player/silent"
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
	book   *Logbook
	path   string
	stop   func()

	mu      sync.Mutex
	deaf    bool // the centre hears and does not receipt
	lines   map[uint64]scheduler.AsRun
	state   devices.State
	through time.Time
}

// start is when every test begins: long after the machine's build.
func start() time.Time { return time.Date(2026, 11, 23, 5, 0, 0, 0, time.UTC) }

// inBench runs f beside an agent in a bubble of fake time.
func inBench(t *testing.T, f func(b *bench)) {
	synctest.Test(t, func(t *testing.T) {
		time.Sleep(time.Until(start()))
		b := &bench{t: t, broker: memory.NewBroker(), files: &fakeFiles{have: map[scheduler.Digest][]byte{}}, lines: map[uint64]scheduler.AsRun{}}
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
		b.checkChain()
	})
}

// begin starts the agent on the logbook at path.
func (b *bench) begin() {
	var err error
	if b.book, err = OpenLogbook(b.path, time.Now()); err != nil {
		b.t.Fatal(err)
	}
	a, err := New(Parts{
		Station: station, Keys: devices.NewKeyring(b.key.Public().(ed25519.PublicKey)),
		Link: b.broker.Link(string(station)), Card: silent.New(), Files: b.files, Decode: decodeFake,
		Book: b.book, Version: "test", Log: slog.New(slog.DiscardHandler),
	})
	if err != nil {
		b.t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(b.t.Context())
	done := make(chan error, 1)
	go func() { done <- a.Run(ctx) }()
	b.stop = func() {
		cancel()
		if err := <-done; err != nil {
			b.t.Error("agent:", err)
		}
		b.book.Close()
	}
	b.pass(time.Second)
}

func (b *bench) end() {
	if b.stop != nil {
		b.stop()
		b.stop = nil
	}
}

// pass lets time pass.
func (b *bench) pass(d time.Duration) {
	time.Sleep(d)
	synctest.Wait()
}

// until lets time pass until s after the start of the test.
func (b *bench) until(s time.Duration) { b.pass(time.Until(start().Add(s))) }

func (b *bench) receive(m devices.Message) {
	_, channel, _ := devices.ParseTopic(m.Topic)
	b.mu.Lock()
	defer b.mu.Unlock()
	if channel == devices.StateChannel {
		if err := json.Unmarshal(m.Payload, &b.state); err != nil {
			b.t.Error(err)
		}
		return
	}
	var batch devices.Batch
	if err := json.Unmarshal(m.Payload, &batch); err != nil {
		b.t.Error(err)
	}
	r := devices.Receipt{Log: batch.Log}
	for _, line := range batch.Records {
		if old, ok := b.lines[line.Number]; ok && old != line {
			b.t.Errorf("line %d was %+v and is now %+v", line.Number, old, line)
		}
		b.lines[line.Number] = line
		r.Accepted = append(r.Accepted, line.Number)
	}
	b.through = batch.Through
	if !b.deaf && len(r.Accepted) > 0 {
		go b.send(devices.ReceiptChannel, 1, time.Hour, r)
	}
}

// send signs body to the station.
func (b *bench) send(c devices.Channel, sequence uint64, life time.Duration, body any) []byte {
	raw, err := devices.Seal(b.key, devices.Envelope{
		To: string(station), Kind: c, Sequence: sequence, NotBefore: time.Now().Add(-time.Minute), Expires: time.Now().Add(life),
	}, body)
	if err != nil {
		b.t.Error(err)
	}
	b.sendRaw(c, raw)
	return raw
}

func (b *bench) sendRaw(c devices.Channel, raw []byte) {
	m := devices.Message{Topic: devices.Topic(station, c), Payload: raw, Retained: c == devices.ScheduleChannel}
	if err := b.centre.Send(b.t.Context(), m); err != nil {
		b.t.Error(err)
	}
}

// schedule makes a schedule with one playlist of items, each lasting 5 s and
// beginning 10 s after the one before, the first at s after the start.
func (b *bench) schedule(revision scheduler.Revision, s time.Duration, items ...string) devices.Schedule {
	out := devices.Schedule{
		Station: station, Revision: revision, Issued: time.Now().UTC(), Lease: time.Now().Add(7 * 24 * time.Hour).UTC(),
		Zone: scheduler.DefaultZone, Volume: 100,
	}
	list := scheduler.Playlist{Programme: "sang", Class: scheduler.Ordinary, Timing: scheduler.Once(start().Add(s)), Grace: 20 * time.Second}
	for i, item := range items {
		data := []byte(item)
		d := scheduler.DigestOf(data)
		list.Entries = append(list.Entries, scheduler.Entry{
			Offset: time.Duration(i) * 10 * time.Second, Recording: scheduler.RecordingID(item), Title: item,
			Digest: d, Duration: 5 * time.Second, Approver: "Lan",
		})
		out.Files = append(out.Files, devices.File{Digest: d, Size: int64(len(data))})
	}
	out.Playlists = []scheduler.Playlist{list.Seal()}
	return out
}

// publish sends a schedule whose files the centre has.
func (b *bench) publish(s devices.Schedule) {
	for _, l := range s.Playlists {
		for _, e := range l.Entries {
			b.files.offer(e.Title)
		}
	}
	b.send(devices.ScheduleChannel, uint64(s.Revision), time.Until(s.Lease), s)
	b.pass(time.Second)
}

// ends lists the last words, by title of the item.
func (b *bench) ends(items ...string) map[string]scheduler.AsRun {
	b.mu.Lock()
	defer b.mu.Unlock()
	found := map[string]scheduler.AsRun{}
	for _, line := range b.lines {
		for _, item := range items {
			if line.Kind == scheduler.AsRunEnd && line.Digest == scheduler.DigestOf([]byte(item)) {
				if _, twice := found[item]; twice {
					b.t.Errorf("%s has two last words", item)
				}
				found[item] = line
			}
		}
	}
	return found
}

// want checks the outcome and reason of an item.
func (b *bench) want(item string, outcome scheduler.State, reason scheduler.Reason) scheduler.AsRun {
	b.t.Helper()
	line := b.ends(item)[item]
	if line.Outcome != outcome || line.Reason != reason {
		b.t.Errorf("%s: got %q because %q (%s), want %q because %q", item, line.Outcome, line.Reason, line.Detail, outcome, reason)
	}
	return line
}

// checkChain checks that the lines the centre has are numbered without gaps and
// chained.
func (b *bench) checkChain() {
	b.mu.Lock()
	defer b.mu.Unlock()
	for n := uint64(1); n <= uint64(len(b.lines)); n++ {
		line, ok := b.lines[n]
		if !ok {
			b.t.Fatalf("line %d of %d is not there", n, len(b.lines))
		}
		if n > 1 && line.Previous != b.lines[n-1].Hash() {
			b.t.Errorf("line %d does not follow line %d", n, n-1)
		}
	}
}

// fakeFiles is a shelf whose centre may not have a file yet.
type fakeFiles struct {
	mu      sync.Mutex
	offered map[scheduler.Digest][]byte
	have    map[scheduler.Digest][]byte
}

func (f *fakeFiles) offer(item string) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.offered == nil {
		f.offered = map[scheduler.Digest][]byte{}
	}
	f.offered[scheduler.DigestOf([]byte(item))] = []byte(item)
}

func (f *fakeFiles) withdraw(item string) {
	f.mu.Lock()
	defer f.mu.Unlock()
	delete(f.offered, scheduler.DigestOf([]byte(item)))
	delete(f.have, scheduler.DigestOf([]byte(item)))
}

func (f *fakeFiles) spoil(item string) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.have[scheduler.DigestOf([]byte(item))] = []byte("something else")
	delete(f.offered, scheduler.DigestOf([]byte(item)))
}

func (f *fakeFiles) Has(d scheduler.Digest) bool {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.have[d] != nil
}

func (f *fakeFiles) Read(d scheduler.Digest) ([]byte, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	data := f.have[d]
	if scheduler.DigestOf(data) != d {
		delete(f.have, d)
		return nil, errors.New("the file was damaged and has been removed")
	}
	return data, nil
}

func (f *fakeFiles) Fetch(_ context.Context, file devices.File) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	data, ok := f.offered[file.Digest]
	if !ok {
		return errors.New("the centre does not have it")
	}
	f.have[file.Digest] = data
	return nil
}

func (f *fakeFiles) Keep([]devices.File) error { return nil }

// decodeFake makes five seconds of sound of anything.
func decodeFake([]byte) (player.Stream, error) {
	return &tone{left: player.Frames(5 * time.Second)}, nil
}

type tone struct{ left int64 }

func (s *tone) Read(buf []float32) (int, error) {
	n := min(int64(len(buf)), s.left)
	for i := range buf[:n] {
		buf[i] = 0.5
	}
	if s.left -= n; s.left == 0 {
		return int(n), io.EOF
	}
	return int(n), nil
}
