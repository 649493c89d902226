package agent

import (
	"context"
	"errors"
	"fmt"
	"io"
	"time"

	"loaphuong/devices"
	"loaphuong/devices/bundle"
	"loaphuong/devices/enrol"
	"loaphuong/player/cache"
	"loaphuong/scheduler"
)

// Carrier is the link by hand: it takes what a bundle brings as if it had come
// over the link, with the same signatures and the same rules, and writes the
// report that goes back. The agent may be running or not.
type Carrier struct {
	agent *Agent
	files *shelf
	id    enrol.Identity
	ask   func(func(now time.Time) error) error
}

// Carried is what came of a bundle.
type Carried struct {
	Revision uint64 `json:"revision"` // of the schedule that is held now
	Newer    bool   `json:"newer"`    // it came with the bundle
	Audio    int    `json:"audio"`    // files that were not here before
	Settled  int    `json:"settled"`  // lines that need not be reported any more
	Missing  int    `json:"missing"`  // files that the schedule needs and that are still not here
	Trouble  string `json:"trouble,omitempty"`
}

// Import takes a bundle. Nothing of one that is not signed by the station's own
// centre, or for another station, is taken.
func (c *Carrier) Import(ctx context.Context, path string) (done Carried, err error) {
	in, err := bundle.Open(path)
	if err != nil {
		return done, err
	}
	defer in.Close()
	next, err := c.agent.openSchedule(in.Schedule(), time.Time{})
	if err != nil {
		return done, fmt.Errorf("bundle %s: %w", path, err)
	}
	if done.Audio, err = c.audio(ctx, in, next.Files); err != nil {
		return done, fmt.Errorf("bundle %s: %w", path, err)
	}
	err = c.ask(func(now time.Time) error { return c.agent.takeBundle(in, now, &done) })
	if err != nil {
		return done, fmt.Errorf("bundle %s: %w", path, err)
	}
	return done, nil
}

// audio puts the audio that the schedule needs into the cache.
func (c *Carrier) audio(ctx context.Context, in *bundle.Incoming, files []devices.File) (n int, err error) {
	needed := make(map[devices.File]bool, len(files))
	for _, f := range files {
		needed[f] = true
	}
	for _, f := range in.Files() {
		if !needed[f] || c.files.Has(f.Digest) {
			continue
		}
		if _, err := c.files.files.FetchFrom(ctx, []cache.Source{stick{in}}, cache.Digest(f.Digest), f.Size); err != nil {
			return n, err
		}
		n++
	}
	return n, nil
}

// takeBundle takes the schedule and the receipts of a bundle.
func (a *Agent) takeBundle(in *bundle.Incoming, now time.Time, done *Carried) error {
	before, waited := a.held.digest, a.talk.outbox
	err := a.accept(in.Schedule(), now)
	if errors.Is(err, devices.ErrReplayed) {
		done.Trouble, err = fmt.Sprintf("the station holds a newer schedule already: %d", a.held.Revision), nil
	}
	for _, r := range in.Receipts() {
		err = errors.Join(err, a.settle(r, time.Time{}))
	}
	a.require() // the audio has come, whatever the link does
	a.talk.unsent = true
	done.Revision, done.Newer = uint64(a.held.Revision), a.held.digest != before
	done.Settled, done.Missing = waited-a.talk.outbox, len(a.missing(a.held.Files))
	return err
}

// Report writes what the station has to say: its state, and every line that
// waits for a receipt, signed with its key. It takes nothing from the outbox:
// the receipts do, which come with the next bundle.
func (c *Carrier) Report(w io.Writer) error {
	r := bundle.Report{Station: c.agent.Station}
	err := c.ask(func(now time.Time) (err error) {
		c.agent.flush()
		r.Made, r.State = now.UTC(), c.agent.state(now)
		r.Batches, err = c.agent.Book.Batches(r.Station, c.agent.through(), bundle.MaxLines)
		return err
	})
	if err != nil {
		return fmt.Errorf("report: %w", err)
	}
	key, chain := c.id.Signer()
	return bundle.SealReport(w, r, key, chain)
}

// stick is a bundle as a source of audio.
type stick struct{ in *bundle.Incoming }

// Name implements [cache.Source].
func (stick) Name() string { return "bundle" }

// Metered implements [cache.Source].
func (stick) Metered() bool { return false }

// Open implements [cache.Source]. A bundle is read from its beginning.
func (s stick) Open(_ context.Context, d cache.Digest, _, _ int64) (io.ReadCloser, int64, error) {
	r, err := s.in.Audio(scheduler.Digest(d))
	return r, 0, err
}
