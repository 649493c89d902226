package enrol

import (
	"errors"
	"net/http"

	"loaphuong/scheduler"
)

// The paths of [Handler].
const (
	enrolPath = "/v1/enrol"
	renewPath = "/v1/renew"
)

// maxBody bounds a request and an answer, in bytes; both are a few thousand.
const maxBody = 64 << 10

// request asks for a certificate. Secret is empty when renewing.
type request struct {
	Secret string `json:"secret,omitempty"`
	CSR    string `json:"csr"` // PEM
}

// answer is everything a station needs to know.
type answer struct {
	Station     scheduler.StationID `json:"station"`
	Certificate string              `json:"certificate"` // PEM
	CA          string              `json:"ca"`          // PEM
	Keys        [][]byte            `json:"keys"`        // Ed25519 public keys of the centre
	Brokers     []string            `json:"brokers"`
	Media       string              `json:"media"`
}

// problem is the body of every refusal.
type problem struct {
	Error   string `json:"error"`   // one of the words of refusals
	Message string `json:"message"` // for a person
}

// Why the centre refuses. The first three are also what a [Codes] answers.
var (
	ErrCodeUnknown = errors.New("the code is not known to this centre: ask for a new one with `loaphuong station code NAME`")
	ErrCodeUsed    = errors.New("the code has been used: each lets one station in once; ask for a new one with `loaphuong station code NAME`")
	ErrCodeExpired = errors.New("the code has expired: ask for a new one with `loaphuong station code NAME`")
	ErrRevoked     = errors.New("the centre has revoked this station: ask for a new code with `loaphuong station code NAME`")
	ErrTries       = errors.New("too many wrong codes from this address: wait a minute and try again")
	ErrNobody      = errors.New("no certificate of a station was shown")
)

// refusal ties an error to the word and the status it travels under.
type refusal struct {
	err    error
	word   string
	status int
}

// refusals is the one table of both sides.
func refusals() []refusal {
	return []refusal{
		{ErrCodeUnknown, "code-unknown", http.StatusForbidden},
		{ErrCodeUsed, "code-used", http.StatusConflict},
		{ErrCodeExpired, "code-expired", http.StatusGone},
		{ErrRevoked, "revoked", http.StatusForbidden},
		{ErrTries, "too-many-tries", http.StatusTooManyRequests},
		{ErrNobody, "no-certificate", http.StatusUnauthorized},
		{ErrRequest, "bad-request", http.StatusBadRequest},
	}
}
