package studio

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"

	"loaphuong/scheduler"
)

// Settings are what a studio needs to know. [DefaultSettings] fills in all but
// the directory.
type Settings struct {
	Dir         string        // where on-air files live; made if absent
	FFmpeg      string        // a path, or a name looked up in PATH
	Bitrate     int           // of the on-air file, bit/s; from 48000 up the encoder is told to favour music
	Target      float64       // integrated loudness, LUFS
	TruePeak    float64       // the highest true peak, dBTP
	MaxBytes    int64         // of an upload, and of what an engine speaks
	MaxDuration time.Duration // of one recording
	Timeout     time.Duration // for speaking, and again for bringing one recording to the on-air format
	Voice       Voice         // speaks where the caller names no other
}

// DefaultSettings are right for spoken items on the system's ffmpeg; they name
// no voice, see [NewEngine].
func DefaultSettings(dir string) Settings {
	return Settings{
		Dir:         dir,
		FFmpeg:      "ffmpeg",
		Bitrate:     32000, // 240 kB a minute; speech alone would do with 24000
		Target:      -18,
		TruePeak:    -1.5,
		MaxBytes:    512 << 20, // an hour and a half of WAV in CD quality, mono
		MaxDuration: 90 * time.Minute,
		Timeout:     10 * time.Minute, // at 1.5 s for a minute of audio and one attempt, 90 minutes take over two
	}
}

// Validate names the first setting that cannot work.
func (s Settings) Validate() error {
	switch {
	case s.Dir == "":
		return fmt.Errorf("studio directory: name the directory for on-air files")
	case s.Bitrate < 8000 || s.Bitrate > 256000:
		return fmt.Errorf("studio bitrate %d: want 8000 to 256000 bit/s", s.Bitrate)
	case s.Target < -36 || s.Target > -10:
		return fmt.Errorf("studio target %g LUFS: want -36 to -10", s.Target)
	case s.TruePeak < -9 || s.TruePeak > 0:
		return fmt.Errorf("studio true peak %g dBTP: want -9 to 0", s.TruePeak)
	case s.TruePeak < s.Target+6:
		return fmt.Errorf("studio true peak %g dBTP is less than 6 dB over the target %g LUFS: no speech fits between them", s.TruePeak, s.Target)
	case s.MaxBytes <= 0 || s.MaxDuration <= 0 || s.Timeout <= 0:
		return fmt.Errorf("studio limits: bytes %d, duration %s and timeout %s must all be above zero", s.MaxBytes, s.MaxDuration, s.Timeout)
	}
	return nil
}

// Audio is one finished item in the on-air format, as stored.
type Audio struct {
	Digest   scheduler.Digest // of the on-air file
	Size     int64            // bytes of the on-air file
	Duration time.Duration    // exact: decoded frames at 48 kHz
	Loudness float64          // integrated, LUFS
	Peak     float64          // true peak, dBTP
	Source   string           // "upload:NAME" or "speech:ENGINE"
}

// Studio takes recordings in and keeps them. Make one with [New].
type Studio struct {
	set    Settings
	ffmpeg string // absolute path
}

// New checks the settings, makes the directory and checks that ffmpeg is there
// and writes Opus.
func New(ctx context.Context, set Settings) (*Studio, error) {
	if err := set.Validate(); err != nil {
		return nil, err
	}
	dir, err := filepath.Abs(set.Dir)
	if err != nil {
		return nil, fmt.Errorf("studio directory: %w", err)
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return nil, fmt.Errorf("studio directory: %w", err)
	}
	set.Dir = dir
	path, err := findTool(set.FFmpeg, "ffmpeg")
	if err != nil {
		return nil, err
	}
	s := &Studio{set: set, ffmpeg: path}
	return s, s.checkOpus(ctx)
}

// findTool is the absolute path of a program, or an error that names the
// Debian package which holds it.
func findTool(name, pkg string) (string, error) {
	path, err := exec.LookPath(name)
	if err == nil {
		path, err = filepath.Abs(path)
	}
	if err != nil {
		return "", fmt.Errorf("%w: %v: install the Debian package %s", ErrTool, err, pkg)
	}
	return path, nil
}

// checkOpus asks ffmpeg for its help on the encoder, since it exits with 0
// whether it has the encoder or not.
func (s *Studio) checkOpus(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, 10*time.Second)
	defer cancel()
	var out strings.Builder
	err := s.ffmpegTask([]string{"-h", "encoder=libopus"}, &out).run(ctx)
	if err != nil {
		return fmt.Errorf("%w: %s: %w", ErrTool, s.ffmpeg, err)
	}
	if !strings.Contains(out.String(), "Encoder libopus") {
		return fmt.Errorf("%w: %s was built without libopus and cannot write the on-air format: install the Debian package ffmpeg", ErrTool, s.ffmpeg)
	}
	return nil
}
