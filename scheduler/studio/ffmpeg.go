package studio

import (
	"context"
	"io"
	"math"
	"strconv"
)

// ffmpegTask is one run of ffmpeg. Its environment is empty but for the locale:
// ffmpeg takes settings from it (FFREPORT writes a file).
func (s *Studio) ffmpegTask(args []string, out io.Writer) task {
	argv := append([]string{s.ffmpeg, "-hide_banner", "-nostdin", "-loglevel", "error"}, args...)
	return task{argv: argv, env: []string{"LC_ALL=C.UTF-8"}, out: out}
}

// input is the part of the command line that opens path as the given kind and
// nothing else: the demuxer is named, so content cannot choose another (a
// playlist that names files or addresses, for one), and no protocol but a plain
// file is allowed. Any error in the audio ends the run.
func input(kind, path string) []string {
	return []string{
		"-protocol_whitelist", "file,pipe", "-max_alloc", "268435456",
		"-xerror", "-err_detect", "crccheck+explode", "-threads", "1",
		"-f", kind, "-i", "file:" + path,
		"-map", "0:a:0", "-vn", "-sn", "-dn", "-map_metadata", "-1", "-map_chapters", "-1",
	}
}

// onAirShape brings decoded audio to the on-air rate and to one channel, the
// mean of what there were.
const onAirShape = "aresample=48000,aformat=sample_fmts=flt:channel_layouts=mono"

// measure decodes path and measures it. It stops a second after the longest
// permitted duration, so an endless or explosive file costs no more than that.
func (s *Studio) measure(ctx context.Context, kind, path string) (Measurement, error) {
	bound := s.set.MaxDuration.Seconds() + 1
	args := append(input(kind, path),
		"-t", decimal(bound), "-af", onAirShape, "-c:a", "pcm_f32le", "-f", "f32le", "pipe:1")
	meter := NewMeter()
	err := s.ffmpegTask(args, meter).run(ctx)
	return meter.Result(), err
}

// level is what is done to an item's samples on the way to air.
type level struct {
	gain    float64 // dB
	ceiling float64 // dBFS; the limiter's bound
	limit   bool    // whether the limiter is in the path at all
}

// filter is the level as ffmpeg filters. The limiter works at four times the
// rate, where a sample's peak is nearly the true peak. The last filter numbers
// the samples anew: an upload's own timestamps may jump, and the encoder would
// write a length from them that its samples do not have.
func (l level) filter() string {
	f := onAirShape + ",volume=" + decimal(l.gain) + "dB:precision=float"
	if l.limit {
		bound := math.Pow(10, l.ceiling/20)
		f += ",aresample=192000,alimiter=limit=" + decimal(bound) + ":level=0:attack=5:release=80:latency=1,aresample=48000"
	}
	return f + ",asetpts=N/SR/TB"
}

// encode writes the on-air file to. Nothing in it depends on the clock, on
// chance or on the upload's metadata: bitexact fixes the stream's serial number
// and the encoder's name.
func (s *Studio) encode(ctx context.Context, kind, from string, l level, to string) error {
	application := "voip"
	if s.set.Bitrate >= 48000 {
		application = "audio"
	}
	args := append(input(kind, from), "-af", l.filter(), "-ac", "1", "-ar", "48000",
		"-c:a", "libopus", "-b:a", strconv.Itoa(s.set.Bitrate), "-vbr", "on", "-application", application,
		"-flags:a", "+bitexact", "-fflags", "+bitexact", "-f", "opus", "-y", "file:"+to)
	return s.ffmpegTask(args, nil).run(ctx)
}

// decimal writes a number the way ffmpeg reads it.
func decimal(v float64) string { return strconv.FormatFloat(v, 'f', 4, 64) }
