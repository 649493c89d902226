package cache

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
)

var (
	// ErrInterrupted is for a transfer that broke off; what came is kept and
	// the next Fetch goes on from there.
	ErrInterrupted = errors.New("interrupted")
	// ErrWrongFile is for a server that has something else under this address:
	// another size or another digest. Asking again helps only when the server
	// has changed.
	ErrWrongFile = errors.New("the server has another file here")
	// ErrRefused is for an answer that is neither the file nor a part of it.
	ErrRefused = errors.New("the server refuses")
)

// errStale is for a partial file that cannot be a beginning of the right one.
var errStale = errors.New("what was kept of it is of no use")

// Fetch brings the file of size bytes from url unless it is here already, and
// goes on where an earlier Fetch broke off. It stores at most size bytes. A
// second Fetch of the same file waits for the first. Timeouts are the client's
// and the context's business.
func (c *Cache) Fetch(ctx context.Context, client *http.Client, url string, d Digest, size int64) error {
	if !d.Valid() || size < 0 {
		return fmt.Errorf("fetch %q of %d bytes: no such file can be", d, size)
	}
	release, err := c.turn(ctx, d)
	if err != nil {
		return fmt.Errorf("fetch %s: %w", d, err)
	}
	defer release()
	if c.Has(d) {
		return nil
	}
	t := transfer{ctx: ctx, client: client, url: url, size: size}
	err = c.receive(t, d)
	if errors.Is(err, errStale) {
		err = c.receive(t, d) // receive has emptied the file, so this is from the start
	}
	if err != nil {
		return fmt.Errorf("fetch %s: %w", d, err)
	}
	return nil
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

// receive completes the partial file, verifies it and gives it its name.
func (c *Cache) receive(t transfer, d Digest) (err error) {
	part := c.path(d) + partial
	file, err := os.OpenFile(part, os.O_RDWR|os.O_CREATE, 0o644)
	if err != nil {
		return err
	}
	defer file.Close()
	kept, err := t.complete(file)
	if err != nil {
		return err
	}
	if err := verify(file, d); err != nil {
		if failed := file.Truncate(0); failed != nil {
			return errors.Join(err, failed)
		}
		if kept > 0 && errors.Is(err, ErrWrongFile) {
			return errStale
		}
		return err
	}
	if err := os.Rename(part, c.path(d)); err != nil {
		return err
	}
	return syncDir(c.dir)
}

// verify makes a file safe from a power cut and checks its digest.
func verify(file *os.File, d Digest) error {
	if err := file.Sync(); err != nil {
		return err
	}
	if _, err := file.Seek(0, io.SeekStart); err != nil {
		return err
	}
	sum := sha256.New()
	if _, err := io.Copy(sum, file); err != nil {
		return err
	}
	if got := Digest(hex.EncodeToString(sum.Sum(nil))); got != d {
		return fmt.Errorf("%w: its digest is %s", ErrWrongFile, got)
	}
	return nil
}

// syncDir makes a rename survive a power cut.
func syncDir(path string) error {
	dir, err := os.Open(path)
	if err != nil {
		return err
	}
	defer dir.Close()
	return dir.Sync()
}
