package broker

import (
	"net"
	"sync"

	"loaphuong/devices"
)

// conn is one client's connection, which knows whose it is.
type conn struct {
	net.Conn
	peer  devices.Peer
	queue queue

	once   sync.Once
	closed chan struct{} // closed when it is closed from this side or a write fails

	client string        // its MQTT name, once admitted
	after  func()        // set and called in the goroutine that serves it
	gone   chan struct{} // closed when mochi has let go of it
}

func newConn(c net.Conn, p devices.Peer) *conn {
	return &conn{Conn: c, peer: p, queue: newQueue(), closed: make(chan struct{}), gone: make(chan struct{})}
}

// Write closes the connection when it fails: mochi would go on reading from it.
func (c *conn) Write(p []byte) (int, error) {
	n, err := c.Conn.Write(p)
	if err != nil {
		c.Close()
	}
	return n, err
}

// Close ends the connection, once.
func (c *conn) Close() error {
	var err error
	c.once.Do(func() {
		close(c.closed)
		err = c.Conn.Close()
	})
	return err
}

// finish is called when mochi has let go of the connection.
func (c *conn) finish() {
	if c.after != nil {
		c.after()
	}
	close(c.gone)
}
