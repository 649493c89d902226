package notice

import (
	"bytes"
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"crypto/tls"
	"crypto/x509"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"time"

	"loaphuong/scheduler"
)

// WebhookChannel is the channel of [Webhook].
const WebhookChannel scheduler.ChannelID = "webhook"

// The headers of a call. The signature is that of [Sign].
const (
	TimestampHeader = "Loaphuong-Timestamp" // unix seconds
	SignatureHeader = "Loaphuong-Signature" // "sha256=" and the signature in hexadecimal
)

// hookTime is how long the other side may take for one notice.
const hookTime = 10 * time.Second

// Webhook posts notices as JSON to another program, which takes one by any 2xx
// status.
type Webhook struct {
	URL    string
	Secret []byte
	Zone   *time.Location // in which times are told in words
	Roots  *x509.CertPool // that the other side's certificate is checked by; the system's when nil
}

// Call is the body of a call.
type Call struct {
	ID      scheduler.NoticeID `json:"id"`      // the same when it is sent again
	Subject string             `json:"subject"` // in Vietnamese
	Text    string             `json:"text"`
	Notice  scheduler.Notice   `json:"notice"`
}

// Sign is the signature of a call: HMAC-SHA256, keyed by the secret, over the
// timestamp, a full stop and the body, byte for byte as they are sent.
func Sign(secret []byte, timestamp string, body []byte) string {
	h := hmac.New(sha256.New, secret)
	h.Write([]byte(timestamp + "."))
	h.Write(body)
	return "sha256=" + hex.EncodeToString(h.Sum(nil))
}

// Send posts the notice.
func (w Webhook) Send(ctx context.Context, d scheduler.Delivery) error {
	at, err := url.Parse(w.URL)
	if err != nil || at.Scheme != "https" && !(at.Scheme == "http" && loopback(at.Hostname())) {
		return fmt.Errorf("webhook: use an https address, or http to this machine") // the address may hold a key
	}
	text := Write(d.Body, w.Zone)
	body, err := json.Marshal(Call{d.Notice, text.Subject, text.Plain(), d.Body})
	if err != nil {
		return fmt.Errorf("webhook: %w", err)
	}
	ctx, cancel := context.WithTimeout(ctx, hookTime)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, w.URL, bytes.NewReader(body))
	if err != nil {
		return fmt.Errorf("webhook at %s: %w", at.Host, err)
	}
	timestamp := strconv.FormatInt(time.Now().Unix(), 10)
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set(TimestampHeader, timestamp)
	req.Header.Set(SignatureHeader, Sign(w.Secret, timestamp, body))
	return w.post(req)
}

// post makes the call. The connection ends with it: notices are rare.
func (w Webhook) post(req *http.Request) error {
	client := http.Client{
		Transport: &http.Transport{
			Proxy:             http.ProxyFromEnvironment,
			TLSClientConfig:   &tls.Config{RootCAs: w.Roots, MinVersion: tls.VersionTLS12},
			DisableKeepAlives: true,
		},
		// What is signed for one address is not taken to another.
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
	res, err := client.Do(req)
	if err != nil {
		if of, ok := err.(*url.Error); ok {
			err = of.Err // without the address, which may hold a key
		}
		return fmt.Errorf("webhook at %s: %w", req.URL.Host, err)
	}
	defer res.Body.Close()
	io.Copy(io.Discard, io.LimitReader(res.Body, 64<<10))
	if res.StatusCode < 200 || res.StatusCode > 299 {
		return fmt.Errorf("webhook at %s: it answered %s", req.URL.Host, res.Status)
	}
	return nil
}
