package notice

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"fmt"
	"time"

	"github.com/wneessen/go-mail"

	"loaphuong/scheduler"
)

// MailChannel is the channel of [Mail].
const MailChannel scheduler.ChannelID = "mail"

// mailTime is how long the mail server may take for one notice.
const mailTime = 30 * time.Second

// Security is how the connection to a mail server is encrypted.
type Security string

// The ways of encryption.
const (
	StartTLS Security = "starttls" // plain at first and then encrypted, or not at all
	TLS      Security = "tls"      // from the first byte
	NoTLS    Security = "none"     // to this machine alone
)

// Mail sends notices by mail. One message goes to all who are named.
type Mail struct {
	Host     string
	Port     int
	Security Security
	User     string // "" where the server wants nobody to sign in
	Password string
	From     string
	To       []string
	Zone     *time.Location // in which times are told
	Roots    *x509.CertPool // that the server's certificate is checked by; the system's when nil
}

// Send hands the notice to the mail server.
func (m Mail) Send(ctx context.Context, d scheduler.Delivery) error {
	msg, err := m.message(d)
	if err != nil {
		return fmt.Errorf("write mail: %w", err)
	}
	client, err := m.client()
	if err != nil {
		return fmt.Errorf("mail server %s: %w", m.Host, err)
	}
	ctx, cancel := context.WithTimeout(ctx, mailTime)
	defer cancel()
	if err := client.DialAndSendWithContext(ctx, msg); err != nil {
		return fmt.Errorf("mail server %s: %w", m.Host, err)
	}
	return nil
}

// message is the notice as mail. Sent again it has the same name, by which a
// mailbox may know it.
func (m Mail) message(d scheduler.Delivery) (*mail.Msg, error) {
	msg, text := mail.NewMsg(), Write(d.Body, m.Zone)
	if err := msg.From(m.From); err != nil {
		return nil, err
	}
	if err := msg.To(m.To...); err != nil {
		return nil, err
	}
	msg.Subject(text.Subject)
	msg.SetDateWithValue(d.Body.At)
	msg.SetMessageIDWithValue(fmt.Sprintf("notice-%d-%d@loaphuong", d.Notice, d.Body.At.UnixMilli()))
	msg.SetBodyString(mail.TypeTextPlain, text.Plain())
	return msg, msg.AddAlternativeHTMLTemplate(page(), text)
}

func (m Mail) client() (*mail.Client, error) {
	options := []mail.Option{
		mail.WithPort(m.Port),
		mail.WithTimeout(mailTime),
		mail.WithTLSConfig(&tls.Config{ServerName: m.Host, RootCAs: m.Roots, MinVersion: tls.VersionTLS12}),
	}
	switch {
	case m.Security == TLS:
		options = append(options, mail.WithSSL())
	case m.Security == NoTLS && loopback(m.Host):
		options = append(options, mail.WithTLSPolicy(mail.NoTLS))
	case m.Security == NoTLS:
		return nil, fmt.Errorf("it is not this machine: use %s or %s", StartTLS, TLS)
	default:
		options = append(options, mail.WithTLSPolicy(mail.TLSMandatory))
	}
	if m.User != "" {
		options = append(options, mail.WithUsername(m.User), mail.WithPassword(m.Password), mail.WithSMTPAuth(mail.SMTPAuthAutoDiscover))
	}
	return mail.NewClient(m.Host, options...)
}
