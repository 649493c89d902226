package devices

import (
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"loaphuong/scheduler"
)

// Envelope wraps whatever the centre says. The signature covers every field
// byte for byte as it was sent.
type Envelope struct {
	Key       string          `json:"key"` // see KeyID
	To        string          `json:"to"`  // a station's name
	Kind      Channel         `json:"kind"`
	Sequence  uint64          `json:"sequence"` // grows for each addressee and kind
	NotBefore time.Time       `json:"notBefore"`
	Expires   time.Time       `json:"expires"`
	Body      json.RawMessage `json:"body"`
}

// signed is what travels: the envelope's exact bytes and their signature.
type signed struct {
	Envelope  []byte `json:"envelope"`
	Signature []byte `json:"signature"`
}

// signingContext keeps a signature made here from meaning anything elsewhere.
const signingContext = "loaphuong/v1 envelope\x00"

// Why an envelope is refused.
var (
	ErrUnsigned = errors.New("not signed by this station's centre")
	ErrNotForUs = errors.New("meant for another")
	ErrExpired  = errors.New("not valid at this time")
	ErrReplayed = errors.New("older than what is held")
)

// KeyID names a public key: the first 16 hex digits of its SHA-256.
func KeyID(k ed25519.PublicKey) string {
	sum := sha256.Sum256(k)
	return hex.EncodeToString(sum[:8])
}

// Seal signs body to one station.
func Seal(key ed25519.PrivateKey, e Envelope, body any) ([]byte, error) {
	b, err := json.Marshal(body)
	if err != nil {
		return nil, fmt.Errorf("seal %s for %s: %w", e.Kind, e.To, err)
	}
	e.Key, e.Body = KeyID(key.Public().(ed25519.PublicKey)), b
	exact, err := json.Marshal(e)
	if err != nil {
		return nil, fmt.Errorf("seal %s for %s: %w", e.Kind, e.To, err)
	}
	return json.Marshal(signed{exact, ed25519.Sign(key, append([]byte(signingContext), exact...))})
}

// Keyring holds the public keys whose word a station takes, by [KeyID].
type Keyring map[string]ed25519.PublicKey

// NewKeyring holds keys.
func NewKeyring(keys ...ed25519.PublicKey) Keyring {
	k := make(Keyring, len(keys))
	for _, key := range keys {
		k[KeyID(key)] = key
	}
	return k
}

// Open checks that raw is signed by a key of the ring, for this station and of
// this kind, and valid at now. Whether its sequence is new is for the caller,
// who knows what is held. The errors wrap [ErrUnsigned], [ErrNotForUs] or
// [ErrExpired]. A zero now skips the check of time, for a station that does not
// know it yet.
func (k Keyring) Open(raw []byte, to scheduler.StationID, kind Channel, now time.Time) (Envelope, error) {
	var s signed
	if err := json.Unmarshal(raw, &s); err != nil {
		return Envelope{}, fmt.Errorf("%s: %w: it is not an envelope", kind, ErrUnsigned)
	}
	var e Envelope
	if err := json.Unmarshal(s.Envelope, &e); err != nil {
		return Envelope{}, fmt.Errorf("%s: %w: it is not an envelope", kind, ErrUnsigned)
	}
	key, ok := k[e.Key]
	if !ok || !ed25519.Verify(key, append([]byte(signingContext), s.Envelope...), s.Signature) {
		return Envelope{}, fmt.Errorf("%s with key %q: %w", kind, e.Key, ErrUnsigned)
	}
	if e.To != string(to) || e.Kind != kind {
		return Envelope{}, fmt.Errorf("%s: %w: it is a %s for %q", kind, ErrNotForUs, e.Kind, e.To)
	}
	if !now.IsZero() && (now.Before(e.NotBefore) || !now.Before(e.Expires)) {
		return Envelope{}, fmt.Errorf("%s: %w: valid from %s until %s", kind, ErrExpired,
			e.NotBefore.UTC().Format(time.RFC3339), e.Expires.UTC().Format(time.RFC3339))
	}
	return e, nil
}
