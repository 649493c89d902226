package broker

import (
	"bytes"
	"crypto/tls"
	"encoding/binary"
	"io"
	"testing"
	"time"
)

// greeting is the first packet of a client, which a proper client sends whole
// and a bad one need not.
type greeting struct {
	version   byte
	clean     bool
	keepAlive uint16
	client    string
	will      string // topic
}

func proper(client string) greeting {
	return greeting{version: 4, clean: true, keepAlive: 30, client: client}
}

func text(s string) []byte {
	return append(binary.BigEndian.AppendUint16(nil, uint16(len(s))), s...)
}

// packet frames a body; the lengths here need no more than two bytes.
func packet(kind byte, body []byte) []byte {
	n := len(body)
	if n < 128 {
		return append([]byte{kind, byte(n)}, body...)
	}
	return append([]byte{kind, byte(n%128) | 128, byte(n / 128)}, body...)
}

func (g greeting) bytes() []byte {
	var flags byte
	if g.clean {
		flags |= 1 << 1
	}
	if g.will != "" {
		flags |= 1<<2 | 1<<3 // quality of service 1
	}
	b := append(text("MQTT"), g.version, flags)
	b = binary.BigEndian.AppendUint16(b, g.keepAlive)
	if g.version == 5 {
		b = append(b, 0) // no properties
	}
	b = append(b, text(g.client)...)
	if g.will != "" {
		b = append(append(b, text(g.will)...), text("dead")...)
	}
	return packet(0x10, b)
}

func publish(topic, payload string) []byte {
	b := append(text(topic), 0, 1) // packet number 1
	return packet(0x32, append(b, payload...))
}

func subscribe(filter string) []byte {
	return packet(0x82, append(append([]byte{0, 2}, text(filter)...), 1))
}

// raw is a client that says exactly what it is told to.
type raw struct {
	t *testing.T
	*tls.Conn
}

// dial connects; the error may come only with the first answer.
func dial(t *testing.T, addr string, c *tls.Config) (*raw, error) {
	t.Helper()
	conn, err := tls.Dial("tcp", addr, c)
	if err != nil {
		return nil, err
	}
	t.Cleanup(func() { conn.Close() })
	conn.SetDeadline(time.Now().Add(15 * time.Second))
	return &raw{t, conn}, nil
}

// says sends a packet and reads the answer.
func (r *raw) says(p []byte) ([]byte, error) {
	if _, err := r.Write(p); err != nil {
		return nil, err
	}
	return r.hears()
}

// hears reads one packet: its first byte and its body.
func (r *raw) hears() ([]byte, error) {
	head := make([]byte, 2)
	if _, err := io.ReadFull(r, head); err != nil {
		return nil, err
	}
	body := make([]byte, head[1])
	_, err := io.ReadFull(r, body)
	return append(head[:1], body...), err
}

// must sends a packet and expects exactly that answer.
func (r *raw) must(p, want []byte) {
	r.t.Helper()
	if got, err := r.says(p); err != nil || !bytes.Equal(got, want) {
		r.t.Fatalf("heard % x, %v, want % x", got, err, want)
	}
}
