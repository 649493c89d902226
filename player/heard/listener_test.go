package heard

import (
	"context"
	"encoding/binary"
	"errors"
	"io"
	"log/slog"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"loaphuong/player"
)

// line is a line-in in fake time: each recording of it gives the sound in real
// time, a tenth of a second after the other, and then ends with err.
type line struct {
	sound []float32
	err   error
	hangs bool // instead of ending
	began []time.Time
}

func (l *line) open(ctx context.Context) (recording, error) {
	l.began = append(l.began, time.Now())
	r, w := io.Pipe()
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		defer w.Close()
		for piece := range slices.Chunk(l.sound, readSamples) {
			time.Sleep(100 * time.Millisecond)
			raw := make([]int16, len(piece))
			for i, x := range piece {
				raw[i] = int16(x * 32767)
			}
			if ctx.Err() != nil || binary.Write(w, binary.LittleEndian, raw) != nil {
				return
			}
		}
		if l.hangs {
			<-ctx.Done()
		}
	}()
	return recording{samples: r, wait: func() error { <-ended; return l.err }}, nil
}

// run has a listener run on the line in a bubble of fake time while f looks on.
func run(t *testing.T, line *line, f func(l *Listener)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		l := New("x", slog.New(slog.DiscardHandler))
		l.open = line.open
		ctx, cancel := context.WithCancel(t.Context())
		ran := make(chan error)
		go func() { ran <- l.Run(ctx) }()
		f(l)
		cancel()
		if err := <-ran; err != nil {
			t.Errorf("Run: %v", err)
		}
		if ok, _ := l.Status(); ok {
			t.Error("it is well when it has ended")
		}
	})
}

// TestListenerHears plays ten seconds of speech through the tap while the line
// gives the same, or other speech, a tenth of a second later.
func TestListenerHears(t *testing.T) {
	dice := rand.New(rand.NewPCG(1, 2))
	sound, other := speech(dice, 20), speech(dice, 20)
	for _, c := range []struct {
		name  string
		comes []float32
		heard bool
	}{{"the same", sound, true}, {"other speech", other, false}} {
		delayed := append(make([]float32, 3*readSamples), c.comes...)
		run(t, &line{sound: delayed}, func(l *Listener) {
			begun, tap := time.Now(), l.Tap(&source{sound: atCard(sound)})
			for range 100 {
				tap.Fill(make([]float32, player.Rate/10), time.Now())
				time.Sleep(100 * time.Millisecond)
			}
			ended := time.Now()
			time.Sleep(Late)
			g := l.Grade(begun, ended)
			if g.Heard != c.heard || g.Windows != 2 {
				t.Errorf("%s: %+v", c.name, g)
			}
			if off := g.Delay - 300*time.Millisecond; c.heard && off.Abs() > 2*slot {
				t.Errorf("the delay is %v", g.Delay)
			}
			if ok, detail := l.Status(); !ok || detail != "captures x" {
				t.Errorf("%v %q", ok, detail)
			}
		})
	}
}

// TestRestsDouble counts the captures of a device that is not there.
func TestRestsDouble(t *testing.T) {
	gone := &line{err: errors.New("no such device")}
	run(t, gone, func(l *Listener) {
		time.Sleep(5*time.Minute + time.Second/2)
		if ok, detail := l.Status(); ok || detail != "capture x: no such device" {
			t.Errorf("%v %q", ok, detail)
		}
		if g := l.Grade(time.Now().Add(-time.Minute), time.Now()); g.Heard || !strings.HasSuffix(g.Why, "no such device") {
			t.Errorf("%+v", g)
		}
	})
	for i, seconds := range []int{1, 2, 4, 8, 16, 32, 60, 60, 60} {
		if i+1 >= len(gone.began) {
			t.Fatalf("%d captures", len(gone.began))
		}
		if rest := gone.began[i+1].Sub(gone.began[i]); rest != time.Duration(seconds)*time.Second {
			t.Errorf("rest %d is %v, want %d s", i, rest, seconds)
		}
	}
}

// TestALongCaptureEndsTheRests has captures of two minutes.
func TestALongCaptureEndsTheRests(t *testing.T) {
	long := &line{sound: make([]float32, 120*rate), err: errEnded}
	run(t, long, func(*Listener) { time.Sleep(10 * time.Minute) })
	for i := range len(long.began) - 1 {
		if rest := long.began[i+1].Sub(long.began[i]) - 2*time.Minute; rest != time.Second {
			t.Errorf("rest %d is %v", i, rest)
		}
	}
}

func TestADeviceThatGivesNothingIsLeft(t *testing.T) {
	hung := &line{sound: make([]float32, rate), hangs: true}
	run(t, hung, func(l *Listener) {
		time.Sleep(time.Second + patience + restFirst/2)
		if ok, detail := l.Status(); ok || !strings.Contains(detail, errSilent.Error()) {
			t.Errorf("%v %q", ok, detail)
		}
		time.Sleep(restFirst)
		if ok, _ := l.Status(); !ok || len(hung.began) != 2 {
			t.Errorf("%v after %d captures", ok, len(hung.began))
		}
	})
}
