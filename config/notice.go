package config

import (
	"errors"
	"fmt"
	"net"
	"net/mail"
	"net/url"
)

// Notice says by which ways supervisors are told what they must know; none,
// where nothing is set.
type Notice struct {
	SMTP    SMTP    `mapstructure:"smtp"`
	Webhook Webhook `mapstructure:"webhook"`
}

// SMTP is the mail server that takes notices; none, where Host is empty.
type SMTP struct {
	Host string `mapstructure:"host"`
	Port int    `mapstructure:"port"`
	// User signs in with what PasswordFile holds; empty where nobody has to.
	User         string   `mapstructure:"user"`
	PasswordFile string   `mapstructure:"password-file"`
	From         string   `mapstructure:"from"`
	To           []string `mapstructure:"to"`
	// TLS is starttls, tls, or none to this machine alone.
	TLS string `mapstructure:"tls"`
}

// Webhook is the program that takes notices; none, where URL is empty.
type Webhook struct {
	URL string `mapstructure:"url"`
	// SecretFile holds what calls are signed with.
	SecretFile string `mapstructure:"secret-file"`
}

// The values of [SMTP.TLS].
const (
	SMTPStartTLS = "starttls"
	SMTPTLS      = "tls"
	SMTPPlain    = "none"
)

func noticeDefaults() map[string]any {
	return map[string]any{
		"notice.smtp.host":           "",
		"notice.smtp.port":           587,
		"notice.smtp.user":           "",
		"notice.smtp.password-file":  "",
		"notice.smtp.from":           "",
		"notice.smtp.to":             []string{},
		"notice.smtp.tls":            SMTPStartTLS,
		"notice.webhook.url":         "",
		"notice.webhook.secret-file": "",
	}
}

func (n Notice) validate() error { return errors.Join(n.SMTP.validate(), n.Webhook.validate()) }

func (s SMTP) validate() error {
	if s.Host == "" {
		if s.User != "" || s.From != "" || len(s.To) > 0 || s.PasswordFile != "" {
			return errors.New("notice.smtp.host is empty, but other settings of notice.smtp are not: name the mail server")
		}
		return nil
	}
	var errs []error
	if s.Port < 1 || s.Port > 65535 {
		errs = append(errs, fmt.Errorf("notice.smtp.port %d: use 587 with starttls, 465 with tls", s.Port))
	}
	if (s.User == "") != (s.PasswordFile == "") {
		errs = append(errs, errors.New("notice.smtp.user and notice.smtp.password-file go together: give both or neither"))
	}
	if len(s.To) == 0 {
		errs = append(errs, errors.New("notice.smtp.to is empty: name at least one who is to get the mail"))
	}
	errs = append(errs, checkMail("notice.smtp.from", s.From))
	for _, to := range s.To {
		errs = append(errs, checkMail("notice.smtp.to", to))
	}
	return errors.Join(append(errs, s.checkTLS())...)
}

func (s SMTP) checkTLS() error {
	switch {
	case s.TLS != SMTPStartTLS && s.TLS != SMTPTLS && s.TLS != SMTPPlain:
		return fmt.Errorf("notice.smtp.tls %q: use %s, %s or %s", s.TLS, SMTPStartTLS, SMTPTLS, SMTPPlain)
	case s.TLS == SMTPPlain && !loopback(net.JoinHostPort(s.Host, "25")):
		return fmt.Errorf("notice.smtp.tls none with notice.smtp.host %q: only this machine is spoken to unencrypted: use starttls or tls", s.Host)
	case s.TLS == SMTPPlain && s.User != "":
		return errors.New("notice.smtp.tls none with notice.smtp.user: no password goes unencrypted: leave out the user, or use starttls or tls")
	}
	return nil
}

func checkMail(setting, address string) error {
	if _, err := mail.ParseAddress(address); err != nil {
		return fmt.Errorf("%s %q: use a mail address such as ten@tinh.example", setting, address)
	}
	return nil
}

// validate does not repeat the address, which may hold a key.
func (w Webhook) validate() error {
	if w.URL == "" {
		if w.SecretFile != "" {
			return errors.New("notice.webhook.url is empty, but notice.webhook.secret-file is not: give the address")
		}
		return nil
	}
	at, err := url.Parse(w.URL)
	switch {
	case err != nil || at.Host == "" || at.Scheme != "https" && !(at.Scheme == "http" && loopback(net.JoinHostPort(at.Hostname(), "80"))):
		return errors.New("notice.webhook.url: use an https address, or http to this machine")
	case w.SecretFile == "":
		return errors.New("notice.webhook.secret-file is empty: name a file with the secret that calls are signed with")
	}
	return nil
}
