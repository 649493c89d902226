package config

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/spf13/pflag"
)

// Centre is the configuration of the centre.
type Centre struct {
	// Data is the directory of the database, the keys and the recordings.
	Data string `mapstructure:"data"`
	// Page is host:port of the pages and of the staff's interface. It has no
	// users yet, so it must be a loopback address.
	Page string `mapstructure:"page"`
	// Stations is host:port of what stations reach over TLS: enrolment and audio.
	Stations string `mapstructure:"stations"`
	// Broker is host:port of the embedded broker. Leave it empty when
	// BrokerURL names another one.
	Broker string `mapstructure:"broker"`
	// BrokerURL names an external broker, ssl://host:port, that trusts the
	// centre's own authority.
	BrokerURL string `mapstructure:"broker-url"`
	// Names are host names and addresses by which stations reach the centre;
	// the first is the one they are told.
	Names []string `mapstructure:"names"`
	// Zone is that of stations which name none.
	Zone string `mapstructure:"zone"`
	// Lease is how long a station may air from a schedule without hearing
	// from the centre again.
	Lease time.Duration `mapstructure:"lease"`
	// MakeGood says who decides that a missed airing is made good: ask leaves it
	// to a person, auto takes up every proposal.
	MakeGood string `mapstructure:"make-good"`
	// Loudness is that of everything on air, in LUFS.
	Loudness float64 `mapstructure:"loudness"`
	// Gains are how much louder than that each class is, and what stands in for
	// missing audio ("filler"), in decibels.
	Gains    map[string]float64 `mapstructure:"gains"`
	Speech   Speech             `mapstructure:"speech"`
	Notice   Notice             `mapstructure:"notice"`
	LogLevel string             `mapstructure:"log-level"`
}

// The values of [Centre.MakeGood].
const (
	MakeGoodAsk  = "ask"
	MakeGoodAuto = "auto"
)

// Speech says which engine speaks.
type Speech struct {
	// Engine is espeak, command or http.
	Engine string `mapstructure:"engine"`
	// Voice is the engine's name of the voice, "vi" for espeak.
	Voice string `mapstructure:"voice"`
	// Rate is in words a minute.
	Rate int `mapstructure:"rate"`
	// Command is the program and its arguments; it reads the text and writes audio.
	Command []string `mapstructure:"command"`
	// URL takes the text by POST and answers with audio.
	URL string `mapstructure:"url"`
}

// LoadCentre reads the centre's configuration. The environment's variables
// begin with LOAPHUONG_; the flags are those of [CentreFlags].
func LoadCentre(file string, flags *pflag.FlagSet) (Centre, error) {
	var c Centre
	if err := load(&c, "LOAPHUONG", file, centreDefaults(), flags); err != nil {
		return c, err
	}
	for i, name := range c.Names {
		c.Names[i] = strings.TrimSpace(name) // "a, b" in a variable or a flag
	}
	return c, c.Validate()
}

func centreDefaults() map[string]any {
	defaults := map[string]any{
		"data":            home("loaphuong"),
		"page":            "127.0.0.1:8080",
		"stations":        "0.0.0.0:8443",
		"broker":          "0.0.0.0:8883",
		"broker-url":      "",
		"names":           []string{"localhost"},
		"zone":            defaultZone,
		"lease":           14 * 24 * time.Hour,
		"make-good":       MakeGoodAsk,
		"loudness":        -18.0,
		"gains.emergency": 0.0,
		"gains.priority":  0.0,
		"gains.ordinary":  0.0,
		"gains.filler":    -6.0,
		"speech.engine":   "espeak",
		"speech.voice":    "vi",
		"speech.rate":     150,
		"speech.command":  []string{},
		"speech.url":      "",
		"log-level":       "info",
	}
	maps.Copy(defaults, noticeDefaults())
	return defaults
}

