package enrol

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"sync"
	"time"
)

// The files of an authority's directory. Whoever reads the keys can speak as
// the centre: the directory is 0700 and the keys 0600.
const (
	caFile      = "ca.pem"
	caKeyFile   = "ca.key"
	signingFile = "signing.key"
)

const (
	authorityLife = 30 * 365 * 24 * time.Hour
	// backdate is how long before its making the authority is already valid,
	// for machines whose clocks are a little behind.
	backdate = 24 * time.Hour
)

// Authority is the centre's own certificate authority and the key that signs
// what it says to stations. Its methods may be called from anywhere.
type Authority struct {
	ca      *x509.Certificate
	key     crypto.Signer
	signing ed25519.PrivateKey
	names   []string
	now     func() time.Time // the clock of TLS, replaced in tests

	mu     sync.Mutex
	server *tls.Certificate // the present one; replaced before it ends
	client *tls.Certificate // likewise, the centre's own
}

// OpenAuthority reads the authority in dir, or makes one there if dir does not
// exist or is empty. The names are those, besides localhost and this host's
// own, by which stations reach the centre: host names and IP addresses.
func OpenAuthority(dir string, names []string) (*Authority, error) {
	if err := createAuthority(dir, time.Now()); err != nil {
		return nil, fmt.Errorf("make an authority in %s: %w", dir, err)
	}
	a, err := loadAuthority(dir)
	if err != nil {
		return nil, fmt.Errorf("open the authority in %s: %w", dir, err)
	}
	a.names = append(localNames(), names...)
	return a, nil
}

// localNames are the names by which a machine always knows itself.
func localNames() []string {
	names := []string{"localhost", "127.0.0.1", "::1"}
	if h, err := os.Hostname(); err == nil {
		names = append(names, h)
	}
	return names
}

func loadAuthority(dir string) (*Authority, error) {
	a := &Authority{now: time.Now}
	text, err := os.ReadFile(filepath.Join(dir, caFile))
	if err != nil {
		return nil, err
	}
	if a.ca, err = decodeCertificate(text); err != nil {
		return nil, fmt.Errorf("%s: %w", caFile, err)
	}
	if a.key, err = readKey(dir, caKeyFile); err != nil {
		return nil, err
	}
	signing, err := readKey(dir, signingFile)
	if err != nil {
		return nil, err
	}
	var ok bool
	if a.signing, ok = signing.(ed25519.PrivateKey); !ok {
		return nil, fmt.Errorf("%s: not an Ed25519 key", signingFile)
	}
	if !a.ca.PublicKey.(interface{ Equal(crypto.PublicKey) bool }).Equal(a.key.Public()) {
		return nil, fmt.Errorf("%s does not belong to %s", caKeyFile, caFile)
	}
	return a, nil
}

func readKey(dir, name string) (crypto.Signer, error) {
	text, err := os.ReadFile(filepath.Join(dir, name))
	if err != nil {
		return nil, err
	}
	k, err := decodeKey(text)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return k, nil
}

// createAuthority makes the directory whole, beside its place, and moves it
// there; it leaves one that holds anything alone.
func createAuthority(dir string, now time.Time) error {
	entries, err := os.ReadDir(dir)
	if len(entries) > 0 || err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	if err := os.MkdirAll(filepath.Dir(dir), 0o700); err != nil {
		return err
	}
	made, err := os.MkdirTemp(filepath.Dir(dir), ".authority-") // 0700
	if err != nil {
		return err
	}
	defer os.RemoveAll(made)
	if err := fillAuthority(made, now); err != nil {
		return err
	}
	os.Remove(dir) // it is empty; needed where rename does not replace directories
	if err := os.Rename(made, dir); err != nil {
		return settled(dir, err)
	}
	return syncDir(filepath.Dir(dir))
}

// settled forgives a failed move when another process has made the authority
// meanwhile.
func settled(dir string, err error) error {
	if _, missing := os.Stat(filepath.Join(dir, caFile)); missing != nil {
		return err
	}
	return nil
}

func fillAuthority(dir string, now time.Time) error {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return err
	}
	_, signing, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		return err
	}
	own := authorityTemplate(now)
	der, err := x509.CreateCertificate(rand.Reader, own, own, key.Public(), key)
	if err != nil {
		return err
	}
	if err := writeKey(dir, caKeyFile, key); err != nil {
		return err
	}
	if err := writeKey(dir, signingFile, signing); err != nil {
		return err
	}
	return writeFile(filepath.Join(dir, caFile), encode(certificateBlock, der))
}

func authorityTemplate(now time.Time) *x509.Certificate {
	return &x509.Certificate{
		SerialNumber:          serial(),
		Subject:               pkix.Name{CommonName: "Loaphuong centre authority"},
		NotBefore:             now.Add(-backdate),
		NotAfter:              now.Add(authorityLife),
		IsCA:                  true,
		MaxPathLenZero:        true, // it signs stations and servers, never another authority
		BasicConstraintsValid: true,
		KeyUsage:              x509.KeyUsageCertSign | x509.KeyUsageCRLSign,
	}
}

// SigningKey signs what the centre says to stations, see [devices.Seal].
func (a *Authority) SigningKey() ed25519.PrivateKey { return a.signing }

// Fingerprint names the authority, as every [Code] of its does.
func (a *Authority) Fingerprint() string { return fingerprintOf(a.ca.Raw) }

// Certificate is the authority's own certificate in PEM, for a broker's
// configuration.
func (a *Authority) Certificate() []byte { return encode(certificateBlock, a.ca.Raw) }

// NewCode draws a code. The centre keeps its [Code.Hash] with the station's name
// and an expiry, and shows the code once.
func (a *Authority) NewCode() Code { return newCode(a.Fingerprint()) }
