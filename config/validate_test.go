package config

import (
	"math"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/spf13/viper"
)

// said checks that validation says want, or nothing where want is empty.
func said(t *testing.T, err error, want string) {
	t.Helper()
	switch {
	case want == "" && err != nil:
		t.Errorf("refused: %v", err)
	case want != "" && (err == nil || !strings.Contains(err.Error(), want)):
		t.Errorf("got %v, want %q", err, want)
	}
}

func TestCentreValidate(t *testing.T) {
	plain, err := LoadCentre("", nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		change func(*Centre)
		want   string
	}{
		{func(c *Centre) {}, ""},
		{func(c *Centre) { c.Data = "" }, "data: name a directory"},
		{func(c *Centre) { c.Page = "127.0.0.1" }, `page "127.0.0.1": use host:port`},
		{func(c *Centre) { c.Page = "0.0.0.0:8080" }, `page "0.0.0.0:8080": it has no users yet, so use a loopback address`},
		{func(c *Centre) { c.Page = ":8080" }, "use a loopback address"}, // every address of the machine
		{func(c *Centre) { c.Page = "localhost:8080" }, ""},
		{func(c *Centre) { c.Page = "[::1]:0" }, ""}, // a port the system picks
		{func(c *Centre) { c.Stations = "0.0.0.0:" }, `stations "0.0.0.0:": use host:port`},
		{func(c *Centre) { c.Stations = "0.0.0.0:65536" }, `stations "0.0.0.0:65536": use host:port`},
		{func(c *Centre) { c.Broker = "8883" }, `broker "8883": use host:port`},
		{func(c *Centre) { c.Broker = "" }, "broker and broker-url are both empty"},
		{func(c *Centre) { c.BrokerURL = "tcp://b:1883" }, `broker-url "tcp://b:1883": use ssl://host:port`},
		{func(c *Centre) { c.BrokerURL = "ssl://" }, `broker-url "ssl://": use ssl://host:port`},
		{func(c *Centre) { c.BrokerURL = "ssl://b" }, `broker-url "ssl://b": use ssl://host:port`},
		{func(c *Centre) { c.Broker, c.BrokerURL = "", "ssl://b:8883" }, ""},
		{func(c *Centre) { c.Names = nil }, "names: give at least one name"},
		{func(c *Centre) { c.Names = []string{"a", ""} }, "names: give at least one name"},
		{func(c *Centre) { c.Zone = "Asia/Hanoi" }, `zone "Asia/Hanoi": use an IANA name such as Asia/Ho_Chi_Minh`},
		{func(c *Centre) { c.Zone = "" }, `zone "": use an IANA name`},           // would be UTC
		{func(c *Centre) { c.Zone = "Local" }, `zone "Local": use an IANA name`}, // would differ from machine to machine
		{func(c *Centre) { c.Lease = time.Hour - 1 }, "lease 59m59.999999999s: use 1h to 8784h"},
		{func(c *Centre) { c.Lease = 8784*time.Hour + 1 }, "use 1h to 8784h"},
		{func(c *Centre) { c.Loudness = -31.1 }, "loudness -31.1: use -31 to -12 LUFS"},
		{func(c *Centre) { c.Loudness = -11.9 }, "loudness -11.9: use -31 to -12 LUFS"},
		{func(c *Centre) { c.Loudness = math.NaN() }, "loudness NaN: use -31 to -12 LUFS"},
		{func(c *Centre) { c.Gains = map[string]float64{"filler": -20, "emergency": 20} }, ""},
		{func(c *Centre) { c.Gains = map[string]float64{"filler": -20.1} }, "gains.filler -20.1: use -20 to 20 dB"},
		{func(c *Centre) { c.Gains = map[string]float64{"priority": math.NaN()} }, "gains.priority NaN: use -20 to 20 dB"},
		{func(c *Centre) { c.LogLevel = "loud" }, `log-level "loud": use debug, info, warn or error`},
		{func(c *Centre) { c.Speech.Rate = 79 }, "speech.rate 79: use 80 to 450 words a minute"},
		{func(c *Centre) { c.Speech.Rate = 451 }, "speech.rate 451: use 80 to 450 words a minute"},
		{func(c *Centre) { c.Speech.Engine = "piper" }, `speech.engine "piper": use espeak, command or http`},
		{func(c *Centre) { c.Speech.Engine = "command" }, "speech.engine is command, but speech.command is empty"},
		{func(c *Centre) { c.Speech.Engine = "http" }, "speech.engine is http, but speech.url is empty"},
		{func(c *Centre) { c.Speech = Speech{Engine: "command", Command: []string{"say"}} }, ""}, // the rate is espeak's
		{func(c *Centre) { c.Speech = Speech{Engine: "http", URL: "http://127.0.0.1:9"} }, ""},
	} {
		changed := plain
		c.change(&changed)
		said(t, changed.Validate(), c.want)
	}
}

