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
// A cable goes from the card into its line-in, the device [LineIn] of the same
// configuration, from which arecord captures what sounded.
//
// It needs gcc and ALSA's header files.
package testcard

import (
	"embed"
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

//go:embed module/card.c module/line.c module/control.c
var source embed.FS

// LineIn is the ALSA device into which the cable goes.
const LineIn = "linein"

// Kind is what sort of card it is. The zero Kind is one that takes what a
// station sends as it is.
type Kind struct {
	Drift    int  // its clock runs too fast by so many millionths
	Rate     int  // the only rate it takes; 0 means [player.Rate]
	Channels int  // the only number it takes; 0 means 1
	S16      bool // it takes samples of 16 bits, and no float32
	Cable    Cable
}

// Cable is what is between the card and its line-in. The zero Cable changes
// nothing.
type Cable struct {
	Delay time.Duration
	Gain  float64 // factor; 0 means 1, and a negative one swaps the poles
	Noise float64 // greatest sample of the white noise that is added
}

// Card is a virtual sound card with a clock of its own.
type Card struct {
	Config string // path of the ALSA configuration whose default device it is
	dir    string
	kind   Kind
}

// Build compiles the card in dir, an empty directory. It should be in memory,
// such as below /dev/shm, because a card that waits for a busy disk has
// underruns. Its clock runs too fast by drift millionths.
func Build(dir string, drift int) (*Card, error) { return Make(dir, Kind{Drift: drift}) }

// Make is [Build] for a card of some kind.
func Make(dir string, kind Kind) (*Card, error) {
	if kind.Rate == 0 {
		kind.Rate = player.Rate
	}
	if kind.Channels == 0 {
		kind.Channels = 1
	}
	if kind.Cable.Gain == 0 {
		kind.Cable.Gain = 1
	}
	c := &Card{Config: filepath.Join(dir, "asound.conf"), dir: dir, kind: kind}
	if err := c.compile(); err != nil {
		return nil, fmt.Errorf("test card: %w", err)
	}
	if err := os.WriteFile(c.Config, []byte(c.config()), 0o600); err != nil {
		return nil, fmt.Errorf("test card: %w", err)
	}
	return c, nil
}

// compile makes the module that ALSA loads.
func (c *Card) compile() error {
	arguments := []string{"-shared", "-fPIC", "-DPIC", "-O2", "-o", c.path("card.so")}
	for _, name := range []string{"card.c", "line.c", "control.c"} {
		code, err := source.ReadFile("module/" + name)
		if err != nil {
			return err
		}
		if err := os.WriteFile(c.path(name), code, 0o600); err != nil {
			return err
		}
		arguments = append(arguments, c.path(name))
	}
	if out, err := exec.Command("gcc", append(arguments, "-lasound")...).CombinedOutput(); err != nil {
		return fmt.Errorf("gcc: %w\n%s", err, out)
	}
	return nil
}

// config is the ALSA configuration of the card and its line-in.
func (c *Card) config() string {
	k, s16 := c.kind, 0
	if k.S16 {
		s16 = 1
	}
	both := fmt.Sprintf("capture %q clock %q unplugged %q rate %d drift %d",
		c.path("capture"), c.path("clock"), c.path("unplugged"), k.Rate, k.Drift)
	return fmt.Sprintf(`pcm_type.loatest { lib %[1]q }
pcm_type.loaline { lib %[1]q }
ctl_type.loatest { lib %[1]q }
pcm.!default { type plug slave.pcm { type loatest %[2]s frozen %[3]q denied %[4]q channels %[5]d s16 %[6]d } }
pcm.%[7]s { type plug slave.pcm { type loaline %[2]s pulled %[8]q delay %[9]f gain %[10]f noise %[11]f } }
ctl.!default { type loatest muted %[12]q unplugged %[13]q }
`, c.path("card.so"), both, c.path("frozen"), c.path("denied"), k.Channels, s16,
		LineIn, c.path("pulled"), k.Cable.Delay.Seconds()*1000, k.Cable.Gain, k.Cable.Noise,
		c.path("muted"), c.path("unplugged"))
}

// Control is the name of the card's one mixer control, as of amixer.
const Control = "Master"

// Muted reports whether that is switched off. It mutes nothing of what is kept.
func (c *Card) Muted() bool {
	_, err := os.Stat(c.path("muted"))
	return err == nil
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

// Deny makes opening the card fail for want of permission.
func (c *Card) Deny() error { return os.WriteFile(c.path("denied"), nil, 0o600) }

// Permit ends that.
func (c *Card) Permit() error { return os.Remove(c.path("denied")) }

// PullCable makes the line-in hear nothing but the noise.
func (c *Card) PullCable() error { return os.WriteFile(c.path("pulled"), nil, 0o600) }

// PutCable puts the cable back in.
func (c *Card) PutCable() error { return os.Remove(c.path("pulled")) }

// Stretch is what sounded from a start of the card to the next one without a
// pause. A card starts when it is opened and again after each underrun.
type Stretch struct {
	Start  time.Time // when its first frame was at the converter
	Frames []float32 // of its first channel, at its own rate
	rate   float64   // frames a second in truth
}

// At is when frame n of the stretch was at the converter.
func (s Stretch) At(n int) time.Time {
	return s.Start.Add(time.Duration(float64(n) / s.rate * 1e9))
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
	begin, rate := 0, float64(c.kind.Rate)*(1+float64(c.kind.Drift)*1e-6)
	for ; len(clock) >= 2; clock = clock[2:] {
		var index int
		var instant int64
		if _, err := fmt.Sscan(clock[0]+" "+clock[1], &index, &instant); err != nil || index < begin || index > len(frames) {
			return nil, fmt.Errorf("test card: its clock says %q %q of %d frames", clock[0], clock[1], len(frames))
		}
		if len(all) > 0 {
			all[len(all)-1].Frames = frames[begin:index]
		}
		all = append(all, Stretch{Start: time.Unix(0, instant), Frames: frames[index:], rate: rate})
		begin = index
	}
	return all, nil
}

func (c *Card) path(name string) string { return filepath.Join(c.dir, name) }
