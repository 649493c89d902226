package agent

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"time"

	"loaphuong/devices"
	"loaphuong/player"
	"loaphuong/scheduler"
)

// fetchResult is what became of one try to fetch a file.
type fetchResult struct {
	file devices.File
	err  error
}

// The wait between tries doubles from least to most, each shortened by chance
// so that stations that lost the centre together do not come back together.
const (
	fetchLeast = time.Second
	fetchMost  = 2 * time.Minute
)

// wishes is what the duty wants fetched, in order, and within what time at
// random to begin.
type wishes struct {
	files  []devices.File
	spread time.Duration
}

// A centre that publishes to a thousand stations is not asked by all of them at
// once: each begins at random within a tenth of the time that it can spare, and
// spreadMost at most.
const (
	spreadMost  = 30 * time.Second
	spreadSpare = 5 * time.Minute // before the first airing; in that nobody waits
)

// spreadOf is within what time to begin to fetch for the schedule held.
func (a *Agent) spreadOf(now time.Time) time.Duration {
	if len(a.unread()) > 0 || len(a.expanse.ahead) == 0 {
		return 0
	}
	return min(max(0, (a.expanse.ahead[0].Start.Sub(now)-spreadSpare)/10), spreadMost)
}

// runFetching fetches what the duty wants, one file at a time, until all are
// there or the duty wants something else.
func (a *Agent) runFetching(ctx context.Context) error {
	var list []devices.File
	wait := fetchLeast
	var rest <-chan time.Time
	for {
		if len(list) > 0 && rest == nil {
			err := a.Files.Fetch(ctx, list[0])
			deliver(ctx, a.fetched, fetchResult{list[0], err})
			if err == nil {
				list, wait = list[1:], fetchLeast
			} else {
				list = append(list[1:], list[0]) // one bad file does not hold up the others
				rest, wait = time.After(wait/2+rand.N(wait/2)), min(2*wait, fetchMost)
			}
		}
		wish, alive := a.wish(ctx, rest, len(list) > 0)
		if !alive {
			return nil
		}
		rest = nil
		if wish != nil {
			list, wait = wish.files, fetchLeast
			if wish.spread > 0 {
				rest = time.After(rand.N(wish.spread))
			}
		}
	}
}

// wish is what the duty wants from now on, nil for what it wanted before. It
// waits for rest to be over, or where there is none and nothing to do, for a
// wish; false means that ctx has ended.
func (a *Agent) wish(ctx context.Context, rest <-chan time.Time, busy bool) (*wishes, bool) {
	if rest == nil && busy {
		select {
		case list := <-a.want:
			return &list, ctx.Err() == nil
		default:
			return nil, ctx.Err() == nil
		}
	}
	select {
	case <-ctx.Done():
		return nil, false
	case list := <-a.want:
		return &list, true
	case <-rest:
		return nil, true
	}
}

// tookFile notes a fetched file, or why it did not come.
func (a *Agent) tookFile(r fetchResult) {
	if r.err != nil {
		a.talk.unsent = a.talk.unsent || a.fetchErr != r.err.Error()
		a.fetchErr = r.err.Error()
		a.Log.Warn("fetch audio", "digest", r.file.Digest, "err", r.err)
		return
	}
	a.fetchErr, a.talk.unsent = "", true
	delete(a.spoilt, r.file.Digest)
	a.Log.Info("audio fetched", "digest", r.file.Digest, "bytes", r.file.Size)
}

// load reads, verifies and opens the audio of an airing.
func (a *Agent) load(p *pending) (player.Stream, scheduler.Reason, error) {
	if !a.cardNews.ok {
		return nil, scheduler.DeviceLost, fmt.Errorf("the sound card %s does not run: %s", a.Card.Name(), cmp.Or(a.cardNews.err, "it is being opened"))
	}
	if !a.Files.Has(p.Digest) {
		if found := a.spoilt[p.Digest]; found != "" {
			return nil, scheduler.FileDamaged, errors.New(found)
		}
		if p.reason != scheduler.FileAbsent {
			a.require() // it may have been there
		}
		return nil, scheduler.FileAbsent, fmt.Errorf("the audio %.12s has not come: %s", p.Digest, cmp.Or(a.fetchErr, "it is being fetched"))
	}
	p.again = a.clock.steady() + tryAgain // reading it takes a while
	stream, err := a.open(p.Digest)
	if err != nil {
		return nil, scheduler.FileDamaged, err
	}
	return stream, "", nil
}

// open reads, verifies and opens a file that is there.
func (a *Agent) open(d scheduler.Digest) (player.Stream, error) {
	if slices.Contains(a.held.Recalled, d) {
		return nil, errors.New(recalledWhy)
	}
	data, err := a.Files.Read(d)
	if err != nil {
		a.spoilt[d] = err.Error()
		a.require()
		return nil, err
	}
	delete(a.spoilt, d)
	stream, err := a.Decode(data)
	if err != nil {
		return nil, fmt.Errorf("the audio %.12s cannot be played: %w", d, err)
	}
	return stream, nil
}

// require asks for the files that are missing, those of pending airings first
// and then in the order in which they are needed.
func (a *Agent) require() {
	if a.held.Revision == 0 {
		return
	}
	files, urgent := a.files(), a.unread()
	if err := a.Files.Keep(files); err != nil {
		a.Log.Warn("clear files", "err", err)
	}
	missing := a.missing(files)
	slices.SortStableFunc(missing, func(x, y devices.File) int { return cmp.Compare(urgent[y.Digest], urgent[x.Digest]) })
	select {
	case <-a.want: // an older wish is void
	default:
	}
	a.want <- wishes{missing, a.spread}
	a.spread = 0
}

// files are those of the schedule held, and those of schedules before that
// pending airings still need.
func (a *Agent) files() []devices.File {
	list, unread := slices.Clone(a.held.Files), a.unread()
	for _, f := range a.held.Files {
		delete(unread, f.Digest)
	}
	for _, f := range a.legacy {
		if unread[f.Digest] > 0 {
			list = append(list, f)
		}
	}
	return list
}

// unread has a 1 for the file of each pending airing that is still to read it.
func (a *Agent) unread() map[scheduler.Digest]int {
	files := map[scheduler.Digest]int{}
	for _, p := range a.pending {
		if !p.placed && p.last == nil {
			files[p.Digest] = 1
		}
	}
	return files
}

// missing are those of the files that are not there.
func (a *Agent) missing(files []devices.File) []devices.File {
	var list []devices.File
	for _, f := range files {
		if !a.Files.Has(f.Digest) {
			list = append(list, f)
		}
	}
	return list
}