// TestValidateSaysEverythingAtOnce: an operator mends all in one go.
func TestValidateSaysEverythingAtOnce(t *testing.T) {
	err := Centre{}.Validate()
	for _, setting := range []string{"data", "page", "stations", "broker", "names", "zone", "lease", "loudness", "speech.engine", "log-level"} {
		said(t, err, setting)
	}
}

func TestStationValidate(t *testing.T) {
	for _, c := range []struct {
		data, card string
		period     int
		level      string
		want       string
	}{
		{"/d", "default", 1024, "info", ""},
		{"/d", "silent", 256, "debug", ""},
		{"/d", "wav:/tmp/heard.wav", 16384, "warn", ""},
		{"", "default", 1024, "info", "data: name a directory"},
		{"/d", "", 1024, "info", `card "": use default, an ALSA card's name, silent, or wav:FILE`},
		{"/d", "wav:", 1024, "info", `card "wav:": use default`}, // no file
		{"/d", "default", 255, "info", "period 255: use 256 to 16384 frames"},
		{"/d", "default", 16385, "info", "period 16385: use 256 to 16384 frames"},
		{"/d", "default", 1024, "", `log-level "": use debug, info, warn or error`},
	} {
		said(t, Station{Data: c.data, Card: c.card, Period: c.period, LogLevel: c.level}.Validate(), c.want)
	}
}

func TestStationValidateMore(t *testing.T) {
	plain, err := LoadStation("", nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		change func(*Station)
		want   string
	}{
		{func(s *Station) {}, ""},
		{func(s *Station) {
			s.Sources = []string{"/media/usb", "http://10.0.0.2:8091/", "https://s3.example/audio/"}
		}, ""},
		{func(s *Station) { s.Sources = []string{"usb"} }, `sources "usb": use an absolute directory`},
		{func(s *Station) { s.Bandwidth = -1 }, "bandwidth -1: use kbit/s"},
		{func(s *Station) { s.Reserve = -1 }, "reserve -1: use MiB"},
		{func(s *Station) { s.Page = "" }, ""},
		{func(s *Station) { s.Page = "8090" }, `page "8090": use host:port`},
		{func(s *Station) { s.Page = ":8090" }, "set a pin too"}, // every address of the machine
		{func(s *Station) { s.Page, s.PIN = ":8090", "204931" }, ""},
		{func(s *Station) { s.PIN = "1234" }, "use at least 6 digits"},
		{func(s *Station) { s.Share = "8091" }, `share "8091": use host:port`},
	} {
		s := plain
		c.change(&s)
		said(t, s.Validate(), c.want)
	}
}

func TestWAV(t *testing.T) {
	for card, want := range map[string]string{"wav:a.wav": "a.wav", "default": "", "silent": "", "wav": "", "wav:": "", "a wav:b": ""} {
		if got := (Station{Card: card}).WAV(); got != want {
			t.Errorf("card %q keeps sound in %q, want %q", card, got, want)
		}
	}
}

// TestSamples loads the files that operators start from: every setting is in
// them, at its default, except data.
func TestSamples(t *testing.T) {
	t.Setenv("STATE_DIRECTORY", "/state")
	wantCentre, _ := LoadCentre("", nil)
	centre, err := LoadCentre("centre.sample.yaml", nil)
	if err != nil {
		t.Fatal(err)
	}
	wantCentre.Data = "/var/lib/loaphuong"
	if !reflect.DeepEqual(centre, wantCentre) {
		t.Errorf("centre.sample.yaml is\n%+v, want\n%+v", centre, wantCentre)
	}
	wantStation, _ := LoadStation("", nil)
	station, err := LoadStation("station.sample.yaml", nil)
	if err != nil {
		t.Fatal(err)
	}
	wantStation.Data = "/var/lib/loaphuong-agent"
	if !reflect.DeepEqual(station, wantStation) {
		t.Errorf("station.sample.yaml is %+v, want %+v", station, wantStation)
	}
}

// TestSamplesShowEverySetting fails when a setting is added to the program only.
func TestSamplesShowEverySetting(t *testing.T) {
	for file, defaults := range map[string]map[string]any{"centre.sample.yaml": centreDefaults(), "station.sample.yaml": stationDefaults()} {
		shown := keysOf(t, file)
		for key := range defaults {
			if !shown[key] {
				t.Errorf("%s does not show %s", file, key)
			}
		}
	}
}

func keysOf(t *testing.T, file string) map[string]bool {
	t.Helper()
	v := viper.New()
	v.SetConfigFile(file)
	if err := v.ReadInConfig(); err != nil {
		t.Fatal(err)
	}
	keys := map[string]bool{}
	for _, key := range v.AllKeys() {
		keys[key] = true
	}
	return keys
}
