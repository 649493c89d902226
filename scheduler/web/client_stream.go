package web

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"time"

	"loaphuong/scheduler"
)

// Changes follows the centre until ctx ends. A connection that is lost is made
// again, and the follower is told once more, because what changed in between is
// not known.
func (c *Client) Changes(ctx context.Context) <-chan struct{} {
	changes := make(chan struct{}, 1)
	go func() {
		defer close(changes)
		for again := false; ctx.Err() == nil; again = true {
			c.follow(ctx, changes, again)
			pause(ctx, c.retry)
		}
	}()
	return changes
}

// follow passes on the changes of one connection until it is lost.
func (c *Client) follow(ctx context.Context, changes chan<- struct{}, again bool) {
	res, err := c.send(ctx, get("/v1/events"))
	if err != nil {
		return
	}
	defer res.Body.Close()
	if again {
		offer(changes)
	}
	for lines := bufio.NewScanner(res.Body); lines.Scan(); {
		if lines.Text() == "event: change" {
			offer(changes)
		}
	}
}

// offer tells a follower who has not been told yet.
func offer(changes chan<- struct{}) {
	select {
	case changes <- struct{}{}:
	default:
	}
}

func pause(ctx context.Context, d time.Duration) {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-ctx.Done():
	case <-t.C:
	}
}

// OpenAudio opens the on-air file at the centre. It is fetched as it is read;
// seeking asks for the rest from there.
func (c *Client) OpenAudio(ctx context.Context, id scheduler.RecordingID) (io.ReadSeekCloser, error) {
	rec, err := c.Recording(ctx, id)
	if err != nil {
		return nil, err
	}
	f := &remoteFile{ctx: ctx, client: c, path: call("", "/v1/recordings/{}/audio", string(id)).path, tag: `"` + string(rec.Digest) + `"`}
	if f.size, err = f.open(); err != nil {
		return nil, err
	}
	return f, nil
}

// remoteFile reads a file at the centre. It is not for use by several
// goroutines at once.
type remoteFile struct {
	ctx    context.Context // of the opening: reading has none of its own
	client *Client
	path   string
	tag    string        // the version that was opened; another is refused
	at     int64         // bytes from the start
	size   int64         // bytes
	body   io.ReadCloser // from at on, or nil
}

// open asks for the file from at on and returns how much follows, in bytes.
func (f *remoteFile) open() (int64, error) {
	r := request{method: http.MethodGet, path: f.path, header: http.Header{"If-Match": {f.tag}}}
	if f.at > 0 {
		r.header.Set("Range", fmt.Sprintf("bytes=%d-", f.at))
	}
	res, err := f.client.send(f.ctx, r)
	if err != nil {
		return 0, err
	}
	f.body = res.Body
	return res.ContentLength, nil
}

func (f *remoteFile) Read(p []byte) (int, error) {
	if f.at >= f.size {
		return 0, io.EOF
	}
	if f.body == nil {
		if _, err := f.open(); err != nil {
			return 0, err
		}
	}
	n, err := f.body.Read(p)
	f.at += int64(n)
	return n, err
}

func (f *remoteFile) Seek(offset int64, whence int) (int64, error) {
	switch whence {
	case io.SeekCurrent:
		offset += f.at
	case io.SeekEnd:
		offset += f.size
	}
	if offset < 0 {
		return f.at, errors.New("seek in audio: before its beginning")
	}
	if offset != f.at {
		f.at = offset
		return f.at, f.Close()
	}
	return f.at, nil
}

func (f *remoteFile) Close() error {
	if f.body == nil {
		return nil
	}
	defer func() { f.body = nil }()
	return f.body.Close()
}
