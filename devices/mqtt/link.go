package mqtt

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"time"

	"loaphuong/devices"
)

const (
	defaultKeepAlive   = 30 * time.Second
	defaultPingTimeout = 10 * time.Second
	defaultRetry       = time.Second
	// maxRetry is the longest wait between two tries, as [devices.Link] promises.
	maxRetry = 30 * time.Second
	// steady is how long a connection must have lasted for the waits to begin
	// anew with the shortest.
	steady = 10 * time.Second
	// goodbye is how long the farewell to the broker may take.
	goodbye = 500 * time.Millisecond
)

// Config is how a link is to be. Brokers is all it must have.
type Config struct {
	// Brokers are tried in turn, the first one chosen by the client's name so
	// that stations spread: ssl://host:port, or tcp://host:port on loopback only.
	Brokers []string
	TLS     *tls.Config  // for ssl; nil for the system's authorities
	Log     *slog.Logger // nil for none
	// KeepAlive is the silence after which the other side is asked for a sign of
	// life, in whole seconds, 30 s by default; PingTimeout is how long it has to
	// give it, 10 s by default. A cut network is noticed after their sum here,
	// after 1.5 times KeepAlive at the broker.
	KeepAlive   time.Duration
	PingTimeout time.Duration
	// Retry is the first wait after a failure, 1 s by default. Waits double up
	// to 30 s, and each is shortened by chance by up to half.
	Retry time.Duration
}

// ErrNotUp is wrapped by Send when there is no connection to send on.
var ErrNotUp = errors.New("not connected to the broker")

// Link implements [devices.Link] over MQTT.
type Link struct {
	config Config
	log    *slog.Logger

	mu sync.Mutex
	up *connection // nil while not up
}

// New is a link that does not run yet. A configuration that can never work is
// reported by Run.
func New(c Config) *Link {
	if c.KeepAlive == 0 {
		c.KeepAlive = defaultKeepAlive
	}
	if c.PingTimeout == 0 {
		c.PingTimeout = defaultPingTimeout
	}
	if c.Retry == 0 {
		c.Retry = defaultRetry
	}
	l := &Link{config: c, log: c.Log}
	if l.log == nil {
		l.log = slog.New(slog.DiscardHandler)
	}
	return l
}

// Run implements [devices.Link]. It returns an error only, and at once, for a
// configuration or a session that can never work. Every callback is called in
// the goroutine of Run, so one that takes long delays only itself: up to
// [maxWaiting] messages wait for it, then the connection is dropped.
func (l *Link) Run(ctx context.Context, s devices.Session) error {
	tries, err := newRotation(l.config, s.Client)
	if err != nil {
		return err
	}
	s = s.WithDefaults()
	for ctx.Err() == nil {
		began := time.Now()
		err := l.attempt(ctx, tries.next(), s)
		if ctx.Err() != nil {
			return nil
		}
		l.log.Warn("link: down", "client", s.Client, "error", err)
		s.Down(err)
		if time.Since(began) > steady {
			tries.reset()
		}
		tries.wait(ctx)
	}
	return nil
}

// attempt connects to one broker and stays until the connection ends; it says why.
func (l *Link) attempt(ctx context.Context, to address, s devices.Session) error {
	c, err := connect(ctx, l.config, to, s)
	if err != nil {
		return fmt.Errorf("broker %s: %w", to, err)
	}
	l.set(c)
	defer l.set(nil)
	defer c.end()
	l.log.Info("link: up", "client", s.Client, "broker", to.String())
	s.Up()
	return fmt.Errorf("broker %s: %w", to, c.serve(ctx, s.Receive))
}

// Send implements [devices.Link]. A payload must not be changed afterwards.
func (l *Link) Send(ctx context.Context, m devices.Message) error {
	l.mu.Lock()
	c := l.up
	l.mu.Unlock()
	err := m.Check()
	switch {
	case err != nil:
	case c == nil:
		err = ErrNotUp
	default:
		err = c.send(ctx, m)
	}
	if err != nil {
		return fmt.Errorf("send on %s: %w", m.Topic, err)
	}
	return nil
}

func (l *Link) set(c *connection) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.up = c
}
