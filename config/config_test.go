package config

import (
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/spf13/pflag"
)

// written keeps text as a file of a name and returns its path.
func written(t *testing.T, name, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// flags parses arguments with the flags that a program adds.
func flags(t *testing.T, add func(*pflag.FlagSet), args ...string) *pflag.FlagSet {
	t.Helper()
	f := pflag.NewFlagSet("test", pflag.ContinueOnError)
	add(f)
	if err := f.Parse(args); err != nil {
		t.Fatal(err)
	}
	return f
}

func TestDefaultsAreValid(t *testing.T) {
	t.Setenv("STATE_DIRECTORY", "/state")
	centre, err := LoadCentre("", flags(t, CentreFlags))
	if err != nil {
		t.Error(err)
	}
	station, err := LoadStation("", flags(t, StationFlags))
	if err != nil {
		t.Error(err)
	}
	if centre.Data != "/state" || station.Data != "/state" {
		t.Errorf("data in %q and %q, want what systemd gives", centre.Data, station.Data)
	}
	if centre.Lease != 14*24*time.Hour || centre.Speech.Rate != 150 || station.Period != 800 {
		t.Errorf("defaults of the centre %+v, of the station %+v", centre, station)
	}
}

func TestDataIsInTheHomeDirectory(t *testing.T) {
	t.Setenv("STATE_DIRECTORY", "")
	t.Setenv("HOME", "/home/lan")
	if got := home("loaphuong"); got != "/home/lan/.local/share/loaphuong" {
		t.Errorf("home is %s", got)
	}
	t.Setenv("HOME", "")
	if got := home("loaphuong"); got != "loaphuong" {
		t.Errorf("home of one who has none is %s", got)
	}
}

// TestCentrePrecedence sets each of three settings one step further up.
func TestCentrePrecedence(t *testing.T) {
	t.Setenv("LOAPHUONG_STATIONS", "0.0.0.0:2")
	t.Setenv("LOAPHUONG_BROKER", "0.0.0.0:2")
	file := written(t, "centre.yaml", "page: 127.0.0.1:1\nstations: 0.0.0.0:1\nbroker: 0.0.0.0:1\n")
	c, err := LoadCentre(file, flags(t, CentreFlags, "--broker", "0.0.0.0:3"))
	if err != nil {
		t.Fatal(err)
	}
	if c.Page != "127.0.0.1:1" || c.Stations != "0.0.0.0:2" || c.Broker != "0.0.0.0:3" {
		t.Errorf("page %s of the file, stations %s of the environment, broker %s of the flags", c.Page, c.Stations, c.Broker)
	}
	if c.LogLevel != "info" || c.Speech.Engine != "espeak" {
		t.Errorf("what nobody sets is %+v, want the defaults", c)
	}
}

func TestStationPrecedence(t *testing.T) {
	t.Setenv("LOAPHUONG_AGENT_CARD", "silent")
	t.Setenv("LOAPHUONG_AGENT_PERIOD", "512")
	t.Setenv("LOAPHUONG_LOG_LEVEL", "error") // is the centre's
	file := written(t, "station.yaml", "data: /srv/tan-hung\ncard: Device\nperiod: 256\n")
	s, err := LoadStation(file, flags(t, StationFlags, "--period=2048"))
	if err != nil || s.Data != "/srv/tan-hung" || s.Card != "silent" || s.Period != 2048 || s.LogLevel != "info" {
		t.Errorf("got %+v, %v", s, err)
	}
}

// TestEverySettingFromTheEnvironment reads each kind of value from a variable.
func TestEverySettingFromTheEnvironment(t *testing.T) {
	for name, value := range map[string]string{
		"DATA": "/d", "PAGE": "[::1]:80", "STATIONS": ":443", "BROKER": ":883", "BROKER_URL": "ssl://b:8883",
		"NAMES": "centre.example, 10.0.0.1", "ZONE": "Europe/Berlin", "LEASE": "48h30m", "LOUDNESS": "-20.5", "GAINS_EMERGENCY": "3.5",
		"SPEECH_ENGINE": "command", "SPEECH_VOICE": "nu", "SPEECH_RATE": "200", "SPEECH_COMMAND": "say,-v,vi", "SPEECH_URL": "http://s",
		"LOG_LEVEL": "debug",
	} {
		t.Setenv("LOAPHUONG_"+name, value)
	}
	got, err := LoadCentre("", nil)
	if err != nil {
		t.Fatal(err)
	}
	names, command := []string{"centre.example", "10.0.0.1"}, []string{"say", "-v", "vi"}
	if !slices.Equal(got.Names, names) || !slices.Equal(got.Speech.Command, command) {
		t.Errorf("lists are %q and %q, want %q and %q", got.Names, got.Speech.Command, names, command)
	}
	if got.Lease != 48*time.Hour+30*time.Minute || got.Loudness != -20.5 || got.Speech.Rate != 200 ||
		!maps.Equal(got.Gains, map[string]float64{"emergency": 3.5, "priority": 0, "ordinary": 0, "filler": -6}) {
		t.Errorf("numbers are %s, %g, %d and %v", got.Lease, got.Loudness, got.Speech.Rate, got.Gains)
	}
	text := []string{got.Data, got.Page, got.Stations, got.Broker, got.BrokerURL, got.Zone, got.Speech.Engine, got.Speech.Voice, got.Speech.URL, got.LogLevel}
	want := []string{"/d", "[::1]:80", ":443", ":883", "ssl://b:8883", "Europe/Berlin", "command", "nu", "http://s", "debug"}
	if !slices.Equal(text, want) {
		t.Errorf("texts are %q, want %q", text, want)
	}
}

func TestEmptyVariableSetsNothing(t *testing.T) {
	t.Setenv("LOAPHUONG_ZONE", "")
	if c, err := LoadCentre("", nil); err != nil || c.Zone != defaultZone {
		t.Errorf("zone %q, %v", c.Zone, err)
	}
}

func TestListFromAFlag(t *testing.T) {
	c, err := LoadCentre("", flags(t, CentreFlags, "--names", "centre.example,10.0.0.1", "--broker", "", "--broker-url", "ssl://b:8883"))
	if err != nil || !slices.Equal(c.Names, []string{"centre.example", "10.0.0.1"}) || c.Broker != "" {
		t.Errorf("names %q, broker %q, %v", c.Names, c.Broker, err)
	}
}

// TestFlagsOfOthersAreLeftAlone: a command has flags that are no settings.
func TestFlagsOfOthersAreLeftAlone(t *testing.T) {
	f := flags(t, func(f *pflag.FlagSet) { StationFlags(f); f.String("output", "", "") }, "--output=json")
	if _, err := LoadStation("", f); err != nil {
		t.Error(err)
	}
}

// TestRefusedFiles holds each against what the operator is told.
func TestRefusedFiles(t *testing.T) {
	for text, want := range map[string]string{
		"zoen: Asia/Ho_Chi_Minh\n":             "there is no setting zoen",           // misspelt
		"speech:\n  speed: 3\n":                "there is no setting speech.speed",   // within a group
		"gains:\n  urgent: 3\n":                "there is no setting gains.urgent",   // no class
		"gains:\n  filler: soft\n":             "gains[filler]",                      // not a number
		"zz: 1\naa: 2\n":                       "there is no setting aa, zz",         // all at once
		"lease: 14d\n":                         `unknown unit "d"`,                   // not a Go duration
		"lease: 336\n":                         "lease 336ns",                        // no unit
		"speech:\n  rate: fast\n":              "speech.rate",                        // not a number
		"speech: espeak\n":                     "'speech' expected a map",            // a group given as a value
		"data: [a, b]\n":                       "'data' expected type 'string'",      // a list for one value
		"page: 127.0.0.1:1\npage: 127.0.0.1:2": "already defined",                    // twice
		"- page\n":                             "cannot unmarshal",                   // not settings at all
		"page: [\n":                            "did not find expected node content", // not YAML
	} {
		_, err := LoadCentre(written(t, "centre.yaml", text), nil)
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: got %v, want %q", text, err, want)
		}
	}
	if _, err := LoadStation(written(t, "station.yaml", "stations: 127.0.0.1:1\n"), nil); err == nil || !strings.Contains(err.Error(), "no setting stations") {
		t.Errorf("a setting of the centre at a station: %v", err)
	}
}

func TestFileThatCannotBeRead(t *testing.T) {
	missing := filepath.Join(t.TempDir(), "none.yaml")
	if _, err := LoadStation(missing, nil); err == nil || !strings.Contains(err.Error(), missing) {
		t.Errorf("a file that is not there: %v", err)
	}
	if _, err := LoadCentre(written(t, "centre.conf", ""), nil); err == nil || !strings.Contains(err.Error(), "centre.conf") {
		t.Errorf("a file of no known kind: %v", err)
	}
}
