package enrol

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"errors"
	"fmt"
	"math/big"
	"net"
	"time"

	"loaphuong/devices"
	"loaphuong/scheduler"
)

// StationLife is how long a station's certificate is good. A station should ask
// for the next when less than [RenewBefore] is left.
const (
	StationLife = 365 * 24 * time.Hour
	RenewBefore = StationLife / 3
)

// ownLife is the life of the centre's own certificates, which it makes anew,
// unasked, when less than half is left.
const ownLife = 90 * 24 * time.Hour

// ErrRequest is wrapped by [Authority.Issue] for a request it will not sign.
var ErrRequest = errors.New("not a certificate request that can be granted")

// serial is a random certificate number, as the rules for authorities want.
func serial() *big.Int {
	var b [16]byte
	rand.Read(b[:]) // never fails, see crypto/rand
	b[0] &= 0x7f    // positive
	b[0] |= 0x40    // never zero
	return new(big.Int).SetBytes(b[:])
}

// Issue signs the key of a request, in PEM, for a station. The request must
// prove that the asker holds the key; its subject and extensions are ignored.
func (a *Authority) Issue(request []byte, station scheduler.StationID, now time.Time) ([]byte, error) {
	if _, err := scheduler.ParseStationID(string(station)); err != nil {
		return nil, err
	}
	if station == devices.CentreName {
		return nil, fmt.Errorf("station %s: %w: that name is the centre's own", station, ErrRequest)
	}
	key, err := requestedKey(request)
	if err != nil {
		return nil, fmt.Errorf("station %s: %w", station, err)
	}
	der, err := a.sign(stationTemplate(station, a.ca.NotBefore, now), key)
	if err != nil {
		return nil, fmt.Errorf("station %s: %w", station, err)
	}
	return encode(certificateBlock, der), nil
}

// requestedKey is the key that a request proves to hold.
func requestedKey(request []byte) (crypto.PublicKey, error) {
	der, err := decode(requestBlock, request)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrRequest, err)
	}
	r, err := x509.ParseCertificateRequest(der)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrRequest, err)
	}
	if err := r.CheckSignature(); err != nil {
		return nil, fmt.Errorf("%w: %w", ErrRequest, err)
	}
	k, ok := r.PublicKey.(*ecdsa.PublicKey)
	if !ok || k.Curve != elliptic.P256() {
		return nil, fmt.Errorf("%w: the key is not ECDSA on P-256", ErrRequest)
	}
	return k, nil
}

// stationTemplate is valid from the moment of issue, never from before the
// authority itself: a station whose clock is lost takes that moment for the
// earliest it can be, see [Identity.TLS].
func stationTemplate(station scheduler.StationID, earliest, now time.Time) *x509.Certificate {
	t := template(devices.StationRole, string(station), now.Add(-time.Minute), now.Add(StationLife))
	if t.NotBefore.Before(earliest) {
		t.NotBefore = earliest
	}
	t.ExtKeyUsage = []x509.ExtKeyUsage{x509.ExtKeyUsageClientAuth}
	return t
}

func template(role devices.Role, name string, from, until time.Time) *x509.Certificate {
	return &x509.Certificate{
		SerialNumber:          serial(),
		Subject:               pkix.Name{CommonName: name, OrganizationalUnit: []string{string(role)}},
		NotBefore:             from,
		NotAfter:              until,
		KeyUsage:              x509.KeyUsageDigitalSignature,
		BasicConstraintsValid: true,
	}
}

func (a *Authority) sign(t *x509.Certificate, key crypto.PublicKey) ([]byte, error) {
	return x509.CreateCertificate(rand.Reader, t, a.ca, key, a.key)
}

// serverTemplate is valid since the authority is, so that a station that boots
// with an old clock can still connect and be told the time.
func (a *Authority) serverTemplate(now time.Time) *x509.Certificate {
	t := template("server", "Loaphuong centre", a.ca.NotBefore, now.Add(ownLife))
	t.ExtKeyUsage = []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth}
	for _, n := range a.names {
		if ip := net.ParseIP(n); ip != nil {
			t.IPAddresses = append(t.IPAddresses, ip)
		} else {
			t.DNSNames = append(t.DNSNames, n)
		}
	}
	return t
}

func (a *Authority) clientTemplate(now time.Time) *x509.Certificate {
	t := template(devices.CentreRole, devices.CentreName, a.ca.NotBefore, now.Add(ownLife))
	t.ExtKeyUsage = []x509.ExtKeyUsage{x509.ExtKeyUsageClientAuth}
	return t
}

// newPair makes a key and has it signed; the chain includes the authority, by
// which a station that enrols knows the centre.
func (a *Authority) newPair(t *x509.Certificate) (*tls.Certificate, error) {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return nil, err
	}
	der, err := a.sign(t, key.Public())
	if err != nil {
		return nil, err
	}
	leaf, err := x509.ParseCertificate(der)
	if err != nil {
		return nil, err
	}
	return &tls.Certificate{Certificate: [][]byte{der, a.ca.Raw}, PrivateKey: key, Leaf: leaf}, nil
}
