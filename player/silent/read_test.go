package silent

import (
	"encoding/binary"
	"fmt"
	"math"
	"os"
	"testing"
	"time"

	"loaphuong/player"
)

// wave is a Broadcast Wave file as a reader sees it that trusts only its sizes.
type wave struct {
	start   time.Time
	samples []int16
}

// readWave reads a file by its chunks; the sizes must fit the file.
func readWave(t *testing.T, path string) wave {
	t.Helper()
	file, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	w, err := parseWave(file)
	if err != nil {
		t.Fatalf("%s: %v", path, err)
	}
	return w
}

func parseWave(file []byte) (w wave, err error) {
	if len(file) < 12 || string(file[:4]) != "RIFF" || string(file[8:12]) != "WAVE" {
		return w, fmt.Errorf("%d bytes are no Wave file", len(file))
	}
	size := int(binary.LittleEndian.Uint32(file[4:]))
	if size < 4 || size > len(file)-8 {
		return w, fmt.Errorf("RIFF of %d bytes in a file of %d", size, len(file))
	}
	for rest := file[12 : 8+size]; len(rest) >= 8; {
		id, size := string(rest[:4]), int(binary.LittleEndian.Uint32(rest[4:]))
		if size > len(rest)-8 {
			return w, fmt.Errorf("chunk %q of %d bytes with %d left", id, size, len(rest)-8)
		}
		body := rest[8 : 8+size]
		rest = rest[8+size:]
		switch id {
		case "bext":
			w.start, err = startOf(body)
		case "data":
			for ; len(body) >= 2; body = body[2:] {
				w.samples = append(w.samples, int16(binary.LittleEndian.Uint16(body)))
			}
		}
		if err != nil {
			return w, err
		}
	}
	return w, nil
}

// startOf is the instant of sample 0; its date and time and its time reference
// must agree.
func startOf(bext []byte) (time.Time, error) {
	stamp := string(bext[320:330]) + " " + string(bext[330:338])
	whole, err := time.Parse("2006-01-02 15:04:05", stamp)
	if err != nil {
		return whole, err
	}
	midnight := whole.Truncate(24 * time.Hour)
	start := midnight.Add(player.Duration(int64(binary.LittleEndian.Uint64(bext[338:]))))
	if start.Sub(whole) >= time.Second || start.Before(whole.Add(-time.Millisecond)) {
		return start, fmt.Errorf("time %s with a time reference of %v", stamp, start)
	}
	return start, nil
}

// first is the first sample that is not silence, -1 for none.
func (w wave) first() int {
	for i, s := range w.samples {
		if s != 0 {
			return i
		}
	}
	return -1
}

// level is the sample of a float32 one.
func level(f float64) int16 { return int16(math.Round(f * math.MaxInt16)) }
