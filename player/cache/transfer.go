package cache

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
)

// transfer is one request for what is missing of a file.
type transfer struct {
	ctx    context.Context
	client *http.Client
	url    string
	size   int64 // of the whole file
}

// complete brings a file to its size, keeping what it holds, and returns how
// much that was. Whatever goes wrong, the file holds nothing but a beginning
// that may be kept, or nothing.
func (t transfer) complete(file *os.File) (kept int64, err error) {
	info, err := file.Stat()
	if err != nil {
		return 0, err
	}
	kept = info.Size()
	if kept > t.size {
		kept = 0
	}
	if kept == t.size {
		return kept, file.Truncate(kept)
	}
	answer, err := t.ask(kept)
	if err != nil {
		return 0, err
	}
	defer answer.Body.Close()
	start, err := t.accept(answer, kept)
	if errors.Is(err, errStale) {
		return 0, errors.Join(err, file.Truncate(0))
	}
	if err != nil {
		return 0, err
	}
	return start, t.store(file, start, answer.Body)
}

// ask requests everything from the byte at kept on.
func (t transfer) ask(kept int64) (*http.Response, error) {
	request, err := http.NewRequestWithContext(t.ctx, http.MethodGet, t.url, nil)
	if err != nil {
		return nil, err
	}
	request.Header.Set("Accept-Encoding", "identity") // bytes are counted, so nothing may compress them
	if kept > 0 {
		request.Header.Set("Range", fmt.Sprintf("bytes=%d-", kept))
	}
	answer, err := t.client.Do(request)
	if err != nil {
		return nil, fmt.Errorf("%w before the first byte: %w", ErrInterrupted, err)
	}
	return answer, nil
}

// accept looks at the head of the answer and returns where in the file its
// body belongs.
func (t transfer) accept(answer *http.Response, kept int64) (start int64, err error) {
	total := answer.ContentLength
	switch code := answer.StatusCode; {
	case code == http.StatusOK: // also from a server that ignores Range
	case kept > 0 && code == http.StatusPartialContent:
		span := answer.Header.Get("Content-Range")
		if start, total, err = contentRange(span); err != nil || start != kept {
			return 0, fmt.Errorf("%w: range %q where byte %d was asked for", errStale, span, kept)
		}
	case kept > 0 && code == http.StatusRequestedRangeNotSatisfiable:
		return 0, fmt.Errorf("%w: %s from byte %d", errStale, answer.Status, kept)
	default:
		return 0, fmt.Errorf("%w: %s", ErrRefused, answer.Status)
	}
	if total >= 0 && total != t.size {
		return 0, fmt.Errorf("%w: %d bytes instead of %d", ErrWrongFile, total, t.size)
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

// store writes the body into the file from start on, up to the file's size and
// not a byte further.
func (t transfer) store(file *os.File, start int64, body io.Reader) error {
	if err := file.Truncate(start); err != nil {
		return err
	}
	missing := t.size - start
	n, err := io.Copy(io.NewOffsetWriter(file, start), io.LimitReader(body, missing))
	if err != nil || n < missing {
		return errors.Join(fmt.Errorf("%w with %d of %d bytes here: %w", ErrInterrupted, start+n, t.size, orEOF(err)), file.Sync())
	}
	if more, _ := io.ReadFull(body, make([]byte, 1)); more > 0 {
		return errors.Join(fmt.Errorf("%w: more than %d bytes", ErrWrongFile, t.size), file.Truncate(0))
	}
	return nil
}

// orEOF names the error of a body that just ended.
func orEOF(err error) error {
	if err == nil {
		return io.ErrUnexpectedEOF
	}
	return err
}
