package centre

import (
	"encoding/json"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"loaphuong/config"
	"loaphuong/scheduler"
	"loaphuong/scheduler/notice"
)

func written(t *testing.T, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "secret")
	must(t, os.WriteFile(path, []byte(text), 0o600))
	return path
}

// TestANoticeReachesTheWebhook goes the whole way, from a station that says
// nothing to the program that takes the notice.
func TestANoticeReachesTheWebhook(t *testing.T) {
	b := newBench(t)
	b.publish(clock(4, 0, 0))
	calls := make(chan notice.Call, 1)
	s := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		var c notice.Call
		must(t, json.NewDecoder(r.Body).Decode(&c))
		calls <- c
	}))
	defer s.Close()
	channels := get[map[scheduler.ChannelID]notice.Channel](t)(noticeChannels(config.Centre{
		Zone: scheduler.DefaultZone, Notice: config.Notice{Webhook: config.Webhook{URL: s.URL, SecretFile: written(t, "secret\n")}},
	}))
	courier := notice.Courier{Outbox: b.store, Channels: channels, Log: slog.New(slog.DiscardHandler)}
	w := Watch{Store: b.store, Channels: courier.IDs(), Log: slog.New(slog.DiscardHandler)}
	must(t, w.look(t.Context(), clock(4, 0, 0)))
	go courier.Run(t.Context())
	select {
	case c := <-calls:
		if c.Subject != "Lịch 05:00 hôm nay: 2 đài chưa sẵn sàng" || len(c.Notice.Red) != 2 {
			t.Errorf("%+v", c)
		}
	case <-time.After(10 * time.Second):
		t.Fatal("nothing came")
	}
}

func TestNoticeChannels(t *testing.T) {
	mail := config.SMTP{Host: "mail.example", Port: 587, From: "a@b.example", To: []string{"a@b.example"}, TLS: config.SMTPStartTLS}
	user := mail
	user.User, user.PasswordFile = "lan", written(t, "mật khẩu\r\n")
	lost := user
	lost.PasswordFile = filepath.Join(t.TempDir(), "none")
	for name, c := range map[string]struct {
		notice config.Notice
		want   string // in the error
		ways   int
	}{
		"none":                         {config.Notice{}, "", 0},
		"mail":                         {config.Notice{SMTP: mail}, "", 1},
		"mail with password":           {config.Notice{SMTP: user}, "", 1},
		"both":                         {config.Notice{SMTP: user, Webhook: config.Webhook{URL: "https://a.example", SecretFile: written(t, "s")}}, "", 2},
		"a password that is not there": {config.Notice{SMTP: lost}, "notice.smtp.password-file", 0},
		"an empty secret":              {config.Notice{Webhook: config.Webhook{URL: "https://a.example", SecretFile: written(t, "\n")}}, "the file is empty", 0},
	} {
		all, err := noticeChannels(config.Centre{Zone: scheduler.DefaultZone, Notice: c.notice})
		if len(all) != c.ways || (err == nil) != (c.want == "") || err != nil && !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v %v", name, all, err)
		}
		if m, ok := all[notice.MailChannel].(notice.Mail); ok && m.User != "" && m.Password != "mật khẩu" {
			t.Errorf("%s: the password is %q", name, m.Password)
		}
	}
}
