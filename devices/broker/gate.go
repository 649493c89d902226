package broker

import (
	"context"
	"crypto/tls"
	"log/slog"
	"net"
	"sync"
	"time"

	"github.com/mochi-mqtt/server/v2/listeners"

	"loaphuong/devices"
)

// gate is mochi's listener. Unlike mochi's own, it gives a client a bounded time
// for TLS and the first packet, and knows when mochi is done with a connection.
type gate struct {
	net.Listener
	tls *tls.Config
	log *slog.Logger

	mu     sync.Mutex
	closed bool
	open   map[net.Conn]bool
	busy   sync.WaitGroup // one for each of open
}

func newGate(l net.Listener, t *tls.Config, log *slog.Logger) *gate {
	return &gate{Listener: l, tls: t, log: log, open: map[net.Conn]bool{}}
}

// ID names the gate among mochi's listeners; it is the only one.
func (g *gate) ID() string { return "gate" }

// Init has nothing to do: the gate listens already.
func (g *gate) Init(*slog.Logger) error { return nil }

// Address is where the gate listens.
func (g *gate) Address() string { return g.Addr().String() }

// Protocol is for mochi's figures.
func (g *gate) Protocol() string { return "tls" }

// Serve takes connections until the gate is closed.
func (g *gate) Serve(establish listeners.EstablishFn) {
	for {
		raw, err := g.Accept()
		if err != nil {
			return
		}
		if !g.enter(raw) {
			raw.Close()
			return
		}
		go func() {
			defer g.leave(raw)
			g.handle(raw, establish)
		}()
	}
}

// handle sees one connection through.
func (g *gate) handle(raw net.Conn, establish listeners.EstablishFn) {
	defer raw.Close()
	c := tls.Server(raw, g.tls)
	c.SetDeadline(time.Now().Add(handshakeTime)) // until mochi has the first packet
	if err := c.HandshakeContext(context.Background()); err != nil {
		g.log.Warn("broker: connection refused", "from", raw.RemoteAddr(), "error", err)
		return
	}
	state := c.ConnectionState()
	peer, ok := devices.PeerOf(&state)
	if !ok {
		g.log.Warn("broker: connection refused", "from", raw.RemoteAddr(), "error", "the certificate is for no role")
		return
	}
	known := newConn(c, peer)
	defer known.finish()
	err := establish(g.ID(), known)
	g.log.Debug("broker: connection ended", "peer", peer.Name, "from", raw.RemoteAddr(), "error", err)
}

// Close stops the gate, ends every connection that it let in and waits for them.
// It does not have mochi close its clients one by one: mochi would first write
// to each a packet that MQTT 3.1.1 does not know, and wait for one that does not
// read.
func (g *gate) Close(listeners.CloseFn) {
	g.Listener.Close()
	g.shut()
	g.busy.Wait()
}

func (g *gate) shut() {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.closed = true
	for c := range g.open {
		c.Close()
	}
}

func (g *gate) enter(c net.Conn) bool {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.closed {
		return false
	}
	g.open[c] = true
	g.busy.Add(1)
	return true
}

func (g *gate) leave(c net.Conn) {
	g.mu.Lock()
	defer g.mu.Unlock()
	delete(g.open, c)
	g.busy.Done()
}
