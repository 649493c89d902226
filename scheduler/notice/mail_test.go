package notice

import (
	"crypto/tls"
	"errors"
	"io"
	"log"
	"mime"
	"net"
	"net/http"
	"net/http/httptest"
	"net/mail"
	"strings"
	"testing"
	"time"

	"github.com/emersion/go-sasl"
	"github.com/emersion/go-smtp"
)

func quiet() *log.Logger { return log.New(io.Discard, "", 0) }

// post is a mail server that takes mail from lan alone.
type post struct {
	signIn bool // nobody may send without
	mails  chan string
}

func (p *post) NewSession(c *smtp.Conn) (smtp.Session, error) {
	_, secured := c.TLSConnectionState()
	return &sitting{post: p, secured: secured}, nil
}

// sitting is one conversation with it.
type sitting struct {
	*post
	secured, known bool
	to             []string
}

func (s *sitting) AuthMechanisms() []string { return []string{sasl.Plain} }

func (s *sitting) Auth(string) (sasl.Server, error) {
	return sasl.NewPlainServer(func(_, user, password string) error {
		if user != "lan" || password != "mật khẩu" || !s.secured {
			return smtp.ErrAuthFailed
		}
		s.known = true
		return nil
	}), nil
}

func (s *sitting) Mail(string, *smtp.MailOptions) error {
	if s.signIn && !s.known {
		return smtp.ErrAuthRequired
	}
	return nil
}

func (s *sitting) Rcpt(to string, _ *smtp.RcptOptions) error {
	if strings.HasPrefix(to, "nobody@") {
		return errors.New("no such mailbox")
	}
	s.to = append(s.to, to)
	return nil
}

func (s *sitting) Data(r io.Reader) error {
	raw, err := io.ReadAll(r)
	s.mails <- strings.Join(s.to, ",") + "\n" + string(raw)
	return err
}

func (s *sitting) Reset()        { s.to = nil }
func (s *sitting) Logout() error { return nil }

// openPost opens a mail server on this machine, encrypted from the first byte,
// after STARTTLS or not at all, and returns what sends to it.
func openPost(t *testing.T, how Security) (Mail, *post) {
	t.Helper()
	keys := httptest.NewUnstartedServer(http.NotFoundHandler()) // for its certificate, which is of 127.0.0.1
	keys.StartTLS()
	t.Cleanup(keys.Close)
	p := &post{signIn: how != NoTLS, mails: make(chan string, 10)}
	s := smtp.NewServer(p)
	s.ErrorLog = quiet()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	set := &tls.Config{Certificates: keys.TLS.Certificates}
	port := listener.Addr().(*net.TCPAddr).Port
	switch how {
	case TLS:
		listener = tls.NewListener(listener, set)
	case StartTLS:
		s.TLSConfig = set
	}
	go s.Serve(listener)
	t.Cleanup(func() { s.Close() })
	m := Mail{Host: "127.0.0.1", Port: port, Security: how, From: "loaphuong@tinh.example", To: []string{"hoa@xa.example", "binh@xa.example"}, Zone: zone(), Roots: trusting(keys)}
	if p.signIn {
		m.User, m.Password = "lan", "mật khẩu"
	}
	return m, p
}

func TestMailIsTaken(t *testing.T) {
	for _, how := range []Security{StartTLS, TLS, NoTLS} {
		t.Run(string(how), func(t *testing.T) {
			m, p := openPost(t, how)
			if err := m.Send(t.Context(), delivery()); err != nil {
				t.Fatal(err)
			}
			to, raw, _ := strings.Cut(<-p.mails, "\n")
			got, err := mail.ReadMessage(strings.NewReader(raw))
			if err != nil {
				t.Fatal(err)
			}
			subject, err := new(mime.WordDecoder).DecodeHeader(got.Header.Get("Subject"))
			if subject != "Lịch 17:00 hôm nay: 2 đài chưa sẵn sàng" || err != nil {
				t.Errorf("subject %q %v", subject, err)
			}
			if to != "hoa@xa.example,binh@xa.example" || !strings.HasPrefix(got.Header.Get("Message-ID"), "<notice-7-") {
				t.Errorf("to %s as %s", to, got.Header.Get("Message-ID"))
			}
			if !strings.HasPrefix(got.Header.Get("Content-Type"), "multipart/alternative") || !strings.Contains(raw, "&lt;1&gt;") {
				t.Errorf("the mail is\n%s", raw)
			}
		})
	}
}

func TestMailIsRefused(t *testing.T) {
	for name, c := range map[string]struct {
		how    Security
		change func(*Mail)
		want   string
	}{
		"a wrong password":            {StartTLS, func(m *Mail) { m.Password = "geheim" }, "127.0.0.1"},
		"a stranger's certificate":    {StartTLS, func(m *Mail) { m.Roots = nil }, "certificate"},
		"no encryption to be had":     {NoTLS, func(m *Mail) { m.Security = StartTLS }, "STARTTLS"},
		"plain to another machine":    {NoTLS, func(m *Mail) { m.Host = "mail.example" }, "it is not this machine"},
		"nobody of that name":         {TLS, func(m *Mail) { m.To = []string{"nobody@xa.example"} }, "no such mailbox"},
		"a sender that is no address": {TLS, func(m *Mail) { m.From = "loa phường" }, "write mail"},
	} {
		t.Run(name, func(t *testing.T) {
			m, p := openPost(t, c.how)
			c.change(&m)
			began := time.Now()
			err := m.Send(t.Context(), delivery())
			if err == nil || !strings.Contains(err.Error(), c.want) || m.Password != "" && strings.Contains(err.Error(), m.Password) {
				t.Errorf("got %v, want %q", err, c.want)
			}
			if len(p.mails) != 0 || time.Since(began) > 5*time.Second {
				t.Errorf("%d mails after %s", len(p.mails), time.Since(began))
			}
		})
	}
}
