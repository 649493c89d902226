package heard

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"sync"
	"time"

	"loaphuong/player"
)

const (
	// restFirst is the rest after the first end of arecord; each further one is
	// twice as long, up to restMost.
	restFirst, restMost = time.Second, time.Minute
	// patience is how long arecord may give nothing.
	patience = 5 * time.Second
	// readSamples are read at a time: a tenth of a second, so that listening
	// wakes the machine ten times a second.
	readSamples = rate / 10
)

// errSilent is for a device that takes no samples and reports no error.
var errSilent = errors.New("it gives no samples")

// Listener compares what a device captures with what was sent to the card.
type Listener struct {
	device         string
	log            *slog.Logger
	sent, captured *ear
	open           func(context.Context) (recording, error) // a capture of the device

	mu     sync.Mutex // guards what follows
	ok     bool
	detail string
}

// recording is a capture under way: its samples, which end when it ends or its
// context does, and the reason when they have.
type recording struct {
	samples io.Reader
	wait    func() error
}

// New makes a listener to an ALSA device, as in "default" or "plughw:Device".
// It keeps the environment as it is for arecord, so make it before the sound
// card runs, which sets a variable of ALSA's for itself.
func New(device string, log *slog.Logger) *Listener {
	epoch := time.Now()
	environment := os.Environ()
	return &Listener{
		device: device, log: log, sent: newEar(epoch), captured: newEar(epoch),
		open:   func(ctx context.Context) (recording, error) { return arecord(ctx, device, environment) },
		detail: "not begun",
	}
}

// Tap returns a source that gives what src gives and remembers it. It neither
// blocks nor allocates. One card at a time may pull from it.
func (l *Listener) Tap(src player.Source) player.Source { return newTap(src, l.sent) }

// Grade compares what was sent between two instants of the machine's own time
// with what was captured. Call it [Late] after the second of them or later, and
// within ten minutes of the first: what is older is forgotten and does not
// count. Instants that carry Go's monotonic reading, as those of the mixer's
// events do, are right even when the machine's clock has been set since New.
func (l *Listener) Grade(from, to time.Time) Grade {
	g := judge(l.sent.tape, l.captured.tape, l.sent.slot(from), l.sent.slot(to))
	if ok, detail := l.Status(); !ok && !g.Heard {
		g.Why += ": " + detail
	}
	return g
}

// Late is how long after a sound was sent it may still be captured and known.
const Late = time.Duration(lagMost)*slot + time.Second

// Status reports whether the device is being captured at the moment, and in
// words from what or why not.
func (l *Listener) Status() (ok bool, detail string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.ok, l.detail
}

// say changes the status, and writes it down where that is news.
func (l *Listener) say(ok bool, detail string) {
	l.mu.Lock()
	news := l.ok != ok || l.detail != detail
	l.ok, l.detail = ok, detail
	l.mu.Unlock()
	if news {
		l.log.Info("listening", "ok", ok, "detail", detail)
	}
}

// Run captures until ctx ends, and returns nil then. When a capture ends it
// begins another one after a rest.
func (l *Listener) Run(ctx context.Context) error {
	rest := restFirst
	for {
		begun := time.Now()
		err := l.capture(ctx)
		if ctx.Err() != nil {
			l.say(false, "ended")
			return nil
		}
		l.say(false, err.Error())
		if time.Since(begun) > restMost {
			rest = restFirst
		}
		select {
		case <-ctx.Done():
		case <-time.After(rest):
		}
		rest = min(2*rest, restMost)
	}
}

// capture hears one recording to its end, for which there is always a reason.
func (l *Listener) capture(ctx context.Context) error {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	r, err := l.open(ctx)
	if err == nil {
		watch := time.AfterFunc(patience, func() { cancel(errSilent) })
		defer watch.Stop()
		l.listen(r.samples, func() { watch.Reset(patience) })
		cancel(nil) // where it is the samples that broke off
		err = r.wait()
	}
	if cause := context.Cause(ctx); errors.Is(cause, errSilent) {
		err = cause
	}
	return fmt.Errorf("capture %s: %w", l.device, err)
}

// listen hears samples until they end, and calls came each time there were some.
func (l *Listener) listen(from io.Reader, came func()) {
	var clock arrival
	var total int64
	raw, samples := make([]byte, 2*readSamples), make([]float32, readSamples)
	for {
		if _, err := io.ReadFull(from, raw); err != nil {
			return
		}
		came()
		for i := range samples {
			samples[i] = float32(int16(uint16(raw[2*i])|uint16(raw[2*i+1])<<8)) / (1 << 15)
		}
		zero := clock.observe(time.Now(), total+readSamples)
		l.captured.hear(samples, zero.Add(length(total)))
		total += readSamples
		l.say(true, "captures "+l.device)
	}
}
