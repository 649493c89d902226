package broker

import (
	"bytes"
	"context"
	"crypto/tls"
	"errors"
	"net"
	"strings"
	"sync"
	"testing"

	"loaphuong/scheduler"
)

// The answers of MQTT 3.1.1.
func welcome() []byte      { return []byte{0x20, 0, 0} }
func acknowledged() []byte { return []byte{0x40, 0, 1} }
func granted() []byte      { return []byte{0x90, 0, 2, 1} }
func denied() []byte       { return []byte{0x90, 0, 2, 0x80} }

// hall is a running broker.
type hall struct {
	*authority
	broker  *Broker
	mu      sync.Mutex
	revoked map[scheduler.StationID]bool
}

func newHall(t *testing.T) *hall {
	t.Helper()
	h := &hall{authority: newAuthority(t), revoked: map[scheduler.StationID]bool{}}
	h.broker = New(Config{Address: "127.0.0.1:0", TLS: h.server(), Revoked: h.isRevoked})
	if err := h.broker.Listen(); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan error)
	go func() { done <- h.broker.Run(ctx) }()
	t.Cleanup(func() {
		cancel()
		if err := <-done; err != nil {
			t.Errorf("Run: %v", err)
		}
	})
	return h
}

func (h *hall) isRevoked(s scheduler.StationID) bool {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.revoked[s]
}

func (h *hall) revoke(s scheduler.StationID) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.revoked[s] = true
}

// as connects with a certificate and greets.
func (h *hall) as(t *testing.T, role, name string, g greeting) (*raw, []byte, error) {
	t.Helper()
	r, err := dial(t, h.broker.Addr(), h.client(h.issue(role, name)))
	if err != nil {
		return nil, nil, err
	}
	answer, err := r.says(g.bytes())
	return r, answer, err
}

// enters is as, of one who is let in.
func (h *hall) enters(t *testing.T, role, name string, g greeting) *raw {
	t.Helper()
	r, answer, err := h.as(t, role, name, g)
	if err != nil || !bytes.Equal(answer, welcome()) {
		t.Fatalf("%s: % x, %v, want a welcome", name, answer, err)
	}
	return r
}

func TestListenRefusesToLetAnybodyIn(t *testing.T) {
	for why, c := range map[string]*tls.Config{
		"no TLS": nil, "no client certificates": {}, "asked, not required": {ClientAuth: tls.VerifyClientCertIfGiven},
		"required, not verified": {ClientAuth: tls.RequireAnyClientCert},
	} {
		if err := New(Config{Address: "127.0.0.1:0", TLS: c}).Listen(); !errors.Is(err, ErrOpen) {
			t.Errorf("%s: %v, want %v", why, err, ErrOpen)
		}
	}
}

func TestListenNamesATakenAddress(t *testing.T) {
	h := newHall(t)
	err := New(Config{Address: h.broker.Addr(), TLS: h.server()}).Run(t.Context())
	if err == nil || !strings.Contains(err.Error(), h.broker.Addr()) {
		t.Errorf("%v, want the address named", err)
	}
}

func TestCloseGivesTheAddressBack(t *testing.T) {
	c := Config{Address: "127.0.0.1:0", TLS: newAuthority(t).server()}
	b := New(c)
	if err := b.Listen(); err != nil {
		t.Fatal(err)
	}
	c.Address = b.Addr()
	for range 2 {
		if err := b.Close(); err != nil {
			t.Fatal(err)
		}
	}
	again := New(c)
	if err := again.Listen(); err != nil {
		t.Error(err)
	}
	again.Close()
}

func TestConnectRefuses(t *testing.T) {
	h := newHall(t)
	h.revoke("revoked")
	with := func(f func(*greeting)) greeting { g := proper("an-phu"); f(&g); return g }
	for _, c := range []struct {
		why, role, name string
		greeting        greeting
	}{
		{"another's name", "station", "an-phu", proper("binh-minh")},
		{"the centre's name", "station", "an-phu", proper("centre")},
		{"no name", "station", "an-phu", proper("")},
		{"a revoked station", "station", "revoked", proper("revoked")},
		{"a certificate for no role", "server", "broker", proper("broker")},
		{"a certificate for another centre", "centre", "hq", proper("hq")},
		{"MQTT 5", "station", "an-phu", with(func(g *greeting) { g.version = 5 })},
		{"a stored session", "station", "an-phu", with(func(g *greeting) { g.clean = false })},
		{"no keep-alive", "station", "an-phu", with(func(g *greeting) { g.keepAlive = 0 })},
		{"a day's keep-alive", "station", "an-phu", with(func(g *greeting) { g.keepAlive = 65535 })},
		{"another's will", "station", "an-phu", with(func(g *greeting) { g.will = "loaphuong/v1/binh-minh/state" })},
		{"a will that is a schedule", "station", "an-phu", with(func(g *greeting) { g.will = "loaphuong/v1/an-phu/schedule" })},
	} {
		_, answer, err := h.as(t, c.role, c.name, c.greeting)
		if err == nil && (answer[0] != 0x20 || answer[2] == 0) {
			t.Errorf("%s: % x, want a refusal", c.why, answer)
		}
	}
	h.enters(t, "station", "an-phu", with(func(g *greeting) { g.will = "loaphuong/v1/an-phu/state" }))
}

