package studio

import (
	"encoding/binary"
	"os"
	"time"
)

// streamed is the smallest size that means "not known yet" in a WAV header: a
// program that writes to a pipe cannot go back to fill it in, and puts a number
// from here up (espeak-ng and sox 0x7ffff000, others 0x7fffffff, 0x80000000 or
// 0xffffffff).
const streamed = 0x7ffff000

// Tags of the formats whose duration follows from their size.
const (
	wavPCM        = 1
	wavFloat      = 3
	wavExtensible = 0xfffe
)

// wavChunks bounds the walk to the sound; recorders write a dozen at most.
const wavChunks = 1000

// wavReader walks a WAV file chunk by chunk.
type wavReader struct {
	f     *os.File
	size  int64 // of the file
	at    int64 // of the next chunk
	tag   uint16
	rate  int64
	align int64 // bytes a frame
}

// inspectWAV walks the chunks up to the sound and compares its size with what
// is there. A streamed file gets its true size written into its header, in our
// copy, since ffmpeg takes the missing gigabytes for damage.
func inspectWAV(f *os.File, size int64) (claim, error) {
	w := &wavReader{f: f, size: size, at: 12}
	for range wavChunks {
		id, length, err := w.next()
		switch {
		case err != nil:
			return claim{}, err
		case id == "fmt ":
			err = w.format(length)
		case id == "data":
			return w.data(length)
		}
		if err != nil {
			return claim{}, err
		}
		w.at += length + length&1 // chunks begin at even offsets
	}
	return claim{}, damaged("the WAV file has over %d notes before its sound", wavChunks)
}

// next reads a chunk's header and leaves at behind it.
func (w *wavReader) next() (string, int64, error) {
	var h [8]byte
	if _, err := w.f.ReadAt(h[:], w.at); ended(err) {
		return "", 0, damaged("the WAV file ends before its sound begins")
	} else if err != nil {
		return "", 0, err
	}
	w.at += 8
	return string(h[:4]), int64(binary.LittleEndian.Uint32(h[4:])), nil
}

func (w *wavReader) format(length int64) error {
	var b [16]byte
	if _, err := w.f.ReadAt(b[:], w.at); length < 16 || err != nil {
		return damaged("the WAV file's format is cut short")
	}
	w.tag = binary.LittleEndian.Uint16(b[0:])
	w.rate = int64(binary.LittleEndian.Uint32(b[4:]))
	w.align = int64(binary.LittleEndian.Uint16(b[12:]))
	if w.rate == 0 || w.align == 0 {
		return damaged("the WAV file's format says nothing of its sample rate or sample size")
	}
	return nil
}

// data judges the chunk with the sound, which begins at w.at.
func (w *wavReader) data(length int64) (claim, error) {
	there := w.size - w.at
	switch {
	case w.align == 0:
		return claim{}, damaged("the WAV file does not say how its sound is written")
	case there == 0:
		return claim{}, damaged("the WAV file has a header and no sound after it")
	case length == 0:
		return claim{}, damaged("the recorder did not finish the WAV file")
	case length >= streamed && length > there:
		length = there - there%w.align
		if err := w.repair(length); err != nil {
			return claim{}, err
		}
	case length > there:
		return claim{}, damaged("the WAV file should hold %d bytes of sound and holds %d", length, there)
	}
	c := claim{kind: "wav", slack: 20 * time.Millisecond}
	if w.tag == wavPCM || w.tag == wavFloat || w.tag == wavExtensible {
		c.duration = span(length/w.align, w.rate)
	}
	return c, nil
}

// repair writes the true sizes into the header.
func (w *wavReader) repair(length int64) error {
	for _, p := range []struct{ value, at int64 }{{w.at + length - 8, 4}, {length, w.at - 4}} {
		b := binary.LittleEndian.AppendUint32(nil, uint32(p.value))
		if _, err := w.f.WriteAt(b, p.at); err != nil {
			return err
		}
	}
	return w.f.Truncate(w.at + length)
}
