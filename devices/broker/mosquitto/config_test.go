package mosquitto

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestWrite(t *testing.T) {
	dir := t.TempDir()
	path, err := Write(dir, Settings{Address: "[::1]:8883", CA: "/c/ca.pem", Certificate: "/c/server.pem", Key: "/c/server.key"})
	if err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for _, line := range []string{
		"listener 8883 ::1", "user mosquitto", "cafile /c/ca.pem", "certfile /c/server.pem", "keyfile /c/server.key",
		"require_certificate true", "use_identity_as_username true", "use_username_as_clientid true",
		"allow_anonymous false", "acl_file " + filepath.Join(dir, rulesFile),
	} {
		if !strings.Contains(string(text), line+"\n") {
			t.Errorf("no line %q in\n%s", line, text)
		}
	}
}

func TestWriteRefusesAnAddressWithoutAPort(t *testing.T) {
	if _, err := Write(t.TempDir(), Settings{Address: "localhost"}); err == nil {
		t.Error("accepted")
	}
}

func TestRules(t *testing.T) {
	const want = `user centre
topic readwrite loaphuong/v1/#

pattern write loaphuong/v1/%u/state
pattern write loaphuong/v1/%u/asrun
pattern read loaphuong/v1/%u/schedule
pattern read loaphuong/v1/%u/receipt
pattern read loaphuong/v1/%u/command
`
	if got := Rules(); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

func TestStartSaysWhyItDidNot(t *testing.T) {
	_, err := Start(t.TempDir(), Settings{CA: "/nowhere/ca.pem", Certificate: "/nowhere/server.pem", Key: "/nowhere/server.key"})
	if err == nil || !strings.Contains(err.Error(), "/nowhere") {
		t.Errorf("%v, want mosquitto's own words", err)
	}
}
