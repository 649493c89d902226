package enrol

import (
	"bytes"
	"context"
	"crypto"
	"crypto/tls"
	"crypto/x509"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"time"
)

// askTimeout bounds one request, for a slow mobile link.
const askTimeout = 60 * time.Second

// ask posts a request for the key's certificate and reads the answer.
func ask(ctx context.Context, config *tls.Config, base *url.URL, path string, key crypto.Signer, secret string) (answer, error) {
	csr, err := newRequest(key)
	if err != nil {
		return answer{}, err
	}
	body, err := json.Marshal(request{Secret: secret, CSR: csr})
	if err != nil {
		return answer{}, err
	}
	ctx, cancel := context.WithTimeout(ctx, askTimeout)
	defer cancel()
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, base.JoinPath(path).String(), bytes.NewReader(body))
	if err != nil {
		return answer{}, err
	}
	r.Header.Set("Content-Type", "application/json")
	return do(r, config)
}

func do(r *http.Request, config *tls.Config) (answer, error) {
	t := &http.Transport{TLSClientConfig: config, DisableKeepAlives: true}
	client := http.Client{Transport: t, CheckRedirect: func(*http.Request, []*http.Request) error {
		return http.ErrUseLastResponse // the code is for this address and no other
	}}
	got, err := client.Do(r)
	if err != nil {
		return answer{}, unanswered(err)
	}
	defer got.Body.Close()
	text, err := io.ReadAll(io.LimitReader(got.Body, maxBody))
	if err != nil {
		return answer{}, fmt.Errorf("%w: %w", ErrUnreachable, err)
	}
	return understand(got.StatusCode, text)
}

// unanswered says what it means that no answer came.
func unanswered(err error) error {
	var u *url.Error
	if errors.As(err, &u) {
		err = u.Err // the address is already in the message
	}
	switch {
	case errors.Is(err, ErrWrongCentre), errors.As(err, new(x509.HostnameError)):
		return err
	case errors.Is(err, http.ErrSchemeMismatch), errors.As(err, new(tls.RecordHeaderError)):
		return fmt.Errorf("%w: %w", ErrNotCentre, err)
	case errors.As(err, new(*tls.CertificateVerificationError)):
		return fmt.Errorf("%w: %w", ErrWrongCentre, err)
	}
	return fmt.Errorf("%w: %w", ErrUnreachable, err)
}

// understand reads what the centre said.
func understand(status int, text []byte) (answer, error) {
	if status == http.StatusOK {
		var a answer
		if err := json.Unmarshal(text, &a); err != nil {
			return answer{}, fmt.Errorf("%w: %w", ErrNotCentre, err)
		}
		return a, nil
	}
	var p problem
	if err := json.Unmarshal(text, &p); err != nil || p.Error == "" {
		return answer{}, fmt.Errorf("%w: it says %d %s", ErrNotCentre, status, http.StatusText(status))
	}
	for _, f := range refusals() {
		if f.word == p.Error {
			return answer{}, f.err
		}
	}
	return answer{}, fmt.Errorf("the centre says: %s", p.Message)
}
