package speaker

import (
	"fmt"
	"os"
	"regexp"
	"strconv"
	"strings"
)

// systemDefault is the device for which the user's own ALSA configuration is
// left alone.
const systemDefault = "default"

// bind points ALSA at one device and nothing else; cleanUp may be called when
// it has been opened. The configuration includes none of the system's, so that
// there is nothing to fall back to. ALSA looks at the variable at each opening.
func bind(device string) (cleanUp func(), err error) {
	if device == systemDefault {
		return func() {}, nil
	}
	config, err := configOf(device)
	if err != nil {
		return nil, err
	}
	file, err := os.CreateTemp("", "asound-*.conf")
	if err != nil {
		return nil, err
	}
	cleanUp = func() { _ = os.Remove(file.Name()) }
	_, err = file.WriteString(config)
	if closed := file.Close(); err == nil {
		err = closed
	}
	if err == nil {
		err = os.Setenv("ALSA_CONFIG_PATH", file.Name())
	}
	if err != nil {
		cleanUp()
		return nil, err
	}
	return cleanUp, nil
}

// configOf is an ALSA configuration whose default is one device of a card, by
// its name or number: "Device" or "Device,1".
func configOf(device string) (string, error) {
	name, number, found := strings.Cut(device, ",")
	if !found {
		number = "0"
	}
	if _, err := strconv.ParseUint(number, 10, 8); err != nil || !regexp.MustCompile(`^[A-Za-z0-9_-]+$`).MatchString(name) {
		return "", fmt.Errorf("%q is no sound card's name: use one of /proc/asound/cards, as in Device or Device,1", device)
	}
	return fmt.Sprintf(`pcm.!default { type plug slave.pcm { type hw card %q device %s } }
ctl.!default { type hw card %q }
`, name, number, name), nil
}
