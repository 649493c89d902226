package broker

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"log/slog"
	"math"
	"net"
	"sync"
	"time"

	mochi "github.com/mochi-mqtt/server/v2"

	"loaphuong/devices"
	"loaphuong/scheduler"
)

const (
	// handshakeTime is how long a client has for TLS and its first packet.
	handshakeTime = 10 * time.Second
	// maxPacket has room for the largest message and its topic, in bytes.
	maxPacket = devices.MaxMessage + 4096
	// queueLength is how many messages wait for one subscriber. Each connection
	// costs 8 bytes for each of them.
	queueLength = 1024
	// sysInterval, in seconds, is how often mochi publishes its own figures,
	// which stops the world each time and which nobody may read.
	sysInterval = 24 * 60 * 60
)

// Config is how a broker is to be.
type Config struct {
	Address string // to listen on; port 0 takes a free one
	// TLS must require and verify client certificates.
	TLS *tls.Config
	// Revoked reports whether a station may no longer connect; nil revokes
	// nobody. To end a connection that is up, call Disconnect.
	Revoked func(scheduler.StationID) bool
	Log     *slog.Logger // nil for none
}

// ErrOpen refuses a configuration that would let anybody in.
var ErrOpen = errors.New("the broker must require and verify client certificates")

// Broker is one broker. Listen, then Run once.
type Broker struct {
	config Config

	mu      sync.Mutex
	gate    *gate // nil until Listen
	present map[string]*conn
}

// New is a broker that does not listen yet.
func New(c Config) *Broker {
	if c.Revoked == nil {
		c.Revoked = func(scheduler.StationID) bool { return false }
	}
	if c.Log == nil {
		c.Log = slog.New(slog.DiscardHandler)
	}
	return &Broker{config: c, present: map[string]*conn{}}
}

// Listen takes the address, so that Addr is known and clients may begin to
// connect. They are served from Run on.
func (b *Broker) Listen() error {
	if b.config.TLS == nil || b.config.TLS.ClientAuth != tls.RequireAndVerifyClientCert {
		return ErrOpen
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.gate != nil {
		return nil
	}
	l, err := net.Listen("tcp", b.config.Address)
	if err != nil {
		return fmt.Errorf("broker: %w", err)
	}
	b.gate = newGate(l, b.config.TLS, b.config.Log)
	return nil
}

// Addr is the address that Listen took, empty before.
func (b *Broker) Addr() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.gate == nil {
		return ""
	}
	return b.gate.Address()
}

// Close gives the address back when there will be no Run. After Run it does
// nothing.
func (b *Broker) Close() error {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.gate == nil {
		return nil
	}
	if err := b.gate.Listener.Close(); err != nil && !errors.Is(err, net.ErrClosed) {
		return fmt.Errorf("broker: %w", err)
	}
	return nil
}

// Run serves until ctx ends, then disconnects everybody and returns nil. It
// listens first if that has not been done.
func (b *Broker) Run(ctx context.Context) error {
	if err := b.Listen(); err != nil {
		return err
	}
	server := mochi.New(b.options())
	if err := server.AddHook(newRules(b), nil); err != nil {
		return fmt.Errorf("broker: %w", err)
	}
	if err := server.AddListener(b.gate); err != nil {
		return fmt.Errorf("broker: %w", err)
	}
	if err := server.Serve(); err != nil {
		return fmt.Errorf("broker: %w", err)
	}
	<-ctx.Done()
	return server.Close()
}

func (b *Broker) options() *mochi.Options {
	c := mochi.NewDefaultServerCapabilities()
	c.MaximumMessageExpiryInterval = 0 // or retained messages vanish after a day
	c.MaximumClientWritesPending = queueLength
	c.MaximumPacketSize = maxPacket
	c.MaximumInflight = math.MaxUint16 // a new subscriber acknowledges only after all that was retained
	c.MinimumProtocolVersion = 4       // 3.1.1; see rules.OnConnectAuthenticate for the other bound
	c.SharedSubAvailable = 0
	return &mochi.Options{
		Capabilities:           c,
		Logger:                 slog.New(quiet{b.config.Log.Handler()}),
		SysTopicResendInterval: sysInterval,
	}
}

// Disconnect ends a station's connection, if it has one. Unless it is revoked it
// will come back.
func (b *Broker) Disconnect(station scheduler.StationID) {
	b.mu.Lock()
	c := b.present[string(station)]
	b.mu.Unlock()
	if c != nil && c.peer.Role == devices.StationRole {
		c.Close()
	}
}

// goodbye is how long a connection that another takes the place of may still end
// by itself: a station that restarts has said goodbye, and wants no will sent.
const goodbye = 50 * time.Millisecond

// admit makes c the connection of that client, after ending the one it has, if
// any, and waiting until mochi has forgotten it. mochi's own way of taking over
// can let the old connection's farewell delete the new one's subscriptions.
func (b *Broker) admit(c *conn, client string) error {
	for {
		b.mu.Lock()
		old := b.present[client]
		if old == nil {
			c.client, c.after = client, func() { b.forget(c) }
			b.present[client] = c
			b.mu.Unlock()
			return nil
		}
		b.mu.Unlock()
		select { // its goodbye may be here, and not yet read
		case <-old.gone:
			continue
		case <-time.After(goodbye):
		}
		old.Close()
		select {
		case <-old.gone:
		case <-time.After(handshakeTime):
			return fmt.Errorf("client %s: its former connection does not end", client)
		}
	}
}

func (b *Broker) forget(c *conn) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.present[c.client] == c {
		delete(b.present, c.client)
	}
}
