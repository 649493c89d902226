package agent

import (
	"context"
	"errors"
	"hash/fnv"
	"io"
	"slices"
	"strings"
	"sync"
	"time"

	"loaphuong/devices"
	"loaphuong/player"
	"loaphuong/player/silent"
	"loaphuong/scheduler"
)

// fakeFiles is a shelf whose centre may not have a file yet.
type fakeFiles struct {
	mu      sync.Mutex
	offered map[scheduler.Digest][]byte
	have    map[scheduler.Digest][]byte
	takes   time.Duration      // how long it takes to fetch a file
	fetched []scheduler.Digest // in the order in which they were asked for
	shed    []int              // how many files were listed each time that some had to go
	sheds   func()             // what then becomes of the disk
	low     bool
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

// slow makes every fetch take a while, and forgets those before.
func (f *fakeFiles) slow(d time.Duration) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.takes, f.fetched = d, nil
}

// lose takes a file off the disk; the centre still has it.
func (f *fakeFiles) lose(item string) {
	f.mu.Lock()
	defer f.mu.Unlock()
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
	takes := f.takes
	f.fetched = append(f.fetched, file.Digest)
	f.mu.Unlock()
	time.Sleep(takes)
	f.mu.Lock()
	defer f.mu.Unlock()
	data, ok := f.offered[file.Digest]
	if !ok {
		return errors.New("the centre does not have it")
	}
	f.have[file.Digest] = data
	return nil
}

func (f *fakeFiles) Keep(files []devices.File) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	for d := range f.have {
		if !slices.ContainsFunc(files, func(k devices.File) bool { return k.Digest == d }) {
			delete(f.have, d)
		}
	}
	return nil
}

// Shed lets go of the last file that is there.
func (f *fakeFiles) Shed(files []devices.File, _ int64) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.shed = append(f.shed, len(files))
	if f.sheds != nil {
		f.sheds()
	}
	for _, file := range slices.Backward(files) {
		if f.have[file.Digest] != nil {
			delete(f.have, file.Digest)
			break
		}
	}
	return nil
}

func (f *fakeFiles) Room() Room {
	f.mu.Lock()
	defer f.mu.Unlock()
	return Room{Low: f.low}
}

// decodeFake makes a tone of a level of its own of anything.
func decodeFake(data []byte) (player.Stream, error) {
	return &tone{left: player.Frames(lengthOf(data)), level: levelOf(data)}, nil
}

// lengthOf is five seconds, or what an item says, as in "a@90s".
func lengthOf(data []byte) time.Duration {
	_, length, _ := strings.Cut(string(data), "@")
	if d, err := time.ParseDuration(length); err == nil {
		return d
	}
	return 5 * time.Second
}

// levelOf is between 0.25 and 0.75, and another for every item.
func levelOf(data []byte) float32 {
	h := fnv.New32a()
	h.Write(data)
	return 0.25 + float32(h.Sum32()%(1<<20))/(1<<21)
}

type tone struct {
	left  int64
	level float32
}

func (s *tone) Read(buf []float32) (int, error) {
	n := min(int64(len(buf)), s.left)
	for i := range buf[:n] {
		buf[i] = s.level
	}
	if s.left -= n; s.left == 0 {
		return int(n), io.EOF
	}
	return int(n), nil
}

// testLink is a link that can be stuck.
type testLink struct {
	devices.Link
	mu    sync.Mutex
	stuck bool
}

// block makes Send wait for the end of its context.
func (l *testLink) block(stuck bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.stuck = stuck
}

func (l *testLink) Send(ctx context.Context, m devices.Message) error {
	l.mu.Lock()
	stuck := l.stuck
	l.mu.Unlock()
	if stuck {
		<-ctx.Done()
		return ctx.Err()
	}
	return l.Link.Send(ctx, m)
}

// testCard is the silent card with a plug, and with a memory of what sounded.
type testCard struct {
	mu      sync.Mutex
	hangs   time.Duration // how long Run goes on after its end
	lost    error
	unplug  context.CancelFunc    // of the run in progress
	sounded map[float32]int64     // frames of each level
	frames  int64                 // of any sound
	began   map[float32]time.Time // when each level was first sent, by the machine's clock
}

func (c *testCard) Name() string { return "silent" }

func (c *testCard) Run(ctx context.Context, src player.Source) error {
	c.mu.Lock()
	lost := c.lost
	running, cancel := context.WithCancel(ctx)
	c.unplug = cancel
	c.mu.Unlock()
	defer cancel()
	if lost != nil {
		return lost
	}
	err := silent.New().Run(running, tap{c, src})
	c.mu.Lock()
	hangs := c.hangs
	c.mu.Unlock()
	time.Sleep(hangs)
	if ctx.Err() == nil && err == nil {
		err = errors.New("card silent: unplugged")
	}
	return err
}

// hang makes Run go on for a while after its end.
func (c *testCard) hang(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.hangs = d
}

// pull takes the card away, plug gives it back.
func (c *testCard) pull() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.lost = errors.New("card silent: no such device")
	if c.unplug != nil {
		c.unplug()
	}
}

func (c *testCard) plug() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.lost = nil
}

// heard is how much of an item has sounded at full volume.
func (c *testCard) heard(item string) time.Duration {
	c.mu.Lock()
	defer c.mu.Unlock()
	return player.Duration(c.sounded[levelOf([]byte(item))])
}

// first is when an item was first heard at full volume, by the machine's clock;
// zero where it was not.
func (c *testCard) first(item string) time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.began[levelOf([]byte(item))]
}

// any is how much of anything has sounded.
func (c *testCard) any() time.Duration {
	c.mu.Lock()
	defer c.mu.Unlock()
	return player.Duration(c.frames)
}

// tap is the card's memory.
type tap struct {
	card *testCard
	src  player.Source
}

func (t tap) Fill(buf []float32, sounds time.Time) {
	t.src.Fill(buf, sounds)
	t.card.mu.Lock()
	defer t.card.mu.Unlock()
	if t.card.sounded == nil {
		t.card.sounded, t.card.began = map[float32]int64{}, map[float32]time.Time{}
	}
	const ms = player.Rate / 1000
	for i := 0; i < len(buf); i += ms { // near enough, and quick
		if buf[i] != 0 {
			if _, old := t.card.began[buf[i]]; !old {
				t.card.began[buf[i]] = sounds.Add(player.Duration(int64(i)))
			}
			t.card.sounded[buf[i]] += ms
			t.card.frames += ms
		}
	}
}
