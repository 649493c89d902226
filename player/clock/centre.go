package clock

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptrace"
	"sync"
	"time"
)

// maxAnswer is how many bytes of an answer are read; a right one has about a hundred.
const maxAnswer = 4 << 10

// Centre asks the centre at url through a client that shows the station's
// certificate. The answer is an object with the times received and sent, as
// RFC 3339 has them. An answer from elsewhere, by a redirection, is refused.
func Centre(client *http.Client, url string, steady func() time.Duration) Source {
	own := *client
	own.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	return &centre{client: &own, url: url, steady: steady}
}

type centre struct {
	client *http.Client
	url    string
	steady func() time.Duration
}

func (*centre) Name() string { return centreName }

func (c *centre) Measure(ctx context.Context) (Sample, error) {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	s, err := c.ask(ctx)
	if err != nil {
		return Sample{}, fmt.Errorf("ask %s for the time: %w", c.url, err)
	}
	return s, nil
}

func (c *centre) ask(ctx context.Context) (Sample, error) {
	w := &watch{steady: c.steady}
	r, err := http.NewRequestWithContext(w.over(ctx), http.MethodGet, c.url, nil)
	if err != nil {
		return Sample{}, err
	}
	w.leaves()
	answer, err := c.client.Do(r)
	if err != nil {
		return Sample{}, err
	}
	defer answer.Body.Close()
	s := w.sample()
	if answer.StatusCode != http.StatusOK {
		return Sample{}, fmt.Errorf("the answer is %s", answer.Status)
	}
	s.Received, s.Sent, err = times(answer.Body)
	return s, err
}

// times reads the two times of an answer.
func times(body io.Reader) (received, sent time.Time, err error) {
	raw, err := io.ReadAll(io.LimitReader(body, maxAnswer+1))
	if err != nil {
		return received, sent, err
	}
	if len(raw) > maxAnswer {
		return received, sent, fmt.Errorf("the answer has more than %d bytes", maxAnswer)
	}
	var answer struct{ Received, Sent time.Time }
	if err := json.Unmarshal(raw, &answer); err != nil {
		return received, sent, fmt.Errorf("read the answer: %w", err)
	}
	return answer.Received, answer.Sent, nil
}

// watch takes the steady times of one request. It counts from when there is a
// connection, since making one takes several times as long as the question,
// and to the first byte. The transport may ask again on another connection,
// and its goroutines may still report the first one: the last word counts.
type watch struct {
	steady func() time.Duration

	mu              sync.Mutex
	asked, answered time.Duration
}

// over is ctx with the watch looking on. A client whose transport does not
// report is timed around the whole request.
func (w *watch) over(ctx context.Context) context.Context {
	return httptrace.WithClientTrace(ctx, &httptrace.ClientTrace{
		GotConn:              func(httptrace.GotConnInfo) { w.leaves() },
		GotFirstResponseByte: w.comes,
	})
}

// leaves notes that a question leaves, so that no answer to an earlier one counts.
func (w *watch) leaves() {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.asked, w.answered = w.steady(), 0
}

// comes notes that an answer comes.
func (w *watch) comes() {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.answered = w.steady()
}

// sample has the steady times of the question and of the answer that is here.
func (w *watch) sample() Sample {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.answered == 0 {
		w.answered = w.steady()
	}
	return Sample{Asked: w.asked, Answered: w.answered}
}
