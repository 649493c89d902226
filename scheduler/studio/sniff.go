package studio

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"os"
	"time"
)

// claim is what a container says of the audio in it.
type claim struct {
	kind     string        // the ffmpeg demuxer that reads it
	duration time.Duration // what should come out; 0 when the container does not say
	slack    time.Duration // how much less may come out: the codec's own padding
}

// inspect tells by its content what an upload is, and reads its container
// through to see whether it is whole. ffmpeg is not asked: it passes over most
// damage, a truncated MP3 for one, without an error.
func inspect(path string) (claim, error) {
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		return claim{}, err
	}
	defer f.Close()
	head, size, err := opening(f)
	if err != nil {
		return claim{}, err
	}
	switch {
	case size == 0:
		return claim{}, fmt.Errorf("%w: the file is empty (0 bytes): send it again", ErrNotAudio)
	case bytes.HasPrefix(head, []byte("RIFF")) && bytes.HasPrefix(head[min(8, len(head)):], []byte("WAVE")):
		return inspectWAV(f, size)
	case bytes.HasPrefix(head, []byte("OggS")):
		return inspectOgg(f)
	case bytes.HasPrefix(head[min(id3Length(head), len(head)):], []byte("fLaC")):
		return inspectFLAC(f, head)
	}
	return inspectMP3(f, size, head)
}

// openingBytes covers the headers of every kind, behind a modest ID3 tag.
const openingBytes = 64 << 10

// opening reads the first bytes of the file and its size, and goes back to the
// beginning.
func opening(f *os.File) ([]byte, int64, error) {
	info, err := f.Stat()
	if err != nil {
		return nil, 0, err
	}
	head := make([]byte, min(info.Size(), openingBytes))
	if _, err := io.ReadFull(f, head); err != nil {
		return nil, 0, err
	}
	_, err = f.Seek(0, io.SeekStart)
	return head, info.Size(), err
}

// notAudio refuses content by what it seems to be.
func notAudio(head []byte) error {
	return fmt.Errorf("%w: it is %s: send WAV, MP3, FLAC, Ogg Vorbis or Opus", ErrNotAudio, likeness(head))
}

// likeness names what people send in place of the five kinds, so that they
// know what to change in their recorder.
func likeness(head []byte) string {
	for _, k := range []struct {
		at          int
		magic, name string
	}{
		{4, "ftyp", "an M4A, MP4 or 3GP file"},
		{0, "#!AMR", "an AMR voice note"},
		{0, "#EXTM3U", "a playlist, with no sound of its own"},
		{0, "[playlist]", "a playlist, with no sound of its own"},
		{0, "\x1aE\xdf\xa3", "a WebM or Matroska file"},
		{0, "\x30\x26\xb2\x75", "a Windows Media file"},
		{0, "FORM", "an AIFF file"},
		{0, "RIFF", "an AVI or other RIFF file"},
		{0, "%PDF", "a PDF document"},
		{0, "PK\x03\x04", "an office document or ZIP archive"},
	} {
		if len(head) > k.at && bytes.HasPrefix(head[k.at:], []byte(k.magic)) {
			return k.name
		}
	}
	if !bytes.ContainsRune(head, 0) && len(bytes.ToValidUTF8(head, nil)) > len(head)*9/10 {
		return "a text"
	}
	return "of an unknown kind"
}

// id3Length is the length of the ID3v2 tag that head begins with, or 0.
func id3Length(head []byte) int {
	if len(head) < 10 || string(head[:3]) != "ID3" {
		return 0
	}
	n := 0
	for _, b := range head[6:10] {
		n = n<<7 | int(b&0x7f)
	}
	if head[5]&0x10 != 0 { // a footer repeats the header
		n += 10
	}
	return n + 10
}

// inspectFLAC reads the number of samples from the stream's first block; the
// frames carry checksums that ffmpeg verifies.
func inspectFLAC(f *os.File, head []byte) (claim, error) {
	info := head[id3Length(head):]
	if len(info) < 8+34 || info[4]&0x7f != 0 {
		return claim{}, damaged("its FLAC header is cut short")
	}
	bits := binary.BigEndian.Uint64(info[18:26])
	rate, total := int64(bits>>44), int64(bits&(1<<36-1))
	if rate == 0 {
		return claim{}, damaged("its FLAC header gives no sample rate")
	}
	return claim{kind: "flac", duration: span(total, rate), slack: 20 * time.Millisecond}, nil
}

// span is the time n samples take, or a year where it is more.
func span(n, rate int64) time.Duration {
	const year = 365 * 24 * time.Hour
	if n/rate > int64(year/time.Second) {
		return year
	}
	return time.Duration(n/rate)*time.Second + time.Duration(n%rate)*time.Second/time.Duration(rate)
}

// ended reports whether err is the end of the file, in the middle of something
// or not.
func ended(err error) bool { return errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) }
