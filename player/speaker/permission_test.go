package speaker

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestPermissionIsToldFromOtherReasons(t *testing.T) {
	for said, want := range map[string]bool{
		`oto: ALSA error at snd_pcm_open: "default": Permission denied`:                                     true,
		`oto: ALSA error at snd_pcm_open: "default": Operation not permitted`:                               true,
		`oto: ALSA error at snd_pcm_open: "default": No such device`:                                        false,
		`oto: ALSA error at snd_pcm_open: "default": Device or resource busy, "x": No such file or direct…`: false,
	} {
		if got := saysDenied(errors.New(said)); got != want {
			t.Errorf("%s: %v", said, got)
		}
	}
	if explained(nil) != nil {
		t.Error("no error is explained")
	}
	if err := explained(errors.New("Permission denied")); !errors.Is(err, ErrPermission) || !strings.Contains(err.Error(), "the group audio") {
		t.Error(err)
	}
}

func TestForbiddenIsWhenNoneOfTheDevicesMayBeUsed(t *testing.T) {
	dir := t.TempDir()
	only := func(names string) func(string) bool {
		return func(path string) bool { return strings.Contains(names, filepath.Base(path)) }
	}
	if forbidden(dir, only("")) {
		t.Error("there are no devices to be forbidden")
	}
	for _, name := range []string{"pcmC0D0p", "pcmC0D0c", "pcmC1D0p", "controlC0"} {
		if err := os.WriteFile(filepath.Join(dir, name), nil, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if !forbidden(dir, only("")) || !forbidden(dir, only("controlC0 pcmC0D0c")) || forbidden(dir, only("pcmC1D0p")) || forbidden(dir, writable) {
		t.Error("forbidden is not: there are devices, and none of them may be used")
	}
}
