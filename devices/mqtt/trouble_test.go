package mqtt_test

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net"
	"strings"
	"sync"
	"testing"
	"time"

	"loaphuong/devices"
	"loaphuong/devices/mqtt"
)

func TestRunRefusesBrokersItCannotUse(t *testing.T) {
	for why, brokers := range map[string][]string{
		"none":                    nil,
		"no scheme":               {"centre.example.vn:8883"},
		"no port":                 {"ssl://centre.example.vn"},
		"no host":                 {"ssl://:8883"},
		"no TLS over the network": {"tcp://centre.example.vn:1883"},
		"no TLS to another host":  {"tcp://192.0.2.1:1883"},
		"another protocol":        {"https://centre.example.vn:8883"},
		"a path":                  {"ssl://centre.example.vn:8883/x"},
		"a password":              {"ssl://a:b@centre.example.vn:8883"},
		"the second":              {"ssl://centre.example.vn:8883", "x"},
	} {
		err := mqtt.New(mqtt.Config{Brokers: brokers}).Run(t.Context(), devices.Session{Client: "an-phu"})
		if !errors.Is(err, mqtt.ErrAddress) {
			t.Errorf("%s: %v, want %v", why, err, mqtt.ErrAddress)
		}
	}
}

// stubborn is a broker of few words: it answers each packet as its script says,
// and nothing after.
func stubborn(t *testing.T, script ...[]byte) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	var all sync.WaitGroup
	t.Cleanup(func() { l.Close(); all.Wait() })
	all.Go(func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			all.Go(func() { recite(c, script) })
		}
	})
	return "tcp://" + l.Addr().String()
}

func recite(c net.Conn, script [][]byte) {
	defer c.Close()
	for _, line := range script {
		if _, err := c.Read(make([]byte, 1024)); err != nil {
			return
		}
		c.Write(line)
	}
	io.Copy(io.Discard, c)
}

func connack(code byte) []byte { return []byte{0x20, 2, 0, code} }
func suback(code byte) []byte  { return []byte{0x90, 3, 0, 1, code} }

// happens runs a link until the first callback and returns it: nil for up.
func happens(t *testing.T, c mqtt.Config) error {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
	defer cancel()
	got := make(chan error, 64)
	err := mqtt.New(c).Run(ctx, devices.Session{
		Client: "an-phu", Subscribe: []string{"loaphuong/v1/an-phu/command"},
		Up:   func() { got <- nil; cancel() },
		Down: func(err error) { got <- err; cancel() },
	})
	if err != nil {
		t.Fatal(err)
	}
	select {
	case err := <-got:
		return err
	default:
		t.Fatal("nothing happened")
		return nil
	}
}

func TestDownSaysWhy(t *testing.T) {
	closed, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	closed.Close()
	for _, c := range []struct{ why, broker, want string }{
		{"nobody there", "tcp://" + closed.Addr().String(), "connection refused"},
		{"hung up on", hangUp(t), "EOF"},
		{"not authorised", stubborn(t, connack(5)), "not Authorized"},
		{"a name refused", stubborn(t, connack(2)), "identifier rejected"},
		{"a subscription refused", stubborn(t, connack(0), suback(0x80)), "subscribe to loaphuong/v1/an-phu/command: refused"},
		{"a garbled answer", stubborn(t, bytes.Repeat([]byte("HTTP/1.1 400 Bad Request\r\n"), 9)), ""},
	} {
		err := happens(t, mqtt.Config{Brokers: []string{c.broker}})
		if err == nil || !strings.Contains(strings.ToLower(err.Error()), strings.ToLower(c.want)) {
			t.Errorf("%s: %v, want %q", c.why, err, c.want)
		}
	}
}

// hangUp is a broker that hears the greeting and closes.
func hangUp(t *testing.T) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close() })
	go func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			c.Read(make([]byte, 1024))
			c.Close()
		}
	}()
	return "tcp://" + l.Addr().String()
}

// TestTheNextBrokerIsTried lists brokers of which only the last serves.
func TestTheNextBrokerIsTried(t *testing.T) {
	good := stubborn(t, connack(0), suback(1))
	up := make(chan bool)
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
	defer cancel()
	l := mqtt.New(mqtt.Config{Brokers: []string{hangUp(t), hangUp(t), good}, Retry: time.Millisecond})
	err := l.Run(ctx, devices.Session{
		Client: "an-phu", Subscribe: []string{"loaphuong/v1/an-phu/command"},
		Up: func() { close(up); cancel() },
	})
	select {
	case <-up:
	default:
		t.Errorf("never up: %v", err)
	}
}

// TestASilentBrokerIsNoticed: the connection is there and nobody at the other
// end, as when a modem has lost its network.
func TestASilentBrokerIsNoticed(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
	defer cancel()
	l := mqtt.New(mqtt.Config{
		Brokers:   []string{stubborn(t, connack(0), suback(1))},
		KeepAlive: time.Second, PingTimeout: 200 * time.Millisecond,
	})
	sent := make(chan error, 1)
	var why error
	err := l.Run(ctx, devices.Session{
		Client: "an-phu", Subscribe: []string{"loaphuong/v1/an-phu/command"},
		Up: func() {
			go func() { sent <- l.Send(ctx, devices.Message{Topic: "loaphuong/v1/an-phu/state"}) }()
		},
		Down: func(err error) { why = err; cancel() },
	})
	if err != nil || why == nil || !strings.Contains(why.Error(), "pingresp") {
		t.Errorf("%v, %v, want to hear of the missing sign of life", err, why)
	}
	if err := <-sent; err == nil {
		t.Error("a message nobody acknowledged is reported as sent")
	}
}

func TestSendEndsWithItsContext(t *testing.T) {
	broker := stubborn(t, connack(0), suback(1))
	run, cancel := context.WithTimeout(t.Context(), 20*time.Second)
	defer cancel()
	l := mqtt.New(mqtt.Config{Brokers: []string{broker}})
	var got error
	l.Run(run, devices.Session{
		Client: "an-phu", Subscribe: []string{"loaphuong/v1/an-phu/command"},
		Up: func() {
			ctx, stop := context.WithTimeout(run, 50*time.Millisecond)
			defer stop()
			got = l.Send(ctx, devices.Message{Topic: "loaphuong/v1/an-phu/state"})
			cancel()
		},
	})
	if !errors.Is(got, context.DeadlineExceeded) {
		t.Errorf("%v, want %v", got, context.DeadlineExceeded)
	}
}
