package clock

import (
	"os"
	"path/filepath"
	"strings"
	"time"
)

// Machine is the computer a station runs on, so far as its clocks go.
type Machine struct {
	root  string
	began time.Time // when the Machine was made: steady time where the system has none
}

// NewMachine is the machine whose /proc and /sys are under root, which is "/"
// but in tests.
func NewMachine(root string) Machine { return Machine{root: root, began: time.Now()} }

// Boot names the time since the machine was started: steady times of different
// boots do not compare. It is empty where the system does not say.
func (m Machine) Boot() string {
	raw, err := os.ReadFile(filepath.Join(m.root, "proc/sys/kernel/random/boot_id"))
	if err != nil {
		return ""
	}
	return strings.TrimSpace(string(raw))
}

// HasBattery reports whether the machine seems to have a clock that goes on
// without power: the kernel took the time from one at boot, or could have. Some
// boards have such a clock and no battery for it, so true is no proof that the
// time is right; false means that it is not, before somebody sets it.
func (m Machine) HasBattery() bool {
	clocks := filepath.Join(m.root, "sys/class/rtc")
	if _, err := os.Stat(filepath.Join(clocks, "rtc0")); err == nil {
		return true
	}
	all, _ := os.ReadDir(clocks) // none where there is no such directory
	for _, c := range all {
		raw, err := os.ReadFile(filepath.Join(clocks, c.Name(), "hctosys"))
		if err == nil && strings.TrimSpace(string(raw)) == "1" {
			return true
		}
	}
	return false
}
