package mqtt

import (
	"context"
	"errors"
	"fmt"
	"hash/fnv"
	"math/rand/v2"
	"net"
	"net/url"
	"time"
)

// ErrAddress is wrapped by Run for a list of brokers it cannot use.
var ErrAddress = errors.New("not the address of a broker: it looks like ssl://centre.example.vn:8883; tcp:// is for this machine alone")

// address is a broker's.
type address struct {
	host string // with port
	tls  bool
}

// String is the address as errors and logs name it.
func (a address) String() string { return a.host }

func parseAddress(s string) (address, error) {
	u, err := url.Parse(s)
	if err != nil || u.Hostname() == "" || u.Port() == "" || u.Path != "" || u.User != nil {
		return address{}, fmt.Errorf("%q: %w", s, ErrAddress)
	}
	switch u.Scheme {
	case "ssl", "tls", "mqtts":
		return address{host: u.Host, tls: true}, nil
	case "tcp", "mqtt":
		if loopback(u.Hostname()) {
			return address{host: u.Host}, nil
		}
	}
	return address{}, fmt.Errorf("%q: %w", s, ErrAddress)
}

func loopback(host string) bool {
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback()
}

// rotation says which broker to try next and how long to wait before.
type rotation struct {
	brokers  []address
	first    time.Duration
	at       int // index of the next broker
	failures int
}

// newRotation begins for each client name with a broker of its own.
func newRotation(c Config, client string) (*rotation, error) {
	if len(c.Brokers) == 0 {
		return nil, fmt.Errorf("no broker: %w", ErrAddress)
	}
	r := &rotation{first: c.Retry}
	for _, s := range c.Brokers {
		a, err := parseAddress(s)
		if err != nil {
			return nil, err
		}
		r.brokers = append(r.brokers, a)
	}
	h := fnv.New32a()
	h.Write([]byte(client))
	r.at = int(h.Sum32() % uint32(len(r.brokers)))
	return r, nil
}

func (r *rotation) next() address {
	a := r.brokers[r.at]
	r.at = (r.at + 1) % len(r.brokers)
	return a
}

// reset forgets the failures so far.
func (r *rotation) reset() { r.failures = 0 }

// delay is the wait after one more failure. Every broker is tried once before
// the waits begin to grow.
func (r *rotation) delay() time.Duration {
	round := min(r.failures/len(r.brokers), 10)
	r.failures++
	d := min(r.first<<round, maxRetry)
	return d - rand.N(d/2+1)
}

func (r *rotation) wait(ctx context.Context) {
	t := time.NewTimer(r.delay())
	defer t.Stop()
	select {
	case <-t.C:
	case <-ctx.Done():
	}
}
