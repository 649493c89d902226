package studio

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"io"
	"math"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"testing/iotest"
	"time"

	"github.com/tphakala/go-opus/oggopus"

	"loaphuong/scheduler"
)

// frames decodes an on-air file with the decoder the stations use, which shares
// nothing with ffmpeg.
func frames(t *testing.T, r io.Reader) int64 {
	t.Helper()
	dec, err := oggopus.NewDecoder(r)
	if err != nil {
		t.Fatal(err)
	}
	n, err := io.Copy(io.Discard, dec)
	if err != nil {
		t.Fatal(err)
	}
	return n / 2
}

// checkStored holds a against the file it describes.
func checkStored(t *testing.T, s *Studio, a Audio) {
	t.Helper()
	f, size, err := s.Open(a.Digest)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	b, _ := io.ReadAll(f)
	if scheduler.DigestOf(b) != a.Digest || size != a.Size || int64(len(b)) != size {
		t.Errorf("stored %d bytes, opened as %d, described as %d", len(b), size, a.Size)
	}
	if n := frames(t, bytes.NewReader(b)); a.Duration != time.Duration(n)*time.Second/Rate {
		t.Errorf("lasts %s, a station decodes %d frames", a.Duration, n)
	}
	loud, peak := ebur128(t, onFile(t, b))
	if math.Abs(loud-s.set.Target) > 1 || math.Abs(loud-a.Loudness) > 0.15 {
		t.Errorf("ffmpeg hears %.1f LUFS, we said %.2f, target %g", loud, a.Loudness, s.set.Target)
	}
	if peak > s.set.TruePeak+0.1 || a.Peak > s.set.TruePeak {
		t.Errorf("ffmpeg sees a peak of %.1f dBTP, we said %.2f", peak, a.Peak)
	}
}

