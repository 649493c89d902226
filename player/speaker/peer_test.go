package speaker_test

import (
	"bytes"
	"encoding/binary"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"
)

// BenchmarkPeerStartError measures the same of a timer that starts aplay at the
// instant, which is what a cron job does: 20 starts on the same card.
func BenchmarkPeerStartError(b *testing.B) {
	file := filepath.Join(b.TempDir(), "chirp.raw")
	if err := os.WriteFile(file, chirpRaw(4800), 0o600); err != nil {
		b.Fatal(err)
	}
	var slips []time.Duration
	for b.Loop() {
		begun := time.Now()
		var starts []time.Time
		for range 20 {
			start := time.Now().Add(300 * time.Millisecond)
			<-time.After(time.Until(start))
			if said, err := exec.Command("aplay", "-q", "-t", "raw", "-f", "FLOAT_LE", "-r", "48000", "-c", "1", file).CombinedOutput(); err != nil {
				b.Fatalf("aplay: %v: %s", err, said)
			}
			starts = append(starts, start)
		}
		all := heard(b, begun)
		for _, start := range starts {
			slips = append(slips, nearest(all, start))
		}
	}
	report(b, slips)
}

// chirpRaw is the sound of the other benchmark in the card's own format.
func chirpRaw(frames int) []byte {
	var raw bytes.Buffer
	for i := range frames {
		binary.Write(&raw, binary.LittleEndian, chirpAt(i))
	}
	return raw.Bytes()
}
