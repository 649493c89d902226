package mqtt

import (
	"context"
	"crypto/tls"
	"net"
	"sync"
	"time"
)

const (
	// dialTime bounds the way to a connection: network, TLS and MQTT each.
	dialTime = 15 * time.Second
	// writeTime bounds one write, so that a peer that does not read is noticed.
	writeTime = 20 * time.Second
)

// conn tells when it has been closed, which paho does long before it says so:
// it first waits for its own goroutines, which may be waiting for us.
type conn struct {
	net.Conn
	once   sync.Once
	closed chan struct{}
}

// dial reaches a broker.
func dial(ctx context.Context, to address, config *tls.Config) (*conn, error) {
	ctx, cancel := context.WithTimeout(ctx, dialTime)
	defer cancel()
	plain := &net.Dialer{}
	var c net.Conn
	var err error
	if to.tls {
		c, err = (&tls.Dialer{NetDialer: plain, Config: config}).DialContext(ctx, "tcp", to.host)
	} else {
		c, err = plain.DialContext(ctx, "tcp", to.host)
	}
	if err != nil {
		return nil, err
	}
	return &conn{Conn: c, closed: make(chan struct{})}, nil
}

// Write bounds each write: paho writes its pings without a deadline and would
// wait for ever to ask whether the other side is alive.
func (c *conn) Write(p []byte) (int, error) {
	c.SetWriteDeadline(time.Now().Add(writeTime))
	return c.Conn.Write(p)
}

// Close closes the connection, once.
func (c *conn) Close() error {
	var err error
	c.once.Do(func() {
		close(c.closed)
		err = c.Conn.Close()
	})
	return err
}
