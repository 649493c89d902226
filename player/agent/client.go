package agent

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net"
	"net/http"
	"net/url"
	"path/filepath"
	"strconv"
	"syscall"

	"loaphuong/config"
	"loaphuong/player/localpage"
)

// ErrNotRunning is for a station whose agent is not running.
var ErrNotRunning = errors.New("the agent is not running: start it with `loaphuong-agent run`, or as a service")

// Client speaks to the agent that runs in a data directory.
type Client struct{ http http.Client }

// NewClient is for the agent of these settings.
func NewClient(c config.Station) *Client {
	dial := func(ctx context.Context, _, _ string) (net.Conn, error) {
		return (&net.Dialer{}).DialContext(ctx, "unix", SocketPath(c))
	}
	return &Client{http.Client{Timeout: controlPatience, Transport: &http.Transport{DialContext: dial}}}
}

// Status is how the station stands.
func (c *Client) Status(ctx context.Context) (v localpage.View, err error) {
	return v, c.call(ctx, http.MethodGet, statusPath, nil, &v)
}

// Stop ends what is on air.
func (c *Client) Stop(ctx context.Context) error {
	return c.call(ctx, http.MethodPost, stopPath, nil, nil)
}

// SoundCheck sounds a quiet tone.
func (c *Client) SoundCheck(ctx context.Context) error {
	return c.call(ctx, http.MethodPost, checkPath, nil, nil)
}

// SetVolume sets the volume, in percent.
func (c *Client) SetVolume(ctx context.Context, percent int) error {
	return c.call(ctx, http.MethodPost, volumePath, url.Values{"percent": {strconv.Itoa(percent)}}, nil)
}

// Import has the agent take the bundle at path.
func (c *Client) Import(ctx context.Context, path string) (done Carried, err error) {
	path, err = filepath.Abs(path)
	if err != nil {
		return done, err
	}
	return done, c.call(ctx, http.MethodPost, bundlePath, url.Values{"path": {path}}, &done)
}

// Report writes the agent's report.
func (c *Client) Report(ctx context.Context, w io.Writer) error {
	return c.call(ctx, http.MethodGet, reportPath, nil, w)
}

// call asks, and reads the answer into what it is given: a writer takes it as
// it comes, anything else as JSON.
func (c *Client) call(ctx context.Context, method, path string, form url.Values, into any) error {
	request, err := http.NewRequestWithContext(ctx, method, "http://agent"+path+"?"+form.Encode(), nil)
	if err != nil {
		return err
	}
	answer, err := c.http.Do(request)
	if errors.Is(err, fs.ErrNotExist) || errors.Is(err, syscall.ECONNREFUSED) {
		return ErrNotRunning
	}
	if err != nil {
		return fmt.Errorf("ask the agent: %w", err)
	}
	defer answer.Body.Close()
	if answer.StatusCode != http.StatusOK {
		var said struct{ Error string }
		if err := json.NewDecoder(answer.Body).Decode(&said); err != nil || said.Error == "" {
			return fmt.Errorf("ask the agent: %s", answer.Status)
		}
		return errors.New(said.Error)
	}
	switch into := into.(type) {
	case nil:
		return nil
	case io.Writer:
		_, err = io.Copy(into, answer.Body)
	default:
		err = json.NewDecoder(answer.Body).Decode(into)
	}
	return err
}
