package web

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"strings"
	"time"
)

// Client is a [Desk] at the other end of the interface. Its errors have the
// server's words and wrap the same kinds as the desk's own.
type Client struct {
	base  string
	token string
	http  *http.Client
	retry time.Duration // between two attempts to follow
}

var _ Desk = (*Client)(nil)

// NewClient makes a client of the centre at base, "http://127.0.0.1:8080". No
// proxy is asked, whatever the environment says: the token is for the centre.
func NewClient(base, token string) *Client {
	t := http.DefaultTransport.(*http.Transport).Clone()
	t.Proxy = nil
	return &Client{
		base:  strings.TrimRight(base, "/"),
		token: token,
		http:  &http.Client{Transport: t},
		retry: 2 * time.Second,
	}
}

// request is one call before it is made.
type request struct {
	method string
	path   string
	query  url.Values
	kind   string // content type of the body
	body   io.Reader
	header http.Header
}

// get asks for path, whose parts after the first are escaped.
func get(path string, parts ...string) request { return call(http.MethodGet, path, parts...) }

func call(method, path string, parts ...string) request {
	for _, p := range parts {
		path = strings.Replace(path, "{}", url.PathEscape(p), 1)
	}
	return request{method: method, path: path}
}

// with gives the call a body in JSON.
func (r request) with(v any) request {
	b, err := json.Marshal(v)
	if err != nil {
		panic("web: a form does not marshal: " + err.Error()) // forms are plain data
	}
	r.kind, r.body = "application/json", bytes.NewReader(b)
	return r
}

// do makes a call and reads its answer, if it has one.
func do[T any](ctx context.Context, c *Client, r request) (T, error) {
	var v T
	res, err := c.send(ctx, r)
	if err != nil {
		return v, err
	}
	defer res.Body.Close()
	if res.StatusCode == http.StatusNoContent {
		return v, nil
	}
	if err := json.NewDecoder(res.Body).Decode(&v); err != nil {
		return v, fmt.Errorf("read the answer to %s %s: %w", r.method, r.path, err)
	}
	return v, nil
}

// send makes a call; an answer that tells of a problem comes back as an error.
func (c *Client) send(ctx context.Context, r request) (*http.Response, error) {
	req, err := http.NewRequestWithContext(ctx, r.method, c.base+r.path, r.body)
	if err != nil {
		return nil, fmt.Errorf("ask the centre at %s: %w", c.base, err)
	}
	req.URL.RawQuery = r.query.Encode()
	for k, v := range r.header {
		req.Header[k] = v
	}
	req.Header.Set("Authorization", "Bearer "+c.token)
	if r.kind != "" {
		req.Header.Set("Content-Type", r.kind)
	}
	res, err := c.http.Do(req)
	if err != nil {
		return nil, c.unanswered(r, err)
	}
	if res.StatusCode >= 400 {
		defer res.Body.Close()
		return nil, readProblem(res)
	}
	return res, nil
}

// unanswered says why no answer came.
func (c *Client) unanswered(r request, err error) error {
	var dial *net.OpError
	if errors.As(err, &dial) && dial.Op == "dial" && !errors.Is(err, context.Canceled) {
		return fmt.Errorf("no centre answers at %s: start it with loaphuong serve", c.base)
	}
	return fmt.Errorf("%s %s at the centre: %w", r.method, r.path, err)
}

// told is an error that the centre told of.
type told struct {
	words string
	kind  error // nil where the status stands for none
}

func (e told) Error() string { return e.words }
func (e told) Unwrap() error { return e.kind }

// maxProblem bounds what is read of a problem, in bytes.
const maxProblem = 1 << 20

func readProblem(res *http.Response) error {
	var p struct {
		Detail string
		Errors []struct{ Message, Location string }
	}
	err := json.NewDecoder(io.LimitReader(res.Body, maxProblem)).Decode(&p)
	words := p.Detail
	for i, e := range p.Errors {
		words += [...]string{": ", "; "}[min(i, 1)] + strings.TrimSpace(e.Location+" "+e.Message)
	}
	if err != nil || words == "" {
		words = "the centre answered " + res.Status
	}
	return told{words, kindOf(res.StatusCode)}
}
