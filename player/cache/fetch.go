package cache

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"time"

	"golang.org/x/time/rate"
)

// FetchFrom brings the file of size bytes unless it is here already, and
// returns the name of the source that completed it, which is empty if it was
// here. The sources are tried in order; each goes on where the one before, or
// an earlier FetchFrom, broke off. It stores at most size bytes. A second
// FetchFrom of the same file waits for the first.
//
// A source whose bytes turn out wrong is not asked for this file again for ten
// minutes. The error joins what the sources said; those that just do not have
// the file are passed over unless none has. When the disk refuses, no further
// source is asked.
func (c *Cache) FetchFrom(ctx context.Context, sources []Source, d Digest, size int64) (from string, err error) {
	if !d.Valid() || size < 0 {
		return "", fmt.Errorf("fetch %q of %d bytes: no such file can be", d, size)
	}
	release, err := c.turn(ctx, d)
	if err != nil {
		return "", fmt.Errorf("fetch %s: %w", d, err)
	}
	defer release()
	if c.Has(d) {
		return "", nil
	}
	from, err = c.bring(ctx, sources, d, size)
	if err != nil {
		return "", fmt.Errorf("fetch %s: %w", d, err)
	}
	return from, nil
}

// turn waits until nobody else fetches d.
func (c *Cache) turn(ctx context.Context, d Digest) (release func(), err error) {
	for {
		c.mu.Lock()
		other := c.fetching[d]
		if other == nil {
			mine := make(chan struct{})
			c.fetching[d] = mine
			c.mu.Unlock()
			return func() { c.leave(d, mine) }, nil
		}
		c.mu.Unlock()
		select {
		case <-other:
		case <-ctx.Done():
			return nil, ctx.Err()
		}
	}
}

// leave ends a turn.
func (c *Cache) leave(d Digest, mine chan struct{}) {
	c.mu.Lock()
	defer c.mu.Unlock()
	delete(c.fetching, d)
	close(mine)
}

// bring tries the sources in order.
func (c *Cache) bring(ctx context.Context, sources []Source, d Digest, size int64) (from string, err error) {
	var said []error
	for _, s := range sources {
		err := c.try(ctx, s, d, size)
		if err == nil {
			return s.Name(), nil
		}
		if errors.Is(err, ErrDisk) {
			return "", err
		}
		if !errors.Is(err, ErrNotThere) {
			said = append(said, fmt.Errorf("%s: %w", s.Name(), err))
		}
		if ctx.Err() != nil {
			break
		}
	}
	if len(said) == 0 {
		return "", fmt.Errorf("%w, at none of %d sources", ErrNotThere, len(sources))
	}
	return "", errors.Join(said...)
}

// try lets one source complete the partial file, and gives it its name.
func (c *Cache) try(ctx context.Context, s Source, d Digest, size int64) error {
	if until := c.restsUntil(s, d); time.Now().Before(until) {
		return fmt.Errorf("%w: not asked again before %s", ErrWrongFile, until.Format(time.TimeOnly))
	}
	path := c.path(d) + partial
	file, err := c.disk.open(path, os.O_RDWR|os.O_CREATE)
	if err != nil {
		return refused(err)
	}
	err = c.complete(ctx, s, part{file, size}, d)
	if err := errors.Join(err, refused(file.Close())); err != nil {
		return err
	}
	if err := os.Chtimes(path, time.Time{}, scheduled()); err != nil {
		return refused(err)
	}
	if err := os.Rename(path, c.path(d)); err != nil {
		return refused(err)
	}
	return refused(syncDir(c.dir))
}

// complete makes the partial file whole. If it comes out wrong, what was kept
// from before may be to blame, so that the same source begins it anew; if
// nothing was kept, the source is.
func (c *Cache) complete(ctx context.Context, s Source, p part, d Digest) error {
	for {
		kept, err := p.kept()
		if err != nil {
			return err
		}
		if err := c.pull(ctx, s, p, d, kept); err != nil {
			return err
		}
		got, err := p.sum()
		if err != nil || got == d {
			return err
		}
		if err := p.cut(0); err != nil {
			return err
		}
		if kept == 0 {
			c.rest(s, d)
			return fmt.Errorf("%w: its digest is %s", ErrWrongFile, got)
		}
	}
}

// pull brings what is missing behind the bytes kept.
func (c *Cache) pull(ctx context.Context, s Source, p part, d Digest, kept int64) error {
	if kept == p.size {
		return nil
	}
	watch, cancel := watched(ctx)
	defer cancel()
	body, start, err := s.Open(watch, d, p.size, kept)
	if err != nil {
		return orStalled(watch, err)
	}
	defer body.Close()
	r := paced{watch: watch, body: body, limiter: c.limiterOf(s)}
	if n, err := io.CopyN(io.Discard, r, kept-start); err != nil { // it begins before what is missing
		return brokenOff(kept, p.size, fmt.Errorf("byte %d of what was here already: %w", start+n, err))
	}
	err = p.fill(kept, r)
	if errors.Is(err, ErrWrongFile) {
		c.rest(s, d)
	}
	return err
}

// orStalled names what ended a source's patience, where err says only that it
// was ended.
func orStalled(w watch, err error) error {
	if w.Err() == nil || errors.Is(err, context.Cause(w)) {
		return err
	}
	return fmt.Errorf("%w: %w", err, context.Cause(w))
}

// limiterOf is the limit that a source is under, nil for none.
func (c *Cache) limiterOf(s Source) *rate.Limiter {
	if !s.Metered() {
		return nil
	}
	return c.limiter
}
