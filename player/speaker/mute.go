package speaker

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"os/exec"
	"strings"
)

// Mute returns what mutes a control of a card's mixer, such as Master, and
// unmutes it; device is the card's, as for [New]. It calls amixer of Debian's
// alsa-utils. It keeps the environment as it is, so make it before the card runs,
// which sets a variable of ALSA's for itself.
func Mute(device, control string) func(ctx context.Context, on bool) error {
	environment, arguments := os.Environ(), []string{"-q"}
	if device != "" && device != systemDefault {
		name, _, _ := strings.Cut(device, ",")
		arguments = append(arguments, "-D", "hw:"+name)
	}
	return func(ctx context.Context, on bool) error {
		ctx, cancel := context.WithTimeout(ctx, patience)
		defer cancel()
		do := "unmute"
		if on {
			do = "mute"
		}
		c := exec.CommandContext(ctx, "amixer", append(arguments, "sset", control, do)...)
		c.Env = environment
		if said, err := c.CombinedOutput(); err != nil {
			return fmt.Errorf("amixer: %s %s: %w: %s", do, control, err, bytes.TrimSpace(said))
		}
		return nil
	}
}
