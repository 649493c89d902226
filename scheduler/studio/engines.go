package studio

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"path/filepath"
	"strings"
	"time"
)

// commandEngine runs a program for each text.
type commandEngine struct {
	name string
	argv []string
}

// newCommand looks the program up.
func newCommand(o EngineOptions) (Engine, error) {
	if len(o.Command) == 0 {
		return nil, fmt.Errorf("speech command: give the program and its arguments")
	}
	path, err := findTool(o.Command[0], "that holds it, or give its full path")
	if err != nil {
		return nil, err
	}
	argv := append([]string{path}, o.Command[1:]...)
	return &commandEngine{name: orElse(o.Name, filepath.Base(path)), argv: argv}, nil
}

func (e *commandEngine) Name() string { return e.name }

// Speak gives the text a line end, without which some programs wait for more.
func (e *commandEngine) Speak(ctx context.Context, text string, w io.Writer) error {
	out := &counter{w: w}
	err := task{argv: e.argv, stdin: strings.NewReader(text + "\n"), out: out}.run(ctx)
	if err != nil {
		return fmt.Errorf("%w: %w", ErrSpeech, err)
	}
	return out.check()
}

// httpEngine posts each text to a service.
type httpEngine struct {
	name, url string
	timeout   time.Duration
}

func (e *httpEngine) Name() string { return e.name }

// Speak posts the text and copies the answer. A body cut short is an error of
// the client's, so half an answer is never taken for a whole one.
func (e *httpEngine) Speak(ctx context.Context, text string, w io.Writer) error {
	ctx, cancel := context.WithTimeout(ctx, e.timeout)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, e.url, strings.NewReader(text))
	if err != nil {
		return fmt.Errorf("%w: %w", ErrSpeech, err)
	}
	req.Header.Set("Content-Type", "text/plain; charset=utf-8")
	req.Header.Set("Accept", "audio/*")
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return fmt.Errorf("%w: %w", ErrSpeech, err)
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		said := &tail{}
		io.Copy(said, io.LimitReader(resp.Body, tailBytes))
		return fmt.Errorf("%w: %s answered %s: %s", ErrSpeech, e.url, resp.Status, said)
	}
	out := &counter{w: w}
	if _, err := io.Copy(out, resp.Body); err != nil {
		return fmt.Errorf("%w: %s: %w", ErrSpeech, e.url, err)
	}
	return out.check()
}

// counter notices an engine that succeeds and says nothing.
type counter struct {
	w io.Writer
	n int64
}

func (c *counter) Write(p []byte) (int, error) {
	n, err := c.w.Write(p)
	c.n += int64(n)
	return n, err
}

func (c *counter) check() error {
	if c.n == 0 {
		return fmt.Errorf("%w: it ended well and gave no audio: try it by hand on this text", ErrSpeech)
	}
	return nil
}
