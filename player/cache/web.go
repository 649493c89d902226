package cache

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
)

// web is a server with files by digest.
type web struct {
	name   string
	client *http.Client
	base   string
}

// Web is a server that has each file at base followed by its digest: the
// centre, an object store, a neighbour's [Cache.Handler]. It may answer with a
// redirect to where the file is, such as a signed link into an object store.
func Web(name string, client *http.Client, base string) Source {
	return web{name: name, client: client, base: base}
}

func (w web) Name() string { return w.name }

func (w web) Metered() bool { return true }

// errNoRange is for a server that does not give the rest of a file.
var errNoRange = errors.New("the rest alone is not to be had")

// Open asks for the rest of the file, and where that is not to be had for the
// whole.
func (w web) Open(ctx context.Context, d Digest, size, from int64) (io.ReadCloser, int64, error) {
	body, start, err := w.open(ctx, d, size, from)
	if errors.Is(err, errNoRange) {
		return w.open(ctx, d, size, 0)
	}
	return body, start, err
}

// open asks once.
func (w web) open(ctx context.Context, d Digest, size, from int64) (io.ReadCloser, int64, error) {
	answer, err := w.ask(ctx, d, from)
	if err != nil {
		return nil, 0, err
	}
	start, err := accept(answer, size, from)
	if err != nil {
		answer.Body.Close()
		return nil, 0, err
	}
	return answer.Body, start, nil
}

// ask requests everything from the byte at from on.
func (w web) ask(ctx context.Context, d Digest, from int64) (*http.Response, error) {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, w.base+string(d), nil)
	if err != nil {
		return nil, err
	}
	request.Header.Set("Accept-Encoding", "identity") // bytes are counted, so nothing may compress them
	if from > 0 {
		request.Header.Set("Range", fmt.Sprintf("bytes=%d-", from))
	}
	answer, err := w.client.Do(request)
	if err != nil {
		return nil, fmt.Errorf("%w before the first byte: %w", ErrInterrupted, unaddressed(err))
	}
	return answer, nil
}

// unaddressed takes the address out of a client's error: a signed link opens
// the store to whoever reads the log.
func unaddressed(err error) error {
	var full *url.Error
	if errors.As(err, &full) {
		return full.Err
	}
	return err
}

// accept looks at the head of the answer and returns where in the file its
// body begins.
func accept(answer *http.Response, size, from int64) (start int64, err error) {
	total := answer.ContentLength
	switch code := answer.StatusCode; {
	case code == http.StatusOK: // also from a server that ignores Range
	case from > 0 && code == http.StatusPartialContent:
		span := answer.Header.Get("Content-Range")
		if start, total, err = contentRange(span); err != nil || start != from {
			return 0, fmt.Errorf("%w: range %q where byte %d was asked for", errNoRange, span, from)
		}
	case from > 0 && code == http.StatusRequestedRangeNotSatisfiable:
		return 0, fmt.Errorf("%w: %s from byte %d", errNoRange, answer.Status, from)
	case code == http.StatusNotFound || code == http.StatusGone:
		return 0, ErrNotThere
	default:
		return 0, fmt.Errorf("%w: %s", ErrRefused, answer.Status)
	}
	if total >= 0 && total != size {
		return 0, fmt.Errorf("%w: %d bytes instead of %d", ErrWrongFile, total, size)
	}
	return start, nil
}

// contentRange reads "bytes 5-9/10" or "bytes 5-9/*", whose total is -1.
func contentRange(header string) (start, total int64, err error) {
	var end int64
	if _, err = fmt.Sscanf(header, "bytes %d-%d/%d", &start, &end, &total); err == nil {
		return start, total, nil
	}
	_, err = fmt.Sscanf(header, "bytes %d-%d/*", &start, &end)
	return start, -1, err
}
