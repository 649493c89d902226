package config

import (
	"errors"
	"fmt"
	"path/filepath"
	"strings"

	"github.com/spf13/pflag"
)

// Station is the configuration of a station's agent.
type Station struct {
	// Data is the directory of the identity, the logbook and the audio.
	Data string `mapstructure:"data"`
	// Card is where sound goes: "default" or a card's ALSA name, "silent", or
	// "wav:FILE" to keep what sounds.
	Card string `mapstructure:"card"`
	// Period is the sound card's period in frames at 48 kHz.
	Period int `mapstructure:"period"`
	// Mute is a control of the card's mixer, such as Master, that is muted while
	// nothing is to sound, "" for none.
	Mute string `mapstructure:"mute"`
	// Listen is an ALSA capture device that hears what the loudspeakers sound, ""
	// for none.
	Listen string `mapstructure:"listen"`
	// Sources are further places of audio, in the order in which they are asked:
	// directories such as that of a USB stick, and http or https addresses that
	// the digest of a file is put behind, such as a neighbour's.
	Sources []string `mapstructure:"sources"`
	// Bandwidth is the most that fetching audio takes, in kbit/s; 0 for no bound.
	Bandwidth int `mapstructure:"bandwidth"`
	// Keep is how much audio is kept at most in case it is scheduled again, in
	// MiB, and Reserve how much of the disk is left free.
	Keep    int64 `mapstructure:"keep"`
	Reserve int64 `mapstructure:"reserve"`
	// NTP are servers to learn the time from, besides the centre.
	NTP []string `mapstructure:"ntp"`
	// TrustClock takes the machine's own clock as right from its start, even
	// where it seems to have no battery.
	TrustClock bool `mapstructure:"trust-clock"`
	// Page is where the station's own page is, "" for nowhere, and PIN what one
	// must know to use it from another computer.
	Page string `mapstructure:"page"`
	PIN  string `mapstructure:"pin"`
	// Share is where neighbours may fetch audio, "" for nowhere.
	Share    string `mapstructure:"share"`
	LogLevel string `mapstructure:"log-level"`
}

// LoadStation reads an agent's configuration. The environment's variables begin
// with LOAPHUONG_AGENT_; the flags are those of [StationFlags].
func LoadStation(file string, flags *pflag.FlagSet) (Station, error) {
	var s Station
	if err := load(&s, "LOAPHUONG_AGENT", file, stationDefaults(), flags); err != nil {
		return s, err
	}
	return s, s.Validate()
}

func stationDefaults() map[string]any {
	return map[string]any{
		"data":        home("loaphuong-agent"),
		"card":        "default",
		"period":      800,
		"mute":        "",
		"listen":      "",
		"sources":     []string{},
		"bandwidth":   0,
		"keep":        2048,
		"reserve":     200,
		"ntp":         []string{},
		"trust-clock": false,
		"page":        "127.0.0.1:8090",
		"pin":         "",
		"share":       "",
		"log-level":   "info",
	}
}

// StationFlags adds the flags that override the file.
func StationFlags(f *pflag.FlagSet) {
	f.String("data", "", "directory of the identity, the logbook and the audio")
	f.String("card", "", "default, an ALSA card's name, silent, or wav:FILE")
	f.Int("period", 0, "period of the sound card in frames")
	f.String("page", "", "where the station's own page is, host:port")
	f.String("log-level", "", "debug, info, warn or error")
}

// Validate says what is wrong and what to do.
func (s Station) Validate() error {
	errs := []error{checkData(s.Data)}
	if s.Card == "" || s.Card == "wav:" {
		errs = append(errs, fmt.Errorf("card %q: use default, an ALSA card's name, silent, or wav:FILE", s.Card))
	}
	if s.Period < 256 || s.Period > 16384 {
		errs = append(errs, fmt.Errorf("period %d: use 256 to 16384 frames", s.Period))
	}
	errs = append(errs, s.checkAudio(), s.checkPages(), checkLevel(s.LogLevel))
	return errors.Join(errs...)
}

// checkAudio checks how audio comes and is kept.
func (s Station) checkAudio() (err error) {
	for _, source := range s.Sources {
		web := strings.HasPrefix(source, "http://") || strings.HasPrefix(source, "https://")
		if !web && !filepath.IsAbs(source) {
			err = errors.Join(err, fmt.Errorf("sources %q: use an absolute directory, or an address that begins with http:// or https://", source))
		}
	}
	if s.Bandwidth < 0 {
		err = errors.Join(err, fmt.Errorf("bandwidth %d: use kbit/s, or 0 for no bound", s.Bandwidth))
	}
	if s.Keep < 0 || s.Reserve < 0 {
		err = errors.Join(err, fmt.Errorf("keep %d and reserve %d: use MiB, 0 or more", s.Keep, s.Reserve))
	}
	return err
}

// leastPIN is the shortest PIN: with five wrong tries a minute at most, it holds
// for days.
const leastPIN = 6

// checkPages checks who may come in from outside.
func (s Station) checkPages() (err error) {
	if s.Page != "" {
		err = checkAddress("page", s.Page)
	}
	if s.Share != "" {
		err = errors.Join(err, checkAddress("share", s.Share))
	}
	if s.PIN != "" && len(s.PIN) < leastPIN {
		err = errors.Join(err, fmt.Errorf("pin: use at least %d digits", leastPIN))
	}
	if err == nil && s.Page != "" && s.PIN == "" && !loopback(s.Page) {
		err = fmt.Errorf("page %q: it can be reached from other computers: set a pin too, or use a loopback address such as 127.0.0.1:8090", s.Page)
	}
	return err
}

// WAV is the file that keeps what sounds, "" where the card is another.
func (s Station) WAV() string {
	file, _ := strings.CutPrefix(s.Card, "wav:")
	if file == s.Card {
		return ""
	}
	return file
}
