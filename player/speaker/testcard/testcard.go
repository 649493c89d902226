// Package testcard is a sound card for tests: an ALSA plug-in that is built by
// the C compiler, keeps time by the monotonic clock as hardware does, and
// writes what it was given into a file together with when it sounded. Programs
// under test open it as ALSA's default device, with nothing of theirs replaced.
//
//	card, err := testcard.Build(t.TempDir(), 0)
//	t.Setenv("ALSA_CONFIG_PATH", card.Config) // or Env for another process
//	…
//	heard, err := card.Heard()
//
// It needs gcc and ALSA's header files.
package testcard

import (
	_ "embed" // of the plug-in's source
	"encoding/binary"
	"errors"
	"fmt"
	"io/fs"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"

	"loaphuong/player"
)

//go:embed module/card.c
var source []byte

// Card is a virtual sound card with a clock of its own.
type Card struct {
	Config string // path of the ALSA configuration whose default device it is
	dir    string
	drift  int
}

// Build compiles the card in dir, an empty directory. It should be in memory,
// such as below /dev/shm, because a card that waits for a busy disk has
// underruns. Its clock runs too fast by drift millionths.
func Build(dir string, drift int) (*Card, error) {
	c := &Card{Config: filepath.Join(dir, "asound.conf"), dir: dir, drift: drift}
	code, module := c.path("card.c"), c.path("card.so")
	if err := os.WriteFile(code, source, 0o600); err != nil {
		return nil, fmt.Errorf("test card: %w", err)
	}
	out, err := exec.Command("gcc", "-shared", "-fPIC", "-DPIC", "-O2", "-o", module, code, "-lasound").CombinedOutput()
	if err != nil {
		return nil, fmt.Errorf("test card: gcc: %w\n%s", err, out)
	}
	config := fmt.Sprintf(`pcm_type.loatest { lib %q }
pcm.!default { type plug slave.pcm { type loatest capture %q clock %q unplugged %q frozen %q drift %d } }
`, module, c.path("capture"), c.path("clock"), c.path("unplugged"), c.path("frozen"), drift)
	if err := os.WriteFile(c.Config, []byte(config), 0o600); err != nil {
		return nil, fmt.Errorf("test card: %w", err)
	}
	return c, nil
}

// Env is what another process needs in its environment to play on the card.
func (c *Card) Env() []string { return []string{"ALSA_CONFIG_PATH=" + c.Config} }

// Unplug makes the card go away: for whoever plays and for whoever opens it.
func (c *Card) Unplug() error { return os.WriteFile(c.path("unplugged"), nil, 0o600) }

// Plug makes the card come back. Who played before must open it again.
func (c *Card) Plug() error { return os.Remove(c.path("unplugged")) }

// Freeze makes the card take no more frames and report no error, as broken
// hardware does.
func (c *Card) Freeze() error { return os.WriteFile(c.path("frozen"), nil, 0o600) }

// Thaw lets it go on.
func (c *Card) Thaw() error { return os.Remove(c.path("frozen")) }

// Stretch is what sounded from a start of the card to the next one without a
// pause. A card starts when it is opened and again after each underrun.
type Stretch struct {
	Start  time.Time // when its first frame was at the converter
	Frames []float32
	drift  int
}

// At is when frame n of the stretch was at the converter.
func (s Stretch) At(n int) time.Time {
	return s.Start.Add(time.Duration(float64(n) / (player.Rate * (1 + float64(s.drift)*1e-6)) * 1e9))
}

// Heard returns everything that has sounded so far, and up to a ring of the
// card that is about to.
func (c *Card) Heard() ([]Stretch, error) {
	clock, err := os.ReadFile(c.path("clock")) // first: what it counts is then in the capture
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("test card: %w", err)
	}
	data, err := os.ReadFile(c.path("capture"))
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("test card: %w", err)
	}
	frames := make([]float32, len(data)/4)
	for i := range frames {
		frames[i] = math.Float32frombits(binary.LittleEndian.Uint32(data[4*i:]))
	}
	return c.stretches(frames, strings.Fields(string(clock)))
}

// stretches cuts frames where the card's clock was set: pairs of the index of
// the first frame and its instant in nanoseconds.
func (c *Card) stretches(frames []float32, clock []string) (all []Stretch, err error) {
	begin := 0
	for ; len(clock) >= 2; clock = clock[2:] {
		var index int
		var instant int64
		if _, err := fmt.Sscan(clock[0]+" "+clock[1], &index, &instant); err != nil || index < begin || index > len(frames) {
			return nil, fmt.Errorf("test card: its clock says %q %q of %d frames", clock[0], clock[1], len(frames))
		}
		if len(all) > 0 {
			all[len(all)-1].Frames = frames[begin:index]
		}
		all = append(all, Stretch{Start: time.Unix(0, instant), Frames: frames[index:], drift: c.drift})
		begin = index
	}
	return all, nil
}

func (c *Card) path(name string) string { return filepath.Join(c.dir, name) }
