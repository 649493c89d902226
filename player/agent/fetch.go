package agent

import (
	"context"
	"math/rand/v2"
	"time"

	"loaphuong/devices"
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

// runFetching fetches what the duty wants, one file at a time, until all are
// there or the duty wants something else.
func (a *Agent) runFetching(ctx context.Context) error {
	var list []devices.File
	wait := fetchLeast
	for {
		if len(list) == 0 {
			select {
			case <-ctx.Done():
				return nil
			case list = <-a.want:
				wait = fetchLeast
			}
			continue
		}
		err := a.Files.Fetch(ctx, list[0])
		deliver(ctx, a.fetched, fetchResult{list[0], err})
		if err == nil {
			list, wait = list[1:], fetchLeast
			continue
		}
		list = append(list[1:], list[0]) // one bad file does not hold up the others
		select {
		case <-ctx.Done():
			return nil
		case list = <-a.want:
			wait = fetchLeast
		case <-time.After(wait/2 + rand.N(wait/2)):
			wait = min(2*wait, fetchMost)
		}
	}
}

// tookFile notes a fetched file, or why it did not come.
func (a *Agent) tookFile(r fetchResult) {
	a.unsent = true
	if r.err != nil {
		a.fetchErr = r.err.Error()
		a.Log.Warn("fetch audio", "digest", r.file.Digest, "err", r.err)
		return
	}
	a.fetchErr = ""
	delete(a.spoilt, r.file.Digest)
	a.Log.Info("audio fetched", "digest", r.file.Digest, "bytes", r.file.Size)
}
