package studio

import (
	"bytes"
	"encoding/binary"
	"math"
	"os/exec"
	"regexp"
	"strconv"
	"testing"
	"time"
)

// sine is a mono sine at so many dBFS, as the meter takes it.
func sine(hz, dbfs float64, d time.Duration) []byte {
	var b []byte
	peak := math.Pow(10, dbfs/20)
	for i := range int(d * Rate / time.Second) {
		x := peak * math.Sin(2*math.Pi*hz*float64(i)/Rate)
		b = binary.LittleEndian.AppendUint32(b, math.Float32bits(float32(x)))
	}
	return b
}

func metered(parts ...[]byte) Measurement {
	m := NewMeter()
	for _, p := range parts {
		m.Write(p)
	}
	return m.Result()
}

// The cases of EBU Tech 3341 are stereo, where the same sine in both channels
// counts twice: +3.01 LU. In one channel the sine is that much louder instead.
func TestLoudnessOfSines(t *testing.T) {
	t.Parallel()
	const both = 3.0103
	for _, c := range []struct {
		name  string
		parts [][]byte
		want  float64 // LUFS
	}{
		{"case 1: -23 dBFS in two channels is -23 LUFS", [][]byte{sine(1000, -23+both, 5*time.Second)}, -23},
		{"case 2: -33 dBFS is -33 LUFS", [][]byte{sine(1000, -33+both, 5*time.Second)}, -33},
		{"case 4: quiet falls to the relative gate, very quiet to the absolute one", [][]byte{
			sine(1000, -72+both, 3*time.Second), sine(1000, -36+both, 3*time.Second), sine(1000, -23+both, 20*time.Second),
			sine(1000, -36+both, 3*time.Second), sine(1000, -72+both, 3*time.Second)}, -23},
		{"full scale in one channel is -3.01 LUFS", [][]byte{sine(997, 0, 2*time.Second)}, -3.01},
		{"shorter than one block: as loud as it is", [][]byte{sine(1000, -20, 200*time.Millisecond)}, -23.01},
	} {
		if got := metered(c.parts...).Loudness; math.Abs(got-c.want) > 0.1 {
			t.Errorf("%s: %.2f LUFS, want %.2f", c.name, got, c.want)
		}
	}
}

func TestNothingIsNotLoud(t *testing.T) {
	for name, b := range map[string][]byte{"no samples": nil, "zeros": make([]byte, 4*Rate), "a sample cut in two": {0, 0}} {
		if m := metered(b); !math.IsInf(m.Loudness, -1) || !math.IsInf(m.Peak, -1) {
			t.Errorf("%s: %+v", name, m)
		}
	}
}

func TestMeterCountsWhatIsNotANumber(t *testing.T) {
	b := binary.LittleEndian.AppendUint32(sine(440, -20, time.Second), math.Float32bits(float32(math.NaN())))
	if m := metered(b); m.Broken != 1 || m.Frames != Rate+1 || math.IsNaN(m.Loudness) {
		t.Errorf("%+v", m)
	}
}

func TestMeterDoesNotMindHowItIsWrittenTo(t *testing.T) {
	b := sine(440, -20, time.Second)
	want := metered(b)
	m := NewMeter()
	for i := 0; i < len(b); i += 4099 { // never on a sample's edge for long
		m.Write(b[i:min(i+4099, len(b))])
	}
	if got := m.Result(); got != want {
		t.Errorf("%+v in pieces, %+v whole", got, want)
	}
}

// A quarter of the rate, half way between the samples: no sample is higher than
// 0.707, and the curve through them reaches 1.
func TestTruePeakLiesBetweenSamples(t *testing.T) {
	p := newTruePeak()
	var run []float64
	for i := range 2000 {
		run = append(run, math.Sin(math.Pi/2*float64(i)+math.Pi/4)*hann(float64(i)/1000-1))
	}
	p.look(run)
	if db := 20 * math.Log10(p.highest); math.Abs(db) > 0.1 {
		t.Errorf("%.2f dBTP, want 0", db)
	}
}

// The other meter is ffmpeg's, which shares nothing with ours.
func TestMeterAgreesWithFFmpeg(t *testing.T) {
	t.Parallel()
	for name, in := range map[string][]byte{
		"tone":   made(t, "a.wav", source("sine=440:r=48000:d=2")...),
		"pulses": tone(t, "b.wav"),
		"noise":  made(t, "c.wav", source("anoisesrc=c=pink:r=48000:a=0.4:d=3:seed=7")...),
		"bursts": made(t, "d.wav", source("aevalsrc='0.5*sin(2*PI*1000*t)*gt(sin(PI*t/2),0)':s=48000:d=6")...),
		"speech": made(t, "e.wav", "-i", onFile(t, spoken(t)), "-ar", "48000"),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			path := onFile(t, in)
			raw, err := exec.Command("ffmpeg", "-v", "error", "-i", path, "-ac", "1", "-f", "f32le", "-").Output()
			if err != nil {
				t.Fatal(err)
			}
			got := metered(raw)
			loud, peak := ebur128(t, path)
			t.Logf("loudness %.2f, ffmpeg %.2f; peak %.2f, ffmpeg %.2f", got.Loudness, loud, got.Peak, peak)
			if math.Abs(got.Loudness-loud) > 0.1 {
				t.Errorf("loudness %.2f LUFS, ffmpeg says %.2f", got.Loudness, loud)
			}
			if math.Abs(got.Peak-peak) > 0.2 {
				t.Errorf("true peak %.2f dBTP, ffmpeg says %.2f", got.Peak, peak)
			}
		})
	}
}

// ebur128 is what ffmpeg's meter says, to the tenth it prints.
func ebur128(t *testing.T, path string) (loud, peak float64) {
	t.Helper()
	out, err := exec.Command("ffmpeg", "-hide_banner", "-nostdin", "-nostats", "-i", path, "-af", "ebur128=peak=true:framelog=verbose", "-f", "null", "-").CombinedOutput()
	if err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	out = out[bytes.LastIndex(out, []byte("Summary:")):]
	return figure(t, out, `I:\s+(-?[\d.]+) LUFS`), figure(t, out, `Peak:\s+(-?[\d.]+) dBFS`)
}

func figure(t *testing.T, out []byte, pattern string) float64 {
	t.Helper()
	m := regexp.MustCompile(pattern).FindSubmatch(out)
	if m == nil {
		t.Fatalf("no %s in %s", pattern, out)
	}
	v, err := strconv.ParseFloat(string(m[1]), 64)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func BenchmarkMeter(b *testing.B) {
	in := sine(440, -20, time.Minute)
	b.SetBytes(int64(len(in)))
	for b.Loop() {
		metered(in)
	}
}
