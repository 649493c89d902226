package config

import (
	"os"
	"path/filepath"
	"testing"
)

func TestNoticeValidate(t *testing.T) {
	smtp := SMTP{Host: "mail.example", Port: 587, User: "lan", PasswordFile: "/p", From: "loa@tinh.example", To: []string{"Hoa <hoa@xa.example>"}, TLS: SMTPStartTLS}
	hook := Webhook{URL: "https://noi.example/hook", SecretFile: "/s"}
	for _, c := range []struct {
		change func(*Notice)
		want   string
	}{
		{func(n *Notice) {}, ""},
		{func(n *Notice) { *n = Notice{} }, ""},
		{func(n *Notice) { n.SMTP.Host = "" }, "notice.smtp.host is empty"},
		{func(n *Notice) { n.SMTP.Port = 0 }, "notice.smtp.port 0"},
		{func(n *Notice) { n.SMTP.PasswordFile = "" }, "go together"},
		{func(n *Notice) { n.SMTP.User = "" }, "go together"},
		{func(n *Notice) { n.SMTP.User, n.SMTP.PasswordFile = "", "" }, ""}, // a server that knows this machine
		{func(n *Notice) { n.SMTP.To = nil }, "notice.smtp.to is empty"},
		{func(n *Notice) { n.SMTP.To = []string{"hoa"} }, `notice.smtp.to "hoa": use a mail address`},
		{func(n *Notice) { n.SMTP.From = "" }, `notice.smtp.from "": use a mail address`},
		{func(n *Notice) { n.SMTP.TLS = "ssl" }, `notice.smtp.tls "ssl": use starttls, tls or none`},
		{func(n *Notice) { n.SMTP.TLS = SMTPPlain }, "only this machine is spoken to unencrypted"},
		{func(n *Notice) { n.SMTP.TLS, n.SMTP.Host = SMTPPlain, "localhost" }, "no password goes unencrypted"},
		{func(n *Notice) { n.SMTP.TLS, n.SMTP.Host, n.SMTP.User, n.SMTP.PasswordFile = SMTPPlain, "::1", "", "" }, ""},
		{func(n *Notice) { n.Webhook.URL = "" }, "notice.webhook.url is empty"},
		{func(n *Notice) { n.Webhook.URL = "http://noi.example" }, "notice.webhook.url: use an https address"},
		{func(n *Notice) { n.Webhook.URL = "https:///hook" }, "notice.webhook.url: use an https address"},
		{func(n *Notice) { n.Webhook.URL = "http://127.0.0.1:9/hook" }, ""},
		{func(n *Notice) { n.Webhook.SecretFile = "" }, "notice.webhook.secret-file is empty"},
	} {
		n := Notice{SMTP: smtp, Webhook: hook}
		c.change(&n)
		said(t, n.validate(), c.want)
	}
}

func TestNoticeIsLoaded(t *testing.T) {
	file := filepath.Join(t.TempDir(), "centre.yaml")
	text := "notice:\n  smtp:\n    host: mail.example\n    from: loa@tinh.example\n    to: [hoa@xa.example]\n"
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	t.Setenv("LOAPHUONG_NOTICE_SMTP_PORT", "465")
	t.Setenv("LOAPHUONG_NOTICE_SMTP_TLS", "tls")
	c, err := LoadCentre(file, nil)
	if n := c.Notice.SMTP; err != nil || n.Host != "mail.example" || n.Port != 465 || n.TLS != SMTPTLS || len(n.To) != 1 {
		t.Errorf("%+v %v", n, err)
	}
}
