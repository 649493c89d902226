package studio

import (
	"context"
	"errors"
	"fmt"
	"io"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"
	"unicode"
)

// quietest is the loudness, in LUFS, below which a recording is refused as
// silent: to bring it to air would take over 40 dB, and what came out would be
// the noise of the recorder.
const quietest = -60

// stretch is how far the on-air file's length may lie from the upload's; a
// resampler's rounding is under a millisecond.
const stretch = 30 * time.Millisecond

// Intake takes in one uploaded file, whatever it is called, and stores it in
// the on-air format. The name is only for messages and [Audio.Source]. An
// upload that is damaged, silent, too long, too big or not one of the five kinds
// of audio is refused with the matching kind of error, and nothing is kept.
//
// Reading from r is not bounded in time: it is the caller's connection.
func (s *Studio) Intake(ctx context.Context, name string, r io.Reader) (Audio, error) {
	name = cleanName(name)
	a, err := s.take(ctx, "upload:"+name, func(_ context.Context, w io.Writer) error {
		_, err := io.Copy(w, r)
		return err
	})
	if err != nil {
		return Audio{}, fmt.Errorf("take in %q: %w", name, err)
	}
	return a, nil
}

// take runs one recording through the studio in a directory of its own, which
// is inside the studio's so that the finished file can be moved, not copied.
func (s *Studio) take(ctx context.Context, source string, fill func(context.Context, io.Writer) error) (Audio, error) {
	dir, err := os.MkdirTemp(s.set.Dir, takePrefix+"*")
	if err != nil {
		return Audio{}, err
	}
	defer os.RemoveAll(dir)
	upload, onAir := filepath.Join(dir, "upload"), filepath.Join(dir, "onair")
	if err := s.spool(ctx, upload, fill); err != nil {
		return Audio{}, err
	}
	ctx, cancel := s.bounded(ctx)
	defer cancel()
	m, err := s.bring(ctx, upload, onAir)
	if err != nil {
		return Audio{}, err
	}
	a := Audio{Duration: m.Duration(), Loudness: m.Loudness, Peak: m.Peak, Source: source}
	a.Digest, a.Size, err = s.store(onAir)
	return a, err
}

// bounded is ctx with the studio's timeout, which it names when it strikes.
func (s *Studio) bounded(ctx context.Context) (context.Context, context.CancelFunc) {
	cause := fmt.Errorf("no result within %s: %w", s.set.Timeout, context.DeadlineExceeded)
	return context.WithTimeoutCause(ctx, s.set.Timeout, cause)
}

// spool keeps what fill writes, up to the size limit.
func (s *Studio) spool(ctx context.Context, path string, fill func(context.Context, io.Writer) error) error {
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	defer f.Close()
	w := &limited{w: f, left: s.set.MaxBytes}
	err = fill(ctx, w)
	switch {
	case w.full:
		return fmt.Errorf("%w: more than %d MB: send it as MP3 or Opus, or in parts", ErrTooBig, s.set.MaxBytes>>20)
	case err != nil:
		return err
	}
	return f.Close()
}

// limited refuses what goes beyond its limit, and remembers that it did.
type limited struct {
	w    io.Writer
	left int64
	full bool
}

func (l *limited) Write(p []byte) (int, error) {
	if int64(len(p)) > l.left {
		l.full = true
		return 0, ErrTooBig
	}
	n, err := l.w.Write(p)
	l.left -= int64(n)
	return n, err
}

// bring makes the on-air file of an upload.
func (s *Studio) bring(ctx context.Context, upload, onAir string) (Measurement, error) {
	c, err := inspect(upload)
	if err != nil {
		return Measurement{}, err
	}
	if c.duration > s.set.MaxDuration {
		return Measurement{}, s.tooLong()
	}
	heard, err := s.measure(ctx, c.kind, upload)
	if err != nil {
		return heard, readError(ctx, err)
	}
	if err := s.judge(c, heard); err != nil {
		return heard, err
	}
	m, err := s.master(ctx, c.kind, upload, onAir, heard)
	if err != nil {
		return m, err
	}
	if d := (m.Duration() - heard.Duration()).Abs(); d > stretch {
		return m, damaged("its %s became %s on the way to air: does it change its format half way?", seconds(heard.Duration()), seconds(m.Duration()))
	}
	return m, nil
}

// readError says that ffmpeg could not decode an upload, unless the fault was
// not the upload's.
func readError(ctx context.Context, err error) error {
	var exit *exec.ExitError
	if ctx.Err() != nil || !errors.As(err, &exit) {
		return err
	}
	return damaged("it cannot be decoded (%v)", err)
}

// judge refuses what decoded but cannot go on air.
func (s *Studio) judge(c claim, heard Measurement) error {
	d := heard.Duration()
	switch {
	case d > s.set.MaxDuration:
		return s.tooLong()
	case heard.Frames == 0:
		return damaged("there is no sound in it")
	case heard.Broken > 0:
		return damaged("%d of its samples are not numbers", heard.Broken)
	case c.duration > 0 && d < c.duration-c.slack:
		return damaged("it should last %s and only %s can be decoded", seconds(c.duration), seconds(d))
	case heard.Loudness < quietest:
		return fmt.Errorf("%w: nothing can be heard in it (%s at %.0f LUFS): check the microphone and record it again", ErrSilent, seconds(d), math.Max(heard.Loudness, -99))
	}
	return nil
}

func (s *Studio) tooLong() error {
	return fmt.Errorf("%w: more than %s: send it in parts", ErrTooLong, s.set.MaxDuration)
}

// damaged says what is wrong and what to do.
func damaged(format string, args ...any) error {
	return fmt.Errorf("%w: %w: save it again and send the whole file", ErrDamaged, fmt.Errorf(format, args...))
}

// seconds rounds d for a reader.
func seconds(d time.Duration) time.Duration { return d.Round(10 * time.Millisecond) }

// nameRunes bounds an upload's name in messages and in [Audio.Source].
const nameRunes = 120

// cleanName is the last part of a path of either kind, printable and bounded.
func cleanName(name string) string {
	name = printable(name[strings.LastIndexAny(name, `/\`)+1:])
	if r := []rune(name); len(r) > nameRunes {
		name = string(r[:nameRunes])
	}
	if name = strings.TrimSpace(name); name == "" {
		return "unnamed"
	}
	return name
}

// printable is s in valid UTF-8, with anything a terminal or a log would act on
// made a space.
func printable(s string) string {
	return strings.Map(func(r rune) rune {
		if !unicode.IsPrint(r) {
			return ' '
		}
		return r
	}, strings.ToValidUTF8(s, "?"))
}
