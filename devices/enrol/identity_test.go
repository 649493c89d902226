package enrol

import (
	"bytes"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"encoding/json"
	"errors"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

func TestLoadSaysWhatToDoFirst(t *testing.T) {
	_, err := Load(t.TempDir())
	if !errors.Is(err, ErrNoIdentity) || !strings.Contains(err.Error(), "loaphuong-agent enrol URL CODE") {
		t.Error(err)
	}
}

func TestLoadRefusesADamagedIdentity(t *testing.T) {
	o, dir := newOffice(t), t.TempDir()
	o.enrolled("an-phu", dir)
	path := filepath.Join(dir, identityFile)
	whole, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	other := identityText(t, newOffice(t))
	for _, c := range []struct {
		why    string
		change func(*saved)
	}{
		{"another name", func(s *saved) { s.Station = "binh-minh" }},
		{"another's key", func(s *saved) { s.Key = other.Key }},
		{"another's certificate", func(s *saved) { s.Certificate = other.Certificate }},
		{"another authority", func(s *saved) { s.CA = other.CA }},
		{"the key in the certificate's place", func(s *saved) { s.Certificate = s.Key }},
		{"no key", func(s *saved) { s.Key = "" }},
		{"no brokers", func(s *saved) { s.Brokers = nil }},
		{"no keys of the centre", func(s *saved) { s.Keys = nil }},
		{"half a key of the centre", func(s *saved) { s.Keys[0] = s.Keys[0][:16] }},
	} {
		var s saved
		if err := json.Unmarshal(whole, &s); err != nil {
			t.Fatal(err)
		}
		c.change(&s)
		text, _ := json.Marshal(s)
		os.WriteFile(path, text, 0o600)
		if _, err := Load(dir); err == nil || !strings.Contains(err.Error(), path) {
			t.Errorf("%s: %v, want the file named", c.why, err)
		}
	}
	os.WriteFile(path, whole[:len(whole)/2], 0o600)
	if _, err := Load(dir); err == nil {
		t.Error("half a file is read")
	}
}

func identityText(t *testing.T, o *office) saved {
	t.Helper()
	dir := t.TempDir()
	o.enrolled("an-phu", dir)
	text, err := os.ReadFile(filepath.Join(dir, identityFile))
	if err != nil {
		t.Fatal(err)
	}
	var s saved
	if err := json.Unmarshal(text, &s); err != nil {
		t.Fatal(err)
	}
	return s
}

func TestRenewKeepsTheKeyAndReachesConnectionsAlreadyMade(t *testing.T) {
	o, dir := newOffice(t), t.TempDir()
	old := o.enrolled("an-phu", dir)
	config := old.TLS() // as the link of a running agent holds it
	renewed, err := Renew(t.Context(), dir)
	if err != nil {
		t.Fatal(err)
	}
	if renewed.leaf.Equal(old.leaf) || !bytes.Equal(renewed.leaf.RawSubjectPublicKeyInfo, old.leaf.RawSubjectPublicKeyInfo) {
		t.Error("want another certificate for the same key")
	}
	shown, err := config.GetClientCertificate(nil)
	if err != nil || !shown.Leaf.Equal(renewed.leaf) {
		t.Errorf("a running agent still shows the old one: %v", err)
	}
}

func TestRenewRefuses(t *testing.T) {
	o, dir := newOffice(t), t.TempDir()
	if _, err := Renew(t.Context(), dir); !errors.Is(err, ErrNoIdentity) {
		t.Errorf("%v, want %v", err, ErrNoIdentity)
	}
	id := o.enrolled("an-phu", dir)
	o.revoked["an-phu"] = true
	if _, err := Renew(t.Context(), dir); !errors.Is(err, ErrRevoked) {
		t.Errorf("%v, want %v", err, ErrRevoked)
	}
	if now, err := Load(dir); err != nil || !now.leaf.Equal(id.leaf) {
		t.Errorf("the identity did not stay: %v", err)
	}
	base, _ := centreURL(o.url)
	bare := id.TLS()
	bare.GetClientCertificate = nil
	if _, err := ask(t.Context(), bare, base, renewPath, id.key, ""); !errors.Is(err, ErrNobody) {
		t.Errorf("without a certificate: %v, want %v", err, ErrNobody)
	}
}

// TestALostClockStillConnects: a board without a battery wakes in 1970.
func TestALostClockStillConnects(t *testing.T) {
	o := newOffice(t)
	id := o.enrolled("an-phu", t.TempDir())
	config := id.TLS()
	config.Time = func() time.Time { return later(time.Unix(0, 0), id.leaf.NotBefore) }
	media := serve(t, o.authority.ServerTLS(), http.HandlerFunc(whoAmI))
	if got, err := get(t, config, media); err != nil || got != "an-phu true" {
		t.Errorf("%q, %v", got, err)
	}
}

func request0(t *testing.T, curve elliptic.Curve) []byte {
	t.Helper()
	key, err := ecdsa.GenerateKey(curve, rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	der, err := x509.CreateCertificateRequest(rand.Reader, &x509.CertificateRequest{
		DNSNames: []string{"localhost"}, // what it would like to be
	}, key)
	if err != nil {
		t.Fatal(err)
	}
	return encode(requestBlock, der)
}

func TestIssue(t *testing.T) {
	a, good := newAuthority(t), request0(t, elliptic.P256())
	text, err := a.Issue(good, "an-phu", time.Now())
	if err != nil {
		t.Fatal(err)
	}
	c, err := decodeCertificate(text)
	if err != nil {
		t.Fatal(err)
	}
	if len(c.DNSNames) > 0 || c.IsCA || c.Subject.CommonName != "an-phu" || len(c.ExtKeyUsage) != 1 {
		t.Errorf("the request's wishes were granted: %+v", c)
	}
	forged := bytes.Clone(good)
	forged[len(forged)/2] ^= 1
	for why, r := range map[string][]byte{
		"nothing": nil, "text": []byte("hello"), "a certificate": text, "two requests": append(bytes.Clone(good), good...),
		"a key it does not hold": forged, "another curve": request0(t, elliptic.P384()),
	} {
		if _, err := a.Issue(r, "an-phu", time.Now()); !errors.Is(err, ErrRequest) {
			t.Errorf("%s: %v, want %v", why, err, ErrRequest)
		}
	}
	if _, err := a.Issue(good, "centre", time.Now()); !errors.Is(err, ErrRequest) {
		t.Errorf("a station called centre: %v", err)
	}
	if _, err := a.Issue(good, "An Phú", time.Now()); err == nil {
		t.Error("a name that is none")
	}
}
