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

// TestWhatSoundsIsCaptured plays a steadily rising ramp while ALSA's own
// recorder captures from the cable, then once more with the cable pulled out.
func TestWhatSoundsIsCaptured(t *testing.T) {
	card, err := testcard.Make(t.TempDir(), testcard.Kind{Cable: testcard.Cable{Delay: 150 * time.Millisecond, Gain: -0.5}})
	if err != nil {
		t.Fatal(err)
	}
	got := captureRamp(t, card)
	first, last := edges(got)
	if first < 0 || last-first < 23000 || last-first > 24100 {
		t.Fatalf("the ramp is at %d…%d of %d frames", first, last, len(got))
	}
	for i := first; i < last; i++ {
		if step := got[i] - got[i+1]; math.Abs(float64(step)-0.5/24000) > 1e-5 {
			t.Fatalf("frame %d is %v, the next one %v", i, got[i], got[i+1])
		}
	}
	if err := card.PullCable(); err != nil {
		t.Fatal(err)
	}
	if first, _ := edges(captureRamp(t, card)); first >= 0 {
		t.Error("it hears without a cable")
	}
	if err := card.PutCable(); err != nil {
		t.Fatal(err)
	}
}

// captureRamp is what is captured in two seconds in which a ramp of half a
// second is played.
func captureRamp(t *testing.T, card *testcard.Card) (got []float32) {
	t.Helper()
	var sent, captured bytes.Buffer
	for i := range 24000 {
		_ = binary.Write(&sent, binary.LittleEndian, float32(i+1)/24000)
	}
	record := exec.Command("arecord", "-q", "-D", testcard.LineIn, "-t", "raw", "-f", "FLOAT_LE", "-r", "48000", "-c", "1", "-d", "2")
	record.Env, record.Stdout, record.Stderr = append(os.Environ(), card.Env()...), &captured, os.Stderr
	if err := record.Start(); err != nil {
		t.Fatal(err)
	}
	play := exec.Command("aplay", "-q", "-f", "FLOAT_LE", "-r", "48000", "-c", "1")
	play.Env, play.Stdin = append(os.Environ(), card.Env()...), &sent
	if out, err := play.CombinedOutput(); err != nil {
		t.Fatalf("aplay: %v\n%s", err, out)
	}
	if err := record.Wait(); err != nil {
		t.Fatal(err)
	}
	got = make([]float32, captured.Len()/4)
	if err := binary.Read(&captured, binary.LittleEndian, got); err != nil {
		t.Fatal(err)
	}
	return got
}

// edges are the first and the last frame that is not silent, or -1.
func edges(frames []float32) (first, last int) {
	first = -1
	for i, x := range frames {
		if x != 0 {
			last = i
			if first < 0 {
				first = i
			}
		}
	}
	return first, last
}

// TestOnlyItsOwnRateAndFormat opens cards of several kinds with the one format
// they take, and then with another.
func TestOnlyItsOwnRateAndFormat(t *testing.T) {
	cases := []struct {
		kind  testcard.Kind
		takes []string // arguments of aplay, through no converter
	}{
		{testcard.Kind{}, []string{"FLOAT_LE", "48000", "1"}},
		{testcard.Kind{Rate: 44100, Channels: 2, S16: true}, []string{"S16_LE", "44100", "2"}},
		{testcard.Kind{Rate: 16000, S16: true}, []string{"S16_LE", "16000", "1"}},
	}
	for i, c := range cases {
		card, err := testcard.Make(t.TempDir(), c.kind)
		if err != nil {
			t.Fatal(err)
		}
		for j, other := range cases {
			err := playRaw(card, other.takes)
			if taken := err == nil; taken != (i == j) {
				t.Errorf("%+v plays %v: %v", c.kind, other.takes, err)
			}
		}
	}
}

// playRaw plays a tenth of a second past ALSA's converters.
func playRaw(card *testcard.Card, format []string) error {
	play := exec.Command("aplay", "-q", "--disable-resample", "--disable-format", "--disable-channels",
		"-t", "raw", "-f", format[0], "-r", format[1], "-c", format[2])
	play.Env, play.Stdin = append(os.Environ(), card.Env()...), bytes.NewReader(make([]byte, 19200))
	return play.Run()
}
