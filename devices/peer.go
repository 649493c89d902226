package devices

import (
	"crypto/tls"
	"crypto/x509"
	"strings"

	"loaphuong/scheduler"
)

// Role says which side of the wire a certificate speaks for. It is the one
// organisational unit of the certificate's subject.
type Role string

// The roles.
const (
	StationRole Role = "station"
	CentreRole  Role = "centre"
)

// CentreName is the common name of the centre's own certificate. A broker that
// knows its users by common name alone gives it everything, so no station is
// ever issued a certificate under it.
const CentreName = "centre"

// Peer is who stands at the other end of a connection, as a certificate of the
// centre's authority says.
type Peer struct {
	Role Role
	Name string // a [scheduler.StationID] when the role is StationRole
}

// PeerOf reads the role and name from the verified certificate of a
// connection's other end. It is false for a nil state, a connection without a
// verified certificate and a certificate of any other form: those may do nothing.
func PeerOf(s *tls.ConnectionState) (Peer, bool) {
	if s == nil || len(s.VerifiedChains) == 0 || len(s.VerifiedChains[0]) == 0 {
		return Peer{}, false
	}
	return peerOf(s.VerifiedChains[0][0])
}

func peerOf(c *x509.Certificate) (Peer, bool) {
	if len(c.Subject.OrganizationalUnit) != 1 {
		return Peer{}, false
	}
	p := Peer{Role: Role(c.Subject.OrganizationalUnit[0]), Name: c.Subject.CommonName}
	switch p.Role {
	case CentreRole:
		return p, p.Name == CentreName
	case StationRole:
		_, err := scheduler.ParseStationID(p.Name)
		return p, err == nil && p.Name != CentreName
	}
	return Peer{}, false
}

// StationOf is the station at the other end of a connection, if it is one.
func StationOf(s *tls.ConnectionState) (scheduler.StationID, bool) {
	p, ok := PeerOf(s)
	if !ok || p.Role != StationRole {
		return "", false
	}
	return scheduler.StationID(p.Name), true
}

// MayConnect reports whether the peer may call itself client at a broker. A
// station has only its own name, so that none can push another off.
func (p Peer) MayConnect(client string) bool {
	return client != "" && (p.Role == CentreRole || p.Role == StationRole && client == p.Name)
}

// MayWrite reports whether the peer may publish on a topic: a station by
// [MayWrite], the centre anywhere under [Prefix].
func (p Peer) MayWrite(topic string) bool {
	if p.Role == CentreRole {
		return within(topic) && !strings.ContainsAny(topic, "+#")
	}
	return p.Role == StationRole && MayWrite(scheduler.StationID(p.Name), topic)
}

// MayRead reports whether the peer may subscribe to a filter: a station by
// [MayRead], the centre anywhere under [Prefix].
func (p Peer) MayRead(filter string) bool {
	if p.Role == CentreRole {
		return within(filter)
	}
	return p.Role == StationRole && MayRead(scheduler.StationID(p.Name), filter)
}

func within(topic string) bool { return strings.HasPrefix(topic, Prefix+"/") }
