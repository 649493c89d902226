package enrol

import (
	"crypto"
	"crypto/x509"
	"encoding/pem"
	"errors"
	"fmt"
)

// The types of the PEM blocks that this package writes.
const (
	certificateBlock = "CERTIFICATE"
	requestBlock     = "CERTIFICATE REQUEST"
	keyBlock         = "PRIVATE KEY"
)

var errPEM = errors.New("not one PEM block of the kind expected")

// encode wraps DER bytes in one PEM block.
func encode(kind string, der []byte) []byte {
	return pem.EncodeToMemory(&pem.Block{Type: kind, Bytes: der})
}

// decode takes the DER bytes out of text that holds exactly one block of a kind.
func decode(kind string, text []byte) ([]byte, error) {
	b, rest := pem.Decode(text)
	if b == nil || b.Type != kind || len(rest) > 0 {
		return nil, fmt.Errorf("%s: %w", kind, errPEM)
	}
	return b.Bytes, nil
}

func decodeCertificate(text []byte) (*x509.Certificate, error) {
	der, err := decode(certificateBlock, text)
	if err != nil {
		return nil, err
	}
	return x509.ParseCertificate(der)
}

func encodeKey(k crypto.Signer) ([]byte, error) {
	der, err := x509.MarshalPKCS8PrivateKey(k)
	if err != nil {
		return nil, err
	}
	return encode(keyBlock, der), nil
}

func decodeKey(text []byte) (crypto.Signer, error) {
	der, err := decode(keyBlock, text)
	if err != nil {
		return nil, err
	}
	k, err := x509.ParsePKCS8PrivateKey(der)
	if err != nil {
		return nil, err
	}
	s, ok := k.(crypto.Signer)
	if !ok {
		return nil, fmt.Errorf("%s: %w", keyBlock, errPEM)
	}
	return s, nil
}
