package bundle

import (
	"archive/zip"
	"bytes"
	"crypto"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"encoding/json"
	"encoding/pem"
	"path/filepath"
	"testing"
	"time"

	"loaphuong/devices"
	"loaphuong/devices/enrol"
	"loaphuong/scheduler"
)

// office is an authority and the pool that holds it.
type office struct {
	*enrol.Authority
	roots *x509.CertPool
}

func newOffice(t testing.TB) office {
	t.Helper()
	a, err := enrol.OpenAuthority(filepath.Join(t.TempDir(), "keys"), nil)
	if err != nil {
		t.Fatal(err)
	}
	roots := x509.NewCertPool()
	roots.AppendCertsFromPEM(a.Certificate())
	return office{a, roots}
}

// signer is a key and its certificates.
type signer struct {
	key   crypto.Signer
	chain [][]byte
}

// enrols gives a station an identity at an instant.
func (o office) enrols(t testing.TB, id scheduler.StationID, at time.Time) signer {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	request, err := x509.CreateCertificateRequest(rand.Reader, &x509.CertificateRequest{}, key)
	if err != nil {
		t.Fatal(err)
	}
	issued, err := o.Issue(pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE REQUEST", Bytes: request}), id, at)
	if err != nil {
		t.Fatal(err)
	}
	der, _ := pem.Decode(issued)
	return signer{key, [][]byte{der.Bytes}}
}

// present is a time at which the certificates of these tests are good: the
// authority is made by the machine's clock.
func present() time.Time { return time.Now().UTC().Truncate(time.Second) }

// report is what An Phú says.
func report() Report {
	line := scheduler.AsRun{Log: "so", Number: 1, Kind: scheduler.AsRunEnd, Airing: "a", Outcome: scheduler.Aired, At: made()}
	return Report{
		Station: anPhu, Made: made(), State: devices.State{Station: anPhu, Revision: 12, At: made()},
		Batches: []devices.Batch{{Station: anPhu, Log: "so", Number: 1, Records: []scheduler.AsRun{line}, Through: made()}},
	}
}

func sealed(t testing.TB, r Report, s signer) []byte {
	t.Helper()
	var buf bytes.Buffer
	if err := SealReport(&buf, r, s.key, s.chain); err != nil {
		t.Fatal(err)
	}
	return buf.Bytes()
}

func (o office) read(raw []byte, now time.Time) (Report, *x509.Certificate, error) {
	return ReadReport(bytes.NewReader(raw), int64(len(raw)), o.roots, now)
}

// parts are the two entries of a report.
func parts(t testing.TB, raw []byte) (exact, proof []byte) {
	t.Helper()
	a, err := openArchive(bytes.NewReader(raw), int64(len(raw)))
	if err != nil {
		t.Fatal(err)
	}
	if exact, err = a.read(reportName, MaxReport); err != nil {
		t.Fatal(err)
	}
	if proof, err = a.read(sealName, maxSeal); err != nil {
		t.Fatal(err)
	}
	return exact, proof
}

func marshal(t testing.TB, v any) []byte {
	t.Helper()
	raw, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return raw
}

// signedAnyway is a report of exact bytes that the station really signed.
func signedAnyway(t testing.TB, exact []byte, s signer) []byte {
	t.Helper()
	proof, err := sealOf(exact, s.key, s.chain)
	if err != nil {
		t.Fatal(err)
	}
	return archiveOf(t, part{reportName, zip.Deflate, exact}, part{sealName, zip.Deflate, proof})
}
