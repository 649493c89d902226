package heard

import (
	"context"
	"errors"
	"fmt"
	"os/exec"
	"strconv"
	"strings"
	"time"
)

const (
	// leave is how long arecord has to go when it is told to.
	leave = time.Second
	// saidMost is how much of what it says is kept.
	saidMost = 400
)

// errEnded is for an arecord that ends by itself and says nothing.
var errEnded = errors.New("arecord ended")

// arecord starts the program of alsa-utils, which captures from its device until
// ctx ends.
func arecord(ctx context.Context, device string, environment []string) (recording, error) {
	cmd := exec.CommandContext(ctx, "arecord", "-q", "-D", device, "-t", "raw", "-f", "S16_LE", "-c", "1",
		"-r", strconv.Itoa(rate), "--period-size", strconv.Itoa(readSamples), "--buffer-size", strconv.Itoa(8*readSamples))
	var said lastWords
	cmd.Env, cmd.Stderr, cmd.WaitDelay = environment, &said, leave
	samples, err := cmd.StdoutPipe()
	if err != nil {
		return recording{}, fmt.Errorf("arecord: %w", err)
	}
	if err := cmd.Start(); err != nil {
		return recording{}, fmt.Errorf("%w (it is in the package alsa-utils)", err)
	}
	return recording{samples: samples, wait: func() error { return said.reason(cmd.Wait()) }}, nil
}

// lastWords keeps the end of what a program says.
type lastWords struct{ said []byte }

// Write implements io.Writer.
func (w *lastWords) Write(p []byte) (int, error) {
	w.said = append(w.said, p...)
	w.said = append([]byte(nil), w.said[max(len(w.said)-saidMost, 0):]...)
	return len(p), nil
}

// reason is why a program ended, of which err tells how.
func (w *lastWords) reason(err error) error {
	if err == nil {
		err = errEnded
	}
	if said := strings.Join(strings.Fields(string(w.said)), " "); said != "" {
		return fmt.Errorf("%s: %w", said, err)
	}
	return err
}
