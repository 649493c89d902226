package clock

import (
	"bytes"
	"context"
	"encoding/binary"
	"fmt"
	"math/bits"
	"net"
	"time"

	"github.com/beevik/ntp"
)

// NTP asks an NTP server, given as host or host:port. An answer that is a kiss
// of death, or of a server that has no time itself, is an error. How far the
// server says that it may be off is the sample's doubt. Nothing proves who
// answered: name a server that is near and trusted.
func NTP(host string, steady func() time.Duration) Source {
	return &server{host: host, steady: steady}
}

type server struct {
	host   string
	steady func() time.Duration
}

func (s *server) Name() string { return "ntp " + s.host }

func (s *server) Measure(ctx context.Context) (Sample, error) {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	packet := &packet{steady: s.steady}
	answer, err := ntp.QueryWithOptions(s.host, ntp.QueryOptions{
		Timeout:    patience,
		Dialer:     dialer(ctx),
		Extensions: []ntp.Extension{packet},
	})
	if err == nil {
		err = answer.Validate()
	}
	if ctx.Err() != nil {
		err = ctx.Err() // else it would speak of the connection that broke for it
	}
	if err != nil {
		return Sample{}, fmt.Errorf("ask the NTP server %s for the time: %w", s.host, err)
	}
	return Sample{
		Asked:    packet.asked,
		Answered: packet.answered,
		Received: answer.Time.Add(-packet.held),
		Sent:     answer.Time,
		Doubt:    answer.RootDelay/2 + answer.RootDispersion + answer.Precision,
	}, nil
}

// dialer makes connections that break when ctx ends: the library knows no contexts.
func dialer(ctx context.Context) func(local, remote string) (net.Conn, error) {
	return func(_, remote string) (net.Conn, error) {
		var d net.Dialer
		conn, err := d.DialContext(ctx, "udp", remote)
		if err != nil {
			return nil, err
		}
		context.AfterFunc(ctx, func() { conn.Close() })
		return conn, nil
	}
}

// packet looks at a question just before it leaves, after the name was looked
// up, and at the answer as soon as it comes.
type packet struct {
	steady          func() time.Duration
	asked, answered time.Duration
	held            time.Duration // by the server
}

// receiveAt and transmitAt are where a packet has the times at which the server
// got the question and answered; headerSize is where the header ends.
const receiveAt, transmitAt, headerSize = 32, 40, 48

// ProcessQuery notes when the question leaves.
func (p *packet) ProcessQuery(*bytes.Buffer) error {
	p.asked = p.steady()
	return nil
}

// ProcessResponse notes when the answer came and how long the server took. The
// library has not checked the answer yet.
func (p *packet) ProcessResponse(raw []byte) error {
	p.answered = p.steady()
	if len(raw) < headerSize {
		return fmt.Errorf("the answer has %d bytes", len(raw))
	}
	received := binary.BigEndian.Uint64(raw[receiveAt:])
	sent := binary.BigEndian.Uint64(raw[transmitAt:])
	p.held = seconds(sent - received)
	return nil
}

// seconds makes a duration of NTP's, which counts 2⁻³² seconds.
func seconds(n uint64) time.Duration {
	high, low := bits.Mul64(n, uint64(time.Second))
	return time.Duration(high<<32 | low>>32)
}
