package bundle

import (
	"archive/zip"
	"bytes"
	"crypto"
	"crypto/rand"
	"encoding/pem"
	"errors"
	"testing"
	"time"

	"loaphuong/devices/enrol"
)

func TestWhoseReportItIs(t *testing.T) {
	o, other, now := newOffice(t), newOffice(t), present()
	ours := o.enrols(t, anPhu, now)
	pair, err := o.CentreTLS().GetClientCertificate(nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		why string
		by  signer
		err error
	}{
		{"the station", ours, nil},
		{"the station, with the authority beside it", signer{ours.key, append(ours.chain, o.certificate()...)}, nil},
		{"a station of another centre", other.enrols(t, anPhu, now), ErrUntrusted},
		{"a station of another centre, with its authority", withAuthority(other.enrols(t, anPhu, now), other), ErrUntrusted},
		{"somebody with the station's certificate", signer{o.enrols(t, "binh-minh", now).key, ours.chain}, ErrUntrusted},
		{"another station of ours", o.enrols(t, "binh-minh", now), ErrForm}, // it speaks for An Phú
		{"the centre itself", signer{pair.PrivateKey.(crypto.Signer), pair.Certificate}, ErrUntrusted},
		{"the authority", signer{ours.key, o.certificate()}, ErrUntrusted},
		{"nobody", signer{ours.key, nil}, ErrUntrusted},
		{"a crowd", signer{ours.key, make([][]byte, maxChain+1)}, ErrUntrusted},
		{"no certificate", signer{ours.key, [][]byte{[]byte("rác")}}, ErrUntrusted},
	} {
		if _, _, err := o.read(sealed(t, report(), c.by), now); !errors.Is(err, c.err) {
			t.Errorf("by %s: %v, want %v", c.why, err, c.err)
		}
	}
}

// certificate is the authority's own, in DER.
func (o office) certificate() [][]byte {
	b, _ := pem.Decode(o.Authority.Certificate())
	return [][]byte{b.Bytes}
}

func withAuthority(s signer, o office) signer {
	return signer{s.key, append(s.chain, o.certificate()...)}
}

func TestHowLongACertificateProves(t *testing.T) {
	o, issued := newOffice(t), present()
	raw := sealed(t, report(), o.enrols(t, anPhu, issued))
	end := issued.Add(enrol.StationLife)
	for _, c := range []struct {
		why  string
		now  time.Time
		want error
	}{
		{"before it was made", issued.Add(-48 * time.Hour), ErrUntrusted},
		{"on the last day", end.Add(-time.Hour), nil},
		{"months after its end, at a station without a link", end.Add(Overdue - time.Hour), nil},
		{"more than a year after its end", end.Add(Overdue + time.Hour), ErrUntrusted},
	} {
		_, certificate, err := o.read(raw, c.now)
		if !errors.Is(err, c.want) {
			t.Errorf("%s: %v", c.why, err)
		}
		if err == nil && !certificate.NotAfter.Equal(end) {
			t.Errorf("%s: the certificate ends on %s", c.why, certificate.NotAfter)
		}
	}
}

// TestEveryByteIsSigned changes each byte of what is signed.
func TestEveryByteIsSigned(t *testing.T) {
	o, now := newOffice(t), present()
	s := o.enrols(t, anPhu, now)
	exact, proof := parts(t, sealed(t, report(), s))
	for i := range exact {
		changed := bytes.Clone(exact)
		changed[i] ^= 1
		raw := archiveOf(t, part{reportName, zip.Store, changed}, part{sealName, zip.Store, proof})
		if _, _, err := o.read(raw, now); !errors.Is(err, ErrUntrusted) {
			t.Fatalf("byte %d changed: %v", i, err)
		}
	}
}

// TestASignatureMeansOnlyAReport takes a signature that the station's key made
// over the same bytes for another end.
func TestASignatureMeansOnlyAReport(t *testing.T) {
	o, now := newOffice(t), present()
	s := o.enrols(t, anPhu, now)
	exact, _ := parts(t, sealed(t, report(), s))
	signature, err := s.key.Sign(rand.Reader, digestBytes(exact), crypto.SHA256)
	if err != nil {
		t.Fatal(err)
	}
	raw := archiveOf(t, part{reportName, zip.Store, exact}, part{sealName, zip.Store, marshal(t, seal{s.chain, signature})})
	if _, _, err := o.read(raw, now); !errors.Is(err, ErrUntrusted) {
		t.Errorf("a signature without the context: %v", err)
	}
}

func digestBytes(b []byte) []byte {
	h := crypto.SHA256.New()
	h.Write(b)
	return h.Sum(nil)
}
