package devices

import (
	"bytes"
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"strings"
	"testing"
	"time"
)

// noon is the moment of most tests.
func noon() time.Time { return time.Date(2026, 3, 2, 12, 0, 0, 0, time.UTC) }

// testKey is the same key for the same name.
func testKey(name string) ed25519.PrivateKey {
	seed := sha256.Sum256([]byte(name))
	return ed25519.NewKeyFromSeed(seed[:])
}

func public(k ed25519.PrivateKey) ed25519.PublicKey { return k.Public().(ed25519.PublicKey) }

func ring() Keyring { return NewKeyring(public(testKey("centre")), public(testKey("next"))) }

// envelope is one that An Phú accepts at noon.
func envelope() Envelope {
	return Envelope{
		To: "an-phu", Kind: CommandChannel, Sequence: 7,
		NotBefore: noon().Add(-time.Minute), Expires: noon().Add(time.Minute),
	}
}

func seal(t testing.TB, key ed25519.PrivateKey, e Envelope) []byte {
	t.Helper()
	raw, err := Seal(key, e, Command{ID: "1", Verb: StopAiring})
	if err != nil {
		t.Fatal(err)
	}
	return raw
}

func TestOpenAcceptsWhatTheCentreSealed(t *testing.T) {
	for _, signer := range []string{"centre", "next"} {
		e, err := ring().Open(seal(t, testKey(signer), envelope()), "an-phu", CommandChannel, noon())
		if err != nil {
			t.Fatalf("signed by %s: %v", signer, err)
		}
		var c Command
		if err := json.Unmarshal(e.Body, &c); err != nil || c.Verb != StopAiring || e.Sequence != 7 {
			t.Errorf("opened %+v with %+v, %v", e, c, err)
		}
	}
}

// TestOpenRefuses goes through the ways to make a station obey the wrong thing.
func TestOpenRefuses(t *testing.T) {
	centre := testKey("centre")
	good := seal(t, centre, envelope())
	change := func(f func(*Envelope)) []byte { e := envelope(); f(&e); return seal(t, centre, e) }
	for _, c := range []struct {
		name string
		raw  []byte
		want error
	}{
		{"nothing", nil, ErrUnsigned},
		{"not JSON", []byte("stop"), ErrUnsigned},
		{"null", []byte("null"), ErrUnsigned},
		{"a bare envelope", bareEnvelope(t), ErrUnsigned},
		{"no signature", resign(t, good, nil), ErrUnsigned},
		{"a short signature", resign(t, good, []byte{1, 2, 3}), ErrUnsigned},
		{"another's signature", otherSignature(t, good), ErrUnsigned},
		{"a key that is not held", seal(t, testKey("stranger"), envelope()), ErrUnsigned},
		{"a stranger who names our key", impersonate(t), ErrUnsigned},
		{"signed without the context", withoutContext(t), ErrUnsigned},
		{"one bit of the body turned", turnBit(t, good), ErrUnsigned},
		{"sent to a neighbour", change(func(e *Envelope) { e.To = "binh-minh" }), ErrNotForUs},
		{"sent to nobody", change(func(e *Envelope) { e.To = "" }), ErrNotForUs},
		{"the station's name in capitals", change(func(e *Envelope) { e.To = "AN-PHU" }), ErrNotForUs},
		{"a schedule sent as a command", change(func(e *Envelope) { e.Kind = ScheduleChannel }), ErrNotForUs},
		{"from yesterday", change(func(e *Envelope) { e.Expires = noon().Add(-24 * time.Hour) }), ErrExpired},
		{"that ends this instant", change(func(e *Envelope) { e.Expires = noon() }), ErrExpired},
		{"for tomorrow", change(func(e *Envelope) { e.NotBefore = noon().Add(24 * time.Hour) }), ErrExpired},
		{"without an end", change(func(e *Envelope) { e.Expires = time.Time{} }), ErrExpired},
	} {
		if _, err := ring().Open(c.raw, "an-phu", CommandChannel, noon()); !errors.Is(err, c.want) {
			t.Errorf("%s: %v, want %v", c.name, err, c.want)
		}
	}
}