// CentreFlags adds the flags that override the file.
func CentreFlags(f *pflag.FlagSet) {
	f.String("data", "", "directory of the database, the keys and the recordings")
	f.String("page", "", "host:port of the pages (loopback)")
	f.String("stations", "", "host:port for enrolment and audio over TLS")
	f.String("broker", "", "host:port of the embedded MQTT broker over TLS; none with --broker-url")
	f.String("broker-url", "", "an external MQTT broker, ssl://host:port")
	f.String("names", "", "names by which stations reach the centre, comma-separated, the first is told to them")
	f.String("log-level", "", "debug, info, warn or error")
}

// Validate says what is wrong and what to do.
func (c Centre) Validate() error {
	errs := []error{
		checkData(c.Data),
		checkAddress("page", c.Page),
		checkAddress("stations", c.Stations),
		c.checkBroker(),
		checkLevel(c.LogLevel),
	}
	if !loopback(c.Page) {
		errs = append(errs, fmt.Errorf("page %q: it has no users yet, so use a loopback address such as 127.0.0.1:8080", c.Page))
	}
	if _, err := time.LoadLocation(c.Zone); err != nil || c.Zone == "" || c.Zone == "Local" {
		errs = append(errs, fmt.Errorf("zone %q: use an IANA name such as %s", c.Zone, defaultZone))
	}
	if c.Lease < time.Hour || c.Lease > 366*24*time.Hour {
		errs = append(errs, fmt.Errorf("lease %s: use 1h to 8784h", c.Lease))
	}
	if c.MakeGood != MakeGoodAsk && c.MakeGood != MakeGoodAuto {
		errs = append(errs, fmt.Errorf("make-good %q: use %s or %s", c.MakeGood, MakeGoodAsk, MakeGoodAuto))
	}
	if !(c.Loudness >= -31 && c.Loudness <= -12) { // so that NaN is refused
		errs = append(errs, fmt.Errorf("loudness %g: use -31 to -12 LUFS", c.Loudness))
	}
	if len(c.Names) == 0 || slices.Contains(c.Names, "") {
		errs = append(errs, fmt.Errorf("names: give at least one name by which stations reach the centre"))
	}
	return errors.Join(append(errs, c.checkGains(), c.Speech.validate(), c.Notice.validate())...)
}

// maxGain is the most that a station takes, in decibels.
const maxGain = 20

func (c Centre) checkGains() error {
	var errs []error
	for _, class := range slices.Sorted(maps.Keys(c.Gains)) {
		if gain := c.Gains[class]; !(gain >= -maxGain && gain <= maxGain) { // so that NaN is refused
			errs = append(errs, fmt.Errorf("gains.%s %g: use -%d to %d dB", class, gain, maxGain, maxGain))
		}
	}
	return errors.Join(errs...)
}

func (c Centre) checkBroker() error {
	address, secured := strings.CutPrefix(c.BrokerURL, "ssl://")
	switch {
	case c.Broker == "" && c.BrokerURL == "":
		return fmt.Errorf("broker and broker-url are both empty: give the embedded broker's host:port or an external broker's ssl://host:port")
	case c.BrokerURL != "" && (!secured || checkAddress("", address) != nil):
		return fmt.Errorf("broker-url %q: use ssl://host:port", c.BrokerURL)
	case c.BrokerURL != "":
		return nil
	}
	return checkAddress("broker", c.Broker)
}

func (s Speech) validate() error {
	switch {
	case s.Engine == "espeak":
		if s.Rate < 80 || s.Rate > 450 {
			return fmt.Errorf("speech.rate %d: use 80 to 450 words a minute", s.Rate)
		}
	case s.Engine == "command" && len(s.Command) == 0:
		return fmt.Errorf("speech.engine is command, but speech.command is empty: give the program and its arguments")
	case s.Engine == "http" && s.URL == "":
		return fmt.Errorf("speech.engine is http, but speech.url is empty: give the address that takes the text")
	case s.Engine != "command" && s.Engine != "http":
		return fmt.Errorf("speech.engine %q: use espeak, command or http", s.Engine)
	}
	return nil
}

func checkLevel(level string) error {
	switch level {
	case "debug", "info", "warn", "error":
		return nil
	}
	return fmt.Errorf("log-level %q: use debug, info, warn or error", level)
}

// defaultZone is that of every station in Vietnam.
const defaultZone = "Asia/Ho_Chi_Minh"
