package agent

import (
	"context"
	"errors"
	"fmt"
	"io"
	"math"
	"slices"
	"sync"
	"time"

	"go.etcd.io/bbolt"

	"loaphuong/player"
	"loaphuong/scheduler"
)

// question is something that is asked of the duty, which alone may answer.
type question struct {
	ask    func(now time.Time) error
	answer chan error
}

// errBusy is for a duty that does not answer, or does so no more.
var errBusy = errors.New("the station does not answer: it is starting or ending, or its disk is stuck; try again")

// patience is how long the duty may take to answer.
const patience = 5 * time.Second

// ask has the duty do something between two other things.
func (a *Agent) ask(f func(now time.Time) error) error {
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	q := question{f, make(chan error, 1)}
	select {
	case a.asked <- q:
	case <-a.over:
		return errBusy
	case <-ctx.Done():
		return errBusy
	}
	select {
	case err := <-q.answer:
		return err
	case <-ctx.Done():
		return errBusy
	}
}

// Operator is what the person in front of the station may see and do. It
// implements localpage.Station; its methods may be called from any goroutine
// while the agent runs.
type Operator struct{ *Agent }

// news lets others wait for the next change.
type news struct {
	mu   sync.Mutex
	next chan struct{}
}

// changed is closed at the next change.
func (n *news) changed() <-chan struct{} {
	n.mu.Lock()
	defer n.mu.Unlock()
	if n.next == nil {
		n.next = make(chan struct{})
	}
	return n.next
}

// tell says that something has changed.
func (n *news) tell() {
	n.mu.Lock()
	defer n.mu.Unlock()
	if n.next != nil {
		close(n.next)
		n.next = nil
	}
}

// Stop ends what is on air and what waits for it; the log says who.
func (a Operator) Stop(who string) error {
	return a.ask(func(now time.Time) error {
		a.Agent.Log.Warn("stopped at the station", "by", who)
		a.stopAiring(now, "stopped at the station by "+who)
		return nil
	})
}

// localVolume is what was set at the station. It holds until the centre wants
// another volume than it wanted then.
type localVolume struct {
	Percent int  `json:"percent"`
	Centre  int  `json:"centre"`
	Set     bool `json:"set"`
}

// loudness is the volume in force, in percent; 0 is mute. Before the first
// schedule it is full, for who checks the sound of a new station.
func (a *Agent) loudness() int {
	switch {
	case a.volume.Set && a.volume.Centre == a.held.Volume:
		return a.volume.Percent
	case a.held.Revision == 0:
		return 100
	}
	return a.held.Volume
}

// SetVolume sets the volume at the station, in percent, until the centre wants
// another one. At 0 it airs emergencies alone.
func (a Operator) SetVolume(percent int, who string) error {
	if percent < 0 || percent > 100 {
		return fmt.Errorf("volume %d: use 0 to 100", percent)
	}
	return a.ask(func(time.Time) error {
		v := localVolume{percent, a.held.Volume, true}
		if err := a.Book.keep(volumeKey, v); err != nil {
			return fmt.Errorf("set the volume: %w", err)
		}
		a.Agent.Log.Info("the volume was set at the station", "percent", percent, "by", who)
		a.volume, a.talk.unsent = v, true
		a.mute()
		return nil
	})
}

// First lets a playlist go first wherever it collides with others of its class,
// from now on: the order of colliding priority items is the commune's to decide
// (Circular 39/2020/TT-BTTTT).
func (a Operator) First(playlist string) error {
	return a.ask(func(time.Time) error {
		id := scheduler.PlaylistID(playlist)
		if !slices.ContainsFunc(a.held.Playlists, func(p scheduler.Playlist) bool { return p.ID == id }) {
			return fmt.Errorf("playlist %s is not in the schedule any more: look again", playlist)
		}
		turns := []scheduler.PlaylistID{id}
		for _, t := range a.turns {
			held := slices.ContainsFunc(a.held.Playlists, func(p scheduler.Playlist) bool { return p.ID == t })
			if t != id && held {
				turns = append(turns, t)
			}
		}
		if err := a.Book.keep(turnsKey, turns); err != nil {
			return fmt.Errorf("set the order: %w", err)
		}
		a.turns = turns
		return nil
	})
}

const (
	soundCheck     = "sound-check"
	checkLength    = 3 * time.Second
	checkClearance = 30 * time.Second // how near anything else may be
	checkLevel     = 0.1              // -20 dBFS
	checkPitch     = 440.0            // Hz
)

// SoundCheck sounds a quiet tone of three seconds.
func (a Operator) SoundCheck() error {
	return a.ask(func(now time.Time) error {
		if a.checking || a.onAir() != "" || a.dueBefore(now.Add(checkClearance)) {
			return errors.New("something is on air or about to be: check the sound afterwards")
		}
		if a.loudness() == 0 {
			return errors.New("the volume is 0: set it first")
		}
		if !a.cardNews.ok {
			return fmt.Errorf("the sound card does not run: %s", a.cardNews.err)
		}
		a.checking = true
		return a.mixer.Place(player.Item{
			Key: soundCheck, Start: now, Latest: now.Add(tryAgain), Length: checkLength, Rank: player.RankFiller, Gain: 1, Stream: &tone440{},
			FadeIn: checkLength / 10, FadeOut: checkLength / 10,
		})
	})
}

// dueBefore reports whether something starts before an instant.
func (a *Agent) dueBefore(t time.Time) bool {
	for _, p := range a.pending {
		if p.last == nil && p.Start.Before(t) {
			return true
		}
	}
	return len(a.expanse.ahead) > 0 && a.expanse.ahead[0].Start.Before(t)
}

// tone440 is the sound check.
type tone440 struct{ at int64 }

// Read implements [player.Stream].
func (t *tone440) Read(buf []float32) (int, error) {
	end := player.Frames(checkLength)
	n := int(min(int64(len(buf)), end-t.at))
	for i := range n {
		buf[i] = float32(checkLevel * math.Sin(2*math.Pi*checkPitch*float64(t.at+int64(i))/player.Rate))
	}
	if t.at += int64(n); t.at == end {
		return n, io.EOF
	}
	return n, nil
}

// recoverLocal takes up what was set at the station.
func (a *Agent) recoverLocal() error {
	return errors.Join(a.Book.kept(volumeKey, &a.volume), a.Book.kept(turnsKey, &a.turns))
}

// keep writes a word of the station's own.
func (b *Logbook) keep(key string, v any) error {
	return b.update(func(tx *bbolt.Tx) error { return putJSON(tx.Bucket([]byte(metaBucket)), []byte(key), v) })
}

// kept reads it, and leaves v as it is where there is none.
func (b *Logbook) kept(key string, v any) error {
	return b.db.View(func(tx *bbolt.Tx) error { return getJSON(tx.Bucket([]byte(metaBucket)), []byte(key), v) })
}
