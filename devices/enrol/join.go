package enrol

import (
	"context"
	"crypto"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/json"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"time"
)

// Why a station could not be enrolled, besides what the centre says.
var (
	ErrUnreachable = errors.New("the centre cannot be reached: check the address, the port and this machine's network")
	ErrNotCentre   = errors.New("what answers there is not a Loaphuong centre: check the address and the port")
	ErrWrongCentre = errors.New("what answers there is not the centre that gave this code: check the address; if it is right, somebody is in between")
	ErrAddress     = errors.New("not the address of a centre: it looks like https://centre.example.vn:8443")
)

// Join enrols this machine at the centre of that address with a code, as a
// person typed both, and leaves the identity in dir. It makes a new key. When
// dir already holds an identity it fails with [ErrExists]; on any failure dir
// is as it was.
func Join(ctx context.Context, centre, code, dir string) (Identity, error) {
	if _, err := os.Lstat(filepath.Join(dir, identityFile)); err == nil {
		return Identity{}, fmt.Errorf("enrol: %w, in %s", ErrExists, dir)
	}
	return Rejoin(ctx, centre, code, dir)
}

// Rejoin is [Join] that replaces an identity already there, once the centre has
// given the new one.
func Rejoin(ctx context.Context, centre, code, dir string) (Identity, error) {
	id, err := join(ctx, centre, code, dir)
	if err != nil {
		return Identity{}, fmt.Errorf("enrol at %s: %w", centre, err)
	}
	return id, nil
}

func join(ctx context.Context, centre, code, dir string) (Identity, error) {
	c, err := ParseCode(code)
	if err != nil {
		return Identity{}, err
	}
	base, err := centreURL(centre)
	if err != nil {
		return Identity{}, err
	}
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return Identity{}, err
	}
	var seen *x509.Certificate // the authority that the server proved
	config := trustByFingerprint(base.Hostname(), c.Fingerprint, &seen)
	got, err := ask(ctx, config, base, enrolPath, key, c.Secret)
	if err != nil {
		return Identity{}, err
	}
	got.CA = string(encode(certificateBlock, seen.Raw)) // what was proved, whatever was said
	return keep(dir, base, key, got)
}

// Renew trades the certificate in dir for the next one, for the same key, and
// leaves it there.
func Renew(ctx context.Context, dir string) (Identity, error) {
	id, err := Load(dir)
	if err != nil {
		return Identity{}, err
	}
	base, err := centreURL(id.Centre)
	if err != nil {
		return Identity{}, err
	}
	got, err := ask(ctx, id.TLS(), base, renewPath, id.key, "")
	if err != nil {
		return Identity{}, fmt.Errorf("renew at %s: %w", id.Centre, err)
	}
	if got.Station != id.Station {
		return Identity{}, fmt.Errorf("renew at %s: %w: it answers for station %q", id.Centre, ErrNotCentre, got.Station)
	}
	got.CA = string(encode(certificateBlock, id.ca.Raw))
	return keep(dir, base, id.key, got)
}

// centreURL reads an address as a person types it.
func centreURL(s string) (*url.URL, error) {
	if !strings.Contains(s, "://") {
		s = "https://" + s
	}
	u, err := url.Parse(s)
	if err != nil || u.Scheme != "https" || u.Hostname() == "" || u.User != nil {
		return nil, fmt.Errorf("%q: %w", s, ErrAddress)
	}
	return u, nil
}

// trustByFingerprint accepts a server that shows the authority of that
// fingerprint and a certificate by it for that host. This is the whole of the
// verification, in place of the system's authorities, which know nothing of ours.
func trustByFingerprint(host, fingerprint string, seen **x509.Certificate) *tls.Config {
	return &tls.Config{
		MinVersion:         tls.VersionTLS12,
		ServerName:         host,
		InsecureSkipVerify: true, // VerifyConnection does it
		VerifyConnection: func(s tls.ConnectionState) error {
			for _, c := range s.PeerCertificates {
				if fingerprintOf(c.Raw) == fingerprint {
					*seen = c
					return verifyServer(s.PeerCertificates[0], c, host)
				}
			}
			return ErrWrongCentre
		},
	}
}

func verifyServer(leaf, ca *x509.Certificate, host string) error {
	_, err := leaf.Verify(x509.VerifyOptions{
		Roots:       pool(ca),
		DNSName:     host,
		KeyUsages:   []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth},
		CurrentTime: later(time.Now(), ca.NotBefore),
	})
	if errors.As(err, new(x509.HostnameError)) {
		return fmt.Errorf("the centre does not know itself by the name %q: use one of its names, or add this one to its settings: %w", host, err)
	}
	if err != nil {
		return fmt.Errorf("%w: %w", ErrWrongCentre, err)
	}
	return nil
}

// keep checks an answer and puts it in the place of the identity.
func keep(dir string, centre *url.URL, key crypto.Signer, got answer) (Identity, error) {
	text, err := encodeKey(key)
	if err != nil {
		return Identity{}, err
	}
	s := saved{Centre: centre.String(), Key: string(text), answer: got}
	id, err := s.identity(dir)
	if err != nil {
		return Identity{}, fmt.Errorf("%w: %w", ErrNotCentre, err)
	}
	whole, err := json.MarshalIndent(s, "", "  ")
	if err != nil {
		return Identity{}, err
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return Identity{}, err
	}
	return id, replaceFile(filepath.Join(dir, identityFile), append(whole, '\n'))
}

// newRequest proves that we hold the key. The subject is left empty: the centre
// gives the name.
func newRequest(key crypto.Signer) (string, error) {
	der, err := x509.CreateCertificateRequest(rand.Reader, &x509.CertificateRequest{Subject: pkix.Name{}}, key)
	if err != nil {
		return "", err
	}
	return string(encode(requestBlock, der)), nil
}
