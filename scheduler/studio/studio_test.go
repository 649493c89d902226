package studio

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestSettingsThatCannotWork(t *testing.T) {
	for says, change := range map[string]func(*Settings){
		"name the directory":                func(s *Settings) { s.Dir = "" },
		"want 8000 to 256000":               func(s *Settings) { s.Bitrate = 32 },
		"want -36 to -10":                   func(s *Settings) { s.Target = 18 },
		"want -9 to 0":                      func(s *Settings) { s.TruePeak = 1 },
		"no speech fits between":            func(s *Settings) { s.Target, s.TruePeak = -12, -8 },
		"must all be above zero":            func(s *Settings) { s.Timeout = 0 },
		"install the Debian package ffmpeg": func(s *Settings) { s.FFmpeg = "no-such-ffmpeg" },
		"without libopus":                   func(s *Settings) { s.FFmpeg = "true" },
		"exit status 1":                     func(s *Settings) { s.FFmpeg = "false" },
		"studio directory: mkdir /dev/null": func(s *Settings) { s.Dir = "/dev/null/air" },
	} {
		set := DefaultSettings(filepath.Join(t.TempDir(), "air"))
		change(&set)
		if _, err := New(t.Context(), set); err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("error %v, want the words %q", err, says)
		}
	}
}

func TestANewStudioMakesItsDirectory(t *testing.T) {
	set := DefaultSettings(filepath.Join(t.TempDir(), "on", "air"))
	s, err := New(t.Context(), set)
	if err != nil {
		t.Fatal(err)
	}
	left(t, s, 0)
}

func TestAMissingToolIsAKindOfError(t *testing.T) {
	set := DefaultSettings(t.TempDir())
	set.FFmpeg = "no-such-ffmpeg"
	if _, err := New(t.Context(), set); !errors.Is(err, ErrTool) {
		t.Errorf("error %v", err)
	}
}

// The directory may have a name that a program could take for an option, an
// address or a pattern.
func TestAnyDirectoryWillDo(t *testing.T) {
	t.Parallel()
	t.Run("http: %03d -y đài", func(t *testing.T) {
		s := open(t, func(s *Settings) { s.Dir = filepath.Join(filepath.Dir(s.Dir), "http:", "-i %03d 'đài'") })
		a, err := s.Intake(t.Context(), "a.wav", strings.NewReader(string(tone(t, "a.wav"))))
		if err != nil {
			t.Fatal(err)
		}
		if _, err := os.Stat(filepath.Join(s.set.Dir, string(a.Digest)+".opus")); err != nil {
			t.Error(err)
		}
	})
}

func TestTailKeepsTheEnd(t *testing.T) {
	said := &tail{}
	for range 1000 {
		said.Write([]byte("noise\n"))
	}
	said.Write([]byte("  the reason\x1b[0m\xff\n"))
	got := said.String()
	if len(got) > 2*tailBytes || !strings.HasSuffix(got, "; the reason [0m?") {
		t.Errorf("%q", got)
	}
}
