package mosquitto

import (
	"fmt"
	"net"
	"os"
	"path/filepath"
	"strings"

	"loaphuong/devices"
)

// maxPacket has room for the largest message and its topic, in bytes, as in the
// broker inside the centre.
const maxPacket = devices.MaxMessage + 4096

// The files that Write makes.
const (
	configFile = "mosquitto.conf"
	rulesFile  = "access.conf"
)

// Settings are what a configuration needs to know.
type Settings struct {
	Address string // host:port to listen on
	// CA, Certificate and Key are the paths of PEM files, as the enrol package's
	// Authority.WriteBrokerFiles makes them.
	CA, Certificate, Key string
	// User is whom mosquitto becomes when root starts it, "mosquitto" if empty.
	// All the files, those of Write too, must be readable for that user.
	User string
}

// Write makes mosquitto.conf and access.conf in dir, which must exist, and
// returns the path of the first.
func Write(dir string, s Settings) (string, error) {
	host, port, err := net.SplitHostPort(s.Address)
	if err != nil {
		return "", fmt.Errorf("configure mosquitto: %w", err)
	}
	rules := filepath.Join(dir, rulesFile)
	if err := os.WriteFile(rules, []byte(Rules()), 0o600); err != nil {
		return "", fmt.Errorf("configure mosquitto: %w", err)
	}
	path := filepath.Join(dir, configFile)
	if err := os.WriteFile(path, []byte(config(s, host, port, rules)), 0o600); err != nil {
		return "", fmt.Errorf("configure mosquitto: %w", err)
	}
	return path, nil
}

func config(s Settings, host, port, rules string) string {
	if s.User == "" {
		s.User = "mosquitto"
	}
	return fmt.Sprintf(`# The broker between the centre and its stations.
user %s
listener %s %s
cafile %s
certfile %s
keyfile %s
require_certificate true

# The common name of the certificate is both the user and the client name, so
# that no station can speak as another or push it off.
use_identity_as_username true
use_username_as_clientid true
allow_anonymous false
acl_file %s

# The centre is sent the state of every station at once when it connects; the
# default of 1000 waiting messages would lose the rest.
max_queued_messages 0
max_inflight_messages 64
max_packet_size %d
max_keepalive 600
persistence false
log_dest stderr
`, s.User, port, host, s.CA, s.Certificate, s.Key, rules, maxPacket)
}

// Rules are the access rules: %u stands for the station.
func Rules() string {
	var b strings.Builder
	fmt.Fprintf(&b, "user %s\ntopic readwrite %s/#\n\n", devices.CentreName, devices.Prefix)
	for _, c := range devices.FromStation() {
		fmt.Fprintf(&b, "pattern write %s\n", devices.Topic("%u", c))
	}
	for _, c := range devices.ToStation() {
		fmt.Fprintf(&b, "pattern read %s\n", devices.Topic("%u", c))
	}
	return b.String()
}
