package speaker_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"math"
	"os"
	"strconv"
	"syscall"
	"testing"
	"time"

	"loaphuong/player"
	"loaphuong/player/cardtest"
	"loaphuong/player/speaker"
	"loaphuong/player/speaker/testcard"
)

// bench is the one virtual card of this process, since ALSA's configuration is
// the process's, and our card on it.
type bench struct {
	virtual *testcard.Card
	card    player.Card
}

var table bench

func TestMain(m *testing.M) { os.Exit(run(m)) }

func run(m *testing.M) int {
	if code, child := playAlong(); child {
		return code
	}
	dir, err := os.MkdirTemp(memory(), "speaker")
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	defer os.RemoveAll(dir)
	table.virtual, err = testcard.Build(dir, 0)
	if err == nil {
		err = os.Setenv("ALSA_CONFIG_PATH", table.virtual.Config)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	hurry()
	table.card = speaker.New("", testPeriod)
	return m.Run()
}

// memory is where files are in memory: a card whose capture waits for a busy
// disk has underruns. It is "" where there is no such place.
func memory() string {
	const place = "/dev/shm"
	if _, err := os.Stat(place); err != nil {
		return ""
	}
	return place
}

// testPeriod is longer than usual, so that a machine that is busy with other
// tests makes few underruns. The benchmark has the usual one.
const testPeriod = 2048

// hurry asks for our share of such a machine; only root gets it.
func hurry() {
	threads, _ := os.ReadDir("/proc/self/task")
	for _, thread := range threads {
		if id, err := strconv.Atoi(thread.Name()); err == nil {
			_ = syscall.Setpriority(syscall.PRIO_PROCESS, id, -15)
		}
	}
}

// chirp is a stream whose every part sounds different from every other.
type chirp struct{ next, length int }

func chirpAt(n int) float32 {
	t := float64(n) / player.Rate
	return float32(0.5 * math.Sin(2*math.Pi*(200*t+800*t*t)))
}

func (c *chirp) Read(buf []float32) (n int, err error) {
	for ; n < len(buf) && c.next < c.length; n++ {
		buf[n] = chirpAt(c.next + 1) // not zero at its first frame
		c.next++
	}
	if c.next == c.length {
		err = io.EOF
	}
	return n, err
}

// play runs the card under a mixer with these items and returns once all have
// ended, with the last event of each.
func play(t testing.TB, card player.Card, items ...player.Item) map[string]player.Event {
	t.Helper()
	ends, over := make(map[string]player.Event), make(chan struct{})
	mixer := player.NewMixer(func(e player.Event) {
		if e.Kind == player.Ended || e.Kind == player.TooLate {
			if ends[e.Key] = e; len(ends) == len(items) {
				close(over)
			}
		}
	})
	for _, item := range items {
		if err := mixer.Place(item); err != nil {
			t.Fatal(err)
		}
	}
	ctx, cancel := context.WithCancel(t.Context())
	ran := make(chan error, 2)
	go func() { ran <- mixer.Run(ctx) }()
	go func() { ran <- card.Run(ctx, mixer) }()
	select {
	case <-over:
	case <-time.After(2 * time.Minute):
		t.Error("the items do not end")
	}
	cancel()
	for range 2 {
		if err := <-ran; err != nil {
			t.Error(err)
		}
	}
	return ends
}

// sounding is a run of frames that are not silent, as the card heard them.
type sounding struct {
	at     time.Time
	frames []float32
}

// apart is how many frames of silence separate two soundings: more than the 21
// ms of a period that came too late.
const apart = 3000

// heard are the soundings of the usual card since an instant.
func heard(t testing.TB, since time.Time) []sounding {
	t.Helper()
	return soundings(t, table.virtual, since)
}

// soundings are those of a card since an instant.
func soundings(t testing.TB, virtual *testcard.Card, since time.Time) (all []sounding) {
	t.Helper()
	stretches, err := virtual.Heard()
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range stretches {
		first, last := -1, -1
		end := func() {
			if first >= 0 && s.At(first).After(since) {
				all = append(all, sounding{s.At(first), s.Frames[first : last+1]})
			}
			first = -1
		}
		for i, f := range s.Frames {
			if f != 0 {
				if first < 0 {
					first = i
				}
				last = i
			} else if i-last > apart {
				end()
			}
		}
		end()
	}
	return all
}

func TestSoundIsThatOfTheStream(t *testing.T) {
	var problem string
	for range 5 { // a busy machine may make underruns; not five times
		if problem = soundsRight(t); problem == "" {
			return
		}
	}
	t.Error(problem)
}

// soundsRight plays a second and says what is wrong with what was heard.
func soundsRight(t *testing.T) string {
	t.Helper()
	begun := time.Now()
	start := begun.Add(800 * time.Millisecond)
	end := play(t, table.card, player.Item{Key: "a", Start: start, Length: time.Second, Gain: 1, Stream: &chirp{length: player.Rate}})["a"]
	all := heard(t, begun)
	if end.Heard != time.Second || len(all) == 0 {
		t.Fatalf("%+v and %d soundings, want a second heard", end, len(all))
	}
	frames, slip := len(all[0].frames), all[0].at.Sub(start)
	switch c := correlation(all[0].frames); {
	case len(all) > 1 || end.Reason != "":
		return fmt.Sprintf("it has %d pieces: %+v", len(all), end)
	case c < 0.999 || frames > player.Rate || frames < player.Rate-100:
		return fmt.Sprintf("%d frames sounded, with a correlation of %v", frames, c)
	case slip.Abs() > 50*time.Millisecond:
		return fmt.Sprintf("it began %v from its instant", slip)
	}
	return ""
}

// correlation compares frames with the chirp from its beginning.
func correlation(frames []float32) float64 {
	var xx, yy, xy float64
	for i, f := range frames {
		x, y := float64(f), float64(chirpAt(i+1))
		xx, yy, xy = xx+x*x, yy+y*y, xy+x*y
	}
	return xy / math.Sqrt(xx*yy)
}

func TestCardContract(t *testing.T) {
	cardtest.Run(t, table.card, cardtest.Allowance{
		Ahead: 6 * player.Duration(testPeriod), Lag: time.Second, Skips: 8, Lasts: time.Second,
	})
}

func TestUnpluggedAndPluggedAgain(t *testing.T) {
	ran := make(chan error, 1)
	go func() { ran <- table.card.Run(t.Context(), player.NewMixer(func(player.Event) {})) }()
	time.Sleep(300 * time.Millisecond)
	if err := table.virtual.Unplug(); err != nil {
		t.Fatal(err)
	}
	select {
	case err := <-ran:
		if err == nil {
			t.Error("Run returned nil when the card was unplugged")
		}
	case <-time.After(5 * time.Second):
		t.Fatal("Run goes on without a card")
	}
	cardtest.RunBroken(t, table.card)
	if err := table.virtual.Plug(); err != nil {
		t.Fatal(err)
	}
	begun := time.Now()
	play(t, table.card, player.Item{Key: "a", Start: begun.Add(700 * time.Millisecond), Gain: 1, Stream: &chirp{length: 4800}})
	if all := heard(t, begun); len(all) == 0 {
		t.Error("nothing sounded when it was plugged again")
	}
}

func TestACardThatHangsIsAnError(t *testing.T) {
	if err := table.virtual.Freeze(); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
	defer cancel()
	if err := table.card.Run(ctx, player.NewMixer(func(player.Event) {})); !errors.Is(err, speaker.ErrStalled) {
		t.Errorf("Run: %v, want stalled", err)
	}
	replug(t, table.virtual.Thaw)
}

// replug ends every oto thread that plays on the virtual card, or hangs in it.
func replug(t testing.TB, meanwhile func() error) {
	t.Helper()
	if err := errors.Join(table.virtual.Unplug(), meanwhile()); err != nil {
		t.Fatal(err)
	}
	time.Sleep(200 * time.Millisecond)
	if err := table.virtual.Plug(); err != nil {
		t.Fatal(err)
	}
}

func TestACardOfNoSuchName(t *testing.T) {
	t.Setenv("ALSA_CONFIG_PATH", os.Getenv("ALSA_CONFIG_PATH")) // given back at the end
	for _, name := range []string{"No_Such_Card", "no name", "a,b", `x" } pcm.y { type null`} {
		cardtest.RunBroken(t, speaker.New(name, 0))
	}
}
