package notice

import (
	"crypto/hmac"
	"crypto/x509"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"loaphuong/scheduler"
)

func delivery() scheduler.Delivery {
	return scheduler.Delivery{Notice: 7, Channel: "webhook", Body: redNotice()}
}

// trusting trusts a server of a test.
func trusting(s *httptest.Server) *x509.CertPool {
	pool := x509.NewCertPool()
	pool.AddCert(s.Certificate())
	return pool
}

func TestTheWebhookSignsWhatItSays(t *testing.T) {
	var got Call
	s := httptest.NewTLSServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		timestamp := r.Header.Get(TimestampHeader)
		if !hmac.Equal([]byte(r.Header.Get(SignatureHeader)), []byte(Sign([]byte("secret"), timestamp, body))) {
			t.Errorf("signature %q", r.Header.Get(SignatureHeader))
		}
		if r.Method != "POST" || r.Header.Get("Content-Type") != "application/json" || timestamp == "" {
			t.Errorf("%s %v", r.Method, r.Header)
		}
		if err := json.Unmarshal(body, &got); err != nil {
			t.Error(err)
		}
	}))
	defer s.Close()
	hook := Webhook{URL: s.URL + "/hook", Secret: []byte("secret"), Zone: zone(), Roots: trusting(s)}
	if err := hook.Send(t.Context(), delivery()); err != nil {
		t.Fatal(err)
	}
	if got.ID != 7 || got.Notice.Red[1].Station != "xa-2" || !strings.HasPrefix(got.Subject, "Lịch 17:00 hôm nay") {
		t.Errorf("%+v", got)
	}
}

// TestSign holds the signature still: receivers rely on it.
func TestSign(t *testing.T) {
	want := "sha256=44de3943195f5268455cf2ea7839bc7b59e091e88833f1ad46c21535f11611d8"
	if got := Sign([]byte("key"), "1760000000", []byte(`{"id":1}`)); got != want {
		t.Errorf("%s, want %s", got, want)
	}
}

func TestTheWebhookIsRefused(t *testing.T) {
	answer := func(status int) http.HandlerFunc {
		return func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Location", "/elsewhere")
			w.WriteHeader(status)
		}
	}
	for name, c := range map[string]struct {
		handler http.Handler
		roots   bool
		url     string // in the place of the server's
		want    string
	}{
		"by a status":       {answer(503), true, "", "503"},
		"by a redirect":     {answer(307), true, "", "307"},
		"by a stranger":     {answer(200), false, "", "certificate"},
		"unencrypted":       {answer(200), true, "http://example.com/?key=hidden", "use an https address"},
		"without a scheme":  {answer(200), true, "example.com", "use an https address"},
		"with nobody there": {answer(200), true, "https://127.0.0.1:1/?key=hidden", "webhook at 127.0.0.1:1"},
	} {
		t.Run(name, func(t *testing.T) {
			s := httptest.NewUnstartedServer(c.handler)
			s.Config.ErrorLog = quiet()
			s.StartTLS()
			defer s.Close()
			hook := Webhook{URL: s.URL, Secret: []byte("secret"), Zone: time.UTC}
			if c.roots {
				hook.Roots = trusting(s)
			}
			if c.url != "" {
				hook.URL = c.url
			}
			err := hook.Send(t.Context(), delivery())
			if err == nil || !strings.Contains(err.Error(), c.want) || strings.Contains(err.Error(), "hidden") {
				t.Errorf("got %v, want %q", err, c.want)
			}
		})
	}
}
