package centre

import (
	"errors"
	"fmt"
	"os"
	"strings"
	"time"

	"loaphuong/config"
	"loaphuong/scheduler"
	"loaphuong/scheduler/notice"
)

// openNotices makes what watches over the stations and what tells of it, by the
// channels of the configuration.
func (m *Centre) openNotices() error {
	channels, err := noticeChannels(m.config)
	if err != nil {
		return err
	}
	log := m.log.With("part", "notice")
	m.courier = &notice.Courier{Outbox: m.store, Channels: channels, Log: log}
	m.watch = &Watch{Store: m.store, Channels: m.courier.IDs(), Changed: m.desk.News.Tell, Log: log}
	return nil
}

func noticeChannels(c config.Centre) (map[scheduler.ChannelID]notice.Channel, error) {
	zone, err := time.LoadLocation(c.Zone)
	if err != nil {
		return nil, fmt.Errorf("notices: %w", err)
	}
	all := map[scheduler.ChannelID]notice.Channel{}
	if smtp := c.Notice.SMTP; smtp.Host != "" {
		password, err := secretIn("notice.smtp.password-file", smtp.PasswordFile, smtp.User != "")
		if err != nil {
			return nil, err
		}
		all[notice.MailChannel] = notice.Mail{Host: smtp.Host, Port: smtp.Port, Security: notice.Security(smtp.TLS),
			User: smtp.User, Password: password, From: smtp.From, To: smtp.To, Zone: zone}
	}
	if hook := c.Notice.Webhook; hook.URL != "" {
		secret, err := secretIn("notice.webhook.secret-file", hook.SecretFile, true)
		if err != nil {
			return nil, err
		}
		all[notice.WebhookChannel] = notice.Webhook{URL: hook.URL, Secret: []byte(secret), Zone: zone}
	}
	return all, nil
}

// secretIn reads the secret in a file that a setting names, less the end of its
// line.
func secretIn(setting, path string, wanted bool) (string, error) {
	if !wanted {
		return "", nil
	}
	raw, err := os.ReadFile(path)
	if err != nil {
		return "", fmt.Errorf("%s: %w: name a file that the centre may read", setting, err)
	}
	secret := strings.TrimRight(string(raw), "\r\n")
	if secret == "" {
		return "", errors.New(setting + ": the file is empty: write the secret into it")
	}
	return secret, nil
}
