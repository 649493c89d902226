package speaker

import (
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"syscall"
)

// ErrPermission is for a card that this user may not open, and says what to do
// about it.
var ErrPermission = errors.New("this user may not use sound cards: add the user to the group audio, then start the program again")

// explained adds ErrPermission to an error of opening a card where that is the
// reason. oto passes on ALSA's words only; and ALSA, which looks a card up by
// its name in files that it then may not read, says that there is no such card.
func explained(err error) error {
	if err == nil || !saysDenied(err) && !forbidden("/dev/snd", writable) {
		return err
	}
	return fmt.Errorf("%w (%w)", ErrPermission, err)
}

// saysDenied reports whether ALSA's words are those of EACCES or EPERM.
func saysDenied(err error) bool {
	said := strings.ToLower(err.Error())
	return strings.Contains(said, syscall.EACCES.Error()) || strings.Contains(said, syscall.EPERM.Error())
}

// forbidden reports whether there are devices for playing in a directory and
// none of them may be used.
func forbidden(dir string, may func(path string) bool) bool {
	devices, err := filepath.Glob(filepath.Join(dir, "pcmC*D*p"))
	if err != nil {
		return false
	}
	for _, device := range devices {
		if may(device) {
			return false
		}
	}
	return len(devices) > 0
}

// writable reports whether this process may write to a file.
func writable(path string) bool {
	const write = 2
	return syscall.Access(path, write) == nil
}