func TestConnectRefusesAnothersCertificate(t *testing.T) {
	h, other := newHall(t), newAuthority(t)
	r, err := dial(t, h.broker.Addr(), h.client(other.issue("station", "an-phu")))
	if err == nil { // in TLS 1.3 the client learns of it with the first answer
		_, err = r.says(proper("an-phu").bytes())
	}
	if err == nil {
		t.Error("a station of another authority is let in")
	}
}

func TestAForbiddenMessageIsAcknowledgedAndDropped(t *testing.T) {
	h := newHall(t)
	centre := h.enters(t, "centre", "centre", proper("centre"))
	centre.must(subscribe("loaphuong/v1/#"), granted())
	s := h.enters(t, "station", "an-phu", proper("an-phu"))
	s.must(publish("loaphuong/v1/binh-minh/state", "forged"), acknowledged())
	s.must(publish("elsewhere", "forged"), acknowledged())
	s.must(publish("loaphuong/v1/an-phu/state", "true"), acknowledged())
	if got, err := centre.hears(); err != nil || !bytes.Contains(got, []byte("an-phu/state")) {
		t.Errorf("the centre heard %q, %v", got, err)
	}
}

func TestSubscriptions(t *testing.T) {
	h := newHall(t)
	s := h.enters(t, "station", "an-phu", proper("an-phu"))
	s.must(subscribe("loaphuong/v1/an-phu/command"), granted())
	for _, f := range []string{"#", "+/+/+/command", "$SYS/#", "loaphuong/v1/an-phu/#", "$share/g/loaphuong/v1/an-phu/command"} {
		s.must(subscribe(f), denied())
	}
	centre := h.enters(t, "centre", "centre", proper("centre"))
	centre.must(subscribe("$SYS/#"), denied())
	centre.must(subscribe("#"), denied())
	centre.must(subscribe("loaphuong/v1/+/state"), granted())
}

func TestDisconnect(t *testing.T) {
	h := newHall(t)
	s := h.enters(t, "station", "an-phu", proper("an-phu"))
	other := h.enters(t, "station", "binh-minh", proper("binh-minh"))
	h.revoke("an-phu")
	h.broker.Disconnect("an-phu")
	h.broker.Disconnect("nobody")
	if got, err := s.hears(); err == nil {
		t.Errorf("heard % x, want the end", got)
	}
	other.must(publish("loaphuong/v1/binh-minh/state", "here"), acknowledged())
	if _, answer, err := h.as(t, "station", "an-phu", proper("an-phu")); err == nil && answer[2] == 0 {
		t.Error("a revoked station comes back")
	}
}

// TestASecondConnectionIsWhole connects again and again under one name and asks
// each time whether messages still come: mochi by itself now and then deletes
// the new connection's subscriptions with the old one's.
func TestASecondConnectionIsWhole(t *testing.T) {
	h := newHall(t)
	centre := h.enters(t, "centre", "centre", proper("centre"))
	const filter = "loaphuong/v1/an-phu/command"
	for i := range 50 {
		s := h.enters(t, "station", "an-phu", proper("an-phu"))
		s.must(subscribe(filter), granted())
		centre.must(publish(filter, "hello"), acknowledged())
		if got, err := s.hears(); err != nil || !bytes.Contains(got, []byte("hello")) {
			t.Fatalf("connection %d heard %q, %v", i, got, err)
		}
	}
}

func TestRunEndsWithClientsThatDoNotRead(t *testing.T) {
	h := newHall(t)
	s := h.enters(t, "station", "an-phu", proper("an-phu"))
	s.must(subscribe("loaphuong/v1/an-phu/command"), granted())
	plain, err := net.Dial("tcp", h.broker.Addr()) // in the middle of the handshake
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { plain.Close() })
	// the end of the test runs the rest
}

func TestAPacketTooLargeEndsTheConnection(t *testing.T) {
	h := newHall(t)
	s := h.enters(t, "station", "an-phu", proper("an-phu"))
	if _, err := s.Write([]byte{0x32, 0xff, 0xff, 0xff, 0x7f}); err != nil { // says 268 435 455 bytes follow
		t.Fatal(err)
	}
	if got, err := s.hears(); err == nil {
		t.Errorf("heard % x, want the end", got)
	}
}
