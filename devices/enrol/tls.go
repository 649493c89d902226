package enrol

import (
	"crypto"
	"crypto/tls"
	"crypto/x509"
	"path/filepath"
	"time"
)

// ServerTLS is for the centre's HTTPS server: a client may show a certificate
// of ours, and then [devices.StationOf] says who it is, but need not, because
// one who enrols or a browser has none.
func (a *Authority) ServerTLS() *tls.Config { return a.serverConfig(tls.VerifyClientCertIfGiven) }

// BrokerTLS is for the broker: no certificate of ours, no connection.
func (a *Authority) BrokerTLS() *tls.Config { return a.serverConfig(tls.RequireAndVerifyClientCert) }

func (a *Authority) serverConfig(auth tls.ClientAuthType) *tls.Config {
	return &tls.Config{
		MinVersion: tls.VersionTLS12,
		ClientAuth: auth,
		ClientCAs:  a.pool(),
		Time:       a.now,
		GetCertificate: func(*tls.ClientHelloInfo) (*tls.Certificate, error) {
			return a.current(&a.server, a.serverTemplate)
		},
	}
}

// CentreTLS is for the centre's own connection to its broker.
func (a *Authority) CentreTLS() *tls.Config {
	return &tls.Config{
		MinVersion: tls.VersionTLS12,
		RootCAs:    a.pool(),
		Time:       a.now,
		GetClientCertificate: func(*tls.CertificateRequestInfo) (*tls.Certificate, error) {
			return a.current(&a.client, a.clientTemplate)
		},
	}
}

func (a *Authority) pool() *x509.CertPool {
	p := x509.NewCertPool()
	p.AddCert(a.ca)
	return p
}

// current is the certificate in slot, made anew when half of its life is over.
func (a *Authority) current(slot **tls.Certificate, template func(time.Time) *x509.Certificate) (*tls.Certificate, error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	now := a.now()
	if *slot != nil && now.Before((*slot).Leaf.NotAfter.Add(-ownLife/2)) {
		return *slot, nil
	}
	made, err := a.newPair(template(now))
	if err != nil {
		return nil, err
	}
	*slot = made
	return made, nil
}

// WriteBrokerFiles writes ca.pem, server.pem and server.key into dir, which
// must exist, for a broker that is not ours. The server certificate lasts
// [StationLife]: write them again before it ends.
func (a *Authority) WriteBrokerFiles(dir string) error {
	t := a.serverTemplate(a.now())
	t.NotAfter = a.now().Add(StationLife)
	pair, err := a.newPair(t)
	if err != nil {
		return err
	}
	key, err := encodeKey(pair.PrivateKey.(crypto.Signer))
	if err != nil {
		return err
	}
	for name, text := range map[string][]byte{
		"ca.pem":     a.Certificate(),
		"server.pem": append(encode(certificateBlock, pair.Certificate[0]), a.Certificate()...),
		"server.key": key,
	} {
		if err := replaceFile(filepath.Join(dir, name), text); err != nil {
			return err
		}
	}
	return nil
}
