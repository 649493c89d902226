package enrol

import (
	"crypto"
	"crypto/ed25519"
	"crypto/tls"
	"crypto/x509"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"loaphuong/devices"
	"loaphuong/scheduler"
)

// identityFile holds the whole identity, key and all, so that it is there
// entirely or not at all; its mode is 0600.
const identityFile = "identity.json"

// Why there is no identity to use.
var (
	ErrNoIdentity = errors.New("this station is not enrolled: run `loaphuong-agent enrol URL CODE` first")
	ErrExists     = errors.New("this station is already enrolled")
)

// Identity is who a station is, to whom it belongs, and where to find it.
type Identity struct {
	Station scheduler.StationID
	Centre  string          // https URL where it enrolled and renews
	Keyring devices.Keyring // whose word to take
	Brokers []string        // ssl://host:port, in the order to try
	Media   string          // https base URL of the audio files
	Expires time.Time       // of the certificate; see RenewBefore

	dir  string
	leaf *x509.Certificate
	key  crypto.Signer
	ca   *x509.Certificate
}

// saved is the form of identityFile.
type saved struct {
	Centre string `json:"centre"`
	Key    string `json:"key"` // PEM
	answer
}

// Load reads the identity that [Join] left in dir.
func Load(dir string) (Identity, error) {
	path := filepath.Join(dir, identityFile)
	text, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return Identity{}, fmt.Errorf("%s: %w", path, ErrNoIdentity)
	}
	if err != nil {
		return Identity{}, fmt.Errorf("read the identity: %w", err)
	}
	var s saved
	if err := json.Unmarshal(text, &s); err != nil {
		return Identity{}, fmt.Errorf("read the identity in %s: %w", path, err)
	}
	id, err := s.identity(dir)
	if err != nil {
		return Identity{}, fmt.Errorf("read the identity in %s: %w", path, err)
	}
	return id, nil
}

// identity checks that all the parts belong together.
func (s saved) identity(dir string) (Identity, error) {
	id := Identity{Station: s.Station, Centre: s.Centre, Brokers: s.Brokers, Media: s.Media, dir: dir}
	var err error
	if id.key, err = decodeKey([]byte(s.Key)); err != nil {
		return Identity{}, fmt.Errorf("key: %w", err)
	}
	if id.ca, err = decodeCertificate([]byte(s.CA)); err != nil {
		return Identity{}, fmt.Errorf("authority: %w", err)
	}
	if id.leaf, err = decodeCertificate([]byte(s.Certificate)); err != nil {
		return Identity{}, fmt.Errorf("certificate: %w", err)
	}
	id.Expires = id.leaf.NotAfter
	if id.Keyring, err = keyring(s.Keys); err != nil {
		return Identity{}, err
	}
	if len(s.Brokers) == 0 {
		return Identity{}, errors.New("no broker is named")
	}
	return id, id.check()
}

func keyring(keys [][]byte) (devices.Keyring, error) {
	ring := devices.Keyring{}
	for _, k := range keys {
		if len(k) != ed25519.PublicKeySize {
			return nil, errors.New("a key of the centre is damaged")
		}
		ring[devices.KeyID(k)] = k
	}
	if len(ring) == 0 {
		return nil, errors.New("no key of the centre is named")
	}
	return ring, nil
}

// check proves that the certificate is for this key and station, by this
// authority. Whether it has expired is for the other end, whose clock is better.
func (id Identity) check() error {
	if !id.leaf.PublicKey.(interface{ Equal(crypto.PublicKey) bool }).Equal(id.key.Public()) {
		return errors.New("the certificate is for another key")
	}
	chains, err := id.leaf.Verify(x509.VerifyOptions{
		Roots:       pool(id.ca),
		KeyUsages:   []x509.ExtKeyUsage{x509.ExtKeyUsageClientAuth},
		CurrentTime: id.leaf.NotBefore,
	})
	if err != nil {
		return fmt.Errorf("the certificate is not this authority's: %w", err)
	}
	got, ok := devices.StationOf(&tls.ConnectionState{VerifiedChains: chains})
	if !ok || got != id.Station {
		return fmt.Errorf("the certificate is not for station %q", id.Station)
	}
	return nil
}

// TLS is for every connection of the station: it shows the certificate, the
// newest one even if it has been renewed meanwhile, and accepts only servers of
// the centre's authority. A clock from before the certificate was made is
// wrong, so the making counts instead: a board without a battery can connect
// and learn the time.
func (id Identity) TLS() *tls.Config {
	return &tls.Config{
		MinVersion: tls.VersionTLS12,
		RootCAs:    pool(id.ca),
		Time:       func() time.Time { return later(time.Now(), id.leaf.NotBefore) },
		GetClientCertificate: func(*tls.CertificateRequestInfo) (*tls.Certificate, error) {
			return id.newest().pair(), nil
		},
	}
}

// newest is the identity as it stands on disk now, or id if that is not the
// same station.
func (id Identity) newest() Identity {
	now, err := Load(id.dir)
	if err != nil || now.Station != id.Station || !now.ca.Equal(id.ca) {
		return id
	}
	return now
}

func (id Identity) pair() *tls.Certificate {
	return &tls.Certificate{Certificate: [][]byte{id.leaf.Raw}, PrivateKey: id.key, Leaf: id.leaf}
}

func pool(c *x509.Certificate) *x509.CertPool {
	p := x509.NewCertPool()
	p.AddCert(c)
	return p
}

func later(a, b time.Time) time.Time {
	if a.Before(b) {
		return b
	}
	return a
}

// Signer is the station's key with its certificate in DER, for what it signs to
// be carried by hand.
func (id Identity) Signer() (crypto.Signer, [][]byte) {
	newest := id.newest()
	return newest.key, [][]byte{newest.leaf.Raw}
}
