package studio

import (
	"bufio"
	"bytes"
	"encoding/binary"
	"io"
	"os"
	"time"
)

// mp3Frame is what the four bytes before each frame say.
type mp3Frame struct {
	length  int   // bytes, header included
	samples int64 // a channel
	rate    int64
	side    int // bytes of side information between the header and the data
}

// mp3Header reads a frame's header; ok is false for anything but layer III with
// a stated bit rate.
func mp3Header(b []byte) (f mp3Frame, ok bool) {
	if len(b) < 4 || b[0] != 0xff || b[1]&0xe6 != 0xe2 {
		return f, false
	}
	version, index, rate := b[1]>>3&3, b[2]>>4, b[2]>>2&3
	if version == 1 || index == 0 || index == 15 || rate == 3 {
		return f, false
	}
	mono, padding := b[3]>>6 == 3, int(b[2]>>1&1)
	f.rate = []int64{44100, 48000, 32000}[rate]
	if version == 3 { // MPEG-1
		kbits := []int{0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320}[index]
		f.samples, f.side = 1152, pick(mono, 17, 32)
		f.length = 144000*kbits/int(f.rate) + padding
		return f, true
	}
	kbits := []int{0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160}[index]
	f.rate /= int64(pick(version == 2, 2, 4)) // MPEG-2, or 2.5
	f.samples, f.side = 576, pick(mono, 9, 17)
	f.length = 72000*kbits/int(f.rate) + padding
	return f, true
}

func pick(is bool, yes, no int) int {
	if is {
		return yes
	}
	return no
}

// mp3Walk is a walk through an MP3 file from frame to frame.
type mp3Walk struct {
	f        *os.File
	r        *bufio.Reader
	at, size int64
	end      int64 // of the last frame kept
	frames   int64
	claimed  int64 // frames the encoder says it wrote; 0 when it does not say
	duration time.Duration
	longest  time.Duration // frame
}

// inspectMP3 walks every frame. ffmpeg does not mind a file that ends early, so
// the walk is where that is noticed: in the last frame, or by the number of
// frames the encoder left in the first. On the other hand it takes a tag between
// frames for damage, so the walk leaves nothing but frames in our copy.
func inspectMP3(f *os.File, size int64, head []byte) (claim, error) {
	w := &mp3Walk{f: f, r: bufio.NewReaderSize(f, 8192), size: size}
	err := w.run()
	switch {
	case w.frames < 2: // one header is found in random bytes easily
		return claim{}, notAudio(head)
	case err != nil && w.complete(): // what follows the last frame is somebody's tag
	case err != nil:
		return claim{}, err
	case w.frames < w.claimed-1:
		return claim{}, damaged("%d of the %d frames of the MP3 file are missing", w.claimed-w.frames, w.claimed)
	}
	if err := f.Truncate(w.end); err != nil {
		return claim{}, err
	}
	// The decoder drops what encoder and decoder added at both ends.
	return claim{kind: "mp3", duration: w.duration, slack: 4 * w.longest}, nil
}

// complete reports whether the walk is just behind the last frame the encoder
// wrote. Encoders differ in whether they count the frame with the note.
func (w *mp3Walk) complete() bool {
	return w.claimed > 0 && (w.frames == w.claimed || w.frames == w.claimed-1)
}

// run walks to the end of the file, or to damage.
func (w *mp3Walk) run() error {
	for w.at < w.size {
		b, err := w.r.Peek(int(min(w.size-w.at, 200)))
		if err != nil {
			return err
		}
		if n := mp3Tag(b, w.size-w.at); n > 0 {
			if err := w.skip(n); err != nil {
				return err
			}
			continue
		}
		if err := w.frame(b); err != nil {
			return err
		}
	}
	return nil
}

// frame steps over the frame that b begins with.
func (w *mp3Walk) frame(b []byte) error {
	f, ok := mp3Header(b)
	switch {
	case !ok && len(b) >= 4:
		return damaged("the MP3 file holds something else than sound from byte %d on", w.at)
	case !ok || int64(f.length) > w.size-w.at:
		return damaged("the MP3 file ends in the middle of its last frame")
	}
	if n := encoderFrames(b, f); w.frames == 0 && w.claimed == 0 && n > 0 {
		w.claimed = n
		return w.keep(f.length) // this frame holds the note, no sound
	}
	w.frames++
	w.duration += span(f.samples, f.rate)
	w.longest = max(w.longest, span(f.samples, f.rate))
	return w.keep(f.length)
}

// keep moves the frame up to the one before it, over any tag between them, and
// steps over it. The reader is always ahead of what is written.
func (w *mp3Walk) keep(length int) error {
	if w.end != w.at {
		b, err := w.r.Peek(length)
		if err != nil {
			return err
		}
		if _, err := w.f.WriteAt(b, w.end); err != nil {
			return err
		}
	}
	w.end += int64(length)
	return w.skip(int64(length))
}

func (w *mp3Walk) skip(n int64) error {
	w.at += n
	_, err := io.CopyN(io.Discard, w.r, n)
	return err
}

// encoderFrames is the number of frames an encoder noted in the first one, in
// either of the two forms in use, or 0.
func encoderFrames(b []byte, f mp3Frame) int64 {
	xing := b[min(4+f.side, len(b)):]
	if len(xing) >= 12 && (bytes.HasPrefix(xing, []byte("Xing")) || bytes.HasPrefix(xing, []byte("Info"))) && xing[7]&1 != 0 {
		return int64(binary.BigEndian.Uint32(xing[8:]))
	}
	vbri := b[min(36, len(b)):]
	if len(vbri) >= 18 && bytes.HasPrefix(vbri, []byte("VBRI")) {
		return int64(binary.BigEndian.Uint32(vbri[14:]))
	}
	return 0
}

// mp3Tag is the length of the tag or padding that b begins with, or 0. Tags
// stand at both ends, and in the middle of files that were joined.
func mp3Tag(b []byte, left int64) int64 {
	n := int64(id3Length(b))
	switch {
	case n > 0:
	case bytes.HasPrefix(b, []byte("TAG")):
		n = 128
	case bytes.HasPrefix(b, []byte("APETAGEX")) && len(b) >= 32:
		n = 32 + int64(binary.LittleEndian.Uint32(b[12:]))
	case bytes.HasPrefix(b, []byte("LYRICSBEGIN")):
		n = left
	case len(b) > 0 && b[0] == 0:
		n = int64(len(b) - len(bytes.TrimLeft(b, "\x00")))
	}
	return min(n, left)
}
