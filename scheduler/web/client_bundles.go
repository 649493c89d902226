package web

import (
	"context"
	"io"
	"net/http"
	"net/url"
	"strconv"

	"loaphuong/scheduler"
)

// OpenBundle fetches a bundle as it is made; where it breaks off, reading ends
// with an error and not with [io.EOF].
func (c *Client) OpenBundle(ctx context.Context, id scheduler.StationID, parts BundleParts) (io.ReadCloser, error) {
	r := get("/v1/stations/{}/bundle", string(id))
	r.query = url.Values{"known": {strconv.FormatBool(parts.Known)}, "audio": {strconv.FormatBool(!parts.NoAudio)}}
	res, err := c.send(ctx, r)
	if err != nil {
		return nil, err
	}
	return res.Body, nil
}

// TakeReport sends a report as it is read.
func (c *Client) TakeReport(ctx context.Context, report io.Reader) (ReportTaken, error) {
	r := call(http.MethodPost, "/v1/reports")
	r.kind, r.body = "application/zip", report
	return do[ReportTaken](ctx, c, r)
}
