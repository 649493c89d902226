package bundle

import (
	"crypto/ecdsa"
	"crypto/tls"
	"crypto/x509"
	"encoding/json"
	"fmt"
	"time"

	"loaphuong/devices"
	"loaphuong/scheduler"
)

// Overdue is how long after its end a station's certificate still proves who
// made a report.
//
// A station renews over the link, so one without a link outlives its
// certificate, and its report is the only word there is of months of airings.
// Whether the certificate was good when the report was made cannot be known: the
// only clock that was there is the station's, and whoever has a stolen key sets
// it as they like. So the report's own time decides nothing; the centre's clock
// when the report arrives does, with this bound. The certificate ends for the
// link all the same, where a station can be asked to enrol again.
const Overdue = 365 * 24 * time.Hour

// maxSeal bounds the signature with its certificates, in bytes; they are a few
// thousand.
const maxSeal = 64 << 10

// maxChain is the most certificates that a seal may carry: the station's, and
// one of an authority between it and the centre's, should there ever be one.
const maxChain = 4

// seal is who signed a report.
type seal struct {
	Certificates [][]byte `json:"certificates"` // DER, the station's first
	Signature    []byte   `json:"signature"`
}

// verify proves by a seal which station has signed the exact bytes.
func verify(raw, exact []byte, roots *x509.CertPool, now time.Time) (*x509.Certificate, scheduler.StationID, error) {
	var s seal
	if err := json.Unmarshal(raw, &s); err != nil {
		return nil, "", fmt.Errorf("%w: %s: %w", ErrForm, sealName, err)
	}
	leaf, between, err := s.parse()
	if err != nil {
		return nil, "", err
	}
	station, err := stationOf(leaf, between, roots, now)
	if err != nil {
		return nil, "", err
	}
	key, ok := leaf.PublicKey.(*ecdsa.PublicKey)
	if !ok || !ecdsa.VerifyASN1(key, reportHash(exact), s.Signature) {
		return nil, "", fmt.Errorf("%w: the signature of %s is wrong: the report was changed on the way", ErrUntrusted, station)
	}
	return leaf, station, nil
}

func (s seal) parse() (leaf *x509.Certificate, between *x509.CertPool, err error) {
	if len(s.Certificates) == 0 || len(s.Certificates) > maxChain {
		return nil, nil, fmt.Errorf("%w: %d certificates", ErrUntrusted, len(s.Certificates))
	}
	between = x509.NewCertPool()
	for i, der := range s.Certificates {
		c, err := x509.ParseCertificate(der)
		if err != nil {
			return nil, nil, fmt.Errorf("%w: %w", ErrUntrusted, err)
		}
		if i == 0 {
			leaf = c
		} else {
			between.AddCert(c)
		}
	}
	return leaf, between, nil
}

// stationOf is the station that a certificate is for, by the same rules as on a
// connection, but for [Overdue].
func stationOf(leaf *x509.Certificate, between, roots *x509.CertPool, now time.Time) (scheduler.StationID, error) {
	if now.Sub(leaf.NotAfter) > Overdue {
		return "", fmt.Errorf("%w: its certificate ended on %s, too long ago: enrol the station again and make the report anew",
			ErrUntrusted, leaf.NotAfter.UTC().Format(time.DateOnly))
	}
	judged := now
	if judged.After(leaf.NotAfter) {
		judged = leaf.NotAfter
	}
	chains, err := leaf.Verify(x509.VerifyOptions{
		Roots:         roots,
		Intermediates: between,
		KeyUsages:     []x509.ExtKeyUsage{x509.ExtKeyUsageClientAuth},
		CurrentTime:   judged,
	})
	if err != nil {
		return "", fmt.Errorf("%w: %w", ErrUntrusted, err)
	}
	station, ok := devices.StationOf(&tls.ConnectionState{VerifiedChains: chains})
	if !ok {
		return "", fmt.Errorf("%w: the certificate is %q's, which is no station", ErrUntrusted, leaf.Subject.CommonName)
	}
	return station, nil
}
