package clock

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"golang.org/x/sys/unix"
)

// under is a machine with these files.
func under(t *testing.T, files map[string]string) Machine {
	t.Helper()
	root := t.TempDir()
	for name, text := range files {
		path := filepath.Join(root, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return NewMachine(root)
}

func TestHasBattery(t *testing.T) {
	for _, c := range []struct {
		why   string
		files map[string]string
		has   bool
	}{
		{"no clock at all", nil, false},
		{"the usual one", map[string]string{"sys/class/rtc/rtc0/name": "rtc_cmos"}, true},
		{"another that set the time at boot", map[string]string{"sys/class/rtc/rtc1/hctosys": "1\n"}, true},
		{"another that did not", map[string]string{"sys/class/rtc/rtc1/hctosys": "0\n"}, false},
		{"one that does not say", map[string]string{"sys/class/rtc/rtc1/name": "x"}, false},
	} {
		if got := under(t, c.files).HasBattery(); got != c.has {
			t.Errorf("%s: %v", c.why, got)
		}
	}
}

func TestBoot(t *testing.T) {
	m := under(t, map[string]string{"proc/sys/kernel/random/boot_id": "0b9ffd90-5a9e\n"})
	if got := m.Boot(); got != "0b9ffd90-5a9e" {
		t.Errorf("the boot is %q", got)
	}
	if got := under(t, nil).Boot(); got != "" {
		t.Errorf("without a system the boot is %q", got)
	}
	if a, b := NewMachine("/").Boot(), NewMachine("/").Boot(); a == "" || a != b {
		t.Errorf("one boot is %q and %q", a, b)
	}
}

func TestSteadyGoesOn(t *testing.T) {
	m := NewMachine("/")
	last := m.Steady()
	if last <= 0 {
		t.Errorf("the machine was started %v ago", last)
	}
	for began := time.Now(); time.Since(began) < time.Millisecond; {
		now := m.Steady()
		if now < last {
			t.Fatalf("%v after %v", now, last)
		}
		last = now
	}
}

func TestDisciplined(t *testing.T) {
	for _, c := range []struct {
		why           string
		state, status int
		want          bool
	}{
		{"kept by a daemon", unix.TIME_OK, unix.STA_PLL, true},
		{"in a leap second", unix.TIME_OOP, unix.STA_PLL, true},
		{"not synchronised", unix.TIME_ERROR, unix.STA_UNSYNC, false},
		{"in error", unix.TIME_ERROR, 0, false},
		{"just unset", unix.TIME_OK, unix.STA_UNSYNC, false},
	} {
		if got := disciplined(c.state, c.status); got != c.want {
			t.Errorf("%s: %v", c.why, got)
		}
	}
	NewMachine("/").Disciplined() // whatever this machine says
}
