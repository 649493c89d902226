package agent

import (
	"bytes"
	"errors"
	"io"
	"net"
	"net/http"
	"os"
	"strings"
	"testing"

	"loaphuong/scheduler"
)

func TestTheCommandLineSpeaksToTheAgent(t *testing.T) {
	r := newRemote(t)
	at := r.run()
	if _, err := at.Import(r.bundle(r.authority.SigningKey(), r.schedule(1, "a"))); err != nil {
		t.Fatal(err)
	}
	r.comes("the card", func() bool { v, err := at.Status(t.Context()); return err == nil && v.Card.OK })
	v, err := at.Status(t.Context())
	if err != nil || v.Station != string(station) || v.Revision != 1 || v.Volume != 100 || v.Linked || !v.Clock.OK && v.Problems == nil {
		t.Errorf("it stands so: %+v: %v", v, err)
	}
	if err := at.SetVolume(t.Context(), 40); err != nil {
		t.Error(err)
	}
	if v, _ := at.Status(t.Context()); v.Volume != 40 || v.CentreVolume != 100 {
		t.Errorf("the volume is %d, the centre's %d", v.Volume, v.CentreVolume)
	}
	if err := at.SetVolume(t.Context(), 101); err == nil || !strings.Contains(err.Error(), "0 to 100") {
		t.Errorf("a volume of 101 is answered %v", err)
	}
	if err := at.Stop(t.Context()); err != nil {
		t.Error(err)
	}
	if err := at.SoundCheck(t.Context()); err != nil {
		t.Error(err)
	}
	if err := at.SoundCheck(t.Context()); err == nil || !strings.Contains(err.Error(), "on air") {
		t.Errorf("a second sound check is answered %v", err)
	}
}

func TestWithoutAnAgentTheCommandLineSaysSo(t *testing.T) {
	r := newRemote(t)
	client := NewClient(r.settings)
	if _, err := client.Status(t.Context()); !errors.Is(err, ErrNotRunning) {
		t.Errorf("with no socket: %v", err)
	}
	l, err := net.ListenUnix("unix", &net.UnixAddr{Name: SocketPath(r.settings), Net: "unix"})
	if err != nil {
		t.Fatal(err)
	}
	l.SetUnlinkOnClose(false)
	l.Close()
	if err := client.Stop(t.Context()); !errors.Is(err, ErrNotRunning) {
		t.Errorf("with the socket of one that was killed: %v", err)
	}
	if err := client.Report(t.Context(), io.Discard); !errors.Is(err, ErrNotRunning) {
		t.Errorf("a report: %v", err)
	}
}

func TestTheSocketOfAnAgentThatWasKilledIsReplaced(t *testing.T) {
	r := newRemote(t)
	if err := os.WriteFile(SocketPath(r.settings), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	r.run() // it waits until it can be spoken to
	info, err := os.Stat(SocketPath(r.settings))
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("the socket: %v, %v", info, err)
	}
}

// TestTheDoors: the page and the audio for neighbours, where they are wanted.
func TestTheDoors(t *testing.T) {
	r := newRemote(t)
	r.settings.Page, r.settings.Share = freeAddress(t), freeAddress(t)
	at := r.run()
	if _, err := at.Import(r.bundle(r.authority.SigningKey(), r.schedule(1, "nhạc hiệu"))); err != nil {
		t.Fatal(err)
	}
	get := func(url string) (body []byte) {
		r.comes(url, func() bool {
			answer, err := http.Get(url)
			if err != nil {
				return false
			}
			defer answer.Body.Close()
			body, err = io.ReadAll(answer.Body)
			return err == nil && answer.StatusCode == http.StatusOK
		})
		return body
	}
	if page := get("http://" + r.settings.Page + "/"); !bytes.Contains(page, []byte(station)) {
		t.Errorf("the page: %.200s", page)
	}
	digest := string(scheduler.DigestOf([]byte("nhạc hiệu")))
	if audio := get("http://" + r.settings.Share + "/" + digest); string(audio) != "nhạc hiệu" {
		t.Errorf("a neighbour gets %q", audio)
	}
}

// freeAddress is one that nobody listens at.
func freeAddress(t *testing.T) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return l.Addr().String()
}
