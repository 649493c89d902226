package agent

import (
	"fmt"
	"io"
	"strings"
	"time"

	"loaphuong/player"
	"loaphuong/scheduler"
)

const (
	// leastFill is the shortest silence that is worth filling.
	leastFill = 10 * time.Second
	// fillFade is how long a filler takes to come and go.
	fillFade = time.Second
)

// fill is what sounds in the place of an airing whose own audio is not there:
// the evergreen list, for as long as the airing would have lasted.
type fill struct {
	of     *pending
	titles []string
	audio  []scheduler.Digest // of these, in the same order
	first  scheduler.Entry    // what it began with
}

// fillFor asks for something to sound in the place of an airing that cannot be
// loaded, from its start on. It is of the lowest rank: should the audio come
// within the grace, or anything else be due, that is heard.
func (a *Agent) fillFor(p *pending, now time.Time) {
	missing := p.reason == scheduler.FileAbsent || p.reason == scheduler.FileDamaged
	length := p.Duration - max(0, now.Sub(p.Start))
	if !missing || p.filled || length < leastFill || p.Start.Sub(now) > time.Second || a.loudness() == 0 {
		return
	}
	p.filled = true
	chain, f := a.evergreen(length)
	if f == nil {
		return
	}
	f.of = p
	key := "fill:" + string(p.ID) // should it have to wait, it would outlast what it stands for: it is too late then
	err := a.mixer.Place(player.Item{
		Key: key, Start: p.Start, Latest: later(p.Start, now).Add(tryAgain), Length: length, Rank: player.RankFiller, Gain: a.gainOf(fillerClass), Stream: chain,
		FadeIn: fillFade, FadeOut: fillFade, Recovery: player.Ends,
	})
	if err != nil {
		a.Log.Error("fill the place of an airing", "airing", p.ID, "err", err)
		return
	}
	a.fills[key] = f
	a.Log.Warn("something else sounds in the place of an airing", "airing", p.ID, "title", p.Title, "sounds", strings.Join(f.titles, ", "), "reason", p.reason)
}

// fillerClass is the name under which a schedule gives the gain of fillers.
const fillerClass scheduler.Class = "filler"

// evergreen opens as much of the evergreen list as fills a length, and begins
// each time with the next of it; nil where there is nothing.
func (a *Agent) evergreen(length time.Duration) (*chain, *fill) {
	list := a.held.Evergreen
	c, f := &chain{left: player.Frames(length)}, &fill{}
	next := a.evergreens
	for i := range list {
		e := list[(a.evergreens+i)%len(list)]
		if !a.Files.Has(e.Digest) {
			continue // of a list that is there for when things fail, what works is taken
		}
		stream, err := a.open(e.Digest)
		if err != nil {
			continue
		}
		if len(c.streams) == 0 {
			f.first = e
		}
		c.streams, f.titles, f.audio = append(c.streams, stream), append(f.titles, e.Title), append(f.audio, e.Digest)
		next = (a.evergreens + i + 1) % len(list)
		if length -= e.Duration; length <= 0 {
			break
		}
	}
	if len(c.streams) == 0 {
		return nil, nil
	}
	a.evergreens = next
	return c, f
}

// dropFills ends what sounds in the place of others where that is so.
func (a *Agent) dropFills(where func(f *fill) bool) {
	for key, f := range a.fills {
		if where(f) {
			a.mixer.Stop(key)
		}
	}
}

// heardElse takes what the mixer says of what is no airing.
func (a *Agent) heardElse(e player.Event) {
	if e.Kind != player.Ended && e.Kind != player.TooLate {
		return
	}
	if e.Key == soundCheck {
		a.checking = false
		return
	}
	f := a.fills[e.Key]
	delete(a.fills, e.Key)
	if f == nil || e.Heard < time.Second {
		return
	}
	line := a.complete(f.of, scheduler.AsRun{
		Kind: scheduler.AsRunFill, At: e.At, Sounded: e.Heard, Evidence: scheduler.EvidenceDrained, Stalls: e.Stalls, Quiet: e.Quiet,
		Detail: fmt.Sprintf("in its place: %s", strings.Join(f.titles, ", ")),
	})
	line.Digest, line.Approver = f.first.Digest, f.first.Approver
	a.backlog = append(a.backlog, unwritten{line: &line})
}

// chain is streams one behind the other, so many frames of them.
type chain struct {
	streams []player.Stream
	left    int64
}

// Read implements [player.Stream].
func (c *chain) Read(buf []float32) (n int, err error) {
	for n < len(buf) && c.left > 0 && len(c.streams) > 0 {
		m, err := c.streams[0].Read(buf[n:min(int64(len(buf)), int64(n)+c.left)])
		n, c.left = n+m, c.left-int64(m)
		if err != nil { // at its end, or not to be read further: the next one
			c.streams = c.streams[1:]
		} else if m == 0 {
			return n, nil
		}
	}
	if c.left == 0 || len(c.streams) == 0 {
		return n, io.EOF
	}
	return n, nil
}
