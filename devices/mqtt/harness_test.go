package mqtt_test

import (
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"encoding/pem"
	"log/slog"
	"path/filepath"
	"testing"
	"time"

	"loaphuong/devices"
	"loaphuong/devices/broker"
	"loaphuong/devices/broker/mosquitto"
	"loaphuong/devices/enrol"
	"loaphuong/devices/linktest"
	"loaphuong/devices/mqtt"
	"loaphuong/scheduler"
)

// server is a broker that can be killed.
type server interface {
	Addr() string
	Kill()
	Restart() error
}

// harness gives each name a certificate and a piece of network of its own.
type harness struct {
	t         *testing.T
	authority *enrol.Authority
	server    server
	refuses   bool
	proxies   map[string]*linktest.Proxy
	tls       map[string]*tls.Config
}

func newHarness(t *testing.T, a *enrol.Authority, s server, refuses bool) *harness {
	t.Cleanup(s.Kill)
	return &harness{
		t: t, authority: a, server: s, refuses: refuses,
		proxies: map[string]*linktest.Proxy{},
		tls:     map[string]*tls.Config{devices.CentreName: a.CentreTLS()},
	}
}

func (h *harness) Link(name string) devices.Link {
	if h.tls[name] == nil {
		h.tls[name] = stationTLS(h.t, h.authority, scheduler.StationID(name))
	}
	return mqtt.New(mqtt.Config{
		Brokers: []string{"ssl://" + h.proxy(name).Addr()},
		TLS:     h.tls[name],
		Retry:   20 * time.Millisecond,
	})
}

func (h *harness) proxy(name string) *linktest.Proxy {
	if h.proxies[name] == nil {
		h.proxies[name] = linktest.NewProxy(h.t, h.server.Addr())
	}
	return h.proxies[name]
}

func (h *harness) Cut(name string)     { h.proxy(name).Cut() }
func (h *harness) Restore(name string) { h.proxy(name).Restore() }
func (h *harness) Kill()               { h.server.Kill() }
func (h *harness) Refuses() bool       { return h.refuses }

func (h *harness) Restart() {
	h.t.Helper()
	if err := h.server.Restart(); err != nil {
		h.t.Fatal(err)
	}
}

func newAuthority(t *testing.T) *enrol.Authority {
	t.Helper()
	a, err := enrol.OpenAuthority(filepath.Join(t.TempDir(), "authority"), nil)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// stationTLS is the identity of a station, without the trouble of enrolling.
func stationTLS(t *testing.T, a *enrol.Authority, name scheduler.StationID) *tls.Config {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	csr, err := x509.CreateCertificateRequest(rand.Reader, &x509.CertificateRequest{}, key)
	if err != nil {
		t.Fatal(err)
	}
	text, err := a.Issue(pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE REQUEST", Bytes: csr}), name, time.Now())
	if err != nil {
		t.Fatal(err)
	}
	der, _ := pem.Decode(text)
	c := a.CentreTLS()
	c.GetClientCertificate = nil
	c.Certificates = []tls.Certificate{{Certificate: [][]byte{der.Bytes}, PrivateKey: key}}
	return c
}

// embedded is the broker inside the centre, run again on the same address.
type embedded struct {
	config broker.Config
	cancel context.CancelFunc
	done   chan error
}

func startEmbedded(t *testing.T, a *enrol.Authority) *embedded {
	t.Helper()
	e := &embedded{config: broker.Config{Address: "127.0.0.1:0", TLS: a.BrokerTLS(), Log: slog.New(slog.DiscardHandler)}}
	if err := e.Restart(); err != nil {
		t.Fatal(err)
	}
	return e
}

func (e *embedded) Addr() string { return e.config.Address }

func (e *embedded) Kill() {
	if e.cancel != nil {
		e.cancel()
		<-e.done
		e.cancel = nil
	}
}

func (e *embedded) Restart() error {
	b := broker.New(e.config)
	if err := b.Listen(); err != nil {
		return err
	}
	e.config.Address = b.Addr()
	ctx, cancel := context.WithCancel(context.Background())
	e.cancel, e.done = cancel, make(chan error, 1)
	go func() { e.done <- b.Run(ctx) }()
	return nil
}

func startMosquitto(t *testing.T, a *enrol.Authority) *mosquitto.Process {
	t.Helper()
	dir := t.TempDir()
	if err := a.WriteBrokerFiles(dir); err != nil {
		t.Fatal(err)
	}
	p, err := mosquitto.Start(dir, mosquitto.Settings{
		CA:          filepath.Join(dir, "ca.pem"),
		Certificate: filepath.Join(dir, "server.pem"),
		Key:         filepath.Join(dir, "server.key"),
	})
	if err != nil {
		t.Fatal(err)
	}
	return p
}
