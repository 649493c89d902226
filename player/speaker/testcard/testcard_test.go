package testcard_test

import (
	"bytes"
	"encoding/binary"
	"math"
	"os"
	"os/exec"
	"testing"
	"time"

	"loaphuong/player/speaker/testcard"
)

// TestAnotherProgramPlaysOnIt plays half a second with ALSA's own player on a
// card that is a quarter too fast.
func TestAnotherProgramPlaysOnIt(t *testing.T) {
	card, err := testcard.Build(t.TempDir(), 250_000)
	if err != nil {
		t.Fatal(err)
	}
	var sent bytes.Buffer
	for i := range 24000 {
		_ = binary.Write(&sent, binary.LittleEndian, math.Float32bits(float32(i+1)/24000))
	}
	begun := time.Now()
	play := exec.Command("aplay", "-q", "-f", "FLOAT_LE", "-r", "48000", "-c", "1")
	play.Env, play.Stdin = append(os.Environ(), card.Env()...), &sent
	if out, err := play.CombinedOutput(); err != nil {
		t.Fatalf("aplay: %v\n%s", err, out)
	}
	heard, err := card.Heard()
	if err != nil || len(heard) == 0 {
		t.Fatalf("%d stretches, %v", len(heard), err)
	}
	s := heard[0]
	if s.Start.Before(begun) || s.Start.After(time.Now()) {
		t.Errorf("it started at %v, not between %v and now", s.Start, begun)
	}
	if long := s.At(24000).Sub(s.Start); long != 400*time.Millisecond {
		t.Errorf("24000 frames take %v, want 400ms", long)
	}
	if len(heard) == 1 && len(s.Frames) < 24000 {
		t.Errorf("%d frames heard, want all 24000", len(s.Frames))
	}
	for i := range min(len(s.Frames), 24000) {
		if s.Frames[i] != float32(i+1)/24000 {
			t.Fatalf("frame %d is %v", i, s.Frames[i])
		}
	}
}

func TestUnpluggedItCannotBeOpened(t *testing.T) {
	card, err := testcard.Build(t.TempDir(), 0)
	if err != nil {
		t.Fatal(err)
	}
	if err := card.Unplug(); err != nil {
		t.Fatal(err)
	}
	play := exec.Command("aplay", "-q", "-d", "1", "/dev/zero")
	play.Env = append(os.Environ(), card.Env()...)
	if play.Run() == nil {
		t.Error("aplay opened a card that is not there")
	}
	if err := card.Plug(); err != nil {
		t.Error(err)
	}
	if heard, err := card.Heard(); err != nil || len(heard) != 0 {
		t.Errorf("heard %v, %v", heard, err)
	}
}
