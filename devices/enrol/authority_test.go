package enrol

import (
	"crypto/tls"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"
)

func TestOpenAuthorityKeepsWhatItMade(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "centre", "authority")
	first, err := OpenAuthority(dir, nil)
	if err != nil {
		t.Fatal(err)
	}
	again, err := OpenAuthority(dir, []string{"centre.example.vn", "203.0.113.7"})
	if err != nil {
		t.Fatal(err)
	}
	if first.Fingerprint() != again.Fingerprint() || !first.SigningKey().Equal(again.SigningKey()) {
		t.Error("a second opening made another authority")
	}
	c := again.serverTemplate(time.Now())
	if !slices.Contains(c.DNSNames, "centre.example.vn") || !slices.Contains(c.DNSNames, "localhost") || len(c.IPAddresses) != 3 {
		t.Errorf("names %v %v", c.DNSNames, c.IPAddresses)
	}
	for _, f := range []string{"", caFile, caKeyFile, signingFile} {
		onlyForItsOwner(t, filepath.Join(dir, f))
	}
	if beside, _ := os.ReadDir(filepath.Dir(dir)); len(beside) != 1 {
		t.Errorf("left beside it: %v", beside)
	}
}

func TestOpenAuthorityTwiceAtOnce(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "authority")
	var all sync.WaitGroup
	prints := make([]string, 8)
	for i := range prints {
		all.Go(func() {
			if a, err := OpenAuthority(dir, nil); err != nil {
				t.Error(err)
			} else {
				prints[i] = a.Fingerprint()
			}
		})
	}
	all.Wait()
	if len(slices.Compact(prints)) != 1 {
		t.Errorf("several authorities: %v", prints)
	}
}

func TestOpenAuthorityDoesNotMendADamagedOne(t *testing.T) {
	other := filepath.Join(t.TempDir(), "other")
	if _, err := OpenAuthority(other, nil); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		why    string
		break_ func(dir string) error
		want   string
	}{
		{"a key is gone", func(d string) error { return os.Remove(filepath.Join(d, caKeyFile)) }, caKeyFile},
		{"the certificate is gone", func(d string) error { return os.Remove(filepath.Join(d, caFile)) }, caFile},
		{"a key is cut off", func(d string) error { return os.Truncate(filepath.Join(d, signingFile), 20) }, signingFile},
		{"the key is another's", func(d string) error {
			return os.Rename(filepath.Join(other, caKeyFile), filepath.Join(d, caKeyFile))
		}, "does not belong"},
	} {
		dir := filepath.Join(t.TempDir(), "authority")
		if _, err := OpenAuthority(dir, nil); err != nil {
			t.Fatal(err)
		}
		if err := c.break_(dir); err != nil {
			t.Fatal(err)
		}
		if _, err := OpenAuthority(dir, nil); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v", c.why, err)
		}
	}
}

// TestTheServerCertificateIsMadeAnewInTime runs the authority's clock forward.
func TestTheServerCertificateIsMadeAnewInTime(t *testing.T) {
	a := newAuthority(t)
	now := time.Now()
	a.now = func() time.Time { return now }
	shown := func() *tls.Certificate {
		c, err := a.ServerTLS().GetCertificate(nil)
		if err != nil {
			t.Fatal(err)
		}
		return c
	}
	first := shown()
	now = now.Add(ownLife/2 - time.Hour)
	if shown() != first {
		t.Error("made anew too early")
	}
	now = now.Add(2 * time.Hour)
	if next := shown(); next == first || next.Leaf.NotAfter.Sub(now) < ownLife-time.Hour {
		t.Error("not made anew in time")
	}
}

func TestWriteBrokerFilesServe(t *testing.T) {
	o, dir := newOffice(t), t.TempDir()
	if err := o.authority.WriteBrokerFiles(dir); err != nil {
		t.Fatal(err)
	}
	if err := o.authority.WriteBrokerFiles(dir); err != nil { // before they expire
		t.Fatal(err)
	}
	pair, err := tls.LoadX509KeyPair(filepath.Join(dir, "server.pem"), filepath.Join(dir, "server.key"))
	if err != nil {
		t.Fatal(err)
	}
	onlyForItsOwner(t, filepath.Join(dir, "server.key"))
	at := serve(t, &tls.Config{Certificates: []tls.Certificate{pair}}, http.HandlerFunc(whoAmI))
	if _, err := get(t, o.enrolled("an-phu", t.TempDir()).TLS(), at); err != nil {
		t.Error(err)
	}
}
