package cmd

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"loaphuong/scheduler"
)

// TestBadSoundIsRefused uploads what people upload by mistake.
func TestBadSoundIsRefused(t *testing.T) {
	t.Parallel()
	s := newSystem(t, false)
	whole := filepath.Join(s.dir, "whole.mp3")
	if said, err := exec.Command("ffmpeg", "-v", "error", "-f", "lavfi", "-i", "sine=frequency=440:duration=5", whole).CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, said)
	}
	mp3, err := os.ReadFile(whole)
	s.must(err)
	for _, c := range []struct {
		name, data, says string
	}{
		{"cut.mp3", string(mp3[:len(mp3)*2/3]), "send the whole file"},
		{"empty.mp3", "", "empty"},
		{"letter.mp3", shortLetter(2, 1), "WAV, MP3, FLAC, Ogg Vorbis or Opus"},
	} {
		path := filepath.Join(s.dir, c.name)
		s.must(os.WriteFile(path, []byte(c.data), 0o600))
		said, err := s.loaphuong("recording", "add", path)
		if err == nil || !strings.Contains(said, c.says) {
			t.Errorf("%s: %v: %q does not say %q", c.name, err, said, c.says)
		}
	}
	s.nothingKept()
	if said, err := s.loaphuong("recording", "add", whole); err != nil {
		t.Errorf("the whole file: %v: %s", err, said)
	}
}

// loaphuong runs the staff's program against the centre, to its end.
func (s *system) loaphuong(args ...string) (string, error) {
	dir, err := programs()
	s.must(err)
	args = append(args, "--data", s.centreData())
	said, err := exec.CommandContext(s.t.Context(), filepath.Join(dir, "loaphuong"), args...).CombinedOutput()
	return string(said), err
}

// nothingKept checks that no recording and no file of one is there.
func (s *system) nothingKept() {
	s.t.Helper()
	all, err := s.desk().Recordings(s.t.Context(), scheduler.DirectiveID(""))
	s.must(err)
	left, err := os.ReadDir(filepath.Join(s.centreData(), "audio"))
	s.must(err)
	if len(all) != 0 || len(left) != 0 {
		s.t.Errorf("%d recordings and %d files are kept", len(all), len(left))
	}
}
