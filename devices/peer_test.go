package devices

import (
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"testing"
)

// verified is the state of a connection whose other end has proved that subject.
func verified(units []string, name string) *tls.ConnectionState {
	c := &x509.Certificate{Subject: pkix.Name{CommonName: name, OrganizationalUnit: units}}
	return &tls.ConnectionState{PeerCertificates: []*x509.Certificate{c}, VerifiedChains: [][]*x509.Certificate{{c}}}
}

func TestPeerOf(t *testing.T) {
	for _, c := range []struct {
		why   string
		units []string
		name  string
		role  Role // empty for nobody
	}{
		{"a station", []string{"station"}, "an-phu", StationRole},
		{"the centre", []string{"centre"}, "centre", CentreRole},
		{"a centre by another name, which mosquitto would not know", []string{"centre"}, "hq", ""},
		{"a station called centre, which mosquitto would take for it", []string{"station"}, "centre", ""},
		{"a name that is no station's", []string{"station"}, "An Phú", ""},
		{"a name with a wildcard", []string{"station"}, "+", ""},
		{"no name", []string{"station"}, "", ""},
		{"our own server", []string{"server"}, "Loaphuong centre", ""},
		{"no role", nil, "an-phu", ""},
		{"two roles", []string{"station", "centre"}, "an-phu", ""},
		{"a role in capitals", []string{"STATION"}, "an-phu", ""},
	} {
		p, ok := PeerOf(verified(c.units, c.name))
		if ok != (c.role != "") || ok && (p.Role != c.role || p.Name != c.name) {
			t.Errorf("%s: %+v %v", c.why, p, ok)
		}
		s, ok := StationOf(verified(c.units, c.name))
		if ok != (c.role == StationRole) || ok && string(s) != c.name {
			t.Errorf("%s: station %q %v", c.why, s, ok)
		}
	}
}

func TestPeerOfTakesNothingOnTrust(t *testing.T) {
	unverified := verified([]string{"station"}, "an-phu")
	unverified.VerifiedChains = nil
	for why, s := range map[string]*tls.ConnectionState{
		"no TLS": nil, "no certificate": {}, "a certificate that was not verified": unverified,
	} {
		if p, ok := PeerOf(s); ok {
			t.Errorf("%s: %+v", why, p)
		}
	}
}

func TestMayConnect(t *testing.T) {
	station, centre := Peer{StationRole, "an-phu"}, Peer{CentreRole, CentreName}
	for _, c := range []struct {
		peer   Peer
		client string
		want   bool
	}{
		{station, "an-phu", true},
		{station, "binh-minh", false}, // it would push Bình Minh off
		{station, "centre", false},
		{station, "", false}, // the broker would invent one
		{centre, "centre", true},
		{centre, "centre-2", true},
		{centre, "", false},
		{Peer{}, "an-phu", false},
	} {
		if got := c.peer.MayConnect(c.client); got != c.want {
			t.Errorf("%+v as %q: %v", c.peer, c.client, got)
		}
	}
}

func TestWithDefaults(t *testing.T) {
	s := Session{}.WithDefaults()
	s.Up()
	s.Receive(Message{})
	s.Down(nil)
}
