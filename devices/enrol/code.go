package enrol

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/base32"
	"encoding/hex"
	"errors"
	"fmt"
	"strings"
)

// alphabet is Crockford's base32: no i, l, o or u, so that a code survives being
// read over a telephone.
const alphabet = "0123456789abcdefghjkmnpqrstvwxyz"

const (
	secretBytes      = 15 // 120 bits: beyond guessing, at any speed
	fingerprintBytes = 20 // 160 bits of the SHA-256 of the authority's certificate
)

// ErrCodeForm is wrapped by [ParseCode] for what cannot be a code.
var ErrCodeForm = errors.New("not an enrolment code")

// Code lets one station enrol once. It is written as
// abcd-efgh-jkmn-pqrs-tvwx-yz01.fingerprint: the secret, and by which authority
// to know the centre. Upper case, spaces, and o, i and l for 0, 1 and 1 are
// forgiven.
type Code struct {
	Secret      string
	Fingerprint string // see [Authority.Fingerprint]
}

func coder() *base32.Encoding {
	return base32.NewEncoding(alphabet).WithPadding(base32.NoPadding)
}

// newCode draws a secret for an authority.
func newCode(fingerprint string) Code {
	var b [secretBytes]byte
	rand.Read(b[:]) // never fails, see crypto/rand
	return Code{Secret: coder().EncodeToString(b[:]), Fingerprint: fingerprint}
}

// fingerprintOf names an authority by its certificate in DER.
func fingerprintOf(der []byte) string {
	sum := sha256.Sum256(der)
	return coder().EncodeToString(sum[:fingerprintBytes])
}

// String is the code as it is printed and typed.
func (c Code) String() string { return grouped(c.Secret) + "." + grouped(c.Fingerprint) }

// Hash is what the centre keeps of the secret: hex, the same for every way of
// writing it.
func (c Code) Hash() string {
	sum := sha256.Sum256([]byte("loaphuong/v1 enrolment\x00" + c.Secret))
	return hex.EncodeToString(sum[:])
}

// ParseCode reads a code as a person typed it.
func ParseCode(s string) (Code, error) {
	secret, fingerprint, ok := strings.Cut(s, ".")
	c := Code{Secret: normal(secret), Fingerprint: normal(fingerprint)}
	if !ok || !holds(c.Secret, secretBytes) || !holds(c.Fingerprint, fingerprintBytes) {
		return Code{}, fmt.Errorf("%q: %w: it looks like abcd-efgh-….ijkl-…, as `loaphuong station code` printed it", s, ErrCodeForm)
	}
	return c, nil
}

// normal undoes what hands and eyes do to a code.
func normal(s string) string {
	return strings.NewReplacer("-", "", " ", "", "o", "0", "i", "1", "l", "1").Replace(strings.ToLower(s))
}

// holds reports whether s is exactly so many bytes; the decoder alone overlooks
// a letter too many.
func holds(s string, bytes int) bool {
	b, err := coder().DecodeString(s)
	return err == nil && len(b) == bytes && coder().EncodeToString(b) == s
}

// grouped puts a dash after every fourth letter.
func grouped(s string) string {
	var b strings.Builder
	for i, r := range s {
		if i > 0 && i%4 == 0 {
			b.WriteByte('-')
		}
		b.WriteRune(r)
	}
	return b.String()
}