func TestEveryKindComesIn(t *testing.T) {
	t.Parallel()
	picture := []string{"-f", "lavfi", "-i", "color=red:s=16x16:d=0.04:r=25", "-map", "0", "-map", "1", "-c:v", "mjpeg", "-frames:v", "1", "-disposition:v", "attached_pic"}
	for name, in := range map[string][]byte{
		"a.wav":                           tone(t, "a.wav"),
		"16 kHz stereo.wav":               tone(t, "a.wav", "-ar", "16000", "-ac", "2"),
		"float.wav":                       tone(t, "a.wav", "-c:a", "pcm_f32le", "-ar", "44100"),
		"telephone A-law.wav":             tone(t, "a.wav", "-c:a", "pcm_alaw", "-ar", "8000"),
		"a.mp3":                           tone(t, "a.mp3", "-b:a", "64k"),
		"low rate MPEG-2.mp3":             tone(t, "a.mp3", "-ar", "22050", "-b:a", "24k"),
		"8 kHz MPEG-2.5.mp3":              tone(t, "a.mp3", "-ar", "8000", "-b:a", "16k"),
		"no frame count.mp3":              tone(t, "a.mp3", "-write_xing", "0", "-write_id3v1", "1"),
		"variable rate and a picture.mp3": tone(t, "a.mp3", append(picture, "-q:a", "4")...),
		"a.flac":                          tone(t, "a.flac"),
		"vorbis.ogg":                      tone(t, "a.ogg", "-c:a", "libvorbis", "-ar", "44100"),
		"a.opus":                          tone(t, "a.opus", "-c:a", "libopus", "-b:a", "48k"),
		"wrongly named song.txt":          tone(t, "a.mp3"),
		"unknown tag.mp3":                 append(tone(t, "a.mp3"), "somebody's own tag at the end"...),
		"joined.mp3":                      append(tone(t, "a.mp3", "-t", "1"), tone(t, "a.mp3", "-t", "1")...),
		"joined.ogg":                      append(tone(t, "a.ogg", "-c:a", "libvorbis", "-t", "1"), tone(t, "a.ogg", "-c:a", "libvorbis", "-t", "1")...),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := open(t, nil)
			a, err := s.Intake(t.Context(), `C:\Users\me\`+name, iotest.HalfReader(bytes.NewReader(in)))
			if err != nil {
				t.Fatal(err)
			}
			if a.Source != "upload:"+name {
				t.Errorf("source %q", a.Source)
			}
			slack := 30 * time.Millisecond
			if name == "no frame count.mp3" || name == "joined.mp3" { // nothing says how much padding there is at every end
				slack = 80 * time.Millisecond
			}
			if d := (a.Duration - 2*time.Second).Abs(); d > slack {
				t.Errorf("lasts %s, want 2s", a.Duration)
			}
			checkStored(t, s, a)
			left(t, s, 1)
		})
	}
}

func TestTheSameAudioIsStoredOnce(t *testing.T) {
	t.Parallel()
	s := open(t, nil)
	wav := tone(t, "a.wav")
	flac := made(t, "a.flac", "-i", onFile(t, wav), "-metadata", "title=another")
	ins := [][]byte{wav, wav, flac}
	seen := make([]Audio, len(ins))
	var all sync.WaitGroup
	for i, in := range ins {
		all.Go(func() {
			var err error
			if seen[i], err = s.Intake(t.Context(), "a", bytes.NewReader(in)); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	if seen[0] != seen[1] || seen[0] != seen[2] {
		t.Errorf("the same became %+v", seen)
	}
	left(t, s, 1)
}

func TestLoudAndQuietMeetAtTheTarget(t *testing.T) {
	t.Parallel()
	voice := onFile(t, spoken(t))
	for name, filter := range map[string]string{
		"whispered":         "volume=-30dB",
		"shouted":           "volume=12dB,alimiter=limit=1:level=0",
		"loud then quiet":   "volume='if(lt(t,2),1,0.03)':eval=frame",
		"peaks all over it": "acompressor=ratio=1,volume=6dB,asoftclip",
		"a blink":           "atrim=0.5:0.7",
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := open(t, nil)
			a, err := s.Intake(t.Context(), name, bytes.NewReader(made(t, "a.wav", "-i", voice, "-af", filter)))
			if err != nil {
				t.Fatal(err)
			}
			t.Logf("%s at %.2f LUFS, %.2f dBTP", a.Duration, a.Loudness, a.Peak)
			if math.Abs(a.Loudness-s.set.Target) > tolerance || a.Peak > s.set.TruePeak {
				t.Errorf("%+v", a)
			}
		})
	}
}

// half is the first part of b, cut where no frame ends.
func half(b []byte) []byte { return b[:len(b)/2+100] }

// half2 is b and then a part of b.
func half2(b []byte) []byte { return append(bytes.Clone(b), half(b)...) }

// holed is b with a stretch in the middle replaced.
func holed(b []byte) []byte {
	b = bytes.Clone(b)
	copy(b[len(b)/2:], bytes.Repeat([]byte("hole"), 100))
	return b
}

// claiming is a WAV file with another size of its sound in its header.
func claiming(wav []byte, size uint32) []byte {
	wav = bytes.Clone(wav)
	binary.LittleEndian.PutUint32(wav[bytes.Index(wav, []byte("data"))+4:], size)
	return wav
}

// wholeFrames is the first part of an MP3 file, cut where a frame ends.
func wholeFrames(b []byte) []byte {
	n := id3Length(b)
	for n < len(b)/2 {
		f, _ := mp3Header(b[n:])
		n += f.length
	}
	return b[:n]
}

func TestWhatIsNotFitIsRefused(t *testing.T) {
	t.Parallel()
	wav, mp3, flac := tone(t, "a.wav", "-bitexact"), tone(t, "a.mp3"), tone(t, "a.flac")
	bare := tone(t, "a.mp3", "-write_xing", "0", "-id3v2_version", "0")
	ogg, opus := tone(t, "a.ogg", "-c:a", "libvorbis"), tone(t, "a.opus", "-c:a", "libopus")
	nan := made(t, "a.wav", append(source("aevalsrc=0/0:d=1"), "-c:a", "pcm_f32le")...)
	for _, c := range []struct {
		name string
		in   []byte
		want error
		says string
	}{
		{"empty.mp3", nil, ErrNotAudio, "0 bytes"},
		{"letter.mp3", []byte(strings.Repeat("Thông báo lịch tiêm chủng. ", 50)), ErrNotAudio, "a text"},
		{"playlist.mp3", []byte("#EXTM3U\n#EXTINF:5,\nfile:///etc/passwd\n"), ErrNotAudio, "a playlist"},
		{"stream.m3u8", []byte("#EXTM3U\n#EXT-X-TARGETDURATION:5\n#EXTINF:5,\nhttp://127.0.0.1:9/a.ts\n"), ErrNotAudio, "a playlist"},
		{"list.wav", []byte("ffconcat version 1.0\nfile /etc/passwd\n"), ErrNotAudio, "a text"},
		{"phone.m4a", tone(t, "a.m4a"), ErrNotAudio, "M4A"},
		{"film.ogg", made(t, "a.ogv", append(source("testsrc=d=1:s=64x64"), "-c:v", "libtheora")...), ErrNotAudio, "Theora"},
		{"film.mp3", made(t, "a.webm", append(source("testsrc=d=1:s=64x64"), "-c:v", "libvpx")...), ErrNotAudio, "WebM"},
		{"noise.mp3", made(t, "a.raw", append(source("anoisesrc=d=1:seed=3"), "-f", "s16le")...), ErrNotAudio, "unknown kind"},
		{"cut.mp3", half(mp3), ErrDamaged, "in the middle of its last frame"},
		{"cut where a frame ends.mp3", wholeFrames(mp3), ErrDamaged, "frames of the MP3"},
		{"cut, no count.mp3", half(bare), ErrDamaged, "in the middle of its last frame"},
		{"cut in its second part.mp3", half2(mp3), ErrDamaged, "in the middle of its last frame"},
		{"holed.mp3", holed(bare), ErrDamaged, "something else than sound"},
		{"cut.flac", half(flac), ErrDamaged, "send the whole file"},
		{"holed.flac", holed(flac), ErrDamaged, "cannot be decoded"},
		{"head.flac", flac[:20], ErrDamaged, "cut short"},
		{"cut.ogg", half(ogg), ErrDamaged, "in the middle of the page"},
		{"holed.ogg", holed(ogg), ErrDamaged, "checksum"},
		{"cut.opus", half(opus), ErrDamaged, "in the middle of the page"},
		{"no beginning.ogg", ogg[bytes.LastIndex(ogg, []byte("OggS")):], ErrDamaged, "beginning"},
		{"cut.wav", half(wav), ErrDamaged, "bytes of sound"},
		{"huge.wav", claiming(wav, 0x40000000), ErrDamaged, "should hold 1073741824"},
		{"unfinished.wav", claiming(wav, 0), ErrDamaged, "did not finish"},
		{"header only.wav", claiming(wav, 0)[:44], ErrDamaged, "no sound after it"},
		{"half a header.wav", wav[:30], ErrDamaged, "cut short"},
		{"nan.wav", nan, ErrDamaged, "not numbers"},
		{"silence.wav", made(t, "a.wav", source("anullsrc=d=2")...), ErrSilent, "nothing can be heard"},
		{"hiss.wav", made(t, "a.wav", source("anoisesrc=a=0.0005:d=2:seed=3")...), ErrSilent, "nothing can be heard"},
		{"long.wav", made(t, "a.wav", append(source("sine=d=10"), "-ar", "8000")...), ErrTooLong, "more than 8s"},
		{"long.opus", made(t, "a.opus", append(source("sine=d=10"), "-c:a", "libopus", "-b:a", "8k")...), ErrTooLong, "more than 8s"},
		{"big.wav", make([]byte, 8<<20+1), ErrTooBig, "more than 8 MB"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			s := open(t, func(s *Settings) { s.MaxBytes = 8 << 20 })
			a, err := s.Intake(t.Context(), c.name, bytes.NewReader(c.in))
			if !errors.Is(err, c.want) || !strings.Contains(err.Error(), c.says) || !strings.Contains(err.Error(), c.name) {
				t.Errorf("error %q, want %q and the words %q", err, c.want, c.says)
			}
			if a != (Audio{}) {
				t.Errorf("came in as %+v", a)
			}
			left(t, s, 0)
		})
	}
}

// A rare bang 50 dB over the voice: to make the voice loud enough one would
// have to cut the bang to nothing.
func TestWhatCannotBeLevelledIsRefused(t *testing.T) {
	t.Parallel()
	s := open(t, nil)
	in := made(t, "a.wav", source("aevalsrc='0.99*lt(mod(t,1),0.0002)':s=48000:d=2")...)
	if _, err := s.Intake(t.Context(), "bangs.wav", bytes.NewReader(in)); !errors.Is(err, ErrLoudness) {
		t.Errorf("error %v", err)
	}
	left(t, s, 0)
}

// A program that writes to a pipe does not know the length; that is not damage.
func TestStreamedWAVIsWhole(t *testing.T) {
	wav := tone(t, "a.wav", "-bitexact")
	for _, size := range []uint32{0x7ffff000, 0x7fffffff, 0x80000000, 0xffffffff} {
		path := onFile(t, append(claiming(wav, size), 0)) // and half a sample
		if c, err := inspect(path); err != nil || c.duration != 2*time.Second {
			t.Errorf("%#x: lasts %s, error %v", size, c.duration, err)
		}
		if b := read(t, path); !bytes.Equal(b, wav) {
			t.Errorf("%#x: the header was not put right", size)
		}
	}
}

func TestABrokenUploadLeavesNothing(t *testing.T) {
	s := open(t, nil)
	r := io.MultiReader(bytes.NewReader(make([]byte, 1000)), iotest.ErrReader(io.ErrUnexpectedEOF))
	if _, err := s.Intake(t.Context(), "a.wav", r); !errors.Is(err, io.ErrUnexpectedEOF) {
		t.Errorf("error %v", err)
	}
	left(t, s, 0)
}

func TestNamesAreMadeHarmless(t *testing.T) {
	for in, want := range map[string]string{
		"../../etc/passwd":       "passwd",
		`C:\bản tin\sáng.mp3`:    "sáng.mp3",
		"a\x1b[31m\nb.wav":       "a [31m b.wav",
		"\xff.wav":               "?.wav",
		"dir/":                   "unnamed",
		strings.Repeat("đ", 500): strings.Repeat("đ", 120),
		"right\u202eto-left.wav": "right to-left.wav",
	} {
		if got := cleanName(in); got != want {
			t.Errorf("%q became %q, want %q", in, got, want)
		}
	}
}

func TestCancelledIntakeSaysSo(t *testing.T) {
	s := open(t, nil)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := s.Intake(ctx, "a.wav", bytes.NewReader(tone(t, "a.wav"))); !errors.Is(err, context.Canceled) || errors.Is(err, ErrDamaged) {
		t.Errorf("error %v", err)
	}
	left(t, s, 0)
}

// Cancelled while ffmpeg writes the on-air file.
func TestCancelStopsFFmpeg(t *testing.T) {
	t.Parallel()
	s := open(t, func(s *Settings) { s.MaxDuration = time.Minute })
	in := made(t, "a.wav", append(source("sine=d=15"), "-ar", "8000", "-c:a", "pcm_u8")...)
	started := func() bool {
		found, _ := filepath.Glob(filepath.Join(s.set.Dir, takePrefix+"*", "onair"))
		return len(found) > 0
	}
	if _, err := s.Intake(until(t, started), "a.wav", bytes.NewReader(in)); !errors.Is(err, context.Canceled) {
		t.Errorf("error %v", err)
	}
	left(t, s, 0)
	running, _ := filepath.Glob("/proc/[0-9]*/cmdline")
	for _, p := range running {
		if line, _ := os.ReadFile(p); bytes.Contains(line, []byte(s.set.Dir)) {
			t.Errorf("%s is still there: %q", p, line)
		}
	}
}

func TestTimeoutSaysHowLong(t *testing.T) {
	s := open(t, func(s *Settings) { s.Timeout = time.Millisecond })
	_, err := s.Intake(t.Context(), "a.wav", bytes.NewReader(tone(t, "a.wav")))
	if !errors.Is(err, context.DeadlineExceeded) || !strings.Contains(err.Error(), "within 1ms") {
		t.Errorf("error %v", err)
	}
	left(t, s, 0)
}
