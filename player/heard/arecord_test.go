package heard

import (
	"context"
	"log/slog"
	"math/rand/v2"
	"os"
	"strings"
	"testing"
	"time"

	"loaphuong/player/speaker"
	"loaphuong/player/speaker/testcard"
)

// TestFromTheSpeakerToTheLineIn is the whole way in real time: our sound card
// plays on a virtual one, from which a cable goes into its line-in, which
// arecord captures; then the cable is pulled, then the card.
func TestFromTheSpeakerToTheLineIn(t *testing.T) {
	if testing.Short() {
		t.Skip("it takes twelve seconds")
	}
	virtual := virtualCard(t)
	l := New(testcard.LineIn, slog.New(slog.DiscardHandler))
	stop := start(t, l)
	defer stop()
	var g Grade
	for range 3 { // a busy machine may make underruns; not three times
		if g = gradeNext(l); g.Heard {
			break
		}
	}
	if !g.Heard || g.Delay < 200*time.Millisecond || g.Delay > 500*time.Millisecond {
		_, detail := l.Status()
		t.Errorf("%+v of a cable that takes 250 ms; %s", g, detail)
	}
	if err := virtual.PullCable(); err != nil {
		t.Fatal(err)
	}
	if g := gradeNext(l); g.Heard || g.Windows == 0 {
		t.Errorf("without a cable: %+v", g)
	}
	if ok, detail := l.Status(); !ok {
		t.Error(detail)
	}
	if err := virtual.Unplug(); err != nil {
		t.Fatal(err)
	}
	time.Sleep(500 * time.Millisecond)
	if ok, detail := l.Status(); ok || !strings.Contains(detail, "No such device") {
		t.Errorf("without a card: %v %q", ok, detail)
	}
}

// virtualCard is a card with a long and noisy cable, in memory where that can be.
func virtualCard(t *testing.T) *testcard.Card {
	t.Helper()
	dir, err := os.MkdirTemp("/dev/shm", "heard")
	if err != nil {
		dir = t.TempDir()
	}
	t.Cleanup(func() { os.RemoveAll(dir) })
	card, err := testcard.Make(dir, testcard.Kind{Drift: 50, Cable: testcard.Cable{Delay: 250 * time.Millisecond, Gain: -0.3, Noise: 0.005}})
	if err != nil {
		t.Fatal(err)
	}
	t.Setenv("ALSA_CONFIG_PATH", card.Config)
	return card
}

// start has the speaker play speech for ever and the listener listen to it.
func start(t *testing.T, l *Listener) (stop func()) {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	src := &source{sound: atCard(speech(rand.New(rand.NewPCG(1, 2)), 60))}
	ended := make(chan struct{}, 2)
	go func() {
		_ = speaker.New("", 2048).Run(ctx, l.Tap(src)) // the end of the card is an error, and wanted
		ended <- struct{}{}
	}()
	go func() {
		if err := l.Run(ctx); err != nil {
			t.Error(err)
		}
		ended <- struct{}{}
	}()
	return func() {
		cancel()
		<-ended
		<-ended
	}
}

// gradeNext grades the next window, a little later than now so that what was
// before is over.
func gradeNext(l *Listener) Grade {
	from := time.Now().Add(600 * time.Millisecond)
	to := from.Add(windowLength + slot)
	time.Sleep(time.Until(to.Add(600 * time.Millisecond)))
	return l.Grade(from, to)
}

func TestAnArecordThatIsNotThere(t *testing.T) {
	t.Setenv("PATH", "/nowhere")
	if _, err := arecord(t.Context(), "x", nil); err == nil || !strings.Contains(err.Error(), "alsa-utils") {
		t.Errorf("%v, want what to install", err)
	}
}

func TestADeviceThatIsNotThere(t *testing.T) {
	r, err := arecord(t.Context(), "no_such_device", os.Environ())
	if err != nil {
		t.Fatal(err)
	}
	if n, err := r.samples.Read(make([]byte, 2)); err == nil {
		t.Errorf("it gives %d bytes", n)
	}
	if err := r.wait(); err == nil || !strings.Contains(err.Error(), "audio open error") {
		t.Errorf("%v, want what arecord says", err)
	}
}

func TestOnlyTheLastWordsAreKept(t *testing.T) {
	var said lastWords
	for range 1000 {
		if n, err := said.Write([]byte("overrun!!!\n")); n != 11 || err != nil {
			t.Fatal(n, err)
		}
	}
	if got := said.reason(nil).Error(); len(got) > saidMost+len(": arecord ended") || !strings.HasSuffix(got, "overrun!!!: arecord ended") {
		t.Errorf("%q", got)
	}
}