func TestOpenWithoutAClockStillChecksTheRest(t *testing.T) {
	old := envelope()
	old.Expires = noon().Add(-24 * time.Hour)
	if _, err := ring().Open(seal(t, testKey("centre"), old), "an-phu", CommandChannel, time.Time{}); err != nil {
		t.Errorf("%v, want the time left unchecked", err)
	}
	if _, err := ring().Open(seal(t, testKey("stranger"), old), "an-phu", CommandChannel, time.Time{}); !errors.Is(err, ErrUnsigned) {
		t.Errorf("%v, want %v", err, ErrUnsigned)
	}
}

func TestAnEmptyRingBelievesNobody(t *testing.T) {
	raw := seal(t, testKey("centre"), envelope())
	if _, err := (Keyring)(nil).Open(raw, "an-phu", CommandChannel, noon()); !errors.Is(err, ErrUnsigned) {
		t.Errorf("%v, want %v", err, ErrUnsigned)
	}
}

func TestSealSaysWhatItCouldNotSeal(t *testing.T) {
	_, err := Seal(testKey("centre"), envelope(), func() {})
	if err == nil || !strings.Contains(err.Error(), "command for an-phu") {
		t.Errorf("%v, want the kind and the station named", err)
	}
}

func open(t *testing.T, raw []byte) signed {
	t.Helper()
	var s signed
	if err := json.Unmarshal(raw, &s); err != nil {
		t.Fatal(err)
	}
	return s
}

func pack(t *testing.T, s signed) []byte {
	t.Helper()
	raw, err := json.Marshal(s)
	if err != nil {
		t.Fatal(err)
	}
	return raw
}

func bareEnvelope(t *testing.T) []byte {
	return open(t, seal(t, testKey("centre"), envelope())).Envelope
}

func resign(t *testing.T, raw, signature []byte) []byte {
	s := open(t, raw)
	s.Signature = signature
	return pack(t, s)
}

// otherSignature is a true signature, of another envelope.
func otherSignature(t *testing.T, raw []byte) []byte {
	e := envelope()
	e.Sequence++
	return resign(t, raw, open(t, seal(t, testKey("centre"), e)).Signature)
}

// impersonate names the centre's key over a stranger's signature.
func impersonate(t *testing.T) []byte {
	e := envelope()
	e.Key, e.Body = KeyID(public(testKey("centre"))), json.RawMessage(`{"id":"1","verb":"stop"}`)
	exact, err := json.Marshal(e)
	if err != nil {
		t.Fatal(err)
	}
	return pack(t, signed{exact, ed25519.Sign(testKey("stranger"), append([]byte(signingContext), exact...))})
}

// withoutContext is a signature that the centre's key might have made elsewhere.
func withoutContext(t *testing.T) []byte {
	s := open(t, seal(t, testKey("centre"), envelope()))
	s.Signature = ed25519.Sign(testKey("centre"), s.Envelope)
	return pack(t, s)
}

func turnBit(t *testing.T, raw []byte) []byte {
	s := open(t, raw)
	s.Envelope = bytes.Replace(s.Envelope, []byte(`"stop"`), []byte(`"sthp"`), 1)
	return pack(t, s)
}

// FuzzOpen looks for bytes that open without the centre having sealed them, and
// for bytes that a station cannot survive.
func FuzzOpen(f *testing.F) {
	good := seal(f, testKey("centre"), envelope())
	f.Add(good)
	f.Add(seal(f, testKey("stranger"), envelope()))
	f.Add([]byte(`{"envelope":"e30=","signature":""}`))
	f.Add([]byte(`{"envelope":"bnVsbA==","signature":null}`))
	var sealed signed
	if err := json.Unmarshal(good, &sealed); err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		_, err := ring().Open(raw, "an-phu", CommandChannel, noon())
		var s signed
		if err == nil && (json.Unmarshal(raw, &s) != nil || !bytes.Equal(s.Envelope, sealed.Envelope)) {
			t.Errorf("opened what nobody sealed: %q", raw)
		}
	})
}
