package config

import (
	"errors"
	"fmt"
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
	Period   int    `mapstructure:"period"`
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
		"data":      home("loaphuong-agent"),
		"card":      "default",
		"period":    1024,
		"log-level": "info",
	}
}

// StationFlags adds the flags that override the file.
func StationFlags(f *pflag.FlagSet) {
	f.String("data", "", "directory of the identity, the logbook and the audio")
	f.String("card", "", "default, an ALSA card's name, silent, or wav:FILE")
	f.Int("period", 0, "period of the sound card in frames")
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
	return errors.Join(append(errs, checkLevel(s.LogLevel))...)
}

// WAV is the file that keeps what sounds, "" where the card is another.
func (s Station) WAV() string {
	file, _ := strings.CutPrefix(s.Card, "wav:")
	if file == s.Card {
		return ""
	}
	return file
}
