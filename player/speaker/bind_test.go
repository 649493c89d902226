package speaker

import (
	"os"
	"strings"
	"testing"
)

func TestConfigNamesOneDeviceAndNothingElse(t *testing.T) {
	for device, want := range map[string]string{
		"Device":   `hw card "Device" device 0 `,
		"Device,1": `hw card "Device" device 1 `,
		"0":        `hw card "0" device 0 `,
	} {
		config, err := configOf(device)
		if err != nil || !strings.Contains(config, want) || strings.Contains(config, "alsa.conf") {
			t.Errorf("%s: %v\n%s", device, err, config)
		}
	}
}

func TestTheSystemsDefaultIsLeftAlone(t *testing.T) {
	t.Setenv("ALSA_CONFIG_PATH", "/the/user's own")
	cleanUp, err := bind(systemDefault)
	if err != nil {
		t.Fatal(err)
	}
	cleanUp()
	if got := os.Getenv("ALSA_CONFIG_PATH"); got != "/the/user's own" {
		t.Errorf("ALSA_CONFIG_PATH is %q", got)
	}
}

func TestANamedDeviceHasAConfigurationWhileItIsOpened(t *testing.T) {
	t.Setenv("ALSA_CONFIG_PATH", "")
	cleanUp, err := bind("Device")
	if err != nil {
		t.Fatal(err)
	}
	path := os.Getenv("ALSA_CONFIG_PATH")
	if written, err := os.ReadFile(path); err != nil || !strings.Contains(string(written), "Device") {
		t.Errorf("%q, %v", written, err)
	}
	cleanUp()
	if _, err := os.Stat(path); err == nil {
		t.Errorf("%s is left behind", path)
	}
}
